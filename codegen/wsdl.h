/* SPDX-License-Identifier: Apache-2.0 */
/* WSDL 1.1 in memory: services, ports, bindings, port types and messages of all
 * documents of a run. */
#ifndef SBN_CODEGEN_WSDL_H
#define SBN_CODEGEN_WSDL_H

#include "codegen/schema.h"

struct wsdl_part {
    struct place place;
    const char *name;
    struct xs_ref element; /* or type */
    struct xs_ref type;
};

struct wsdl_message {
    struct qname name;
    struct place place;
    struct vec parts; /* struct wsdl_part */
};

/* input, output or fault of an operation */
struct wsdl_param {
    struct place place;
    const char *name;   /* NULL: none given */
    const char *action; /* wsaw:Action, wsam:Action, wsa:Action; NULL: none */
    struct qname message_name;
    struct wsdl_message *message; /* when resolved */
};

struct wsdl_operation {
    const char *name;
    struct place place;
    const char *doc;
    const char *parameter_order; /* NULL: none */
    struct wsdl_param *input, *output;
    bool output_first; /* solicit-response or notification */
    struct vec faults; /* struct wsdl_param */
};

struct wsdl_port_type {
    struct qname name;
    struct place place;
    const char *doc;
    struct vec operations; /* struct wsdl_operation */
};

enum wsdl_transport { WSDL_SOAP11, WSDL_SOAP12, WSDL_OTHER };

struct wsdl_header {
    struct place place;
    struct qname message_name;
    const char *part;
    bool is_fault; /* soap:headerfault: of a reply that is a fault */
};

/* soap:body and its kin for one direction */
struct wsdl_body {
    bool present;
    bool encoded;
    const char *ns;    /* of rpc wrappers; NULL: none */
    const char *parts; /* NULL: all */
    struct vec headers; /* struct wsdl_header */
};

struct wsdl_binding_operation {
    const char *name;
    struct place place;
    const char *input_name, *output_name; /* to tell overloads; NULL */
    const char *action;                   /* NULL: none given */
    bool rpc;
    struct wsdl_body input, output;
};

struct wsdl_binding {
    struct qname name;
    struct place place;
    enum wsdl_transport transport;
    bool rpc;
    struct qname type_name;
    struct wsdl_port_type *type; /* when resolved */
    struct vec operations;       /* struct wsdl_binding_operation */
};

struct wsdl_port {
    const char *name;
    struct place place;
    struct qname binding_name;
    struct wsdl_binding *binding; /* when resolved */
    const char *address;          /* NULL: none */
};

struct wsdl_service {
    const char *name;
    struct place place;
    const char *doc;
    struct vec ports; /* struct wsdl_port */
};

struct wsdl {
    struct documents *documents;
    struct schemas schemas;
    struct map message_names, port_type_names, binding_names;
    struct vec messages, port_types, bindings, services;
    struct vec missing; /* struct schema_missing */
    bool pruned;        /* operations were left out before it was resolved */
    bool data_contract; /* carries marks of .NET's DataContractSerializer */
};

void wsdl_init(struct wsdl *wsdl, struct documents *documents);
/* Reads a WSDL or an XML Schema and what it imports. */
void wsdl_read(struct wsdl *wsdl, struct document *document);
/* What files import and is not here, as far as it is well known. */
void wsdl_read_wellknown(struct wsdl *wsdl);
/* Schemas included. */
void wsdl_resolve(struct wsdl *wsdl);
/* The part a header names; NULL, with a warning: there is none. */
struct wsdl_part *wsdl_header_part(const struct wsdl *wsdl,
                                   const struct wsdl_header *header);

#endif
