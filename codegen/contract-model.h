/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a contract header means: services, operations, messages and the data
 * contracts they use, with every name that WCF would give them.
 */
#ifndef SBN_CODEGEN_CONTRACT_MODEL_H
#define SBN_CODEGEN_CONTRACT_MODEL_H

#include "codegen/contract-parse.h"
#include "codegen/schema.h"

#define NS_TEMPURI "http://tempuri.org/"
#define NS_SERIALIZATION "http://schemas.microsoft.com/2003/10/Serialization/"
#define NS_ARRAYS NS_SERIALIZATION "Arrays"
#define NS_DATA "http://schemas.datacontract.org/2004/07/"
#define NS_MESSAGE "http://schemas.microsoft.com/Message"

/* ---- Names --------------------------------------------------------------- */

/* divide_by gives DivideBy; what has capitals stays. */
const char *contract_pascal(const char *name);
/* divide_by gives divideBy */
const char *contract_camel(const char *name);
/* What cannot stand in an XML name as _xHHHH_. */
const char *contract_encode(const char *name);

/* ---- Data ---------------------------------------------------------------- */

enum data_kind {
    DATA_BUILTIN, /* of XML Schema or the Serialization schema */
    DATA_CLASS,
    DATA_ENUM,
    DATA_ARRAY,
    DATA_MAP,
    DATA_PAIR,
    DATA_OFFSET, /* System.DateTimeOffset */
    DATA_ANY,    /* an element of any name: it has no type of its own */
    DATA_STREAM,
    DATA_UNTYPED /* a whole message */
};

struct data_use {
    struct data_type *type;
    bool nillable;
};

struct data_member {
    const char *name;
    struct data_use use;
    bool required, emit_default;
    bool has_order;
    int64_t order;
    const char *doc;
    struct place place;
};

struct data_value {
    const char *name;
    int64_t value;
    const char *doc;
};

struct data_type {
    enum data_kind kind;
    struct qname name;
    const char *clr;  /* what a fault of it is called after */
    bool by_value;    /* it cannot be missing unless that is said */
    const char *doc;
    bool is_flags, is_value_type, is_reference;
    struct data_type *base;
    struct vec members;     /* struct data_member, as in the schema */
    struct vec values;      /* struct data_value */
    struct vec known;       /* struct data_type */
    struct data_use args[2];
    const char *item, *key, *value; /* of collections: element names */
    bool queued;            /* the schema has it */
};

/* ---- Operations ---------------------------------------------------------- */

struct argument {
    const char *name;
    const char *written; /* its type in C, for comparing */
    struct data_use use;
    bool required;
    struct place place;
};

struct fault {
    const char *name;
    const char *written; /* the type of its detail in C */
    const char *action;
    struct qname element;
    bool is_root;       /* the element is the type's own */
    struct data_use use;
    struct place place;
};

struct part {
    const char *name;
    struct qname element; /* a child of the wrapper, or of the body or header */
    struct data_use use;
    bool required;
    int64_t order;
    bool has_order;
};

enum message_style {
    MESSAGE_WRAPPED,
    MESSAGE_BARE,
    MESSAGE_UNTYPED
};

struct message {
    const char *name;    /* of the wsdl:message */
    const char *io_name; /* of input or output; NULL: none */
    const struct decl *decl; /* of a message contract */
    enum message_style style;
    struct qname wrapper;
    struct vec parts;   /* struct part */
    struct vec headers; /* struct part */
};

struct operation {
    const char *name;
    struct place place;
    const char *doc;
    struct interface *owner; /* the contract that declares it */
    struct member *sync, *begin, *end;
    struct vec in, out;      /* struct argument; out without ret */
    struct argument *ret;    /* NULL: void */
    const char *action, *reply_action;
    bool one_way;
    bool is_wildcard;        /* takes what no other operation takes */
    struct vec faults;       /* struct fault */
    struct vec known;        /* struct data_type */
    struct message *input, *output;
};

struct interface {
    struct decl *decl;
    const char *name, *ns;
    const char *doc;
    struct vec operations; /* struct operation, inherited ones first */
    struct vec known;      /* struct data_type */
    bool visiting;
};

struct service {
    const char *name, *ns, *binding_ns, *address;
    const char *file; /* what its files are called */
    struct place place;
    struct vec interfaces; /* struct interface */
};

struct contract {
    struct header *header;
    struct map types;    /* struct data_type by their C type */
    struct map names;    /* the same by XML name, for what has one of its own */
    struct map messages; /* struct message by decl's tag */
    struct vec services; /* struct service */
    struct vec pending;  /* struct decl: data whose members are to be read */
    unsigned depth, visits;
};

/* false: told. */
bool contract_model(struct contract *contract, struct header *header);

/* ---- Shared by the files that build it ----------------------------------- */

/* How a type may be pointed to. */
enum use_role { USE_IN, USE_RETURN, USE_INSIDE };
enum use_direction { GOES_IN, GOES_OUT, GOES_BOTH };

/* NULL in ret_use->type and false: told. ret_direction may be NULL unless the
 * role is USE_IN. */
bool contract_use(struct contract *contract, const struct ctype *type,
                  enum use_role role, const char *name,
                  struct data_use *ret_use, enum use_direction *ret_direction);
/* Typedefs replaced. */
const struct ctype *contract_resolve(const struct contract *contract,
                                     const struct ctype *type);
/* The message contract that type is; NULL: it is none. */
struct decl *contract_message_of(const struct contract *contract,
                                 const struct ctype *type);
void contract_known(struct contract *contract, const struct vec *notes,
                    struct vec *known);
/* Whether an argument that is given by name can be NULL and must be there. */
void contract_apply(const struct note *note, struct data_use *use,
                    bool *ret_required);
/* ns + what, with one slash between. */
const char *contract_under(const char *ns, const char *what);

/* The functions of the contract become operations; the rules of 2.1 of the
 * Begin/End pattern are kept, or told. */
void contract_operations(struct contract *contract, struct interface *into,
                         struct interface *from);
/* Faults, actions and messages of an operation that kept the rules. */
void contract_describe(struct contract *contract, struct operation *op);
void contract_messages(struct contract *contract, struct interface *interface,
                       struct operation *op);

#endif
