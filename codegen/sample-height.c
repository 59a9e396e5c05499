/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How deep an element's smallest content is. Types may contain themselves; the
 * way out is where the content is lowest, and a type without a way out has no
 * height. Found by going over all types until nothing changes any more.
 */
#include "codegen/sample-parts.h"

static uint32_t
higher(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t
above(uint32_t height)
{
    return height == SAMPLE_ENDLESS ? height : height + 1;
}

/* ---- What stands for something abstract ---------------------------------- */

static const struct xs_type *
lower_type(const struct xs_type *best, const struct xs_type *type,
           unsigned blocked)
{
    size_t i;

    for (i = 0; i < type->derived.count; i++) {
        const struct xs_type *at = VEC(&type->derived, struct xs_type, i);

        if ((at->derivation & blocked) != 0)
            continue;
        if (!at->abstract && at->c.name.local != NULL &&
            (best == NULL || sample_type_height(at) < sample_type_height(best)))
            best = at;
        best = lower_type(best, at, blocked);
    }
    return best;
}

const struct xs_type *
sample_concrete_type(const struct xs_type *type, unsigned blocked)
{
    return type->abstract ? lower_type(NULL, type, blocked | type->block)
                          : type;
}

static const struct xs_element *
lower_element(const struct schemas *schemas, const struct xs_element *best,
              const struct xs_element *element)
{
    size_t i;

    for (i = 0; i < element->substitutes.count; i++) {
        const struct xs_element *at =
            VEC(&element->substitutes, struct xs_element, i);

        if (!at->abstract &&
            (best == NULL || sample_element_height(schemas, at) <
                                 sample_element_height(schemas, best)))
            best = at;
        best = lower_element(schemas, best, at);
    }
    return best;
}

const struct xs_element *
sample_concrete_element(const struct schemas *schemas,
                        const struct xs_element *element)
{
    return element->abstract ? lower_element(schemas, NULL, element) : element;
}

/* ---- Heights ------------------------------------------------------------- */

uint32_t
sample_type_height(const struct xs_type *type)
{
    if (!type->is_complex || type->builtin != XS_NOT_BUILTIN)
        return 0;
    return type->height == 0 ? SAMPLE_ENDLESS : type->height - 1;
}

uint32_t
sample_element_height(const struct schemas *schemas,
                      const struct xs_element *element)
{
    const struct xs_type *type;

    element = sample_concrete_element(schemas, element);
    if (element == NULL)
        return SAMPLE_ENDLESS;
    if (element->nillable)
        return 1;
    type =
        sample_concrete_type(xs_element_type(schemas, element), element->block);
    return type == NULL ? SAMPLE_ENDLESS : above(sample_type_height(type));
}

static uint32_t
choice_height(const struct schemas *schemas, const struct xs_particle *choice)
{
    uint32_t height = SAMPLE_ENDLESS, one;
    size_t i;

    for (i = 0; i < choice->children.count; i++) {
        one = sample_particle_height(
            schemas, VEC(&choice->children, struct xs_particle, i));
        if (one < height)
            height = one;
    }
    return height; /* of no alternatives none can be taken */
}

uint32_t
sample_particle_height(const struct schemas *schemas,
                       const struct xs_particle *particle)
{
    uint32_t height = 0;
    size_t i;

    if (particle == NULL || particle->min == 0)
        return 0;
    switch (particle->kind) {
    case XS_P_ELEMENT:
        if (particle->element != NULL)
            return sample_element_height(schemas, particle->element);
        if (particle->ref.to == NULL)
            return 0;
        return sample_element_height(
            schemas, (const struct xs_element *)(const void *)particle->ref.to);
    case XS_P_GROUP:
        if (particle->ref.to == NULL)
            return 0;
        return sample_particle_height(
            schemas,
            ((const struct xs_group *)(const void *)particle->ref.to)->content);
    case XS_P_CHOICE:
        return choice_height(schemas, particle);
    case XS_P_SEQUENCE:
    case XS_P_ALL:
        for (i = 0; i < particle->children.count; i++)
            height = higher(height, sample_particle_height(
                                        schemas, VEC(&particle->children,
                                                     struct xs_particle, i)));
        return height;
    case XS_P_ANY:
        break;
    }
    return 1;
}

/* Whether type's height has become known, or less. */
static bool
lower(const struct schemas *schemas, struct xs_type *type)
{
    uint32_t height = sample_particle_height(schemas, type->content);
    const struct xs_type *base = xs_base(type);

    if (!type->is_complex || type->builtin != XS_NOT_BUILTIN)
        return false;
    if (type->derivation == XS_EXTENSION && base != NULL)
        height = higher(height, sample_type_height(base));
    if (height >= sample_type_height(type))
        return false;
    type->height = height + 1;
    return true;
}

static bool
lower_component(const struct schemas *schemas, struct xs_component *component)
{
    bool changed = false;

    for (; component != NULL; component = component->redefines)
        if (component->space == XS_TYPE)
            changed |= lower(schemas, (struct xs_type *)(void *)component);
    return changed;
}

void
sample_heights(const struct schemas *schemas)
{
    struct xs_element *element;
    bool changed;
    size_t i;

    do {
        changed = false;
        for (i = 0; i < schemas->components.count; i++)
            changed |= lower_component(
                schemas, VEC(&schemas->components, struct xs_component, i));
        for (i = 0; i < schemas->elements.count; i++) {
            element = VEC(&schemas->elements, struct xs_element, i);
            if (element->inline_type != NULL)
                changed |= lower(schemas, element->inline_type);
        }
    } while (changed);
}
