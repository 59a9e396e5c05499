/* SPDX-License-Identifier: Apache-2.0 */
/* There is no operation in it. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    int (*add)(int x, int y);
};
