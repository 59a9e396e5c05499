/* SPDX-License-Identifier: Apache-2.0 */
/* Two pairs are one operation. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, int y, sbn_async_callback *callback,
                                   void *state);
    int (*end_add)(sbn_async_result *result);
    SBN_OPERATION_CONTRACT(.async_pattern = true, .name = "Add")
    sbn_async_result *(*begin_sum)(int x, sbn_async_callback *callback,
                                   void *state);
    int (*end_sum)(sbn_async_result *result);
};
