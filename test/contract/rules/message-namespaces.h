/* SPDX-License-Identifier: Apache-2.0 */
/* One message contract in contracts of two namespaces of one service. */
#include <sebon/contract.h>

SBN_MESSAGE_CONTRACT()
struct order {
    SBN_MESSAGE_BODY_MEMBER() int x;
};

SBN_SERVICE_CONTRACT(.ns = "urn:a", .service = "One")
struct first {
    SBN_OPERATION_CONTRACT()
    void (*one)(const struct order *order);
    SBN_OPERATION_CONTRACT()
    void (*two)(const struct order *order);
};

SBN_SERVICE_CONTRACT(.ns = "urn:b", .service = "One")
struct second {
    SBN_OPERATION_CONTRACT()
    void (*one)(const struct order *order);
};
