/* SPDX-License-Identifier: Apache-2.0 */
/* Operations as begin and end: who completes, when, how often, and for whom. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/server_support.h"

struct shop {
    struct server_fixture f;
    struct raw client;
    sbn_request *request; /* the last one begun */
    const char *item;
    int orders, begins, ends, aborts;
    bool in_begin;
    bool complete_inside, tell_abort, complete_on_abort;
    sbn_status begin_result, end_result;
};

static struct shop shop;

static void
on_abort(sbn_request *request, void *data)
{
    CHECK(data == &shop);
    CHECK(sbn_request_is_aborted(request));
    shop.aborts++;
    if (shop.complete_on_abort)
        CHECK_OK(sbn_request_complete(request));
}

static sbn_status
order(sbn_request *request, const char *item, int32_t count,
      const char **ret_receipt)
{
    shop.orders++;
    *ret_receipt = "at once";
    return SBN_OK;
}

static sbn_status
begin_order(sbn_request *request, const char *item, int32_t count)
{
    CHECK(sbn_request_data(request) == &shop);
    CHECK(sbn_request_runtime(request) == shop.f.rt);
    shop.in_begin = true;
    shop.begins++;
    shop.request = request;
    shop.item = item;
    sbn_request_set_state(request, &shop.item);
    if (shop.tell_abort)
        sbn_request_on_abort(request, on_abort, &shop);
    if (shop.complete_inside)
        CHECK_OK(sbn_request_complete(request));
    CHECK_INT(shop.ends, <, shop.begins);
    shop.in_begin = false;
    if (shop.begin_result == SBN_EFAULT)
        return sbn_request_fault(request, SBN_FAULT_SENDER, "no %s", item);
    return shop.begin_result;
}

static sbn_status
end_order(sbn_request *request, const char **ret_receipt)
{
    CHECK(!shop.in_begin);
    CHECK(sbn_request_state(request) == &shop.item);
    /* It may be completed no more. */
    CHECK_STATUS(sbn_request_complete(request), SBN_ESTATE);
    shop.ends++;
    *ret_receipt = sbn_request_strdup(request, shop.item);
    if (shop.end_result == SBN_EFAULT)
        return sbn_request_fault(request, SBN_FAULT_SENDER, "no %s", shop.item);
    return shop.end_result;
}

static sbn_status
begin_notify(sbn_request *request, const char *text)
{
    shop.begins++;
    shop.request = request;
    return SBN_OK;
}

static sbn_status
end_notify(sbn_request *request)
{
    shop.ends++;
    CHECK_STR(sbn_request_http_header(request, "soapaction"),
              "\"urn:shop/Notify\"");
    CHECK(strncmp(sbn_request_peer(request), "127.0.0.1:", 10) == 0);
    return SBN_EFAULT;
}

static const struct shop_service pair = {
    .begin_order = begin_order,
    .end_order = end_order,
    .begin_notify = begin_notify,
    .end_notify = end_notify,
    SHOP_PLAIN,
};

static void
start(const struct shop_service *service, bool prefer_async)
{
    const sbn_service_options options = {.prefer_async = prefer_async,
                                         .data = &shop};

    server_start(&shop.f, NULL, service, &options, NULL);
    raw_connect(&shop.client, &shop.f);
}

static void
stop(void)
{
    raw_close(&shop.client);
    server_stop(&shop.f);
}

static void
begin_one(void)
{
    raw_order(&shop.client, 1);
    SERVER_TURN_WHILE(&shop.f, shop.begins == 0);
    CHECK_INT(sbn_server_pending(shop.f.server), ==, 1);
}

TEST(end_runs_on_the_loop_after_complete)
{
    start(&pair, false);
    begin_one();
    CHECK_OK(sbn_runtime_dispatch(shop.f.rt));
    CHECK_INT(shop.ends, ==, 0);
    CHECK_OK(sbn_request_complete(shop.request));
    CHECK_INT(shop.ends, ==, 0); /* not on our stack */
    raw_check_receipt(&shop.client, "apple");
    CHECK_INT(shop.ends, ==, 1);
    CHECK_INT(sbn_server_pending(shop.f.server), ==, 0);
    stop();
}

