/* SPDX-License-Identifier: Apache-2.0 */
/* What a server tells about a service: documents, over GET and over
 * WS-MetadataExchange, and the page. */
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/server_support.h"

/* ---- Documents, as the generator writes them -------------------------------
 */

/* Marks are cut by the pieces on purpose. */
static const char *const main_text[] = {
    "<w xmlns=\"http://schemas.xmlsoap.org/wsdl/\"><import l=\"\002ws",
    "dl0\003\"/><types><s><import\005 schemaLocation=\"\002xsd0\003\"\006/>"
    "\007<include l=\"\002xsd0\003\"/>\006",
    "</s>\004</types><a l=\"\001IShop",
    "\003\"/><a l=\"\001IOther\003\"/><a l=\"\001Unknown\003\"/></w>",
    NULL,
};
/* "<second/>", packed */
static const char *const second_text[] = {"eNqzKU5N", "zs9L0bcDABB9AyY=", NULL};
static const char *const schema_text[] = {"<x:schema xmlns:x=\"urn:x\"/>",
                                          NULL};
static const char *const bare_text[] = {"<bare/>", NULL};

static const sbn_document documents[] = {
    {"wsdl", "urn:shop", main_text, 0},
    {"wsdl0", "urn:shop:api", second_text, 9},
    {"xsd0", "urn:shop:types", schema_text, 0},
    {"xsd1", "", bare_text, 0},
};
static const sbn_metadata metadata = {"Shop & <Sons>", 4, documents};

/* One WSDL with two schemas. */
static const sbn_document few_documents[] = {
    {"wsdl", "urn:shop", main_text, 0},
    {"xsd0", "urn:shop:types", schema_text, 0},
    {"xsd1", "", bare_text, 0},
};
static const sbn_metadata few = {"Few", 3, few_documents};

/* Two WSDLs, and what both are in one. */
static const char *const whole_text[] = {
    "<whole xmlns:x=\"urn:x\"><types>\004</types><a l=\"\001IShop\003\"/>"
    "</whole>",
    NULL};
static const sbn_document merged_documents[] = {
    {"wsdl", "urn:shop", main_text, 0},
    {"wsdl0", "urn:shop:api", second_text, 9},
    {"xsd0", "urn:shop:types", schema_text, 0},
    {"singleWsdl", "urn:shop", whole_text, 0},
};
static const sbn_metadata merged_metadata = {"Merged", 4, merged_documents};

static const char *const docs[] = {
    "Sells <script>alert(1)</script>.",
    "</script><script>alert('order')</script>",
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
};

static sbn_contract told, other, single, merged;

static void
start(struct server_fixture *f, const sbn_service_options *options)
{
    server_start(f, NULL, &shop_plain_service, NULL, NULL);
    told = other = shop_contract;
    told.metadata = other.metadata = &metadata;
    told.docs = docs;
    other.name = "IOther";
    single = shop_contract;
    single.metadata = &few;
    merged = shop_contract;
    merged.metadata = &merged_metadata;
    CHECK_OK(sbn_service_bind(f->server, "/few", &single, &shop_plain_service,
                              NULL));
    CHECK_OK(sbn_service_bind(f->server, "/merged", &merged,
                              &shop_plain_service, NULL));
    CHECK_OK(sbn_service_bind(f->server, "/a&b", &told, &shop_plain_service,
                              options));
    CHECK_OK(sbn_service_bind(f->server, "/other", &other, &shop_plain_service,
                              NULL));
}

/* The whole response to a GET of target, to free(). */
static char *
get(struct raw *raw, const char *target, const char *host)
{
    char request[4096];
    size_t size;
    char *text;

    snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n",
             target, host);
    raw_send(raw, request, strlen(request));
    size = raw_await(raw);
    text = strndup(raw->in, size);
    raw_drop(raw, size);
    return text;
}

static void
check_get(struct raw *raw, const char *target, const char *status,
          const char *type, const char *body)
{
    char *text = get(raw, target, "shop.example:80");
    char line[64];

    snprintf(line, sizeof(line), "HTTP/1.1 %s ", status);
    if (strncmp(text, line, strlen(line)) != 0)
        test_fail(__FILE__, __LINE__, "%s: %s", target, text);
    if (type != NULL) {
        snprintf(line, sizeof(line), "\r\nContent-Type: %s\r\n", type);
        CHECK(strstr(text, line) != NULL);
    }
    CHECK_STR(strstr(text, "\r\n\r\n") + 4, body);
    free(text);
}

