/* SPDX-License-Identifier: Apache-2.0 */
/* The table interpreter, writing. */
#include "runtime/soap/identity.h"

/* Of structs in structs: deeper is taken for a circle. */
enum { MAX_DEPTH = 512 };

static sbn_status encode_element(struct sbn__encoder *enc,
                                 const sbn_field *field, const void *value,
                                 size_t index);
static sbn_status encode_fields(struct sbn__encoder *enc, const sbn_type *type,
                                const char *base);

/* ---- Tags ---------------------------------------------------------------- */

/* The body's element has its name; its own namespace may be the default. */
static void
start_root(struct sbn__encoder *enc, const sbn_field *field)
{
    struct sbn__buf *out = enc->out;
    const char *uri = enc->contract->namespaces[field->ns];

    if (field->ns != 0 && enc->default_ns == field->ns) {
        sbn__buf_lit(out, " xmlns=\"");
        sbn__xml_write_value(out, uri, strlen(uri));
        sbn__buf_putc(out, '"');
    }
    if (enc->encoding != NULL) {
        sbn__buf_lit(out, " s:encodingStyle=\"");
        sbn__buf_puts(out, enc->encoding);
        sbn__buf_putc(out, '"');
    }
    enc->at = sbn__buf_size(out);
}

/* <name, and whatever it takes to put it into its namespace. The default
 * namespace that was in force is returned, for close_tag. */
static uint32_t
open_tag(struct sbn__encoder *enc, const sbn_field *field)
{
    struct sbn__buf *out = enc->out;
    uint32_t outer = enc->default_ns;

    sbn__buf_putc(out, '<');
    if (field->ns != outer && field->ns != 0)
        sbn__use_prefix(enc, field->ns);
    sbn__buf_puts(out, field->name);
    if (enc->at == 0)
        start_root(enc, field);
    if (field->ns == 0 && outer != 0) {
        sbn__buf_lit(out, " xmlns=\"\"");
        enc->default_ns = 0;
    }
    return outer;
}

/* content: where it began, right behind the start tag's >. */
static void
close_tag(struct sbn__encoder *enc, const sbn_field *field, uint32_t outer,
          size_t content)
{
    struct sbn__buf *out = enc->out;
    size_t length;
    char *place;

    enc->default_ns = outer;
    if (sbn__buf_size(out) == content && out->status == SBN_OK) {
        out->end--;
        sbn__buf_lit(out, "/>");
        return;
    }
    if (field->ns != outer && field->ns != 0) {
        sbn__buf_lit(out, "</");
        sbn__use_prefix(enc, field->ns);
        sbn__buf_puts(out, field->name);
        sbn__buf_putc(out, '>');
        return;
    }
    length = strlen(field->name);
    place = sbn__buf_reserve(out, length + 3);
    if (place == NULL)
        return;
    place[0] = '<';
    place[1] = '/';
    memcpy(place + 2, field->name, length);
    place[length + 2] = '>';
    out->end += length + 3;
}

/* ---- Elements ------------------------------------------------------------ */

static void
put_nil(struct sbn__encoder *enc)
{
    sbn__buf_lit(enc->out, " i:nil=\"true\"/>");
    enc->xsi = true;
}

void
sbn__put_xsi_type(struct sbn__encoder *enc, const sbn_type *type)
{
    sbn__buf_lit(enc->out, " i:type=\"");
    if (type->ns != 0)
        sbn__use_prefix(enc, type->ns);
    sbn__buf_puts(enc->out, type->name);
    sbn__buf_putc(enc->out, '"');
    enc->xsi = true;
}

/* Whether the piece of XML is an element of this local name. */
static bool
is_element(const sbn_xml *xml, const char *name)
{
    const char *text = xml->text, *end = text + xml->size, *start;
    size_t length = strlen(name);

    if (text == end || *text++ != '<')
        return false;
    for (start = text;
         text < end && !sbn__is_space(*text) && *text != '/' && *text != '>';
         text++) {
        if (*text == ':')
            start = text + 1;
    }
    return (size_t)(text - start) == length && memcmp(start, name, length) == 0;
}

