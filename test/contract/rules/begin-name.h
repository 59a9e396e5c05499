/* SPDX-License-Identifier: Apache-2.0 */
/* A Begin function is called begin_ something. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*start_add)(int x, sbn_async_callback *callback,
                                   void *state);
};
