/* SPDX-License-Identifier: Apache-2.0 */
/* Two faults have one element. */
#include <sebon/contract.h>

SBN_DATA_CONTRACT()
struct oops {
    SBN_DATA_MEMBER() int code;
};

SBN_DATA_CONTRACT()
struct other {
    SBN_DATA_MEMBER() int code;
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_FAULT_CONTRACT(struct oops, .name = "Bad", .ns = "urn:bad")
    SBN_FAULT_CONTRACT(struct other, .name = "Bad", .ns = "urn:bad")
    SBN_OPERATION_CONTRACT()
    void (*tell)(int x);
};
