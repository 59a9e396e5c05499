/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All schemas of a WSDL as one that libxml2 compiles. It reads one document per
 * namespace and knows nothing of schemas inside a WSDL, so they are written to
 * files that include and import each other.
 */
#ifndef TEST_CORPUS_SCHEMA_SET_H
#define TEST_CORPUS_SCHEMA_SET_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>
#include <libxml/xmlschemas.h>

/* Of the schema that has an element for each message part with a type. */
#define PARTS_NS "urn:sebon:corpus:parts"

struct schema_set {
    xmlSchemaPtr schema; /* NULL: libxml2 cannot compile it */
    char complaint[300]; /* then: why */
};

/* Files go to the folder work. known: a folder with well-known schemas and
 * their TABLE.tsv, for what is imported and not there; may be NULL. */
void schema_set_open(struct schema_set *set, const char *wsdl, const char *work,
                     const char *known);
void schema_set_close(struct schema_set *set);

/* The name of the element for a part, in PARTS_NS. */
const char *schema_set_part(const char *message, const char *part);

/* Whether some schema declares element at its top level. */
bool schema_set_declares(struct schema_set *set, xmlNodePtr element);

/* Whether element is valid; complaint is filled in when not. */
bool schema_set_check(struct schema_set *set, xmlNodePtr element);

#endif
