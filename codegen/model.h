/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is going to be generated: C types, parameters, operations and the names
 * of all of them. Built from the WSDL, read by the emitters.
 */
#ifndef SBN_CODEGEN_MODEL_H
#define SBN_CODEGEN_MODEL_H

#include <sebon/describe.h>

#include "codegen/names.h"
#include "codegen/wsdl.h"

struct c_value {
    const char *text; /* in XML */
    const char *name; /* in C */
    const char *doc;
};

struct c_field {
    struct qname xml;  /* local NULL: text, wildcard, group */
    unsigned ns;       /* number of xml.ns among the namespaces */
    sbn_kind kind;
    unsigned flags;    /* SBN_F_ */
    uint32_t min, max; /* max 0: unbounded */
    struct c_type *type; /* of STRUCT and ENUM */
    const char *def;
    const char *doc;

    const char *member; /* the value */
    const char *has;    /* bool; NULL: none; member: that is the bool */
    const char *nil;    /* bool; NULL: none */
    const char *count;  /* size_t; NULL: not repeated */
    const char *which;  /* in a choice: the enumerator for it */
    bool in_struct;     /* in a choice: a struct of its own holds member, count
                           and nil */
};

struct c_type {
    const char *tag;   /* of the struct or enum */
    const char *natural; /* tag, when no file of names gives another */
    const char *key;   /* what a file of names calls it */
    const char *local; /* what its tables' names begin with */
    struct qname xml;  /* of the schema type; local NULL: anonymous */
    unsigned ns;
    const char *doc;
    bool is_enum;
    bool is_text; /* an enum whose values are macros: it is kept as text */
    bool is_message;  /* the struct of an operation's parameters: in the .c */
    bool is_external; /* its table is declared in the header */
    unsigned flags;   /* SBN_TYPE_ */
    struct c_type *base;
    struct vec values; /* struct c_value */
    struct map texts;  /* of them */
    struct vec fields; /* struct c_field, in the order of the struct */
    struct scope members;
    struct scope keys; /* of the members, in a file of names */
    const char *none; /* of a choice: the enumerator for 0 */
    struct xs_type *from; /* NULL: it is no schema type by itself */
    bool is_filled;
    bool only_base; /* nothing has it as its type, and it need not be written */
    int order;        /* while sorting: 0 new, 1 on the way, 2 done */
    int table_order;
};

/* What goes one way. */
struct c_message {
    struct c_field *element; /* the body element; NULL: an empty body */
    struct c_type *type;     /* of it, when element is not NULL */
    bool wrapped;            /* type's fields are the element's content */
    bool several;            /* type's fields are the body's elements */
};

/* A header entry, or the detail of a fault. */
struct c_part {
    const char *name; /* what its functions are named by */
    struct qname xml; /* of its element */
    struct c_message message;
    bool in_request, in_reply, is_fault;
    const struct header_mark *mark; /* NULL: none */
};

struct c_operation {
    const char *xml;   /* name in the WSDL */
    const char *name;  /* in C */
    const char *member; /* name, as it may stand alone */
    const char *index; /* enumerator */
    const char *doc;
    const char *action;
    bool one_way;
    bool encoded_in, encoded_out; /* by SOAP 1.1, 5 */
    struct c_message in, out;
    struct vec in_headers, out_headers, faults; /* struct c_part */
    const char *extras; /* of the table about those; NULL: there are none */
};

struct c_interface {
    struct qname xml;
    const char *prefix;
    const char *local; /* what static names begin with: "" or "prefix_" */
    const char *doc;
    const char *url;   /* NULL: none known */
    const char *url12; /* of SOAP 1.2, when that is another */
    unsigned soap;     /* SBN_SOAP_ versions */
    struct vec operations; /* struct c_operation */
    struct vec parts;      /* struct c_part: of all operations */
};

/* Which files are written: one pair, or several that share the types. */
enum model_part { PART_ALL, PART_TYPES, PART_CLIENT, PART_SERVER };

