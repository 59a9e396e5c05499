/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SBN_CODEGEN_SAMPLE_FACETS_H
#define SBN_CODEGEN_SAMPLE_FACETS_H

#include "codegen/sample-parts.h"

/* What restricts a value: the facets of a type and of those it goes back to. */
struct facets {
    enum xs_builtin builtin;
    const struct xs_type *list,
        *of_union;                    /* the one it goes back to, or NULL */
    const struct xs_type *enumerated; /* the first with enumerations */
    struct vec patterns;              /* struct xs_type: those with some */
    const char *min, *max;            /* inclusive; NULL: none */
    const char *above, *below;        /* exclusive */
    size_t shortest, longest;         /* characters, bytes or items */
    unsigned total, fraction;         /* digits */
};

void facets_collect(struct facets *facets, const struct xs_type *type);
bool facets_fit(const struct facets *facets, const char *value);

bool facet_is(const struct xs_facet *facet, const char *name);
bool facets_is_number(enum xs_builtin builtin);

#endif
