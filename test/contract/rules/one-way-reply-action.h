/* SPDX-License-Identifier: Apache-2.0 */
/* A one-way operation has no reply action. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT(.is_one_way = true, .reply_action = "urn:told")
    void (*tell)(int x);
};
