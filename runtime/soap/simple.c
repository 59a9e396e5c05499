/* SPDX-License-Identifier: Apache-2.0 */
/* Simple values, text to C and back: one function a family of kinds. */
#include <string.h>

#include "runtime/base/datetime.h"
#include "runtime/base/number.h"
#include "runtime/soap/codec.h"

/* ---- Reading ------------------------------------------------------------- */

/* At most 40 bytes of what a peer sent, printable, in quotes. */
static const char *
shown(const char *text, size_t size, char room[64])
{
    size_t i, n = size > 40 ? 40 : size;
    char *to = room;

    *to++ = '"';
    for (i = 0; i < n; i++)
        *to++ = text[i] >= ' ' && text[i] <= '~' ? text[i] : '?';
    *to++ = '"';
    if (n < size) {
        memcpy(to, "...", 3);
        to += 3;
    }
    *to = '\0';
    return room;
}

static sbn_status
read_failed(struct sbn__decoder *dec, const sbn_field *field, const char *text,
            size_t size)
{
    char room[64];

    return sbn__decode_fail(
        dec, SBN_EDECODE, field->flags & SBN_F_ATTRIBUTE ? field->name : NULL,
        "%s is not a valid %s", shown(text, size, room),
        field->kind == SBN_K_ENUM ? "value of the enumeration"
                                  : sbn__kind_name(field->kind));
}

static sbn_status
read_int(unsigned kind, const char *text, size_t size, void *place)
{
    static const int64_t limits[] = {INT8_MAX, INT16_MAX, INT32_MAX, INT64_MAX};
    int64_t value = 0, max = limits[kind - SBN_K_INT8];
    sbn_status status = sbn__parse_int64(text, size, -max - 1, max, &value);

    if (status != SBN_OK)
        return status;
    switch (kind) {
    case SBN_K_INT8:
        *(int8_t *)place = (int8_t)value;
        break;
    case SBN_K_INT16:
        *(int16_t *)place = (int16_t)value;
        break;
    case SBN_K_INT32:
        *(int32_t *)place = (int32_t)value;
        break;
    default:
        *(int64_t *)place = value;
    }
    return SBN_OK;
}

static sbn_status
read_uint(unsigned kind, const char *text, size_t size, void *place)
{
    static const uint64_t limits[] = {UINT8_MAX, UINT16_MAX, UINT32_MAX,
                                      UINT64_MAX};
    uint64_t value = 0;
    sbn_status status =
        sbn__parse_uint64(text, size, limits[kind - SBN_K_UINT8], &value);

    if (status != SBN_OK)
        return status;
    switch (kind) {
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
        *(uint64_t *)place = value;
    }
    return SBN_OK;
}

static sbn_status
read_text(struct sbn__decoder *dec, const sbn_field *field, const char *text,
          size_t size, const char **place)
{
    char *copy;

    if (field->kind == SBN_K_DECIMAL || field->kind == SBN_K_INTEGER) {
        sbn__trim(&text, &size);
        if (!(field->kind == SBN_K_DECIMAL ? sbn__is_decimal(text, size)
                                           : sbn__is_integer(text, size)))
            return SBN_EDECODE;
    }
    copy = sbn__arena_strndup(dec->arena, text, size);
    if (copy == NULL)
        return sbn__decode_no_memory(dec);
    if (field->kind == SBN_K_TOKEN)
        copy[sbn__collapse(copy, size)] = '\0';
    *place = copy;
    return SBN_OK;
}

static sbn_status
read_enum(const sbn_enum *list, const char *text, size_t size, int *place)
{
    uint32_t i;

    sbn__trim(&text, &size);
    for (i = 0; i < list->count; i++) {
        const char *known = list->texts[i];

        if (strncmp(known, text, size) == 0 && known[size] == '\0') {
            *place = (int)i;
            return SBN_OK;
        }
    }
    return SBN_EDECODE;
}

