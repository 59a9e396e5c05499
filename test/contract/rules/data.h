/* SPDX-License-Identifier: Apache-2.0 */
/* Data contracts that cannot be. */
#include <sebon/contract.h>

SBN_DATA_CONTRACT(.ns = "urn:a")
struct item {
    SBN_DATA_MEMBER() int a;
    SBN_DATA_MEMBER(.name = "A") int b;
    SBN_DATA_MEMBER(.order = -1) int c;
};

SBN_DATA_CONTRACT(.ns = "urn:a", .name = "Item")
struct thing {
    SBN_DATA_MEMBER() int a;
};

SBN_DATA_CONTRACT(.is_flags = true)
enum bits {
    SBN_ENUM_MEMBER(.value = "one bit") BITS_ONE = 1,
    SBN_ENUM_MEMBER(.value = "two") BITS_TWO = 2,
    SBN_ENUM_MEMBER(.value = "two") BITS_THREE = 3
};

SBN_COLLECTION_CONTRACT()
typedef int number;

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    void (*a)(const struct item *a, const struct thing *b, enum bits c);
    SBN_OPERATION_CONTRACT()
    void (*b)(number x);
};
