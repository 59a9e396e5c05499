/* SPDX-License-Identifier: Apache-2.0 */
/* What a client sees of the server, over real sockets. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test/http/peer.h"

#define GET(target) "GET " target " HTTP/1.1\r\nHost: x\r\n\r\n"

struct fixture {
    sbn_runtime *rt;
    struct service service;
    struct raw raw;
};

static void
setup(struct fixture *f)
{
    f->rt = runtime_open(NULL);
    service_init(&f->service, f->rt);
}

static void
start(struct fixture *f)
{
    CHECK_OK(service_open(&f->service));
    raw_connect(f->rt, &f->raw, service_port(&f->service));
}

static void
finish(struct fixture *f)
{
    raw_close(&f->raw);
    service_close(&f->service);
    sbn_runtime_free(f->rt);
}

static void
expect(struct fixture *f, const char *request, const char *want)
{
    raw_send(&f->raw, request);
    RUN_UNTIL(f->rt, raw_has(&f->raw, want) || f->raw.ended);
    if (!raw_has(&f->raw, want))
        test_fail(__FILE__, __LINE__, "%s\n--- not\n%s", f->raw.in.data, want);
}

/* ---- Answers
 * ----------------------------------------------------------------- */

TEST(answers_with_head_and_body)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f, GET("/now"), "\r\n\r\n/now");
    CHECK(strncmp(f.raw.in.data,
                  "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                  "Content-Length: 4\r\nDate: ",
                  64) == 0);
    CHECK(!raw_has(&f.raw, "Connection:"));
    CHECK(raw_has(&f.raw, " GMT\r\n\r\n"));
    finish(&f);
}

TEST(a_head_longer_than_its_room_is_written_as_well)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f, GET("/extra") GET("/now"), "\r\n\r\n/now");
    CHECK(raw_has(&f.raw, "456789\r\n\r\n/extraHTTP/1.1 200"));
    finish(&f);
}

TEST(head_is_answered_without_the_body)
{
    struct fixture f;

    setup(&f);
    start(&f);
    raw_send(&f.raw, "HEAD /now1 HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(&f, GET("/now2"), "\r\n\r\n/now2");
    CHECK(!raw_has(&f.raw, "/now1"));
    CHECK_INT(count_of(f.raw.in.data, "Content-Length: 5\r\n"), ==, 2);
    finish(&f);
}

TEST(closes_when_the_client_asks_for_it)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f,
           "GET /now HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
           "GET /never HTTP/1.1\r\nHost: x\r\n\r\n",
           "Connection: close\r\n");
    RUN_UNTIL(f.rt, f.raw.ended);
    CHECK_STATUS(f.raw.status, SBN_OK);
    CHECK_INT(f.service.requests, ==, 1);
    finish(&f);
}

TEST(http10_closes_unless_asked_to_stay)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f, "GET /now HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
           "Connection: keep-alive\r\n\r\n/now");
    expect(&f, "GET /now HTTP/1.0\r\n\r\n", "Connection: close\r\n\r\n/now");
    RUN_UNTIL(f.rt, f.raw.ended);
    finish(&f);
}

TEST(chunked_and_split_bodies_arrive)
{
    struct fixture f;

    setup(&f);
    start(&f);
    raw_send(&f.raw, "POST /now HTTP/1.1\r\nHost: x\r\n"
                     "Transfer-Encoding: chunked\r\n\r\n5\r\nab");
    RUN_UNTIL(f.rt, f.service.body_bytes == 2);
    expect(&f, "cde\r\n0\r\n\r\n", "\r\n\r\n/now");
    CHECK_INT(f.service.body_bytes, ==, 5);
    finish(&f);
}

TEST(a_request_refused_by_its_head_keeps_the_connection)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f,
           "POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"
           "123456789" GET("/now"),
           "\r\n\r\n/now");
    CHECK(raw_has(&f.raw, "HTTP/1.1 405 Method Not Allowed\r\n"));
    CHECK_INT(f.service.body_bytes, ==, 0);
    finish(&f);
}

TEST(a_long_body_that_nobody_wants_ends_the_connection)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f,
           "POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n"
           "1234",
           "Connection: close\r\n");
    RUN_UNTIL(f.rt, f.raw.ended);
    CHECK_STATUS(f.raw.status, SBN_OK);
    finish(&f);
}

TEST(a_request_that_cannot_be_taken_is_503)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f, GET("/fail"), "HTTP/1.1 503 Service Unavailable\r\n");
    RUN_UNTIL(f.rt, f.raw.ended);
    finish(&f);
}

