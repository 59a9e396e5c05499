/* SPDX-License-Identifier: Apache-2.0 */
/* A server's memory: none is asked for in steady state, and each allocation may
 * fail. */
#include <stdlib.h>

#include "test/rpc/server_support.h"

static sbn_status
order(sbn_request *request, const char *item, int32_t count,
      const char **ret_receipt)
{
    if (count < 0)
        return sbn_request_fault(request, SBN_FAULT_SENDER, "%s: %d", item,
                                 (int)count);
    *ret_receipt = sbn_request_strdup(request, item);
    return *ret_receipt != NULL ? SBN_OK : SBN_ENOMEM;
}

static sbn_status
end_order(sbn_request *request, const char **ret_receipt)
{
    *ret_receipt = sbn_request_state(request);
    return SBN_OK;
}

static const struct shop_service service = {.order = order,
                                            .begin_order = shop_begin_order,
                                            .end_order = end_order,
                                            .notify = shop_notify,
                                            SHOP_PLAIN};

static void
call_order(struct raw *raw)
{
    raw_order(raw, 1);
    raw_check_receipt(raw, "apple");
}

static void
call_fault(struct raw *raw)
{
    raw_order(raw, -1);
    raw_check_fault(raw, "s:Client", "apple: -1");
}

static void
call_one_way(struct raw *raw)
{
    raw_post(raw, "urn:shop/Notify",
             SHOP_ENVELOPE("<Notify xmlns=\"urn:shop\"><text>x</text>"
                           "</Notify>"));
    CHECK_INT(raw_response(raw, NULL), ==, 202);
}

static void
check_steady(bool prefer_async, void (*call)(struct raw *raw))
{
    const sbn_service_options options = {.prefer_async = prefer_async};
    struct test_memory memory;
    struct server_fixture f;
    struct raw raw;
    size_t before;
    int i;

    test_memory_init(&memory);
    server_start(&f, &memory.allocator, &service, &options, NULL);
    raw_connect(&raw, &f);
    for (i = 0; i < 20; i++)
        call(&raw);
    before = memory.count;
    for (i = 0; i < 100; i++)
        call(&raw);
    CHECK_INT(memory.count - before, ==, 0);
    raw_close(&raw);
    server_stop(&f);
    CHECK_INT(memory.live, ==, 0);
}

TEST(synchronous_calls_allocate_nothing)
{
    check_steady(false, call_order);
}
TEST(begin_and_end_allocate_nothing)
{
    check_steady(true, call_order);
}
TEST(faults_allocate_nothing)
{
    check_steady(false, call_fault);
}
TEST(one_way_calls_allocate_nothing)
{
    check_steady(false, call_one_way);
}

/* ---- Failing allocations --------------------------------------------------
 */

struct scenario {
    bool prefer_async;
    int count; /* negative: a fault */
    bool one_way;
};

static sbn_status
try_start(struct server_fixture *f, const sbn_allocator *allocator,
          const struct scenario *scenario)
{
    const sbn_runtime_options runtime_options = {.allocator = allocator};
    const sbn_service_options options = {.prefer_async =
                                             scenario->prefer_async};
    sbn_status status = sbn_runtime_new(&runtime_options, &f->rt);

    if (status != SBN_OK)
        return status;
    status = sbn_server_new(f->rt, NULL, &f->server);
    if (status == SBN_OK)
        status = sbn_service_bind(f->server, "/shop", &shop_contract, &service,
                                  &options);
    if (status == SBN_OK)
        status = sbn_server_listen(f->server, "127.0.0.1", 0);
    return status;
}

/* A listener without memory lets connections wait, and tries again. */
static bool
server_asks_in_vain(const struct test_memory *memory)
{
    return memory->fail_all && memory->failed &&
           memory->count > memory->fail_at + 8;
}

/* The reply, or a failure that a client understands. */
static void
try_call(struct server_fixture *f, const struct scenario *scenario,
         const struct test_memory *memory, bool *ret_failed)
{
    int expected = scenario->one_way ? 202 : scenario->count < 0 ? 500 : 200;
    struct raw raw;
    int status;

    raw_connect(&raw, f);
    if (scenario->one_way)
        raw_post(&raw, "urn:shop/Notify",
                 SHOP_ENVELOPE("<Notify xmlns=\"urn:shop\"/>"));
    else
        raw_order(&raw, scenario->count);
    while (!raw_has_response(&raw) && !server_asks_in_vain(memory))
        server_turn(f);
    status = raw_has_response(&raw) ? raw_response(&raw, NULL) : 0;
    *ret_failed = status != expected;
    if (*ret_failed)
        CHECK(status == 0 || status == 503 || status == 500);
    raw_close(&raw);
}

static void
exchange(struct test_memory *memory, void *data)
{
    const struct scenario *scenario = data;
    struct server_fixture f = {NULL, NULL, false};
    sbn_status status = try_start(&f, &memory->allocator, scenario);
    bool failed = false;

    if (status == SBN_OK)
        try_call(&f, scenario, memory, &failed);
    else
        CHECK(memory->failed);
    if (failed)
        CHECK(memory->failed);
    /* It recovers, unless memory stays away. */
    if (status == SBN_OK && !memory->fail_all) {
        try_call(&f, scenario, memory, &failed);
        CHECK(!failed || memory->failed);
    }
    server_stop(&f);
}

static void
check_each_allocation(bool prefer_async, int count, bool one_way)
{
    struct scenario scenario = {prefer_async, count, one_way};

    CHECK_INT(test_each_allocation(exchange, &scenario), >, 10);
}

TEST(any_allocation_of_a_call_may_fail)
{
    check_each_allocation(false, 1, false);
}
TEST(any_allocation_of_a_pair_may_fail)
{
    check_each_allocation(true, 1, false);
}
TEST(any_allocation_of_a_fault_may_fail)
{
    check_each_allocation(false, -1, false);
}
TEST(any_allocation_of_one_way_may_fail)
{
    check_each_allocation(false, 1, true);
}
