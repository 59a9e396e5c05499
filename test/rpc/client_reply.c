/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of replies: good, bad, and from something that is no SOAP
 * service at all. */
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/client_support.h"

struct reply {
    const char *name;
    int operation;
    struct peer_step step;
    sbn_status status;
    sbn_stage stage;
    int http_status;
    const char *text; /* what the error says; NULL: anything */
};

#define BODY(text) ENVELOPE(text)
#define NOT_UNDERSTOOD                                                   \
    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">" \
    "<s:Header><t:Tx xmlns:t=\"urn:tx\" s:mustUnderstand=\"1\">5</t:Tx>" \
    "</s:Header><s:Body><EchoResponse xmlns=\"urn:echo\"><result>hello"  \
    "</result></EchoResponse></s:Body></s:Envelope>"
#define REPLY(...)                    \
    {                                 \
        .op = PEER_REPLY, __VA_ARGS__ \
    }
#define RAW(bytes)                    \
    {                                 \
        .op = PEER_RAW, .text = bytes \
    }

static const struct reply replies[] = {
    /* ---- good ones ---- */
    {"plain", ECHO, REPLY(.text = ECHO_REPLY("hello")), SBN_OK, 0, 0, NULL},
    {"media type in another case", ECHO,
     REPLY(.text = ECHO_REPLY("hello"), .type = "Text/XML;charset=\"UTF-8\""),
     SBN_OK, 0, 0, NULL},
    {"no media type", ECHO, REPLY(.text = ECHO_REPLY("hello"), .type = ""),
     SBN_OK, 0, 0, NULL},
    {"an answer under 500", ECHO,
     REPLY(.text = ECHO_REPLY("hello"), .status = "500 Oops"), SBN_OK, 0, 0,
     NULL},
    {"chunked", ECHO,
     RAW("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
         "Transfer-Encoding: chunked\r\n\r\n"
         "95\r\n<s:Envelope "
         "xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
         "<EchoResponse xmlns=\"urn:echo\"><result>hello</result>"
         "</EchoResponse></s:Body>\r\n"
         "d\r\n</s:Envelope>\r\n0\r\n\r\n"),
     SBN_OK, 0, 0, NULL},
    {"one-way, 202", NOTE, REPLY(.status = "202 Accepted", .type = ""), SBN_OK,
     0, 0, NULL},
    {"one-way, 202 with a page", NOTE,
     REPLY(.status = "202 Accepted", .type = "text/html", .text = "<p>ok"),
     SBN_OK, 0, 0, NULL},
    {"one-way, 204", NOTE, RAW("HTTP/1.1 204 No Content\r\n\r\n"), SBN_OK, 0, 0,
     NULL},
    {"one-way, 200 and nothing", NOTE, REPLY(.type = ""), SBN_OK, 0, 0, NULL},
    {"one-way, an empty envelope", NOTE, REPLY(.text = BODY("")), SBN_OK, 0, 0,
     NULL},
    {"an operation without results", PING, REPLY(.text = BODY("")), SBN_OK, 0,
     0, NULL},

    /* ---- faults, whatever HTTP says ---- */
    {"fault, 500", ECHO, REPLY(.text = FAULT("no"), .status = "500 Oops"),
     SBN_EFAULT, SBN_STAGE_RECEIVE, 500, "no"},
    {"fault, 200", ECHO, REPLY(.text = FAULT("no")), SBN_EFAULT,
     SBN_STAGE_RECEIVE, 200, "no"},
    {"fault, 400", ECHO, REPLY(.text = FAULT("no"), .status = "400 Bad"),
     SBN_EFAULT, SBN_STAGE_RECEIVE, 400, "no"},
    {"fault, 500, no media type", ECHO,
     REPLY(.text = FAULT("no"), .status = "500 Oops", .type = ""), SBN_EFAULT,
     SBN_STAGE_RECEIVE, 500, "no"},
    {"one-way, fault", NOTE, REPLY(.text = FAULT("no"), .status = "500 Oops"),
     SBN_EFAULT, SBN_STAGE_RECEIVE, 500, "no"},

    /* ---- no SOAP at all ---- */
    {"404 page", ECHO,
     REPLY(.text = "<html>\r\n  <h1>No\x01 such \xE4 page</h1></html>",
           .status = "404 Not Found", .type = "text/html; charset=latin1"),
     SBN_EHTTP, SBN_STAGE_RECEIVE, 404,
     "404 Not Found, text/html; charset=latin1: "
     "\"<html> <h1>No\\x01 such \\xE4 page</h1></html>\""},
    {"404, nothing", ECHO, REPLY(.status = "404 Not Found", .type = ""),
     SBN_EHTTP, SBN_STAGE_RECEIVE, 404, "404 Not Found, no media type, empty"},
    {"200 page", ECHO, REPLY(.text = "<html>hi</html>", .type = "text/html"),
     SBN_EHTTP, SBN_STAGE_RECEIVE, 200, "200 OK, text/html: \"<html>hi"},
    {"one-way, 200 page", NOTE,
     REPLY(.text = "<html>hi</html>", .type = "text/html"), SBN_EHTTP,
     SBN_STAGE_RECEIVE, 200, "200 OK, text/html: \"<html>hi"},
    {"503 in XML that is no SOAP", ECHO,
     REPLY(.text = "<busy/>", .status = "503 Busy"), SBN_EHTTP,
     SBN_STAGE_RECEIVE, 503, "503 Busy, text/xml; charset=utf-8: \"<busy/>\""},
    {"500 in what is called XML", ECHO,
     REPLY(.text = "Error!", .status = "500 Oops"), SBN_EHTTP,
     SBN_STAGE_RECEIVE, 500, "\"Error!\""},
    {"an answer under 404", ECHO,
     REPLY(.text = ECHO_REPLY("hello"), .status = "404 Not Found"), SBN_EHTTP,
     SBN_STAGE_RECEIVE, 404, "404 Not Found"},
    {"moved", ECHO,
     RAW("HTTP/1.1 301 Moved Permanently\r\nLocation: http://else/\r\n"
         "Content-Length: 0\r\n\r\n"),
     SBN_EHTTP, SBN_STAGE_RECEIVE, 301,
     "301 Moved Permanently to http://else/"},

    /* ---- SOAP that is wrong ---- */
    {"nothing", ECHO, REPLY(.type = ""), SBN_EPROTO, SBN_STAGE_RECEIVE, 200,
     "the reply is empty"},
    {"202 for a two-way call", ECHO, REPLY(.status = "202 Accepted"),
     SBN_EPROTO, SBN_STAGE_RECEIVE, 202, "the reply is empty"},
    {"an empty body", ECHO, REPLY(.text = BODY("")), SBN_EPROTO,
     SBN_STAGE_DECODE, 200, "EchoResponse"},
    {"another element", ECHO, REPLY(.text = BODY("<x xmlns=\"urn:echo\"/>")),
     SBN_EDECODE, SBN_STAGE_DECODE, 200, "EchoResponse"},
    {"no envelope", ECHO, REPLY(.text = "<a/>"), SBN_EPROTO, SBN_STAGE_DECODE,
     200, NULL},
    {"no XML", ECHO, REPLY(.text = "hello"), SBN_EXML, SBN_STAGE_DECODE, 200,
     NULL},
    {"cut short", ECHO,
     REPLY(.text = "<s:Envelope "
                   "xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"),
     SBN_EXML, SBN_STAGE_DECODE, 200, NULL},
    {"no result", ECHO,
     REPLY(.text = BODY("<EchoResponse xmlns=\"urn:echo\"/>")), SBN_EDECODE,
     SBN_STAGE_DECODE, 200, "result"},
    {"must be understood", ECHO, REPLY(.text = NOT_UNDERSTOOD), SBN_EPROTO,
     SBN_STAGE_DECODE, 200, "{urn:tx}Tx"},
};

