/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Content models become fields. Sequences that stand once are laid out flat in
 * the struct they are in; choices are a tag with a union; groups that repeat
 * are arrays of structs, so that their order is kept.
 */
#include "codegen/model.h"

#include <string.h>

/* A particle with the occurrence it has where it stands. */
struct place_in {
    struct model *model;
    struct c_type *owner;
    bool optional; /* something around it may be absent */
};

static void add_particle(struct place_in in, struct xs_particle *particle,
                         uint32_t min, uint32_t max, const char *name);

static uint32_t
times(uint32_t a, uint32_t b)
{
    if (a == 0 || b == 0)
        return 0;
    if (a == XS_UNBOUNDED || b == XS_UNBOUNDED || a > XS_UNBOUNDED / b)
        return XS_UNBOUNDED;
    return a * b;
}

static bool
is_choice(const struct c_type *type)
{
    return (type->flags & SBN_TYPE_CHOICE) != 0;
}

/* In a choice the tag tells what is there. */
static void
fix_occurs(const struct place_in *in, uint32_t *min, uint32_t *max)
{
    if (is_choice(in->owner)) {
        if (*min == 0)
            *min = 1;
    } else if (in->optional) {
        *min = 0;
    }
    if (*max < *min)
        *max = *min;
}

static void
add_field(struct place_in in, struct c_field *field, const char *name)
{
    model_add_field(in.owner, field, name);
    if (is_choice(in.owner))
        field->which = scope_take(
            &in.model->names,
            mem_printf("%s_%s", name_upper(in.owner->tag), name_upper(name)));
}

/* ---- Elements and wildcards ---------------------------------------------- */

static struct xs_element *
particle_element(const struct xs_particle *particle)
{
    return particle->element != NULL
               ? particle->element
               : (struct xs_element *)(void *)particle->ref.to;
}

static void
add_one_element(struct place_in in, struct xs_element *element, uint32_t min,
                uint32_t max)
{
    fix_occurs(&in, &min, &max);
    add_field(in, model_element(in.model, in.owner->natural, element, min, max),
              name_snake(element->c.name.local));
}

/* All that may stand where head is referred to. */
static void
collect_substitutes(struct xs_element *head, struct vec *all)
{
    size_t i;

    if (!head->abstract)
        vec_add(all, head);
    for (i = 0; i < head->substitutes.count; i++)
        collect_substitutes(VEC(&head->substitutes, struct xs_element, i), all);
}

/* A choice among elements, as a particle. */
static struct xs_particle *
choice_of(const struct vec *elements, struct place place)
{
    struct xs_particle *choice = NEW(struct xs_particle), *one;
    size_t i;

    choice->kind = XS_P_CHOICE;
    choice->place = place;
    choice->min = choice->max = 1;
    for (i = 0; i < elements->count; i++) {
        one = NEW(struct xs_particle);
        one->kind = XS_P_ELEMENT;
        one->place = place;
        one->min = one->max = 1;
        one->element = VEC(elements, struct xs_element, i);
        vec_add(&choice->children, one);
    }
    return choice;
}

static void
add_element(struct place_in in, struct xs_particle *particle, uint32_t min,
            uint32_t max)
{
    struct xs_element *element = particle_element(particle);
    struct vec all = {NULL, 0, 0};

    if (element == NULL || max == 0)
        return;
    if (particle->element == NULL)
        collect_substitutes(element, &all);
    if (element->substitutes.count == 0 || particle->element != NULL ||
        all.count == 0)
        add_one_element(in, element, min, max);
    else if (all.count == 1)
        add_one_element(in, VEC(&all, struct xs_element, 0), min, max);
    else
        add_particle(in, choice_of(&all, particle->place), min, max,
                     name_snake(element->c.name.local));
}

static void
add_any(struct place_in in, uint32_t min, uint32_t max)
{
    struct c_field *field = NEW(struct c_field);

    if (max == 0)
        return;
    fix_occurs(&in, &min, &max);
    field->kind = SBN_K_XML;
    field->flags = SBN_F_ANY;
    field->min = min;
    field->max = max == XS_UNBOUNDED ? 0 : max;
    if (min == 0)
        field->flags |= SBN_F_OPTIONAL;
    if (max > 1)
        field->flags |= SBN_F_REPEATED;
    field->doc = max > 1 ? "elements the schema does not name"
                         : "an element the schema does not name";
    add_field(in, field, "any");
}

/* ---- Groups -------------------------------------------------------------- */

