/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory of one run: everything the tool builds lives until it ends, in one
 * arena. Running out of it ends the program with a message: nothing has been
 * written then (files are written last).
 */
#ifndef SBN_CODEGEN_MEMORY_H
#define SBN_CODEGEN_MEMORY_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Zeroed. */
void *mem_new(size_t size);
char *mem_str(const char *text); /* NULL gives NULL */
char *mem_strn(const char *text, size_t size);
char *mem_printf(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
char *mem_vprintf(const char *format, va_list ap)
    __attribute__((format(printf, 1, 0)));
/* Gives all of it back. */
void mem_release(void);

#define NEW(type) ((type *)mem_new(sizeof(type)))

/* A growing array of pointers. */
struct vec {
    void **items;
    size_t count, room;
};
void vec_add(struct vec *vec, void *item);
#define VEC(vec, type, i) ((type *)(vec)->items[i])

/* From text to pointer; keys are borrowed. */
struct map {
    struct map_slot *slots;
    size_t count, room;
};
struct map_slot {
    const char *key;
    void *value;
};
/* NULL: not there. */
void *map_get(const struct map *map, const char *key);
/* Replaces what was there. */
void map_put(struct map *map, const char *key, void *value);

#endif
