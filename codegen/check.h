/* SPDX-License-Identifier: Apache-2.0 */
/* The check command: one screen about what files describe. */
#ifndef SBN_CODEGEN_CHECK_H
#define SBN_CODEGEN_CHECK_H

#include <stdbool.h>

#include "codegen/memory.h"

struct check_options {
    const char *catalog; /* NULL: none */
    bool all;            /* nothing is cut short */
};

/* Reads files (const char *) and prints on stdout. false: generate would refuse
 * them. */
bool check(const struct vec *files, const struct check_options *options);

#endif
