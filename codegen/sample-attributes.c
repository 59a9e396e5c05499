/* SPDX-License-Identifier: Apache-2.0 */
/* Lines, text, and the attributes of an element. */
#include "codegen/sample-parts.h"

#include <string.h>

/* ---- Text ---------------------------------------------------------------- */

void
sample_start_line(struct sample *sample)
{
    unsigned i;

    if (sample->inside_text)
        return;
    text_put(&sample->body, "\n");
    for (i = 0; i < sample->depth; i++)
        text_put(&sample->body, "  ");
}

void
sample_escaped(struct text *text, const char *words)
{
    for (; *words != '\0'; words++) {
        switch (*words) {
        case '&':
            text_put(text, "&amp;");
            break;
        case '<':
            text_put(text, "&lt;");
            break;
        case '>':
            text_put(text, "&gt;");
            break;
        case '"':
            text_put(text, "&quot;");
            break;
        case '\t':
            text_put(text, "&#9;");
            break;
        case '\n':
            text_put(text, "&#10;");
            break;
        case '\r':
            text_put(text, "&#13;");
            break;
        default:
            text_putn(text, words, 1);
            break;
        }
    }
}

void
sample_attribute(struct sample *sample, const char *name, const char *value)
{
    text_printf(&sample->body, " %s=\"", name);
    sample_escaped(&sample->body, value);
    text_put(&sample->body, "\"");
}

/* ---- Attributes ---------------------------------------------------------- */

static const struct xs_attribute *
used_attribute(const struct xs_attribute_use *use)
{
    return use->attribute != NULL
               ? use->attribute
               : (const struct xs_attribute *)(const void *)use->ref.to;
}

/* Adds use, unless a more derived type has said something of it. */
static void
add_use(struct vec *uses, struct xs_attribute_use *use)
{
    const struct xs_attribute *attribute = used_attribute(use), *other;
    size_t i;

    if (attribute == NULL)
        return;
    for (i = 0; i < uses->count; i++) {
        other = used_attribute(VEC(uses, struct xs_attribute_use, i));
        if (qname_equal(other->c.name, attribute->c.name))
            return;
    }
    vec_add(uses, use);
}

static void
add_uses(struct vec *uses, const struct vec *attributes,
         const struct vec *groups)
{
    size_t i;

    for (i = 0; i < attributes->count; i++)
        add_use(uses, VEC(attributes, struct xs_attribute_use, i));
    for (i = 0; i < groups->count; i++) {
        const struct xs_attribute_group *group =
            (const struct xs_attribute_group *)(const void *)VEC(
                groups, struct xs_ref, i)
                ->to;

        if (group != NULL)
            add_uses(uses, &group->attributes, &group->attribute_groups);
    }
}

static const char *
attribute_value(struct sample *sample, const struct xs_attribute_use *use)
{
    const struct xs_attribute *attribute = used_attribute(use);

    if (use->fixed_value != NULL)
        return use->fixed_value;
    if (attribute->fixed_value != NULL)
        return attribute->fixed_value;
    return sample_value(sample, xs_attribute_type(sample->schemas, attribute));
}

/* offset, position and the like of arrays. */
static bool
is_of_encoding(const struct xs_attribute_use *use)
{
    const char *ns = used_attribute(use)->c.name.ns;

    return ns != NULL && strcmp(ns, NS_ENCODING11) == 0;
}

static void
all_uses(const struct xs_type *type, struct vec *ret_uses)
{
    for (; type != NULL && type->is_complex; type = xs_base(type))
        add_uses(ret_uses, &type->attributes, &type->attribute_groups);
}

static const struct xs_wildcard *
wildcard_of(const struct xs_wildcard *own, const struct vec *groups)
{
    size_t i;

    for (i = 0; own == NULL && i < groups->count; i++) {
        const struct xs_attribute_group *group =
            (const struct xs_attribute_group *)(const void *)VEC(
                groups, struct xs_ref, i)
                ->to;

        if (group != NULL)
            own = wildcard_of(group->any_attribute, &group->attribute_groups);
    }
    return own;
}

/* One that nobody declares, where that is right. */
static void
write_any_attribute(struct sample *sample, const struct xs_type *type)
{
    struct qname name = {SAMPLE_OTHER_NS, "note"};
    const struct xs_wildcard *any =
        wildcard_of(type->any_attribute, &type->attribute_groups);

    while (any == NULL && type->derivation == XS_EXTENSION &&
           (type = xs_base(type)) != NULL && type->is_complex)
        any = wildcard_of(type->any_attribute, &type->attribute_groups);
    if (any != NULL && strcmp(any->process, "strict") != 0 &&
        sample_allows(any, any->target, SAMPLE_OTHER_NS))
        sample_attribute(sample, sample_name(sample, name),
                         mem_printf("text%u", ++sample->count));
}

void
sample_attributes(struct sample *sample, const struct xs_type *type,
                  bool minimal)
{
    struct vec uses = {NULL, 0, 0};
    size_t i;

    if (type->is_complex && !minimal && !sample->encoded)
        write_any_attribute(sample, type);
    all_uses(type, &uses);
    for (i = 0; i < uses.count; i++) {
        const struct xs_attribute_use *use =
            VEC(&uses, struct xs_attribute_use, i);

        /* id and href of SOAP's encoding are for what stands elsewhere */
        if (use->prohibited || xs_is_identity(use) ||
            use->array_type.local != NULL ||
            (!use->required &&
             (minimal || sample->encoded || is_of_encoding(use))))
            continue;
        sample_attribute(sample,
                         sample_name(sample, used_attribute(use)->c.name),
                         attribute_value(sample, use));
    }
}
