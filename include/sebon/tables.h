/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The language that generated source files are written in: tables
 * (sebon/describe.h) in one line each. Only generated sources include this; its
 * words are short, and some are not in the library's name space.
 *
 * A struct is described between `#define S its_tag` and `#undef S`:
 *
 *     #define T(_name) shop##_name
 *     #define S shop_order
 *     TYPE(1, "Order",
 *         (ATTR, id, 0, "id", STRING)
 *         (ONE, count, 1, "count", INT32)
 *         (MANY, lines, line_count, 1, "line", STRUCT(line)));
 *     #undef S
 *
 * and the messages of an operation, in the same way, under its name:
 *
 *     #define S shop_buy
 *     WRAPPED(1, "Buy", (ONE, order, 1, "order", STRUCT(order)),
 *         (OPT, result, 1, "BuyResult", DOUBLE));
 *     #undef S
 *
 * What is defined for them ends in capitals, which no name made from XML does:
 * shop_order_FIELDS, shop_order_TYPE, shop_buy_IN_ELEMENT.
 */
#ifndef SEBON_TABLES_H
#define SEBON_TABLES_H

#include <stddef.h>

#include <sebon/client.h>
#include <sebon/describe.h>
#include <sebon/generated.h>
#include <sebon/server.h>

#define SBN__PASTE(a, b) a##b
#define SBN__JOIN(a, b) SBN__PASTE(a, b)

/* ---- Kinds ---------------------------------------------------------------- */

/*
 * The K of a field: a kind of describe.h without SBN_K_, or a type, whose name
 * is without the prefix that T adds, or whole in STRUCT_ and ENUM_. PUBLIC
 * ones, whole as well, are declared in the header.
 */
#define SBN__K_BOOL SBN_K_BOOL, NULL
#define SBN__K_INT8 SBN_K_INT8, NULL
#define SBN__K_INT16 SBN_K_INT16, NULL
#define SBN__K_INT32 SBN_K_INT32, NULL
#define SBN__K_INT64 SBN_K_INT64, NULL
#define SBN__K_UINT8 SBN_K_UINT8, NULL
#define SBN__K_UINT16 SBN_K_UINT16, NULL
#define SBN__K_UINT32 SBN_K_UINT32, NULL
#define SBN__K_UINT64 SBN_K_UINT64, NULL
#define SBN__K_FLOAT SBN_K_FLOAT, NULL
#define SBN__K_DOUBLE SBN_K_DOUBLE, NULL
#define SBN__K_DECIMAL SBN_K_DECIMAL, NULL
#define SBN__K_INTEGER SBN_K_INTEGER, NULL
#define SBN__K_STRING SBN_K_STRING, NULL
#define SBN__K_TOKEN SBN_K_TOKEN, NULL
#define SBN__K_DATETIME SBN_K_DATETIME, NULL
#define SBN__K_DATE SBN_K_DATE, NULL
#define SBN__K_TIME SBN_K_TIME, NULL
#define SBN__K_GYEAR SBN_K_GYEAR, NULL
#define SBN__K_GYEARMONTH SBN_K_GYEARMONTH, NULL
#define SBN__K_GMONTH SBN_K_GMONTH, NULL
#define SBN__K_GMONTHDAY SBN_K_GMONTHDAY, NULL
#define SBN__K_GDAY SBN_K_GDAY, NULL
#define SBN__K_DURATION SBN_K_DURATION, NULL
#define SBN__K_BASE64 SBN_K_BASE64, NULL
#define SBN__K_HEX SBN_K_HEX, NULL
#define SBN__K_QNAME SBN_K_QNAME, NULL
#define SBN__K_XML SBN_K_XML, NULL
#define SBN__K_STRUCT(name) SBN_K_STRUCT, &T(_##name##_TYPE)
#define SBN__K_ENUM(name) SBN_K_ENUM, &T(_##name##_ENUM)
#define SBN__K_STRUCT_(tag) SBN_K_STRUCT, &tag##_TYPE
#define SBN__K_ENUM_(tag) SBN_K_ENUM, &tag##_ENUM
#define SBN__K_PUBLIC(tag) SBN_K_STRUCT, &tag##_type
#define SBN__K_PUBLIC_ENUM(tag) SBN_K_ENUM, &tag##_enum

