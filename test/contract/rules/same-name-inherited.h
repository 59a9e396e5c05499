/* SPDX-License-Identifier: Apache-2.0 */
/* Two contracts that are extended have one operation. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct left {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};

SBN_SERVICE_CONTRACT()
struct right {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_BASE() struct left left;
    SBN_BASE() struct right right;
};
