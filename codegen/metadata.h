/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The documents that a service gives out again: those that were read, and a WSDL
 * that is all of their WSDLs in one, with the marks of describe.h where
 * addresses go.
 */
#ifndef SBN_CODEGEN_METADATA_H
#define SBN_CODEGEN_METADATA_H

#include "codegen/emit.h"

/* A document that is given out. */
struct page {
    const struct document *document; /* NULL: made of all WSDLs */
    const char *name, *ns;
    bool is_wsdl;
    xmlDocPtr tree; /* with marks */
};

/* The main WSDL first, as a service has one; none: nothing is given out. */
void metadata_collect(const struct model *model, struct vec *pages);
/* Their text, without the XML declaration. */
const char *metadata_text(const struct page *page);
void metadata_release(struct vec *pages);
/* The WSDLs of pages as one, in the namespace of the first; NULL: there is only
 * one, or they have different things of one name. */
xmlDocPtr metadata_single(const struct vec *pages);
bool metadata_is_there(const struct model *model);

#endif