/* ---- Fields --------------------------------------------------------------- */

/*
 * Each is a word and, mostly, the member m, the number of the namespace, the
 * name in XML and K. OPT and others that may be absent tell so by the value
 * itself, a text or pointer that is NULL.
 *
 *   ONE      a value that is always there     ONENIL   it may be nil
 *   OPT      one that may be absent           NIL      m_nil tells nil
 *   REF      always there, by pointer         REFNIL   NULL means nil
 *   PTR      may be absent, by pointer        PTRNIL   m_nil tells nil
 *   HAS      has_m tells absent               HASNIL   m_nil tells nil
 *   MANY     any number; the count is next    MANYNIL  items may be nil
 *   MANYREF  the same by pointers             MANYREFNIL
 *   SOME     one or more                      ATMOST   as many as the last says
 *   ATTR     an attribute that may be absent  HASATTR  has_m tells
 *   MUSTATTR an attribute that is there
 *   ANY      any element    ANYS  any number of them; the count is next
 *   ANYATTR  any attribute  TEXT  the element's text: m and K
 *
 *   FLAGS    none of these, without other members: SBN_F_ are next
 *   COUNTED  none of these, with a count: m, count, ..., SBN_F_, min, max
 *   FULL     none of these: ..., SBN_F_, min, max, and the default in XML
 *   FULLHAS, FULLNIL, FULLBOTH   with the members that tell absent (or count)
 *            and nil behind SBN_F_
 */
#define SBN__AT(tag, m) ((uint32_t)offsetof(struct tag, m))
#define SBN__FIELD(name, ns, K, flags, at, has, nil, min, max, def)            \
    SBN__FIELD_OF(name, ns, K, flags, at, has, nil, min, max, def)
#define SBN__FIELD_OF(name, ns, kind, type, flags, at, has, nil, min, max, def)\
    {                                                                          \
        name, ns, kind, 0, flags, at, has, nil, min, max, type, def            \
    }
#define SBN__F_ONE(tag, m, ns, name, K)                                        \
    SBN__FIELD(name, ns, SBN__K_##K, 0, SBN__AT(tag, m), SBN_NONE,             \
        SBN_NONE, 1, 1, NULL)
#define SBN__F_ONENIL(tag, m, ns, name, K)                                     \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_NILLABLE, SBN__AT(tag, m),          \
        SBN_NONE, SBN_NONE, 1, 1, NULL)
#define SBN__F_OPT(tag, m, ns, name, K)                                        \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL, SBN__AT(tag, m),          \
        SBN_NONE, SBN_NONE, 0, 1, NULL)
#define SBN__F_NIL(tag, m, ns, name, K)                                        \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_NILLABLE,          \
        SBN__AT(tag, m), SBN_NONE, SBN__AT(tag, m##_nil), 0, 1, NULL)
#define SBN__F_REF(tag, m, ns, name, K)                                        \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_POINTER, SBN__AT(tag, m),           \
        SBN_NONE, SBN_NONE, 1, 1, NULL)
#define SBN__F_REFNIL(tag, m, ns, name, K)                                     \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_NILLABLE | SBN_F_POINTER,           \
        SBN__AT(tag, m), SBN_NONE, SBN_NONE, 1, 1, NULL)
#define SBN__F_PTR(tag, m, ns, name, K)                                        \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_POINTER,           \
        SBN__AT(tag, m), SBN_NONE, SBN_NONE, 0, 1, NULL)
#define SBN__F_PTRNIL(tag, m, ns, name, K)                                     \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_NILLABLE |         \
        SBN_F_POINTER, SBN__AT(tag, m), SBN_NONE, SBN__AT(tag, m##_nil),       \
        0, 1, NULL)
#define SBN__F_HAS(tag, m, ns, name, K)                                        \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL, SBN__AT(tag, m),          \
        SBN__AT(tag, has_##m), SBN_NONE, 0, 1, NULL)
#define SBN__F_HASNIL(tag, m, ns, name, K)                                     \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_NILLABLE,          \
        SBN__AT(tag, m), SBN__AT(tag, has_##m), SBN__AT(tag, m##_nil), 0,      \
        1, NULL)
#define SBN__F_MANY(tag, m, count, ns, name, K)                                \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_REPEATED,          \
        SBN__AT(tag, m), SBN__AT(tag, count), SBN_NONE, 0, 0, NULL)
