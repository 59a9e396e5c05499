/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Elements and content. What may be there is there, and what may be
 * repeated is there twice, unless that would not end: inside itself, and after
 * it has been shown a few times, a type has only what it must have.
 */
#include "codegen/sample-parts.h"

#include <string.h>

/* ENOUGH: where content that cannot end is cut off. */
enum { SHOWN_OFTEN = 4, ENOUGH = 20, DEEPEST = 200 };

static void write_particle(struct sample *sample,
                           const struct xs_particle *particle, bool minimal);

/* ---- Particles ----------------------------------------------------------- */

static const struct xs_element *
particle_element(const struct xs_particle *particle)
{
    return particle->element != NULL
               ? particle->element
               : (const struct xs_element *)(const void *)particle->ref.to;
}

/* Whether an element cannot end. */
static bool
is_endless_element(const struct sample *sample,
                   const struct xs_element *element)
{
    const struct xs_type *type;

    element = sample_concrete_element(sample->schemas, element);
    if (element == NULL)
        return true;
    type = sample_concrete_type(xs_element_type(sample->schemas, element),
                                element->block);
    return type == NULL || sample_type_height(type) == SAMPLE_ENDLESS;
}

/* Whether all that must be in a group can be written. */
static bool
is_endless(const struct sample *sample, const struct xs_particle *particle)
{
    return particle->min > 0 &&
           sample_particle_height(sample->schemas, particle) == SAMPLE_ENDLESS;
}

static uint32_t
occurrences(const struct sample *sample, const struct xs_particle *particle,
            bool minimal)
{
    uint32_t count = particle->min;

    if (minimal || sample->depth > DEEPEST)
        return count;
    if (particle->kind == XS_P_ELEMENT && particle_element(particle) != NULL &&
        is_endless_element(sample, particle_element(particle)))
        return count;
    if (count < 2)
        count = particle->max < 2 ? particle->max : 2;
    return count;
}

/* The first branch, then the next ones; the lowest when only what must be there
 * is wanted. */
static void
write_choice(struct sample *sample, const struct xs_particle *choice,
             uint32_t number, bool minimal)
{
    const struct xs_particle *best = NULL, *at;
    size_t i, count = choice->children.count;

    for (i = 0; i < count; i++) {
        at = VEC(&choice->children, const struct xs_particle,
                 (i + number) % count);
        if (at->max == 0 || is_endless(sample, at) ||
            (at->kind == XS_P_ELEMENT && particle_element(at) != NULL &&
             !minimal && is_endless_element(sample, particle_element(at))))
            continue;
        if (best == NULL ||
            (minimal && sample_particle_height(sample->schemas, at) <
                            sample_particle_height(sample->schemas, best)))
            best = at;
        if (!minimal)
            break;
    }
    if (best == NULL)
        for (i = 0; i < count; i++) {
            at = VEC(&choice->children, const struct xs_particle, i);
            if (best == NULL ||
                sample_particle_height(sample->schemas, at) <
                    sample_particle_height(sample->schemas, best))
                best = at;
        }
    if (best != NULL)
        write_particle(sample, best, minimal);
}

/* Of two that may be nil, the second is. */
static bool
is_second_nil(const struct xs_particle *particle, uint32_t number)
{
    return number == 1 && particle_element(particle)->nillable;
}

static const struct xs_element *
chosen_element(const struct sample *sample, const struct xs_particle *particle,
               bool minimal)
{
    const struct xs_element *element = particle_element(particle);

    return minimal ? element : sample_variant_element(sample, element);
}