static sbn_status
encode_xml(struct sbn__encoder *enc, const sbn_field *field, const sbn_xml *xml)
{
    if ((field->flags & SBN_F_ANY) == 0 && !is_element(xml, field->name))
        return sbn__encode_invalid(enc, NULL,
                                   "the XML is no element of this name");
    sbn__buf_append(enc->out, xml->text, xml->size);
    return SBN_OK;
}

const sbn_type *
sbn__type_of(const sbn_field *field, const void *value)
{
    const sbn_type *type = field->type, *actual;

    if ((type->flags & SBN_TYPE_POLY) == 0)
        return type;
    actual = *(const sbn_type *const *)value;
    return actual == NULL ? type : actual;
}

static sbn_status
encode_text(struct sbn__encoder *enc, const sbn_field *field, const char *base)
{
    const void *value = NULL;
    struct sbn__items items;

    switch (sbn__presence_of(field, base, &value)) {
    case SBN__PRESENT:
        items = sbn__items_of(field, value, base);
        return sbn__write_items(enc, field, &items, false, 0);
    case SBN__MISSING:
        return sbn__encode_invalid(enc, NULL, "a required value is missing");
    default:
        return SBN_OK;
    }
}

/* The field of simple content, or NULL. */
static const sbn_field *
text_field(const sbn_type *type)
{
    uint32_t i = 0;

    while (i < type->field_count &&
           (type->fields[i].flags & SBN_F_ATTRIBUTE) != 0)
        i++;
    return i < type->field_count && (type->fields[i].flags & SBN_F_TEXT) != 0
               ? &type->fields[i]
               : NULL;
}

/* A QName as simple content is declared on the element, before its text. */
static void
declare_text(struct sbn__encoder *enc, const sbn_field *text, const char *base)
{
    const void *value = NULL;
    struct sbn__items items;

    if (text == NULL || text->kind != SBN_K_QNAME ||
        sbn__presence_of(text, base, &value) != SBN__PRESENT)
        return;
    items = sbn__items_of(text, value, base);
    sbn__declare_qnames(enc, text, &items, 0);
}

/* Whether the struct's own xsi:nil says so: the only attribute without a bool
 * beside it that tells whether it is there. */
static bool
is_nil(const sbn_type *type, const void *value)
{
    uint32_t i;

    for (i = 0; i < type->field_count; i++) {
        const sbn_field *field = &type->fields[i];

        if ((field->flags & SBN_F_ATTRIBUTE) == 0)
            break;
        if (field->has == field->offset && field->kind == SBN_K_BOOL)
            return *(const bool *)((const char *)value + field->offset);
    }
    return false;
}

static sbn_status
encode_struct(struct sbn__encoder *enc, const sbn_field *field,
              const void *value, uint32_t outer)
{
    const sbn_type *type = sbn__type_of(field, value);
    const sbn_field *text = text_field(type);
    sbn_status status;
    size_t content;
    bool again = false;

    if ((type->flags & SBN_TYPE_REFERENCE) != 0 && enc->encoding == NULL) {
        status = sbn__identity_write(enc, value, &again);
        if (status != SBN_OK)
            return status;
    }
    if (again) {
        sbn__buf_lit(enc->out, "/>");
        enc->default_ns = outer;
        return SBN_OK;
    }
    if (enc->depth >= MAX_DEPTH)
        return sbn__encode_invalid(enc, NULL,
                                   "nested too deeply, or in a circle");
    if (type != field->type && type->name != NULL && enc->encoding == NULL)
        sbn__put_xsi_type(enc, type);
    declare_text(enc, text, value);
    status = sbn__encode_attributes(enc, type, value);
    if (status != SBN_OK)
        return status;
    if ((type->flags & SBN_TYPE_NIL) != 0 && is_nil(type, value)) {
        sbn__buf_lit(enc->out, "/>");
        enc->default_ns = outer;
        return SBN_OK;
    }
    sbn__buf_putc(enc->out, '>');
    content = sbn__buf_size(enc->out);
    enc->depth++;
    status = text != NULL ? encode_text(enc, text, value)
                          : encode_fields(enc, type, value);
    enc->depth--;
    close_tag(enc, field, outer, content);
    return status;
}