static void *
complete_in_thread(void *data)
{
    return sbn_request_complete(data) == SBN_OK ? data : NULL;
}

TEST(another_thread_completes)
{
    pthread_t thread;
    void *result;

    start(&pair, false);
    begin_one();
    CHECK_INT(pthread_create(&thread, NULL, complete_in_thread, shop.request),
              ==, 0);
    raw_check_receipt(&shop.client, "apple");
    CHECK_INT(pthread_join(thread, &result), ==, 0);
    CHECK(result == shop.request);
    stop();
}

TEST(begin_may_complete_before_it_returns)
{
    start(&pair, false);
    shop.complete_inside = true;
    raw_order(&shop.client, 1);
    raw_check_receipt(&shop.client, "apple");
    CHECK_INT(shop.ends, ==, 1);
    stop();
}

TEST(completing_twice_is_an_error_and_one_reply)
{
    start(&pair, false);
    begin_one();
    CHECK_OK(sbn_request_complete(shop.request));
    CHECK_STATUS(sbn_request_complete(shop.request), SBN_ESTATE);
    raw_check_receipt(&shop.client, "apple");
    CHECK_STATUS(sbn_request_complete(shop.request), SBN_ESTATE);
    shop.begins = shop.ends = 0;
    begin_one();
    CHECK_OK(sbn_request_complete(shop.request));
    raw_check_receipt(&shop.client, "apple");
    CHECK_INT(shop.ends, ==, 1);
    CHECK_INT(shop.client.in_size, ==, 0);
    stop();
}

TEST(the_program_is_told_when_the_client_goes)
{
    start(&pair, false);
    shop.tell_abort = true;
    begin_one();
    CHECK(!sbn_request_is_aborted(shop.request));
    raw_reset(&shop.client);
    SERVER_TURN_WHILE(&shop.f, shop.aborts == 0);
    CHECK_INT(sbn_server_pending(shop.f.server), ==, 1);
    CHECK_OK(sbn_request_complete(shop.request));
    SERVER_TURN_WHILE(&shop.f, shop.ends == 0);
    CHECK_INT(sbn_server_pending(shop.f.server), ==, 0);
    CHECK_INT(shop.aborts, ==, 1);
    stop();
}

TEST(completing_on_the_abort_notice_is_fine)
{
    start(&pair, false);
    shop.tell_abort = shop.complete_on_abort = true;
    begin_one();
    raw_reset(&shop.client);
    SERVER_TURN_WHILE(&shop.f, shop.ends == 0);
    CHECK_INT(shop.aborts, ==, 1);
    CHECK_INT(sbn_server_pending(shop.f.server), ==, 0);
    stop();
}

TEST(a_withdrawn_abort_notice_is_not_told)
{
    start(&pair, false);
    shop.tell_abort = true;
    begin_one();
    sbn_request_on_abort(shop.request, NULL, NULL);
    raw_reset(&shop.client);
    SERVER_TURN_WHILE(&shop.f, !sbn_request_is_aborted(shop.request));
    CHECK_OK(sbn_request_complete(shop.request));
    SERVER_TURN_WHILE(&shop.f, shop.ends == 0);
    CHECK_INT(shop.aborts, ==, 0);
    stop();
}

TEST(the_synchronous_function_runs_when_both_are_given)
{
    struct shop_service both = pair;

    both.order = order;
    start(&both, false);
    raw_order(&shop.client, 1);
    raw_check_receipt(&shop.client, "at once");
    CHECK_INT(shop.begins, ==, 0);
    stop();
}

TEST(prefer_async_runs_begin_and_end)
{
    struct shop_service both = pair;

    both.order = order;
    start(&both, true);
    begin_one();
    CHECK_OK(sbn_request_complete(shop.request));
    raw_check_receipt(&shop.client, "apple");
    CHECK_INT(shop.orders, ==, 0);
    stop();
}

TEST(prefer_async_runs_what_there_is)
{
    struct shop_service sync = pair;

    sync.order = order;
    sync.begin_order = NULL;
    sync.end_order = NULL;
    start(&sync, true);
    raw_order(&shop.client, 1);
    raw_check_receipt(&shop.client, "at once");
    stop();
}

