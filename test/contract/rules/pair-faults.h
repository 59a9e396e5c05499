/* SPDX-License-Identifier: Apache-2.0 */
/* Faults are declared at the synchronous function. */
#include <sebon/contract.h>

SBN_DATA_CONTRACT()
struct oops {
    SBN_DATA_MEMBER() int code;
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, int y, sbn_async_callback *callback,
                                   void *state);
    int (*end_add)(sbn_async_result *result);
};
