/* SPDX-License-Identifier: Apache-2.0 */
#include "test/codegen/fill.h"

#include <string.h>

#include "runtime/soap/codec.h"

#include "test/support/test.h"

/* What may be absent is absent from here on: types may contain themselves. */
enum { DEEP = 5 };

static void fill_struct(struct fill *fill, const sbn_type *type, char *base,
                        unsigned depth);

static void *
memory(struct fill *fill, size_t size)
{
    void *place = sbn__arena_alloc(fill->arena, size);

    CHECK(place != NULL);
    return place;
}

static bool
may_be_absent(const sbn_field *field)
{
    return (field->flags & SBN_F_OPTIONAL) != 0 || field->min == 0;
}

static bool
is_absent(struct fill *fill, const sbn_field *field, unsigned depth)
{
    /* an absent text with a default is the default when read */
    if ((field->flags & SBN_F_DEFAULT) != 0 && field->has == SBN_NONE)
        return false;
    /* scalars of WCF's messages are always sent */
    if (!may_be_absent(field) ||
        (field->has == SBN_NONE && (field->flags & SBN_F_POINTER) == 0 &&
         !sbn__kind_is_pointer(field->kind) &&
         (field->flags & SBN_F_GROUP) == 0))
        return false;
    return depth > DEEP || fill->mode == FILL_LEAST ||
           (fill->mode == FILL_MIXED && fill->bare);
}

static bool
is_nil(struct fill *fill, const sbn_field *field, unsigned depth)
{
    return (field->flags & SBN_F_NILLABLE) != 0 &&
           (fill->mode == FILL_NIL || depth > DEEP ||
            (fill->mode == FILL_MIXED && fill->next++ % 3 == 0));
}

/* ---- Simple values ------------------------------------------------------- */

static const char *
text(struct fill *fill, const char *format)
{
    return sbn__arena_printf(fill->arena, "%s %u", format, fill->next++);
}

static const char *
word(struct fill *fill, const char *before)
{
    return sbn__arena_printf(fill->arena, "%s%u", before, fill->next++);
}

/* Of letters only: xs:language among the tokens is the strictest. */
static const char *
token(struct fill *fill)
{
    char letters[8] = "w";
    unsigned n = fill->next++, i;

    for (i = 1; i < 6; i++, n /= 26)
        letters[i] = (char)('a' + n % 26);
    return sbn__arena_strdup(fill->arena, letters);
}

static sbn_datetime
point_in_time(struct fill *fill, unsigned kind)
{
    bool day = kind == SBN_K_DATETIME || kind == SBN_K_DATE;
    bool clock = kind == SBN_K_DATETIME || kind == SBN_K_TIME;
    sbn_datetime value;

    memset(&value, 0, sizeof(value));
    if (day || kind == SBN_K_GYEAR || kind == SBN_K_GYEARMONTH)
        value.year = 2000 + (int32_t)(fill->next % 100);
    if (day || kind == SBN_K_GYEARMONTH || kind == SBN_K_GMONTH ||
        kind == SBN_K_GMONTHDAY)
        value.month = (uint8_t)(1 + fill->next % 12);
    if (day || kind == SBN_K_GMONTHDAY || kind == SBN_K_GDAY)
        value.day = (uint8_t)(1 + fill->next % 28);
    if (clock) {
        value.hour = 13;
        value.second = (uint8_t)(fill->next % 60);
        value.nanosecond = 250000000;
    }
    value.offset = fill->next % 2 == 0 ? SBN_NO_OFFSET : 90;
    fill->next++;
    return value;
}

static sbn_duration
duration(struct fill *fill)
{
    sbn_duration value;

    memset(&value, 0, sizeof(value));
    value.days = 1 + fill->next++ % 9;
    value.minutes = 30;
    return value;
}

