/* SPDX-License-Identifier: Apache-2.0 */
/* Of a pair that is wrong in several ways the first is told: its Begin function,
 * its End function missing or twice, what that takes, what it carries. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct order {
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_shape)(int a);

    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_twice)(sbn_async_callback *callback, void *state);
    SBN_OPERATION_CONTRACT()
    int (*end_twice)(int a);
    SBN_OPERATION_CONTRACT()
    int (*end_twice)(void);

    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_takes)(sbn_async_callback *callback, void *state);
    SBN_OPERATION_CONTRACT()
    int (*end_takes)(int a);

    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_carries)(sbn_async_callback *callback,
                                       void *state);
    SBN_OPERATION_CONTRACT()
    int (*end_carries)(sbn_async_result *result);
};
