/* SPDX-License-Identifier: Apache-2.0 */
/* A service's queue, and what else comes together with it: one-way calls,
 * clients that hang up or end their side, pipelines, bodies in pieces, the end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "test/rpc/server_support.h"

enum { LONG = 60000 };

static struct server_fixture fixture;
static struct raw first, second;
static sbn_request *begun[8];
static int begun_count, notes;

static sbn_status
begin_order(sbn_request *request, const char *item, int32_t count)
{
    begun[begun_count++] = request;
    return SBN_OK;
}

static sbn_status
notify(sbn_request *request, const char *text)
{
    notes++;
    return sbn_request_fault(request, SBN_FAULT_SENDER, "told to nobody");
}

static const struct shop_service service = {.begin_order = begin_order,
                                            .end_order = shop_end_order,
                                            .notify = notify,
                                            SHOP_PLAIN};

#define NOTIFY \
    SHOP_ENVELOPE("<Notify xmlns=\"urn:shop\"><text>t</text></Notify>")

/* One call runs; queued more may wait. */
static void
start(uint32_t queued)
{
    const sbn_service_options options = {.max_concurrent_calls = 1,
                                         .max_queued_calls = queued,
                                         .no_queue = queued == 0};

    server_start(&fixture, NULL, &service, &options, NULL);
    raw_connect(&first, &fixture);
    raw_connect(&second, &fixture);
    raw_order(&first, 1);
    SERVER_TURN_WHILE(&fixture, begun_count == 0);
}

static void
stop(void)
{
    raw_close(&first);
    raw_close(&second);
    server_stop(&fixture);
}

static void
complete_next(void)
{
    SERVER_TURN_WHILE(&fixture, begun_count == 0);
    CHECK_INT(begun_count, ==, 1);
    begun_count = 0;
    CHECK_OK(sbn_request_complete(begun[0]));
}

static void
notify_second(void)
{
    raw_post(&second, "urn:shop/Notify", NOTIFY);
}

/* ---- One-way ---------------------------------------------------------------
 */

TEST(a_one_way_call_is_accepted_before_its_turn)
{
    char *body = NULL;

    start(1);
    notify_second();
    CHECK_INT(raw_response(&second, &body), ==, 202);
    CHECK_STR(body, "");
    free(body);
    CHECK_INT(notes, ==, 0);
    complete_next();
    raw_check_receipt(&first, "done");
    SERVER_TURN_WHILE(&fixture, notes == 0);
    /* Its fault went nowhere, and the connection goes on. */
    raw_order(&second, 1);
    complete_next();
    raw_check_receipt(&second, "done");
    stop();
}

TEST(a_one_way_call_beyond_the_queue_is_told)
{
    start(0);
    notify_second();
    CHECK_INT(raw_await(&second), >, 0);
    CHECK(strncmp(second.in, "HTTP/1.1 503 ", 13) == 0);
    CHECK(strstr(second.in, "\r\nRetry-After: 1\r\n") != NULL);
    complete_next();
    raw_check_receipt(&first, "done");
    CHECK_INT(notes, ==, 0);
    stop();
}

TEST(a_one_way_call_runs_though_its_client_has_gone)
{
    start(1);
    notify_second();
    CHECK_INT(raw_response(&second, NULL), ==, 202);
    raw_reset(&second);
    complete_next();
    raw_check_receipt(&first, "done");
    SERVER_TURN_WHILE(&fixture, notes == 0);
    stop();
}

TEST(a_one_way_call_that_was_accepted_runs_while_the_server_closes)
{
    start(1);
    notify_second();
    CHECK_INT(raw_response(&second, NULL), ==, 202);
    server_close(&fixture, LONG);
    complete_next();
    raw_check_receipt(&first, "done");
    SERVER_TURN_WHILE(&fixture, !fixture.closed);
    CHECK_INT(notes, ==, 1);
    stop();
}

/* ---- Clients that end their side ------------------------------------------
 */

TEST(one_that_ended_its_side_while_it_waited_is_told_and_has_left)
{
    start(1);
    raw_order(&second, 1);
    CHECK_INT(shutdown(second.fd, SHUT_WR), ==, 0);
    CHECK_INT(raw_response(&second, NULL), ==, 503);
    raw_close(&second);
    raw_connect(&second, &fixture);
    raw_order(&second, 1); /* has its place */
    complete_next();
    raw_check_receipt(&first, "done");
    complete_next();
    raw_check_receipt(&second, "done");
    stop();
}

TEST(one_that_ended_its_side_while_it_ran_has_its_reply)
{
    start(1);
    CHECK_INT(shutdown(first.fd, SHUT_WR), ==, 0);
    SERVER_TURN_WHILE(&fixture, !sbn_request_is_aborted(begun[0]));
    complete_next();
    raw_check_receipt(&first, "done");
    stop();
}

/* ---- Pipelines and pieces -------------------------------------------------
 */

TEST(a_pipeline_through_the_queue_is_answered_in_order)
{
    start(1);
    raw_order(&second, 1);
    notify_second();
    raw_order(&second, 1);
    complete_next();
    raw_check_receipt(&first, "done");
    complete_next();
    raw_check_receipt(&second, "done");
    CHECK_INT(raw_response(&second, NULL), ==, 202);
    complete_next();
    raw_check_receipt(&second, "done");
    CHECK_INT(notes, ==, 1);
    stop();
}

TEST(a_pipeline_whose_client_goes_leaves_nothing_in_the_queue)
{
    start(2);
    raw_order(&second, 1);
    raw_order(&second, 1);
    raw_reset(&second);
    raw_connect(&second, &fixture);
    raw_order(&second, 1);
    complete_next();
    raw_check_receipt(&first, "done");
    complete_next();
    raw_check_receipt(&second, "done");
    CHECK_INT(sbn_server_pending(fixture.server), ==, 0);
    stop();
}

static const char chunked[] =
    "POST /shop HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\n"
    "SOAPAction: \"urn:shop/Order\"\r\nTransfer-Encoding: chunked\r\n%s\r\n";
static const char chunks[] =
    "2\r\n<s\r\n75\r\n"
    ":Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"
    "<s:Body><Order xmlns=\"urn:shop\"/></s:Body></s:Envelope>"
    "\r\n0\r\n\r\n";

/* 503 comes at the end of the request, and the connection goes on. */
TEST(a_body_in_pieces_beyond_the_queue_is_read_to_its_end)
{
    char head[512];

    start(0);
    snprintf(head, sizeof(head), chunked, "");
    raw_send(&second, head, strlen(head));
    raw_send(&second, chunks, sizeof(chunks) - 1);
    CHECK_INT(raw_response(&second, NULL), ==, 503);
    complete_next();
    raw_check_receipt(&first, "done");
    raw_order(&second, 1);
    complete_next();
    raw_check_receipt(&second, "done");
    stop();
}

/* A client that asked whether to send its body is told to: that the queue is
 * full is known only when the operation is. */
TEST(one_that_waits_for_100_is_told_after_its_body)
{
    char head[512];

    start(0);
    snprintf(head, sizeof(head), chunked, "Expect: 100-continue\r\n");
    raw_send(&second, head, strlen(head));
    CHECK_INT(raw_response(&second, NULL), ==, 100);
    raw_send(&second, chunks, sizeof(chunks) - 1);
    CHECK_INT(raw_response(&second, NULL), ==, 503);
    complete_next();
    raw_check_receipt(&first, "done");
    stop();
}