#define SBN__F_MANYNIL(tag, m, count, ns, name, K)                             \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_REPEATED |         \
        SBN_F_NILLABLE, SBN__AT(tag, m), SBN__AT(tag, count), SBN_NONE, 0,     \
        0, NULL)
#define SBN__F_MANYREF(tag, m, count, ns, name, K)                             \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_REPEATED |         \
        SBN_F_POINTER, SBN__AT(tag, m), SBN__AT(tag, count), SBN_NONE, 0,      \
        0, NULL)
#define SBN__F_MANYREFNIL(tag, m, count, ns, name, K)                          \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_REPEATED |         \
        SBN_F_NILLABLE | SBN_F_POINTER, SBN__AT(tag, m), SBN__AT(tag,          \
        count), SBN_NONE, 0, 0, NULL)
#define SBN__F_SOME(tag, m, count, ns, name, K)                                \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_REPEATED, SBN__AT(tag, m),          \
        SBN__AT(tag, count), SBN_NONE, 1, 0, NULL)
#define SBN__F_ATMOST(tag, m, count, ns, name, K, max)                         \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_REPEATED,          \
        SBN__AT(tag, m), SBN__AT(tag, count), SBN_NONE, 0, max, NULL)
#define SBN__F_ATTR(tag, m, ns, name, K)                                       \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_ATTRIBUTE,         \
        SBN__AT(tag, m), SBN_NONE, SBN_NONE, 0, 1, NULL)
#define SBN__F_HASATTR(tag, m, ns, name, K)                                    \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_ATTRIBUTE,         \
        SBN__AT(tag, m), SBN__AT(tag, has_##m), SBN_NONE, 0, 1, NULL)
#define SBN__F_MUSTATTR(tag, m, ns, name, K)                                   \
    SBN__FIELD(name, ns, SBN__K_##K, SBN_F_ATTRIBUTE, SBN__AT(tag, m),         \
        SBN_NONE, SBN_NONE, 1, 1, NULL)
#define SBN__F_ANY(tag, m)                                                     \
    SBN__FIELD(NULL, 0, SBN__K_XML, SBN_F_OPTIONAL | SBN_F_ANY,                \
        SBN__AT(tag, m), SBN_NONE, SBN_NONE, 0, 1, NULL)
#define SBN__F_ANYS(tag, m, count)                                             \
    SBN__FIELD(NULL, 0, SBN__K_XML, SBN_F_OPTIONAL | SBN_F_REPEATED |          \
        SBN_F_ANY, SBN__AT(tag, m), SBN__AT(tag, count), SBN_NONE, 0, 0,       \
        NULL)
#define SBN__F_ANYATTR(tag, m)                                                 \
    SBN__FIELD(NULL, 0, SBN__K_XML, SBN_F_OPTIONAL | SBN_F_ATTRIBUTE |         \
        SBN_F_ANY, SBN__AT(tag, m), SBN_NONE, SBN_NONE, 0, 1, NULL)
#define SBN__F_TEXT(tag, m, K)                                                 \
    SBN__FIELD(NULL, 0, SBN__K_##K, SBN_F_TEXT, SBN__AT(tag, m), SBN_NONE,     \
        SBN_NONE, 1, 1, NULL)
#define SBN__F_FLAGS(tag, m, ns, name, K, flags)                               \
    SBN__FIELD(name, ns, SBN__K_##K, flags, SBN__AT(tag, m), SBN_NONE,         \
        SBN_NONE, ((flags)&SBN_F_OPTIONAL) ? 0 : 1, 1, NULL)
#define SBN__F_COUNTED(tag, m, count, ns, name, K, flags, min, max)            \
    SBN__FIELD(name, ns, SBN__K_##K, (flags) | SBN_F_REPEATED,                 \
        SBN__AT(tag, m), SBN__AT(tag, count), SBN_NONE, min, max, NULL)
#define SBN__F_FULL(tag, m, ns, name, K, flags, min, max, def)                 \
    SBN__FIELD(name, ns, SBN__K_##K, flags, SBN__AT(tag, m), SBN_NONE,         \
        SBN_NONE, min, max, def)
#define SBN__F_FULLHAS(tag, m, ns, name, K, flags, has, min, max, def)         \
    SBN__FIELD(name, ns, SBN__K_##K, flags, SBN__AT(tag, m), SBN__AT(tag,      \
        has), SBN_NONE, min, max, def)
