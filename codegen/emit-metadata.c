/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The documents that were read, for the service to give out again: WSDL and
 * schemas, packed, in string constants; and what they say of operations.
 */
#include <string.h>

#include <zlib.h>

#include "codegen/metadata.h"

enum {
    PIECE = 4000, /* bytes of a string constant: C99, 5.2.4.1 promises 4095 */
    LINE = 92     /* columns */
};

/* ---- Documents ----------------------------------------------------------- */

/* Most of a WSDL is repetition: a tenth of it, or less, is left. */
static unsigned char *
pack(const char *words, size_t *ret_size)
{
    uLong size = strlen(words);
    uLongf packed = compressBound(size);
    unsigned char *bytes = (unsigned char *)mem_new(packed);

    compress2(bytes, &packed, (const Bytef *)words, size, Z_BEST_COMPRESSION);
    *ret_size = packed;
    return bytes;
}

/* In base64, as string constants one below the other. */
static void
emit_packed(struct text *text, const unsigned char *bytes, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t i, line = 0, piece = 0;

    for (i = 0; i < size; i += 3) {
        unsigned long group = (unsigned long)bytes[i] << 16;
        size_t count = size - i < 3 ? size - i : 3;
        char four[5];

        if (count > 1)
            group |= (unsigned long)bytes[i + 1] << 8;
        if (count > 2)
            group |= bytes[i + 2];
        four[0] = digits[group >> 18];
        four[1] = digits[group >> 12 & 63];
        four[2] = count > 1 ? digits[group >> 6 & 63] : '=';
        four[3] = count > 2 ? digits[group & 63] : '=';
        four[4] = '\0';
        text_put(text, line == 0 ? "    \"" : "");
        text_put(text, four);
        line += 4;
        piece += 4;
        if (i + 3 >= size || piece >= PIECE) {
            text_put(text, "\",\n");
            line = piece = 0;
        } else if (line >= LINE) {
            text_put(text, "\"\n");
            line = 0;
        }
    }
    text_put(text, "    NULL,\n");
}

static const char *
service_name(const struct model *model)
{
    const struct vec *services = &model->wsdl->services;

    return services->count == 0 ? ""
                                : VEC(services, struct wsdl_service, 0)->name;
}

static bool
is_given(const struct model *model)
{
    return model->server && model->metadata && metadata_is_there(model);
}

void
emit_metadata(struct text *text, const struct model *model)
{
    struct vec pages = {NULL, 0, 0}, sizes = {NULL, 0, 0};
    const unsigned char *bytes;
    const char *words;
    size_t size, i;

    if (!is_given(model))
        return;
    metadata_collect(model, &pages);
    text_rule(text, "Metadata");
    for (i = 0; i < pages.count; i++) {
        text_printf(text, "static const char *const metadata_%zu[] = {\n", i);
        words = metadata_text(VEC(&pages, struct page, i));
        vec_add(&sizes, (void *)(uintptr_t)strlen(words));
        bytes = pack(words, &size);
        emit_packed(text, bytes, size);
        text_put(text, "};\n\n");
    }
    text_put(text, "static const sbn_document metadata_documents[] = {\n");
    for (i = 0; i < pages.count; i++) {
        const struct page *page = VEC(&pages, struct page, i);

        text_printf(text, "    {%s, %s, metadata_%zu, %zu},\n",
                    text_quoted(page->name), text_quoted(page->ns), i,
                    (size_t)(uintptr_t)sizes.items[i]);
    }
    text_printf(text,
                "};\n\n"
                "static const sbn_metadata metadata = {\n"
                "    %s, %zu, metadata_documents,\n"
                "};\n\n",
                text_quoted(service_name(model)), pages.count);
    metadata_release(&pages);
}

/* ---- What is said of operations ------------------------------------------ */

/* On one line, and no longer than a string constant may be. */
static const char *
doc_text(const char *doc)
{
    struct text out = {NULL, 0, 0, 0};

    if (doc == NULL)
        return "NULL";
    text_put(&out, "");
    for (; *doc != '\0' && out.size < PIECE; doc++)
        if (strchr(" \t\r\n", *doc) == NULL)
            text_putn(&out, doc, 1);
        else if (out.size > 0 && out.data[out.size - 1] != ' ')
            text_put(&out, " ");
    while (out.size > 0 && *doc != '\0' &&
           ((unsigned char)out.data[out.size - 1] & 0xc0) == 0x80)
        out.data[--out.size] = '\0';
    return text_quoted(out.data);
}

static bool
has_docs(const struct c_interface *interface)
{
    size_t i;

    if (interface->doc != NULL)
        return true;
    for (i = 0; i < interface->operations.count; i++)
        if (VEC(&interface->operations, struct c_operation, i)->doc != NULL)
            return true;
    return false;
}

void
emit_docs(struct text *text, const struct model *model,
          const struct c_interface *interface)
{
    size_t i;

    if (!is_given(model) || !has_docs(interface))
        return;
    text_printf(text, "static const char *const %sdocs[] = {\n    %s,\n",
                interface->local, doc_text(interface->doc));
    for (i = 0; i < interface->operations.count; i++)
        text_printf(
            text, "    %s,\n",
            doc_text(VEC(&interface->operations, struct c_operation, i)->doc));
    text_put(text, "};\n\n");
}

const char *
emit_metadata_refs(const struct model *model,
                   const struct c_interface *interface)
{
    if (!is_given(model))
        return "NULL, NULL";
    return has_docs(interface)
               ? mem_printf("&metadata, %sdocs", interface->local)
               : "&metadata, NULL";
}
