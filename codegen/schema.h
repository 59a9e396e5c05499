/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XML Schema in memory: the components of all schema documents of a run (XML
 * Schema Part 1, 2nd edition, section 3), complete, whatever of it can be mapped
 * to C. References are names first and components once resolved.
 */
#ifndef SBN_CODEGEN_SCHEMA_H
#define SBN_CODEGEN_SCHEMA_H

#include <stdbool.h>

#include "codegen/diag.h"
#include "codegen/document.h"
#include "codegen/memory.h"

/* ns NULL: no namespace; local NULL: no name at all. */
struct qname {
    const char *ns;
    const char *local;
};

/* Whether the writer may have meant another namespace: none is given, or WSDL's
 * by default. */
bool qname_is_loose(struct qname name);
/* Whether a name is in XML Schema's namespace or one that a draft had. */
bool qname_is_xsd(struct qname name);

bool qname_equal(struct qname a, struct qname b);
/* "{ns}local": a key for maps, and for messages. */
const char *qname_text(struct qname name);

/* Symbol spaces (2.5). */
enum xs_space {
    XS_TYPE,
    XS_ELEMENT,
    XS_ATTRIBUTE,
    XS_GROUP,
    XS_ATTRIBUTE_GROUP,
    XS_NOTATION,
    XS_SPACE_COUNT
};

/* What begins every component. */
struct xs_component {
    enum xs_space space;
    struct qname name; /* local NULL: anonymous */
    struct place place;
    const char *doc; /* annotation/documentation; NULL: none */
    /* xs:redefine: the component that this one replaces, which its references
     * to itself mean; NULL: none */
    struct xs_component *redefines;
    bool reached; /* when only_wanted: from something that is wanted */
};

/* A reference by name; to is set when resolved. */
struct xs_ref {
    struct qname name; /* local NULL: no reference */
    struct place place;
    struct xs_component *to;
    bool wanted; /* when only_wanted: by an operation that is kept */
};

/* ---- Types --------------------------------------------------------------- */

/* Of block, final and their defaults. */
enum {
    XS_EXTENSION = 1 << 0,
    XS_RESTRICTION = 1 << 1,
    XS_SUBSTITUTION = 1 << 2,
    XS_LIST = 1 << 3,
    XS_UNION = 1 << 4,
    XS_ALL_DERIVATIONS = 31
};

enum xs_builtin {
    XS_NOT_BUILTIN,
#define XS_BUILTIN(name, id, base, kind) XS_BUILTIN_##id,
#include "codegen/builtins.h"
#undef XS_BUILTIN
};

struct xs_facet {
    const char *name;  /* "enumeration", "pattern", "maxLength", ... */
    const char *value; /* as written */
    bool fixed;
    struct place place;
    const char *doc;
    const char *number; /* an enumeration's value by its appinfo; or NULL */
    struct qname qname; /* value as a QName, for types that are one */
};

enum xs_variety { XS_VARIETY_ATOMIC, XS_VARIETY_LIST, XS_VARIETY_UNION };

struct xs_type {
    struct xs_component c;
    bool is_complex;
    enum xs_builtin builtin;
    unsigned final, block; /* XS_EXTENSION ... */

    /* Derivation: base by name, or inline_base. */
    struct xs_ref base;
    struct xs_type *inline_base;
    unsigned derivation; /* 0: none; XS_RESTRICTION or XS_EXTENSION */

    /* Simple types. */
    enum xs_variety variety;
    struct xs_ref item; /* of a list */
    struct xs_type *inline_item;
    struct vec members;        /* of a union: struct xs_ref */
    struct vec inline_members; /* struct xs_type */
    struct vec facets; /* struct xs_facet; of simple content as well */

    /* Complex types. */
    bool abstract, mixed;
    bool simple_content;
    struct xs_particle *content;  /* NULL: empty */
    struct vec attributes;        /* struct xs_attribute_use */
    struct vec attribute_groups;  /* struct xs_ref */
    struct xs_wildcard *any_attribute;

    struct vec derived; /* struct xs_type: direct ones; set when resolved */
    bool nillable;      /* an element of it may be nil */
    bool used;          /* an element in some content or message is of it */
    void *mapped;       /* the C type, while mapping */
    bool visiting;      /* a walk of the base chain stands here */
    bool checked;       /* no circle in its parts */
    uint32_t height;    /* of samples: of the smallest content, and 1; 0: not
                           known */
    uint32_t shown;     /* of a sample: how often with all there may be */
};

/* ---- Content ------------------------------------------------------------- */

struct xs_wildcard {
    const char *ns;       /* "##any", "##other", or a list */
    const char *process;  /* "strict", "lax", "skip" */
    const char *target;   /* the namespace of its schema; NULL: none */
    struct place place;
};

enum xs_particle_kind {
    XS_P_ELEMENT,
    XS_P_SEQUENCE,
    XS_P_CHOICE,
    XS_P_ALL,
    XS_P_GROUP, /* a reference to a named group */
    XS_P_ANY
};

#define NS_SERIALIZATION "http://schemas.microsoft.com/2003/10/Serialization/"

#define XS_UNBOUNDED UINT32_MAX

struct xs_particle {
    enum xs_particle_kind kind;
    struct place place;
    uint32_t min, max;
    struct vec children;        /* struct xs_particle */
    struct xs_element *element; /* a local declaration, or NULL */
    struct xs_ref ref;          /* of an element or a group */
    struct xs_wildcard *any;
    bool implied; /* a sequence that nobody wrote */
};