#define XML "text/xml; charset=UTF-8"
#define DECLARATION "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
#define AT "http://shop.example:80/a&amp;b"
#define TYPES_BEFORE                                                \
    DECLARATION                                                     \
    "<w xmlns=\"http://schemas.xmlsoap.org/wsdl/\"><import l=\"" AT \
    "?wsdl=wsdl0\"/><types><s>"
#define TYPES_AFTER                                                    \
    "</types><a l=\"" AT "\"/><a l=\"http://shop.example:80/other\"/>" \
    "<a l=\"" AT "\"/></w>"
#define LINKED                                                  \
    TYPES_BEFORE "<import schemaLocation=\"" AT "?xsd=xsd0\"/>" \
                 "<include l=\"" AT "?xsd=xsd0\"/></s>" TYPES_AFTER

TEST(documents_are_given_with_this_hosts_addresses)
{
    struct server_fixture f;
    struct raw raw;

    start(&f, NULL);
    raw_connect(&raw, &f);
    check_get(&raw, "/a&b?wsdl", "200", XML, LINKED);
    check_get(&raw, "/a&b/?WSDL", "200", XML, LINKED);
    check_get(&raw, "/a&b?wsdl=WSDL0", "200", XML, DECLARATION "<second/>");
    check_get(&raw, "/a&b?XSD=xsd0", "200", XML,
              DECLARATION "<x:schema xmlns:x=\"urn:x\"/>");
    /* WSDLs of two namespaces are one where the generator could make one. */
    check_get(&raw, "/merged?singleWsdl", "200", XML,
              DECLARATION
              "<whole xmlns:x=\"urn:x\"><types><x:schema xmlns:x=\"urn:x\"/>"
              "</types><a l=\"http://shop.example:80/merged\"/></whole>");
    check_get(&raw, "/merged?wsdl=singleWsdl", "404", NULL, "");
    check_get(&raw, "/a&b?singlewsdl", "200", XML, LINKED);
    check_get(&raw, "/few?singlewsdl", "200", XML,
              DECLARATION
              "<w xmlns=\"http://schemas.xmlsoap.org/wsdl/\"><import "
              "l=\"http://shop.example:80/few?wsdl=wsdl0\"/><types><s>"
              "<import/></s><x:schema xmlns:x=\"urn:x\"/></types>"
              "<a l=\"http://shop.example:80/few\"/>"
              "<a l=\"http://shop.example:80/few\"/>"
              "<a l=\"http://shop.example:80/few\"/></w>");
    check_get(&raw, "/a&b?disco", "200", XML,
              DECLARATION
              "<discovery xmlns=\"http://schemas.xmlsoap.org/disco/\">"
              "<contractRef ref=\"" AT "?wsdl\" docRef=\"" AT "\" "
              "xmlns=\"http://schemas.xmlsoap.org/disco/scl/\"/>"
              "</discovery>");
    check_get(&raw, "/merged?disco", "200", XML,
              DECLARATION
              "<discovery xmlns=\"http://schemas.xmlsoap.org/disco/\">"
              "<contractRef ref=\"http://shop.example:80/merged?singleWsdl\" "
              "docRef=\"http://shop.example:80/merged\" "
              "xmlns=\"http://schemas.xmlsoap.org/disco/scl/\"/>"
              "</discovery>");
    check_get(&raw, "/a&b?xsd=xsd9", "404", NULL, "");
    check_get(&raw, "/a&b?xsd", "404", NULL, "");
    check_get(&raw, "/nothing?wsdl", "404", NULL, "");
    /* What asks for no document gets the page. */
    free(get(&raw, "/a&b?else", "x"));
    raw_close(&raw);
    server_stop(&f);
}

TEST(a_hostile_host_does_not_reach_a_document)
{
    static const char *const hosts[] = {"a\"><script>", "a'b", "a/b",
                                        "a b",          "a&b", "a<b"};
    struct server_fixture f;
    struct raw raw;
    char *text;
    size_t i;

    start(&f, NULL);
    for (i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
        raw_connect(&raw, &f);
        text = get(&raw, "/a&b?wsdl", hosts[i]);
        CHECK(strncmp(text, "HTTP/1.1 400 ", 13) == 0);
        CHECK(strstr(text, hosts[i]) == NULL);
        free(text);
        raw_close(&raw);
    }
    server_stop(&f);
}

