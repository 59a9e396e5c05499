/* SPDX-License-Identifier: Apache-2.0 */
/* The reader's life, its bytes, and its errors. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/xml/sax.h"

enum {
    FREE_READERS = 16,    /* kept for reuse */
    DICT_NAMES = 4096,    /* a context whose dictionary holds more names or */
    DICT_BYTES = 1 << 20, /* bytes than this is not used again, */
    FED_BYTES = 1 << 20,  /* nor one that may hold big buffers */
    /* NOENT: & in an attribute as itself, not as &#38;. Without a DOCTYPE there
     * are no entities but XML's own. */
    PARSE_OPTIONS = XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOENT
};

struct sbn__xml_pool {
    const sbn_allocator *mem;
    struct sbn__xml_reader *free;
    size_t free_count;
    xmlSAXHandler sax;
};

sbn_status
sbn__xml_pool_new(const sbn_allocator *mem, struct sbn__xml_pool **ret_pool)
{
    struct sbn__xml_pool *pool = sbn__zalloc(mem, sizeof(*pool));

    if (pool == NULL)
        return SBN_ENOMEM;
    xmlInitParser();
    pool->mem = mem;
    sbn__xml_fill_sax(&pool->sax);
    *ret_pool = pool;
    return SBN_OK;
}

static void
reader_destroy(struct sbn__xml_reader *reader)
{
    const sbn_allocator *mem = reader->mem;

    if (reader->parser != NULL)
        xmlFreeParserCtxt(reader->parser);
    if (reader->attributes != reader->few)
        sbn__free(mem, reader->attributes);
    sbn__free(mem, reader->open);
    sbn__free(mem, reader->bindings);
    sbn__free(mem, reader->piece);
    sbn__free(mem, reader);
}

void
sbn__xml_pool_free(struct sbn__xml_pool *pool)
{
    struct sbn__xml_reader *reader;

    if (pool == NULL)
        return;
    while ((reader = pool->free) != NULL) {
        pool->free = reader->next;
        reader_destroy(reader);
    }
    sbn__free(pool->mem, pool);
}

static struct sbn__xml_reader *
reader_new(struct sbn__xml_pool *pool)
{
    struct sbn__xml_reader *reader = sbn__zalloc(pool->mem, sizeof(*reader));

    if (reader == NULL)
        return NULL;
    reader->pool = pool;
    reader->mem = pool->mem;
    reader->attributes = reader->few;
    reader->attribute_room = SBN__XML_FEW;
    return reader;
}

/*
 * What libxml2 says without a context (of its buffers, of iconv) goes to a
 * handler of the whole thread, which the program may use for itself: it is ours
 * only while libxml2 works for us.
 */
struct handler {
    void *context;
    xmlStructuredErrorFunc fn;
};

static struct handler
handler_take(struct sbn__xml_reader *reader)
{
    struct handler old = {xmlStructuredErrorContext, xmlStructuredError};

    xmlSetStructuredErrorFunc(reader, sbn__xml_on_native_error);
    return old;
}

static void
handler_restore(struct handler old)
{
    xmlSetStructuredErrorFunc(old.context, old.fn);
}

static xmlParserCtxtPtr
parser_new(struct sbn__xml_reader *reader)
{
    struct handler old = handler_take(reader);
    xmlParserCtxtPtr parser =
        xmlCreatePushParserCtxt(&reader->pool->sax, reader, NULL, 0, NULL);

    if (parser != NULL)
        xmlCtxtUseOptions(parser, PARSE_OPTIONS);
    handler_restore(old);
    return parser;
}

sbn_status
sbn__xml_reader_open(struct sbn__xml_pool *pool,
                     const struct sbn__xml_limits *limits,
                     const struct sbn__xml_events *events, void *data,
                     struct sbn_error *error,
                     struct sbn__xml_reader **ret_reader)
{
    struct sbn__xml_reader *reader = pool->free;

    if (reader != NULL) {
        pool->free = reader->next;
        pool->free_count--;
    } else if ((reader = reader_new(pool)) == NULL) {
        return SBN_ENOMEM;
    }
    reader->status = SBN_OK;
    reader->limits = *limits;
    if (reader->limits.max_attributes == 0)
        reader->limits.max_attributes = SBN__XML_ATTRIBUTES;
    reader->events = events;
    reader->data = data;
    reader->error = error;
    reader->started = false;
    reader->fed = 0;
    reader->depth = reader->binding_count = reader->piece_size = 0;
    reader->scanned = reader->equals = 0;
    reader->quote = 0;
    if (reader->parser == NULL)
        reader->parser = parser_new(reader);
    if (reader->parser == NULL) {
        reader_destroy(reader);
        return SBN_ENOMEM;
    }
    *ret_reader = reader;
    return SBN_OK;
}

