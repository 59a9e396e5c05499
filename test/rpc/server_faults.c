/* SPDX-License-Identifier: Apache-2.0 */
/* Faults in full, internal errors, answers without a message, marked headers,
 * services of one SOAP version. */
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/server_support.h"

struct key {
    const char *text;
};
static const sbn_field key_field =
    SBN_FIELD(struct key, text, 1, "Key", STRING, 0, NULL);
static const sbn_part key_part = {&key_field, sizeof(struct key), NULL};

static const sbn_fault full = {
    .code = {"urn:codes", "Own"},
    .subcode = {"urn:more", "Sub"},
    .reason = "R & r",
    .lang = "cy",
    .actor = "urn:actor",
    .node = "urn:node",
};

static sbn_status
detailed(sbn_request *request)
{
    static const struct key key = {"kept"};
    sbn_status status = sbn_request_fault_detail(request, SBN_FAULT_SENDER,
                                                 "first", &key_part, &key);

    return status == SBN_EFAULT ? sbn_request_fault_with(request, &full)
                                : status;
}

static sbn_status
marked(sbn_request *request, const char **ret_receipt)
{
    static const sbn_header_marks marks = {
        .must_understand = true, .relay = true, .actor = "urn:a&b"};
    static const struct key one = {"1"}, two = {"2"};

    CHECK_STATUS(sbn_request_mark_header(request, &marks), SBN_ESTATE);
    CHECK_OK(sbn_request_set_header(request, &key_part, &one));
    CHECK_OK(sbn_request_set_header(request, &key_part, &two));
    CHECK_OK(sbn_request_mark_header(request, &marks));
    *ret_receipt = "marked";
    return SBN_OK;
}

static sbn_status
order(sbn_request *request, const char *item, int32_t count,
      const char **ret_receipt)
{
    static const sbn_fault words = {.code = {NULL, "Client"},
                                    .reason = "words"};
    static const sbn_fault piece = {.code = {NULL, "Sender"},
                                    .detail = {"<d xmlns=\"urn:d\"/>", 18}};

    if (strcmp(item, "detailed") == 0)
        return detailed(request);
    if (strcmp(item, "words") == 0)
        return sbn_request_fault_with(request, &words);
    if (strcmp(item, "piece") == 0)
        return sbn_request_fault_with(request, &piece);
    if (strcmp(item, "marked") == 0)
        return marked(request, ret_receipt);
    return sbn_request_fail(request, "%d <secrets>", count);
}

static const struct shop_service service = {
    .order = order, .notify = shop_notify, SHOP_PLAIN};

/* What the reply to an order of 3 items has, of SOAP 1.1 or 1.2. */
static void
check_order(struct raw *raw, bool soap12, const char *item, int status,
            const char *want)
{
    char body[500], text[900], *reply = NULL;
    int size;

    size = snprintf(body, sizeof(body),
                    "<s:Envelope xmlns:s=\"%s\"><s:Body><Order "
                    "xmlns=\"urn:shop\"><item>%s</item><count>3</count>"
                    "</Order></s:Body></s:Envelope>",
                    soap12 ? "http://www.w3.org/2003/05/soap-envelope"
                           : "http://schemas.xmlsoap.org/soap/envelope/",
                    item);
    size = snprintf(text, sizeof(text),
                    "POST /shop HTTP/1.1\r\nHost: h\r\nContent-Type: %s\r\n"
                    "Content-Length: %d\r\n\r\n%s",
                    soap12 ? "application/soap+xml" : "text/xml", size, body);
    raw_send(raw, text, (size_t)size);
    CHECK_INT(raw_response(raw, &reply), ==, status);
    if (want != NULL && strstr(reply, want) == NULL)
        test_fail(__FILE__, __LINE__, "%s is not in\n  %s", want, reply);
    free(reply);
}

static void
start(struct server_fixture *f, struct raw *raw,
      const sbn_service_options *options)
{
    server_start(f, NULL, &service, options, NULL);
    raw_connect(raw, f);
}

static void
stop(struct server_fixture *f, struct raw *raw)
{
    raw_close(raw);
    server_stop(f);
}