static void
write_once(struct sample *sample, const struct xs_particle *particle,
           uint32_t number, bool minimal)
{
    const struct xs_group *group;
    size_t i;

    switch (particle->kind) {
    case XS_P_ELEMENT:
        if (particle_element(particle) != NULL)
            sample_element(sample, chosen_element(sample, particle, minimal),
                           minimal || is_second_nil(particle, number));
        break;
    case XS_P_ANY:
        sample_any(sample, particle->any);
        break;
    case XS_P_GROUP:
        group = (const struct xs_group *)(const void *)particle->ref.to;
        if (group != NULL && group->content != NULL)
            write_particle(sample, group->content, minimal);
        break;
    case XS_P_CHOICE:
        write_choice(sample, particle, number + sample->variant, minimal);
        break;
    case XS_P_SEQUENCE:
    case XS_P_ALL:
        for (i = 0; i < particle->children.count; i++)
            write_particle(sample,
                           VEC(&particle->children, struct xs_particle, i),
                           minimal);
        break;
    }
}

static void
write_particle(struct sample *sample, const struct xs_particle *particle,
               bool minimal)
{
    uint32_t count, i;

    if (particle == NULL)
        return;
    if (particle->min == 0 && particle->kind != XS_P_ELEMENT && !minimal) {
        /* an optional group that cannot end stays away */
        struct xs_particle once = *particle;

        once.min = 1;
        if (is_endless(sample, &once))
            return;
    }
    count = occurrences(sample, particle, minimal);
    for (i = 0; i < count; i++)
        write_once(sample, particle, i, minimal);
}

/* ---- Types --------------------------------------------------------------- */

/* What an extension adds stands behind what it extends. */
static void
write_particles(struct sample *sample, const struct xs_type *type, bool minimal)
{
    const struct xs_type *base = xs_base(type);

    if (type->derivation == XS_EXTENSION && base != NULL &&
        base->builtin == XS_NOT_BUILTIN)
        write_particles(sample, base, minimal);
    write_particle(sample, type->content, minimal);
}

/* Whether it has text for content, if only from what it derives. */
static bool
is_simple(const struct xs_type *type)
{
    for (; type != NULL && type->is_complex && !type->simple_content;
         type = xs_base(type))
        if (type->derivation == 0 || type->content != NULL)
            return false;
    return type != NULL;
}

static bool
is_mixed(const struct xs_type *type)
{
    for (; type != NULL && type->builtin == XS_NOT_BUILTIN;
         type = xs_base(type)) {
        if (type->mixed)
            return true;
        if (type->derivation != XS_EXTENSION)
            break;
    }
    return false;
}

/* id, href, offset and so on of arrays are for what stands elsewhere. */
static bool
is_array(const struct xs_type *type)
{
    const struct xs_type *base = xs_base(type);

    return base != NULL && base->c.name.ns != NULL &&
           strcmp(base->c.name.ns, NS_ENCODING11) == 0 &&
           strcmp(base->c.name.local, "Array") == 0;
}

/* .NET numbers the objects of a message. */
static void
write_identity(struct sample *sample)
{
    struct qname id = {NS_SERIALIZATION, "Id"};

    sample_attribute(sample, sample_name(sample, id),
                     mem_printf("i%u", ++sample->objects));
}

/* Behind the start tag's name and type. */
static void
write_complex(struct sample *sample, struct xs_type *type, bool minimal)
{
    const struct xs_attribute_use *array = sample_array_use(type);
    bool outside = !sample->inside_text;
    size_t before;

    if (xs_has_identity(type))
        write_identity(sample);
    sample_attributes(sample, type, minimal || is_array(type));
    if (array != NULL) {
        sample_array(sample, type, array->array_type, minimal);
        return;
    }
    text_put(&sample->body, ">");
    if (is_mixed(type)) {
        sample->inside_text = true;
        text_put(&sample->body, minimal ? "" : "text ");
    }
    before = sample->body.size;
    sample->depth++;
    write_particles(sample, type, minimal);
    sample->depth--;
    if (sample->body.size > before)
        sample_start_line(sample);
    sample->inside_text = sample->inside_text && !outside;
}