/* ---- 100 Continue
 * -------------------------------------------------------------- */

TEST(continue_is_sent_when_the_body_is_waited_for)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f,
           "POST /now HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
           "Content-Length: 4\r\n\r\n",
           "HTTP/1.1 100 Continue\r\n\r\n");
    expect(&f, "data", "\r\n\r\n/now");
    CHECK_INT(f.service.body_bytes, ==, 4);
    finish(&f);
}

TEST(continue_is_not_sent_when_the_body_is_there)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f,
           "POST /now HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
           "Content-Length: 4\r\n\r\ndata",
           "\r\n\r\n/now");
    CHECK(!raw_has(&f.raw, "100"));
    finish(&f);
}

TEST(no_continue_for_a_refused_request)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f,
           "POST /early HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
           "Content-Length: 4\r\n\r\n",
           "HTTP/1.1 405 ");
    RUN_UNTIL(f.rt, f.raw.ended);
    CHECK(!raw_has(&f.raw, "100 Continue"));
    finish(&f);
}

/* ---- Refusals
 * ------------------------------------------------------------------- */

static void
refused(const char *request, const char *status)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f, request, status);
    CHECK(raw_has(&f.raw, "Connection: close\r\n"));
    RUN_UNTIL(f.rt, f.raw.ended);
    CHECK_STATUS(f.raw.status, SBN_OK); /* not a reset */
    finish(&f);
}

TEST(refusals_can_be_read)
{
    char *long_head = calloc(1, 6000);

    CHECK(long_head != NULL);
    refused("nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n");
    refused("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ");
    refused("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n",
            "HTTP/1.1 413 Content Too Large\r\n");
    refused("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 501 Not Implemented\r\n");
    refused("GET / HTTP/3.0\r\nHost: x\r\n\r\n",
            "HTTP/1.1 505 HTTP Version Not Supported\r\n");
    strcpy(long_head, "GET / HTTP/1.1\r\nX: ");
    memset(long_head + strlen(long_head), 'a', 5900);
    refused(long_head, "HTTP/1.1 431 Request Header Fields Too Large\r\n");
    free(long_head);
}

TEST(a_body_that_breaks_the_protocol_aborts_its_request)
{
    struct fixture f;

    setup(&f);
    start(&f);
    expect(&f,
           "POST /hold HTTP/1.1\r\nHost: x\r\n"
           "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
           "HTTP/1.1 400 ");
    CHECK_INT(f.service.aborts, ==, 1);
    finish(&f);
}

/* ---- Pipelining
 * ------------------------------------------------------------------ */

static void
pipeline(const char *target, size_t count)
{
    struct text requests = {NULL, 0, 0};
    const char *at;
    char line[128];
    struct fixture f;
    size_t i;

    setup(&f);
    start(&f);
    for (i = 0; i < count; i++) {
        snprintf(line, sizeof(line),
                 "POST %s%05zu HTTP/1.1\r\nHost: x\r\n"
                 "Content-Length: 3\r\n\r\nabc",
                 target, i);
        text_puts(&requests, line);
    }
    raw_send(&f.raw, requests.data);
    snprintf(line, sizeof(line), "\r\n\r\n%s%05zu", target, count - 1);
    while (!raw_has(&f.raw, line)) {
        if (f.service.held_count > 0)
            service_answer(&f.service);
        CHECK(!f.raw.ended);
        sbn__runtime_turn(f.rt);
    }
    CHECK_INT(f.service.body_bytes, ==, 3 * count);
    at = f.raw.in.data;
    for (i = 0; i < count; i++) {
        snprintf(line, sizeof(line), "\r\n\r\n%s%05zu", target, i);
        at = strstr(at, line);
        CHECK(at != NULL);
    }
    text_fini(&requests);
    finish(&f);
}

TEST(pipelined_requests_answered_later_are_answered_in_order)
{
    pipeline("/hold", 100);
}

TEST(pipelined_requests_answered_at_once_are_answered_in_order)
{
    pipeline("/now", 100);
}

TEST(more_pipelined_requests_than_are_kept)
{
    pipeline("/hold", 2000); /* of 70 bytes each: twice what is kept */
}

