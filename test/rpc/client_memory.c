/* SPDX-License-Identifier: Apache-2.0 */
/* Memory: none is asked for by a call in steady state, and none of what is
 * asked for is needed to end well. */
#include <stdio.h>

#include "test/rpc/client_support.h"

static const struct peer_step answers[] = {
    {.op = PEER_READ},
    {.op = PEER_REPLY, .text = ECHO_REPLY("hello")},
    {.op = PEER_AGAIN},
};

static const struct echo_text hello = {"hello"};

enum { WARM = 100 };

static void
on_completed(sbn_client *sender __attribute__((unused)),
             const struct echo_completed *e __attribute__((unused)), void *data)
{
    int *count = data;

    ++*count;
}

static const struct echo_events events = {on_completed};

/* One call through each door. */
static void
one_round(struct fixture *f, struct counted *c)
{
    const void *out;

    begin_echo(f, c, "hello");
    run_until_idle(f);
    CHECK_STR(end_echo(c->call), "hello");
    CHECK_OK(sbn_call_async(f->client, &echo_operations[ECHO], &hello, NULL));
    run_until_idle(f);
    CHECK_OK(
        sbn_call_sync(f->client, NULL, &echo_operations[ECHO], &hello, &out));
}

static void
check_warm_calls(const struct peer_step *script)
{
    struct fixture f;
    struct counted c;
    int count = 0, i;

    fixture_start(&f, peer_start_all(script), NULL);
    CHECK_OK(sbn_client_listen(f.client, &events, &count));
    counted_new(&c, &f);
    for (i = 0; i < 3; i++)
        one_round(&f, &c);
    f.memory.count = 0;
    for (i = 0; i < WARM; i++)
        one_round(&f, &c);
    CHECK_INT(f.memory.count, ==, 0);
    CHECK_INT(c.completions, ==, 3 + WARM);
    CHECK_INT(count, ==, 3 + WARM);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(warm_calls_allocate_nothing)
{
    check_warm_calls(answers);
}

TEST(warm_calls_with_chunked_replies_allocate_nothing)
{
    char text[1024];
    const struct peer_step script[] = {
        {.op = PEER_READ}, {.op = PEER_RAW, .text = text}, {.op = PEER_AGAIN}};

    snprintf(text, sizeof(text),
             "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
             "Transfer-Encoding: chunked\r\n\r\n%zx\r\n%s\r\n0\r\n\r\n",
             strlen(ECHO_REPLY("hello")), ECHO_REPLY("hello"));
    check_warm_calls(script);
}

/* ---- The n-th allocation fails ---------------------------------------------
 */

/* Each runs all of a program: what begins must complete once, with success or
 * for want of memory; what does not begin must say so. */
struct run {
    struct peer *peer;
    sbn_status outcome; /* when there is memory */
    bool shifted;       /* begins with an allocation of its own: each of the
                           others then fails in the other mode */
    void (*door)(struct run *run, sbn_runtime *rt, sbn_client *client);
    int begun, completions, successes;
};

static void
check_outcome(struct run *run, sbn_status status)
{
    if (status != run->outcome)
        CHECK_STATUS(status, SBN_ENOMEM);
    run->successes += status == run->outcome;
}

static void
run_done(sbn_call *call, void *state)
{
    struct run *run = state;

    run->completions++;
    check_outcome(run, sbn_call_status(call));
    sbn_error_text(sbn_call_error(call));
}

static void
begin_door(struct run *run, sbn_runtime *rt, sbn_client *client)
{
    sbn_call *call;
    sbn_status status = sbn_call_new(rt, &call);

    if (status != SBN_OK) {
        check_outcome(run, status);
        return;
    }
    status = sbn_call_begin(client, call, &echo_operations[ECHO], &hello,
                            run_done, run);
    if (status == SBN_OK)
        run->begun++;
    else
        check_outcome(run, status);
    sbn_runtime_run(rt);
    CHECK(!sbn_call_is_active(call));
    sbn_call_free(call);
}

static void
run_completed(sbn_client *sender __attribute__((unused)),
              const struct echo_completed *e, void *data)
{
    struct run *run = data;

    run->completions++;
    check_outcome(run, sbn_error_status(e->error));
}

static void
event_door(struct run *run, sbn_runtime *rt, sbn_client *client)
{
    static const struct echo_events run_events = {run_completed};
    sbn_status status;

    CHECK_OK(sbn_client_listen(client, &run_events, run));
    status = sbn_call_async(client, &echo_operations[ECHO], &hello, NULL);
    if (status == SBN_OK)
        run->begun++;
    else
        check_outcome(run, status);
    sbn_runtime_run(rt);
}

static void
sync_door(struct run *run, sbn_runtime *rt __attribute__((unused)),
          sbn_client *client)
{
    const void *out = NULL;
    sbn_status status =
        sbn_call_sync(client, NULL, &echo_operations[ECHO], &hello, &out);

    check_outcome(run, status);
    if (status == SBN_OK)
        CHECK_STR(((const struct echo_completed *)out)->text, "hello");
}

/* Two calls, the second on a connection that the peer has closed. */
static void
twice_door(struct run *run, sbn_runtime *rt, sbn_client *client)
{
    begin_door(run, rt, client);
    begin_door(run, rt, client);
}

static void
whole_program(struct test_memory *memory, void *data)
{
    struct run *run = data;
    sbn_runtime_options options = {.allocator = &memory->allocator};
    sbn_runtime *rt;
    sbn_client *client;
    sbn_status status;

    run->begun = run->completions = 0;
    if (run->shifted)
        options.allocator->free(
            options.allocator->alloc(1, options.allocator->data),
            options.allocator->data);
    status = sbn_runtime_new(&options, &rt);
    if (status != SBN_OK) {
        check_outcome(run, status);
        return;
    }
    status =
        sbn_client_new(rt, peer_url(run->peer), NULL, &echo_contract, &client);
    if (status == SBN_OK) {
        run->door(run, rt, client);
        sbn_client_free(client);
    } else {
        check_outcome(run, status);
    }
    sbn_runtime_free(rt);
    CHECK_INT(run->completions, ==, run->begun);
}

static void
fail_each(void (*door)(struct run *run, sbn_runtime *rt, sbn_client *client),
          const struct peer_step *script, sbn_status outcome)
{
    struct run run = {
        .peer = peer_start_all(script), .outcome = outcome, .door = door};
    size_t runs = test_each_allocation(whole_program, &run);

    CHECK_INT(runs, >, 10);
    CHECK_INT(run.successes, >=, 2); /* the first and the last */
    run.shifted = true;
    test_each_allocation(whole_program, &run);
    peer_stop(run.peer);
}

TEST(each_allocation_fails_begin)
{
    fail_each(begin_door, answers, SBN_OK);
}

TEST(each_allocation_fails_event)
{
    fail_each(event_door, answers, SBN_OK);
}

TEST(each_allocation_fails_sync)
{
    fail_each(sync_door, answers, SBN_OK);
}

TEST(each_allocation_fails_while_a_fault_is_told)
{
    static const struct peer_step faulty[] = {
        {.op = PEER_READ},
        {.op = PEER_REPLY, .text = FAULT("no"), .status = "500 Oops"},
        {.op = PEER_AGAIN},
    };

    fail_each(begin_door, faulty, SBN_EFAULT);
}

TEST(each_allocation_fails_while_a_page_is_told)
{
    static const struct peer_step lost[] = {
        {.op = PEER_READ},
        {.op = PEER_REPLY,
         .text = "<html>",
         .status = "404 Not Found",
         .type = "text/html"},
        {.op = PEER_AGAIN},
    };

    fail_each(begin_door, lost, SBN_EHTTP);
}

TEST(each_allocation_fails_on_a_stale_connection)
{
    static const struct peer_step once[] = {
        {.op = PEER_READ},
        {.op = PEER_REPLY, .text = ECHO_REPLY("hello")},
        {.op = PEER_END},
    };

    fail_each(twice_door, once, SBN_OK);
}
