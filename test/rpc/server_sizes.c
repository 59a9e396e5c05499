/* SPDX-License-Identifier: Apache-2.0 */
/* What is big: messages beyond the limits, and a contract of many operations.
 */
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/server_support.h"

static sbn_status
order(sbn_request *request, const char *item, int32_t count,
      const char **ret_receipt)
{
    *ret_receipt = item;
    return SBN_OK;
}

static const struct shop_service service = {
    .order = order, .notify = shop_notify, SHOP_PLAIN};

static char *
repeated(const char *text, size_t count)
{
    size_t size = strlen(text), i;
    char *all = malloc(size * count + 1);

    CHECK(all != NULL);
    for (i = 0; i < count; i++)
        memcpy(all + i * size, text, size);
    all[size * count] = '\0';
    return all;
}

/* Posts before, count times text, after; and that the server goes on. */
static int
status_of(const sbn_server_options *options, const char *before,
          const char *text, size_t count, const char *after, char **ret_body)
{
    struct server_fixture f;
    struct raw raw;
    char *middle = repeated(text, count);
    char *body = malloc(strlen(before) + strlen(middle) + strlen(after) + 1);
    int status;

    CHECK(body != NULL);
    sprintf(body, "%s%s%s", before, middle, after);
    server_start(&f, NULL, &service, NULL, options);
    raw_connect(&raw, &f);
    raw_post(&raw, "urn:shop/Order", body);
    status = raw_response(&raw, ret_body);
    raw_close(&raw);
    raw_connect(&raw, &f);
    raw_order(&raw, 1);
    raw_check_receipt(&raw, "apple");
    raw_close(&raw);
    server_stop(&f);
    free(body);
    free(middle);
    return status;
}

#define HEAD \
    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"
#define ORDER HEAD "<s:Body><Order xmlns=\"urn:shop\"><item>"
#define END "</item></Order></s:Body></s:Envelope>"

TEST(a_body_over_the_limit_is_413)
{
    const sbn_server_options options = {.max_request_bytes = 4096};

    CHECK_INT(status_of(&options, ORDER, "x", 3000, END, NULL), ==, 200);
    CHECK_INT(status_of(&options, ORDER, "x", 5000, END, NULL), ==, 413);
}

TEST(values_over_the_limit_of_memory_are_a_fault)
{
    const sbn_server_options options = {.max_memory = 16384};
    char *body = NULL;

    CHECK_INT(status_of(&options, ORDER, "x", 3000, END, NULL), ==, 200);
    CHECK_INT(status_of(&options, ORDER, "x", 20000, END, &body), ==, 500);
    CHECK(strstr(body, "a:DeserializationFailed") != NULL);
    free(body);
}

TEST(a_reply_over_the_limit_of_memory_is_a_fault)
{
    const sbn_server_options options = {.max_memory = 16384};
    char *body = NULL;

    /* Each of them becomes five bytes. */
    CHECK_INT(status_of(&options, ORDER, "&lt;", 5000, END, &body), ==, 500);
    CHECK(strstr(body, "a:InternalServiceFault") != NULL);
    free(body);
}

TEST(elements_nested_too_deep_in_the_body_are_a_fault)
{
    char *body = NULL;

    CHECK_INT(status_of(NULL, HEAD "<s:Body><Order xmlns=\"urn:shop\">", "<n>",
                        1000, "", &body),
              ==, 500);
    CHECK(strstr(body, "a:DeserializationFailed") != NULL);
    free(body);
}

TEST(elements_nested_too_deep_in_the_header_are_400)
{
    CHECK_INT(
        status_of(NULL, HEAD "<s:Header><h xmlns=\"\">", "<n>", 1000, "", NULL),
        ==, 400);
}

TEST(a_head_over_the_limit_is_431)
{
    struct server_fixture f;
    struct raw raw;
    char *field = repeated("x", 20000);
    char *head = malloc(20100);

    CHECK(head != NULL);
    sprintf(head, "POST /shop HTTP/1.1\r\nHost: test\r\nX: %s\r\n\r\n", field);
    server_start(&f, NULL, &service, NULL, NULL);
    raw_connect(&raw, &f);
    raw_send(&raw, head, strlen(head));
    CHECK_INT(raw_response(&raw, NULL), ==, 431);
    raw_close(&raw);
    server_stop(&f);
    free(head);
    free(field);
}

/* ---- Many operations ------------------------------------------------------
 */

enum { MANY = 500 };

struct nothing {
    char unused;
};
static const sbn_type nothing_type = {NULL, 1,    0,   sizeof(struct nothing),
                                      0,    NULL, NULL};
static const char *const namespaces[] = {NULL, "urn:many"};

static char names[MANY][16], responses[MANY][24], actions[MANY][24];
static sbn_field ins[MANY], outs[MANY];
static sbn_operation operations[MANY];
static const sbn_contract many = {
    SBN_ABI,    "IMany", "urn:many", namespaces, 2,    MANY,
    operations, NULL,    0,          NULL,       NULL, 0,
};

static void (*functions[MANY])(void);

static void
given(void)
{
}

static sbn_status
invoke(sbn_step step, const void *function, sbn_request *request,
       const void *in, void *out)
{
    return SBN_OK;
}

static void
describe(int i)
{
    const sbn_field element = {NULL, 1, SBN_K_STRUCT,  0,
                               0,    0, SBN_NONE,      SBN_NONE,
                               1,    1, &nothing_type, NULL};
    const sbn_operation operation = {
        .name = names[i],
        .action = actions[i],
        .in_size = sizeof(struct nothing),
        .out_size = sizeof(struct nothing),
        .in = &ins[i],
        .out = &outs[i],
        .sync_offset = (uint32_t)((size_t)i * sizeof(functions[0])),
        .begin_offset = SBN_NONE,
        .end_offset = SBN_NONE,
        .invoke = invoke,
    };

    snprintf(names[i], sizeof(names[i]), "Op%d", i);
    snprintf(responses[i], sizeof(responses[i]), "Op%dResponse", i);
    snprintf(actions[i], sizeof(actions[i]), "urn:many/%d", i);
    ins[i] = outs[i] = element;
    ins[i].name = names[i];
    outs[i].name = responses[i];
    operations[i] = operation;
    functions[i] = given;
}

static void
check_operation(struct raw *raw, int i, const char *action)
{
    char request[256], want[256];
    char *body = NULL;

    snprintf(request, sizeof(request),
             SHOP_ENVELOPE("<Op%d xmlns=\"urn:many\"/>"), i);
    snprintf(want, sizeof(want),
             SHOP_ENVELOPE("<Op%dResponse xmlns=\"urn:many\"/>"), i);
    raw_post(raw, action, request);
    CHECK_INT(raw_response(raw, &body), ==, 200);
    CHECK_STR(body, want);
    free(body);
}

TEST(each_of_many_operations_is_found)
{
    struct server_fixture f;
    struct raw raw;
    int i;

    for (i = 0; i < MANY; i++)
        describe(i);
    server_start(&f, NULL, &service, NULL, NULL);
    CHECK_OK(sbn_service_bind(f.server, "/many", &many, functions, NULL));
    raw_connect(&raw, &f);
    raw.path = "/many";
    for (i = 0; i < MANY; i++) {
        check_operation(&raw, i, actions[i]);
        check_operation(&raw, i, NULL);
    }
    raw_close(&raw);
    server_stop(&f);
}
