/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bump allocator with a limit: everything that is decoded for one call or
 * request, released at once. Nothing is allocated before the first use.
 */
#ifndef SBN_BASE_ARENA_H
#define SBN_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include <sebon/memory.h>

struct sbn__arena_chunk;

struct sbn__arena {
    const sbn_allocator *mem;
    struct sbn__arena_chunk *head; /* the newest; links to older ones */
    char *pos, *end;               /* what is free in head */
    size_t used;                   /* bytes of all chunks */
    size_t limit;                  /* most that used may become */
    bool limited;                  /* an allocation failed by the limit and
                                      not by memory */
};

void sbn__arena_init(struct sbn__arena *arena, const sbn_allocator *mem,
                     size_t limit);
void sbn__arena_fini(struct sbn__arena *arena);
/* Forgets all contents; keeps the first (small) chunk for the next use, so that
 * a call in steady state allocates nothing. */
void sbn__arena_reset(struct sbn__arena *arena);

/* Zeroed, aligned for any type; NULL: no memory or over the limit (the size
 * products and sums are checked). */
void *sbn__arena_alloc(struct sbn__arena *arena, size_t size);
void *sbn__arena_array(struct sbn__arena *arena, size_t count, size_t size);
/* Not zeroed, not aligned: for text. */
char *sbn__arena_bytes(struct sbn__arena *arena, size_t size);
/* NUL-terminated copies; text may be NULL for strdup (gives NULL). */
char *sbn__arena_strdup(struct sbn__arena *arena, const char *text);
char *sbn__arena_strndup(struct sbn__arena *arena, const char *text,
                         size_t size);
/* Grows what was the last allocation in place where that is possible, else
 * copies; the new part is zeroed. ptr NULL: a new one. The old size must be
 * right. */
void *sbn__arena_grow(struct sbn__arena *arena, void *ptr, size_t old_size,
                      size_t new_size);
/* printf into the arena; locale-free for %s %d %u %zu %c %x and the like. */
char *sbn__arena_printf(struct sbn__arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
