/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "runtime/base/arena.h"
#include "runtime/base/memory.h"

enum {
    FIRST_CHUNK = 512,       /* bytes in all, kept over a reset */
    LARGEST_CHUNK = 64 << 10 /* but for allocations that need more */
};

/*
 * Chunks of shared allocations double the arena each time. An allocation that
 * would fill most of the next chunk gets one of its own, linked behind the
 * head, so that what is free in the head stays in use.
 */
struct sbn__arena_chunk {
    struct sbn__arena_chunk *older;
    size_t size; /* bytes, this header included */
    /* The alignment also rounds the header up to a multiple of itself. */
    _Alignas(max_align_t) char data[];
};

enum { HEADER = sizeof(struct sbn__arena_chunk) };

void
sbn__arena_init(struct sbn__arena *arena, const sbn_allocator *mem,
                size_t limit)
{
    memset(arena, 0, sizeof(*arena));
    arena->mem = mem;
    arena->limit = limit;
}

/* Leaves the chunk `last` and what is older, which may be NULL. */
static void
free_chunks(struct sbn__arena *arena, struct sbn__arena_chunk *last)
{
    struct sbn__arena_chunk *chunk;

    while (arena->head != last) {
        chunk = arena->head;
        arena->head = chunk->older;
        arena->used -= chunk->size;
        sbn__free(arena->mem, chunk);
    }
}

void
sbn__arena_fini(struct sbn__arena *arena)
{
    free_chunks(arena, NULL);
    arena->pos = arena->end = NULL;
    arena->limited = false;
}

static void
use_chunk(struct sbn__arena *arena, struct sbn__arena_chunk *chunk)
{
    arena->pos = chunk->data;
    arena->end = (char *)chunk + chunk->size;
}

void
sbn__arena_reset(struct sbn__arena *arena)
{
    struct sbn__arena_chunk *first = arena->head;

    arena->limited = false;
    if (first == NULL)
        return;
    while (first->older != NULL)
        first = first->older;
    if (first->size > FIRST_CHUNK)
        first = NULL;
    free_chunks(arena, first);
    arena->pos = arena->end = NULL;
    if (first != NULL)
        use_chunk(arena, first);
}

/* The size of a chunk for need bytes beside the header, 0: over the limit. */
static size_t
chunk_size(struct sbn__arena *arena, size_t need, bool *ret_own)
{
    size_t room = arena->limit > arena->used ? arena->limit - arena->used : 0;
    size_t size = arena->used;

    if (room < HEADER || need > room - HEADER)
        return 0;
    if (size < FIRST_CHUNK)
        size = FIRST_CHUNK;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    *ret_own = arena->head == NULL ? need > size - HEADER : need > size / 2;
    if (*ret_own)
        return need + HEADER;
    return size < room ? size : room;
}

/* The slow path: need bytes, aligned for any type, from a new chunk. */
static char *
alloc_from_new_chunk(struct sbn__arena *arena, size_t need)
{
    bool own = false;
    size_t size = chunk_size(arena, need, &own);
    struct sbn__arena_chunk *chunk;

    if (size == 0) {
        arena->limited = true;
        return NULL;
    }
    chunk = sbn__alloc(arena->mem, size);
    if (chunk == NULL) {
        arena->limited = false;
        return NULL;
    }
    chunk->size = size;
    arena->used += size;
    if (own && arena->head != NULL) {
        chunk->older = arena->head->older;
        arena->head->older = chunk;
        return chunk->data;
    }
    chunk->older = arena->head;
    arena->head = chunk;
    use_chunk(arena, chunk);
    arena->pos += need;
    return chunk->data;
}

static void *
alloc_aligned(struct sbn__arena *arena, size_t size)
{
    size_t pad = -(uintptr_t)arena->pos & (_Alignof(max_align_t) - 1);
    size_t room = (size_t)(arena->end - arena->pos);
    char *place;

    if (arena->pos == NULL || room < pad || room - pad < size)
        return alloc_from_new_chunk(arena, size);
    place = arena->pos + pad;
    arena->pos = place + size;
    return place;
}

