/* SPDX-License-Identifier: Apache-2.0 */
/* Two faults have one detail type. */
#include <sebon/contract.h>

SBN_DATA_CONTRACT()
struct oops {
    SBN_DATA_MEMBER() int code;
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_FAULT_CONTRACT(struct oops)
    SBN_FAULT_CONTRACT(struct oops, .name = "Again")
    SBN_OPERATION_CONTRACT()
    void (*tell)(int x);
};