TEST(what_is_no_host_is_refused)
{
    static const char *const hosts[] = {
        "[",     "]",       "[::1", "::1]",   ":",   "a:b",     ":80",
        "a:1:2", "a:99999", "[]",   "[::1]x", "[x]", "[::1]:x",
    };
    struct server_fixture f;
    struct raw raw;
    char *text;
    size_t i;

    start(&f, NULL);
    for (i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
        raw_connect(&raw, &f);
        text = get(&raw, "/a&b?wsdl", hosts[i]);
        if (strncmp(text, "HTTP/1.1 400 ", 13) != 0)
            test_fail(__FILE__, __LINE__, "%s is taken", hosts[i]);
        free(text);
        raw_close(&raw);
    }
    server_stop(&f);
}

TEST(each_form_of_a_host_is_taken)
{
    static const char *const hosts[] = {
        "shop",      "SHOP.example.com.", "shop_1-a:8000",     "127.0.0.1:80",
        "[::1]:443", "[fe80::1]",         "[::ffff:10.0.0.1]", "shop:",
        "",
    };
    struct server_fixture f;
    struct raw raw;
    char want[64], *text;
    size_t i;

    start(&f, NULL);
    for (i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
        raw_connect(&raw, &f);
        text = get(&raw, "/a&b?disco", hosts[i]);
        /* a Unix socket has no name */
        snprintf(want, sizeof(want), "\"http://%s/a&amp;b\"",
                 hosts[i][0] == '\0' ? "localhost" : hosts[i]);
        if (strstr(text, want) == NULL)
            test_fail(__FILE__, __LINE__, "%s has no %s", text, want);
        free(text);
        raw_close(&raw);
    }
    server_stop(&f);
}

TEST(a_query_has_an_end)
{
    struct server_fixture f;
    struct raw raw;
    char target[2200] = "/a&b?";

    start(&f, NULL);
    raw_connect(&raw, &f);
    memset(target + strlen(target), 'a', 2100);
    check_get(&raw, target, "414", NULL, "");
    raw_close(&raw);
    server_stop(&f);
}

TEST(the_programs_address_goes_before_the_requests)
{
    sbn_service_options options = {.public_url = "https://x.example/s?a&b"};
    struct server_fixture f;
    struct raw raw;
    char *text;

    start(&f, &options);
    raw_connect(&raw, &f);
    text = get(&raw, "/a&b?disco", "internal");
    CHECK(strstr(text, "docRef=\"https://x.example/s?a&amp;b\"") != NULL);
    CHECK(strstr(text, "internal") == NULL);
    free(text);
    raw_close(&raw);
    server_stop(&f);
}

TEST(what_is_not_to_be_told_is_not)
{
    sbn_service_options options = {.no_metadata = true};
    struct server_fixture f;
    struct raw raw;
    char *text;

    start(&f, &options);
    options.no_help_page = true;
    CHECK_OK(sbn_service_bind(f.server, "/silent", &told, &shop_plain_service,
                              &options));
    options.no_metadata = false;
    CHECK_OK(sbn_service_bind(f.server, "/wsdl", &told, &shop_plain_service,
                              &options));
    raw_connect(&raw, &f);
    text = get(&raw, "/a&b?wsdl", "x"); /* the page */
    CHECK(strstr(text, "text/html") != NULL);
    CHECK(strstr(text, "?wsdl") == NULL);
    free(text);
    check_get(&raw, "/silent?wsdl", "405", NULL, "");
    check_get(&raw, "/silent", "405", NULL, "");
    check_get(&raw, "/silent/mex", "404", NULL, "");
    check_get(&raw, "/silent?health", "200", "text/plain", "OK\n");
    /* Without a page the WSDL takes its place. */
    text = get(&raw, "/wsdl", "x");
    CHECK(strstr(text, "<second/>") == NULL && strstr(text, "<types>") != NULL);
    free(text);
    raw_close(&raw);
    server_stop(&f);
}

/* ---- WS-MetadataExchange ---------------------------------------------------
 */

