/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table interpreter, reading. Each open element that is a struct has a
 * frame, and so has each model group entered (SBN_F_GROUP). An element goes to
 * the field expected next, else to one further on, else to any that had no
 * value yet; elements with no place are passed over, as WCF's readers do.
 */
#include "runtime/soap/identity.h"
#include "runtime/soap/refs.h"

/* Forgets the text of the value before. */
static inline void
expect_text(struct sbn__decoder *dec)
{
    if (sbn__buf_size(&dec->text) > 0)
        sbn__buf_reset(&dec->text, 0);
}

static sbn_status
start_struct(struct sbn__decoder *dec, const sbn_field *field,
             const struct sbn__xml_element *element,
             const struct sbn__asked *asked, char *base)
{
    struct sbn__identity identity = {NULL, NULL};
    const sbn_type *type;
    struct sbn__frame *frame;
    sbn_status status = sbn__choose_type(dec, field, asked, &type);
    void *place;

    if (status != SBN_OK)
        return status;
    if ((type->flags & SBN_TYPE_REFERENCE) != 0)
        identity = sbn__identity_of(element);
    if (identity.ref != NULL)
        return sbn__identity_follow(dec, field, base, identity.ref);
    place = sbn__value_place(dec, field, base, type->size, false);
    if (place == NULL)
        return sbn__decode_no_memory(dec);
    if (type != field->type)
        *(const sbn_type **)place = type;
    if (identity.id != NULL) {
        status = sbn__identity_note(dec, identity.id, type, place);
        if (status != SBN_OK)
            return status;
    }
    status = sbn__decode_push(dec, SBN__FRAME_STRUCT, field, type, place);
    if (status != SBN_OK)
        return status;
    frame = sbn__top(dec);
    frame->nil = asked->nil;
    if (element->attribute_count > 0) {
        status = sbn__read_attributes(dec, frame, element);
        if (status != SBN_OK)
            return status;
    }
    while (frame->next < type->field_count &&
           (type->fields[frame->next].flags & SBN_F_ATTRIBUTE) != 0)
        frame->next++;
    if (frame->next < type->field_count && !asked->nil &&
        (type->fields[frame->next].flags & SBN_F_TEXT) != 0) {
        frame->text = &type->fields[frame->next];
        expect_text(dec);
    }
    return SBN_OK;
}

/* xsi:nil; false: the field does not know it, and is as if absent. SOAP 1.1,
 * 5.4.1: when encoded, whatever must be there may be nil. */
static bool
start_nil(struct sbn__decoder *dec, const sbn_field *field, char *base,
          sbn_status *status)
{
    *status = SBN_OK;
    dec->skip = 1;
    if ((field->flags & SBN_F_NILLABLE) == 0 &&
        (dec->refs == NULL || (field->flags & SBN_F_REPEATED) == 0))
        return dec->refs != NULL;
    if (field->nil != SBN_NONE &&
        (field->flags & (SBN_F_REPEATED | SBN_F_LIST)) != SBN_F_REPEATED)
        *(bool *)(base + field->nil) = true;
    if ((field->flags & SBN_F_LIST) == 0 &&
        sbn__value_place(dec, field, base, sbn__value_size(field), true) ==
            NULL)
        *status = sbn__decode_no_memory(dec);
    return true;
}

static sbn_status
start_raw(struct sbn__decoder *dec, const sbn_field *field,
          const struct sbn__xml_element *element, char *base)
{
    void *place = sbn__value_place(dec, field, base, sizeof(sbn_xml), false);
    sbn_status status;

    if (place == NULL)
        return sbn__decode_no_memory(dec);
    dec->raw_place = place;
    sbn__raw_begin(&dec->raw, dec->xml, (field->flags & SBN__F_CONTENT) != 0,
                   dec->arena->limit);
    status = sbn__raw_start(&dec->raw, element);
    return status == SBN_OK ? SBN_OK : sbn__decode_too_much(dec, status);
}

/* Whether the struct is there though it is nil, for its other attributes. */
static bool
keeps_nil(const struct sbn__decoder *dec, const sbn_field *field,
          const struct sbn__xml_element *element)
{
    size_t i;

    if (field->kind != SBN_K_STRUCT || (field->flags & SBN_F_NILLABLE) == 0 ||
        (((const sbn_type *)field->type)->flags & SBN_TYPE_NIL) == 0)
        return false;
    for (i = 0; i < element->attribute_count; i++) {
        if (element->attributes[i].ns != dec->xsi)
            return true;
    }
    return false;
}

