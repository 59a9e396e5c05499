/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Descriptions: the constant tables that generated code consists of, and that
 * the codec in the library walks. Programs do not write or read them.
 *
 * A table never changes and outlives every client and server that uses it.
 */
#ifndef SEBON_DESCRIBE_H
#define SEBON_DESCRIBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/marks.h>
#include <sebon/status.h>
#include <sebon/types.h>

SBN_BEGIN_DECLS

/* Changes with the layout or meaning of anything below. A library refuses
 * tables of another number (SBN_EABI). */
#define SBN_ABI 3

/* How a value is kept in C and written in XML. */
typedef enum sbn_kind {
    SBN_K_BOOL,     /* bool */
    SBN_K_INT8,     /* int8_t */
    SBN_K_INT16,    /* int16_t */
    SBN_K_INT32,    /* int32_t */
    SBN_K_INT64,    /* int64_t */
    SBN_K_UINT8,    /* uint8_t */
    SBN_K_UINT16,   /* uint16_t */
    SBN_K_UINT32,   /* uint32_t */
    SBN_K_UINT64,   /* uint64_t */
    SBN_K_FLOAT,    /* float */
    SBN_K_DOUBLE,   /* double */
    SBN_K_DECIMAL,  /* sbn_decimal: an xs:decimal, checked */
    SBN_K_INTEGER,  /* sbn_decimal: an xs:integer, checked */
    SBN_K_STRING,   /* const char *, white space kept */
    SBN_K_TOKEN,    /* const char *, white space collapsed */
    SBN_K_ENUM,     /* a C enum, as wide as int; type is sbn_enum */
    SBN_K_DATETIME, /* sbn_datetime, and so on to GMONTHDAY */
    SBN_K_DATE,
    SBN_K_TIME,
    SBN_K_GYEAR,
    SBN_K_GYEARMONTH,
    SBN_K_GMONTH,
    SBN_K_GMONTHDAY,
    SBN_K_GDAY,
    SBN_K_DURATION, /* sbn_duration */
    SBN_K_BASE64,   /* sbn_bytes */
    SBN_K_HEX,      /* sbn_bytes */
    SBN_K_QNAME,    /* sbn_qname */
    SBN_K_XML,      /* sbn_xml: the element's content and attributes as they
                       are (anyType, mixed); a wildcard with SBN_F_ANY */
    SBN_K_STRUCT    /* a struct; type is sbn_type */
} sbn_kind;

/* Flags of a field. */
enum {
    SBN_F_OPTIONAL = 1 << 0,  /* may be absent (minOccurs 0, use optional) */
    SBN_F_REPEATED = 1 << 1,  /* a T * at offset, a size_t at count */
    SBN_F_NILLABLE = 1 << 2,  /* xsi:nil allowed */
    SBN_F_POINTER = 1 << 3,   /* kept as T *, items of a repeated one as T **,
                                 whatever the kind (texts are pointers anyway
                                 and do not have it); NULL: absent, or nil when
                                 that is allowed and absent is not */
    SBN_F_ATTRIBUTE = 1 << 4, /* an attribute */
    SBN_F_TEXT = 1 << 5,      /* the element's text (simple content) */
    SBN_F_LIST = 1 << 6,      /* with REPEATED: an xs:list in one text */
    SBN_F_ANY = 1 << 7,       /* matches elements no other field matches (an
                                 XML value: as they are; other kinds: the items
                                 of a SOAP array, written as `name`); with
                                 ATTRIBUTE: attributes no other one matches,
                                 as the text they are in a start tag */
    SBN_F_GROUP = 1 << 8,     /* no element of its own: type's fields stand
                                 here (model groups that repeat, choices) */
    SBN_F_DEFAULT = 1 << 9    /* absent means the value in text `def` */
};

typedef struct sbn_type sbn_type;

typedef struct sbn_enum {
    const char *const *texts; /* by value, 0 .. count-1 */
    uint32_t count;
} sbn_enum;

/* SBN_NONE: the field has no such member. */
#define SBN_NONE UINT32_MAX

