/* SPDX-License-Identifier: Apache-2.0 */
/* What XmlSerializer writes, in all its forms, beside data contracts. */
#ifndef LIBRARY_CONTRACT_H
#define LIBRARY_CONTRACT_H

#include <sebon/contract.h>

/* In both formats, each with its own name. */
SBN_XML_TYPE(.name = "ShelfMark")
SBN_DATA_CONTRACT(.name = "Mark", .underlying = "uint8_t")
enum mark { MARK_NONE, MARK_LENT = 3 };

SBN_XML_TYPE(.ns = "urn:library:people")
struct person {
    SBN_XML_ATTRIBUTE(.name = "id", .ns = "urn:library:ids") const char *id;
    SBN_XML_ELEMENT(.name = "Since", .ns = "urn:library:dates")
    sbn_date_only since;
    SBN_XML_TEXT() const char *remark;
};

/* How long a loan lasts. */
SBN_XML_CHOICE()
union period {
    SBN_XML_ELEMENT() int days;
    SBN_XML_ELEMENT() int weeks;
};

SBN_XML_TYPE()
struct loan {
    SBN_XML_ELEMENT(.order = 2) const struct person *reader;
    SBN_XML_ELEMENT(.order = 1) union period period; /* stands first */
    SBN_XML_ATTRIBUTE(.default_value = "None") enum mark mark;
    SBN_XML_ARRAY(.name = "Notes", .order = 4, .is_nullable = true)
    SBN_XML_ARRAY_ITEM(.name = "Note", .data_type = "token")
    SBN_ARRAY(const char *) notes;
    SBN_XML_ARRAY(.order = 5) SBN_ARRAY(const char *) words;
    SBN_XML_ARRAY(.order = 6) SBN_ARRAY(SBN_ARRAY(const int *)) grid;
    SBN_XML_ELEMENT(.order = 7) struct person keeper;
    SBN_XML_ELEMENT(.order = 8) sbn_time_only hour;
    SBN_XML_ANY_ATTRIBUTE() sbn_xml more;
};

SBN_DATA_CONTRACT(.name = "ListOf{0}And{1}{#}", .ns = "urn:library:data")
SBN_TYPE_ARGUMENT(const char *)
SBN_TYPE_ARGUMENT(enum mark)
struct mark_list {
    SBN_DATA_MEMBER() SBN_MAP(const char *, enum mark) marks;
    SBN_DATA_MEMBER() sbn_date_only day;
    SBN_DATA_MEMBER() const sbn_time_only *time;
};

SBN_DATA_CONTRACT()
struct lost {
    SBN_DATA_MEMBER() const char *what;
};

SBN_XML_TYPE()
struct late {
    SBN_XML_ELEMENT() int days;
};

SBN_SERVICE_CONTRACT(.ns = "urn:library")
struct library {
    SBN_OPERATION_CONTRACT()
    struct mark_list *(*list)(const struct mark_list *marks);

    /* Faults are data contracts unless it is said. */
    SBN_OPERATION_CONTRACT()
    SBN_FAULT_CONTRACT(struct lost)
    SBN_XML_SERIALIZER_FORMAT()
    struct loan *(*lend)(const struct loan *loan, enum mark mark,
                         SBN_XML_ELEMENT() SBN_ARRAY(int) copies,
                         SBN_XML_ARRAY(.is_nullable = true)
                         SBN_XML_ARRAY_ITEM(.name = "copy")
                         SBN_ARRAY(int) others);

    SBN_OPERATION_CONTRACT(.is_one_way = true)
    SBN_XML_SERIALIZER_FORMAT()
    void (*remind)(const char *whom);

    SBN_OPERATION_CONTRACT()
    SBN_FAULT_CONTRACT(struct late)
    SBN_XML_SERIALIZER_FORMAT(.style = "rpc", .support_faults = true)
    bool (*give_back)(const struct person *reader, int *ret_left);
};

#endif
