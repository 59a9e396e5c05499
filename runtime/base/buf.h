/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A growing byte buffer with a limit and a sticky status: writers append
 * without looking, and check buf->status once at the end.
 *
 * Room can be kept in front (sbn__buf_reset): a body is written first, and
 * its HTTP head, whose length is known only then, right before it.
 */
#ifndef SBN_BASE_BUF_H
#define SBN_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <sebon/memory.h>
#include <sebon/status.h>

struct sbn__buf {
    const sbn_allocator *mem;
    char *data;
    size_t start; /* of the contents in data */
    size_t end;   /* of the contents in data */
    size_t cap;
    size_t head;  /* kept free in front of the contents */
    size_t limit; /* most that cap may become */
    sbn_status status; /* SBN_ENOMEM or SBN_ELIMIT once an append failed */
};

void sbn__buf_init(struct sbn__buf *buf, const sbn_allocator *mem,
                   size_t limit);
void sbn__buf_fini(struct sbn__buf *buf);
/* Empties it and clears the status; keeps the memory. head bytes are kept free
 * in front, for one prepend or more. */
void sbn__buf_reset(struct sbn__buf *buf, size_t head);
/* Drops the memory as well. */
void sbn__buf_release(struct sbn__buf *buf);

/* Makes sure that size more bytes fit; their place, or NULL with the status
 * set. sbn__buf_grow is its slow path. */
char *sbn__buf_grow(struct sbn__buf *buf, size_t size);
static inline char *
sbn__buf_reserve(struct sbn__buf *buf, size_t size)
{
    if (buf->status == SBN_OK && buf->cap - buf->end >= size && buf->data)
        return buf->data + buf->end;
    return sbn__buf_grow(buf, size);
}

static inline void
sbn__buf_append(struct sbn__buf *buf, const char *bytes, size_t size)
{
    char *place;

    if (size == 0)
        return;
    place = sbn__buf_reserve(buf, size);
    if (place == NULL)
        return;
    memcpy(place, bytes, size);
    buf->end += size;
}

static inline void
sbn__buf_puts(struct sbn__buf *buf, const char *text)
{
    sbn__buf_append(buf, text, strlen(text));
}

static inline void
sbn__buf_putc(struct sbn__buf *buf, char c)
{
    sbn__buf_append(buf, &c, 1);
}

/* A literal, its length known to the compiler. */
#define sbn__buf_lit(buf, literal)                                             \
    sbn__buf_append((buf), "" literal, sizeof(literal) - 1)

/* Writes into the room in front; the caller knows that it fits, and that
 * something was appended. Does nothing once an append failed. */
void sbn__buf_prepend(struct sbn__buf *buf, const char *bytes, size_t size);

/* Drops size bytes, which are there, from the front of the contents. */
void sbn__buf_consume(struct sbn__buf *buf, size_t size);

static inline size_t
sbn__buf_size(const struct sbn__buf *buf)
{
    return buf->end - buf->start;
}

static inline char *
sbn__buf_bytes(const struct sbn__buf *buf)
{
    return buf->data == NULL ? NULL : buf->data + buf->start;
}

#endif
