/* SPDX-License-Identifier: Apache-2.0 */
/* Synchronous operations on the thread pool. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/server_support.h"

static struct server_fixture fixture;
static struct raw client;

/* Shared with the pool. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool entered, gate_open;
static pthread_t loop_thread;
static int told; /* of an abort; on the loop */

static void
open_gate(void)
{
    pthread_mutex_lock(&lock);
    gate_open = true;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static void
wait_until_entered(void)
{
    pthread_mutex_lock(&lock);
    while (!entered)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
}

static void
wait_at_gate(void)
{
    pthread_mutex_lock(&lock);
    entered = true;
    pthread_cond_broadcast(&changed);
    while (!gate_open)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
}

static void
on_abort(sbn_request *request, void *data)
{
    CHECK(pthread_equal(pthread_self(), loop_thread));
    told++;
}

static sbn_status
slow_order(sbn_request *request, const char *item, int32_t count,
           const char **ret_receipt)
{
    char *receipt = sbn_request_alloc(request, 5000);

    /* The whole request is ours here, as on the loop. */
    sbn_request_on_abort(request, on_abort, NULL);
    wait_at_gate();
    if (pthread_equal(pthread_self(), loop_thread) || receipt == NULL)
        return SBN_ESTATE;
    if (count < 0)
        return sbn_request_fault(request, SBN_FAULT_SENDER, "%s %d", item,
                                 (int)count);
    snprintf(receipt, 5000, "%s for %.9s by %s",
             sbn_request_strdup(request, item), sbn_request_peer(request),
             sbn_request_http_header(request, "Host"));
    *ret_receipt = receipt;
    return SBN_OK;
}

static sbn_status
quick_order(sbn_request *request, const char *item, int32_t count,
            const char **ret_receipt)
{
    *ret_receipt = "quick";
    return SBN_OK;
}

static sbn_status
notify(sbn_request *request, const char *text)
{
    wait_at_gate();
    return SBN_OK;
}

static const struct shop_service slow = {
    .order = slow_order, .notify = notify, SHOP_PLAIN};
static const struct shop_service quick = {
    .order = quick_order, .notify = notify, SHOP_PLAIN};

static void
start(void)
{
    const sbn_service_options options = {.on_thread_pool = true};

    loop_thread = pthread_self();
    server_start(&fixture, NULL, &slow, &options, NULL);
    raw_connect(&client, &fixture);
}

static void
stop(void)
{
    raw_close(&client);
    server_stop(&fixture);
}

/* Turns the loop until the request is on the pool. */
static void
order_slowly(int count)
{
    raw_order(&client, count);
    SERVER_TURN_WHILE(&fixture, sbn_server_pending(fixture.server) == 0);
    wait_until_entered();
}

TEST(the_loop_goes_on_meanwhile)
{
    struct raw other;

    start();
    CHECK_OK(sbn_service_bind(fixture.server, "/quick", &shop_contract, &quick,
                              NULL));
    order_slowly(1);
    raw_connect(&other, &fixture);
    other.path = "/quick";
    raw_order(&other, 1);
    raw_check_receipt(&other, "quick");
    raw_close(&other);
    CHECK_INT(sbn_server_pending(fixture.server), ==, 1);
    open_gate();
    raw_check_receipt(&client, "apple for 127.0.0.1 by test");
    stop();
}

TEST(a_fault_comes_from_the_pool)
{
    start();
    open_gate();
    raw_order(&client, -3);
    raw_check_fault(&client, "s:Client", "apple -3");
    stop();
}

TEST(the_client_goes_meanwhile)
{
    start();
    order_slowly(1);
    raw_reset(&client);
    SERVER_TURN_WHILE(&fixture, told == 0);
    open_gate();
    SERVER_TURN_WHILE(&fixture, sbn_server_pending(fixture.server) > 0);
    CHECK_INT(told, ==, 1);
    stop();
}

TEST(a_freed_server_waits_for_the_pool)
{
    start();
    order_slowly(1);
    server_close(&fixture, 0);
    SERVER_TURN_WHILE(&fixture, told == 0);
    CHECK(!fixture.closed); /* its functions are in use */
    open_gate();
    SERVER_TURN_WHILE(&fixture, !fixture.closed);
    stop();
}

TEST(one_way_on_the_pool)
{
    start();
    raw_post(&client, "urn:shop/Notify",
             SHOP_ENVELOPE("<Notify xmlns=\"urn:shop\"/>"));
    CHECK_INT(raw_response(&client, NULL), ==, 202);
    wait_until_entered();
    open_gate();
    SERVER_TURN_WHILE(&fixture, sbn_server_pending(fixture.server) > 0);
    stop();
}

static void *
open_gate_in_thread(void *data)
{
    open_gate();
    return data;
}

TEST(a_freed_runtime_waits_for_the_pool)
{
    pthread_t thread;

    start();
    order_slowly(1);
    CHECK_INT(pthread_create(&thread, NULL, open_gate_in_thread, NULL), ==, 0);
    sbn_runtime_free(fixture.rt);
    CHECK_INT(pthread_join(thread, NULL), ==, 0);
    sbn_server_free(fixture.server);
    raw_close(&client);
}
