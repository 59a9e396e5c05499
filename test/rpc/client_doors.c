/* SPDX-License-Identifier: Apache-2.0 */
/* The synchronous and the event-based door, and calls with NULL. */
#include <stdlib.h>

#include "test/rpc/client_support.h"

static const struct peer_step answers[] = {
    {.op = PEER_READ},
    {.op = PEER_REPLY, .text = ECHO_REPLY("hello")},
    {.op = PEER_AGAIN},
};

static const struct peer_step waits[] = {
    {.op = PEER_READ},
    {.op = PEER_WAIT},
    {.op = PEER_REPLY, .text = ECHO_REPLY("late")},
    {.op = PEER_AGAIN},
};

static const struct echo_text hello = {"hello"};

static const char *
sync_echo(sbn_client *client, sbn_call *call)
{
    const void *out = NULL;

    CHECK_OK(sbn_call_sync(client, call, &echo_operations[ECHO], &hello, &out));
    return ((const struct echo_completed *)out)->text;
}

static void
async_echo(sbn_client *client, void *user_state)
{
    CHECK_OK(
        sbn_call_async(client, &echo_operations[ECHO], &hello, user_state));
}

/* ---- Synchronous ----------------------------------------------------------
 */

TEST(sync_with_a_call_and_without)
{
    struct fixture f;
    struct counted c;

    fixture_start(&f, peer_start_all(answers), NULL);
    counted_new(&c, &f);
    CHECK_STR(sync_echo(f.client, c.call), "hello");
    CHECK_STR(end_echo(c.call), "hello");
    CHECK_STR(sync_echo(f.client, NULL), "hello");
    CHECK(sbn_client_error(f.client) == NULL);
    CHECK_STR(sync_echo(f.client, NULL), "hello");
    CHECK_INT(peer_connections(f.peer), ==, 1);
    CHECK_INT(sbn_client_pending(f.client), ==, 0);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(sync_without_a_runtime)
{
    struct peer *peer = peer_start_all(answers);
    sbn_client *client;
    sbn_call *call;

    CHECK_OK(
        sbn_client_new(NULL, peer_url(peer), NULL, &echo_contract, &client));
    CHECK_OK(sbn_call_new(NULL, &call));
    CHECK_STR(sync_echo(client, NULL), "hello");
    CHECK_STR(sync_echo(client, call), "hello");
    CHECK_STATUS(sbn_call_begin(client, call, &echo_operations[ECHO], &hello,
                                counted_done, NULL),
                 SBN_ESTATE);
    CHECK_CONTAINS(sbn_error_text(sbn_call_error(call)), "without a runtime");
    CHECK_STATUS(sbn_call_async(client, &echo_operations[ECHO], &hello, NULL),
                 SBN_ESTATE);
    sbn_call_free(call);
    sbn_client_free(client);
    peer_stop(peer);
}

TEST(sync_failure_is_told)
{
    static const struct peer_step faulty[] = {
        {.op = PEER_READ},
        {.op = PEER_REPLY, .text = FAULT("no"), .status = "500 Oops"},
        {.op = PEER_AGAIN},
    };
    struct fixture f;
    const void *out = &hello;

    fixture_start(&f, peer_start_all(faulty), NULL);
    CHECK_STATUS(
        sbn_call_sync(f.client, NULL, &echo_operations[ECHO], &hello, &out),
        SBN_EFAULT);
    CHECK(out == &hello); /* untouched */
    CHECK_STR(sbn_error_fault(sbn_client_error(f.client))->reason, "no");
    fixture_stop(&f);
}

TEST(sync_deadline)
{
    static const struct peer_step silent[] = {{.op = PEER_READ},
                                              {.op = PEER_HOLD}};
    sbn_client_options options = {.timeout = 50};
    struct fixture f;

    fixture_start(&f, peer_start_all(silent), &options);
    CHECK_STATUS(
        sbn_call_sync(f.client, NULL, &echo_operations[ECHO], &hello, NULL),
        SBN_ETIMEDOUT);
    CHECK_CONTAINS(sbn_error_text(sbn_client_error(f.client)), "no reply");
    fixture_stop(&f);
}

/* The sample's main act: while two calls are under way a third is made
 * synchronously on the same client, and no callback runs meanwhile. */
TEST(sync_while_others_are_in_flight)
{
    static const struct peer_step *const scripts[] = {waits, waits, answers,
                                                      NULL};
    struct fixture f;
    struct counted c[2];
    int i;

    fixture_start(&f, peer_start(scripts), NULL);
    for (i = 0; i < 2; i++) {
        counted_new(&c[i], &f);
        begin_echo(&f, &c[i], "hello");
        turn_until(&f, c[i].call, SBN__CALL_RECEIVING);
    }
    peer_await_requests(f.peer, 2);
    CHECK_STR(sync_echo(f.client, NULL), "hello");
    peer_release(f.peer);
    peer_await_sent(f.peer, 3);
    CHECK_STR(sync_echo(f.client, NULL), "hello");
    CHECK_INT(c[0].completions + c[1].completions, ==, 0);
    CHECK_INT(sbn_client_pending(f.client), ==, 2);
    run_until_idle(&f);
    for (i = 0; i < 2; i++) {
        CHECK_INT(c[i].completions, ==, 1);
        CHECK_STR(end_echo(c[i].call), "late");
        sbn_call_free(c[i].call);
    }
    fixture_stop(&f);
}

static void
sync_inside(sbn_call *call, void *state)
{
    struct fixture *f = state;
    sbn_call *inner;
    const void *out = NULL;

    CHECK_OK(sbn_call_new(f->rt, &inner));
    CHECK_STATUS(
        sbn_call_sync(f->client, inner, &echo_operations[ECHO], &hello, &out),
        SBN_ESTATE);
    CHECK_CONTAINS(sbn_error_text(sbn_call_error(inner)), "inside a callback");
    CHECK_STATUS(
        sbn_call_sync(f->client, NULL, &echo_operations[ECHO], &hello, &out),
        SBN_ESTATE);
    CHECK_CONTAINS(sbn_error_text(sbn_client_error(f->client)),
                   "inside a callback");
    CHECK(out == NULL);
    sbn_call_free(inner);
    sbn_call_free(call);
}

TEST(sync_inside_a_callback_is_refused)
{
    struct fixture f;
    struct counted c;

    fixture_start(&f, peer_start_all(answers), NULL);
    counted_new(&c, &f);
    CHECK_OK(sbn_call_begin(f.client, c.call, &echo_operations[ECHO], &hello,
                            sync_inside, &f));
    run_until_idle(&f);
    CHECK_INT(peer_requests(f.peer), ==, 1);
    fixture_stop(&f);
}

TEST(sync_notices_a_connection_that_was_closed_meanwhile)
{
    static const struct peer_step once[] = {
        {.op = PEER_READ},
        {.op = PEER_REPLY, .text = ECHO_REPLY("hello")},
        {.op = PEER_END},
    };
    sbn_client_options options = {.no_retry = true};
    struct fixture f;
    int i;

    fixture_start(&f, peer_start_all(once), &options);
    for (i = 1; i <= 3; i++) {
        CHECK_STR(sync_echo(f.client, NULL), "hello");
        CHECK_INT(peer_connections(f.peer), ==, i);
        peer_await_ends(f.peer, (size_t)i);
    }
    fixture_stop(&f);
}

/* ---- With NULL ------------------------------------------------------------
 */

static void
own_done(sbn_call *call, void *state)
{
    int *count = state;

    CHECK_STR(end_echo(call), "hello");
    sbn_call_free(call); /* not ours to free: nothing happens */
    ++*count;
}

TEST(begin_without_a_call)
{
    struct fixture f;
    int count = 0, i;

    fixture_start(&f, peer_start_all(answers), NULL);
    for (i = 0; i < 3; i++)
        CHECK_OK(sbn_call_begin(f.client, NULL, &echo_operations[ECHO], &hello,
                                own_done, &count));
    CHECK_INT(count, ==, 0);
    CHECK(sbn_client_error(f.client) == NULL);
    run_until_idle(&f);
    CHECK_INT(count, ==, 3);
    fixture_stop(&f);
}

static void
own_again(sbn_call *call, void *state)
{
    void **args = state;
    int *count = args[1];

    if (++*count < 3)
        CHECK_OK(sbn_call_begin(args[0], call, &echo_operations[ECHO], &hello,
                                own_again, state));
}

TEST(own_call_begun_anew_in_its_completion)
{
    struct fixture f;
    int count = 0;
    void *args[2];

    fixture_start(&f, peer_start_all(answers), NULL);
    args[0] = f.client;
    args[1] = &count;
    CHECK_OK(sbn_call_begin(f.client, NULL, &echo_operations[ECHO], &hello,
                            own_again, args));
    run_until_idle(&f);
    CHECK_INT(count, ==, 3);
    fixture_stop(&f);
}

/* ---- Events ---------------------------------------------------------------
 */

/* What the listener saw. */
struct seen {
    int completions, cancelled, failed;
    sbn_status status;
    const sbn_client *sender;
    uintptr_t states; /* the sum of all user_state */
    char text[128];
};

static void
note(sbn_client *sender, const struct echo_completed *e, void *data)
{
    struct seen *seen = data;

    seen->completions++;
    seen->cancelled += e->cancelled;
    seen->failed += e->error != NULL;
    seen->status = sbn_error_status(e->error);
    seen->sender = sender;
    seen->states += (uintptr_t)e->user_state;
    seen->text[0] = '\0';
    CHECK((e->text == NULL) == (e->cancelled || e->error != NULL));
    if (e->text != NULL)
        strcpy(seen->text, e->text);
    else if (e->error != NULL)
        strncpy(seen->text, sbn_error_text(e->error), 127);
}

static const struct echo_events events = {note};

static void *
number(uintptr_t value)
{
    return (void *)value;
}

TEST(event_comes_once_with_its_state)
{
    struct fixture f;
    struct seen seen = {0};

    fixture_start(&f, peer_start_all(answers), NULL);
    CHECK_OK(sbn_client_listen(f.client, &events, &seen));
    async_echo(f.client, number(5));
    async_echo(f.client, number(70));
    CHECK_INT(seen.completions, ==, 0);
    CHECK_INT(sbn_client_pending(f.client), ==, 2);
    run_until_idle(&f);
    CHECK_INT(seen.completions, ==, 2);
    CHECK_INT(seen.states, ==, 75);
    CHECK_INT(seen.failed + seen.cancelled, ==, 0);
    CHECK(seen.sender == f.client);
    CHECK_STR(seen.text, "hello");
    fixture_stop(&f);
}

TEST(listener_is_looked_up_at_completion)
{
    struct fixture f;
    struct seen first = {0}, second = {0};

    fixture_start(&f, peer_start_all(answers), NULL);
    async_echo(f.client, NULL); /* nobody will hear of it */
    run_until_idle(&f);

    CHECK_OK(sbn_client_listen(f.client, &events, &first));
    async_echo(f.client, NULL);
    CHECK_OK(sbn_client_listen(f.client, &events, &second));
    run_until_idle(&f);
    CHECK_INT(first.completions, ==, 0);
    CHECK_INT(second.completions, ==, 1);

    async_echo(f.client, NULL);
    CHECK_OK(sbn_client_listen(f.client, NULL, NULL));
    run_until_idle(&f);
    CHECK_INT(second.completions, ==, 1);
    fixture_stop(&f);
}

TEST(cancel_async_cancels_all_of_a_state)
{
    struct fixture f;
    struct seen seen = {0};
    struct counted c;

    fixture_start(&f, peer_start_all(waits), NULL);
    CHECK_OK(sbn_client_listen(f.client, &events, &seen));
    counted_new(&c, &f);
    CHECK_OK(sbn_call_begin(f.client, c.call, &echo_operations[ECHO], &hello,
                            counted_done, &c));
    async_echo(f.client, &c); /* twice the same */
    async_echo(f.client, &c);
    async_echo(f.client, number(1));
    peer_release(f.peer);
    sbn_client_cancel_async(f.client, &c);
    CHECK_INT(seen.completions, ==, 0);
    run_until_idle(&f);
    CHECK_INT(seen.completions, ==, 3);
    CHECK_INT(seen.cancelled, ==, 2);
    CHECK_INT(seen.failed, ==, 0);
    /* a Begin/End call is named by its sbn_call, not by its state */
    CHECK_INT(c.completions, ==, 1);
    CHECK_OK(c.status);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(failure_to_begin_comes_as_an_event)
{
    sbn_client_options options = {.max_pending_calls = 1};
    struct echo_text nothing = {NULL};
    struct fixture f;
    struct seen seen = {0};

    fixture_start(&f, peer_start_all(answers), &options);
    CHECK_OK(sbn_client_listen(f.client, &events, &seen));
    CHECK_OK(
        sbn_call_async(f.client, &echo_operations[ECHO], &nothing, number(3)));
    CHECK_INT(seen.completions, ==, 0);
    run_until_idle(&f);
    CHECK_INT(seen.completions, ==, 1);
    CHECK_INT(seen.states, ==, 3);
    CHECK_STATUS(seen.status, SBN_EINVAL);
    CHECK_CONTAINS(seen.text, "text");

    async_echo(f.client, NULL);
    async_echo(f.client, number(4));
    sbn_client_cancel_async(f.client, number(4)); /* it has failed already */
    run_until_idle(&f);
    CHECK_INT(seen.completions, ==, 3);
    CHECK_INT(seen.failed, ==, 2);
    CHECK_INT(seen.cancelled, ==, 0);
    fixture_stop(&f);
}

TEST(fault_comes_as_an_event)
{
    static const struct peer_step faulty[] = {
        {.op = PEER_READ},
        {.op = PEER_REPLY, .text = FAULT("no"), .status = "500 Oops"},
        {.op = PEER_AGAIN},
    };
    struct fixture f;
    struct seen seen = {0};

    fixture_start(&f, peer_start_all(faulty), NULL);
    CHECK_OK(sbn_client_listen(f.client, &events, &seen));
    async_echo(f.client, NULL);
    run_until_idle(&f);
    CHECK_INT(seen.completions, ==, 1);
    CHECK_STATUS(seen.status, SBN_EFAULT);
    fixture_stop(&f);
}
