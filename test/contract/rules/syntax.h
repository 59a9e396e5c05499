/* SPDX-License-Identifier: Apache-2.0 */
/* It breaks off. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y)