static char *
exchange(struct raw *raw, const char *envelope_ns, const char *type,
         const char *action)
{
    char body[1024], head[512];
    size_t size;
    char *text;

    snprintf(body, sizeof(body),
             "<s:Envelope xmlns:s=\"%s\" xmlns:a=\"http://www.w3.org/2005/08/"
             "addressing\"><s:Header><a:Action s:mustUnderstand=\"1\">%s"
             "</a:Action><a:MessageID>urn:uuid:&lt;1&gt;</a:MessageID>"
             "<a:ReplyTo><a:Address>http://www.w3.org/2005/08/addressing/"
             "anonymous</a:Address></a:ReplyTo>"
             "<a:To s:mustUnderstand=\"1\">http://x</a:To></s:Header>"
             "<s:Body/></s:Envelope>",
             envelope_ns, action);
    snprintf(head, sizeof(head),
             "POST /a&b/mex HTTP/1.1\r\nHost: shop.example:80\r\n"
             "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
             type, strlen(body));
    raw_send(raw, head, strlen(head));
    raw_send(raw, body, strlen(body));
    size = raw_await(raw);
    text = strndup(raw->in, size);
    raw_drop(raw, size);
    return text;
}

#define SOAP12 "http://www.w3.org/2003/05/soap-envelope"
#define SOAP11 "http://schemas.xmlsoap.org/soap/envelope/"
#define GET "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get"

TEST(metadata_is_exchanged)
{
    struct server_fixture f;
    struct raw raw;
    char *text;

    start(&f, NULL);
    raw_connect(&raw, &f);
    text = exchange(&raw, SOAP12, "application/soap+xml; charset=utf-8", GET);
    CHECK(strstr(text, "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml; "
                       "charset=utf-8\r\n") == text);
    CHECK_STR(
        strstr(text, "\r\n\r\n") + 4,
        "<s:Envelope xmlns:s=\"" SOAP12 "\" "
        "xmlns:a=\"http://www.w3.org/2005/08/addressing\"><s:Header>"
        "<a:Action s:mustUnderstand=\"1\">http://schemas.xmlsoap.org/ws/2004/"
        "09/transfer/GetResponse</a:Action><a:RelatesTo>urn:uuid:&lt;1&gt;"
        "</a:RelatesTo></s:Header><s:Body><Metadata "
        "xmlns=\"http://schemas.xmlsoap.org/ws/2004/09/mex\" "
        "xmlns:wsx=\"http://schemas.xmlsoap.org/ws/2004/09/mex\">"
        "<wsx:MetadataSection Dialect=\"http://schemas.xmlsoap.org/wsdl/\" "
        "Identifier=\"urn:shop\" xmlns=\"\">"
        "<w xmlns=\"http://schemas.xmlsoap.org/wsdl/\"><import l=\"" AT
        "?wsdl=wsdl0\"/><types><s><import/><include l=\"" AT
        "?xsd=xsd0\"/></s>" TYPES_AFTER "</wsx:MetadataSection>"
        "<wsx:MetadataSection Dialect=\"http://schemas.xmlsoap.org/wsdl/\" "
        "Identifier=\"urn:shop:api\" xmlns=\"\"><second/>"
        "</wsx:MetadataSection><wsx:MetadataSection "
        "Dialect=\"http://www.w3.org/2001/XMLSchema\" "
        "Identifier=\"urn:shop:types\" xmlns=\"\">"
        "<x:schema xmlns:x=\"urn:x\"/></wsx:MetadataSection>"
        "<wsx:MetadataSection Dialect=\"http://www.w3.org/2001/XMLSchema\" "
        "Identifier=\"\" xmlns=\"\"><bare/></wsx:MetadataSection>"
        "</Metadata></s:Body></s:Envelope>");
    free(text);
    text = exchange(&raw, SOAP11, "text/xml", GET);
    CHECK(strstr(text, "\r\nContent-Type: text/xml; charset=utf-8\r\n") !=
          NULL);
    free(text);
    raw_close(&raw);
    server_stop(&f);
}