static sbn_status
read_bytes(struct sbn__decoder *dec, unsigned kind, const char *text,
           size_t size, sbn_bytes *place)
{
    size_t room = kind == SBN_K_HEX ? size / 2 : size / 4 * 3 + 3, used = 0;
    uint8_t *bytes = (uint8_t *)sbn__arena_bytes(dec->arena, room + 1);
    sbn_status status;

    if (bytes == NULL)
        return sbn__decode_no_memory(dec);
    if (kind == SBN_K_HEX) {
        sbn__trim(&text, &size);
        status = sbn__hex_decode(text, size, bytes, &used);
    } else {
        status = sbn__base64_decode(text, size, bytes, &used);
    }
    if (status == SBN_OK) {
        place->data = bytes;
        place->size = used;
    }
    return status;
}

static sbn_status
read_qname(struct sbn__decoder *dec, const char *text, size_t size,
           sbn_qname *place)
{
    const char *colon, *local, *uri;
    sbn_qname name;

    sbn__trim(&text, &size);
    if (size == 0) { /* .NET's empty name, which XML Schema does not have */
        place->ns = NULL;
        place->local = "";
        return SBN_OK;
    }
    colon = memchr(text, ':', size);
    local = colon == NULL ? text : colon + 1;
    uri = sbn__xml_reader_lookup(dec->xml, colon == NULL ? NULL : text,
                                 colon == NULL ? 0 : (size_t)(colon - text));
    if (uri == NULL && colon != NULL) {
        if (!dec->lenient)
            return SBN_EDECODE;
        local = text;
    }
    if (local == text + size && !dec->lenient)
        return SBN_EDECODE;
    name.ns = sbn__arena_strdup(dec->arena, uri);
    name.local =
        sbn__arena_strndup(dec->arena, local, (size_t)(text + size - local));
    if ((uri != NULL && name.ns == NULL) || name.local == NULL)
        return sbn__decode_no_memory(dec);
    *place = name;
    return SBN_OK;
}

static sbn_status
read_kind(struct sbn__decoder *dec, const sbn_field *field, const char *text,
          size_t size, void *place)
{
    switch (field->kind) {
    case SBN_K_BOOL:
        return sbn__parse_bool(text, size, place);
    case SBN_K_INT8:
    case SBN_K_INT16:
    case SBN_K_INT32:
    case SBN_K_INT64:
        return read_int(field->kind, text, size, place);
    case SBN_K_UINT8:
    case SBN_K_UINT16:
    case SBN_K_UINT32:
    case SBN_K_UINT64:
        return read_uint(field->kind, text, size, place);
    case SBN_K_FLOAT:
        return sbn__parse_float(text, size, place);
    case SBN_K_DOUBLE:
        return sbn__parse_double(text, size, place);
    case SBN_K_DECIMAL:
    case SBN_K_INTEGER:
    case SBN_K_STRING:
    case SBN_K_TOKEN:
        return read_text(dec, field, text, size, place);
    case SBN_K_ENUM:
        return read_enum(field->type, text, size, place);
    case SBN_K_DURATION:
        return sbn__parse_duration(text, size, place);
    case SBN_K_BASE64:
    case SBN_K_HEX:
        return read_bytes(dec, field->kind, text, size, place);
    case SBN_K_QNAME:
        return read_qname(dec, text, size, place);
    case SBN_K_XML:
    case SBN_K_STRUCT:
        return SBN_EDECODE;
    default:
        return sbn__parse_datetime(text, size, (sbn_kind)field->kind, place);
    }
}

sbn_status
sbn__value_read(struct sbn__decoder *dec, const sbn_field *field,
                const char *text, size_t size, void *place)
{
    sbn_status status = read_kind(dec, field, text, size, place);

    if (status == SBN_EDECODE)
        return read_failed(dec, field, text, size);
    return status;
}

/* ---- Writing ------------------------------------------------------------- */

static int64_t
int_of(unsigned kind, const void *value)
{
    switch (kind) {
    case SBN_K_INT8:
        return *(const int8_t *)value;
    case SBN_K_INT16:
        return *(const int16_t *)value;
    case SBN_K_INT32:
        return *(const int32_t *)value;
    default:
        return *(const int64_t *)value;
    }
}

