/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SBN_CODEGEN_GENERATE_H
#define SBN_CODEGEN_GENERATE_H

#include <stdbool.h>

#include "codegen/memory.h"

struct generate_options {
    const char *out;    /* folder; NULL: the current one */
    const char *prefix; /* NULL: by the port type */
    bool client, server, types, message_contract;
};

/* The command, without its command line: reads files (const char *) and writes
 * what they describe. false: it has been told why. */
bool generate(const struct vec *files, const struct generate_options *options);

#endif
