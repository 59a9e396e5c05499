/* SPDX-License-Identifier: Apache-2.0 */
/* Begin/End: what goes out, what comes back, and what a call keeps. */
#include <stdio.h>

#include "test/rpc/client_support.h"

static const struct peer_step answers[] = {
    {.op = PEER_READ},
    {.op = PEER_REPLY, .text = ECHO_REPLY("hello")},
    {.op = PEER_AGAIN},
};

static const struct peer_step silent[] = {
    {.op = PEER_READ},
    {.op = PEER_HOLD},
};

TEST(call_succeeds)
{
    struct fixture f;
    struct counted c;

    fixture_start(&f, peer_start_all(answers), NULL);
    counted_new(&c, &f);
    CHECK(!sbn_call_is_active(c.call));
    CHECK_STATUS(sbn_call_status(c.call), SBN_ESTATE);
    CHECK_STATUS(sbn_call_end(c.call, &echo_operations[ECHO], NULL),
                 SBN_ESTATE);

    begin_echo(&f, &c, "hello");
    CHECK_INT(sbn_client_pending(f.client), ==, 1);
    CHECK_STATUS(sbn_call_status(c.call), SBN_ESTATE);
    CHECK_STATUS(sbn_call_end(c.call, &echo_operations[ECHO], NULL),
                 SBN_ESTATE);
    run_until_idle(&f);

    CHECK_INT(c.completions, ==, 1);
    CHECK_OK(c.status);
    CHECK_STR(end_echo(c.call), "hello");
    CHECK_STR(end_echo(c.call), "hello"); /* repeatable */
    CHECK_STATUS(sbn_call_end(c.call, &echo_operations[NOTE], NULL),
                 SBN_ESTATE);
    CHECK_INT(sbn_client_pending(f.client), ==, 0);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(request_on_the_wire)
{
    struct fixture f;
    struct counted c;
    const char *request, *body;
    char length[64];

    fixture_start(&f, peer_start_all(answers), NULL);
    counted_new(&c, &f);
    begin_echo(&f, &c, "a<b");
    run_until_idle(&f);

    request = peer_last_request(f.peer);
    CHECK_CONTAINS(request, "POST /service HTTP/1.1\r\n");
    CHECK_CONTAINS(request, "\r\nHost: 127.0.0.1:");
    CHECK_CONTAINS(request, "\r\nUser-Agent: sebon/");
    CHECK_CONTAINS(request, "\r\nContent-Type: text/xml; charset=utf-8\r\n");
    CHECK_CONTAINS(request, "\r\nSOAPAction: \"urn:echo/Echo\"\r\n");
    CHECK_CONTAINS(request, "a&lt;b");
    body = strstr(request, "\r\n\r\n") + 4;
    snprintf(length, sizeof(length), "\r\nContent-Length: %zu\r\n",
             strlen(body));
    CHECK_CONTAINS(request, length);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(call_is_reused_on_one_connection)
{
    struct fixture f;
    struct counted c;
    int i;

    fixture_start(&f, peer_start_all(answers), NULL);
    counted_new(&c, &f);
    for (i = 1; i <= 5; i++) {
        begin_echo(&f, &c, "hello");
        run_until_idle(&f);
        CHECK_INT(c.completions, ==, i);
        CHECK_STR(end_echo(c.call), "hello");
    }
    CHECK_INT(peer_connections(f.peer), ==, 1);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

static void
begin_again(sbn_call *call, void *state)
{
    static const struct echo_text in = {"again"};
    struct fixture *f = ((void **)state)[0];
    int *count = ((void **)state)[1];

    CHECK_STR(end_echo(call), "hello");
    if (++*count < 3)
        CHECK_OK(sbn_call_begin(f->client, call, &echo_operations[ECHO], &in,
                                begin_again, state));
    else
        sbn_call_free(call);
}

TEST(completion_begins_the_same_call_anew_and_frees_it)
{
    struct fixture f;
    struct counted c;
    struct echo_text in = {"hello"};
    int count = 0;
    void *both[] = {&f, &count};

    fixture_start(&f, peer_start_all(answers), NULL);
    counted_new(&c, &f);
    CHECK_OK(sbn_call_begin(f.client, c.call, &echo_operations[ECHO], &in,
                            begin_again, both));
    run_until_idle(&f);
    CHECK_INT(count, ==, 3);
    fixture_stop(&f);
}

TEST(active_call_is_not_begun_twice)
{
    struct fixture f;
    struct counted c;
    struct echo_text in = {"hello"};

    fixture_start(&f, peer_start_all(answers), NULL);
    counted_new(&c, &f);
    begin_echo(&f, &c, "hello");
    CHECK_STATUS(sbn_call_begin(f.client, c.call, &echo_operations[ECHO], &in,
                                counted_done, &c),
                 SBN_ESTATE);
    CHECK_STATUS(
        sbn_call_sync(f.client, c.call, &echo_operations[ECHO], &in, NULL),
        SBN_ESTATE);
    run_until_idle(&f);
    CHECK_INT(c.completions, ==, 1);
    CHECK_STR(end_echo(c.call), "hello");
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(call_without_completion)
{
    struct fixture f;
    struct counted c;
    struct echo_text in = {"hello"};

    fixture_start(&f, peer_start_all(answers), NULL);
    counted_new(&c, &f);
    CHECK_OK(sbn_call_begin(f.client, c.call, &echo_operations[ECHO], &in, NULL,
                            NULL));
    run_until_idle(&f);
    CHECK_STR(end_echo(c.call), "hello");
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(missing_argument_is_named)
{
    struct fixture f;
    struct counted c;
    struct echo_text in = {NULL};

    fixture_start(&f, peer_start_all(answers), NULL);
    counted_new(&c, &f);
    CHECK_STATUS(sbn_call_begin(f.client, c.call, &echo_operations[ECHO], &in,
                                counted_done, &c),
                 SBN_EINVAL);
    CHECK(!sbn_call_is_active(c.call));
    CHECK_STATUS(sbn_call_status(c.call), SBN_EINVAL);
    CHECK_INT(sbn_error_stage(sbn_call_error(c.call)), ==, SBN_STAGE_ENCODE);
    CHECK_CONTAINS(sbn_error_text(sbn_call_error(c.call)), "Echo: encode");
    CHECK_CONTAINS(sbn_error_text(sbn_call_error(c.call)), "text");
    CHECK_STATUS(sbn_call_begin(f.client, c.call, &echo_operations[ECHO], NULL,
                                counted_done, &c),
                 SBN_EINVAL);

    /* with the client's own call */
    CHECK_STATUS(sbn_call_begin(f.client, NULL, &echo_operations[ECHO], &in,
                                counted_done, &c),
                 SBN_EINVAL);
    CHECK_CONTAINS(sbn_error_text(sbn_client_error(f.client)), "text");

    /* the call is as good as new */
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);
    CHECK_INT(c.completions, ==, 1);
    CHECK_STR(end_echo(c.call), "hello");
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(deadline_says_where_and_how_long)
{
    struct fixture f;
    struct counted c;
    const sbn_error *error;

    fixture_start(&f, peer_start_all(silent), NULL);
    counted_new(&c, &f);
    sbn_call_set_timeout(c.call, 1100);
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);

    CHECK_INT(c.completions, ==, 1);
    CHECK_STATUS(c.status, SBN_ETIMEDOUT);
    CHECK_STATUS(sbn_call_end(c.call, &echo_operations[ECHO], NULL),
                 SBN_ETIMEDOUT);
    error = sbn_call_error(c.call);
    CHECK_INT(sbn_error_stage(error), ==, SBN_STAGE_RECEIVE);
    CHECK_CONTAINS(sbn_error_text(error), "Echo: receive 127.0.0.1:");
    CHECK_CONTAINS(sbn_error_text(error), "no reply after 1.");
    CHECK_INT(sbn_error_elapsed(error), >=, 1100);
    CHECK_INT(sbn_error_elapsed(error), <, 20000);
    peer_await_hangups(f.peer, 1);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(refused_connection_names_the_peer)
{
    struct fixture f;
    struct counted c;
    struct peer *gone = peer_start_all(silent);
    sbn_client *client;
    struct echo_text in = {"hello"};
    const sbn_error *error;

    fixture_start(&f, peer_start_all(answers), NULL);
    CHECK_OK(
        sbn_client_new(f.rt, peer_url(gone), NULL, &echo_contract, &client));
    peer_stop(gone);
    counted_new(&c, &f);
    CHECK_OK(sbn_call_begin(client, c.call, &echo_operations[ECHO], &in,
                            counted_done, &c));
    run_until_idle(&f);
    CHECK_INT(c.completions, ==, 1);
    CHECK_STATUS(c.status, SBN_ECONNECT);
    error = sbn_call_error(c.call);
    CHECK_INT(sbn_error_stage(error), ==, SBN_STAGE_CONNECT);
    CHECK_CONTAINS(sbn_error_peer(error), "127.0.0.1:");
    CHECK_INT(sbn_error_native(error), <, 0);
    sbn_call_free(c.call);
    sbn_client_free(client);
    fixture_stop(&f);
}

/* The answer is in the socket when the loop turns again, long after the
 * deadline: it counts. */
TEST(reply_that_has_arrived_beats_a_deadline_that_has_passed)
{
    static const struct peer_step script[] = {
        {.op = PEER_READ},
        {.op = PEER_WAIT},
        {.op = PEER_REPLY, .text = ECHO_REPLY("hello")},
        {.op = PEER_HOLD},
    };
    struct fixture f;
    struct counted c;
    uint64_t start;

    fixture_start(&f, peer_start_all(script), NULL);
    counted_new(&c, &f);
    begin_echo(&f, &c, "hello");
    turn_until(&f, c.call, SBN__CALL_RECEIVING);
    pass_deadline(&f, c.call);
    peer_release(f.peer);
    peer_await_sent(f.peer, 1);
    start = sbn__runtime_now(f.rt);
    while (sbn__runtime_now(f.rt) < start + 20)
        ; /* a busy callback */
    run_until_idle(&f);
    CHECK_INT(c.completions, ==, 1);
    CHECK_OK(c.status);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(stale_connection_is_replaced_once)
{
    static const struct peer_step answers_once[] = {
        {.op = PEER_READ},
        {.op = PEER_REPLY, .text = ECHO_REPLY("hello")},
        {.op = PEER_READ}, /* hangs up on the second request */
        {.op = PEER_END},
    };
    static const struct peer_step *const scripts[] = {answers_once, answers,
                                                      NULL};
    static const struct peer_step *const never[] = {answers_once, NULL};
    sbn_client_options no_retry = {.no_retry = true};
    struct fixture f;
    struct counted c;

    fixture_start(&f, peer_start(scripts), NULL);
    counted_new(&c, &f);
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);
    CHECK_INT(c.completions, ==, 2);
    CHECK_OK(c.status);
    CHECK_INT(peer_connections(f.peer), ==, 2);
    CHECK_INT(peer_requests(f.peer), ==, 3);
    sbn_call_free(c.call);
    fixture_stop(&f);

    fixture_start(&f, peer_start(never), &no_retry);
    counted_new(&c, &f);
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);
    CHECK_INT(c.completions, ==, 2);
    CHECK_STATUS(c.status, SBN_EIO);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(pending_calls_have_a_limit)
{
    sbn_client_options options = {.max_pending_calls = 2};
    struct fixture f;
    struct counted c[3];
    struct echo_text in = {"hello"};
    int i;

    fixture_start(&f, peer_start_all(answers), &options);
    for (i = 0; i < 3; i++)
        counted_new(&c[i], &f);
    begin_echo(&f, &c[0], "hello");
    begin_echo(&f, &c[1], "hello");
    CHECK_STATUS(sbn_call_begin(f.client, c[2].call, &echo_operations[ECHO],
                                &in, counted_done, &c[2]),
                 SBN_EBUSY);
    CHECK_CONTAINS(sbn_error_text(sbn_call_error(c[2].call)), "2 calls");
    run_until_idle(&f);
    begin_echo(&f, &c[2], "hello");
    run_until_idle(&f);
    for (i = 0; i < 3; i++) {
        CHECK_INT(c[i].completions, ==, 1);
        CHECK_OK(c[i].status);
        sbn_call_free(c[i].call);
    }
    fixture_stop(&f);
}

TEST(a_waiting_call_is_small)
{
    /* with a copy of its request, for the calculator 380 bytes, below 1 KiB */
    CHECK_INT(sizeof(sbn_call), <=, 512);
}
