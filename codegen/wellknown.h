/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Schemas that everybody refers to and nobody should have to fetch: what
 * codegen/wellknown/NAME.txt says of them, as XML documents for the ordinary
 * readers. codegen/wellknown/README.md describes the tables.
 */
#ifndef SBN_CODEGEN_WELLKNOWN_H
#define SBN_CODEGEN_WELLKNOWN_H

#include <stdbool.h>

#include <libxml/tree.h>

/* Whether there is a table about the namespace ns; NULL is none. */
bool wellknown_has(const char *ns);

/* Of which table the namespace at location is, a usual address of its document
 * or the namespace itself; NULL: of none. */
const char *wellknown_namespace_of(const char *location);

/* The namespace at place i in the list of all; NULL: past its end. */
const char *wellknown_namespace(size_t i);

/*
 * An xs:schema or, for what is about port types, a wsdl:definitions; NULL:
 * there is no table about ns. Line numbers are the table's. The caller frees
 * it. A table that breaks the rules is told as an error.
 */
xmlDocPtr wellknown_document(const char *ns);

#endif
