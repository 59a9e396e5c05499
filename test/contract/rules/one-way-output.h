/* SPDX-License-Identifier: Apache-2.0 */
/* A one-way operation gives nothing back. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*tell)(int x, int *ret_y);
};
