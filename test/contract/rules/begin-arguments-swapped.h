/* SPDX-License-Identifier: Apache-2.0 */
/* The callback comes before the state. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, void *state,
                                   sbn_async_callback *callback);
    int (*end_add)(sbn_async_result *result);
};
