/* SPDX-License-Identifier: Apache-2.0 */
/* What XmlSerializer cannot write. */
#include <sebon/contract.h>

SBN_DATA_CONTRACT()
struct data {
    SBN_DATA_MEMBER() int x;
};

enum colour { COLOUR_RED };

SBN_XML_CHOICE()
union empty {
    int x;
};

SBN_XML_CHOICE()
union odd {
    SBN_XML_ATTRIBUTE() int x;
};

SBN_XML_TYPE()
struct base {
    SBN_XML_ELEMENT() const struct data *data;
    SBN_XML_ELEMENT() SBN_MAP(const char *, int) map;
    SBN_XML_ELEMENT() sbn_datetime_offset when;
    SBN_XML_ELEMENT(.data_type = "hexBinary") const char *hex;
    SBN_XML_ELEMENT(.form = "loose") int loose;
    SBN_XML_ELEMENT(.default_value = "blue") enum colour colour;
    SBN_XML_ARRAY() int one;
    SBN_XML_ATTRIBUTE() const int *maybe;
    SBN_XML_ATTRIBUTE() const struct base *deep;
    SBN_XML_ELEMENT() SBN_XML_TEXT() const char *both;
    SBN_XML_ANY_ELEMENT() int any;
    SBN_XML_ELEMENT() union empty empty;
    SBN_XML_ELEMENT() SBN_ARRAY(union odd) odd;
    SBN_XML_TEXT() const char *text;
    SBN_XML_TEXT() const char *more;
    SBN_XML_ELEMENT(.name = "Same") int a;
    SBN_XML_ELEMENT(.name = "Same") int b;
};

SBN_XML_TYPE()
struct derived {
    SBN_BASE() struct base base;
    SBN_XML_TEXT() const char *text;
};

SBN_XML_SERIALIZER_FORMAT()
SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    void (*f)(const struct derived *x);
};
