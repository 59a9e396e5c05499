/* SPDX-License-Identifier: Apache-2.0 */
/* Only the Begin function carries the annotation. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, sbn_async_callback *callback,
                                   void *state);
    SBN_OPERATION_CONTRACT()
    int (*end_add)(sbn_async_result *result);
};
