/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing begins what is ended. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
    int (*end_add)(sbn_async_result *result);
};