static sbn_status
encode_simple(struct sbn__encoder *enc, const sbn_field *field,
              const struct sbn__items *items, uint32_t outer)
{
    sbn_status status;
    size_t content;

    sbn__declare_qnames(enc, field, items, 0);
    sbn__buf_putc(enc->out, '>');
    content = sbn__buf_size(enc->out);
    status = sbn__write_items(enc, field, items, false, 0);
    close_tag(enc, field, outer, content);
    return status;
}

/* Whether start tag, value and end tag are all that there is to write. */
static bool
is_plain(const struct sbn__encoder *enc, const sbn_field *field)
{
    return field->ns == enc->default_ns && enc->at > 0 &&
           enc->encoding == NULL && field->kind != SBN_K_STRUCT &&
           field->kind != SBN_K_XML && field->kind != SBN_K_QNAME;
}

static sbn_status
encode_plain(struct sbn__encoder *enc, const sbn_field *field,
             const void *value, size_t index)
{
    struct sbn__step step = {enc->path, field->name, index};
    size_t length = strlen(field->name), content;
    struct sbn__buf *out = enc->out;
    char *place = sbn__buf_reserve(out, length + 2);
    sbn_status status;

    if (place == NULL)
        return out->status;
    place[0] = '<';
    memcpy(place + 1, field->name, length);
    place[length + 1] = '>';
    out->end += length + 2;
    content = sbn__buf_size(out);
    status = sbn__value_write(out, field, value, false, 0);
    if (status == SBN_EINVAL) {
        enc->path = &step;
        status =
            sbn__encode_invalid(enc, NULL, "the value is not one of its type");
        enc->path = step.outer;
    }
    if (status != SBN_OK)
        return status;
    place = sbn__buf_reserve(out, length + 3);
    if (place == NULL)
        return out->status;
    if (sbn__buf_size(out) == content) {
        memcpy(place - 1, "/>", 2);
        out->end++;
        return SBN_OK;
    }
    place[0] = '<';
    place[1] = '/';
    memcpy(place + 2, field->name, length);
    place[length + 2] = '>';
    out->end += length + 3;
    return SBN_OK;
}

/* One element with this value; NULL: nil. */
static sbn_status
encode_element(struct sbn__encoder *enc, const sbn_field *field,
               const void *value, size_t index)
{
    struct sbn__step step = {enc->path, field->name, index};
    struct sbn__items items = {value, 1, 0, false};
    sbn_status status;
    uint32_t outer;

    enc->path = &step;
    if (value != NULL && field->kind == SBN_K_XML) {
        if (field->name == NULL)
            step.name = "*";
        status = encode_xml(enc, field, value);
        enc->path = step.outer;
        return status;
    }
    outer = open_tag(enc, field);
    if (value != NULL && enc->encoding != NULL && enc->depth > 0)
        sbn__put_encoded_type(enc, field, value);
    if (value == NULL) {
        put_nil(enc);
        enc->default_ns = outer;
        status = SBN_OK;
    } else if (field->kind == SBN_K_STRUCT) {
        status = encode_struct(enc, field, value, outer);
    } else {
        status = encode_simple(enc, field, &items, outer);
    }
    enc->path = step.outer;
    return status;
}

static sbn_status
encode_list(struct sbn__encoder *enc, const sbn_field *field, const char *base,
            const void *value)
{
    struct sbn__step step = {enc->path, field->name, 0};
    struct sbn__items items = sbn__items_of(field, value, base);
    uint32_t outer = open_tag(enc, field);
    sbn_status status;

    enc->path = &step;
    status = encode_simple(enc, field, &items, outer);
    enc->path = step.outer;
    return status;
}

/* ---- Fields of a struct -------------------------------------------------- */

static sbn_status
encode_group(struct sbn__encoder *enc, const sbn_field *field,
             const void *value)
{
    const sbn_type *type = field->type;

    if ((type->flags & SBN_TYPE_CHOICE) != 0 && *(const int *)value == 0)
        return sbn__may_be_absent(field)
                   ? SBN_OK
                   : sbn__encode_invalid(enc, NULL,
                                         "no alternative of a choice is given");
    return encode_fields(enc, type, value);
}

