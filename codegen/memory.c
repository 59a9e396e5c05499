/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codegen/status.h"
#include "runtime/base/arena.h"
#include "runtime/base/memory.h"

static struct sbn__arena arena;

static void *
checked(void *ptr)
{
    if (ptr == NULL) {
        fputs("sebon: out of memory\n", stderr);
        exit(EXIT_UNKNOWN);
    }
    return ptr;
}

static struct sbn__arena *
run_arena(void)
{
    if (arena.mem == NULL)
        sbn__arena_init(&arena, &sbn__default_allocator, SIZE_MAX / 2);
    return &arena;
}

void *
mem_new(size_t size)
{
    return checked(sbn__arena_alloc(run_arena(), size));
}

char *
mem_strn(const char *text, size_t size)
{
    return (char *)checked(sbn__arena_strndup(run_arena(), text, size));
}

char *
mem_str(const char *text)
{
    return text == NULL ? NULL : mem_strn(text, strlen(text));
}

char *
mem_vprintf(const char *format, va_list ap)
{
    va_list again;
    char *text;
    int size;

    va_copy(again, ap);
    size = vsnprintf(NULL, 0, format, ap);
    text = (char *)mem_new((size_t)size + 1);
    vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return text;
}

char *
mem_printf(const char *format, ...)
{
    va_list ap;
    char *text;

    va_start(ap, format);
    text = mem_vprintf(format, ap);
    va_end(ap);
    return text;
}

void
mem_release(void)
{
    if (arena.mem != NULL)
        sbn__arena_fini(&arena);
    memset(&arena, 0, sizeof(arena));
}

void
vec_add(struct vec *vec, void *item)
{
    if (vec->count == vec->room) {
        size_t room = vec->room == 0 ? 4 : vec->room * 2;

        vec->items = (void **)checked(sbn__arena_grow(
            run_arena(), vec->items, vec->room * sizeof(*vec->items),
            room * sizeof(*vec->items)));
        vec->room = room;
    }
    vec->items[vec->count++] = item;
}

/* FNV-1a */
static size_t
hash(const char *key)
{
    uint64_t h = 14695981039346656037u;

    for (; *key != '\0'; key++)
        h = (h ^ (unsigned char)*key) * 1099511628211u;
    return (size_t)(h ^ (h >> 32));
}

/* The slot of key, or the free one where it belongs; room is a power of 2. */
static struct map_slot *
map_find(const struct map *map, const char *key)
{
    size_t i = hash(key) & (map->room - 1);

    while (map->slots[i].key != NULL && strcmp(map->slots[i].key, key) != 0)
        i = (i + 1) & (map->room - 1);
    return &map->slots[i];
}

void *
map_get(const struct map *map, const char *key)
{
    return map->room == 0 ? NULL : map_find(map, key)->value;
}

static void
map_grow(struct map *map)
{
    struct map bigger = {NULL, map->count, map->room == 0 ? 16 : map->room * 2};
    size_t i;

    bigger.slots =
        (struct map_slot *)mem_new(bigger.room * sizeof(struct map_slot));
    for (i = 0; i < map->room; i++)
        if (map->slots[i].key != NULL)
            *map_find(&bigger, map->slots[i].key) = map->slots[i];
    *map = bigger;
}

void
map_put(struct map *map, const char *key, void *value)
{
    struct map_slot *slot;

    if (map->count * 2 >= map->room)
        map_grow(map);
    slot = map_find(map, key);
    if (slot->key == NULL) {
        slot->key = key;
        map->count++;
    }
    slot->value = value;
}
