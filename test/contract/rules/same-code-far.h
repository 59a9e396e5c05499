/* SPDX-License-Identifier: Apache-2.0 */
/* Files are called after the contract that is read first: one of another
 * namespace than the service's. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT(.ns = "urn:a", .service = "One")
struct first {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};

SBN_SERVICE_CONTRACT(.ns = "urn:b", .service = "One")
struct second {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};

SBN_SERVICE_CONTRACT(.name = "ISecond", .ns = "urn:c", .service = "Two")
struct third {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};
