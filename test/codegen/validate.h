/* SPDX-License-Identifier: Apache-2.0 */
/* Messages against the schema inside a WSDL, by libxml2's validator. */
#ifndef TEST_CODEGEN_VALIDATE_H
#define TEST_CODEGEN_VALIDATE_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>
#include <libxml/xmlschemas.h>

struct validator {
    xmlSchemaPtr schema; /* NULL: nothing is checked */
};

/* wsdl: a file below the source root with one schema in it, or NULL. */
void validator_init(struct validator *validator, const char *wsdl);
void validator_fini(struct validator *validator);
/* Whether the first element in the envelope's body is valid; what is not is told
 * as a TAP comment. */
bool validator_check(struct validator *validator, const char *envelope,
                     size_t size);

#endif
