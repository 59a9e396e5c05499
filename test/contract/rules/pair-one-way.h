/* SPDX-License-Identifier: Apache-2.0 */
/* One form is one-way and the other is not. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*tell)(int x);
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_tell)(int x, sbn_async_callback *callback,
                                    void *state);
    void (*end_tell)(sbn_async_result *result);
};
