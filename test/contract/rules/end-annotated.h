/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of the operation stands at Begin. */
#include <sebon/contract.h>

SBN_DATA_CONTRACT()
struct oops {
    SBN_DATA_MEMBER() int code;
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, sbn_async_callback *callback,
                                   void *state);
    SBN_FAULT_CONTRACT(struct oops)
    int (*end_add)(sbn_async_result *result);
};
