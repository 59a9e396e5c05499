/* SPDX-License-Identifier: Apache-2.0 */
/* The two forms give different types. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    void (*add)(int x, int y, int *ret_sum);
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, int y, sbn_async_callback *callback,
                                   void *state);
    void (*end_add)(double *ret_sum, sbn_async_result *result);
};