/* A context that failed, or has learnt many names, starts anew. */
static bool
parser_is_reusable(const struct sbn__xml_reader *reader)
{
    return reader->status == SBN_OK && reader->fed <= FED_BYTES &&
           xmlDictSize(reader->parser->dict) <= DICT_NAMES &&
           xmlDictGetUsage(reader->parser->dict) <= DICT_BYTES;
}

void
sbn__xml_reader_close(struct sbn__xml_reader *reader)
{
    struct sbn__xml_pool *pool;

    if (reader == NULL)
        return;
    pool = reader->pool;
    if (pool->free_count == FREE_READERS) {
        reader_destroy(reader);
        return;
    }
    if (!parser_is_reusable(reader)) {
        xmlFreeParserCtxt(reader->parser);
        reader->parser = NULL;
    }
    reader->next = pool->free;
    pool->free = reader;
    pool->free_count++;
}

/* ---- Errors -------------------------------------------------------------- */

void
sbn__xml_reader_position(const struct sbn__xml_reader *reader,
                         uint32_t *ret_line, uint32_t *ret_column)
{
    const xmlParserInput *input = reader->parser->input;
    bool known = reader->started && input != NULL;

    *ret_line = known && input->line > 0 ? (uint32_t)input->line : 1;
    *ret_column = known && input->col > 0 ? (uint32_t)input->col : 1;
}

sbn_status
sbn__xml_fail_at(struct sbn__xml_reader *reader, sbn_status status, int native,
                 uint32_t line, uint32_t column, const char *text)
{
    struct sbn_error *error = reader->error;

    if (reader->status != SBN_OK)
        return reader->status;
    reader->status = status;
    if (error == NULL || error->reason != NULL)
        return status;
    error->line = line;
    error->column = column;
    if (reader->depth > 0)
        error->path = sbn__xml_reader_path(reader, error->arena);
    return sbn__error_set(error, status, native, "%s", text);
}

sbn_status
sbn__xml_fail(struct sbn__xml_reader *reader, sbn_status status, int native,
              const char *format, ...)
{
    uint32_t line, column;
    char text[160];
    va_list args;

    sbn__xml_reader_position(reader, &line, &column);
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    status = sbn__xml_fail_at(reader, status, native, line, column, text);
    xmlStopParser(reader->parser);
    return status;
}

char *
sbn__xml_reader_path(const struct sbn__xml_reader *reader,
                     struct sbn__arena *arena)
{
    size_t size = 1, i, length;
    char *path, *to;

    for (i = 0; i < reader->depth; i++)
        size += 1 + strlen(reader->open[i].local);
    path = to = sbn__arena_bytes(arena, size);
    if (path == NULL)
        return NULL;
    for (i = 0; i < reader->depth; i++) {
        length = strlen(reader->open[i].local);
        *to++ = '/';
        memcpy(to, reader->open[i].local, length);
        to += length;
    }
    *to = '\0';
    return path;
}

const char *
sbn__xml_reader_encoding(const struct sbn__xml_reader *reader)
{
    const struct _xmlParserCtxt *parser = reader->parser;

    if (parser->encoding != NULL)
        return (const char *)parser->encoding;
    return parser->input != NULL ? (const char *)parser->input->encoding : NULL;
}

static bool
binds(const struct sbn__xml_binding *binding, const char *prefix, size_t size)
{
    if (prefix == NULL || binding->prefix == NULL)
        return prefix == binding->prefix;
    return strncmp(binding->prefix, prefix, size) == 0 &&
           binding->prefix[size] == '\0';
}

bool
sbn__xml_reader_find(const struct sbn__xml_reader *reader, const char *prefix,
                     size_t size, const char **ret_prefix, const char **ret_uri)
{
    size_t i;

    for (i = reader->binding_count; i > 0; i--) {
        const struct sbn__xml_binding *binding = &reader->bindings[i - 1];

        if (binds(binding, prefix, size)) {
            *ret_prefix = binding->prefix;
            *ret_uri = binding->uri;
            return true;
        }
    }
    if (prefix == NULL || size != 3 || memcmp(prefix, "xml", 3) != 0)
        return false;
    *ret_prefix = "xml";
    *ret_uri = "http://www.w3.org/XML/1998/namespace";
    return true;
}

