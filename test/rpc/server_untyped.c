/* SPDX-License-Identifier: Apache-2.0 */
/* Messages of any kind, inspectors, and headers of the HTTP response. */
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/server_support.h"

/* ---- Messages of any kind --------------------------------------------------
 */

static sbn_status
call(sbn_request *request, sbn_xml body, sbn_xml *ret_body)
{
    sbn_qname name = sbn_request_body_name(request);
    const char *action = sbn_request_action(request);
    char *text = sbn_request_alloc(request, body.size + 500);

    if (text == NULL)
        return SBN_ENOMEM;
    if (strcmp(action, "urn:fault") == 0)
        return sbn_request_fault(request, SBN_FAULT_SENDER, "not this");
    if (strcmp(action, "urn:nothing") == 0)
        return SBN_OK;
    ret_body->size = (size_t)snprintf(
        text, body.size + 500,
        "<seen action=\"%s\" ns=\"%s\" name=\"%s\">%s</seen>", action,
        name.ns != NULL ? name.ns : "-", name.local != NULL ? name.local : "-",
        body.text != NULL ? body.text : "(empty)");
    ret_body->text = text;
    return SBN_OK;
}

static sbn_status
begin_call(sbn_request *request, sbn_xml body)
{
    sbn_xml *kept = sbn_request_alloc(request, sizeof(*kept));

    if (kept == NULL)
        return SBN_ENOMEM;
    *kept = body;
    sbn_request_set_state(request, kept);
    return sbn_request_complete(request);
}

static sbn_status
end_call(sbn_request *request, sbn_xml *ret_body)
{
    return call(request, *(const sbn_xml *)sbn_request_state(request),
                ret_body);
}

static const sbn_untyped_service synchronous = {.call = call};
static const sbn_untyped_service asynchronous = {.begin_call = begin_call,
                                                 .end_call = end_call};

static sbn_status
order(sbn_request *request, const char *item, int32_t count,
      const char **ret_receipt)
{
    *ret_receipt = "typed";
    return SBN_OK;
}

static const struct shop_service service = {
    .order = order, .notify = shop_notify, SHOP_PLAIN};

static void
check_reply(struct raw *raw, const char *action, const char *body,
            const char *want)
{
    char *reply = NULL;

    raw_post(raw, action, body);
    CHECK_INT(raw_response(raw, &reply), ==, 200);
    CHECK_STR(reply, want);
    free(reply);
}

static void
check_untyped(struct raw *raw)
{
    check_reply(
        raw, "urn:x", SHOP_ENVELOPE("<q xmlns=\"urn:q\"><r a=\"1\">t</r></q>"),
        SHOP_ENVELOPE("<seen action=\"urn:x\" ns=\"urn:q\" name=\"q\">"
                      "<q xmlns=\"urn:q\"><r a=\"1\">t</r></q></seen>"));
    check_reply(raw, "urn:x", SHOP_ENVELOPE("<plain/>"),
                SHOP_ENVELOPE("<seen action=\"urn:x\" ns=\"-\" name=\"plain\">"
                              "<plain xmlns=\"\"/></seen>"));
    check_reply(raw, "urn:x", SHOP_ENVELOPE(""),
                SHOP_ENVELOPE("<seen action=\"urn:x\" ns=\"-\" name=\"-\">(empty)"
                              "</seen>"));
    check_reply(raw, "urn:nothing", SHOP_ENVELOPE("<a/>"),
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/"
                "envelope/\"><s:Body/></s:Envelope>");
    raw_post(raw, "urn:fault", SHOP_ENVELOPE("<a/>"));
    raw_check_fault(raw, "s:Client", "not this");
}

TEST(messages_without_an_operation_go_to_the_untyped_one)
{
    sbn_service_options options = {.untyped = &synchronous};
    struct server_fixture f;
    struct raw raw;

    server_start(&f, NULL, &service, &options, NULL);
    raw_connect(&raw, &f);
    check_untyped(&raw);
    /* The contract's own are as ever. */
    raw_order(&raw, 1);
    raw_check_receipt(&raw, "typed");
    raw_close(&raw);
    server_stop(&f);
}

