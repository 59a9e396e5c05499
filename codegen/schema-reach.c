/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the operations that are kept lead to: with --operations a name that only
 * the others need may be missing.
 */
#include "codegen/schema.h"

/* Whether entry is how owner says what it derives from or may stand for: what
 * is reached may then turn up as owner. */
static bool
is_upward(const struct xs_ref_entry *entry)
{
    const struct xs_component *owner = entry->owner;

    if (owner->space == XS_TYPE)
        return entry->ref ==
               &((const struct xs_type *)(const void *)owner)->base;
    return owner->space == XS_ELEMENT &&
           entry->ref == &((const struct xs_element *)(const void *)owner)
                              ->substitution_group;
}

/* Whether something new has been reached. */
static bool
follow(const struct xs_ref_entry *entry)
{
    struct xs_component *to = entry->ref->to, *owner = entry->owner;
    bool from = owner == NULL ? entry->ref->wanted : owner->reached;

    if (to != NULL && from && !to->reached) {
        to->reached = true;
        return true;
    }
    if (to != NULL && owner != NULL && to->reached && !from &&
        is_upward(entry)) {
        owner->reached = true;
        return true;
    }
    return false;
}

void
schema_reach(struct schemas *schemas)
{
    bool again;
    size_t i;

    do {
        again = false;
        for (i = 0; i < schemas->refs.count; i++)
            if (follow(VEC(&schemas->refs, struct xs_ref_entry, i)))
                again = true;
    } while (again);
}

bool
schema_is_needed(const struct schemas *schemas,
                 const struct xs_ref_entry *entry)
{
    if (!schemas->only_wanted)
        return true;
    return entry->owner == NULL ? entry->ref->wanted : entry->owner->reached;
}