static sbn_status
encode_one(struct sbn__encoder *enc, const sbn_field *field, const void *value,
           size_t index)
{
    if ((field->flags & SBN_F_GROUP) != 0)
        return encode_group(enc, field, value);
    if (value != NULL && is_plain(enc, field))
        return encode_plain(enc, field, value, index);
    return encode_element(enc, field, value, index);
}

static sbn_status
encode_many(struct sbn__encoder *enc, const sbn_field *field, const char *base)
{
    bool pointer = (field->flags & SBN_F_POINTER) != 0;
    size_t count = *(const size_t *)(const void *)(base + field->has), i;
    size_t size = pointer ? sizeof(void *) : sbn__value_size(field);
    const char *item =
        *(const char *const *)(const void *)(base + field->offset);
    struct sbn__step step = {enc->path, field->name, 0};
    sbn_status status;
    const void *value;

    if (count < field->min || (field->max != 0 && count > field->max))
        return sbn__encode_invalid(enc, field->name,
                                   count < field->min
                                       ? "fewer items than it must have"
                                       : "more items than it may have");
    if (item == NULL && count > 0)
        return sbn__encode_invalid(enc, field->name,
                                   "items are counted but not given");
    for (i = 0; i < count; i++, item += size) {
        value = pointer ? *(const void *const *)(const void *)item : item;
        if (value == NULL || sbn__value_is_null(field->kind, value)) {
            if ((field->flags & SBN_F_NILLABLE) == 0 && enc->encoding == NULL) {
                step.index = i + 1;
                enc->path = step.name == NULL ? step.outer : &step;
                return sbn__encode_invalid(enc, NULL, "an item is missing");
            }
            value = NULL;
        }
        status = encode_one(enc, field, value, i + 1);
        if (status != SBN_OK)
            return status;
    }
    return SBN_OK;
}

/* What has no member that tells nil from absent: .NET writes nil. */
static bool
is_null_parameter(const struct sbn__encoder *enc, const sbn_field *field)
{
    bool told = field->has != SBN_NONE && (field->flags & SBN_F_REPEATED) == 0;

    /* BP 1.1, R2211: part accessors of rpc, which have no namespace, are not
     * nil */
    return enc->nil_nulls && enc->depth == 1 && !told && field->ns != 0 &&
           (field->flags & (SBN_F_NILLABLE | SBN_F_GROUP)) == SBN_F_NILLABLE;
}

sbn_status
sbn__encode_field(struct sbn__encoder *enc, const sbn_field *field,
                  const char *base)
{
    const void *value = NULL;

    if ((field->flags & (SBN_F_ATTRIBUTE | SBN_F_TEXT)) != 0)
        return SBN_OK;
    if ((field->flags & (SBN_F_REPEATED | SBN_F_LIST)) == SBN_F_REPEATED)
        return encode_many(enc, field, base);
    switch (sbn__presence_of(field, base, &value)) {
    case SBN__ABSENT:
        return is_null_parameter(enc, field)
                   ? encode_element(enc, field, NULL, 0)
                   : SBN_OK;
    case SBN__MISSING:
        if (sbn__may_be_absent(field))
            return SBN_OK;
        if (enc->encoding != NULL && field->name != NULL)
            return encode_element(enc, field, NULL, 0);
        return sbn__encode_invalid(enc, field->name,
                                   "a required value is missing");
    case SBN__NIL:
        return encode_element(enc, field, NULL, 0);
    case SBN__PRESENT:
        break;
    }
    if ((field->flags & SBN_F_LIST) != 0)
        return encode_list(enc, field, base, value);
    return encode_one(enc, field, value, 0);
}

static sbn_status
encode_fields(struct sbn__encoder *enc, const sbn_type *type, const char *base)
{
    sbn_status status;
    uint32_t i;

    if ((type->flags & SBN_TYPE_CHOICE) != 0) {
        i = *(const uint32_t *)(const void *)base;
        if (i == 0)
            return SBN_OK;
        if (i > type->field_count)
            return sbn__encode_invalid(enc, NULL,
                                       "no such alternative of a choice");
        return sbn__encode_field(enc, &type->fields[i - 1], base);
    }
    for (i = 0; i < type->field_count; i++) {
        status = sbn__encode_field(enc, &type->fields[i], base);
        if (status != SBN_OK)
            return status;
    }
    return SBN_OK;
}