#define SBN__F_FULLNIL(tag, m, ns, name, K, flags, nil, min, max, def)         \
    SBN__FIELD(name, ns, SBN__K_##K, flags, SBN__AT(tag, m), SBN_NONE,         \
        SBN__AT(tag, nil), min, max, def)
#define SBN__F_FULLBOTH(tag, m, ns, name, K, flags, has, nil, min, max,        \
    def)                                                                       \
    SBN__FIELD(name, ns, SBN__K_##K, flags, SBN__AT(tag, m), SBN__AT(tag,      \
        has), SBN__AT(tag, nil), min, max, def)

/* A list of them for the struct S, for that of what the operation S takes, and
 * of what it gives; SBN__LIST (sebon/generated.h) says how. */
#define SBN__FIELDS(word, ...) SBN__F_##word(S, __VA_ARGS__), SBN__FIELDS_A
#define SBN__FIELDS_A(word, ...) SBN__F_##word(S, __VA_ARGS__), SBN__FIELDS_B
#define SBN__FIELDS_B(word, ...) SBN__F_##word(S, __VA_ARGS__), SBN__FIELDS_A
#define SBN__FIELDS_END SBN__NO_FIELD
#define SBN__FIELDS_A_END
#define SBN__FIELDS_B_END

#define SBN__S_IN SBN__JOIN(S, _IN)
#define SBN__IN_FIELDS(word, ...)                                              \
    SBN__F_##word(SBN__S_IN, __VA_ARGS__), SBN__IN_FIELDS_A
#define SBN__IN_FIELDS_A(word, ...)                                            \
    SBN__F_##word(SBN__S_IN, __VA_ARGS__), SBN__IN_FIELDS_B
#define SBN__IN_FIELDS_B(word, ...)                                            \
    SBN__F_##word(SBN__S_IN, __VA_ARGS__), SBN__IN_FIELDS_A
#define SBN__IN_FIELDS_END SBN__NO_FIELD
#define SBN__IN_FIELDS_A_END
#define SBN__IN_FIELDS_B_END

#define SBN__S_OUT SBN__JOIN(S, _completed)
#define SBN__OUT_FIELDS(word, ...)                                             \
    SBN__F_##word(SBN__S_OUT, __VA_ARGS__), SBN__OUT_FIELDS_A
#define SBN__OUT_FIELDS_A(word, ...)                                           \
    SBN__F_##word(SBN__S_OUT, __VA_ARGS__), SBN__OUT_FIELDS_B
#define SBN__OUT_FIELDS_B(word, ...)                                           \
    SBN__F_##word(SBN__S_OUT, __VA_ARGS__), SBN__OUT_FIELDS_A
#define SBN__OUT_FIELDS_END SBN__NO_FIELD
#define SBN__OUT_FIELDS_A_END
#define SBN__OUT_FIELDS_B_END

/* An array is never empty in C; the count says that it is. */
#define SBN__NO_FIELD                                                          \
    {                                                                          \
        NULL, 0, SBN_K_XML, 0, 0, 0, 0, 0, 0, 0, NULL, NULL                    \
    }
#define SBN__COUNT(list) (0 SBN__LIST(SBN__COUNT_A list))
#define SBN__COUNT_A(...) +1 SBN__COUNT_B
#define SBN__COUNT_B(...) +1 SBN__COUNT_A
#define SBN__COUNT_A_END
#define SBN__COUNT_B_END

/* ---- Types ---------------------------------------------------------------- */

/* tag_FIELDS, and the type with them. */
#define SBN__TABLE(tag, FIELDS, list)                                          \
    static const sbn_field SBN__JOIN(tag, _FIELDS)[] = {SBN__LIST(FIELDS list)}