static size_t
child_count(const struct xs_particle *particle)
{
    return particle->children.count;
}

static struct xs_particle *
child_at(const struct xs_particle *particle, size_t i)
{
    return VEC(&particle->children, struct xs_particle, i);
}

static void
add_children(struct place_in in, const struct xs_particle *particle)
{
    size_t i;

    for (i = 0; i < child_count(particle); i++) {
        struct xs_particle *child = child_at(particle, i);

        add_particle(in, child, child->min, child->max, NULL);
    }
}

/* A struct of its own for a choice, or for a sequence that repeats or is one
 * alternative of several. */
static void
add_group(struct place_in in, const struct xs_particle *particle, uint32_t min,
          uint32_t max, const char *name)
{
    struct c_field *field = NEW(struct c_field);
    struct place_in inside = in;
    bool choice = particle->kind == XS_P_CHOICE;

    if (name == NULL)
        name = choice ? "choice" : "group";
    fix_occurs(&in, &min, &max);
    field->kind = SBN_K_STRUCT;
    field->flags = SBN_F_GROUP;
    field->min = min;
    field->max = max == XS_UNBOUNDED ? 0 : max;
    if (min == 0)
        field->flags |= SBN_F_OPTIONAL;
    if (max > 1)
        field->flags |= SBN_F_REPEATED;
    field->type = model_new_type(
        in.model, scope_free(&in.model->naturals,
                             mem_printf("%s_%s", in.owner->natural, name)));
    inside.owner = field->type;
    inside.optional = false;
    if (choice) {
        field->type->flags |= SBN_TYPE_CHOICE;
        scope_add(&field->type->members, "which");
        field->type->none =
            scope_take(&in.model->names,
                       mem_printf("%s_NONE", name_upper(field->type->tag)));
    }
    add_children(inside, particle);
    if (field->type->fields.count > 0)
        add_field(in, field, name);
}

/* A particle that only wraps another one. */
static bool
is_wrapper(const struct xs_particle *particle)
{
    return child_count(particle) == 1 &&
           (particle->kind == XS_P_SEQUENCE || particle->kind == XS_P_CHOICE ||
            particle->kind == XS_P_ALL);
}

static void
add_sequence(struct place_in in, const struct xs_particle *particle,
             uint32_t min, uint32_t max, const char *name)
{
    if (max > 1 || is_choice(in.owner)) {
        add_group(in, particle, min, max, name);
        return;
    }
    if (min == 0)
        in.optional = true;
    if (particle->kind == XS_P_ALL && in.owner->fields.count == 0)
        in.owner->flags |= SBN_TYPE_ALL;
    add_children(in, particle);
}

static void
add_choice(struct place_in in, const struct xs_particle *particle, uint32_t min,
           uint32_t max, const char *name)
{
    size_t i;

    /* an alternative that may be absent makes the choice so */
    for (i = 0; i < child_count(particle); i++)
        if (child_at(particle, i)->min == 0)
            min = 0;
    if (max <= 1 && is_choice(in.owner))
        add_children(in, particle);
    else
        add_group(in, particle, min, max, name);
}

static void
add_particle(struct place_in in, struct xs_particle *particle, uint32_t min,
             uint32_t max, const char *name)
{
    struct xs_group *group;
    struct xs_particle *child;

    if (max == 0)
        return;
    switch (particle->kind) {
    case XS_P_ELEMENT:
        add_element(in, particle, min, max);
        return;
    case XS_P_ANY:
        add_any(in, min, max);
        return;
    case XS_P_GROUP:
        group = (struct xs_group *)(void *)particle->ref.to;
        if (group != NULL && group->content != NULL)
            add_particle(in, group->content, min, max,
                         name_snake(group->c.name.local));
        return;
    case XS_P_SEQUENCE:
    case XS_P_CHOICE:
    case XS_P_ALL:
        break;
    }
    if (child_count(particle) == 0)
        return;
    if (is_wrapper(particle)) {
        child = child_at(particle, 0);
        add_particle(in, child, times(min, child->min), times(max, child->max),
                     name);
    } else if (particle->kind == XS_P_CHOICE) {
        add_choice(in, particle, min, max, name);
    } else {
        add_sequence(in, particle, min, max, name);
    }
}

void
model_content(struct model *model, struct c_type *owner,
              struct xs_particle *particle)
{
    struct place_in in = {model, owner, false};

    if (particle != NULL)
        add_particle(in, particle, particle->min, particle->max, NULL);
}
