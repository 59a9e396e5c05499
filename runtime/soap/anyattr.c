/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attributes that a schema leaves open, as the text they are in a start tag.
 * Their prefixes are declared there and are such that no table's namespace has
 * them (write.c): the text goes into a start tag of ours as it is.
 */
#include <stdio.h>

#include "runtime/soap/decode.h"

static bool
is_named(struct sbn__decoder *dec, const sbn_type *type,
         const struct sbn__xml_attribute *attribute)
{
    uint32_t ns = sbn__ns_number(dec, attribute->ns), i;

    for (i = 0; i < type->field_count; i++) {
        const sbn_field *field = &type->fields[i];

        if ((field->flags & SBN_F_ATTRIBUTE) == 0)
            break;
        if (field->name != NULL && field->ns == ns &&
            strcmp(field->name, attribute->local) == 0)
            return true;
    }
    return false;
}

static bool
is_ours(const char *ns)
{
    return ns != NULL && strcmp(ns, SBN__NS_XSI) == 0;
}

/* ' xmlns:nsN="uri"'; a prefix of its own for each attribute. */
static void
declare(struct sbn__buf *out, size_t number, const char *uri)
{
    char digits[24];
    int size = snprintf(digits, sizeof(digits), "%zu", number);

    sbn__buf_lit(out, " xmlns:ns");
    sbn__buf_append(out, digits, (size_t)size);
    sbn__buf_lit(out, "=\"");
    sbn__xml_write_value(out, uri, strlen(uri));
    sbn__buf_putc(out, '"');
}

static void
put_prefix(struct sbn__buf *out, size_t number)
{
    char text[32];
    int size = snprintf(text, sizeof(text), "ns%zu:", number);

    sbn__buf_append(out, text, (size_t)size);
}

/* The size of the prefix of a value that is a QName, 0: it is none. *ret_uri is
 * what the prefix means. */
static size_t
value_prefix(const struct sbn__decoder *dec,
             const struct sbn__xml_attribute *attribute, const char **ret_uri)
{
    const char *colon = memchr(attribute->value, ':', attribute->size);
    size_t size = colon == NULL ? 0 : (size_t)(colon - attribute->value);

    if (size == 0 || size + 1 == attribute->size)
        return 0;
    *ret_uri = sbn__xml_reader_lookup(dec->xml, attribute->value, size);
    return *ret_uri == NULL ? 0 : size;
}

static void
put_attribute(struct sbn__decoder *dec, struct sbn__buf *out, size_t *number,
              const struct sbn__xml_attribute *attribute)
{
    static const char xml[] = "http://www.w3.org/XML/1998/namespace";
    bool is_xml = attribute->ns != NULL && strcmp(attribute->ns, xml) == 0;
    const char *uri = NULL;
    size_t prefix = value_prefix(dec, attribute, &uri), at = *number;

    if (attribute->ns != NULL && !is_xml)
        declare(out, ++*number, attribute->ns);
    if (prefix > 0)
        declare(out, ++*number, uri);
    sbn__buf_putc(out, ' ');
    if (is_xml)
        sbn__buf_lit(out, "xml:");
    else if (attribute->ns != NULL)
        put_prefix(out, at + 1);
    sbn__buf_puts(out, attribute->local);
    sbn__buf_lit(out, "=\"");
    if (prefix > 0) {
        put_prefix(out, *number);
        prefix++;
    }
    sbn__xml_write_value(out, attribute->value + prefix,
                         attribute->size - prefix);
    sbn__buf_putc(out, '"');
}

sbn_status
sbn__read_any_attributes(struct sbn__decoder *dec,
                         const struct sbn__frame *frame,
                         const struct sbn__xml_element *element,
                         const sbn_field *field)
{
    sbn_xml *place = (sbn_xml *)(void *)(frame->base + field->offset);
    struct sbn__buf *out = &dec->text; /* no value is open */
    size_t number = 0, i;

    sbn__buf_reset(out, 0);
    for (i = 0; i < element->attribute_count; i++) {
        const struct sbn__xml_attribute *attribute = &element->attributes[i];

        if (!is_ours(attribute->ns) && !is_named(dec, frame->type, attribute))
            put_attribute(dec, out, &number, attribute);
    }
    if (out->status != SBN_OK)
        return sbn__decode_too_much(dec, out->status);
    if (sbn__buf_size(out) == 0)
        return SBN_OK;
    place->text =
        sbn__arena_strndup(dec->arena, sbn__buf_bytes(out), sbn__buf_size(out));
    if (place->text == NULL)
        return sbn__decode_no_memory(dec);
    place->size = sbn__buf_size(out);
    sbn__buf_reset(out, 0);
    return SBN_OK;
}
