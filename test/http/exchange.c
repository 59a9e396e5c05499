/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "test/http/exchange.h"
#include "test/support/test.h"

/* ---- Text ------------------------------------------------------------------
 */

void
text_put(struct text *text, const char *bytes, size_t size)
{
    if (text->size + size + 1 > text->room) {
        text->room = (text->size + size + 1) * 2;
        text->data = realloc(text->data, text->room);
        CHECK(text->data != NULL);
    }
    if (size > 0)
        memcpy(text->data + text->size, bytes, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void
text_puts(struct text *text, const char *string)
{
    text_put(text, string, strlen(string));
}

void
text_escape(struct text *text, const char *bytes, size_t size)
{
    char piece[8];
    size_t i;

    for (i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];

        if (c == '\r' || c == '\n' || c == '\t' || c == '\\')
            snprintf(piece, sizeof(piece), "\\%c",
                     c == '\r'   ? 'r'
                     : c == '\n' ? 'n'
                     : c == '\t' ? 't'
                                 : '\\');
        else if (c < 0x20 || c >= 0x7f)
            snprintf(piece, sizeof(piece), "\\x%02x", c);
        else
            snprintf(piece, sizeof(piece), "%c", c);
        text_puts(text, piece);
    }
}

void
text_fini(struct text *text)
{
    free(text->data);
    memset(text, 0, sizeof(*text));
}

/* ---- Exchange files --------------------------------------------------------
 */

static void
unescape(struct text *text, const char *p, const char *end)
{
    while (p < end) {
        char c = *p++;
        char hex[3] = {0};

        if (c == '\\') {
            CHECK(p < end);
            c = *p++;
            if (c == 'x') {
                CHECK(p + 2 <= end);
                memcpy(hex, p, 2);
                p += 2;
                c = (char)strtoul(hex, NULL, 16);
            } else {
                c = c == 'r' ? '\r' : c == 'n' ? '\n' : c == 't' ? '\t' : c;
            }
        }
        text_put(text, &c, 1);
    }
}

/* "<*COUNT TEXT" */
static void
repeat(struct text *text, const char *p, const char *end)
{
    char *rest;
    unsigned long count = strtoul(p, &rest, 10);

    CHECK(*rest == ' ');
    while (count-- > 0)
        unescape(text, rest + 1, end);
}

static void
exchange_line(struct exchange *exchange, const char *line, const char *end,
              const char *path)
{
    size_t size = (size_t)(end - line);

    if (size == 0 || line[0] == '#')
        return;
    if (size >= 2 && memcmp(line, "<*", 2) == 0)
        repeat(&exchange->in, line + 2, end);
    else if (size >= 2 && memcmp(line, "< ", 2) == 0)
        unescape(&exchange->in, line + 2, end);
    else if (size >= 2 && memcmp(line, "> ", 2) == 0)
        text_put(&exchange->out, line + 2, size - 2 + 1); /* with its LF */
    else if (size > 5 && memcmp(line, "head ", 5) == 0)
        exchange->limits.max_head = strtoul(line + 5, NULL, 10);
    else if (size > 5 && memcmp(line, "body ", 5) == 0)
        exchange->limits.max_body = strtoul(line + 5, NULL, 10);
    else if (size == 7 && memcmp(line, "no-body", 7) == 0)
        exchange->no_body = true;
    else if (size == 3 && memcmp(line, "end", 3) == 0)
        exchange->end = true;
    else
        test_fail(__FILE__, __LINE__, "%s: a line that is none: %.*s", path,
                  (int)size, line);
}

void
exchange_read(struct exchange *exchange, const char *path)
{
    size_t size;
    char *file = test_read_file(path, &size), *line = file, *lf;

    memset(exchange, 0, sizeof(*exchange));
    exchange->limits.max_head = 16384;
    exchange->limits.max_body = 65536;
    exchange->role =
        strstr(path, ".resp") != NULL ? SBN__HTTP_RESPONSE : SBN__HTTP_REQUEST;
    text_puts(&exchange->in, "");
    text_puts(&exchange->out, "");
    while ((lf = strchr(line, '\n')) != NULL) {
        exchange_line(exchange, line, lf, path);
        line = lf + 1;
    }
    free(file);
}

void
exchange_fini(struct exchange *exchange)
{
    text_fini(&exchange->in);
    text_fini(&exchange->out);
}

/* ---- Running the parser ----------------------------------------------------
 */

struct run {
    struct text *events;
    struct text body; /* pieces, joined: how bytes come does not matter */
    bool completed;
};

static sbn_status
on_head(void *data, const struct sbn__http_head *head)
{
    struct run *run = data;
    char line[128];
    size_t i;

    if (head->method != NULL) {
        text_puts(run->events, "head ");
        text_puts(run->events, head->method);
        text_puts(run->events, " ");
        text_puts(run->events, head->target);
    } else {
        snprintf(line, sizeof(line), "head %d \"", head->status);
        text_puts(run->events, line);
        text_escape(run->events, head->reason, strlen(head->reason));
        text_puts(run->events, "\"");
    }
    snprintf(line, sizeof(line), " 1.%d length=%lld%s%s%s %s\n", head->minor,
             (long long)head->content_length, head->chunked ? " chunked" : "",
             head->expect_continue ? " expect" : "",
             head->has_body ? " body" : "",
             head->keep_alive ? "keep" : "close");
    text_puts(run->events, line);
    for (i = 0; i < head->field_count; i++) {
        text_puts(run->events, "field ");
        text_puts(run->events, head->fields[i].name);
        text_puts(run->events, ": ");
        text_escape(run->events, head->fields[i].value,
                    strlen(head->fields[i].value));
        text_puts(run->events, "\n");
    }
    return SBN_OK;
}

static sbn_status
on_body(void *data, const char *bytes, size_t size)
{
    struct run *run = data;

    text_put(&run->body, bytes, size);
    return SBN_OK;
}

static void
flush_body(struct run *run)
{
    if (run->body.size > 0) {
        text_puts(run->events, "body ");
        text_escape(run->events, run->body.data, run->body.size);
        text_puts(run->events, "\n");
    }
    run->body.size = 0;
}

static void
on_complete(void *data)
{
    struct run *run = data;

    flush_body(run);
    text_puts(run->events, "complete\n");
    run->completed = true;
}

static const struct sbn__http_events events = {on_head, on_body, on_complete};

static sbn_status
feed(const struct exchange *exchange, struct run *run,
     struct sbn__http_parser *parser, const char *bytes, size_t size)
{
    size_t used;
    sbn_status st;

    do {
        /* A copy that ends where the piece does: reading on is found out. */
        char *copy = malloc(size > 0 ? size : 1);

        CHECK(copy != NULL);
        memcpy(copy, bytes, size);
        st = sbn__http_parser_feed(parser, copy, size, &used, NULL);
        free(copy);
        CHECK(used <= size);
        bytes += used;
        size -= used;
        CHECK(st != SBN_OK || size == 0 || run->completed);
        if (run->completed) {
            sbn__http_parser_next(parser);
            if (exchange->no_body)
                sbn__http_parser_expect_no_body(parser);
        }
        run->completed = false;
    } while (st == SBN_OK && size > 0);
    return st;
}

bool
exchange_run(const struct exchange *exchange, const sbn_allocator *mem,
             const char *bytes, size_t size, size_t first, size_t step,
             bool end, struct text *ret_events)
{
    struct sbn__http_parser *parser;
    struct run run = {ret_events, {NULL, 0, 0}, false};
    sbn_status st;
    char line[64];
    size_t at = 0;

    text_puts(ret_events, "");
    st = sbn__http_parser_new(mem, exchange->role, &exchange->limits, &events,
                              &run, &parser);
    if (st != SBN_OK)
        return false;
    if (exchange->no_body)
        sbn__http_parser_expect_no_body(parser);
    while (at < size && st == SBN_OK) {
        size_t piece = at == 0 && first > 0 ? first : step;

        piece = piece < size - at ? piece : size - at;
        st = feed(exchange, &run, parser, bytes + at, piece);
        at += piece;
    }
    if (st == SBN_OK && end)
        st = sbn__http_parser_end(parser, NULL);
    flush_body(&run);
    if (st != SBN_OK) {
        snprintf(line, sizeof(line), "error %s %d\n", sbn_status_name(st) + 4,
                 sbn__http_parser_refusal(parser));
        text_puts(ret_events, line);
    }
    text_fini(&run.body);
    sbn__http_parser_free(parser);
    return st != SBN_ENOMEM;
}
