/* SPDX-License-Identifier: Apache-2.0 */
/* Nor by a parameter that goes both ways. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*tell)(int *x);
};
