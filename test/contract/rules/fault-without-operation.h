/* SPDX-License-Identifier: Apache-2.0 */
/* A fault of a function that is no operation. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x);
    SBN_FAULT_CONTRACT(int)
    int (*sub)(int x);
};
