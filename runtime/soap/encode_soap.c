/* SPDX-License-Identifier: Apache-2.0 */
/* SOAP 1.1, 5: what a value's start tag says of its type. */
#include "runtime/soap/encode.h"

/* XML Schema's name of a kind; NULL: several types are kept as it, and
 * receivers that know the parameter's type need none. */
static const char *
kind_name(unsigned kind)
{
    static const char *const names[] = {[SBN_K_BOOL] = "boolean",
                                        [SBN_K_INT8] = "byte",
                                        [SBN_K_INT16] = "short",
                                        [SBN_K_INT32] = "int",
                                        [SBN_K_INT64] = "long",
                                        [SBN_K_UINT8] = "unsignedByte",
                                        [SBN_K_UINT16] = "unsignedShort",
                                        [SBN_K_UINT32] = "unsignedInt",
                                        [SBN_K_UINT64] = "unsignedLong",
                                        [SBN_K_FLOAT] = "float",
                                        [SBN_K_DOUBLE] = "double",
                                        [SBN_K_DECIMAL] = "decimal",
                                        [SBN_K_STRING] = "string",
                                        [SBN_K_DATETIME] = "dateTime",
                                        [SBN_K_DATE] = "date",
                                        [SBN_K_TIME] = "time",
                                        [SBN_K_BASE64] = "base64Binary",
                                        [SBN_K_HEX] = "hexBinary",
                                        [SBN_K_STRUCT] = NULL};

    return kind <= SBN_K_STRUCT ? names[kind] : NULL;
}

/* "x:int" or "a:Item"; false: it has no name. */
static bool
put_name(struct sbn__encoder *enc, const sbn_field *field, const sbn_type *type)
{
    const char *name = kind_name(field->kind);

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
    } else if (kind_name(field->kind) != NULL) {
        sbn__buf_lit(enc->out, " i:type=\"");
        put_name(enc, field, NULL);
        sbn__buf_putc(enc->out, '"');
        enc->xsi = true;
    }
}
