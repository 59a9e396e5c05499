/* SPDX-License-Identifier: Apache-2.0 */
/* There is no contract in it. */
#include <sebon/contract.h>

struct calc {
    int (*add)(int x, int y);
};
