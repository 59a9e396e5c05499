/* SPDX-License-Identifier: Apache-2.0 */
/* Allocation through a runtime's hook. All return NULL when there is none. */
#ifndef SBN_BASE_MEMORY_H
#define SBN_BASE_MEMORY_H

#include <sebon/memory.h>

/* malloc, realloc and free. */
extern const sbn_allocator sbn__default_allocator;

void *sbn__alloc(const sbn_allocator *mem, size_t size);
/* Zeroed. */
void *sbn__zalloc(const sbn_allocator *mem, size_t size);
void *sbn__realloc(const sbn_allocator *mem, void *ptr, size_t size);
/* Takes NULL. */
void sbn__free(const sbn_allocator *mem, void *ptr);
char *sbn__strdup(const sbn_allocator *mem, const char *text);
char *sbn__strndup(const sbn_allocator *mem, const char *text, size_t size);

#endif
