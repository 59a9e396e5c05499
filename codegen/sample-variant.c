/* SPDX-License-Identifier: Apache-2.0 */
/* What may stand for an element or a type that is not abstract: what
 * substitutes and derives. Which of them does is the message's variant. */
#include "codegen/sample-parts.h"

static void
add_elements(const struct sample *sample, struct vec *all,
             const struct xs_element *element)
{
    size_t i;

    if (!element->abstract &&
        sample_element_height(sample->schemas, element) != SAMPLE_ENDLESS)
        vec_add(all, (void *)(uintptr_t)element);
    for (i = 0; i < element->substitutes.count; i++)
        add_elements(sample, all,
                     VEC(&element->substitutes, const struct xs_element, i));
}

const struct xs_element *
sample_variant_element(const struct sample *sample,
                       const struct xs_element *element)
{
    struct vec all = {NULL, 0, 0};

    if (sample->variant == 0 || element->block != 0)
        return element;
    add_elements(sample, &all, element);
    return all.count == 0 ? element
                          : VEC(&all, const struct xs_element,
                                sample->variant % all.count);
}

static void
add_types(struct vec *all, const struct xs_type *type, unsigned blocked)
{
    size_t i;

    if (!type->abstract && sample_type_height(type) != SAMPLE_ENDLESS)
        vec_add(all, (void *)(uintptr_t)type);
    for (i = 0; i < type->derived.count; i++) {
        const struct xs_type *at = VEC(&type->derived, const struct xs_type, i);

        if (at->c.name.local != NULL && (at->derivation & blocked) == 0)
            add_types(all, at, blocked);
    }
}

const struct xs_type *
sample_variant_type(const struct sample *sample, const struct xs_type *type,
                    unsigned blocked)
{
    struct vec all = {NULL, 0, 0};

    if (sample->variant == 0 || type->derived.count == 0)
        return sample_concrete_type(type, blocked);
    add_types(&all, type, blocked | type->block);
    return all.count == 0
               ? sample_concrete_type(type, blocked)
               : VEC(&all, const struct xs_type, sample->variant % all.count);
}
