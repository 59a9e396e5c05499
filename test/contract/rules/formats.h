/* SPDX-License-Identifier: Apache-2.0 */
/* How data is written, said wrong. */
#include <sebon/contract.h>

SBN_XML_TYPE()
union wrong {
    int x;
};

SBN_XML_CHOICE()
struct also_wrong {
    int x;
};

SBN_DATA_CONTRACT(.underlying = "float")
enum colour { COLOUR_RED };

SBN_XML_TYPE(.name = "T", .ns = "urn:t")
SBN_DATA_CONTRACT(.name = "T", .ns = "urn:t")
struct twice {
    SBN_XML_ELEMENT() SBN_DATA_MEMBER() int x;
};

SBN_DATA_CONTRACT(.name = "Box")
SBN_TYPE_ARGUMENT(int)
struct box {
    SBN_DATA_MEMBER() int x;
};

SBN_DATA_CONTRACT_FORMAT()
SBN_XML_SERIALIZER_FORMAT()
SBN_SERVICE_CONTRACT()
struct calc {
    SBN_XML_SERIALIZER_FORMAT(.use = "encoded")
    SBN_OPERATION_CONTRACT()
    void (*f)(int x);
    SBN_XML_SERIALIZER_FORMAT(.style = "rcp")
    SBN_OPERATION_CONTRACT()
    void (*g)(const struct twice *x);
    SBN_DATA_CONTRACT_FORMAT()
    SBN_OPERATION_CONTRACT()
    void (*h)(const struct twice *x, enum colour y, const struct box *z);
};
