/* SPDX-License-Identifier: Apache-2.0 */
/* What an operation said of its outcome counts, whatever it returns. */
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/server_support.h"

static sbn_status
fails(sbn_request *request)
{
    return sbn_request_fail(request, "the disk is full");
}

static sbn_status
faults(sbn_request *request)
{
    return sbn_request_fault(request, SBN_FAULT_SENDER, "no such item");
}

/* The item says what is said, and the count whether it is returned too. */
static sbn_status
order(sbn_request *request, const char *item, int32_t count,
      const char **ret_receipt)
{
    sbn_status status = SBN_OK;

    *ret_receipt = "done";
    for (; *item != '\0'; item++)
        status = *item == 'F' ? fails(request) : faults(request);
    return count == 0 ? SBN_OK : status;
}

static sbn_status
end_order(sbn_request *request, const char **ret_receipt)
{
    return order(request, sbn_request_state(request), 0, ret_receipt);
}

static const struct shop_service service = {.order = order,
                                            .begin_order = shop_begin_order,
                                            .end_order = end_order,
                                            .notify = shop_notify,
                                            SHOP_PLAIN};

static void
post(struct raw *raw, const char *item, int count)
{
    char body[512];

    snprintf(body, sizeof(body),
             SHOP_ENVELOPE("<Order xmlns=\"urn:shop\"><item>%s</item>"
                           "<count>%d</count></Order>"),
             item, count);
    raw_post(raw, "urn:shop/Order", body);
}

static void
check_outcomes(const sbn_service_options *options)
{
    struct server_fixture f;
    struct raw raw;
    int returned;

    server_start(&f, NULL, &service, options, NULL);
    raw_connect(&raw, &f);
    for (returned = 0; returned < 2; returned++) {
        post(&raw, "F", returned);
        raw_check_fault(&raw, "InternalServiceFault", "the disk is full");
        post(&raw, "P", returned);
        raw_check_fault(&raw, "s:Client", "no such item");
        /* The last word counts. */
        post(&raw, "FP", returned);
        raw_check_fault(&raw, "s:Client", "no such item");
        post(&raw, "PF", returned);
        raw_check_fault(&raw, "InternalServiceFault", "the disk is full");
        post(&raw, "", returned);
        raw_check_receipt(&raw, "done");
    }
    raw_close(&raw);
    server_stop(&f);
}

TEST(a_failure_that_is_told_is_one_though_the_operation_returns_ok)
{
    const sbn_service_options options = {.include_detail = true};

    check_outcomes(&options);
}

TEST(a_failure_that_end_tells_is_one_though_it_returns_ok)
{
    const sbn_service_options options = {.include_detail = true,
                                         .prefer_async = true};

    check_outcomes(&options);
}

TEST(a_failure_that_the_pool_tells_is_one_though_it_returns_ok)
{
    const sbn_service_options options = {.include_detail = true,
                                         .on_thread_pool = true};

    check_outcomes(&options);
}

/* ---- What an inspector makes of it ----------------------------------------
 */

static sbn_status seen;

static void
before_reply(sbn_request *request, sbn_status status, void *data)
{
    seen = status;
    if (data != NULL)
        sbn_request_fault(request, SBN_FAULT_RECEIVER, "not today");
}

TEST(an_inspector_is_told_of_it)
{
    const sbn_inspector inspector = {.before_reply = before_reply};
    const sbn_service_options options = {.inspector = &inspector};
    struct server_fixture f;
    struct raw raw;

    server_start(&f, NULL, &service, &options, NULL);
    raw_connect(&raw, &f);
    post(&raw, "F", 0);
    raw_check_fault(&raw, "InternalServiceFault", "include_detail");
    CHECK_STATUS(seen, SBN_EFAULT);
    post(&raw, "", 0);
    raw_check_receipt(&raw, "done");
    CHECK_OK(seen);
    raw_close(&raw);
    server_stop(&f);
}

TEST(an_inspector_may_make_a_fault_of_a_reply)
{
    const sbn_inspector inspector = {.before_reply = before_reply,
                                     .data = &seen};
    const sbn_service_options options = {.inspector = &inspector};
    struct server_fixture f;
    struct raw raw;

    server_start(&f, NULL, &service, &options, NULL);
    raw_connect(&raw, &f);
    post(&raw, "", 0);
    raw_check_fault(&raw, "s:Server", "not today");
    CHECK_OK(seen);
    raw_close(&raw);
    server_stop(&f);
}

/* ---- Messages of any kind -------------------------------------------------
 */

static sbn_status
silent(sbn_request *request, sbn_xml body, sbn_xml *ret_body)
{
    sbn_request_no_reply(request);
    faults(request);
    return SBN_OK;
}

TEST(a_fault_goes_before_no_reply)
{
    static const sbn_untyped_service untyped = {.call = silent};
    const sbn_service_options options = {.untyped = &untyped};
    struct server_fixture f;
    struct raw raw;

    server_start(&f, NULL, &service, NULL, NULL);
    CHECK_OK(sbn_service_bind_untyped(f.server, "/any", &options));
    raw_connect(&raw, &f);
    raw.path = "/any";
    raw_post(&raw, NULL, SHOP_ENVELOPE("<a/>"));
    raw_check_fault(&raw, "s:Client", "no such item");
    raw_close(&raw);
    server_stop(&f);
}
