/* SPDX-License-Identifier: Apache-2.0 */
/* Nor by what it returns; an End function is no exception. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.is_one_way = true, .async_pattern = true)
    sbn_async_result *(*begin_tell)(int x, sbn_async_callback *callback,
                                    void *state);
    int (*end_tell)(sbn_async_result *result);
};
