/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SBN_CODEGEN_CONTRACT_H
#define SBN_CODEGEN_CONTRACT_H

#include <stdbool.h>

#include "codegen/memory.h"

struct contract_options {
    const char *out; /* folder; NULL: the current one */
    bool single;     /* one document instead of the documents and it */
    bool no_code;    /* no C */
    bool metadata; /* services give out the documents */
    bool check;      /* nothing is written */
};

/* The command, without its command line. false: it has been told why. */
bool contract_run(const char *file, const struct contract_options *options);

#endif
