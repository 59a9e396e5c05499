/* SPDX-License-Identifier: Apache-2.0 */
/* Whole messages stand alone, both ways. */
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
    int (*b)(const struct order *order);
    SBN_OPERATION_CONTRACT()
    void (*c)(sbn_message *message, int x);
    SBN_OPERATION_CONTRACT()
    sbn_message *(*d)(int x);
    SBN_OPERATION_CONTRACT()
    void (*e)(sbn_stream *stream, int x);
};
