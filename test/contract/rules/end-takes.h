/* SPDX-License-Identifier: Apache-2.0 */
/* An End function takes nothing new; a Begin function gives nothing. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, int *ret_y,
                                   sbn_async_callback *callback, void *state);
    int (*end_add)(int z, sbn_async_result *result);
};
