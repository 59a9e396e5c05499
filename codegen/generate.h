/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SBN_CODEGEN_GENERATE_H
#define SBN_CODEGEN_GENERATE_H

#include <stdbool.h>

#include "codegen/memory.h"

/* What header entries say beside their value (sebon/marks.h). */
struct header_mark {
    const char *ns, *local;
    bool must_understand, relay;
    const char *actor; /* NULL: none */
};

struct generate_options {
    const char *out;    /* folder; NULL: the current one */
    const char *file;   /* of the files, without ending; NULL: the prefix */
    const char *prefix; /* NULL: by the port type */
    bool client, server, types, message_contract;
    bool metadata;         /* services give out the documents */
    bool sync;             /* with the synchronous functions */
    bool split;            /* types, client and server in files of their own */
    bool lenient;          /* what is missing becomes XML or text */
    struct vec operations; /* const char *: the lists given; none: all */
    struct vec namespaces; /* const char *: XMLNS,PREFIX */
    const char *names;     /* file of names; NULL: none */
    const char *catalog;   /* NULL: none */
    const char *depfile;   /* NULL: none */
    struct vec marks; /* struct header_mark: which no WSDL tells */
};

/* The command, without its command line: reads files (const char *) and writes
 * what they describe. false: it has been told why. */
bool generate(const struct vec *files, const struct generate_options *options);

#endif
