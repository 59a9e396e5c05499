/* SPDX-License-Identifier: Apache-2.0 */
/* Where values go, and of which type they are. */
#include "runtime/soap/decode.h"

/* ---- Places -------------------------------------------------------------- */

static void *
item_place(struct sbn__decoder *dec, const sbn_field *field, char *base,
           size_t size)
{
    enum { FIRST = 4 };
    char **items = (char **)(void *)(base + field->offset);
    size_t *count = (size_t *)(void *)(base + field->has);
    size_t room = *count;

    if (room == 0)
        *items = sbn__arena_array(dec->arena, FIRST, size);
    else if (room >= FIRST && (room & (room - 1)) == 0)
        *items = room > SIZE_MAX / 2 / size
                     ? NULL
                     : sbn__arena_grow(dec->arena, *items, room * size,
                                       2 * room * size);
    if (*items == NULL) {
        *count = 0;
        return NULL;
    }
    return *items + (*count)++ * size;
}

/*
 * Where one more value of field goes: into the struct, or a new item. A value
 * behind a pointer is allocated, unless there is none (nil). NULL: no memory.
 */
void *
sbn__value_place(struct sbn__decoder *dec, const sbn_field *field, char *base,
                 size_t size, bool nil)
{
    bool pointer = (field->flags & SBN_F_POINTER) != 0;
    void *place, *value;

    if ((field->flags & (SBN_F_REPEATED | SBN_F_LIST)) == SBN_F_REPEATED) {
        place = item_place(dec, field, base, pointer ? sizeof(void *) : size);
        if (place == NULL)
            return NULL;
    } else {
        place = base + field->offset;
        if (field->has != SBN_NONE && (field->flags & SBN_F_REPEATED) == 0)
            *(bool *)(base + field->has) = true;
    }
    if (!pointer || nil)
        return place;
    value = *(void **)place;
    if (value == NULL)
        value = sbn__arena_alloc(dec->arena, size);
    *(void **)place = value;
    return value;
}

/* ---- Values -------------------------------------------------------------- */

sbn_status
sbn__read_list(struct sbn__decoder *dec, const sbn_field *field,
               const char *text, size_t size, char *base)
{
    size_t item = sbn__value_size(field), i = 0, start;
    bool pointer = (field->flags & SBN_F_POINTER) != 0;
    void **items = (void **)(void *)(base + field->offset), *place;
    sbn_status status;

    for (;;) {
        while (i < size && sbn__is_space(text[i]))
            i++;
        if (i == size)
            break;
        start = i;
        while (i < size && !sbn__is_space(text[i]))
            i++;
        place = item_place(dec, field, base, pointer ? sizeof(void *) : item);
        if (place != NULL && pointer)
            place = *(void **)place = sbn__arena_alloc(dec->arena, item);
        if (place == NULL)
            return sbn__decode_no_memory(dec);
        status = sbn__value_read(dec, field, text + start, i - start, place);
        if (status != SBN_OK)
            return status;
    }
    /* without items it is there all the same */
    if (*items == NULL)
        *items = sbn__arena_alloc(dec->arena, item);
    return *items == NULL ? sbn__decode_no_memory(dec) : SBN_OK;
}

/* The text of a field into its struct, or place when that is known. */
sbn_status
sbn__read_value(struct sbn__decoder *dec, const sbn_field *field,
                const char *text, size_t size, char *base)
{
    void *place;

    if ((field->flags & SBN_F_LIST) != 0)
        return sbn__read_list(dec, field, text, size, base);
    place = sbn__value_place(dec, field, base, sbn__value_size(field), false);
    if (place == NULL)
        return sbn__decode_no_memory(dec);
    return sbn__value_read(dec, field, text, size, place);
}

sbn_status
sbn__read_attributes(struct sbn__decoder *dec, struct sbn__frame *frame,
                     const struct sbn__xml_element *element)
{
    const sbn_type *type = frame->type;
    const sbn_field *any = NULL;
    sbn_status status;
    uint32_t f, ns;
    size_t i;

    for (i = 0; i < element->attribute_count; i++) {
        const struct sbn__xml_attribute *attribute = &element->attributes[i];

        ns = sbn__ns_number(dec, attribute->ns);
        for (f = 0; f < type->field_count; f++) {
            const sbn_field *field = &type->fields[f];

            if ((field->flags & SBN_F_ATTRIBUTE) == 0)
                break;
            if (field->name == NULL)
                any = field;
            if (field->name == NULL || field->ns != ns ||
                strcmp(field->name, attribute->local) != 0)
                continue;
            sbn__mark_met(dec, frame, f);
            status = sbn__read_value(dec, field, attribute->value,
                                     attribute->size, frame->base);
            if (status != SBN_OK)
                return status;
            break;
        }
    }
    return any == NULL ? SBN_OK
                       : sbn__read_any_attributes(dec, frame, element, any);
}

/* ---- Types --------------------------------------------------------------- */

static bool
derives(const sbn_type *type, const sbn_type *from)
{
    for (; type != NULL; type = type->base) {
        if (type == from)
            return true;
    }
    return false;
}

/* The declared type, or the one that xsi:type names. */
sbn_status
sbn__choose_type(struct sbn__decoder *dec, const sbn_field *field,
                 const struct sbn__asked *asked, const sbn_type **ret_type)
{
    const sbn_type *declared = field->type;
    const char *text, *colon, *uri;
    size_t size, prefix;
    uint32_t i, ns;

    *ret_type = declared;
    if (asked->type == NULL || (declared->flags & SBN_TYPE_POLY) == 0 ||
        (field->flags & SBN_F_POINTER) == 0)
        return SBN_OK;
    text = asked->type->value;
    size = asked->type->size;
    sbn__trim(&text, &size);
    colon = memchr(text, ':', size);
    prefix = colon == NULL ? 0 : (size_t)(colon - text);
    uri = sbn__xml_reader_lookup(dec->xml, colon == NULL ? NULL : text, prefix);
    ns = sbn__ns_number(dec, uri);
    if (colon != NULL) {
        text += prefix + 1;
        size -= prefix + 1;
    }
    if (declared->name != NULL && declared->ns == ns &&
        strlen(declared->name) == size &&
        memcmp(declared->name, text, size) == 0)
        return SBN_OK;
    for (i = 0; i < dec->contract->type_count; i++) {
        const sbn_type *type = dec->contract->types[i];

        if (type->name != NULL && type->ns == ns &&
            strncmp(type->name, text, size) == 0 && type->name[size] == '\0' &&
            derives(type, declared)) {
            *ret_type = type;
            return SBN_OK;
        }
    }
    return sbn__decode_fail(dec, SBN_EDECODE, NULL,
                            "xsi:type \"%.*s\" is no known type derived from "
                            "%s",
                            (int)(size > 40 ? 40 : size), text,
                            declared->name != NULL ? declared->name
                                                   : "this one");
}
