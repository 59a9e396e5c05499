/* SPDX-License-Identifier: Apache-2.0 */
/* Writing: whether there is a value, values as text, attributes. */
#include "runtime/soap/encode.h"

/* ---- Simple values ------------------------------------------------------- */

static void
declare_qname(struct sbn__encoder *enc, const sbn_qname *name, unsigned number)
{
    struct sbn__buf *out = enc->out;
    char digits[SBN__INT_ROOM];

    if (name->ns == NULL || name->ns[0] == '\0')
        return;
    sbn__buf_lit(out, " xmlns:q");
    if (number > 0)
        sbn__buf_append(out, digits, sbn__format_uint64(digits, number));
    sbn__buf_lit(out, "=\"");
    sbn__xml_write_value(out, name->ns, strlen(name->ns));
    sbn__buf_putc(out, '"');
}

static const void *
item_at(const struct sbn__items *items, size_t i)
{
    if (items->pointers)
        return ((const void *const *)(const void *)items->first)[i];
    return items->first + i * items->size;
}

struct sbn__items
sbn__items_of(const sbn_field *field, const void *value, const char *base)
{
    struct sbn__items items = {value, 1, 0, false};

    if ((field->flags & SBN_F_LIST) != 0) {
        items.first = *(const char *const *)value;
        items.count = *(const size_t *)(const void *)(base + field->has);
        items.size = sbn__kind_size(field->kind);
        items.pointers = (field->flags & SBN_F_POINTER) != 0;
    }
    return items;
}

void
sbn__declare_qnames(struct sbn__encoder *enc, const sbn_field *field,
                    const struct sbn__items *items, unsigned first)
{
    size_t i;

    if (field->kind != SBN_K_QNAME)
        return;
    for (i = 0; i < items->count; i++)
        declare_qname(enc, item_at(items, i), first + (unsigned)i);
}

sbn_status
sbn__write_items(struct sbn__encoder *enc, const sbn_field *field,
                 const struct sbn__items *items, bool attribute, unsigned first)
{
    sbn_status status;
    size_t i;

    for (i = 0; i < items->count; i++) {
        const void *item = item_at(items, i);

        if (i > 0)
            sbn__buf_putc(enc->out, ' ');
        if (item == NULL || sbn__value_is_null(field->kind, item))
            status = SBN_EINVAL;
        else
            status = sbn__value_write(enc->out, field, item, attribute,
                                      first + (unsigned)i);
        if (status == SBN_EINVAL)
            return sbn__encode_invalid(enc, attribute ? field->name : NULL,
                                       "the value is not one of its type");
        if (status != SBN_OK)
            return status;
    }
    return SBN_OK;
}

/* ---- Attributes ---------------------------------------------------------- */

static void
put_attribute_name(struct sbn__encoder *enc, const sbn_field *field)
{
    const char *uri = enc->contract->namespaces[field->ns];

    sbn__buf_putc(enc->out, ' ');
    if (uri != NULL && strcmp(uri, "http://www.w3.org/XML/1998/namespace") == 0)
        sbn__buf_lit(enc->out, "xml:");
    else if (uri != NULL)
        sbn__use_prefix(enc, field->ns);
    sbn__buf_puts(enc->out, field->name);
    sbn__buf_lit(enc->out, "=\"");
}

/* The first prefix number for the QNames of field number i, so that those of an
 * element's text (from 0) and of its attributes do not meet. */
static unsigned
qname_base(uint32_t i)
{
    return (i + 1) * 1000u;
}

/* Those the schema does not name. */
static void
put_attributes_text(struct sbn__encoder *enc, const sbn_xml *xml)
{
    if (xml->size > 0 && !sbn__is_space(xml->text[0]))
        sbn__buf_putc(enc->out, ' ');
    sbn__buf_append(enc->out, xml->text, xml->size);
}

sbn_status
sbn__encode_attributes(struct sbn__encoder *enc, const sbn_type *type,
                       const char *base)
{
    enum sbn__presence presence;
    struct sbn__items items;
    const void *value = NULL;
    sbn_status status;
    uint32_t i;

    for (i = 0; i < type->field_count; i++) {
        const sbn_field *field = &type->fields[i];

        if ((field->flags & SBN_F_ATTRIBUTE) == 0)
            break;
        presence = sbn__presence_of(field, base, &value);
        if (presence == SBN__MISSING)
            return sbn__encode_invalid(enc, field->name,
                                       "a required value is missing");
        if (presence != SBN__PRESENT)
            continue;
        if (field->name == NULL) {
            put_attributes_text(enc, (const sbn_xml *)value);
            continue;
        }
        items = sbn__items_of(field, value, base);
        sbn__declare_qnames(enc, field, &items, qname_base(i));
        put_attribute_name(enc, field);
        status = sbn__write_items(enc, field, &items, true, qname_base(i));
        if (status != SBN_OK)
            return status;
        sbn__buf_putc(enc->out, '"');
    }
    return SBN_OK;
}
