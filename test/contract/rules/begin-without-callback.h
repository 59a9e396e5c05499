/* SPDX-License-Identifier: Apache-2.0 */
/* A Begin function ends with a callback and a state. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, int y);
    int (*end_add)(sbn_async_result *result);
};
