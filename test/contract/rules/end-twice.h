/* SPDX-License-Identifier: Apache-2.0 */
/* There are two End functions; no compiler would take them. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, int y, sbn_async_callback *callback,
                                   void *state);
    int (*end_add)(sbn_async_result *result);
    int (*end_add)(int reason, sbn_async_result *result);
};
