/* SPDX-License-Identifier: Apache-2.0 */
/* What XmlSerializer writes. */
#ifndef NET_XMLSER_H
#define NET_XMLSER_H

#include <sebon/contract.h>

SBN_XML_TYPE()
enum genre {
    SBN_ENUM_MEMBER(.value = "science fiction") GENRE_SCIENCE_FICTION,
    SBN_ENUM_MEMBER(.value = "Crime") GENRE_CRIME,
    SBN_ENUM_MEMBER(.value = "1960s") GENRE_SIXTIES
};

SBN_XML_TYPE(.is_flags = true)
enum marks { MARKS_NONE = 0, MARKS_A = 1, MARKS_B = 2 };

SBN_XML_TYPE()
struct chapter {
    SBN_XML_ATTRIBUTE(.name = "no") int number;
    SBN_XML_TEXT() const char *title;
};

SBN_XML_TYPE()
struct book {
    SBN_XML_ATTRIBUTE(.name = "isbn") const char *isbn;
    SBN_XML_ATTRIBUTE(.has_specified = true) int year;
    SBN_XML_ATTRIBUTE(.data_type = "date") sbn_datetime printed;
    SBN_XML_ATTRIBUTE() enum genre genre;
    SBN_XML_ELEMENT(.name = "author") SBN_ARRAY(const char *) authors;
    SBN_XML_ELEMENT(.is_nullable = true) const char *subtitle;
    SBN_XML_ELEMENT() const int *edition;
    SBN_XML_ELEMENT() const char *plain;
    SBN_XML_ELEMENT(.default_value = "1") int copies;
    SBN_XML_ELEMENT(.default_value = "en") const char *language;
    SBN_XML_ELEMENT(.has_specified = true) int stock;
    SBN_XML_ELEMENT() const sbn_decimal *price;
    SBN_XML_ARRAY() SBN_ARRAY(const struct chapter *) chapters;
    SBN_XML_ELEMENT(.data_type = "hexBinary") sbn_bytes hash;
    SBN_XML_ELEMENT() sbn_bytes cover;
    SBN_XML_ELEMENT() sbn_time_only at;
    SBN_XML_ELEMENT(.name = "loose", .form = "unqualified") const char *loose;
};

SBN_XML_CHOICE()
union item {
    SBN_XML_ELEMENT() const char *text;
    SBN_XML_ELEMENT() int number;
    SBN_XML_ELEMENT() const struct book *book;
};

SBN_XML_CHOICE()
union measure {
    SBN_XML_ELEMENT() double inches;
    SBN_XML_ELEMENT() double centimetres;
};

SBN_XML_TYPE()
struct choosy {
    SBN_XML_ELEMENT() SBN_ARRAY(union item) items;
    SBN_XML_ELEMENT() union measure measure;
    SBN_XML_ANY_ELEMENT() SBN_ARRAY(sbn_xml_element) others;
    SBN_XML_ANY_ATTRIBUTE() sbn_xml attributes;
};

SBN_XML_CHOICE()
union run {
    SBN_XML_TEXT() const char *text;
    SBN_XML_ELEMENT(.name = "b") const char *bold;
    SBN_XML_ELEMENT(.name = "i") const struct chapter *italic;
};

SBN_XML_TYPE()
struct mixed {
    SBN_XML_ELEMENT() SBN_ARRAY(union run) runs;
};

SBN_KNOWN_TYPE(struct car)
SBN_KNOWN_TYPE(struct bicycle)
SBN_XML_TYPE()
struct vehicle {
    SBN_XML_ELEMENT() const char *name;
};

SBN_XML_TYPE()
struct car {
    SBN_BASE() struct vehicle base;
    SBN_XML_ELEMENT() int doors;
};

SBN_XML_TYPE(.ns = "urn:sebon:interop:xmlser:bikes")
struct bicycle {
    SBN_BASE() struct vehicle base;
    SBN_XML_ATTRIBUTE() bool bell;
};

SBN_XML_TYPE()
struct xml_fault {
    SBN_XML_ATTRIBUTE(.name = "code") int code;
    SBN_XML_ELEMENT() const char *text;
};

SBN_MESSAGE_CONTRACT()
struct xml_message {
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers")
    const struct chapter *head;
    SBN_MESSAGE_BODY_MEMBER(.order = 1)
    enum genre genre;
    SBN_MESSAGE_BODY_MEMBER(.order = 2)
    SBN_XML_ELEMENT(.name = "item")
    SBN_ARRAY(const char *) items;
};

SBN_MESSAGE_CONTRACT()
struct xml_message_reply {
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers")
    const struct chapter *head;
    SBN_MESSAGE_BODY_MEMBER()
    int count;
};

SBN_XML_SERIALIZER_FORMAT(.support_faults = true)
SBN_SERVICE_CONTRACT(.name = "IXmlDoc", .ns = "urn:sebon:interop:xmlser",
                     .service = "XmlDocService")
struct xml_doc {
    SBN_OPERATION_CONTRACT()
    struct book *(*echo_book)(const struct book *book);
    SBN_OPERATION_CONTRACT()
    struct choosy *(*echo_choosy)(const struct choosy *value);
    SBN_OPERATION_CONTRACT()
    struct mixed *(*echo_mixed)(const struct mixed *value);
    SBN_OPERATION_CONTRACT()
    struct vehicle *(*echo_vehicle)(const struct vehicle *value);
    SBN_OPERATION_CONTRACT()
    SBN_ARRAY(const struct vehicle *)
    (*echo_vehicles)(SBN_ARRAY(const struct vehicle *) value);
    SBN_OPERATION_CONTRACT()
    SBN_ARRAY(int) (*echo_ints)(SBN_ARRAY(int) value);
    SBN_OPERATION_CONTRACT()
    const char *(*echo_string)(const char *value);
    SBN_OPERATION_CONTRACT()
    const int *(*echo_nullable)(const int *value);
    SBN_OPERATION_CONTRACT()
    enum marks (*echo_marks)(enum marks value);
    SBN_OPERATION_CONTRACT(.name = "EchoDateTime")
    sbn_datetime (*echo_datetime)(sbn_datetime value);
    SBN_OPERATION_CONTRACT()
    sbn_duration (*echo_time_span)(sbn_duration value);
    SBN_OPERATION_CONTRACT()
    sbn_guid (*echo_guid)(sbn_guid value);
    SBN_OPERATION_CONTRACT()
    sbn_char (*echo_char)(sbn_char value);
    SBN_OPERATION_CONTRACT()
    double (*echo_double)(double value);
    SBN_OPERATION_CONTRACT()
    sbn_dataset (*echo_odd)(sbn_dataset value);
    SBN_OPERATION_CONTRACT()
    int (*outs)(const char *text, int *ret_length, struct book **book);
    SBN_OPERATION_CONTRACT()
    void (*nothing)(void);
    SBN_FAULT_CONTRACT(struct xml_fault)
    SBN_OPERATION_CONTRACT()
    void (*fail)(const char *why);
    SBN_OPERATION_CONTRACT()
    struct xml_message_reply *(*contracted)(const struct xml_message *message);
};

#endif
