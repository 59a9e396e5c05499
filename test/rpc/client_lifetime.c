/* SPDX-License-Identifier: Apache-2.0 */
/* Clients, calls and runtimes that go away at awkward times. */
#include <stdlib.h>

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

static const struct echo_text hello = {"hello"};

enum { MANY = 100 };

struct many {
    struct fixture f;
    sbn_client *client; /* as it was */
    int completions, cancelled, closed;
    bool events_too;
};

static void
many_done(sbn_call *call, void *state)
{
    struct many *many = state;

    many->completions++;
    many->cancelled += sbn_call_status(call) == SBN_ECANCELED;
    many->closed += sbn_call_status(call) == SBN_ECLOSED;
}

static void
many_event(sbn_client *sender, const struct echo_completed *e, void *data)
{
    struct many *many = data;

    CHECK(sender == many->client);
    /* Valid, though freed; it begins nothing any more. */
    CHECK_STATUS(sbn_call_async(sender, &echo_operations[ECHO], &hello, NULL),
                 SBN_ESTATE);
    many->completions++;
    many->cancelled += e->cancelled;
    many->closed += sbn_error_status(e->error) == SBN_ECLOSED;
}

static const struct echo_events many_events = {many_event};

static void
begin_many(struct many *many)
{
    int i;

    many->client = many->f.client;
    CHECK_OK(sbn_client_listen(many->client, &many_events, many));
    for (i = 0; i < MANY; i++) {
        if (i % 2 == 0)
            CHECK_OK(sbn_call_begin(many->client, NULL, &echo_operations[ECHO],
                                    &hello, many_done, many));
        else
            CHECK_OK(sbn_call_async(many->client, &echo_operations[ECHO],
                                    &hello, NULL));
    }
}

static void
free_client(sbn_call *call, void *state)
{
    struct many *many = state;

    CHECK_OK(sbn_call_status(call));
    sbn_client_free(many->f.client);
    many->f.client = NULL;
    CHECK_INT(many->completions, ==, 0);
    sbn_call_free(call);
}

TEST(client_freed_in_a_completion_with_a_hundred_calls_in_flight)
{
    static const struct peer_step *const scripts[] = {answers, silent, NULL};
    struct many many = {.completions = 0};
    struct counted c;

    fixture_start(&many.f, peer_start(scripts), NULL);
    counted_new(&c, &many.f);
    CHECK_OK(sbn_call_begin(many.f.client, c.call, &echo_operations[ECHO],
                            &hello, free_client, &many));
    begin_many(&many);
    run_until_idle(&many.f);
    CHECK_INT(many.completions, ==, MANY);
    CHECK_INT(many.cancelled, ==, MANY);
    fixture_stop(&many.f);
}

TEST(runtime_freed_with_calls_in_flight)
{
    struct many many = {.completions = 0};

    fixture_start(&many.f, peer_start_all(silent), NULL);
    begin_many(&many);
    peer_await_requests(many.f.peer, 0);
    sbn_runtime_free(many.f.rt);
    many.f.rt = NULL;
    CHECK_INT(many.completions, ==, MANY);
    CHECK_INT(many.closed, ==, MANY);
    CHECK_STATUS(
        sbn_call_async(many.client, &echo_operations[ECHO], &hello, NULL),
        SBN_ESTATE);
    CHECK_STATUS(
        sbn_call_sync(many.client, NULL, &echo_operations[ECHO], &hello, NULL),
        SBN_ESTATE);
    CHECK_CONTAINS(sbn_error_text(sbn_client_error(many.client)), "closed");
    fixture_stop(&many.f);
}

static void
close_runtime(sbn_call *call, void *state)
{
    struct many *many = state;

    sbn_runtime_close(many->f.rt, NULL, NULL);
    CHECK_STATUS(
        sbn_call_sync(many->client, NULL, &echo_operations[ECHO], &hello, NULL),
        SBN_ESTATE);
    CHECK_STATUS(sbn_call_begin(many->client, call, &echo_operations[ECHO],
                                &hello, many_done, many),
                 SBN_ESTATE);
    CHECK_CONTAINS(sbn_error_text(sbn_call_error(call)), "closed");
    CHECK_INT(many->completions, ==, 0);
    sbn_runtime_stop(many->f.rt);
}

