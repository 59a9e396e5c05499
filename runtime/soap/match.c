/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which field an element belongs to: one at or behind the place reached, else
 * any that had no value yet. Receivers are lenient about order.
 */
#include "runtime/soap/decode.h"

static bool
accepts(const sbn_field *field, const struct sbn__wanted *wanted)
{
    const sbn_type *type = field->type;
    uint32_t i;

    if ((field->flags &
         (SBN_F_ATTRIBUTE | SBN_F_TEXT | SBN_F_ANY | SBN_F_GROUP)) == 0)
        return !wanted->any && field->ns == wanted->ns &&
               strcmp(field->name, wanted->local) == 0;
    if ((field->flags & (SBN_F_ATTRIBUTE | SBN_F_TEXT)) != 0)
        return false;
    if ((field->flags & SBN_F_ANY) != 0)
        return wanted->any;
    for (i = 0; i < type->field_count; i++) {
        if (accepts(&type->fields[i], wanted))
            return true;
    }
    return false;
}

/* Whether field number i of the frame can take one more element. */
static bool
is_free(const struct sbn__decoder *dec, const struct sbn__frame *frame,
        uint32_t i)
{
    const sbn_field *field = &frame->type->fields[i];

    if ((field->flags & SBN_F_REPEATED) != 0 || !sbn__was_met(dec, frame, i))
        return true;
    return (field->flags & SBN_F_GROUP) != 0 && !sbn__is_choice(field->type);
}

/* A choice stays with the alternative taken first. */
static uint32_t
find_in_choice(const struct sbn__decoder *dec, const struct sbn__frame *frame,
               const struct sbn__wanted *wanted)
{
    const sbn_type *type = frame->type;
    int which = *(const int *)(const void *)frame->base;
    uint32_t i;

    if (which > 0) {
        i = (uint32_t)which - 1;
        return is_free(dec, frame, i) && accepts(&type->fields[i], wanted)
                   ? i
                   : SBN__NOWHERE;
    }
    for (i = 0; i < type->field_count; i++) {
        if (accepts(&type->fields[i], wanted))
            return i;
    }
    return SBN__NOWHERE;
}

uint32_t
sbn__match_field(const struct sbn__decoder *dec, const struct sbn__frame *frame,
                 const struct sbn__wanted *wanted)
{
    const sbn_type *type = frame->type;
    uint32_t i;

    if (sbn__is_choice(type))
        return find_in_choice(dec, frame, wanted);
    for (i = frame->next; i < type->field_count; i++) {
        if (accepts(&type->fields[i], wanted) && is_free(dec, frame, i))
            return i;
    }
    /* In a group that repeats, what comes too late begins the next one. */
    if (frame->kind == SBN__FRAME_GROUP &&
        (frame->field->flags & SBN_F_REPEATED) != 0)
        return SBN__NOWHERE;
    for (i = 0; i < frame->next && i < type->field_count; i++) {
        if (accepts(&type->fields[i], wanted) && is_free(dec, frame, i))
            return i;
    }
    return SBN__NOWHERE;
}