sbn_status
sbn__decode_field(struct sbn__decoder *dec, const sbn_field *field,
                  const struct sbn__xml_element *element, char *base,
                  bool *ret_met)
{
    struct sbn__asked asked = {false, NULL};
    const struct sbn__xml_attribute *href;
    sbn_status status;
    void *place;

    *ret_met = true;
    if (dec->refs != NULL) {
        href = sbn__refs_find(element);
        if (href != NULL)
            return sbn__refs_follow(dec, field, element, href, base, ret_met);
    }
    if (field->kind == SBN_K_XML)
        return start_raw(dec, field, element, base);
    if (element->attribute_count > 0) {
        asked = sbn__decode_ask(dec, element);
        if (asked.nil && !keeps_nil(dec, field, element)) {
            *ret_met = start_nil(dec, field, base, &status);
            return status;
        }
    }
    if (field->kind == SBN_K_STRUCT)
        return start_struct(dec, field, element, &asked, base);
    place = base;
    if ((field->flags & SBN_F_LIST) == 0) {
        place = sbn__value_place(dec, field, base, sbn__kind_size(field->kind),
                                 false);
        if (place == NULL)
            return sbn__decode_no_memory(dec);
    }
    expect_text(dec);
    dec->value = field;
    dec->place = place;
    return SBN_OK;
}

sbn_status
sbn__decode_root(struct sbn__decoder *dec, const sbn_contract *contract,
                 const sbn_field *field, void *base,
                 const struct sbn__xml_element *element)
{
    bool met;

    dec->contract = contract;
    sbn__decode_forget(dec);
    return sbn__decode_field(dec, field, element, base, &met);
}

sbn_status
sbn__decode_several(struct sbn__decoder *dec, const sbn_contract *contract,
                    const sbn_field *field, void *base)
{
    dec->contract = contract;
    sbn__decode_forget(dec);
    return sbn__decode_push(dec, SBN__FRAME_STRUCT, field, field->type, base);
}

bool
sbn__may_be_absent(const sbn_field *field)
{
    const sbn_type *type = field->type;
    uint32_t i;

    if (field->min == 0 || (field->flags & (SBN_F_OPTIONAL | SBN_F_NILLABLE |
                                            SBN_F_ANY | SBN_F_TEXT)) != 0)
        return true;
    if ((field->flags & SBN_F_GROUP) == 0)
        return false;
    if (type->field_count == 0)
        return true;
    for (i = 0; i < type->field_count; i++) {
        if (sbn__may_be_absent(&type->fields[i]) == sbn__is_choice(type))
            return sbn__is_choice(type);
    }
    return !sbn__is_choice(type);
}

static sbn_status
missing(struct sbn__decoder *dec, const sbn_field *field)
{
    while (field->name == NULL && (field->flags & SBN_F_GROUP) != 0 &&
           ((const sbn_type *)field->type)->field_count > 0)
        field = ((const sbn_type *)field->type)->fields;
    return sbn__decode_fail(
        dec, SBN_EDECODE, field->name, "%s is required and missing",
        field->flags & SBN_F_ATTRIBUTE ? "the attribute" : "the element");
}

/* Defaults, and whether all that must be there was. */
static sbn_status
finish_fields(struct sbn__decoder *dec, const struct sbn__frame *frame)
{
    const sbn_type *type = frame->type;
    sbn_status status;
    uint32_t i;

    for (i = 0; i < type->field_count; i++) {
        const sbn_field *field = &type->fields[i];

        if (sbn__was_met(dec, frame, i))
            continue;
        if ((field->flags & SBN_F_DEFAULT) != 0 && field->def != NULL &&
            (field->flags & (SBN_F_REPEATED | SBN_F_POINTER)) == 0) {
            status = sbn__read_value(dec, field, field->def, strlen(field->def),
                                     frame->base);
            if (status != SBN_OK)
                return status;
            if (field->has != SBN_NONE)
                *(bool *)(frame->base + field->has) = false;
        } else if (!sbn__may_be_absent(field)) {
            /* SOAP 1.1, 5.1: one left out has a default value, or none */
            if (dec->refs == NULL && !frame->nil)
                return missing(dec, field);
        }
    }
    return SBN_OK;
}

static sbn_status
finish_choice(struct sbn__decoder *dec, const struct sbn__frame *frame)
{
    const sbn_type *type = frame->type;
    uint32_t i;

    if (*(const int *)(const void *)frame->base != 0 || type->field_count == 0)
        return SBN_OK;
    for (i = 0; i < type->field_count; i++) {
        if (sbn__may_be_absent(&type->fields[i]))
            return SBN_OK;
    }
    return missing(dec, type->fields);
}

