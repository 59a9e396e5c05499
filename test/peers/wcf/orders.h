/* SPDX-License-Identifier: Apache-2.0 */
/* What .NET and sebon call each other with: data of most kinds, a fault with a
 * detail, one way, a function beside Begin/End. */
#ifndef PEERS_ORDERS_H
#define PEERS_ORDERS_H

#include <sebon/contract.h>

SBN_CONTRACT_NAMESPACE(.ns = "urn:orders")

enum priority { PRIORITY_LOW, PRIORITY_HIGH };

SBN_DATA_CONTRACT()
struct line {
    SBN_DATA_MEMBER() const char *item;
    SBN_DATA_MEMBER() int32_t count;
    SBN_DATA_MEMBER() sbn_decimal price;
};

SBN_DATA_CONTRACT()
struct order {
    SBN_DATA_MEMBER() sbn_guid id;
    SBN_DATA_MEMBER() SBN_ARRAY(const struct line *) lines;
    SBN_DATA_MEMBER() sbn_datetime placed;
    SBN_DATA_MEMBER() enum priority priority;
    SBN_DATA_MEMBER() const int *discount;
    SBN_DATA_MEMBER() sbn_bytes seal;
};

SBN_DATA_CONTRACT()
struct shortage {
    SBN_DATA_MEMBER() const char *item;
    SBN_DATA_MEMBER() int32_t available;
};

SBN_SERVICE_CONTRACT(.ns = "urn:orders")
struct orders {
    /* Gives the order back; items named "none" are short. */
    SBN_FAULT_CONTRACT(struct shortage)
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_place)(const struct order *order,
                                     sbn_async_callback *callback, void *state);
    struct order *(*end_place)(sbn_async_result *result);

    /* How many things are in the lines; the largest count goes out too. */
    SBN_OPERATION_CONTRACT()
    int (*count)(SBN_ARRAY(const struct line *) lines, int *ret_largest);

    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*note)(const char *text);

    /* What was noted last; null at first. */
    SBN_OPERATION_CONTRACT()
    const char *(*noted)(void);
};

#endif