/* An element of its own; of a field with a name, that very element. */
static sbn_xml
xml(struct fill *fill, const sbn_field *field)
{
    const char *ns = fill->contract->namespaces[field->ns];
    sbn_xml value;

    if ((field->flags & SBN_F_ANY) != 0)
        value.text = "<o:other xmlns:o=\"urn:other\">1</o:other>";
    else if (ns == NULL)
        value.text =
            sbn__arena_printf(fill->arena, "<%s xmlns=\"\">text %u</%s>",
                              field->name, fill->next++, field->name);
    else
        value.text = sbn__arena_printf(
            fill->arena, "<n:%s xmlns:n=\"%s\">text %u</n:%s>", field->name, ns,
            fill->next++, field->name);
    value.size = strlen(value.text);
    return value;
}

static void
fill_integer(struct fill *fill, unsigned kind, void *place)
{
    int value = (int)(fill->next++ % 100);

    switch (kind) {
    case SBN_K_INT8:
        *(int8_t *)place = (int8_t)-value;
        break;
    case SBN_K_INT16:
        *(int16_t *)place = (int16_t)-value;
        break;
    case SBN_K_INT32:
        *(int32_t *)place = value;
        break;
    case SBN_K_INT64:
        *(int64_t *)place = value;
        break;
    case SBN_K_UINT8:
        *(uint8_t *)place = (uint8_t)value;
        break;
    case SBN_K_UINT16:
        *(uint16_t *)place = (uint16_t)value;
        break;
    case SBN_K_UINT32:
        *(uint32_t *)place = (uint32_t)value;
        break;
    default:
        *(uint64_t *)place = (uint64_t)value;
        break;
    }
}

static void
fill_simple(struct fill *fill, const sbn_field *field, void *place)
{
    /* it may be fixed */
    if (field->def != NULL &&
        (field->kind == SBN_K_STRING || field->kind == SBN_K_TOKEN)) {
        *(const char **)place = field->def;
        return;
    }
    switch (field->kind) {
    case SBN_K_BOOL:
        *(bool *)place = true;
        break;
    case SBN_K_FLOAT:
        *(float *)place = (float)fill->next++ / 4;
        break;
    case SBN_K_DOUBLE:
        *(double *)place = (double)fill->next++ / 3;
        break;
    case SBN_K_DECIMAL:
        *(sbn_decimal *)place = word(fill, "12.5");
        break;
    case SBN_K_INTEGER:
        *(sbn_decimal *)place = word(fill, "123456789012345678901");
        break;
    case SBN_K_STRING:
        *(const char **)place = text(fill, " a < b & \"c\"\t");
        break;
    case SBN_K_TOKEN:
        *(const char **)place = token(fill);
        break;
    case SBN_K_ENUM:
        *(int *)place =
            (int)(fill->next++ % ((const sbn_enum *)field->type)->count);
        break;
    case SBN_K_DURATION:
        *(sbn_duration *)place = duration(fill);
        break;
    case SBN_K_BASE64:
    case SBN_K_HEX:
        ((sbn_bytes *)place)->data = (const uint8_t *)word(fill, "bytes");
        ((sbn_bytes *)place)->size = 5;
        break;
    case SBN_K_QNAME:
        ((sbn_qname *)place)->ns = "urn:names";
        ((sbn_qname *)place)->local = word(fill, "name");
        break;
    case SBN_K_XML:
        *(sbn_xml *)place = xml(fill, field);
        break;
    default:
        if (field->kind >= SBN_K_DATETIME && field->kind <= SBN_K_GDAY)
            *(sbn_datetime *)place = point_in_time(fill, field->kind);
        else
            fill_integer(fill, field->kind, place);
        break;
    }
}

/* ---- Structs ---------------------------------------------------------------
 */

static bool
derives(const sbn_type *type, const sbn_type *base)
{
    for (; type != NULL; type = type->base)
        if (type == base)
            return true;
    return false;
}