/* unique, key, keyref */
struct xs_identity {
    const char *kind;
    struct qname name;
    struct xs_ref refer;
    const char *selector;
    struct vec fields; /* const char *: XPaths */
};

struct xs_element {
    struct xs_component c;
    struct xs_ref type;
    struct xs_type *inline_type;
    const char *default_value, *fixed_value;
    bool nillable, abstract, global;
    unsigned final, block;
    struct xs_ref substitution_group;
    struct vec substitutes;  /* struct xs_element: direct ones; when resolved */
    struct vec identities; /* struct xs_identity */
};

struct xs_attribute {
    struct xs_component c;
    struct xs_ref type;
    struct xs_type *inline_type;
    const char *default_value, *fixed_value;
    bool global;
};

struct xs_attribute_use {
    struct place place;
    bool required, prohibited;
    struct xs_attribute *attribute; /* a local declaration, or NULL */
    struct xs_ref ref;
    const char *default_value, *fixed_value; /* of the use */
    struct qname array_type; /* wsdl:arrayType; local with its brackets */
};

struct xs_group {
    struct xs_component c;
    struct xs_particle *content;
    bool visiting;   /* its content is being expanded */
    bool checked;    /* no circle in it */
    uint32_t weight; /* how many particles it stands for; 0: not known */
};

struct xs_attribute_group {
    struct xs_component c;
    struct vec attributes;       /* struct xs_attribute_use */
    struct vec attribute_groups; /* struct xs_ref */
    struct xs_wildcard *any_attribute;
    bool visiting;
    bool checked;            /* no circle in it */
    const void *taken_by;    /* the C type that has its attributes already */
    bool any_asked, has_any; /* attributes, with those of its groups */
};

/* ---- All of it ----------------------------------------------------------- */

struct schemas {
    struct documents *documents;
    struct map spaces[XS_SPACE_COUNT]; /* by qname_text() */
    struct vec components;             /* struct xs_component, in the order read */
    struct vec refs;       /* struct xs_ref_entry: everything to resolve */
    struct vec elements;   /* struct xs_element: all of them */
    struct map read;       /* schema documents by path, namespace and line */
    struct map namespaces; /* those some schema document is about */
    struct map lacking;    /* those of names that were missing and made up */
    struct vec missing;    /* struct schema_missing */
    struct xs_type *any_type;
    bool only_wanted; /* what nothing wanted refers to may be missing */
};

/* A schema document that an import or include names and that is not here. */
struct schema_missing {
    struct place place;
    const char *location;
    const char *ns; /* NULL: none */
    bool include;
};

struct xs_ref_entry {
    enum xs_space space;
    struct xs_ref *ref;
    struct xs_component *owner; /* the component it stands in; may be NULL */
};

void schemas_init(struct schemas *schemas, struct documents *documents);

/* Reads the xs:schema element node of document and whatever it imports and
 * includes. */
void schema_read(struct schemas *schemas, struct document *document,
                 const xmlNode *node);

/* Reads the table about ns, if there is one and it has not been read; what files
 * have declared stays. */
void schema_read_wellknown(struct schemas *schemas, const char *ns);

/* Declares what entry refers to as kept as it is, with a warning: XML, or text
 * for an attribute and for a type of XML Schema's own namespace. NULL: nobody
 * asked to be lenient, and it is a group or not of a namespace that is known. */
struct xs_component *schema_declare_raw(struct schemas *schemas,
                                        const struct xs_ref_entry *entry);

/* The same for what nobody is going to use; nothing is told. */
struct xs_component *schema_declare_unused(struct schemas *schemas,
                                           const struct xs_ref_entry *entry);

/* Marks the components that wanted references lead to, with all that derives
 * from them or stands for them. */
void schema_reach(struct schemas *schemas);
/* Whether what entry refers to is needed. */
bool schema_is_needed(const struct schemas *schemas,
                      const struct xs_ref_entry *entry);

/* NULL: not declared. */
struct xs_component *schema_find(const struct schemas *schemas,
                                 enum xs_space space, struct qname name);

/* What an undeclared name must mean, where that is plain; NULL: it is not. */
struct xs_component *schema_guess(const struct schemas *schemas,
                                  enum xs_space space, struct qname name);

/* Resolves every reference; tells all that are missing. */
void schema_resolve(struct schemas *schemas);

/* What a prefixed name in an attribute of node means; ns is target when it has
 * no prefix, no default namespace is in scope and chameleon is set. */
struct qname node_qname(const xmlNode *node, const char *text);

/* Registers a reference that is to be resolved with the rest. */
void schema_refer(struct schemas *schemas, enum xs_space space,
                  struct xs_ref *ref, struct xs_component *owner);

/* ---- Questions asked of resolved components ------------------------------ */

struct xs_type *xs_element_type(const struct schemas *schemas,
                                const struct xs_element *element);
struct xs_type *xs_attribute_type(const struct schemas *schemas,
                                  const struct xs_attribute *attribute);
/* NULL at the top. */
struct xs_type *xs_base(const struct xs_type *type);
/* The built-in type a simple type (or simple content) goes back to. */
enum xs_builtin xs_primitive(const struct xs_type *type);
/* Whether it has enumeration facets itself. */
bool xs_has_values(const struct xs_type *type);
const char *xs_builtin_name(enum xs_builtin builtin);
/* z:Id and z:Ref of .NET's data contracts, and whether type has them
 * (IsReference). */
bool xs_is_identity(const struct xs_attribute_use *use);
bool xs_has_identity(const struct xs_type *type);

#endif
