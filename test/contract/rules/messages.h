/* SPDX-License-Identifier: Apache-2.0 */
/* Whole messages stand alone. */
#include <sebon/contract.h>

SBN_MESSAGE_CONTRACT()
struct order {
    SBN_MESSAGE_BODY_MEMBER() int id;
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    void (*a)(const struct order *order, int x);
    SBN_OPERATION_CONTRACT()
    void (*b)(struct order *order);
    SBN_OPERATION_CONTRACT()
    int (*c)(const struct order *order);
    SBN_OPERATION_CONTRACT()
    void (*d)(SBN_ARRAY(struct order) orders);
    SBN_OPERATION_CONTRACT()
    void (*e)(sbn_message *message, int x);
};