#define SBN__TYPE(tag, ns, name, flags, base, list)                            \
    {                                                                          \
        name, ns, flags, sizeof(struct tag), SBN__COUNT(list),                 \
            SBN__JOIN(tag, _FIELDS), base                                      \
    }

/* The type of S, that with flags (SBN_TYPE_) and a base type, and one that is
 * declared in the header. */
#define TYPE(ns, name, list) TYPE_(ns, name, 0, NULL, list)
#define TYPE_(ns, name, flags, base, list)                                     \
    SBN__TABLE(S, SBN__FIELDS, list);                                          \
    static const sbn_type SBN__JOIN(S, _TYPE) =                                \
        SBN__TYPE(S, ns, name, flags, base, list)
#define PUBLIC_TYPE(ns, name, flags, base, list)                               \
    SBN__TABLE(S, SBN__FIELDS, list);                                          \
    const sbn_type SBN__JOIN(S, _type) =                                       \
        SBN__TYPE(S, ns, name, flags, base, list)

/* The values of an enumeration, as they are in XML. */
#define SBN__ENUM(tag)                                                         \
    {                                                                          \
        tag##_TEXTS, (uint32_t)(sizeof(tag##_TEXTS) / sizeof(char *))          \
    }
#define VALUES(tag, ...)                                                       \
    static const char *const tag##_TEXTS[] = {__VA_ARGS__};                    \
    static const sbn_enum tag##_ENUM = SBN__ENUM(tag)
#define PUBLIC_VALUES(tag, ...)                                                \
    static const char *const tag##_TEXTS[] = {__VA_ARGS__};                    \
    const sbn_enum tag##_enum = SBN__ENUM(tag)

/* ---- Messages ------------------------------------------------------------- */

/*
 * The body of operation S: what it takes, in struct S_IN, and what it gives, in
 * struct S_completed.
 *
 *   IN, OUT      an element with these fields in it
 *   WRAPPED      both, where the answer is in nameResponse
 *   BARE_IN ..   an element that is the only member of the struct
 *   SEVERAL_IN.. several elements
 */
#define IN(ns, name, list)                                                     \
    SBN__ELEMENT(SBN__S_IN, SBN__IN_FIELDS, ns, name, 0, list)
#define OUT(ns, name, list)                                                    \
    SBN__ELEMENT(SBN__S_OUT, SBN__OUT_FIELDS, ns, name, 0, list)
#define WRAPPED(ns, name, takes, gives)                                        \
    IN(ns, name, takes);                                                       \
    OUT(ns, name "Response", gives)
#define SEVERAL_IN(list)                                                       \
    SBN__ELEMENT(SBN__S_IN, SBN__IN_FIELDS, 0, NULL, SBN_F_GROUP, list)
#define SEVERAL_OUT(list)                                                      \
    SBN__ELEMENT(SBN__S_OUT, SBN__OUT_FIELDS, 0, NULL, SBN_F_GROUP, list)
#define BARE_IN(field)                                                         \
    static const sbn_field SBN__JOIN(SBN__S_IN, _ELEMENT)[] = {                \
        SBN__LIST(SBN__IN_FIELDS field)}
#define BARE_OUT(field)                                                        \
    static const sbn_field SBN__JOIN(SBN__S_OUT, _ELEMENT)[] = {               \
        SBN__LIST(SBN__OUT_FIELDS field)}

#define SBN__ELEMENT(tag, FIELDS, ns, name, flags, list)                       \
    SBN__TABLE(tag, FIELDS, list);                                             \
    static const sbn_type SBN__JOIN(tag, _TYPE) =                              \
        SBN__TYPE(tag, ns, NULL, 0, NULL, list);                               \
    static const sbn_field SBN__JOIN(tag, _ELEMENT)[] = {                      \
        {name, ns, SBN_K_STRUCT, 0, flags, 0, SBN_NONE, SBN_NONE, 1, 1,        \
         &SBN__JOIN(tag, _TYPE), NULL}}

/* S_PART, a header entry or a fault: the element that is the only member of
 * struct S. */
