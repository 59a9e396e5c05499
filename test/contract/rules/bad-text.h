/* SPDX-License-Identifier: Apache-2.0 */
/* A text that does not end. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.name = "Add)
    int (*add)(int x, int y);
};
