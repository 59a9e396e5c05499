/* SPDX-License-Identifier: Apache-2.0 */
/* Annotations where they do not belong. */
#include <sebon/contract.h>

SBN_SERVICE_CONTRACT()
enum colour { COLOUR_RED };

SBN_COLLECTION_CONTRACT()
struct item {
    SBN_DATA_MEMBER() int value;
};

SBN_DATA_CONTRACT()
typedef struct item thing;

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    int value;
};
