/* SPDX-License-Identifier: Apache-2.0 */
/* The two forms give different numbers of results. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y, int *ret_carry);
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, int y, sbn_async_callback *callback,
                                   void *state);
    int (*end_add)(sbn_async_result *result);
};
