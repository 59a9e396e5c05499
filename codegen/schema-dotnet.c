/* SPDX-License-Identifier: Apache-2.0 */
/* Conventions of .NET's data contracts that a schema only hints at. */
#include <string.h>

#include "codegen/schema.h"

bool
xs_is_identity(const struct xs_attribute_use *use)
{
    struct qname name = use->ref.name;

    return name.ns != NULL && strcmp(name.ns, NS_SERIALIZATION) == 0 &&
           (strcmp(name.local, "Id") == 0 || strcmp(name.local, "Ref") == 0);
}

bool
xs_has_identity(const struct xs_type *type)
{
    size_t i;

    for (; type != NULL && type->is_complex && !type->builtin;
         type = xs_base(type))
        for (i = 0; i < type->attributes.count; i++)
            if (xs_is_identity(
                    VEC(&type->attributes, struct xs_attribute_use, i)))
                return true;
    return false;
}
