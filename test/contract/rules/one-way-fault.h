/* SPDX-License-Identifier: Apache-2.0 */
/* A one-way operation has no faults. */
#include <sebon/contract.h>

SBN_DATA_CONTRACT()
struct oops {
    SBN_DATA_MEMBER() int code;
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_FAULT_CONTRACT(struct oops)
    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*tell)(int x);
};