static sbn_status
pop_frame(struct sbn__decoder *dec)
{
    struct sbn__frame *frame = sbn__top(dec);
    sbn_status status = SBN_OK;

    if (sbn__is_choice(frame->type))
        status = finish_choice(dec, frame);
    else if (!frame->again)
        status = finish_fields(dec, frame);
    dec->bit_count = frame->bits;
    dec->frame_count--;
    return status;
}

static sbn_status
enter_group(struct sbn__decoder *dec, const sbn_field *field, char *base,
            bool again)
{
    const sbn_type *type = field->type;
    void *place = sbn__value_place(dec, field, base, type->size, false);
    sbn_status status;

    if (place == NULL)
        return sbn__decode_no_memory(dec);
    status = sbn__decode_push(dec, SBN__FRAME_GROUP, field, type, place);
    if (status == SBN_OK)
        sbn__top(dec)->again = again;
    return status;
}

/* Field number i of the topmost frame takes the element, through as many groups
 * as there are between. */
static sbn_status
take(struct sbn__decoder *dec, uint32_t i,
     const struct sbn__xml_element *element, const struct sbn__wanted *wanted)
{
    struct sbn__frame *frame;
    const sbn_field *field;
    sbn_status status;
    bool met, again;
    size_t index;
    char *base;

    for (;;) {
        index = dec->frame_count - 1;
        frame = &dec->frames[index];
        field = &frame->type->fields[i];
        base = frame->base;
        frame->next = (field->flags & SBN_F_REPEATED) != 0 ? i : i + 1;
        if (sbn__is_choice(frame->type))
            *(int *)(void *)base = (int)i + 1;
        again =
            sbn__was_met(dec, frame, i) && (field->flags & SBN_F_REPEATED) == 0;
        if ((field->flags & SBN_F_GROUP) == 0)
            break;
        sbn__mark_met(dec, frame, i);
        status = enter_group(dec, field, base, again);
        if (status != SBN_OK)
            return status;
        i = sbn__match_field(dec, sbn__top(dec), wanted);
        if (i == SBN__NOWHERE) { /* the second time, with nothing free in it */
            dec->skip = 1;
            return SBN_OK;
        }
    }
    status = sbn__decode_field(dec, field, element, base, &met);
    if (met)
        sbn__mark_met(dec, &dec->frames[index], i);
    return status;
}

/* The innermost frame that has a place for the element; what is above it ends
 * there. */
static sbn_status
locate(struct sbn__decoder *dec, const struct sbn__wanted *wanted,
       uint32_t *ret_i)
{
    size_t at = dec->frame_count;
    sbn_status status;

    do {
        at--;
        *ret_i = sbn__match_field(dec, &dec->frames[at], wanted);
    } while (*ret_i == SBN__NOWHERE &&
             dec->frames[at].kind == SBN__FRAME_GROUP);
    if (*ret_i == SBN__NOWHERE)
        return SBN_OK;
    while (dec->frame_count > at + 1) {
        status = pop_frame(dec);
        if (status != SBN_OK)
            return status;
    }
    return SBN_OK;
}

/* The usual case: the field expected next, which is no group or wildcard. */
static bool
is_expected(const struct sbn__decoder *dec, const struct sbn__frame *frame,
            const struct sbn__wanted *wanted)
{
    const sbn_field *field;

    if (frame->next >= frame->type->field_count || sbn__is_choice(frame->type))
        return false;
    field = &frame->type->fields[frame->next];
    return (field->flags &
            (SBN_F_ATTRIBUTE | SBN_F_TEXT | SBN_F_ANY | SBN_F_GROUP)) == 0 &&
           field->ns == wanted->ns &&
           ((field->flags & SBN_F_REPEATED) != 0 ||
            !sbn__was_met(dec, frame, frame->next)) &&
           strcmp(field->name, wanted->local) == 0;
}

static sbn_status
take_expected(struct sbn__decoder *dec, const struct sbn__xml_element *element)
{
    size_t index = dec->frame_count - 1;
    struct sbn__frame *frame = &dec->frames[index];
    uint32_t i = frame->next;
    const sbn_field *field = &frame->type->fields[i];
    sbn_status status;
    bool met;

    if ((field->flags & SBN_F_REPEATED) == 0)
        frame->next++;
    status = sbn__decode_field(dec, field, element, frame->base, &met);
    if (met)
        sbn__mark_met(dec, &dec->frames[index], i);
    return status;
}

