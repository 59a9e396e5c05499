/* SPDX-License-Identifier: Apache-2.0 */
/* Two services of one contract's name would be one file. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT(.name = "ICalc", .service = "One")
struct one {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};

SBN_SERVICE_CONTRACT(.name = "ICalc", .service = "Two")
struct two {
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
};
