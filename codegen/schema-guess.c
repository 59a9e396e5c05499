/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names written with the wrong namespace, as real files have them: a prefix for
 * what a schema without target namespace declares, or no prefix where the
 * default namespace is WSDL's. What they mean is plain when only one thing has
 * the local name; it is used, with a warning.
 */
#include "codegen/schema.h"

#include <string.h>

bool
qname_is_loose(struct qname name)
{
    return name.ns == NULL || strcmp(name.ns, NS_WSDL) == 0;
}

/* The only component with this local name; NULL: none, or several. */
static struct xs_component *
only_one(const struct schemas *schemas, enum xs_space space, const char *local)
{
    struct xs_component *found = NULL;
    size_t i;

    for (i = 0; i < schemas->components.count; i++) {
        struct xs_component *component =
            VEC(&schemas->components, struct xs_component, i);

        if (component->space != space ||
            strcmp(component->name.local, local) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = component;
    }
    return found;
}

struct xs_component *
schema_guess(const struct schemas *schemas, enum xs_space space,
             struct qname name)
{
    const struct qname bare = {NULL, name.local};
    struct xs_component *found = NULL;

    if (name.local == NULL)
        return NULL;
    if (name.ns != NULL)
        found = schema_find(schemas, space, bare);
    if (found == NULL && qname_is_loose(name))
        found = only_one(schemas, space, name.local);
    return found;
}