#define PART(field)                                                            \
    static const sbn_field SBN__JOIN(S, _ELEMENT)[] = {                        \
        SBN__LIST(SBN__FIELDS field)};                                         \
    static const sbn_part SBN__JOIN(S, _PART) = {SBN__JOIN(S, _ELEMENT),       \
                                                 sizeof(struct S), NULL}
/* The same with an entry's must_understand, relay and actor. */
#define MARKED_PART(field, must_understand, relay, actor)                      \
    static const sbn_field SBN__JOIN(S, _ELEMENT)[] = {                        \
        SBN__LIST(SBN__FIELDS field)};                                         \
    static const sbn_header_marks SBN__JOIN(S, _MARKS) = {must_understand,     \
                                                          relay, actor};       \
    static const sbn_part SBN__JOIN(S, _PART) = {                              \
        SBN__JOIN(S, _ELEMENT), sizeof(struct S), &SBN__JOIN(S, _MARKS)}

/* ---- Operations ----------------------------------------------------------- */

/*
 * An operation's entry in the table of a service, whose prefix P adds:
 *
 *     #define P(_name) shop##_name
 *
 * OP is one whose messages both have an element, and whose action is its name
 * behind ACTION. OP_ has another action; OPERATION says all: the member of the
 * service struct, which messages have an element (IN_OUT, IN_ONLY, OUT_ONLY or
 * NO_BODY), flags (SBN_OP_) and extras (headers and faults).
 */
