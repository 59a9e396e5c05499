/* SPDX-License-Identifier: Apache-2.0 */
/* Without memory: inspectors, headers of the response, messages of any kind,
 * queues. Calls of other kinds are in server_memory.c. */
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/server_support.h"

static sbn_request *begun;

static sbn_status
begin_order(sbn_request *request, const char *item, int32_t count)
{
    begun = request;
    return SBN_OK;
}

static const struct shop_service service = {.begin_order = begin_order,
                                            .end_order = shop_end_order,
                                            .notify = shop_notify,
                                            SHOP_PLAIN};

static sbn_status
any(sbn_request *request, sbn_xml body, sbn_xml *ret_body)
{
    *ret_body = body;
    return SBN_OK;
}

static sbn_status
before_dispatch(sbn_request *request, void *data)
{
    return sbn_request_set_http_header(request, "X-First", "seen");
}

/* Longer than the room that is kept for a head. */
static void
before_reply(sbn_request *request, sbn_status status, void *data)
{
    char value[600];

    memset(value, 'v', sizeof(value) - 1);
    value[sizeof(value) - 1] = '\0';
    if (sbn_request_set_http_header(request, "X-Long", value) != SBN_OK)
        sbn_request_fault(request, SBN_FAULT_RECEIVER, "no memory");
}

static const sbn_inspector inspector = {.before_dispatch = before_dispatch,
                                        .before_reply = before_reply};
static const sbn_untyped_service untyped = {.call = any};

static sbn_status
try_start(struct server_fixture *f, const sbn_allocator *allocator)
{
    const sbn_runtime_options runtime_options = {.allocator = allocator};
    const sbn_service_options one = {.max_concurrent_calls = 1,
                                     .max_queued_calls = 1},
                              all = {.untyped = &untyped,
                                     .inspector = &inspector};
    sbn_status status = sbn_runtime_new(&runtime_options, &f->rt);

    if (status != SBN_OK)
        return status;
    status = sbn_server_new(f->rt, NULL, &f->server);
    if (status == SBN_OK)
        status = sbn_service_bind(f->server, "/shop", &shop_contract, &service,
                                  &one);
    if (status == SBN_OK)
        status = sbn_service_bind_untyped(f->server, "/any", &all);
    if (status == SBN_OK)
        status = sbn_server_listen(f->server, "127.0.0.1", 0);
    return status;
}

/* ---- A reply with headers of the program's --------------------------------
 */

static void
ask_for_headers(struct server_fixture *f, const struct test_memory *memory)
{
    struct raw raw;
    size_t size;

    raw_connect(&raw, f);
    raw.path = "/any";
    raw_post(&raw, NULL, SHOP_ENVELOPE("<a>b</a>"));
    size = raw_await(&raw);
    if (size > 0 && strncmp(raw.in, "HTTP/1.1 200 ", 13) == 0) {
        CHECK(strstr(raw.in, "\r\nX-First: seen\r\n") != NULL);
        CHECK(strstr(raw.in, "\r\nX-Long: vvv") != NULL);
        CHECK(strstr(raw.in, "b</a>") != NULL);
    } else {
        CHECK(memory->failed);
        CHECK(size == 0 || strncmp(raw.in, "HTTP/1.1 50", 11) == 0);
    }
    raw_close(&raw);
}

static void
exchange_headers(struct test_memory *memory, void *data)
{
    struct server_fixture f = {NULL, NULL, false};

    memory->fail_all = false; /* a listener would wait for memory */
    if (try_start(&f, &memory->allocator) == SBN_OK)
        ask_for_headers(&f, memory);
    else
        CHECK(memory->failed);
    server_stop(&f);
}

TEST(headers_of_the_program_are_there_or_there_is_no_reply)
{
    CHECK_INT(test_each_allocation(exchange_headers, NULL), >, 20);
}

/* ---- A queue --------------------------------------------------------------
 */

/* One that runs, one that waits, one too many. */
static void
use_queue(struct server_fixture *f, const struct test_memory *memory)
{
    struct raw raws[3];
    int i, good = 0, busy = 0, status;

    begun = NULL;
    for (i = 0; i < 3; i++) {
        raw_connect(&raws[i], f);
        raw_order(&raws[i], i);
    }
    for (i = 0; i < 3; i++) {
        while (!raw_has_response(&raws[i])) {
            if (begun != NULL) {
                CHECK_OK(sbn_request_complete(begun));
                begun = NULL;
            }
            server_turn(f);
        }
        status = raw_response(&raws[i], NULL);
        good += status == 200;
        busy += status == 503;
        raw_close(&raws[i]);
    }
    CHECK(memory->failed || good + busy == 3);
    CHECK(good >= 1);
    CHECK_INT(sbn_server_pending(f->server), ==, 0);
}

static void
exchange_queued(struct test_memory *memory, void *data)
{
    struct server_fixture f = {NULL, NULL, false};

    memory->fail_all = false;
    if (try_start(&f, &memory->allocator) == SBN_OK)
        use_queue(&f, memory);
    else
        CHECK(memory->failed);
    server_stop(&f);
}

TEST(a_queue_goes_on_without_memory)
{
    CHECK_INT(test_each_allocation(exchange_queued, NULL), >, 20);
}