typedef struct sbn_field {
    const char *name;  /* local name; NULL for TEXT, ANY, GROUP */
    uint16_t ns;       /* index into sbn_contract.namespaces; 0: none */
    uint8_t kind;      /* sbn_kind */
    uint8_t pad;
    uint32_t flags;    /* SBN_F_ */
    uint32_t offset;   /* of the value in the struct */
    uint32_t has;      /* of `bool has_x` (OPTIONAL scalars), of `size_t` count
                          (REPEATED); SBN_NONE: none, NULL means absent */
    uint32_t nil;      /* of `bool x_nil` (NILLABLE), SBN_NONE: none, NULL
                          means nil */
    uint32_t min, max; /* occurrences; max 0: unbounded */
    const void *type;  /* sbn_type or sbn_enum */
    const char *def;   /* default or fixed value, lexical form; NULL: none */
} sbn_field;

/* Flags of a type. */
enum {
    SBN_TYPE_CHOICE = 1 << 0, /* one of the fields: `which` (int at offset 0)
                                 is the field's number from 1, 0: none */
    SBN_TYPE_ALL = 1 << 1,    /* xs:all: any order is right when writing too */
    SBN_TYPE_POLY = 1 << 2,   /* first member is `const sbn_type *type`: NULL
                                 or which derived struct this is (xsi:type) */
    SBN_TYPE_ARRAY = 1 << 3,  /* a SOAP array: one field, its items */
    SBN_TYPE_REFERENCE = 1 << 4, /* .NET's IsReference: several pointers may
                                   point to one struct (z:Id, z:Ref) */
    SBN_TYPE_NIL = 1 << 5 /* xsi:nil is one of the attributes: the element may
                             be nil and have others */
};

struct sbn_type {
    const char *name; /* of the schema type; NULL: anonymous */
    uint16_t ns;
    uint16_t flags; /* SBN_TYPE_ */
    uint32_t size;  /* sizeof the struct */
    uint32_t field_count;
    const sbn_field *fields; /* attributes first, then content in order; those
                                of base types included */
    const sbn_type *base;    /* NULL: none */
};

struct sbn_completion;
struct sbn_request;

/* Which of an operation's functions is called. */
typedef enum sbn_step {
    SBN_STEP_WHOLE, /* the synchronous one */
    SBN_STEP_BEGIN,
    SBN_STEP_END
} sbn_step;

/* Flags of an operation. */
enum {
    SBN_OP_ONE_WAY = 1 << 0,
    SBN_OP_ENCODED_IN = 1 << 1, /* SOAP 1.1, 5: the encoding with references */
    SBN_OP_ENCODED_OUT = 1 << 2
};

/* A header entry or what a fault's detail holds: its element is described as a
 * field of a struct that has nothing else. */
typedef struct sbn_part {
    const sbn_field *field;
    uint32_t size; /* sizeof that struct */
    const sbn_header_marks *marks; /* of a header entry; NULL: none */
} sbn_part;

/* What few operations have; lists end with NULL, and are NULL when empty. */
typedef struct sbn_extras {
    const sbn_part *const *in_headers;
    const sbn_part *const *out_headers; /* header faults among them */
    const sbn_part *const *faults;
} sbn_extras;

/*
 * A message's body element is described as a field: of a struct that has
 * nothing else for a bare body, of kind STRUCT at offset 0 for a wrapper; with
 * SBN_F_GROUP the fields of its type are the elements of a body that has
 * several. NULL: an empty body.
 */
typedef struct sbn_operation {
    const char *name;   /* as in the WSDL */
    const char *action; /* SOAPAction, without quotes */
    uint32_t flags;     /* SBN_OP_ */
    uint32_t in_size, out_size; /* sizeof the structs; 0: no body element */
    const sbn_field *in;
    const sbn_field *out;

    /*
     * Client side; NULL in server-only code. It calls a member of the events
     * struct, which is at event_offset. The output struct of an operation that
     * has this, if it has any, begins with SBN_COMPLETED (sebon/client.h).
     */
    void (*completed)(const struct sbn_completion *completion);
    uint32_t event_offset;

    /*
     * Service side; NULL in client-only code. It calls `function`, a member of
     * the service struct, which is at the offset for that step; a NULL member
     * is told by the offsets.
     */
    uint32_t sync_offset, begin_offset, end_offset;
    sbn_status (*invoke)(sbn_step step, const void *function,
                         struct sbn_request *request, const void *in,
                         void *out);

    const sbn_extras *extras; /* NULL: none */
} sbn_operation;