static char *
fault_of(sbn_status begin, sbn_status end)
{
    char *body = NULL;

    shop.complete_inside = begin == SBN_OK;
    shop.begin_result = begin;
    shop.end_result = end;
    raw_order(&shop.client, 1);
    CHECK_INT(raw_response(&shop.client, &body), ==, 500);
    return body;
}

TEST(begin_and_end_fail_alike)
{
    const sbn_status failures[] = {SBN_EFAULT, SBN_EIO, SBN_EINVAL};
    char *begin, *end;
    size_t i;

    start(&pair, false);
    for (i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        shop.ends = 0;
        begin = fault_of(failures[i], SBN_OK);
        CHECK_INT(shop.ends, ==, 0);
        end = fault_of(SBN_OK, failures[i]);
        CHECK_INT(shop.ends, ==, 1);
        CHECK_STR(begin, end);
        free(begin);
        free(end);
    }
    stop();
}

TEST(a_begin_that_fails_answers_though_it_completed)
{
    start(&pair, false);
    shop.complete_inside = true;
    shop.begin_result = SBN_EFAULT;
    raw_order(&shop.client, 1);
    raw_check_fault(&shop.client, "s:Client", "no apple");
    shop.begin_result = SBN_OK;
    raw_order(&shop.client, 1);
    raw_check_receipt(&shop.client, "apple");
    CHECK_INT(shop.ends, ==, 1);
    stop();
}

TEST(one_way_is_answered_before_it_is_done)
{
    char *body = NULL;

    start(&pair, false);
    raw_post(&shop.client, "urn:shop/Notify",
             SHOP_ENVELOPE("<Notify xmlns=\"urn:shop\"><text>t</text>"
                           "</Notify>"));
    CHECK_INT(raw_response(&shop.client, &body), ==, 202);
    CHECK_STR(body, "");
    free(body);
    SERVER_TURN_WHILE(&shop.f, shop.begins == 0);
    CHECK_INT(shop.ends, ==, 0);
    CHECK_OK(sbn_request_complete(shop.request));
    SERVER_TURN_WHILE(&shop.f, shop.ends == 0);
    /* The connection goes on, and heard nothing of the failure. */
    raw_order(&shop.client, 1);
    SERVER_TURN_WHILE(&shop.f, shop.begins == 1);
    CHECK_OK(sbn_request_complete(shop.request));
    raw_check_receipt(&shop.client, "apple");
    stop();
}

/* ---- Many threads ---------------------------------------------------------
 */

enum { THREADS = 4, EACH = 100, MANY = THREADS * EACH };

static sbn_request *many[MANY];

static sbn_status
begin_one_of_many(sbn_request *request, const char *item, int32_t count)
{
    many[shop.begins++] = request;
    return SBN_OK;
}

static sbn_status
end_one_of_many(sbn_request *request, const char **ret_receipt)
{
    shop.ends++;
    *ret_receipt = "done";
    return SBN_OK;
}

static void *
complete_a_share(void *data)
{
    sbn_request **share = data;
    int i;

    for (i = 0; i < EACH; i++)
        if (sbn_request_complete(share[i]) != SBN_OK)
            return NULL;
    return data;
}

TEST(threads_complete_beside_each_other)
{
    struct shop_service service = pair;
    struct raw clients[MANY];
    pthread_t threads[THREADS];
    void *result;
    int i;

    service.begin_order = begin_one_of_many;
    service.end_order = end_one_of_many;
    start(&service, false);
    for (i = 0; i < MANY; i++) {
        raw_connect(&clients[i], &shop.f);
        raw_order(&clients[i], 1);
    }
    SERVER_TURN_WHILE(&shop.f, shop.begins < MANY);
    for (i = 0; i < THREADS; i++)
        CHECK_INT(pthread_create(&threads[i], NULL, complete_a_share,
                                 &many[i * EACH]),
                  ==, 0);
    for (i = 0; i < MANY; i++) {
        raw_check_receipt(&clients[i], "done");
        raw_close(&clients[i]);
    }
    CHECK_INT(shop.ends, ==, MANY);
    for (i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_join(threads[i], &result), ==, 0);
        CHECK(result != NULL);
    }
    stop();
}
