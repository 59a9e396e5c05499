/* SPDX-License-Identifier: Apache-2.0 */
/* Two synchronous functions are one operation. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
    SBN_OPERATION_CONTRACT(.name = "Add")
    double (*add_real)(double x, double y);
};
