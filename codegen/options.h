/* SPDX-License-Identifier: Apache-2.0 */
/* The command line. */
#ifndef SBN_CODEGEN_OPTIONS_H
#define SBN_CODEGEN_OPTIONS_H

#include <stdbool.h>

#include "codegen/memory.h"

/* What is to be done with an option's value. */
enum option_kind {
    OPTION_FLAG,  /* bool: becomes true */
    OPTION_CLEAR, /* bool: becomes false */
    OPTION_TEXT,  /* const char *: the last one given */
    OPTION_LIST   /* struct vec of const char *: each one given */
};

struct option {
    const char *name; /* with its dashes */
    enum option_kind kind;
    void *to;
    const char *value; /* what help calls it; NULL for a flag */
    const char *help;
};

/* Takes arguments from argv[first]; those that are no options are added to
 * files. false: an unknown option, a missing value; one line has been printed
 * on stderr. */
bool options_parse(const struct option *options, int argc, char **argv,
                   int first, struct vec *files);
void options_help(const struct option *options);

/*
 * svcutil's and dotnet-svcutil's way to say the same: /name, -name or --name in
 * any case, the value behind a colon or an equals sign. Returns the arguments
 * in our own spelling; *argc becomes their number. What has no meaning in C is
 * left out, with one line on stderr for each.
 */
char **options_from_svcutil(int *argc, char **argv);

#endif
