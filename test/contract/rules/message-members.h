/* SPDX-License-Identifier: Apache-2.0 */
/* Members of messages that cannot be. */
#include <sebon/contract.h>

SBN_MESSAGE_CONTRACT()
struct order {
    SBN_MESSAGE_HEADER_ARRAY() int not_many;
    SBN_DATA_MEMBER() int id;
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    void (*a)(const struct order *order);
};