/*
 * A document of the metadata: WSDL or XML Schema, in pieces, ended by NULL. In
 * it stand, each ended by \003,
 *
 *   \001 name     the address of the service of that port type
 *   \002 name     the address of the document of that name
 *
 * and
 *
 *   \004          where one WSDL with everything in it has the schemas
 *   \005 .. \006  what only documents that refer to each other have
 *   \007 .. \006  what all but one WSDL with everything in it have
 */
typedef struct sbn_document {
    const char *name; /* "wsdl", "wsdl0", "xsd0"; "singleWsdl": all the WSDLs
                         in one, where there are several */
    const char *ns;   /* its target namespace, "" for none */
    const char *const *text;
    uint32_t size; /* when packed: text is a zlib stream in base64 that gives
                      size bytes; 0: it is not packed */
} sbn_document;

typedef struct sbn_metadata {
    const char *service; /* its name, "" for none */
    uint32_t document_count;
    const sbn_document *documents; /* the first is the main WSDL */
} sbn_metadata;

/* Versions of SOAP. */
typedef enum sbn_soap_version {
    SBN_SOAP_DEFAULT = 0, /* 1.1, unless the contract has 1.2 alone */
    SBN_SOAP_11 = 1,
    SBN_SOAP_12 = 2
} sbn_soap_version;

/* A port type with its SOAP bindings. */
typedef struct sbn_contract {
    uint32_t abi;     /* SBN_ABI */
    const char *name; /* the port type's */
    const char *ns;   /* and its namespace */
    const char *const *namespaces; /* [0] is NULL: no namespace */
    uint32_t namespace_count;
    uint32_t operation_count;
    const sbn_operation *operations;
    const sbn_type *const *types; /* named types, for xsi:type; may be NULL */
    uint32_t type_count;
    const sbn_metadata *metadata; /* NULL: none is served */
    const char *const *docs; /* what the WSDL says of the service ([0]) and of
                                each operation; NULL: nothing */
    uint32_t soap; /* SBN_SOAP_, of its bindings; 0: 1.1 */
} sbn_contract;

/* ---- Tables, shorter to write ---------------------------------------------- */

/*
 * Entries of field tables: S is the struct, m its member, K a kind without
 * SBN_K_.
 *
 *   SBN_FIELD       one value, no bool beside it
 *   SBN_FIELD_HAS   one optional value with `bool has`
 *   SBN_FIELD_MANY  a repeated one with `size_t count`
 *   SBN_FIELD_FULL  any; has and nil are SBN_NONE or SBN_AT(S, member)
 */
#define SBN_AT(S, m) ((uint32_t)offsetof(S, m))
#define SBN_FIELD_FULL(S, m, ns, name, K, flags, has, nil, min, max, type,     \
                       def)                                                    \
    {                                                                          \
        name, ns, SBN_K_##K, 0, flags, SBN_AT(S, m), has, nil, min, max, type, \
            def                                                                \
    }
#define SBN_FIELD(S, m, ns, name, K, flags, type)                              \
    SBN_FIELD_FULL(S, m, ns, name, K, flags, SBN_NONE, SBN_NONE,               \
                   ((flags)&SBN_F_OPTIONAL) ? 0 : 1, 1, type, NULL)
#define SBN_FIELD_HAS(S, m, ns, name, K, flags, has, type)                     \
    SBN_FIELD_FULL(S, m, ns, name, K, flags, SBN_AT(S, has), SBN_NONE,         \
                   ((flags)&SBN_F_OPTIONAL) ? 0 : 1, 1, type, NULL)
#define SBN_FIELD_MANY(S, m, ns, name, K, flags, count, min, max, type)        \
    SBN_FIELD_FULL(S, m, ns, name, K, (flags) | SBN_F_REPEATED,                \
                   SBN_AT(S, count), SBN_NONE, min, max, type, NULL)

/* The type of struct S with the field table `fields`. */
#define SBN_STRUCT(S, ns, name, flags, fields, base)                           \
    {                                                                          \
        name, ns, flags, sizeof(S),                                            \
            (uint32_t)(sizeof(fields) / sizeof((fields)[0])), fields, base     \
    }

SBN_END_DECLS

#endif
