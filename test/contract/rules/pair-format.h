/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of both stands at the synchronous function. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    int (*add)(int a, int b);
    SBN_XML_SERIALIZER_FORMAT()
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int a, int b, sbn_async_callback *callback,
                                   void *state);
    int (*end_add)(sbn_async_result *result);
};
