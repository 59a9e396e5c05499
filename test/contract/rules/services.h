/* SPDX-License-Identifier: Apache-2.0 */
/* A service's contracts share no names, whatever their namespaces are. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT(.name = "A", .ns = "urn:a", .service = "One")
struct first {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};

SBN_SERVICE_CONTRACT(.name = "B", .ns = "urn:b", .service = "One")
struct second {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};

SBN_SERVICE_CONTRACT(.name = "A", .ns = "urn:a", .service = "One")
struct third {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};
