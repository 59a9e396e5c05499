/* SPDX-License-Identifier: Apache-2.0 */
/* There is no End function. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, sbn_async_callback *callback,
                                   void *state);
    int (*finish_add)(sbn_async_result *result);
};
