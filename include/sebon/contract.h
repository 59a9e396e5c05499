/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A contract written in C: `sebon contract FILE.h` reads what stands behind
 * these words and writes the WSDL, the schemas and the C of the service. To a
 * compiler they are nothing, so that it can check the rest.
 *
 *     SBN_SERVICE_CONTRACT(.ns = "http://Microsoft.ServiceModel.Samples")
 *     struct calculator {
 *         SBN_OPERATION_CONTRACT()
 *         double (*add)(double n1, double n2);
 *     };
 *
 * Options are written as designated initializers, in any order: text in
 * quotes, true or false, numbers. docs/contracts.md describes all of them.
 */
#ifndef SEBON_CONTRACT_H
#define SEBON_CONTRACT_H

#include <sebon/types.h>

/* Before a struct of function pointers.
 * .name .ns .service .service_ns .binding .binding_ns .address */
#define SBN_SERVICE_CONTRACT(...)

/* Before a member of it.
 * .name .action .reply_action .is_one_way .async_pattern */
#define SBN_OPERATION_CONTRACT(...)
/* Before the same member; the type of the detail comes first.
 * .name .ns .action */
#define SBN_FAULT_CONTRACT(...)
/* Before the same member, about what it returns.
 * .name .nillable .is_required */
#define SBN_RETURN(...)
/* Before a parameter.
 * .name .nillable .is_required */
#define SBN_PARAMETER(...)

/* Before a struct or an enum, or the typedef that holds one.
 * .name .ns .is_flags .is_value_type .is_reference .underlying */
#define SBN_DATA_CONTRACT(...)
/* Before a member of the struct; members without it are not part of it.
 * .name .order .is_required .nillable .emit_default_value */
#define SBN_DATA_MEMBER(...)
/* Before an enumerator; .number where it does not fit an int.
 * .value .number */
#define SBN_ENUM_MEMBER(...)
/* Before a typedef of SBN_ARRAY or SBN_MAP.
 * .name .ns .item_name .key_name .value_name */
#define SBN_COLLECTION_CONTRACT(...)
/* Before a member that is what the struct extends, and its first. */
#define SBN_BASE(...)
/* Before a struct or a member: a type that may stand where its base is said. */
#define SBN_KNOWN_TYPE(...)

/* Before a data contract whose name says BoxOf{0}{#}: what stands for {0}, {1}
 * ... */
#define SBN_TYPE_ARGUMENT(...)

/* Before a contract or one of its operations: data contracts (.style), or
 * XmlSerializer's rules (.style .use .support_faults). */
#define SBN_DATA_CONTRACT_FORMAT(...)
#define SBN_XML_SERIALIZER_FORMAT(...)
/* Before a struct or an enum that XmlSerializer writes.
 * .name .ns .is_flags */
#define SBN_XML_TYPE(...)
/* Before a union: one of its members is there. */
#define SBN_XML_CHOICE(...)
/* Before members of both; an array that is an element stands once for each
 * item, one that is an array in an element around them.
 * .name .ns .order .is_nullable .data_type .form .default_value .has_specified */
#define SBN_XML_ELEMENT(...)
/* .name .ns .data_type .default_value .has_specified */
#define SBN_XML_ATTRIBUTE(...)
/* .data_type */
#define SBN_XML_TEXT(...)
/* .name .ns .order .is_nullable .form; its items: .name .is_nullable
 * .data_type */
#define SBN_XML_ARRAY(...)
#define SBN_XML_ARRAY_ITEM(...)
/* .order */
#define SBN_XML_ANY_ELEMENT(...)
#define SBN_XML_ANY_ATTRIBUTE(...)

/* Before a struct that is a whole message.
 * .name .is_wrapped .wrapper_name .wrapper_ns */
#define SBN_MESSAGE_CONTRACT(...)
/* Before its members; _ARRAY: the header once for each item.
 * .name .ns .must_understand .relay .actor */
#define SBN_MESSAGE_HEADER(...)
#define SBN_MESSAGE_HEADER_ARRAY(...)
/* .name .ns .order */
#define SBN_MESSAGE_BODY_MEMBER(...)

/* At the top of a file: the namespace of its data contracts. */
#define SBN_CONTRACT_NAMESPACE(...)

/* Many of T; from K to V; a key with its value. */
#define SBN_ARRAY(T) T const *
#define SBN_MAP(K, V) V const *
#define SBN_PAIR(K, V) V

SBN_BEGIN_DECLS

/* xs:string of a certain form, with the names that WCF gives them */
typedef const char *sbn_guid;
typedef const char *sbn_uri;
/* a UTF-16 code unit */
typedef uint16_t sbn_char;
/* two values: the time in UTC and the minutes east of it */
typedef sbn_datetime sbn_datetime_offset;
/* one element of any name; sbn_xml is anything, even text */
typedef sbn_xml sbn_xml_element;
/* a schema and what it describes */
typedef sbn_xml sbn_dataset;
/* a day, and a time of day, without a time zone */
typedef sbn_datetime sbn_date_only;
typedef sbn_datetime sbn_time_only;

/* A message as it is, and a body that is one long base64Binary: as the only
 * parameter, or as what is returned. */
typedef struct sbn_message sbn_message;
typedef struct sbn_stream sbn_stream;

/* Of Begin and End functions. */
typedef struct sbn_async_result sbn_async_result;
typedef void sbn_async_callback(sbn_async_result *result);

SBN_END_DECLS

#endif