TEST(a_service_without_a_contract_takes_all)
{
    sbn_service_options options = {.untyped = &asynchronous};
    struct server_fixture f;
    struct raw raw;

    server_start(&f, NULL, &service, NULL, NULL);
    CHECK_OK(sbn_service_bind_untyped(f.server, "/any", &options));
    raw_connect(&raw, &f);
    raw.path = "/any";
    check_untyped(&raw);
    raw_close(&raw);
    server_stop(&f);
}

TEST(an_untyped_service_is_checked_when_bound)
{
    static const sbn_untyped_service none = {NULL, NULL, NULL};
    static const sbn_untyped_service half = {.begin_call = begin_call};
    sbn_service_options options = {.untyped = &none};
    struct server_fixture f;

    server_start(&f, NULL, &service, NULL, NULL);
    CHECK_STATUS(sbn_service_bind_untyped(f.server, "/any", &options),
                 SBN_EINVAL);
    CHECK(strstr(sbn_server_error_text(f.server), "neither") != NULL);
    options.untyped = &half;
    CHECK_STATUS(sbn_service_bind_untyped(f.server, "/any", &options),
                 SBN_EINVAL);
    CHECK(strstr(sbn_server_error_text(f.server),
                 "begin_call without end_call") != NULL);
    server_stop(&f);
}

/* ---- Inspectors ------------------------------------------------------------
 */

struct seen {
    char action[64], body[64];
    int received, replied;
    sbn_status status;
};

static sbn_status
before_dispatch(sbn_request *request, void *data)
{
    struct seen *seen = data;
    sbn_qname body = sbn_request_body_name(request);
    const char *pass = sbn_request_http_header(request, "X-Pass");

    seen->received++;
    snprintf(seen->action, sizeof(seen->action), "%s",
             sbn_request_action(request));
    snprintf(seen->body, sizeof(seen->body), "{%s}%s",
             body.ns != NULL ? body.ns : "",
             body.local != NULL ? body.local : "");
    if (pass == NULL)
        return SBN_OK;
    if (strcmp(pass, "none") == 0) {
        CHECK_OK(sbn_request_set_http_header(request, "WWW-Authenticate",
                                             "Basic realm=\"shop\""));
        return sbn_request_refuse(request, 401);
    }
    if (strcmp(pass, "broken") == 0)
        return SBN_EIO;
    return sbn_request_fault(request, SBN_FAULT_SENDER, "pass %s", pass);
}

static void
before_reply(sbn_request *request, sbn_status status, void *data)
{
    struct seen *seen = data;

    seen->replied++;
    seen->status = status;
    CHECK_OK(sbn_request_set_http_header(request, "X-Seen", "yes"));
    CHECK_OK(sbn_request_set_http_header(request, "X-Other", "a"));
    CHECK_OK(sbn_request_set_http_header(request, "x-other", "b"));
    CHECK_OK(sbn_request_set_http_header(request, "X-Gone", "c"));
    CHECK_OK(sbn_request_set_http_header(request, "X-Gone", NULL));
}

static void
post_with_pass(struct raw *raw, const char *pass)
{
    static const char body[] =
        SHOP_ENVELOPE("<Order xmlns=\"urn:shop\"><item>a</item></Order>");
    char text[1024];

    snprintf(text, sizeof(text),
             "POST /shop HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml\r\n"
             "SOAPAction: \"urn:shop/Order\"\r\n%s%s%sContent-Length: %zu"
             "\r\n\r\n%s",
             pass != NULL ? "X-Pass: " : "", pass != NULL ? pass : "",
             pass != NULL ? "\r\n" : "", strlen(body), body);
    raw_send(raw, text, strlen(text));
}

