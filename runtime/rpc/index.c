/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "runtime/rpc/index.h"

#include "runtime/base/memory.h"

enum { SMALLEST = 8 };

/* Multiply and fold, eight bytes at a time: an action is hashed in every
 * request. */
uint32_t
sbn__hash(uint32_t hash, const char *text, size_t size)
{
    uint64_t word, mixed = hash + size;

    while (size > 0) {
        size_t n = size < sizeof(word) ? size : sizeof(word);

        word = 0;
        memcpy(&word, text, n);
        mixed = (mixed ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        mixed ^= mixed >> 32;
        text += n;
        size -= n;
    }
    return (uint32_t)mixed;
}

void
sbn__index_init(struct sbn__index *index, const sbn_allocator *mem)
{
    index->mem = mem;
    index->slots = NULL;
    index->capacity = index->count = 0;
}

void
sbn__index_fini(struct sbn__index *index)
{
    sbn__free(index->mem, index->slots);
    index->slots = NULL;
    index->capacity = index->count = 0;
}

/* There is a free slot. */
static void
put(struct sbn__index_slot *slots, uint32_t capacity, uint32_t hash,
    uint32_t number)
{
    uint32_t at = hash & (capacity - 1);

    while (slots[at].number != UINT32_MAX)
        at = (at + 1) & (capacity - 1);
    slots[at].hash = hash;
    slots[at].number = number;
}

static sbn_status
grow(struct sbn__index *index)
{
    uint32_t capacity = index->capacity == 0 ? SMALLEST : index->capacity * 2;
    struct sbn__index_slot *slots, *old = index->slots;
    uint32_t i;

    if (capacity == 0)
        return SBN_ENOMEM;
    slots = sbn__alloc(index->mem, sizeof(*slots) * capacity);
    if (slots == NULL)
        return SBN_ENOMEM;
    for (i = 0; i < capacity; i++)
        slots[i].number = UINT32_MAX;
    for (i = 0; i < index->capacity; i++)
        if (old[i].number != UINT32_MAX)
            put(slots, capacity, old[i].hash, old[i].number);
    sbn__free(index->mem, old);
    index->slots = slots;
    index->capacity = capacity;
    return SBN_OK;
}

sbn_status
sbn__index_add(struct sbn__index *index, uint32_t hash, uint32_t number)
{
    /* At most half full: a look-up is short, and always ends. */
    if (index->count >= index->capacity / 2 && grow(index) != SBN_OK)
        return SBN_ENOMEM;
    put(index->slots, index->capacity, hash, number);
    index->count++;
    return SBN_OK;
}

uint32_t
sbn__index_next(const struct sbn__index *index, uint32_t hash, uint32_t *cursor)
{
    uint32_t mask = index->capacity - 1;
    const struct sbn__index_slot *slot;

    if (index->capacity == 0)
        return UINT32_MAX;
    *cursor = *cursor == UINT32_MAX ? hash & mask : (*cursor + 1) & mask;
    for (;; *cursor = (*cursor + 1) & mask) {
        slot = &index->slots[*cursor];
        if (slot->number == UINT32_MAX || slot->hash == hash)
            return slot->number;
    }
}
