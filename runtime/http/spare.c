/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/memory.h"
#include "runtime/http/spare.h"

void
sbn__http_spare_init(struct sbn__http_spare *spare, const sbn_allocator *mem,
                     size_t size)
{
    spare->mem = mem;
    spare->size = size;
    spare->first = NULL;
    spare->count = 0;
}

void
sbn__http_spare_fini(struct sbn__http_spare *spare)
{
    while (spare->count > 0)
        sbn__free(spare->mem, sbn__http_spare_take(spare));
}

void *
sbn__http_spare_take(struct sbn__http_spare *spare)
{
    void *block = spare->first;

    if (block == NULL)
        return sbn__alloc(spare->mem, spare->size);
    spare->first = *(void **)block;
    spare->count--;
    return block;
}

void
sbn__http_spare_give(struct sbn__http_spare *spare, void *block)
{
    if (spare->count >= SBN__HTTP_SPARE_BLOCKS) {
        sbn__free(spare->mem, block);
        return;
    }
    *(void **)block = spare->first;
    spare->first = block;
    spare->count++;
}
