/* SPDX-License-Identifier: Apache-2.0 */
/* Names that somebody may have meant. */
#ifndef SBN_CODEGEN_NEAR_H
#define SBN_CODEGEN_NEAR_H

#include "codegen/memory.h"

/* "'Add', 'Adds' or 'AddAll'": the names (const char *) most like name, three at
 * most; NULL: none is. */
const char *near_names(const char *name, const struct vec *names);

#endif
