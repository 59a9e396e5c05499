/* SPDX-License-Identifier: Apache-2.0 */
/* Inspectors and the headers of SOAP messages: who calls is often told there.
 */
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/server_support.h"

struct token {
    const char *text;
};

static const sbn_field token_field = {
    "Token",  1,        SBN_K_STRING,
    0,        0,        offsetof(struct token, text),
    SBN_NONE, SBN_NONE, 1,
    1,        NULL,     NULL};
static const sbn_part token_part = {.field = &token_field,
                                    .size = sizeof(struct token)};
static const sbn_part *const tokens[] = {&token_part, NULL};
static const sbn_extras extras = {.in_headers = tokens, .out_headers = tokens};

static int pings;

static sbn_status
ping(sbn_request *request)
{
    pings++;
    return SBN_OK;
}

static sbn_status
order(sbn_request *request, const char *item, int32_t count,
      const char **ret_receipt)
{
    return SBN_EIO;
}

static const struct shop_service service = {.order = order,
                                            .notify = shop_notify,
                                            .ping = ping,
                                            .red = ping,
                                            .blue = ping,
                                            .left_twin = ping,
                                            .right_twin = ping};

static sbn_status
before_dispatch(sbn_request *request, void *data)
{
    const struct token *token = sbn_request_header(request, &token_part, 0);

    if (token == NULL)
        return sbn_request_fault(request, SBN_FAULT_SENDER, "no token");
    if (strcmp(token->text, "secret") != 0)
        return sbn_request_fault(request, SBN_FAULT_SENDER, "not '%s'",
                                 token->text);
    return SBN_OK;
}

static void
before_reply(sbn_request *request, sbn_status status, void *data)
{
    const struct token token = {status == SBN_OK ? "good" : "bad"};

    CHECK_OK(sbn_request_set_header(request, &token_part, &token));
}

/* The shop's Ping alone, with a header both ways. */
static void
start(struct server_fixture *f, struct raw *raw)
{
    static const sbn_inspector inspector = {.before_dispatch = before_dispatch,
                                            .before_reply = before_reply};
    const sbn_service_options options = {.inspector = &inspector};
    static sbn_operation operation;
    static sbn_contract contract;
    uint32_t i;

    contract = shop_contract;
    for (i = 0; i < contract.operation_count; i++)
        if (strcmp(contract.operations[i].name, "Ping") == 0)
            operation = contract.operations[i];
    operation.extras = &extras;
    contract.operations = &operation;
    contract.operation_count = 1;
    server_start(f, NULL, &service, NULL, NULL);
    CHECK_OK(
        sbn_service_bind(f->server, "/seen", &contract, &service, &options));
    raw_connect(raw, f);
    raw->path = "/seen";
}

#define ENVELOPE_WITH(header)                                            \
    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">" \
    "<s:Header>" header "</s:Header><s:Body/></s:Envelope>"
#define TOKEN(text) "<Token xmlns=\"urn:shop\">" text "</Token>"

static void
check_reply(struct raw *raw, const char *header, const char *text)
{
    char *body = NULL;

    raw_response(raw, &body);
    if (strstr(body, header) == NULL || strstr(body, text) == NULL)
        test_fail(__FILE__, __LINE__, "%s\n  has no %s, %s", body, header,
                  text);
    free(body);
}

TEST(an_inspector_sees_headers_and_adds_some)
{
    struct server_fixture f;
    struct raw raw;

    start(&f, &raw);
    raw_post(&raw, "urn:shop/Ping", ENVELOPE_WITH(TOKEN("secret")));
    check_reply(&raw, TOKEN("good"), "Body/>");
    CHECK_INT(pings, ==, 1);
    raw_post(&raw, "urn:shop/Ping", ENVELOPE_WITH(TOKEN("guess")));
    check_reply(&raw, TOKEN("bad"), "not 'guess'");
    raw_post(&raw, "urn:shop/Ping", ENVELOPE_WITH(""));
    check_reply(&raw, TOKEN("bad"), "no token");
    CHECK_INT(pings, ==, 1);
    raw_close(&raw);
    server_stop(&f);
}

/* One that has to be understood is, when an operation declares it. */
TEST(a_header_that_has_to_be_understood_reaches_the_inspector)
{
    struct server_fixture f;
    struct raw raw;

    start(&f, &raw);
    raw_post(&raw, "urn:shop/Ping",
             ENVELOPE_WITH("<Token xmlns=\"urn:shop\" s:mustUnderstand=\"1\">"
                           "secret</Token>"));
    check_reply(&raw, TOKEN("good"), "Body/>");
    raw_close(&raw);
    server_stop(&f);
}
