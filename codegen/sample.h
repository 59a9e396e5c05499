/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Filled messages: for an operation of a WSDL, a message that its schema takes.
 * What the schema leaves open is made up; equal input gives equal messages.
 */
#ifndef SBN_CODEGEN_SAMPLE_H
#define SBN_CODEGEN_SAMPLE_H

#include <stdbool.h>

#include "codegen/memory.h"

struct sample_options {
    const char *operation; /* NULL: all */
    bool reply;            /* what comes back, not what is sent */
    bool minimal;     /* only what must be there; otherwise all there may be */
    unsigned variant; /* which branch of each choice, from 0 */
    bool soap12;      /* SOAP 1.2, where there is a choice */
};

/* The command, without its command line: prints the messages of files (const
 * char *). false: it has been told why. */
bool sample(const struct vec *files, const struct sample_options *options);

#endif
