/* SPDX-License-Identifier: Apache-2.0 */
/* Operations that go on when their server has gone. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/server_support.h"

enum { THREADS = 3, EACH = 8, MANY = THREADS * EACH, ROUNDS = 60 };

static sbn_request *requests[MANY];
static int begins;

static sbn_status
begin_order(sbn_request *request, const char *item, int32_t count)
{
    requests[begins++] = request;
    return SBN_OK;
}

static sbn_status
end_order(sbn_request *request, const char **ret_receipt)
{
    *ret_receipt = "late";
    return SBN_OK;
}

static sbn_status
begin_notify(sbn_request *request, const char *text)
{
    requests[begins++] = request;
    return SBN_OK;
}

static sbn_status
end_notify(sbn_request *request)
{
    return SBN_OK;
}

static const struct shop_service service = {
    .begin_order = begin_order,
    .end_order = end_order,
    .begin_notify = begin_notify,
    .end_notify = end_notify,
    SHOP_PLAIN,
};

/* ---- Threads --------------------------------------------------------------
 */

static pthread_barrier_t barrier;

static void *
complete_a_share(void *data)
{
    sbn_request **share = data;
    int i;

    pthread_barrier_wait(&barrier);
    for (i = 0; i < EACH; i++)
        if (sbn_request_complete(share[i]) != SBN_OK)
            return NULL;
    return data;
}

static void
one_round(void)
{
    struct raw clients[MANY];
    pthread_t threads[THREADS];
    struct server_fixture f;
    void *result;
    int i;

    begins = 0;
    server_start(&f, NULL, &service, NULL, NULL);
    for (i = 0; i < MANY; i++) {
        raw_connect(&clients[i], &f);
        raw_order(&clients[i], 1);
    }
    SERVER_TURN_WHILE(&f, begins < MANY);
    pthread_barrier_init(&barrier, NULL, THREADS + 1);
    for (i = 0; i < THREADS; i++)
        CHECK_INT(pthread_create(&threads[i], NULL, complete_a_share,
                                 &requests[i * EACH]),
                  ==, 0);
    pthread_barrier_wait(&barrier);
    for (i = 0; i < MANY; i++) /* it would wait for them to read */
        raw_reset(&clients[i]);
    server_stop(&f);
    for (i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_join(threads[i], &result), ==, 0);
        CHECK(result != NULL);
    }
    pthread_barrier_destroy(&barrier);
}

TEST(threads_complete_while_their_server_goes)
{
    int i;

    for (i = 0; i < ROUNDS; i++)
        one_round();
}

/* ---- What an operation may ask --------------------------------------------
 */

struct note {
    const char *text;
};

static const sbn_field note_field = {
    "Note",   1,        SBN_K_STRING,
    0,        0,        offsetof(struct note, text),
    SBN_NONE, SBN_NONE, 0,
    1,        NULL,     NULL};
static const sbn_part note_part = {&note_field, sizeof(struct note), NULL};

/* As the program's own timer would, long after the server. */
static void
ask_everything(sbn_request *request, void *data)
{
    const struct note note = {"n"};
    const sbn_fault fault = {.reason = "gone"};

    CHECK(sbn_request_is_aborted(request));
    CHECK(sbn_request_data(request) == data);
    CHECK_STR(sbn_request_peer(request), "");
    CHECK_STR(sbn_request_action(request), "urn:shop/Order");
    CHECK_STR(sbn_request_body_name(request).local, "Order");
    CHECK(sbn_request_http_header(request, "Host") == NULL);
    CHECK(sbn_request_header(request, &note_part, 0) == NULL);
    CHECK(sbn_request_alloc(request, 100) != NULL);
    CHECK_STR(sbn_request_strdup(request, "copy"), "copy");
    CHECK_OK(sbn_request_set_http_header(request, "X-Late", "yes"));
    CHECK_OK(sbn_request_set_header(request, &note_part, &note));
    CHECK_STATUS(sbn_request_fault(request, SBN_FAULT_SENDER, "x"), SBN_EFAULT);
    CHECK_STATUS(sbn_request_fault_with(request, &fault), SBN_EFAULT);
    CHECK_STATUS(sbn_request_fail(request, "x"), SBN_EFAULT);
    CHECK_STATUS(sbn_request_fault_detail(request, SBN_FAULT_SENDER, "x",
                                          &note_part, &note),
                 SBN_EFAULT);
    sbn_request_on_abort(request, NULL, NULL);
    sbn_request_set_state(request, NULL);
    CHECK(sbn_request_state(request) == NULL);
    CHECK_OK(sbn_request_complete(request));
}

TEST(what_operations_use_works_without_the_server)
{
    const sbn_service_options options = {.data = &begins};
    struct server_fixture f;
    struct raw raw;

    server_start(&f, NULL, &service, &options, NULL);
    raw_connect(&raw, &f);
    raw_order(&raw, 1);
    SERVER_TURN_WHILE(&f, begins == 0);
    server_stop(&f);
    ask_everything(requests[0], &begins);
    raw_close(&raw);
}

TEST(a_one_way_operation_outlives_its_server)
{
    struct server_fixture f;
    struct raw raw;

    server_start(&f, NULL, &service, NULL, NULL);
    raw_connect(&raw, &f);
    raw_post(&raw, "urn:shop/Notify",
             SHOP_ENVELOPE("<Notify xmlns=\"urn:shop\"><text>t</text>"
                           "</Notify>"));
    CHECK_INT(raw_response(&raw, NULL), ==, 202);
    server_stop(&f);
    CHECK_STR(sbn_request_http_header(requests[0], "Host"), "test");
    CHECK(strstr(sbn_request_peer(requests[0]), "127.0.0.1:") != NULL);
    CHECK_OK(sbn_request_complete(requests[0]));
    raw_close(&raw);
}
