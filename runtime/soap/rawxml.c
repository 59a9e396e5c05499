/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Captured XML. Whatever was declared outside of the captured element and is
 * used inside is declared again where it is used: for names, and for values
 * that look like a QName with a prefix that is in scope.
 */
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/soap/codec.h"

void
sbn__raw_init(struct sbn__raw *raw, const sbn_allocator *mem)
{
    memset(raw, 0, sizeof(*raw));
    raw->mem = mem;
    sbn__buf_init(&raw->out, mem, 0);
    sbn__buf_init(&raw->names, mem, 0);
}

void
sbn__raw_fini(struct sbn__raw *raw)
{
    sbn__buf_fini(&raw->out);
    sbn__buf_fini(&raw->names);
    sbn__free(raw->mem, raw->scopes);
    raw->scopes = NULL;
    raw->scope_room = 0;
}

void
sbn__raw_begin(struct sbn__raw *raw, const struct sbn__xml_reader *xml,
               bool content, size_t limit)
{
    raw->xml = xml;
    raw->content = content;
    raw->depth = raw->scope_count = 0;
    raw->open = false;
    raw->status = SBN_OK;
    raw->out.limit = raw->names.limit = limit;
    sbn__buf_reset(&raw->out, 0);
    sbn__buf_reset(&raw->names, 0);
}

static sbn_status
raw_status(const struct sbn__raw *raw)
{
    if (raw->status != SBN_OK)
        return raw->status;
    return raw->out.status != SBN_OK ? raw->out.status : raw->names.status;
}

/* ---- Namespaces ---------------------------------------------------------- */

static void
scope_push(struct sbn__raw *raw, const char *prefix, const char *uri)
{
    struct sbn__raw_scope *scope;
    size_t room = raw->scope_room == 0 ? 8 : raw->scope_room * 2;

    if (raw->scope_count == raw->scope_room) {
        scope = sbn__realloc(raw->mem, raw->scopes, room * sizeof(*scope));
        if (scope == NULL) {
            raw->status = SBN_ENOMEM;
            return;
        }
        raw->scopes = scope;
        raw->scope_room = room;
    }
    scope = &raw->scopes[raw->scope_count++];
    scope->prefix = prefix;
    scope->uri = uri;
    scope->depth = raw->depth;
}

static void
declare(struct sbn__raw *raw, const char *prefix, const char *uri)
{
    sbn__buf_lit(&raw->out, " xmlns");
    if (prefix != NULL) {
        sbn__buf_putc(&raw->out, ':');
        sbn__buf_puts(&raw->out, prefix);
    }
    sbn__buf_lit(&raw->out, "=\"");
    if (uri != NULL)
        sbn__xml_write_value(&raw->out, uri, strlen(uri));
    sbn__buf_putc(&raw->out, '"');
    scope_push(raw, prefix, uri);
}

/* Names are interned, so that addresses are compared. */
static void
need(struct sbn__raw *raw, const char *prefix, const char *uri)
{
    size_t i;

    if (prefix != NULL && strcmp(prefix, "xml") == 0)
        return;
    for (i = raw->scope_count; i > 0; i--) {
        if (raw->scopes[i - 1].prefix != prefix)
            continue;
        if (raw->scopes[i - 1].uri == uri)
            return;
        break;
    }
    declare(raw, prefix, uri);
}

static bool
is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           sbn__is_digit(c) || c == '_' || c == '-' || c == '.' ||
           (unsigned char)c >= 0x80;
}

static void
need_for_value(struct sbn__raw *raw, const char *text, size_t size)
{
    const char *prefix, *uri;
    size_t i = 0;

    sbn__trim(&text, &size);
    while (i < size && is_name_byte(text[i]))
        i++;
    if (i == 0 || i + 1 >= size || text[i] != ':' || !is_name_byte(text[i + 1]))
        return;
    if (sbn__xml_reader_find(raw->xml, text, i, &prefix, &uri) && uri != NULL)
        need(raw, prefix, uri);
}

/* ---- Events -------------------------------------------------------------- */

static void
put_name(struct sbn__buf *out, const char *prefix, const char *local)
{
    if (prefix != NULL) {
        sbn__buf_puts(out, prefix);
        sbn__buf_putc(out, ':');
    }
    sbn__buf_puts(out, local);
}

static void
close_tag(struct sbn__raw *raw)
{
    if (raw->open)
        sbn__buf_putc(&raw->out, '>');
    raw->open = false;
}

static void
put_declarations(struct sbn__raw *raw, const struct sbn__xml_element *element)
{
    size_t i;

    for (i = 0; i < element->namespace_count; i++) {
        const char *uri = element->namespaces[2 * i + 1];

        declare(raw, element->namespaces[2 * i],
                uri != NULL && uri[0] != '\0' ? uri : NULL);
    }
    need(raw, element->prefix, element->ns);
    for (i = 0; i < element->attribute_count; i++) {
        const struct sbn__xml_attribute *attribute = &element->attributes[i];

        if (attribute->prefix != NULL)
            need(raw, attribute->prefix, attribute->ns);
        need_for_value(raw, attribute->value, attribute->size);
    }
}

sbn_status
sbn__raw_start(struct sbn__raw *raw, const struct sbn__xml_element *element)
{
    struct sbn__buf *out = &raw->out;
    size_t i;

    raw->depth++;
    if (raw->content && raw->depth == 1)
        return SBN_OK;
    close_tag(raw);
    sbn__buf_putc(out, '<');
    put_name(out, element->prefix, element->local);
    put_name(&raw->names, element->prefix, element->local);
    sbn__buf_putc(&raw->names, '\0');
    put_declarations(raw, element);
    for (i = 0; i < element->attribute_count; i++) {
        const struct sbn__xml_attribute *attribute = &element->attributes[i];

        sbn__buf_putc(out, ' ');
        put_name(out, attribute->prefix, attribute->local);
        sbn__buf_lit(out, "=\"");
        sbn__xml_write_value(out, attribute->value, attribute->size);
        sbn__buf_putc(out, '"');
    }
    raw->open = true;
    return raw_status(raw);
}

sbn_status
sbn__raw_text(struct sbn__raw *raw, const char *text, size_t size)
{
    if (raw->open)
        need_for_value(raw, text, size);
    close_tag(raw);
    sbn__xml_write_text(&raw->out, text, size);
    return raw_status(raw);
}

/* The last name in names, taken off. */
static const char *
pop_name(struct sbn__raw *raw)
{
    char *bytes = sbn__buf_bytes(&raw->names);
    size_t at = sbn__buf_size(&raw->names);

    if (at < 2)
        return "";
    for (at--; at > 0 && bytes[at - 1] != '\0'; at--)
        ;
    raw->names.end = raw->names.start + at;
    return bytes + at;
}

sbn_status
sbn__raw_end(struct sbn__raw *raw)
{
    if (raw->content && raw->depth == 1) {
        raw->depth = 0;
        return raw_status(raw);
    }
    if (raw->open) {
        pop_name(raw);
        sbn__buf_lit(&raw->out, "/>");
        raw->open = false;
    } else {
        sbn__buf_lit(&raw->out, "</");
        sbn__buf_puts(&raw->out, pop_name(raw));
        sbn__buf_putc(&raw->out, '>');
    }
    while (raw->scope_count > 0 &&
           raw->scopes[raw->scope_count - 1].depth == raw->depth)
        raw->scope_count--;
    raw->depth--;
    return raw_status(raw);
}
