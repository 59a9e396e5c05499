/* SPDX-License-Identifier: Apache-2.0 */
/* Two contracts of a service want one element. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT(.ns = "urn:a", .service = "One")
struct first {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};

SBN_SERVICE_CONTRACT(.ns = "urn:a", .service = "One")
struct second {
    SBN_OPERATION_CONTRACT()
    int (*add)(double x, double y);
};