static void
check_reply(const struct reply *reply, const struct counted *c)
{
    const sbn_error *error = sbn_call_error(c->call);
    const void *out = NULL;

    if (c->completions != 1)
        test_fail(__FILE__, __LINE__, "%s: %d completions", reply->name,
                  c->completions);
    if (c->status != reply->status)
        test_fail(__FILE__, __LINE__, "%s: %s, not %s: %s", reply->name,
                  sbn_status_name(c->status), sbn_status_name(reply->status),
                  sbn_error_text(error));
    if (c->status == SBN_OK) {
        CHECK_OK(
            sbn_call_end(c->call, &echo_operations[reply->operation], &out));
        if (reply->operation == ECHO)
            CHECK_STR(((const struct echo_completed *)out)->text, "hello");
        else
            CHECK(out == NULL);
        return;
    }
    if (sbn_error_stage(error) != reply->stage ||
        sbn_error_http_status(error) != reply->http_status ||
        (reply->text != NULL &&
         strstr(sbn_error_text(error), reply->text) == NULL))
        test_fail(__FILE__, __LINE__, "%s: %d, %s: %s", reply->name,
                  sbn_error_http_status(error),
                  sbn_stage_text(sbn_error_stage(error)),
                  sbn_error_text(error));
    if (c->status == SBN_EFAULT) {
        CHECK_STR(sbn_error_fault(error)->code.local, "Client");
        CHECK_STR(sbn_error_fault(error)->reason, "no");
    } else {
        CHECK(sbn_error_fault(error) == NULL);
    }
}