TEST(one_that_never_reads_is_not_served_for_ever)
{
    struct fixture f;
    struct text requests = {NULL, 0, 0};
    int fd, i;

    setup(&f);
    f.service.options.body_timeout = 100;
    start(&f);
    for (i = 0; i < 1000; i++)
        text_puts(&requests, GET("/big"));
    fd = plain_connect(service_port(&f.service));
    plain_send(fd, requests.data);
    RUN_UNTIL(f.rt, f.service.requests > 0);
    raw_close(&f.raw);
    service_close(&f.service); /* does not wait for the client */
    CHECK_INT(f.service.requests, <, 500);
    close(fd);
    text_fini(&requests);
    sbn_runtime_free(f.rt);
}

/* ---- Time
 * ------------------------------------------------------------------------- */

TEST(a_head_has_one_deadline_however_it_drips)
{
    static const char head[] = "GET / HTTP/1.1\r\nX: ";
    struct fixture f;
    size_t sent = 0;
    uint64_t begun;

    setup(&f);
    f.service.options.header_timeout = 100;
    start(&f);
    raw_send(&f.raw, head);
    begun = sbn__runtime_now(f.rt);
    /* A byte with every few turns, for ever. */
    while (!f.raw.ended) {
        if (sbn__runtime_now(f.rt) > begun + 10 * sent && sent < 1000) {
            sbn__stream_write(f.raw.stream, "a", 1);
            sent++;
        }
        sbn__runtime_turn(f.rt);
    }
    CHECK(raw_has(&f.raw, "HTTP/1.1 408 Request Timeout\r\n"));
    CHECK_INT(f.service.requests, ==, 0);
    finish(&f);
}

TEST(a_body_that_does_not_come_is_408)
{
    struct fixture f;

    setup(&f);
    f.service.options.body_timeout = 50;
    start(&f);
    expect(&f, "POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n123",
           "HTTP/1.1 408 ");
    RUN_UNTIL(f.rt, f.raw.ended);
    CHECK_INT(f.service.aborts, ==, 1);
    finish(&f);
}

TEST(idle_connections_are_closed_silently)
{
    struct fixture f;

    setup(&f);
    f.service.options.idle_timeout = 50;
    start(&f);
    expect(&f, GET("/now"), "/now");
    RUN_UNTIL(f.rt, f.raw.ended);
    CHECK_STATUS(f.raw.status, SBN_OK);
    CHECK_INT(count_of(f.raw.in.data, "HTTP/1.1"), ==, 1);
    finish(&f);
}

TEST(a_handler_may_take_longer_than_every_timeout)
{
    struct fixture f;
    uint64_t begun;

    setup(&f);
    f.service.options.idle_timeout = 20;
    f.service.options.header_timeout = 20;
    f.service.options.body_timeout = 20;
    start(&f);
    raw_send(&f.raw, GET("/hold"));
    begun = sbn__runtime_now(f.rt);
    RUN_UNTIL(f.rt, f.service.held_count == 1);
    while (sbn__runtime_now(f.rt) < begun + 100)
        sbn_runtime_dispatch(f.rt);
    service_answer(&f.service);
    RUN_UNTIL(f.rt, f.raw.ended);
    CHECK(raw_has(&f.raw, "\r\n\r\n/hold"));
    finish(&f);
}

/* ---- Clients that go
 * ----------------------------------------------------------------- */

TEST(a_client_that_leaves_is_told)
{
    struct fixture f;

    setup(&f);
    start(&f);
    raw_send(&f.raw, GET("/hold"));
    RUN_UNTIL(f.rt, f.service.held_count == 1);
    sbn__stream_close(f.raw.stream);
    f.raw.stream = NULL;
    RUN_UNTIL(f.rt, f.service.aborts == 1);
    service_answer(&f.service); /* goes nowhere */
    finish(&f);
    CHECK_INT(f.service.aborts, ==, 1);
}

TEST(a_client_that_leaves_in_its_body_is_told)
{
    struct fixture f;

    setup(&f);
    start(&f);
    raw_send(&f.raw,
             "POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n123");
    RUN_UNTIL(f.rt, f.service.body_bytes == 3);
    sbn__stream_close(f.raw.stream);
    f.raw.stream = NULL;
    RUN_UNTIL(f.rt, f.service.aborts == 1);
    CHECK_INT(f.service.wholes, ==, 0);
    finish(&f);
}

