/* SPDX-License-Identifier: Apache-2.0 */
/* How much a server takes on, of one service and in all. */
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/server_support.h"

/* ---- A service whose calls wait until the test ends them ------------------
 */

static sbn_request *begun[64];
static size_t begun_count;

static sbn_status
begin_order(sbn_request *request, const char *item, int32_t count)
{
    begun[begun_count++] = request;
    return SBN_OK;
}

static const struct shop_service service = {.begin_order = begin_order,
                                            .end_order = shop_end_order,
                                            .notify = shop_notify,
                                            SHOP_PLAIN};

static void
complete_first(void)
{
    sbn_request *request = begun[0];

    CHECK_INT(begun_count, >, 0);
    memmove(begun, begun + 1, --begun_count * sizeof(begun[0]));
    CHECK_OK(sbn_request_complete(request));
}

enum { CLIENTS = 8 };

static void
connect_all(struct raw raws[CLIENTS], struct server_fixture *f)
{
    size_t i;

    for (i = 0; i < CLIENTS; i++)
        raw_connect(&raws[i], f);
}

static void
close_all(struct raw raws[CLIENTS])
{
    size_t i;

    for (i = 0; i < CLIENTS; i++)
        raw_close(&raws[i]);
}

static void
settle(struct server_fixture *f)
{
    int i;

    for (i = 0; i < 20; i++)
        CHECK_OK(sbn_runtime_dispatch(f->rt));
}

/* ---- One service ----------------------------------------------------------
 */

TEST(calls_beyond_the_limit_wait_and_those_beyond_the_queue_are_told)
{
    sbn_service_options options = {.max_concurrent_calls = 2,
                                   .max_queued_calls = 3};
    struct server_fixture f;
    struct raw raws[CLIENTS];
    char *head;
    size_t i;

    server_start(&f, NULL, &service, &options, NULL);
    connect_all(raws, &f);
    for (i = 0; i < 5; i++)
        raw_order(&raws[i], 1);
    SERVER_TURN_WHILE(&f, begun_count < 2);
    settle(&f);
    CHECK_INT(begun_count, ==, 2);
    CHECK_INT(sbn_server_pending(f.server), ==, 2);

    raw_order(&raws[5], 1);
    CHECK_INT(raw_await(&raws[5]), >, 0);
    head = raws[5].in;
    CHECK(strncmp(head, "HTTP/1.1 503 ", 13) == 0);
    CHECK(strstr(head, "\r\nRetry-After: 1\r\n") != NULL);
    raw_drop(&raws[5], raw_await(&raws[5]));

    for (i = 0; i < 5; i++) {
        SERVER_TURN_WHILE(&f, begun_count == 0);
        complete_first();
        raw_check_receipt(&raws[i], "done");
        CHECK_INT(begun_count, <=, 2);
    }
    /* Nothing is left in the queue: the one refused may come again. */
    raw_order(&raws[5], 1);
    SERVER_TURN_WHILE(&f, begun_count == 0);
    complete_first();
    raw_check_receipt(&raws[5], "done");
    close_all(raws);
    server_stop(&f);
}

TEST(without_a_queue_the_next_call_is_told_at_once)
{
    sbn_service_options options = {.max_concurrent_calls = 1, .no_queue = true};
    struct server_fixture f;
    struct raw raws[CLIENTS];

    server_start(&f, NULL, &service, &options, NULL);
    connect_all(raws, &f);
    raw_order(&raws[0], 1);
    SERVER_TURN_WHILE(&f, begun_count < 1);
    raw_order(&raws[1], 1);
    CHECK_INT(raw_response(&raws[1], NULL), ==, 503);
    complete_first();
    raw_check_receipt(&raws[0], "done");
    close_all(raws);
    server_stop(&f);
}

TEST(a_client_that_leaves_the_queue_frees_its_place)
{
    sbn_service_options options = {.max_concurrent_calls = 1,
                                   .max_queued_calls = 1};
    struct server_fixture f;
    struct raw raws[CLIENTS];

    server_start(&f, NULL, &service, &options, NULL);
    connect_all(raws, &f);
    raw_order(&raws[0], 1);
    SERVER_TURN_WHILE(&f, begun_count < 1);
    raw_order(&raws[1], 1);
    settle(&f);
    raw_reset(&raws[1]);
    settle(&f);
    raw_order(&raws[2], 1);
    settle(&f);
    complete_first();
    raw_check_receipt(&raws[0], "done");
    SERVER_TURN_WHILE(&f, begun_count < 1);
    complete_first();
    raw_check_receipt(&raws[2], "done");
    CHECK_INT(begun_count, ==, 0);
    close_all(raws);
    server_stop(&f);
}

TEST(what_waits_is_served_while_the_server_closes)
{
    sbn_service_options options = {.max_concurrent_calls = 1};
    struct server_fixture f;
    struct raw raws[CLIENTS];
    size_t i;

    server_start(&f, NULL, &service, &options, NULL);
    connect_all(raws, &f);
    for (i = 0; i < 3; i++)
        raw_order(&raws[i], 1);
    SERVER_TURN_WHILE(&f, begun_count < 1);
    settle(&f);
    server_close(&f, 60000);
    for (i = 0; i < 3; i++) {
        SERVER_TURN_WHILE(&f, begun_count < 1);
        complete_first();
        raw_check_receipt(&raws[i], "done");
    }
    close_all(raws);
    SERVER_TURN_WHILE(&f, !f.closed);
    server_stop(&f);
}

