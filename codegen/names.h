/* SPDX-License-Identifier: Apache-2.0 */
/* XML names become C names. */
#ifndef SBN_CODEGEN_NAMES_H
#define SBN_CODEGEN_NAMES_H

#include <stdbool.h>

#include "codegen/memory.h"

/* snake_case, ASCII, never empty, never with a digit first: HTTPServer2Name
 * gives http_server2_name. May be a keyword: see name_safe. */
const char *name_snake(const char *xml);
/* The same in capitals; may begin with a digit: it is for use after a prefix. */
const char *name_upper(const char *xml);
/* name, with an underscore behind it when C, C++ or a system header has given
 * the bare word a meaning. */
const char *name_safe(const char *name);
/* The prefix for a port type: ICalculator, CalculatorPortType, CalculatorSoap
 * and CalculatorService give calculator. */
const char *name_prefix(const char *port_type);
/* Whether text can be a prefix: a C identifier that is no keyword. */
bool name_is_prefix(const char *text);
/* items for item; a word that ends in s stays. */
const char *name_plural(const char *snake);

/* The names in use somewhere: in a file, a struct, a parameter list. */
struct scope {
    struct map used;
};
/* name, or name_2, name_3 ... when it is in use; takes it. */
const char *scope_take(struct scope *scope, const char *name);
/* The same for a name that stands alone: name_safe. */
const char *scope_take_word(struct scope *scope, const char *name);
/* What scope_take would give. */
const char *scope_free(const struct scope *scope, const char *name);
bool scope_has(const struct scope *scope, const char *name);
void scope_add(struct scope *scope, const char *name);

#endif