static sbn_status
start_child(struct sbn__decoder *dec, const struct sbn__xml_element *element)
{
    struct sbn__wanted wanted = {sbn__ns_number(dec, element->ns),
                                 element->local, false};
    sbn_status status;
    uint32_t i;

    if (is_expected(dec, sbn__top(dec), &wanted))
        return take_expected(dec, element);
    status = locate(dec, &wanted, &i);
    if (status == SBN_OK && i == SBN__NOWHERE) {
        wanted.any = true;
        status = locate(dec, &wanted, &i);
    }
    if (status != SBN_OK)
        return status;
    if (i == SBN__NOWHERE) {
        dec->skip = 1;
        return SBN_OK;
    }
    return take(dec, i, element, &wanted);
}

sbn_status
sbn__decode_start(struct sbn__decoder *dec,
                  const struct sbn__xml_element *element)
{
    sbn_status status;

    if (dec->skip > 0) {
        dec->skip++;
        return SBN_OK;
    }
    if (dec->raw.depth > 0) {
        status = sbn__raw_start(&dec->raw, element);
        return status == SBN_OK ? SBN_OK : sbn__decode_too_much(dec, status);
    }
    if (dec->value != NULL || sbn__top(dec)->text != NULL)
        return sbn__decode_fail(dec, SBN_EDECODE, NULL,
                                "an element where a value is expected");
    return start_child(dec, element);
}

static bool
is_blank(const char *text, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        if (!sbn__is_space(text[i]))
            return false;
    }
    return true;
}

sbn_status
sbn__decode_text(struct sbn__decoder *dec, const char *text, size_t size)
{
    sbn_status status;

    if (dec->skip > 0)
        return SBN_OK;
    if (dec->raw.depth > 0) {
        status = sbn__raw_text(&dec->raw, text, size);
        return status == SBN_OK ? SBN_OK : sbn__decode_too_much(dec, status);
    }
    if (dec->value != NULL || sbn__top(dec)->text != NULL) {
        sbn__buf_append(&dec->text, text, size);
        return dec->text.status == SBN_OK
                   ? SBN_OK
                   : sbn__decode_too_much(dec, dec->text.status);
    }
    if (is_blank(text, size))
        return SBN_OK;
    return sbn__decode_fail(dec, SBN_EDECODE, NULL,
                            "text where elements are expected");
}

static sbn_status
end_raw(struct sbn__decoder *dec)
{
    sbn_status status = sbn__raw_end(&dec->raw);
    size_t size = sbn__buf_size(&dec->raw.out);
    char *text;

    if (status != SBN_OK)
        return sbn__decode_too_much(dec, status);
    if (dec->raw.depth > 0)
        return SBN_OK;
    text = sbn__arena_strndup(
        dec->arena, size > 0 ? sbn__buf_bytes(&dec->raw.out) : "", size);
    if (text == NULL)
        return sbn__decode_no_memory(dec);
    dec->raw_place->text = text;
    dec->raw_place->size = size;
    return SBN_OK;
}

/* What was collected, or the default when that is nothing. */
static sbn_status
end_value(struct sbn__decoder *dec, const sbn_field *field, char *place)
{
    const char *text = sbn__buf_bytes(&dec->text);
    size_t size = sbn__buf_size(&dec->text);

    if (size == 0) {
        text = "";
        if ((field->flags & SBN_F_DEFAULT) != 0 && field->def != NULL) {
            text = field->def;
            size = strlen(text);
        }
    }
    if ((field->flags & SBN_F_LIST) != 0)
        return sbn__read_list(dec, field, text, size, place);
    return sbn__value_read(dec, field, text, size, place);
}

static sbn_status
end_text(struct sbn__decoder *dec, struct sbn__frame *frame)
{
    const sbn_field *field = frame->text;
    char *place = frame->base;

    sbn__mark_met(dec, frame, (uint32_t)(field - frame->type->fields));
    if ((field->flags & SBN_F_LIST) == 0) {
        place = sbn__value_place(dec, field, frame->base,
                                 sbn__value_size(field), false);
        if (place == NULL)
            return sbn__decode_no_memory(dec);
    }
    return end_value(dec, field, place);
}

sbn_status
sbn__decode_end(struct sbn__decoder *dec)
{
    const sbn_field *value = dec->value;
    struct sbn__frame *frame;
    sbn_status status;

    if (dec->skip > 0) {
        dec->skip--;
        return SBN_OK;
    }
    if (dec->raw.depth > 0)
        return end_raw(dec);
    if (value != NULL) {
        dec->value = NULL;
        return end_value(dec, value, dec->place);
    }
    while (sbn__top(dec)->kind == SBN__FRAME_GROUP) {
        status = pop_frame(dec);
        if (status != SBN_OK)
            return status;
    }
    frame = sbn__top(dec);
    status = frame->text != NULL ? end_text(dec, frame) : SBN_OK;
    return status == SBN_OK ? pop_frame(dec) : status;
}
