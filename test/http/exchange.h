/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes in, the parser's events out as text: test/exchange/README.md. */
#ifndef TEST_HTTP_EXCHANGE_H
#define TEST_HTTP_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include <sebon/memory.h>

#include "runtime/http/parser.h"

struct text {
    char *data; /* NUL-terminated once something was put */
    size_t size, room;
};
void text_put(struct text *text, const char *bytes, size_t size);
void text_puts(struct text *text, const char *string);
/* As in exchange files: printable, the rest as \r \n \t \\ \xHH. */
void text_escape(struct text *text, const char *bytes, size_t size);
void text_fini(struct text *text);

struct exchange {
    enum sbn__http_role role;
    struct sbn__http_limits limits;
    bool no_body; /* the request was HEAD */
    bool end;     /* the peer ends its side behind the bytes */
    struct text in, out;
};
void exchange_read(struct exchange *exchange, const char *path);
void exchange_fini(struct exchange *exchange);

/*
 * The events of bytes, cut into pieces: the first of first bytes, then of step
 * bytes each; end: the peer then ends its side. Returns false when memory ran
 * out.
 */
bool exchange_run(const struct exchange *exchange, const sbn_allocator *mem,
                  const char *bytes, size_t size, size_t first, size_t step,
                  bool end, struct text *ret_events);

#endif
