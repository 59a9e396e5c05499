/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names written with the wrong namespace, as real files have them: a prefix for
 * what a schema without target namespace declares, or no prefix where the
 * default namespace is WSDL's. What they mean is plain when only one thing has
 * the local name; it is used, with a warning. So is a type of XML Schema under
 * the name of one of its drafts, or in other case.
 */
#include "codegen/schema.h"

#include <string.h>
#include <strings.h>

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

bool
qname_is_xsd(struct qname name)
{
    static const char *const drafts[] = {
        "http://www.w3.org/1999/XMLSchema",
        "http://www.w3.org/2000/08/XMLSchema",
        "http://www.w3.org/2000/10/XMLSchema",
    };
    size_t i;

    if (name.ns == NULL || strcmp(name.ns, NS_XSD) == 0)
        return name.ns != NULL;
    for (i = 0; i < sizeof(drafts) / sizeof(drafts[0]); i++)
        if (strcmp(name.ns, drafts[i]) == 0)
            return true;
    return false;
}

/* XML Schema's own types under the names of its drafts, or in other case. */
static struct xs_component *
guess_builtin(const struct schemas *schemas, enum xs_space space,
              struct qname name)
{
    static const char *const names[] = {
#define XS_BUILTIN(name, id, base, kind) name,
#include "codegen/builtins.h"
#undef XS_BUILTIN
    };
    struct qname other = {NS_XSD, name.local};
    struct xs_component *found;
    size_t i;

    if (space != XS_TYPE || !qname_is_xsd(name))
        return NULL;
    found = schema_find(schemas, space, other);
    for (i = 0; found == NULL && i < sizeof(names) / sizeof(names[0]); i++) {
        other.local = names[i];
        if (strcasecmp(other.local, name.local) == 0)
            found = schema_find(schemas, space, other);
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
    if (found == NULL)
        found = guess_builtin(schemas, space, name);
    if (found == NULL && qname_is_loose(name))
        found = only_one(schemas, space, name.local);
    return found;
}