/* Behind the start tag's name and type, to the end tag. */
static void
write_content(struct sample *sample, struct xs_type *type, bool minimal)
{
    bool visiting = type->visiting;

    if (type->shown >= SHOWN_OFTEN || visiting)
        minimal = true;
    else if (!minimal)
        type->shown++;
    type->visiting = true;
    write_complex(sample, type, minimal);
    type->visiting = visiting;
}

static void
write_simple(struct sample *sample, const struct xs_element *element,
             const struct xs_type *type, bool minimal)
{
    const char *value = element->fixed_value;

    if (type->is_complex)
        sample_attributes(sample, type, minimal);
    if (value == NULL)
        value = sample_value(sample, type);
    text_put(&sample->body, ">");
    sample_escaped(&sample->body, value);
}

/* ---- Elements ------------------------------------------------------------ */

static void
write_type(struct sample *sample, const struct xs_type *type)
{
    struct qname attribute = {NS_XSI, "type"};

    if (type->c.name.local != NULL)
        sample_attribute(sample, sample_name(sample, attribute),
                         sample_name(sample, type->c.name));
}

/* Any type at all: a string. */
static void
write_any_type(struct sample *sample)
{
    struct qname attribute = {NS_XSI, "type"}, string = {NS_XSD, "string"};

    sample_attribute(sample, sample_name(sample, attribute),
                     sample_name(sample, string));
    text_printf(&sample->body, ">text%u", ++sample->count);
}

static void
write_nil(struct sample *sample, const struct xs_type *type)
{
    struct qname attribute = {NS_XSI, "nil"};

    sample_attribute(sample, sample_name(sample, attribute), "true");
    if (type->is_complex)
        sample_attributes(sample, type, true);
    text_put(&sample->body, ">");
}

/* An end tag, or the start tag becomes an empty one. */
static void
write_end(struct sample *sample, size_t tag_end, const char *name)
{
    struct text *body = &sample->body;

    if (body->size == tag_end && body->data[tag_end - 1] == '>') {
        body->size--;
        text_put(body, "/>");
    } else {
        text_printf(body, "</%s>", name);
    }
}

static size_t
start_tag_end(const struct text *text, size_t from)
{
    const char *end = strchr(text->data + from, '>');

    return end == NULL ? text->size : (size_t)(end - text->data) + 1;
}

/* Whether an element of type is well without content: the type in place of an
 * abstract one would have to be there all the same. */
static bool
may_be_nil(const struct xs_element *element, const struct xs_type *declared,
           const struct xs_type *type)
{
    return element->nillable && element->fixed_value == NULL &&
           type == declared;
}

void
sample_element(struct sample *sample, const struct xs_element *element,
               bool minimal)
{
    const struct xs_type *declared, *type;
    const char *name;
    size_t start;

    element = sample_concrete_element(sample->schemas, element);
    if (element == NULL || sample->depth > DEEPEST ||
        (!element->nillable && !sample->encoded &&
         is_endless_element(sample, element) && sample->depth > ENOUGH))
        return;
    declared = xs_element_type(sample->schemas, element);
    type = minimal ? sample_concrete_type(declared, element->block)
                   : sample_variant_type(sample, declared, element->block);
    if (type == NULL)
        type = declared;
    name = sample_name(sample, element->c.name);
    sample_start_line(sample);
    start = sample->body.size;
    text_printf(&sample->body, "<%s", name);
    if ((minimal && may_be_nil(element, declared, type)) ||
        ((element->nillable || sample->encoded) && type->visiting &&
         sample_type_height(type) == SAMPLE_ENDLESS)) {
        if (type != declared)
            write_type(sample, type);
        write_nil(sample, type);
    } else if (type->builtin == XS_BUILTIN_ANYTYPE) {
        write_any_type(sample);
    } else {
        if (type != declared || sample->encoded)
            write_type(sample, type);
        if (is_simple(type))
            write_simple(sample, element, type, minimal);
        else
            write_content(sample, (struct xs_type *)(uintptr_t)type, minimal);
    }
    write_end(sample, start_tag_end(&sample->body, start), name);
}