TEST(runtime_closed_in_a_completion)
{
    static const struct peer_step *const scripts[] = {answers, silent, NULL};
    struct many many = {.completions = 0};
    struct counted c;

    fixture_start(&many.f, peer_start(scripts), NULL);
    counted_new(&c, &many.f);
    CHECK_OK(sbn_call_begin(many.f.client, c.call, &echo_operations[ECHO],
                            &hello, close_runtime, &many));
    begin_many(&many);
    sbn_runtime_run(many.f.rt);
    sbn_runtime_free(many.f.rt);
    many.f.rt = NULL;
    CHECK_INT(many.completions, ==, MANY);
    CHECK_INT(many.closed, ==, MANY);
    sbn_call_free(c.call);
    fixture_stop(&many.f);
}

TEST(client_freed_with_calls_in_flight_and_the_runtime_at_once)
{
    struct many many = {.completions = 0};

    fixture_start(&many.f, peer_start_all(silent), NULL);
    begin_many(&many);
    sbn_client_free(many.f.client);
    many.f.client = NULL;
    CHECK_INT(many.completions, ==, 0);
    sbn_runtime_free(many.f.rt);
    many.f.rt = NULL;
    CHECK_INT(many.completions, ==, MANY);
    CHECK_INT(many.cancelled, ==, MANY);
    fixture_stop(&many.f);
}

TEST(call_outlives_client_and_runtime)
{
    struct fixture f;
    struct counted c;

    fixture_start(&f, peer_start_all(answers), NULL);
    counted_new(&c, &f);
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);
    sbn_client_free(f.client);
    sbn_runtime_free(f.rt);
    f.client = NULL;
    f.rt = NULL;
    CHECK_STR(end_echo(c.call), "hello");
    sbn_call_cancel(c.call);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(idle_connections_do_not_keep_the_loop)
{
    struct fixture f;
    struct counted c;

    fixture_start(&f, peer_start_all(answers), NULL);
    counted_new(&c, &f);
    begin_echo(&f, &c, "hello");
    run_until_idle(&f); /* returns */
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);
    CHECK_INT(c.completions, ==, 2);
    CHECK_INT(peer_connections(f.peer), ==, 1);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(nothing_to_free)
{
    sbn_client_free(NULL);
    sbn_call_free(NULL);
    sbn_call_cancel(NULL);
}

TEST(clients_that_are_refused)
{
    sbn_contract old = echo_contract;
    sbn_operation operation = echo_operations[ECHO];
    sbn_contract split = echo_contract;
    sbn_client *client = NULL;

    old.abi = SBN_ABI + 1;
    CHECK_STATUS(sbn_client_new(NULL, "http://h/", NULL, &old, &client),
                 SBN_EABI);
    CHECK_STATUS(
        sbn_client_new(NULL, "what is this", NULL, &echo_contract, &client),
        SBN_EINVAL);
    CHECK_STATUS(sbn_client_new(NULL, NULL, NULL, &echo_contract, &client),
                 SBN_EINVAL);
    CHECK_STATUS(
        sbn_client_new(NULL, "ftp://h/", NULL, &echo_contract, &client),
        SBN_EUNSUPPORTED);
    CHECK_STATUS(sbn_client_new(NULL, "http://h/", NULL, NULL, &client),
                 SBN_EINVAL);
    /* an action may not begin a header of its own */
    operation.action = "urn:x\"\r\nX-Evil: 1";
    split.operations = &operation;
    split.operation_count = 1;
    CHECK_STATUS(sbn_client_new(NULL, "http://h/", NULL, &split, &client),
                 SBN_EINVAL);
    CHECK(client == NULL);
}
