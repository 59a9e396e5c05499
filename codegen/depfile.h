/* SPDX-License-Identifier: Apache-2.0 */
/* What was read, for make and ninja. */
#ifndef SBN_CODEGEN_DEPFILE_H
#define SBN_CODEGEN_DEPFILE_H

#include "codegen/document.h"
#include "codegen/output.h"

/* "calc.c calc.h: calc.wsdl types.xsd" as text, for outputs (struct output);
 * more are further files that were read (const char *). */
void depfile_fill(struct text *text, const struct vec *outputs,
                  const struct documents *documents, const struct vec *more);

#endif