TEST(a_half_closed_client_is_told_and_still_answered)
{
    struct fixture f;
    char *reply;
    int fd;

    setup(&f);
    start(&f);
    fd = plain_connect(service_port(&f.service));
    plain_send(fd, GET("/hold1") GET("/hold2"));
    shutdown(fd, SHUT_WR);
    RUN_UNTIL(f.rt, f.service.held_count == 1 && f.service.aborts == 1);
    service_answer(&f.service);
    RUN_UNTIL(f.rt, f.service.held_count == 1);
    service_answer(&f.service);
    finish(&f);
    reply = plain_read_all(fd);
    CHECK(strstr(reply, "\r\n\r\n/hold1HTTP/1.1 200") != NULL);
    CHECK(strstr(reply, "\r\n\r\n/hold2") != NULL);
    free(reply);
    close(fd);
}

TEST(an_answer_may_be_given_while_the_departure_is_told)
{
    struct fixture f;
    char *reply;
    int fd;

    setup(&f);
    start(&f);
    fd = plain_connect(service_port(&f.service));
    plain_send(fd, GET("/drop1") GET("/drop2"));
    shutdown(fd, SHUT_WR);
    RUN_UNTIL(f.rt, f.service.aborts == 2);
    finish(&f);
    reply = plain_read_all(fd);
    CHECK(strstr(reply, "\r\n\r\n/drop1HTTP/1.1 500") != NULL);
    CHECK(strstr(reply, "\r\n\r\n/drop2") != NULL);
    free(reply);
    close(fd);
}

/* ---- Limits and the end
 * ---------------------------------------------------------------- */

TEST(connections_beyond_the_limit_wait)
{
    struct fixture f;
    struct raw second;

    setup(&f);
    f.service.options.max_connections = 1;
    start(&f);
    raw_connect(f.rt, &second, service_port(&f.service));
    expect(&f, GET("/now"), "/now");
    raw_send(&second, GET("/now"));
    expect(&f, GET("/now2"), "/now2");
    CHECK_INT(second.in.size, ==, 0);
    sbn__stream_close(f.raw.stream);
    f.raw.stream = NULL;
    RUN_UNTIL(f.rt, raw_has(&second, "/now"));
    raw_close(&second);
    finish(&f);
}

static void
set_true(void *data)
{
    *(bool *)data = true;
}

TEST(drain_closes_idle_ones_and_lets_the_others_finish)
{
    struct fixture f;
    struct raw idle;
    bool closed = false;

    setup(&f);
    start(&f);
    raw_connect(f.rt, &idle, service_port(&f.service));
    raw_send(&idle, GET("/now"));
    RUN_UNTIL(f.rt, raw_has(&idle, "/now"));
    raw_send(&f.raw, GET("/hold"));
    RUN_UNTIL(f.rt, f.service.held_count == 1);
    sbn__http_server_drain(f.service.server, set_true, &closed);
    CHECK(!closed);
    RUN_UNTIL(f.rt, idle.ended);
    CHECK(!closed);
    service_answer(&f.service);
    RUN_UNTIL(f.rt, closed && f.raw.ended);
    CHECK(raw_has(&f.raw, "Connection: close\r\n\r\n/hold"));
    raw_close(&idle);
    finish(&f);
}

TEST(abort_drops_every_connection)
{
    struct fixture f;

    setup(&f);
    start(&f);
    raw_send(&f.raw, GET("/hold"));
    RUN_UNTIL(f.rt, f.service.held_count == 1);
    sbn__http_server_abort(f.service.server);
    CHECK_INT(f.service.aborts, ==, 1);
    RUN_UNTIL(f.rt, f.raw.ended);
    service_answer(&f.service);
    finish(&f);
}

TEST(an_idle_connection_costs_little)
{
    enum { CLIENTS = 500, STREAM = 512 /* what net/ has, at most */ };
    struct test_memory memory;
    struct service service;
    sbn_runtime *rt;
    size_t before, each;
    int fds[CLIENTS], i;

    test_memory_init(&memory);
    rt = runtime_open(&memory.allocator);
    service_init(&service, rt);
    CHECK_OK(service_open(&service));
    before = memory.live_bytes;
    for (i = 0; i < CLIENTS; i++) {
        fds[i] = plain_connect(service_port(&service));
        plain_send(fds[i], GET("/now"));
    }
    RUN_UNTIL(rt, service.wholes == CLIENTS);
    each = (memory.live_bytes - before) / CLIENTS;
    printf("# %zu bytes an idle connection, its stream included\n", each);
    CHECK_INT(each, <, 1024 + STREAM);
    for (i = 0; i < CLIENTS; i++)
        close(fds[i]);
    service_close(&service);
    sbn_runtime_free(rt);
    CHECK_INT(memory.live, ==, 0);
}