#define OP(op, name)                                                           \
    SBN__OPERATION(_##op, IN_OUT, name, ACTION name, 0, NULL,                  \
                   SBN__CALLED(_##op, op##_completed),                         \
                   SBN__SERVED(_##op, op, begin_##op, end_##op))
#define OP_(op, name, action)                                                  \
    SBN__OPERATION(_##op, IN_OUT, name, action, 0, NULL,                       \
                   SBN__CALLED(_##op, op##_completed),                         \
                   SBN__SERVED(_##op, op, begin_##op, end_##op))
#define OPERATION(op, member, body, name, action, flags, extras)               \
    SBN__OPERATION(_##op, body, name, action, flags, extras,                   \
                   SBN__CALLED(_##op, op##_completed),                         \
                   SBN__SERVED(_##op, member, begin_##op, end_##op))
/* Where only the client is generated. */
#define CLIENT_OP(op, name)                                                    \
    SBN__OPERATION(_##op, IN_OUT, name, ACTION name, 0, NULL,                  \
                   SBN__CALLED(_##op, op##_completed), SBN__NOT_SERVED)
#define CLIENT_OP_(op, name, action)                                           \
    SBN__OPERATION(_##op, IN_OUT, name, action, 0, NULL,                       \
                   SBN__CALLED(_##op, op##_completed), SBN__NOT_SERVED)
#define CLIENT_OPERATION(op, member, body, name, action, flags, extras)        \
    SBN__OPERATION(_##op, body, name, action, flags, extras,                   \
                   SBN__CALLED(_##op, op##_completed), SBN__NOT_SERVED)
/* Where only the service is. */
#define SERVICE_OP(op, name)                                                   \
    SBN__OPERATION(_##op, IN_OUT, name, ACTION name, 0, NULL, SBN__NOT_CALLED, \
                   SBN__SERVED_ALONE(_##op, op, begin_##op, end_##op))
#define SERVICE_OP_(op, name, action)                                          \
    SBN__OPERATION(_##op, IN_OUT, name, action, 0, NULL, SBN__NOT_CALLED,      \
                   SBN__SERVED_ALONE(_##op, op, begin_##op, end_##op))
#define SERVICE_OPERATION(op, member, body, name, action, flags, extras)       \
    SBN__OPERATION(_##op, body, name, action, flags, extras, SBN__NOT_CALLED,  \
                   SBN__SERVED_ALONE(_##op, member, begin_##op, end_##op))

#define SBN__OPERATION(_op, body, name, action, flags, extras, called, served) \
    {                                                                          \
        name, action, flags, SBN__##body(_op), called, served, extras          \
    }
#define SBN__IN_OUT(_op)                                                       \
    sizeof(struct P(_op##_IN)), sizeof(struct P(_op##_completed)),             \
        P(_op##_IN_ELEMENT), P(_op##_completed_ELEMENT)
#define SBN__IN_ONLY(_op)                                                      \
    sizeof(struct P(_op##_IN)), 0, P(_op##_IN_ELEMENT), NULL
#define SBN__OUT_ONLY(_op)                                                     \
    0, sizeof(struct P(_op##_completed)), NULL, P(_op##_completed_ELEMENT)
#define SBN__NO_BODY(_op) 0, 0, NULL, NULL

/* Offsets of members of the structs of events and of the service, which is
 * what P adds where the service is alone. */
#define SBN__CALLED(_op, event)                                                \
    P(_op##_COMPLETED), SBN__AT(P(_events), event)
#define SBN__NOT_CALLED NULL, 0
#define SBN__SERVED(_op, whole, begin, end)                                    \
    SBN__AT(P(_service), whole), SBN__AT(P(_service), begin),                  \
        SBN__AT(P(_service), end), P(_op##_INVOKE)
#define SBN__SERVED_ALONE(_op, whole, begin, end)                              \
    SBN__AT(P(), whole), SBN__AT(P(), begin), SBN__AT(P(), end),               \
        P(_op##_INVOKE)
#define SBN__NOT_SERVED 0, 0, 0, NULL

/* ---- Services ------------------------------------------------------------- */

/* The contract of the service, whose operations stand before it. TYPES: those
 * that xsi:type may name stand there, too. */
#define SBN__SIZE(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))
#define CONTRACT(symbol, name, ns, types, metadata, docs, soap)                \
    const sbn_contract symbol = {                                              \
        SBN_ABI, name, ns, namespaces, SBN__SIZE(namespaces),                  \
        SBN__SIZE(P(_OPERATIONS)), P(_OPERATIONS), types, metadata, docs,      \
        soap}
#define EMPTY_CONTRACT(symbol, name, ns, types, metadata, docs, soap)          \
    const sbn_contract symbol = {                                              \
        SBN_ABI, name, ns, namespaces, SBN__SIZE(namespaces), 0, NULL, types,  \
        metadata, docs, soap}
#define TYPES types, SBN__SIZE(types)
#define NO_TYPES NULL, 0

/* What the header declares beside operations; default_url may be NULL, so may
 * another for SOAP 1.2. */
#define CLIENT(P, default_url, default_url_12)                                 \
    sbn_status P##_client_new(sbn_runtime *runtime, const char *url,           \
                              const sbn_client_options *options,               \
                              P##_client **ret_client)                         \
    {                                                                          \
        sbn_client *client;                                                    \
        sbn_status status;                                                     \
                                                                               \
        if (url == NULL && options != NULL && options->soap == SBN_SOAP_12)    \
            url = default_url_12;                                              \
        if (url == NULL)                                                       \
            url = default_url;                                                 \
        status = sbn_client_new(runtime, url, options, &P##_contract, &client);\
        if (status == SBN_OK)                                                  \
            *ret_client = (P##_client *)client;                                \
        return status;                                                         \
    }                                                                          \
    void P##_client_free(P##_client *client)                                   \
    {                                                                          \
        sbn_client_free((sbn_client *)client);                                 \
    }                                                                          \
    sbn_client *P##_client_base(P##_client *client)                            \
    {                                                                          \
        return (sbn_client *)client;                                           \
    }                                                                          \
    sbn_status P##_client_listen(P##_client *client,                           \
                                 const struct P##_events *events, void *data)  \
    {                                                                          \
        return sbn_client_listen((sbn_client *)client, events, data);          \
    }
#define SERVICE(P) SBN__SERVICE(P##_service, P##_service_bind, P##_contract)
/* Where client and service are in files of their own. */
#define SERVICE_OF(P, contract)                                                \
    SBN__SERVICE(P##_service, P##_service_bind, contract)
#define SBN__SERVICE(tag, bind, contract)                                      \
    sbn_status bind(sbn_server *server, const char *path,                      \
                    const struct tag *functions,                               \
                    const sbn_service_options *options)                        \
    {                                                                          \
        return sbn_service_bind(server, path, &contract, functions, options);  \
    }

#endif
