/* SPDX-License-Identifier: Apache-2.0 */
/* No compiler would take it. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};

SBN_SERVICE_CONTRACT(.service = "Other")
struct calc {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};