void *
sbn__arena_alloc(struct sbn__arena *arena, size_t size)
{
    void *place = alloc_aligned(arena, size);

    if (place != NULL)
        memset(place, 0, size);
    return place;
}

void *
sbn__arena_array(struct sbn__arena *arena, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total)) {
        arena->limited = true;
        return NULL;
    }
    return sbn__arena_alloc(arena, total);
}

char *
sbn__arena_bytes(struct sbn__arena *arena, size_t size)
{
    char *place = arena->pos;

    if (place == NULL || (size_t)(arena->end - place) < size)
        return alloc_from_new_chunk(arena, size);
    arena->pos = place + size;
    return place;
}

char *
sbn__arena_strdup(struct sbn__arena *arena, const char *text)
{
    return text == NULL ? NULL : sbn__arena_strndup(arena, text, strlen(text));
}

char *
sbn__arena_strndup(struct sbn__arena *arena, const char *text, size_t size)
{
    char *copy;

    if (size == SIZE_MAX) {
        arena->limited = true;
        return NULL;
    }
    copy = sbn__arena_bytes(arena, size + 1);
    if (copy == NULL)
        return NULL;
    if (size > 0)
        memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

/* Whether ptr fills the newest chunk that was made for one allocation; its
 * link is set then. Text that grows to megabytes is not kept twice so. */
static bool
is_own_chunk(struct sbn__arena *arena, const char *ptr,
             struct sbn__arena_chunk ***ret_link)
{
    struct sbn__arena_chunk *chunk;

    if (arena->head == NULL || arena->head->older == NULL)
        return false;
    chunk = arena->head->older;
    *ret_link = &arena->head->older;
    return chunk->data == ptr;
}

static char *
grow_own_chunk(struct sbn__arena *arena, struct sbn__arena_chunk **link,
               size_t new_size)
{
    struct sbn__arena_chunk *chunk = *link;
    size_t others = arena->used - chunk->size;

    if (arena->limit < others || arena->limit - others < HEADER ||
        new_size > arena->limit - others - HEADER) {
        arena->limited = true;
        return NULL;
    }
    chunk = sbn__realloc(arena->mem, chunk, HEADER + new_size);
    if (chunk == NULL) {
        arena->limited = false;
        return NULL;
    }
    chunk->size = HEADER + new_size;
    arena->used = others + chunk->size;
    *link = chunk;
    return chunk->data;
}

void *
sbn__arena_grow(struct sbn__arena *arena, void *ptr, size_t old_size,
                size_t new_size)
{
    struct sbn__arena_chunk **link;
    char *place = ptr;

    if (ptr == NULL)
        return sbn__arena_alloc(arena, new_size);
    if (new_size <= old_size)
        return ptr;
    if (place + old_size == arena->pos &&
        new_size <= (size_t)(arena->end - place)) {
        arena->pos = place + new_size;
    } else if (is_own_chunk(arena, place, &link) &&
               (*link)->size == HEADER + old_size) {
        place = grow_own_chunk(arena, link, new_size);
    } else {
        place = alloc_aligned(arena, new_size);
        if (place != NULL)
            memcpy(place, ptr, old_size);
    }
    if (place != NULL)
        memset(place + old_size, 0, new_size - old_size);
    return place;
}

char *
sbn__arena_printf(struct sbn__arena *arena, const char *format, ...)
{
    size_t room = (size_t)(arena->end - arena->pos);
    char *place = arena->pos;
    va_list args;
    int size;

    /* Into what is free; a second time when that was too small. */
    va_start(args, format);
    size = vsnprintf(place, place == NULL ? 0 : room, format, args);
    va_end(args);
    if (size < 0)
        return NULL;
    if (place != NULL && (size_t)size < room) {
        arena->pos += size + 1;
        return place;
    }
    place = sbn__arena_bytes(arena, (size_t)size + 1);
    if (place == NULL)
        return NULL;
    va_start(args, format);
    vsnprintf(place, (size_t)size + 1, format, args);
    va_end(args);
    return place;
}
