/* SPDX-License-Identifier: Apache-2.0 */
/* The End function must stand beside its Begin function. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct base {
    SBN_OPERATION_CONTRACT()
    int (*end_add)(int x);
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_BASE() struct base base;
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, sbn_async_callback *callback,
                                   void *state);
};