TEST(what_waits_is_told_when_the_deadline_passes)
{
    sbn_service_options options = {.max_concurrent_calls = 1};
    struct server_fixture f;
    struct raw raws[CLIENTS];
    size_t i;

    server_start(&f, NULL, &service, &options, NULL);
    connect_all(raws, &f);
    for (i = 0; i < 3; i++)
        raw_order(&raws[i], 1);
    SERVER_TURN_WHILE(&f, begun_count < 1);
    settle(&f);
    server_close(&f, 0);
    SERVER_TURN_WHILE(&f, !f.closed);
    CHECK_INT(begun_count, ==, 1);
    complete_first(); /* late, and harmless */
    close_all(raws);
    server_stop(&f);
}

/* ---- The whole server -----------------------------------------------------
 */

TEST(a_full_server_reads_no_further_request_and_loses_none)
{
    sbn_server_options server_options = {.max_calls = 2};
    struct server_fixture f;
    struct raw raws[CLIENTS];
    size_t i;

    server_start(&f, NULL, &service, NULL, &server_options);
    connect_all(raws, &f);
    for (i = 0; i < CLIENTS; i++)
        raw_order(&raws[i], 1);
    SERVER_TURN_WHILE(&f, begun_count < 2);
    settle(&f);
    CHECK_INT(begun_count, ==, 2);
    for (i = 0; i < CLIENTS; i++) {
        SERVER_TURN_WHILE(&f, begun_count == 0);
        CHECK_INT(begun_count, <=, 2);
        complete_first();
        settle(&f);
    }
    for (i = 0; i < CLIENTS; i++)
        raw_check_receipt(&raws[i], "done");
    close_all(raws);
    server_stop(&f);
}

/* Nothing of what waits has been read; the client may try elsewhere. */
TEST(a_full_server_does_not_let_wait_for_ever)
{
    sbn_server_options server_options = {.max_calls = 1, .idle_timeout = 50};
    struct server_fixture f;
    struct raw raws[CLIENTS];

    server_start(&f, NULL, &service, NULL, &server_options);
    raw_connect(&raws[0], &f);
    raw_order(&raws[0], 1);
    SERVER_TURN_WHILE(&f, begun_count < 1);
    raw_connect(&raws[1], &f);
    raw_order(&raws[1], 1);
    CHECK_INT(raw_await(&raws[1]), >, 0);
    CHECK(strncmp(raws[1].in, "HTTP/1.1 503 ", 13) == 0);
    CHECK(strstr(raws[1].in, "\r\nConnection: close\r\n") != NULL);
    CHECK_INT(begun_count, ==, 1);
    complete_first();
    raw_check_receipt(&raws[0], "done");
    CHECK_INT(begun_count, ==, 0);
    raw_close(&raws[0]);
    raw_close(&raws[1]);
    server_stop(&f);
}

TEST(a_full_server_answers_all_that_came_when_it_closes)
{
    sbn_server_options server_options = {.max_calls = 1};
    struct server_fixture f;
    struct raw raws[CLIENTS];
    size_t i;

    server_start(&f, NULL, &service, NULL, &server_options);
    connect_all(raws, &f);
    for (i = 0; i < CLIENTS; i++)
        raw_order(&raws[i], 1);
    SERVER_TURN_WHILE(&f, begun_count < 1);
    settle(&f);
    server_close(&f, 60000);
    for (i = 0; i < CLIENTS; i++) {
        SERVER_TURN_WHILE(&f, begun_count == 0);
        complete_first();
    }
    for (i = 0; i < CLIENTS; i++)
        raw_check_receipt(&raws[i], "done");
    close_all(raws);
    SERVER_TURN_WHILE(&f, !f.closed);
    server_stop(&f);
}

/* A request of size bytes, without its last byte. */
static void
post_most(struct raw *raw, size_t size)
{
    static const char start[] =
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"
        "<s:Body><Order xmlns=\"urn:shop\"><item>";
    char head[256];
    char *text = malloc(size);

    CHECK(text != NULL);
    memset(text, 'x', size);
    memcpy(text, start, sizeof(start) - 1);
    snprintf(head, sizeof(head),
             "POST /shop HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml\r\n"
             "Content-Length: %zu\r\n\r\n",
             size + 1);
    raw_send(raw, head, strlen(head));
    raw_send(raw, text, size);
    free(text);
}

TEST(bytes_beyond_twice_the_limit_are_refused)
{
    sbn_server_options server_options = {.max_buffered_bytes = 100000};
    struct server_fixture f;
    struct raw raws[CLIENTS];
    char *body = NULL;

    server_start(&f, NULL, &service, NULL, &server_options);
    connect_all(raws, &f);
    raw_order(&raws[0], 1);
    SERVER_TURN_WHILE(&f, begun_count < 1);
    post_most(&raws[1], 1000000);
    settle(&f);
    raw_send(&raws[1], "x", 1);
    CHECK_INT(raw_response(&raws[1], &body), ==, 503);
    free(body);
    /* It is as before for everyone else. */
    raw_order(&raws[2], 1);
    SERVER_TURN_WHILE(&f, begun_count < 2);
    complete_first();
    raw_check_receipt(&raws[0], "done");
    complete_first();
    raw_check_receipt(&raws[2], "done");
    close_all(raws);
    server_stop(&f);
}
