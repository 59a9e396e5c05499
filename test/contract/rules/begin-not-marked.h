/* SPDX-License-Identifier: Apache-2.0 */
/* The Begin function is marked, but not as one. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    sbn_async_result *(*begin_add)(int x, sbn_async_callback *callback,
                                   void *state);
    int (*end_add)(sbn_async_result *result);
};
