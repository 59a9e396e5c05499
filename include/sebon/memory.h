/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The allocator hook. A runtime copies the structure it is given and uses it
 * for everything it and its clients and servers allocate; what libuv and
 * libxml2 allocate for themselves goes through their own hooks.
 *
 * The functions behave as malloc, realloc and free do; NULL means that there
 * is no memory, and becomes SBN_ENOMEM. They may be called from any thread
 * that uses the runtime's "any thread" functions.
 */
#ifndef SEBON_MEMORY_H
#define SEBON_MEMORY_H

#include <stddef.h>

#include <sebon/status.h>

SBN_BEGIN_DECLS

typedef struct sbn_allocator {
    void *(*alloc)(size_t size, void *data);
    void *(*realloc)(void *ptr, size_t size, void *data);
    void (*free)(void *ptr, void *data);
    void *data;
} sbn_allocator;

SBN_END_DECLS

#endif
