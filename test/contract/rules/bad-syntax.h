/* SPDX-License-Identifier: Apache-2.0 */
/* What C has and contracts have not. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    void (*f)(int x[3]);
    SBN_OPERATION_CONTRACT()
    void (*i)(int x, ...);
    SBN_OPERATION_CONTRACT()
    void l(int x);
};