static uint64_t
uint_of(unsigned kind, const void *value)
{
    switch (kind) {
    case SBN_K_UINT8:
        return *(const uint8_t *)value;
    case SBN_K_UINT16:
        return *(const uint16_t *)value;
    case SBN_K_UINT32:
        return *(const uint32_t *)value;
    default:
        return *(const uint64_t *)value;
    }
}

/* The kinds of bounded length, straight into the buffer. */
static sbn_status
write_bounded(struct sbn__buf *out, unsigned kind, const void *value)
{
    char *place = sbn__buf_reserve(out, SBN__DURATION_ROOM);
    size_t size;

    if (place == NULL)
        return out->status;
    switch (kind) {
    case SBN_K_BOOL:
        size = *(const bool *)value ? 4 : 5;
        memcpy(place, *(const bool *)value ? "true" : "false", size);
        break;
    case SBN_K_INT8:
    case SBN_K_INT16:
    case SBN_K_INT32:
    case SBN_K_INT64:
        size = sbn__format_int64(place, int_of(kind, value));
        break;
    case SBN_K_UINT8:
    case SBN_K_UINT16:
    case SBN_K_UINT32:
    case SBN_K_UINT64:
        size = sbn__format_uint64(place, uint_of(kind, value));
        break;
    case SBN_K_FLOAT:
        size = sbn__format_float(place, *(const float *)value);
        break;
    case SBN_K_DOUBLE:
        size = sbn__format_double(place, *(const double *)value);
        break;
    case SBN_K_DURATION:
        size = sbn__format_duration(place, value);
        break;
    default:
        size = sbn__format_datetime(place, (sbn_kind)kind, value);
    }
    out->end += size;
    return size > 0 ? SBN_OK : SBN_EINVAL;
}

static sbn_status
write_text(struct sbn__buf *out, const char *text, bool attribute)
{
    if (attribute)
        sbn__xml_write_value(out, text, strlen(text));
    else
        sbn__xml_write_text(out, text, strlen(text));
    return SBN_OK;
}

static sbn_status
write_number(struct sbn__buf *out, unsigned kind, const char *text)
{
    size_t size = strlen(text);

    if (!(kind == SBN_K_DECIMAL ? sbn__is_decimal(text, size)
                                : sbn__is_integer(text, size)))
        return SBN_EINVAL;
    sbn__buf_append(out, text, size);
    return SBN_OK;
}

/* "q1:local"; a name without namespace has no prefix. */
static sbn_status
write_qname(struct sbn__buf *out, const sbn_qname *name, unsigned number)
{
    char digits[SBN__INT_ROOM];

    if (name->ns != NULL && name->ns[0] != '\0') {
        sbn__buf_putc(out, 'q');
        if (number > 0)
            sbn__buf_append(out, digits, sbn__format_uint64(digits, number));
        sbn__buf_putc(out, ':');
    }
    sbn__xml_write_value(out, name->local, strlen(name->local));
    return SBN_OK;
}

sbn_status
sbn__value_write(struct sbn__buf *out, const sbn_field *field,
                 const void *value, bool attribute, unsigned number)
{
    const sbn_enum *list;
    const sbn_bytes *bytes;
    int which;

    switch (field->kind) {
    case SBN_K_DECIMAL:
    case SBN_K_INTEGER:
        return write_number(out, field->kind, *(const char *const *)value);
    case SBN_K_STRING:
    case SBN_K_TOKEN:
        return write_text(out, *(const char *const *)value, attribute);
    case SBN_K_ENUM:
        list = field->type;
        which = *(const int *)value;
        if (which < 0 || (uint32_t)which >= list->count)
            return SBN_EINVAL;
        return write_text(out, list->texts[which], attribute);
    case SBN_K_BASE64:
        bytes = value;
        sbn__base64_write(out, bytes->data, bytes->size);
        return SBN_OK;
    case SBN_K_HEX:
        bytes = value;
        sbn__hex_write(out, bytes->data, bytes->size);
        return SBN_OK;
    case SBN_K_QNAME:
        return write_qname(out, value, number);
    case SBN_K_XML:
    case SBN_K_STRUCT:
        return SBN_EINVAL;
    default:
        return write_bounded(out, field->kind, value);
    }
}
