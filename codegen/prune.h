/* SPDX-License-Identifier: Apache-2.0 */
/* Operations that are left out. */
#ifndef SBN_CODEGEN_PRUNE_H
#define SBN_CODEGEN_PRUNE_H

#include <stdbool.h>

#include "codegen/wsdl.h"

/* What there was and what is kept; types are the named ones of schemas that C
 * has a type for. */
struct prune {
    size_t operations, kept_operations;
};

/*
 * Leaves in a WSDL not resolved yet only the operations that lists (const char *: names
 * between commas) name, as NAME or PORTTYPE.NAME, and the port types that have
 * some. A name that none has is an error at file, with those that are like it.
 */
bool prune_operations(struct wsdl *wsdl, const struct vec *lists,
                      const char *file, struct prune *ret_prune);
/* Leaves out the operations with a message that is missing, which has been told;
 * each with a warning. */
void prune_unusable(struct wsdl *wsdl);
/* "kept 12 of 801 operations, 64 of 3257 types", once the model is built: the
 * types it has no use for were never made. */
void prune_tell(const struct wsdl *wsdl, const struct prune *prune,
                const char *file);

#endif
