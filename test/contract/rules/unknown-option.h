/* SPDX-License-Identifier: Apache-2.0 */
/* Options are known by name. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.oneway = true)
    void (*tell)(int x);
    SBN_OPERATION_CONTRACT(.is_one_way = "yes")
    void (*tell_all)(int x);
    SBN_OPERATION_CONTRACT(.name = Tell)
    void (*tell_some)(int x);
    SBN_OPERATION_CONTRACT(.name = "A", .name = "B")
    void (*tell_none)(int x);
    SBN_OPERATION_CONTRACT(.name = "")
    void (*tell_one)(int x);
};