static void
check_head(struct raw *raw, const char *status, const char *field)
{
    size_t size = raw_await(raw);

    CHECK(strncmp(raw->in, status, strlen(status)) == 0);
    if (strstr(raw->in, field) == NULL)
        test_fail(__FILE__, __LINE__, "%s\n  has no %s", raw->in, field);
    CHECK(strstr(raw->in, "X-Gone") == NULL);
    raw_drop(raw, size);
}

TEST(an_inspector_sees_each_request_and_its_reply)
{
    struct seen seen = {.received = 0};
    sbn_inspector inspector = {before_dispatch, before_reply, &seen};
    sbn_service_options options = {.inspector = &inspector};
    struct server_fixture f;
    struct raw raw;

    server_start(&f, NULL, &service, &options, NULL);
    raw_connect(&raw, &f);
    post_with_pass(&raw, NULL);
    check_head(&raw, "HTTP/1.1 200 ", "\r\nX-Seen: yes\r\n");
    CHECK_STR(seen.action, "urn:shop/Order");
    CHECK_STR(seen.body, "{urn:shop}Order");
    CHECK_STATUS(seen.status, SBN_OK);
    CHECK_INT(seen.received, ==, 1);
    CHECK_INT(seen.replied, ==, 1);
    /* Before the operation is looked for. */
    raw_post(&raw, "urn:shop/Unknown", SHOP_ENVELOPE("<a/>"));
    check_head(&raw, "HTTP/1.1 500 ", "\r\nX-Other: b\r\n");
    CHECK_STR(seen.action, "urn:shop/Unknown");
    CHECK_STR(seen.body, "{}a");
    CHECK_STATUS(seen.status, SBN_EFAULT);
    raw_close(&raw);
    server_stop(&f);
}

TEST(an_inspector_ends_a_request)
{
    struct seen seen = {.received = 0};
    sbn_inspector inspector = {before_dispatch, before_reply, &seen};
    sbn_service_options options = {.inspector = &inspector};
    struct server_fixture f;
    struct raw raw;

    server_start(&f, NULL, &service, &options, NULL);
    raw_connect(&raw, &f);
    post_with_pass(&raw, "none");
    check_head(&raw, "HTTP/1.1 401 Unauthorized\r\n",
               "\r\nWWW-Authenticate: Basic realm=\"shop\"\r\n");
    post_with_pass(&raw, "expired");
    raw_check_fault(&raw, "s:Client", "pass expired");
    post_with_pass(&raw, "broken");
    raw_check_fault(&raw, "InternalServiceFault", "include_detail");
    CHECK_INT(sbn_server_pending(f.server), ==, 0);
    raw_close(&raw);
    server_stop(&f);
}

/* ---- Headers of the response ------------------------------------------------
 */

static sbn_status
order_with_headers(sbn_request *request, const char *item, int32_t count,
                   const char **ret_receipt)
{
    static const struct {
        const char *name, *value;
    } bad[] = {{"", "x"},
               {"A B", "x"},
               {"A:", "x"},
               {"A", "x\r\nB: y"},
               {"A", "x\n"},
               {"Connection", "close"},
               {"content-length", "1"},
               {"\xc3\xa4", "x"},
               {"Transfer-Encoding", "chunked"}};
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK_STATUS(
            sbn_request_set_http_header(request, bad[i].name, bad[i].value),
            SBN_EINVAL);
    CHECK_OK(sbn_request_set_http_header(request, "Set-Cookie", "a=b"));
    *ret_receipt = "typed";
    return SBN_OK;
}

TEST(an_operation_sets_headers_and_cannot_break_the_response)
{
    struct shop_service with_headers = service;
    struct server_fixture f;
    struct raw raw;

    with_headers.order = order_with_headers;
    server_start(&f, NULL, &with_headers, NULL, NULL);
    raw_connect(&raw, &f);
    raw_order(&raw, 1);
    check_head(&raw, "HTTP/1.1 200 ", "\r\nSet-Cookie: a=b\r\n");
    raw_order(&raw, 1);
    raw_check_receipt(&raw, "typed");
    raw_close(&raw);
    server_stop(&f);
}