/* One of the types that may stand where declared does. */
static const sbn_type *
choose_type(struct fill *fill, const sbn_field *field)
{
    const sbn_type *declared = (const sbn_type *)field->type;
    const sbn_type *found = declared;
    unsigned skip = fill->next++ % 4;
    uint32_t i;

    if ((field->flags & SBN_F_POINTER) == 0 ||
        (declared->flags & SBN_TYPE_POLY) == 0)
        return declared;
    for (i = 0; i < fill->contract->type_count; i++) {
        const sbn_type *type = fill->contract->types[i];

        if (type == declared || !derives(type, declared))
            continue;
        found = type;
        if (skip-- == 0)
            break;
    }
    return found;
}

/* A value at place, or behind a pointer there. */
static void
fill_value(struct fill *fill, const sbn_field *field, void *place,
           unsigned depth)
{
    const sbn_type *type = NULL;
    size_t size = sbn__value_size(field);

    if (field->kind == SBN_K_STRUCT) {
        type = choose_type(fill, field);
        size = type->size;
    }
    if ((field->flags & SBN_F_POINTER) != 0) {
        void *value = memory(fill, size);

        *(void **)place = value;
        place = value;
    }
    if (type == NULL) {
        fill_simple(fill, field, place);
        return;
    }
    if (type != field->type)
        *(const sbn_type **)place = type;
    fill_struct(fill, type, (char *)place, depth + 1);
}

static void
fill_choice(struct fill *fill, const sbn_type *type, char *base, unsigned depth)
{
    uint32_t number = fill->next++ % type->field_count, i;

    /* deep down, one that does not go deeper */
    for (i = 0; depth > DEEP && i < type->field_count; i++)
        if (type->fields[number].kind == SBN_K_STRUCT)
            number = (number + 1) % type->field_count;
    *(int *)(void *)base = (int)number + 1;
    fill_field(fill, &type->fields[number], base, depth);
}

static void
fill_struct(struct fill *fill, const sbn_type *type, char *base, unsigned depth)
{
    uint32_t i;
    bool bare;

    CHECK(depth < 40);
    if ((type->flags & SBN_TYPE_CHOICE) != 0) {
        fill_choice(fill, type, base, depth);
        return;
    }
    /* one decision for all: an optional sequence is flat in the struct, and
     * its elements come together */
    bare = fill->next++ % 2 == 0;
    for (i = 0; i < type->field_count; i++) {
        fill->bare = bare;
        fill_field(fill, &type->fields[i], base, depth);
    }
}

static void
fill_repeated(struct fill *fill, const sbn_field *field, char *base,
              unsigned depth)
{
    bool pointers = (field->flags & SBN_F_POINTER) != 0;
    bool list = (field->flags & SBN_F_LIST) != 0;
    size_t count = field->min > 2 ? field->min : 2, size, i;
    char *items;

    if (!list && field->max != 0 && count > field->max)
        count = field->max;
    if (!list && (depth > DEEP || fill->mode == FILL_LEAST))
        count = field->min;
    size = pointers ? sizeof(void *) : sbn__value_size(field);
    items = (char *)memory(fill, count * size + 1);
    *(size_t *)(void *)(base + field->has) = count;
    *(char **)(void *)(base + field->offset) = items;
    for (i = 0; i < count; i++) {
        if ((pointers || sbn__kind_is_pointer(field->kind)) &&
            is_nil(fill, field, depth))
            continue;
        fill_value(fill, field, items + i * size, depth);
    }
}

void
fill_field(struct fill *fill, const sbn_field *field, char *base,
           unsigned depth)
{
    if (is_absent(fill, field, depth))
        return;
    if ((field->flags & SBN_F_REPEATED) != 0) {
        fill_repeated(fill, field, base, depth);
        return;
    }
    if (field->has != SBN_NONE)
        *(bool *)(void *)(base + field->has) = true;
    if (is_nil(fill, field, depth)) {
        if (field->nil != SBN_NONE)
            *(bool *)(void *)(base + field->nil) = true;
        return;
    }
    fill_value(fill, field, base + field->offset, depth);
}
