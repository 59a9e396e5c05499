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
#define NS_WSDL_TYPES "http://microsoft.com/wsdl/types/"
#define NS_SOAP_ENCODING "http://schemas.xmlsoap.org/soap/encoding/"

/* ---- Names --------------------------------------------------------------- */

/* divide_by gives DivideBy; what has capitals stays. */
const char *contract_pascal(const char *name);
/* divide_by gives divideBy */
const char *contract_camel(const char *name);
/* What cannot stand in an XML name as _xHHHH_. */
const char *contract_encode(const char *name);
/* Of the namespaces (const char *) of what a generic type is made with, eight
 * letters that keep it apart; "" when all of them are the standard's. */
const char *contract_digest(const struct vec *namespaces);
bool contract_is_builtin_ns(const char *ns);

/* ---- Data ---------------------------------------------------------------- */

/* How an operation writes its data. */
struct data_format {
    bool is_xml;     /* as XmlSerializer does, not as data contracts */
    bool is_rpc;     /* the operation's name around parts of types */
    bool is_encoded; /* SOAP encoding */
    bool support_faults; /* faults, too, are as is_xml says */
    const char *ns;  /* where types go that say no namespace */
};

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
    DATA_UNTYPED, /* a whole message */
    DATA_DATASET, /* a schema and what it describes */
    DATA_CHOICE,  /* one of its members; it has no type of its own */
    DATA_SYSTEM   /* TimeSpan, guid and char of XmlSerializer */
};

struct data_use {
    struct data_type *type;
    bool nillable;
    bool is_there; /* XmlSerializer never leaves it out */
};

/* What a member is in the type; all but elements are XmlSerializer's. */
enum member_form {
    MEMBER_ELEMENT,
    MEMBER_ATTRIBUTE,
    MEMBER_TEXT,
    MEMBER_CHOICE,
    MEMBER_ANY_ELEMENT,
    MEMBER_ANY_ATTRIBUTE
};

struct data_member {
    const char *name;
    struct data_use use;
    enum member_form form;
    bool many;                 /* as often as there are items */
    bool unqualified;
    const char *ns;            /* another one than the type's; NULL: that */
    const char *default_value; /* NULL: none */
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
    bool is_xml, is_encoded; /* whose rules it follows */
    const struct data_format *format; /* of what its members are */
    const struct data_type *underlying; /* of an enum; NULL: int */
    const char *generic;    /* its name before arguments; NULL: none */
    struct vec arguments;   /* struct data_use, of a generic type */
    struct data_type *base;
    struct vec members;     /* struct data_member, as in the schema */
    struct vec values;      /* struct data_value */
    struct vec known;       /* struct data_type */
    struct data_use args[2];
    const char *item, *key, *value; /* of collections: element names */
    bool queued;            /* the schema has it */
    bool naming;            /* its arguments are being read */
};

/* ---- Operations ---------------------------------------------------------- */

struct argument {
    const char *name;
    const char *written; /* its type in C, for comparing */
    struct data_use use;
    bool required, many;
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
    bool required, many;
    int64_t order;
    bool has_order;
    bool must_understand, relay; /* of a header */
    const char *actor;           /* NULL: none */
};

enum message_style {
    MESSAGE_WRAPPED,
    MESSAGE_BARE,
    MESSAGE_RPC,
    MESSAGE_UNTYPED
};

struct message {
    const char *name;    /* of the wsdl:message */
    const char *io_name; /* of input or output; NULL: none */
    const struct decl *decl; /* of a message contract */
    enum message_style style;
    bool is_xml;
    struct qname wrapper;
    struct vec parts;   /* struct part */
    struct vec headers; /* struct part */
};

struct operation {
    const char *name;
    struct place place;
    const char *doc;
    struct interface *owner; /* the contract that declares it */
    const struct data_format *format;
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

/* A way to call a contract: a binding with its port. */
struct endpoint {
    const char *name; /* of both */
    bool is_soap12, has_addressing;
};

struct interface {
    struct decl *decl;
    struct vec endpoints; /* struct endpoint */
    const char *name, *ns;
    const char *doc;
    struct vec operations; /* struct operation, inherited ones first */
    struct vec told;       /* those that a WSDL can say */
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
    const struct data_format *format; /* of what is being read */
    const struct vec *array_notes;    /* struct note, about it if it is an array
                                         of XmlSerializer's; NULL: none */
    struct map types;    /* struct data_type by their C type */
    struct map names;    /* struct decl by the XML name of what it is */
    struct map claims;   /* struct data_type by the same */
    struct map messages; /* struct message by decl's tag */
    struct vec services; /* struct service */
    struct vec pending;  /* data whose members are to be read */
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
/* The union that type is, a choice; NULL: it is none. */
struct decl *contract_choice_of(const struct contract *contract,
                                const struct ctype *type);
/* Apart for each way of writing data. */
const char *contract_format_key(const struct contract *contract,
                                const char *name);
/* What one of an XmlSerializer's notes says about a value of type: whether it
 * is there once for each item, and what it is made of. false: told. */
bool contract_xml_use(struct contract *contract, const struct ctype *type,
                      const struct vec *notes, const char *name,
                      struct data_use *use, bool *ret_many);
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

/* The endpoints that .binding of note asks for. */
void contract_endpoints(struct interface *interface, const struct note *note);
/* How function, or with NULL all of the contract, writes its data. */
const struct data_format *contract_format(const struct interface *interface,
                                          const struct member *function);
/* The functions of the contract become operations; the rules of 2.1 of the
 * Begin/End pattern are kept, or told. */
void contract_operations(struct contract *contract, struct interface *into,
                         struct interface *from);
/* Faults, actions and messages of an operation that kept the rules. */
void contract_describe(struct contract *contract, struct operation *op);
void contract_messages(struct contract *contract, struct interface *interface,
                       struct operation *op);

#endif
