/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory blocks of one size that come and go with every message: kept here
 * between two messages, so that an idle connection holds none and a busy one
 * allocates none.
 */
#ifndef SBN_HTTP_SPARE_H
#define SBN_HTTP_SPARE_H

#include <stddef.h>

#include <sebon/memory.h>

enum {
    SBN__HTTP_BLOCK = 1024, /* bytes of a block: a head */
    SBN__HTTP_SMALL = 448,  /* of a small one: a request that waits */
    SBN__HTTP_SPARE_BLOCKS = 64 /* most that are kept */
};

struct sbn__http_spare {
    const sbn_allocator *mem;
    size_t size; /* of a block */
    void *first; /* each block begins with the address of the next */
    size_t count;
};

void sbn__http_spare_init(struct sbn__http_spare *spare,
                          const sbn_allocator *mem, size_t size);
void sbn__http_spare_fini(struct sbn__http_spare *spare);
/* A block; NULL: no memory. */
void *sbn__http_spare_take(struct sbn__http_spare *spare);
void sbn__http_spare_give(struct sbn__http_spare *spare, void *block);

#endif
