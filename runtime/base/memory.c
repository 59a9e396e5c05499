/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base/memory.h"

static void *
default_alloc(size_t size, void *data)
{
    return malloc(size);
}

static void *
default_realloc(void *ptr, size_t size, void *data)
{
    return realloc(ptr, size);
}

static void
default_free(void *ptr, void *data)
{
    free(ptr);
}

const sbn_allocator sbn__default_allocator = {default_alloc, default_realloc,
                                              default_free, NULL};

/* malloc(0) may give NULL, which would look like a failure: ask for a byte. */
static size_t
at_least_one(size_t size)
{
    return size == 0 ? 1 : size;
}

void *
sbn__alloc(const sbn_allocator *mem, size_t size)
{
    return mem->alloc(at_least_one(size), mem->data);
}

void *
sbn__zalloc(const sbn_allocator *mem, size_t size)
{
    void *ptr = sbn__alloc(mem, size);

    if (ptr != NULL)
        memset(ptr, 0, size);
    return ptr;
}

void *
sbn__realloc(const sbn_allocator *mem, void *ptr, size_t size)
{
    return mem->realloc(ptr, at_least_one(size), mem->data);
}

void
sbn__free(const sbn_allocator *mem, void *ptr)
{
    if (ptr != NULL)
        mem->free(ptr, mem->data);
}

char *
sbn__strdup(const sbn_allocator *mem, const char *text)
{
    return sbn__strndup(mem, text, strlen(text));
}

char *
sbn__strndup(const sbn_allocator *mem, const char *text, size_t size)
{
    char *copy;

    if (size == SIZE_MAX)
        return NULL;
    copy = sbn__alloc(mem, size + 1);
    if (copy == NULL)
        return NULL;
    if (size > 0)
        memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}
