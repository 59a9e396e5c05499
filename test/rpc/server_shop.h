/* SPDX-License-Identifier: Apache-2.0 */
/* A contract with all kinds of operations that a server tells apart, as
 * generated code would describe it. */
#ifndef TEST_RPC_SERVER_SHOP_H
#define TEST_RPC_SERVER_SHOP_H

#include <sebon.h>

struct shop_service {
    /* An element in, a required text out; both ways. */
    sbn_status (*order)(sbn_request *request, const char *item, int32_t count,
                        const char **ret_receipt);
    sbn_status (*begin_order)(sbn_request *request, const char *item,
                              int32_t count);
    sbn_status (*end_order)(sbn_request *request, const char **ret_receipt);

    /* One-way; both ways. */
    sbn_status (*notify)(sbn_request *request, const char *text);
    sbn_status (*begin_notify)(sbn_request *request, const char *text);
    sbn_status (*end_notify)(sbn_request *request);

    /* An empty body in and out. */
    sbn_status (*ping)(sbn_request *request);

    /* Two with the action urn:shop/same; their elements tell. */
    sbn_status (*red)(sbn_request *request);
    sbn_status (*blue)(sbn_request *request);

    /* Two with the element Twin; their actions tell. */
    sbn_status (*left_twin)(sbn_request *request);
    sbn_status (*right_twin)(sbn_request *request);
};

extern const sbn_contract shop_contract;

#endif
