/* SPDX-License-Identifier: Apache-2.0 */
/* Two members of a message are one element. */
#include <sebon/contract.h>

SBN_MESSAGE_CONTRACT()
struct order {
    SBN_MESSAGE_HEADER(.ns = "urn:h") int token;
    SBN_MESSAGE_HEADER(.ns = "urn:h", .name = "Token") int other;
    SBN_MESSAGE_BODY_MEMBER() int id;
    SBN_MESSAGE_BODY_MEMBER(.name = "Id") int number;
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    void (*a)(const struct order *order);
};