TEST(a_fault_is_given_in_full)
{
    struct server_fixture f;
    struct raw raw;

    start(&f, &raw, NULL);
    check_order(&raw, false, "detailed", 500,
                "<s:Fault><faultcode xmlns:a=\"urn:more\">a:Sub</faultcode>"
                "<faultstring xml:lang=\"cy\">R &amp; r</faultstring>"
                "<faultactor>urn:actor</faultactor>"
                "<detail><Key xmlns=\"urn:shop\">kept</Key></detail>");
    check_order(&raw, true, "detailed", 500,
                "<s:Code><s:Value>s:Sender</s:Value><s:Subcode>"
                "<s:Value xmlns:a=\"urn:codes\">a:Own</s:Value><s:Subcode>"
                "<s:Value xmlns:a=\"urn:more\">a:Sub</s:Value></s:Subcode>"
                "</s:Subcode></s:Code><s:Reason>");
    check_order(&raw, true, "detailed", 500,
                "</s:Reason><s:Node>urn:node</s:Node>"
                "<s:Role>urn:actor</s:Role><s:Detail>");
    stop(&f, &raw);
}

TEST(codes_of_soap_are_in_the_words_of_the_version)
{
    struct server_fixture f;
    struct raw raw;

    start(&f, &raw, NULL);
    check_order(&raw, false, "words", 500, "<faultcode>s:Client</faultcode>");
    check_order(&raw, true, "words", 500, "<s:Value>s:Sender</s:Value>");
    check_order(&raw, false, "piece", 500,
                "<faultcode>s:Client</faultcode><faultstring "
                "xml:lang=\"en-US\"></faultstring><detail>"
                "<d xmlns=\"urn:d\"/></detail>");
    stop(&f, &raw);
}

TEST(internal_errors_are_told_to_those_who_may_know)
{
    sbn_service_options options = {.include_detail = true};
    struct server_fixture f;
    struct raw raw;

    start(&f, &raw, NULL);
    check_order(&raw, false, "other", 500,
                "a:InternalServiceFault</faultcode><faultstring "
                "xml:lang=\"en-US\">The service failed");
    stop(&f, &raw);
    start(&f, &raw, &options);
    check_order(&raw, false, "other", 500, ">3 &lt;secrets&gt;</faultstring>");
    check_order(&raw, false, "other", 500,
                "<Message>3 &lt;secrets&gt;</Message>");
    stop(&f, &raw);
}

TEST(a_header_of_the_reply_is_marked)
{
    struct server_fixture f;
    struct raw raw;

    start(&f, &raw, NULL);
    check_order(&raw, false, "marked", 200,
                "<s:Header><Key xmlns=\"urn:shop\">1</Key>"
                "<Key s:actor=\"urn:a&amp;b\" s:mustUnderstand=\"1\" "
                "xmlns=\"urn:shop\">2</Key></s:Header>");
    check_order(&raw, true, "marked", 200,
                "<Key s:role=\"urn:a&amp;b\" s:mustUnderstand=\"1\" "
                "s:relay=\"1\" xmlns=\"urn:shop\">2</Key></s:Header>");
    stop(&f, &raw);
}

TEST(a_service_of_one_version_refuses_the_other)
{
    sbn_service_options options = {.soap = SBN_SOAP_11};
    struct server_fixture f;
    struct raw raw;

    start(&f, &raw, &options);
    check_order(&raw, true, "marked", 415, NULL);
    check_order(&raw, false, "marked", 200, NULL);
    stop(&f, &raw);
    options.soap = SBN_SOAP_12;
    start(&f, &raw, &options);
    check_order(&raw, false, "marked", 415, NULL);
    check_order(&raw, true, "marked", 200, NULL);
    stop(&f, &raw);
}

static sbn_status
take(sbn_request *request, sbn_xml body, sbn_xml *ret_body)
{
    sbn_request_no_reply(request);
    return SBN_OK;
}

TEST(an_untyped_operation_answers_without_a_message)
{
    static const sbn_untyped_service untyped = {.call = take};
    sbn_service_options options = {.untyped = &untyped};
    struct server_fixture f;
    struct raw raw;
    char *reply = NULL;

    start(&f, &raw, &options);
    raw_post(&raw, "urn:any", SHOP_ENVELOPE("<a/>"));
    CHECK_INT(raw_response(&raw, &reply), ==, 202);
    CHECK_STR(reply, "");
    free(reply);
    stop(&f, &raw);
}