static void
begin(struct fixture *f, struct counted *c, int operation)
{
    struct echo_text in = {"hello"};

    CHECK_OK(sbn_call_begin(f->client, c->call, &echo_operations[operation],
                            operation == PING ? NULL : &in, counted_done, c));
}

static void
play_reply(const struct reply *reply)
{
    const struct peer_step script[] = {
        {.op = PEER_READ}, reply->step, {.op = PEER_HOLD}};
    struct fixture f;
    struct counted c;

    fixture_start(&f, peer_start_all(script), NULL);
    counted_new(&c, &f);
    begin(&f, &c, reply->operation);
    run_until_idle(&f);
    check_reply(reply, &c);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(every_reply)
{
    size_t i;

    for (i = 0; i < sizeof(replies) / sizeof(replies[0]); i++)
        play_reply(&replies[i]);
}

/* SOAP 1.1, 7.1: what its element is called means nothing. */
TEST(encoded_reply_under_any_name)
{
    static const struct peer_step script[] = {
        {.op = PEER_READ},
        REPLY(.text = BODY("<x:Echo xmlns:x=\"urn:x\" "
                           "xmlns=\"urn:echo\"><result>hello</result>"
                           "</x:Echo>")),
        {.op = PEER_HOLD}};
    sbn_operation op = echo_operations[ECHO];
    struct echo_text in = {"hello"};
    struct fixture f;
    struct counted c;
    const void *out;

    op.flags |= SBN_OP_ENCODED_IN | SBN_OP_ENCODED_OUT;
    fixture_start(&f, peer_start_all(script), NULL);
    counted_new(&c, &f);
    CHECK_OK(sbn_call_begin(f.client, c.call, &op, &in, counted_done, &c));
    run_until_idle(&f);
    CHECK_STATUS(c.status, SBN_OK);
    CHECK_OK(sbn_call_end(c.call, &op, &out));
    CHECK_STR(((const struct echo_completed *)out)->text, "hello");
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(reply_byte_by_byte)
{
    static const char head[] = "HTTP/1.1 200 OK\r\n"
                               "Content-Type: text/xml\r\n"
                               "Content-Length: %zu\r\n\r\n%s";
    char text[1024];
    const struct peer_step script[] = {{.op = PEER_READ},
                                       {.op = PEER_PIECES, .text = text},
                                       {.op = PEER_AGAIN}};
    struct fixture f;
    struct counted c;
    int i;

    snprintf(text, sizeof(text), head, strlen(ECHO_REPLY("hello")),
             ECHO_REPLY("hello"));
    fixture_start(&f, peer_start_all(script), NULL);
    counted_new(&c, &f);
    for (i = 0; i < 3; i++) {
        begin_echo(&f, &c, "hello");
        run_until_idle(&f);
        CHECK_STR(end_echo(c.call), "hello");
    }
    CHECK_INT(peer_connections(f.peer), ==, 1);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

/* HTTP/1.0: the body ends with the connection. */
TEST(reply_that_ends_with_its_connection)
{
    static const struct peer_step script[] = {
        {.op = PEER_READ},
        {.op = PEER_RAW,
         .text = "HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n" ECHO_REPLY(
             "hello")},
        {.op = PEER_END}};
    struct fixture f;
    struct counted c;
    int i;

    fixture_start(&f, peer_start_all(script), NULL);
    counted_new(&c, &f);
    for (i = 0; i < 2; i++) {
        begin_echo(&f, &c, "hello");
        run_until_idle(&f);
        CHECK_STR(end_echo(c.call), "hello");
    }
    CHECK_INT(peer_connections(f.peer), ==, 2);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

/* What a fault or a page leaves of a connection serves the next call. */
TEST(connection_outlives_a_fault)
{
    static const struct peer_step script[] = {
        {.op = PEER_READ},
        {.op = PEER_REPLY, .text = FAULT("no"), .status = "500 Oops"},
        {.op = PEER_READ},
        {.op = PEER_REPLY,
         .text = "<html>",
         .status = "404 Not Found",
         .type = "text/html"},
        {.op = PEER_AGAIN}};
    struct fixture f;
    struct counted c;
    int i;

    fixture_start(&f, peer_start_all(script), NULL);
    counted_new(&c, &f);
    for (i = 0; i < 4; i++) {
        begin_echo(&f, &c, "hello");
        run_until_idle(&f);
        CHECK_STATUS(c.status, i % 2 == 0 ? SBN_EFAULT : SBN_EHTTP);
    }
    CHECK_INT(peer_connections(f.peer), ==, 1);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

static void
check_rude(const struct peer_step *script, sbn_status status)
{
    struct fixture f;
    struct counted c;

    fixture_start(&f, peer_start_all(script), NULL);
    counted_new(&c, &f);
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);
    CHECK_INT(c.completions, ==, 1);
    CHECK_STATUS(c.status, status);
    CHECK_CONTAINS(sbn_error_text(sbn_call_error(c.call)), "127.0.0.1:");
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(peers_that_do_not_listen)
{
    static const struct peer_step hangs_up[] = {{.op = PEER_END}};
    static const struct peer_step resets[] = {{.op = PEER_RESET}};
    static const struct peer_step talks_first[] = {
        {.op = PEER_RAW, .text = "220 mail.example ESMTP\r\n"},
        {.op = PEER_HOLD}};

    check_rude(hangs_up, SBN_EIO);
    check_rude(resets, SBN_EIO);
    check_rude(talks_first, SBN_EPROTO);
}

TEST(slow_drip_meets_the_deadline)
{
    static const struct peer_step script[] = {
        {.op = PEER_READ},
        {.op = PEER_DRIP, .text = "HTTP/1.1 200 OK\r\nX-Slow: a"}};
    struct fixture f;
    struct counted c;

    fixture_start(&f, peer_start_all(script), NULL);
    counted_new(&c, &f);
    sbn_call_set_timeout(c.call, 200);
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);
    CHECK_INT(c.completions, ==, 1);
    CHECK_STATUS(c.status, SBN_ETIMEDOUT);
    sbn_call_free(c.call);
    fixture_stop(&f);
}

/* A page that never ends: what matters of it is known after 200 bytes. */
TEST(endless_page_ends_the_call_early)
{
    static const char start[] = "HTTP/1.1 404 Not Found\r\n"
                                "Content-Type: text/html\r\n"
                                "Content-Length: 10000000\r\n\r\n";
    char *page = big_text(5000);
    const struct peer_step script[] = {{.op = PEER_READ},
                                       {.op = PEER_RAW, .text = start},
                                       {.op = PEER_RAW, .text = page},
                                       {.op = PEER_HOLD}};
    struct fixture f;
    struct counted c;
    char most[202];

    fixture_start(&f, peer_start_all(script), NULL);
    counted_new(&c, &f);
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);
    CHECK_STATUS(c.status, SBN_EHTTP);
    memset(most, 'x', 201);
    most[200] = '\0';
    CHECK_CONTAINS(sbn_error_text(sbn_call_error(c.call)), most);
    most[200] = 'x';
    most[201] = '\0';
    CHECK(strstr(sbn_error_text(sbn_call_error(c.call)), most) == NULL);
    peer_await_hangups(f.peer, 1);
    sbn_call_free(c.call);
    fixture_stop(&f);
    free(page);
}

/* ---- Limits
 * ------------------------------------------------------------------ */

static void
check_limit(const sbn_client_options *options, const char *body)
{
    const struct peer_step script[] = {
        {.op = PEER_READ}, {.op = PEER_REPLY, .text = body}, {.op = PEER_HOLD}};
    struct fixture f;
    struct counted c;

    fixture_start(&f, peer_start_all(script), options);
    counted_new(&c, &f);
    begin_echo(&f, &c, "hello");
    run_until_idle(&f);
    CHECK_INT(c.completions, ==, 1);
    CHECK_STATUS(c.status, SBN_ELIMIT);
    CHECK_CONTAINS(sbn_error_text(sbn_call_error(c.call)), "127.0.0.1:");
    sbn_call_free(c.call);
    fixture_stop(&f);
}

TEST(limits_of_a_reply)
{
    char *big = big_text(20000);
    char *body = malloc(21000);

    snprintf(body, 21000, ECHO_REPLY("%s"), big);
    check_limit(&(sbn_client_options){.max_reply_bytes = 1000}, body);
    check_limit(&(sbn_client_options){.max_memory = 4000}, body);
    check_limit(&(sbn_client_options){.max_depth = 3}, body);
    check_limit(&(sbn_client_options){.max_header_bytes = 40}, body);
    free(body);
    free(big);
}