struct model {
    struct wsdl *wsdl;
    const char *source; /* the first input's file name, without folders */
    const char *prefix; /* of types and files; NULL: by the port type */
    bool prefix_given;
    const char *file; /* what is written is called; before its ending */
    enum model_part part;
    const char *types_file; /* what has the types, when they are apart */
    bool client, server, types, message_contract;
    bool split; /* types will be shared by several files */
    bool metadata; /* services give out the documents */
    bool sync; /* with the synchronous functions */
    bool lenient; /* enumerations may have values that nobody knows yet */
    struct vec namespaces; /* const char *; [0] is none */
    struct map namespace_numbers; /* name to its place in namespaces */
    const struct vec *marks; /* struct header_mark; NULL: none */
    const struct vec *prefixes; /* const char *: XMLNS,PREFIX; NULL: none */
    struct map planned; /* names by the address of what has them */
    struct vec interfaces; /* struct c_interface */
    struct vec types_made; /* struct c_type, in the order they were met */
    struct vec sorted;     /* struct c_type: each after what it contains */
    struct vec tables;     /* struct c_type: each after what it refers to,
                              but for external ones */
    struct scope names;    /* of the header */
    struct scope naturals; /* and what they are without a file of names */
    struct scope locals;   /* static ones */
};

/* From the options in model and a resolved WSDL. */
void model_build(struct model *model);

/* ---- Shared by the files that build it ----------------------------------- */

unsigned model_namespace(struct model *model, const char *ns);
struct c_type *model_new_type(struct model *model, const char *tag);

/* The field for an element: min and max as its particle says. owner begins the
 * names of anonymous types. */
struct c_field *model_element(struct model *model, const char *owner,
                              struct xs_element *element, uint32_t min,
                              uint32_t max);
/* Kind and type of a value of type; hint names an anonymous one. */
void model_value(struct model *model, struct c_field *field,
                 struct xs_type *type, const char *hint);
/* kind, or the text that values of type are kept as because a pattern tells how
 * they are written. */
sbn_kind model_pattern_kind(const struct xs_type *type, sbn_kind kind);
/* The struct for a complex type; its fields come with model_fill. */
struct c_type *model_struct(struct model *model, struct xs_type *type,
                            const char *hint);
/* Gives field its place and member names in type. */
void model_add_field(struct c_type *type, struct c_field *field,
                     const char *name);
/* The same for a field that is a parameter. */
void model_add_param(struct c_type *type, struct c_field *field,
                     const char *name, bool by_value);
/* Fills in type's fields from schema content. */
void model_content(struct model *model, struct c_type *owner,
                   struct xs_particle *particle);
/* The fields of all structs made, and of those made on the way. */
void model_fill(struct model *model);
void model_sort(struct model *model);
/* Whether an element may be of a type derived from type in its place. */
bool model_is_substitutable(const struct xs_type *type);
/* The operation's headers and faults; binding may be NULL. */
void model_parts(struct model *model, struct c_interface *interface,
                 struct c_operation *op, const struct wsdl_operation *wsdl,
                 const struct wsdl_binding_operation *binding);
/* An unqualified element of the part's name and type. */
struct xs_element *model_part_element(const struct wsdl_part *part);
/* Whether it is one of SOAP's encoding, or restricts its array. */
bool model_is_encoding(const struct xs_type *type);
bool model_is_soap_array(const struct xs_type *type);
/* The fields of such an array. */
void model_soap_array(struct model *model, struct c_type *type,
                      const struct xs_type *xs);
/* Whether an element of type is kept as the XML it is. */
bool model_is_raw(const struct xs_type *type);

/* ---- Questions ----------------------------------------------------------- */

/* Whether NULL inside the value itself tells that there is none. */
bool field_is_nullable(const struct c_field *field);
/* The C type of a value, without what makes it repeated or a pointer. */
const char *field_base_type(const struct c_field *field);
/* Of the member in a public struct; of a parameter or a message's member. */
const char *field_member_type(const struct c_field *field);
const char *field_param_type(const struct c_field *field);
/* "double x", "const char *x" */
const char *declare_c(const char *type, const char *name);

#endif
