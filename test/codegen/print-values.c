/* SPDX-License-Identifier: Apache-2.0 */
#include "test/codegen/print-values.h"

#include "runtime/base/memory.h"
#include "runtime/soap/encode.h"

enum { MOST_OBJECTS = 1000, DEEPEST = 100 };

struct printer {
    FILE *out;
    const sbn_contract *contract;
    const void *objects[MOST_OBJECTS]; /* printed already */
    size_t object_count;
    unsigned depth; /* circles of encoded messages have no end */
};

static void print_struct(struct printer *printer, const sbn_type *type,
                         const char *base);

static void
put_quoted(FILE *out, const char *text, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c == '"' || c == '\\' || c < ' ')
            fprintf(out, "\\u%04x", c);
        else
            fputc(c, out);
    }
}

/* ---- Simple values ------------------------------------------------------- */

static void
put_xml(struct printer *printer, const sbn_xml *xml)
{
    fputs("{\"$xml\":\"", printer->out);
    put_quoted(printer->out, xml->text, xml->size);
    fputs("\"}", printer->out);
}

static void
put_simple(struct printer *printer, const sbn_field *field, const void *value)
{
    const sbn_qname *name = (const sbn_qname *)value;
    struct sbn__buf text;

    if (field->kind == SBN_K_XML) {
        put_xml(printer, (const sbn_xml *)value);
        return;
    }
    fprintf(printer->out, "\"%s:", sbn__kind_name(field->kind));
    if (field->kind == SBN_K_QNAME) {
        fprintf(printer->out, "{%s}%s\"", name->ns == NULL ? "" : name->ns,
                name->local);
        return;
    }
    sbn__buf_init(&text, &sbn__default_allocator, 1 << 26);
    if (field->kind == SBN_K_STRING || field->kind == SBN_K_TOKEN)
        sbn__buf_puts(&text, *(const char *const *)value);
    else if (field->kind == SBN_K_ENUM)
        sbn__buf_puts(
            &text, ((const sbn_enum *)field->type)->texts[*(const int *)value]);
    else
        sbn__value_write(&text, field, value, false, 0);
    put_quoted(printer->out, sbn__buf_bytes(&text), sbn__buf_size(&text));
    fputc('"', printer->out);
    sbn__buf_fini(&text);
}

/* ---- Structs ------------------------------------------------------------- */

/* value: of the struct, or of the kind; behind any pointer. */
static void
print_one(struct printer *printer, const sbn_field *field, const void *value)
{
    if (value == NULL ||
        (field->kind != SBN_K_STRUCT && sbn__value_is_null(field->kind, value)))
        fputs("null", printer->out);
    else if (field->kind == SBN_K_STRUCT)
        print_struct(printer, sbn__type_of(field, value), (const char *)value);
    else
        put_simple(printer, field, value);
}

static void
print_items(struct printer *printer, const sbn_field *field, const char *base)
{
    bool pointers = (field->flags & SBN_F_POINTER) != 0;
    size_t size = pointers ? sizeof(void *) : sbn__value_size(field), i;
    size_t count = *(const size_t *)(const void *)(base + field->has);
    const char *item =
        *(const char *const *)(const void *)(base + field->offset);

    fputc('[', printer->out);
    for (i = 0; i < count; i++, item += size) {
        fputs(i > 0 ? "," : "", printer->out);
        print_one(printer, field,
                  pointers ? *(const void *const *)(const void *)item : item);
    }
    fputc(']', printer->out);
}

static void
print_field(struct printer *printer, const sbn_field *field, const char *base)
{
    const void *value = NULL;

    if (sbn__presence_of(field, base, &value) != SBN__PRESENT)
        fputs("null", printer->out);
    else if ((field->flags & SBN_F_REPEATED) != 0)
        print_items(printer, field, base);
    else
        print_one(printer, field, value);
}

static const char *
key_of(const sbn_field *field)
{
    if (field->name != NULL)
        return field->name;
    if ((field->flags & SBN_F_TEXT) != 0)
        return "$text";
    if ((field->flags & SBN_F_GROUP) != 0)
        return "$group";
    return (field->flags & SBN_F_ATTRIBUTE) != 0 ? "$attributes" : "$xml";
}

/* "name":value of each that is there, those of a group that stands once among
 * them. */
static void
print_members(struct printer *printer, const sbn_type *type, const char *base,
              const char **before)
{
    bool choice = (type->flags & SBN_TYPE_CHOICE) != 0;
    int which = choice ? *(const int *)(const void *)base : 0;
    const void *value = NULL;
    uint32_t i;

    for (i = 0; i < type->field_count; i++) {
        const sbn_field *field = &type->fields[i];
        enum sbn__presence presence = sbn__presence_of(field, base, &value);

        if ((choice && which != (int)i + 1) || presence == SBN__ABSENT)
            continue;
        if ((field->flags & (SBN_F_GROUP | SBN_F_REPEATED)) == SBN_F_GROUP) {
            if (presence == SBN__PRESENT)
                print_members(printer, (const sbn_type *)field->type,
                              (const char *)value, before);
            continue;
        }
        fprintf(printer->out, "%s\"%s\":", *before, key_of(field));
        *before = ",";
        print_field(printer, field, base);
    }
}

static bool
was_printed(struct printer *printer, const void *value)
{
    size_t i;

    for (i = 0; i < printer->object_count; i++)
        if (printer->objects[i] == value)
            return true;
    if (printer->object_count < MOST_OBJECTS)
        printer->objects[printer->object_count++] = value;
    return false;
}

static void
print_struct(struct printer *printer, const sbn_type *type, const char *base)
{
    const char *before = "";

    if (printer->depth == DEEPEST) {
        fputs("null", printer->out);
        return;
    }
    fputc('{', printer->out);
    if ((type->flags & SBN_TYPE_POLY) != 0 && type->name != NULL) {
        fprintf(printer->out, "\"$type\":\"%s\"", type->name);
        before = ",";
    }
    if ((type->flags & SBN_TYPE_REFERENCE) != 0) {
        if (was_printed(printer, base)) {
            fprintf(printer->out, "%s\"$again\":\"%p\"}", before,
                    (const void *)base);
            return;
        }
        fprintf(printer->out, "%s\"$at\":\"%p\"", before, (const void *)base);
        before = ",";
    }
    printer->depth++;
    print_members(printer, type, base, &before);
    printer->depth--;
    fputc('}', printer->out);
}

void
print_value(FILE *out, const sbn_contract *contract, const sbn_field *field,
            const void *base)
{
    struct printer printer = {.out = out, .contract = contract};

    if (field == NULL || base == NULL) {
        fputs("null", out);
    } else if ((field->flags & SBN_F_GROUP) != 0) {
        const char *before = "";

        fputc('{', out);
        print_members(&printer, (const sbn_type *)field->type,
                      (const char *)base, &before);
        fputc('}', out);
    } else {
        fprintf(out, "{\"%s\":", field->name);
        print_field(&printer, field, (const char *)base);
        fputc('}', out);
    }
}
