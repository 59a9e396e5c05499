/* SPDX-License-Identifier: Apache-2.0 */
/* SOAP 1.1, 5: what a value's start tag says of its type. */
#include "runtime/soap/encode.h"

/* "x:int" or "a:Item"; false: it has no name, and receivers that know the
 * parameter's type need none. */
static bool
put_name(struct sbn__encoder *enc, const sbn_field *field, const sbn_type *type)
{
    const char *name = sbn__kind_type(field->kind);

    if (field->kind == SBN_K_STRUCT && type->name != NULL) {
        if (type->ns != 0)
            sbn__use_prefix(enc, type->ns);
        sbn__buf_puts(enc->out, type->name);
        return true;
    }
    if (name == NULL)
        return false;
    sbn__buf_lit(enc->out, "x:");
    sbn__buf_puts(enc->out, name);
    enc->xsd = true;
    return true;
}

static void
put_array(struct sbn__encoder *enc, const sbn_type *type, const void *value)
{
    const sbn_field *item = &type->fields[0];
    const char *base = value;
    size_t count = *(const size_t *)(const void *)(base + item->has);
    char digits[SBN__INT_ROOM];

    sbn__buf_lit(enc->out, " xmlns:enc=\"");
    sbn__buf_puts(enc->out, enc->encoding);
    sbn__buf_lit(enc->out, "\" i:type=\"enc:Array\" enc:arrayType=\"");
    enc->xsi = true;
    if (!put_name(enc, item, item->type)) {
        sbn__buf_lit(enc->out, "x:anyType");
        enc->xsd = true;
    }
    sbn__buf_putc(enc->out, '[');
    sbn__buf_append(enc->out, digits, sbn__format_uint64(digits, count));
    sbn__buf_lit(enc->out, "]\"");
}

void
sbn__put_encoded_type(struct sbn__encoder *enc, const sbn_field *field,
                      const void *value)
{
    const sbn_type *type = NULL;

    if (field->kind == SBN_K_STRUCT)
        type = sbn__type_of(field, value);
    if (type != NULL && (type->flags & SBN_TYPE_ARRAY) != 0) {
        put_array(enc, type, value);
    } else if (type != NULL && type->name != NULL) {
        sbn__put_xsi_type(enc, type);
    } else if (sbn__kind_type(field->kind) != NULL) {
        sbn__buf_lit(enc->out, " i:type=\"");
        put_name(enc, field, NULL);
        sbn__buf_putc(enc->out, '"');
        enc->xsi = true;
    }
}
