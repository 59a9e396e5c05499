/* SPDX-License-Identifier: Apache-2.0 */
/* Collections whose names would be one. */
#include <sebon/contract.h>

SBN_DATA_CONTRACT()
struct item {
    SBN_DATA_MEMBER() int id;
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    void (*a)(SBN_ARRAY(const struct item *) items);
    SBN_OPERATION_CONTRACT()
    void (*b)(SBN_ARRAY(struct item) items);
};
