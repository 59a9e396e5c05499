/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files of a run: each is read and parsed once, whatever it is called in
 * imports. Local files only; nothing here can reach a network.
 */
#ifndef SBN_CODEGEN_DOCUMENT_H
#define SBN_CODEGEN_DOCUMENT_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "codegen/diag.h"
#include "codegen/memory.h"

#define NS_WSDL "http://schemas.xmlsoap.org/wsdl/"
#define NS_SOAP11 "http://schemas.xmlsoap.org/wsdl/soap/"
#define NS_SOAP12 "http://schemas.xmlsoap.org/wsdl/soap12/"
#define NS_XSD "http://www.w3.org/2001/XMLSchema"
#define NS_XML "http://www.w3.org/XML/1998/namespace"

struct document {
    const char *path; /* as shown in messages */
    const char *real; /* canonical */
    xmlDocPtr xml;
    bool used; /* its definitions or schema have been read */
    bool wellknown; /* a table of ours: what files say goes before it */
};

struct catalog;

struct documents {
    struct map by_real;
    struct vec all;
    const struct catalog *catalog; /* NULL: none */
};

/* The document at path; NULL: it cannot be read or parsed, and that has been
 * told (at from, when an import led here). */
struct document *document_open(struct documents *documents, const char *path,
                               struct place from);
/* The document of a well-known namespace; NULL: it is none. */
struct document *document_wellknown(struct documents *documents,
                                    const char *ns);
void documents_close(struct documents *documents);

/* Whether there is such a file. */
bool document_exists(const char *path);

/* What location means in document: a path, or NULL when it is not local. */
const char *document_relative(const struct documents *documents,
                              const struct document *document,
                              const char *location);
/* The file that the catalog has for a namespace or an address; NULL: none. */
const char *document_mapped(const struct documents *documents,
                            const char *name);

/* ---- Elements and attributes --------------------------------------------- */

struct place node_place(const struct document *document, const xmlNode *node);
bool node_is(const xmlNode *node, const char *ns, const char *name);
/* The first child element from node on; node_next(node->next) goes on. */
const xmlNode *node_next(const xmlNode *node);
const char *node_ns(const xmlNode *node); /* NULL: none */
/* An attribute without namespace, blanks at both ends left out; NULL: absent. */
const char *node_attr(const xmlNode *node, const char *name);
const char *node_attr_ns(const xmlNode *node, const char *ns,
                         const char *name);
/* All the text inside; NULL: none. */
const char *node_text(const xmlNode *node);

#define FOR_EACH_ELEMENT(child, parent)                                        \
    for ((child) = node_next((parent)->children); (child) != NULL;             \
         (child) = node_next((child)->next))

#endif