TEST(other_messages_to_mex_are_refused)
{
    struct server_fixture f;
    struct raw raw;
    char *text;

    start(&f, NULL);
    raw_connect(&raw, &f);
    text = exchange(&raw, SOAP12, "application/soap+xml", "urn:other&amp;");
    CHECK(strncmp(text, "HTTP/1.1 500 ", 13) == 0);
    CHECK(strstr(text, "ActionNotSupported") != NULL);
    CHECK(strstr(text, "'urn:other&amp;'") != NULL);
    free(text);
    text = exchange(&raw, SOAP11, "application/soap+xml", GET);
    CHECK(strncmp(text, "HTTP/1.1 400 ", 13) == 0);
    free(text);
    text = exchange(&raw, "urn:no-soap", "application/soap+xml", GET);
    CHECK(strncmp(text, "HTTP/1.1 400 ", 13) == 0);
    free(text);
    text = exchange(&raw, SOAP12, "application/json", GET);
    CHECK(strncmp(text, "HTTP/1.1 415 ", 13) == 0);
    free(text);
    raw_close(&raw);
    server_stop(&f);
}

/* ---- Without memory ---------------------------------------------------------
 */

static const char *const gets[] = {"/a&b?wsdl", "/a&b", "/a&b?disco"};

/* The status of a request's response, 0: the connection was closed. */
static int
ask(struct server_fixture *f, const char *target)
{
    struct raw raw;
    char *text;
    int status = 0;

    raw_connect(&raw, f);
    text = target != NULL ? get(&raw, target, "x")
                          : exchange(&raw, SOAP12, "application/soap+xml", GET);
    if (text != NULL && text[0] != '\0')
        status = (int)strtol(text + 9, NULL, 10);
    free(text);
    raw_close(&raw);
    return status;
}

static void
tell_all(struct test_memory *memory, void *data)
{
    sbn_runtime_options options = {.allocator = &memory->allocator};
    struct server_fixture f = {NULL, NULL, false};
    const char *target = data;
    sbn_status status = sbn_runtime_new(&options, &f.rt);
    int answer;

    told = shop_contract;
    told.metadata = &metadata;
    if (status == SBN_OK)
        status = sbn_server_new(f.rt, NULL, &f.server);
    if (status == SBN_OK)
        status = sbn_service_bind(f.server, "/a&b", &told, &shop_plain_service,
                                  NULL);
    if (status == SBN_OK)
        status = sbn_server_listen(f.server, "127.0.0.1", 0);
    if (status == SBN_OK && !memory->fail_all) {
        answer = ask(&f, target);
        if (answer != 200)
            CHECK(memory->failed && (answer == 503 || answer == 0));
    } else if (status != SBN_OK) {
        CHECK(memory->failed);
    }
    server_stop(&f);
}

TEST(any_allocation_of_what_is_told_may_fail)
{
    size_t i;

    for (i = 0; i < sizeof(gets) / sizeof(gets[0]); i++)
        CHECK_INT(test_each_allocation(tell_all, (void *)(uintptr_t)gets[i]), >,
                  10);
    CHECK_INT(test_each_allocation(tell_all, NULL), >, 10);
}

/* ---- The page --------------------------------------------------------------
 */

TEST(the_page_shows_all_text_as_text)
{
    struct server_fixture f;
    struct raw raw;
    char *text, *at;
    int scripts = 0;

    start(&f, NULL);
    raw_connect(&raw, &f);
    text = get(&raw, "/a&b", "shop.example:80");
    CHECK(strstr(text, "\r\nContent-Type: text/html; charset=UTF-8\r\n") !=
          NULL);
    CHECK(strstr(text, "\r\nContent-Security-Policy: default-src 'none'; "
                       "script-src 'sha256-") != NULL);
    CHECK(strstr(text, "Access-Control") == NULL);
    CHECK(strstr(text, "<h1>Shop &amp; &lt;Sons&gt;</h1>") != NULL);
    CHECK(strstr(text, "Sells &lt;script&gt;alert(1)&lt;/script&gt;.") != NULL);
    CHECK(strstr(text, "alert('order')") == NULL ||
          strstr(text, "&lt;/script&gt;&lt;script&gt;alert('order')") != NULL);
    /* The model and the script, and no other. */
    for (at = text; (at = strstr(at, "<script")) != NULL; at++)
        scripts++;
    CHECK_INT(scripts, ==, 2);
    CHECK(strstr(text, "svcutil.exe " AT "?wsdl") != NULL);
    CHECK(strstr(text, "sebon generate " AT "?wsdl") != NULL);
    CHECK(strstr(text, "shop_client_new(") != NULL);
    CHECK(
        strstr(text, "\"action\":\"urn:shop/Order\",\"in\":{\"n\":\"Order\"") !=
        NULL);
    free(text);
    raw_close(&raw);
    server_stop(&f);
}
