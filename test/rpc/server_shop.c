/* SPDX-License-Identifier: Apache-2.0 */
#include "test/rpc/server_shop.h"

#define NS 1

static const char *const namespaces[] = {NULL, "urn:shop"};

/* A body element of a struct; one of an empty struct has no fields. */
#define ELEMENT(name, type)                                                   \
    {                                                                         \
        name, NS, SBN_K_STRUCT, 0, 0, 0, SBN_NONE, SBN_NONE, 1, 1, type, NULL \
    }
#define TYPE(S, count, fields)                             \
    {                                                      \
        NULL, NS, 0, sizeof(struct S), count, fields, NULL \
    }

struct order {
    const char *item;
    int32_t count;
};
static const sbn_field order_fields[] = {
    SBN_FIELD(struct order, item, NS, "item", STRING, SBN_F_OPTIONAL, NULL),
    SBN_FIELD(struct order, count, NS, "count", INT32, SBN_F_OPTIONAL, NULL),
};
static const sbn_type order_type = TYPE(order, 2, order_fields);
static const sbn_field order_element = ELEMENT("Order", &order_type);

struct order_response {
    const char *receipt;
};
static const sbn_field order_response_fields[] = {
    SBN_FIELD(struct order_response, receipt, NS, "receipt", STRING, 0, NULL),
};
static const sbn_type order_response_type =
    TYPE(order_response, 1, order_response_fields);
static const sbn_field order_response_element =
    ELEMENT("OrderResponse", &order_response_type);

struct notify {
    const char *text;
};
static const sbn_field notify_fields[] = {
    SBN_FIELD(struct notify, text, NS, "text", STRING, SBN_F_OPTIONAL, NULL),
};
static const sbn_type notify_type = TYPE(notify, 1, notify_fields);
static const sbn_field notify_element = ELEMENT("Notify", &notify_type);

struct nothing {
    char unused;
};
static const sbn_type nothing_type = TYPE(nothing, 0, NULL);
static const sbn_field red_element = ELEMENT("Red", &nothing_type);
static const sbn_field red_response_element =
    ELEMENT("RedResponse", &nothing_type);
static const sbn_field blue_element = ELEMENT("Blue", &nothing_type);
static const sbn_field blue_response_element =
    ELEMENT("BlueResponse", &nothing_type);
static const sbn_field twin_element = ELEMENT("Twin", &nothing_type);
static const sbn_field left_response_element =
    ELEMENT("LeftResponse", &nothing_type);
static const sbn_field right_response_element =
    ELEMENT("RightResponse", &nothing_type);

/* The function that invoke is given, of type fn. */
#define CALL(fn, arguments) ((*(fn *const *)function)arguments)

typedef sbn_status order_fn(sbn_request *request, const char *item,
                            int32_t count, const char **ret_receipt);
typedef sbn_status begin_order_fn(sbn_request *request, const char *item,
                                  int32_t count);
typedef sbn_status end_order_fn(sbn_request *request, const char **ret_receipt);
typedef sbn_status notify_fn(sbn_request *request, const char *text);
typedef sbn_status plain_fn(sbn_request *request);

static sbn_status
order_invoke(sbn_step step, const void *function, sbn_request *request,
             const void *in_, void *out_)
{
    const struct order *in = in_;
    struct order_response *out = out_;

    if (step == SBN_STEP_BEGIN)
        return CALL(begin_order_fn, (request, in->item, in->count));
    if (step == SBN_STEP_END)
        return CALL(end_order_fn, (request, &out->receipt));
    return CALL(order_fn, (request, in->item, in->count, &out->receipt));
}

static sbn_status
notify_invoke(sbn_step step, const void *function, sbn_request *request,
              const void *in, void *out)
{
    if (step == SBN_STEP_END)
        return CALL(plain_fn, (request));
    return CALL(notify_fn, (request, ((const struct notify *)in)->text));
}

static sbn_status
plain_invoke(sbn_step step, const void *function, sbn_request *request,
             const void *in, void *out)
{
    return CALL(plain_fn, (request));
}

#define AT(member) SBN_AT(struct shop_service, member)
#define PLAIN_OPERATION(name, action, member, size, in, out)                 \
    {                                                                        \
        name, action, 0, size, size, in, out, NULL, 0, AT(member), SBN_NONE, \
            SBN_NONE, plain_invoke, NULL                                     \
    }

static const sbn_operation operations[] = {
    {"Order", "urn:shop/Order", 0, sizeof(struct order),
     sizeof(struct order_response), &order_element, &order_response_element,
     NULL, 0, AT(order), AT(begin_order), AT(end_order), order_invoke, NULL},
    {"Notify", "urn:shop/Notify", SBN_OP_ONE_WAY, sizeof(struct notify), 0,
     &notify_element, NULL, NULL, 0, AT(notify), AT(begin_notify),
     AT(end_notify), notify_invoke, NULL},
    PLAIN_OPERATION("Ping", "urn:shop/Ping", ping, 0, NULL, NULL),
    PLAIN_OPERATION("Red", "urn:shop/same", red, 1, &red_element,
                    &red_response_element),
    PLAIN_OPERATION("Blue", "urn:shop/same", blue, 1, &blue_element,
                    &blue_response_element),
    PLAIN_OPERATION("LeftTwin", "urn:shop/left", left_twin, 1, &twin_element,
                    &left_response_element),
    PLAIN_OPERATION("RightTwin", "urn:shop/right", right_twin, 1, &twin_element,
                    &right_response_element),
};

const sbn_contract shop_contract = {
    SBN_ABI,    "IShop", "urn:shop", namespaces, 2,    7,
    operations, NULL,    0,          NULL,       NULL, 0,
};
