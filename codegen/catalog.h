/* SPDX-License-Identifier: Apache-2.0 */
/* Which local file stands for a namespace or an address. */
#ifndef SBN_CODEGEN_CATALOG_H
#define SBN_CODEGEN_CATALOG_H

#include <stdbool.h>

#include "codegen/memory.h"

/*
 * Lines of a name and a file, blanks between them; the file is relative to the
 * catalog, a # begins a comment. An XML catalog (OASIS) is understood as well:
 * its system, systemSuffix, uri, uriSuffix, rewriteSystem, rewriteURI, public
 * and group elements. false: it cannot be read, and that has been told.
 */
struct catalog {
    struct map files;    /* name to path */
    struct vec suffixes; /* struct catalog_rule */
    struct vec starts;   /* struct catalog_rule */
};
struct catalog_rule {
    const char *text, *path;
};

bool catalog_read(struct catalog *catalog, const char *path);
/* NULL: it says nothing of name. */
const char *catalog_find(const struct catalog *catalog, const char *name);

#endif