const char *
sbn__xml_reader_lookup(const struct sbn__xml_reader *reader, const char *prefix,
                       size_t size)
{
    const char *interned, *uri;

    return sbn__xml_reader_find(reader, prefix, size, &interned, &uri) ? uri
                                                                       : NULL;
}

/* ---- Bytes --------------------------------------------------------------- */

/*
 * The first bytes go in with the reset, as libxml2 detects the encoding there,
 * and no more than it needs for that: an XML declaration may name another one
 * for what follows.
 */
static bool
reader_start(struct sbn__xml_reader *reader, const char *bytes, size_t size)
{
    reader->started = true;
    if (xmlCtxtResetPush(reader->parser, bytes, (int)size, NULL, NULL) == 0)
        return true;
    sbn__xml_fail_at(reader, SBN_ENOMEM, 0, 0, 0, "out of memory");
    return false;
}

static void
check_end(struct sbn__xml_reader *reader)
{
    xmlParserCtxtPtr parser = reader->parser;

    if (reader->status != SBN_OK)
        return;
    if (parser->errNo == XML_ERR_NO_MEMORY)
        sbn__xml_fail_at(reader, SBN_ENOMEM, 0, 0, 0, "out of memory");
    else if (!parser->wellFormed)
        sbn__xml_fail(reader, SBN_EXML, parser->errNo, "not well-formed");
    else if (reader->depth > 0)
        sbn__xml_fail(reader, SBN_EXML, XML_ERR_DOCUMENT_END,
                      "the document ends inside an element");
}

static void
parse(struct sbn__xml_reader *reader, const char *bytes, size_t size, bool last)
{
    size_t step;

    if (!reader->started) {
        step = size < 4 ? size : 4;
        if (!reader_start(reader, bytes, step))
            return;
        bytes += step;
        size -= step;
    }
    do {
        step = size < SBN__XML_SLICE ? size : SBN__XML_SLICE;
        xmlParseChunk(reader->parser, bytes, (int)step, last && step == size);
        bytes += step;
        size -= step;
        sbn__xml_guard(reader);
    } while (size > 0 && reader->status == SBN_OK);
    if (reader->status == SBN_OK && reader->parser->disableSAX)
        check_end(reader);
    if (last)
        check_end(reader);
}

/* Adds to the piece what fits; how much that was. */
static size_t
collect(struct sbn__xml_reader *reader, const char *bytes, size_t size)
{
    size_t room = SBN__XML_PIECE - reader->piece_size;

    if (size > room)
        size = room;
    if (size == 0)
        return 0;
    if (reader->piece == NULL)
        reader->piece = sbn__alloc(reader->mem, SBN__XML_PIECE);
    if (reader->piece == NULL) {
        sbn__xml_fail_at(reader, SBN_ENOMEM, 0, 0, 0, "out of memory");
        return 0;
    }
    memcpy(reader->piece + reader->piece_size, bytes, size);
    reader->piece_size += size;
    return size;
}

static void
feed(struct sbn__xml_reader *reader, const char *bytes, size_t size, bool last)
{
    size_t taken;

    if (reader->piece_size > 0 || (!last && size < SBN__XML_PIECE)) {
        taken = collect(reader, bytes, size);
        bytes += taken;
        size -= taken;
        if (reader->status != SBN_OK ||
            (!last && reader->piece_size < SBN__XML_PIECE))
            return;
        taken = reader->piece_size;
        reader->piece_size = 0;
        parse(reader, reader->piece, taken, last && size == 0);
        if (size == 0)
            return;
        if (!last && size < SBN__XML_PIECE) {
            collect(reader, bytes, size);
            return;
        }
    }
    if (reader->status == SBN_OK)
        parse(reader, bytes, size, last);
}

sbn_status
sbn__xml_reader_feed(struct sbn__xml_reader *reader, const char *bytes,
                     size_t size, bool last)
{
    struct handler old;

    if (reader->status != SBN_OK)
        return reader->status;
    if (size == 0)
        bytes = ""; /* NULL is no address to count from */
    reader->fed += size;
    old = handler_take(reader);
    feed(reader, bytes, size, last);
    handler_restore(old);
    return reader->status;
}
