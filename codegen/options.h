/* SPDX-License-Identifier: Apache-2.0 */
/* The command line. */
#ifndef SBN_CODEGEN_OPTIONS_H
#define SBN_CODEGEN_OPTIONS_H

#include <stdbool.h>

#include "codegen/memory.h"

/* What is to be done with an option's value. */
enum option_kind { OPTION_FLAG, OPTION_TEXT };

struct option {
    const char *name; /* with its dashes */
    enum option_kind kind;
    void *to;          /* bool or const char *; set when given */
    const char *value; /* what help calls it; NULL for a flag */
    const char *help;
};

/* Takes arguments from argv[first]; those that are no options are added to
 * files. false: an unknown option, a missing value; one line has been printed
 * on stderr. */
bool options_parse(const struct option *options, int argc, char **argv,
                   int first, struct vec *files);
void options_help(const struct option *options);

#endif
