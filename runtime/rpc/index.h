/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hash index from names to small numbers: the names stay where they are (in
 * constant tables), the index keeps hashes. Names come from programs, never
 * from peers, so that nobody can choose colliding ones.
 */
#ifndef SBN_RPC_INDEX_H
#define SBN_RPC_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include <sebon/memory.h>
#include <sebon/status.h>

#define SBN__HASH_START UINT32_C(0x811c9dc5)

/* FNV-1a; hash is SBN__HASH_START or what goes before text. */
uint32_t sbn__hash(uint32_t hash, const char *text, size_t size);

struct sbn__index_slot {
    uint32_t hash;
    uint32_t number; /* UINT32_MAX: free */
};

struct sbn__index {
    const sbn_allocator *mem;
    struct sbn__index_slot *slots;
    uint32_t capacity; /* a power of two, or 0 */
    uint32_t count;
};

void sbn__index_init(struct sbn__index *index, const sbn_allocator *mem);
void sbn__index_fini(struct sbn__index *index);
/* Several numbers may have one hash. SBN_ENOMEM. */
sbn_status sbn__index_add(struct sbn__index *index, uint32_t hash,
                          uint32_t number);
/* The numbers added with hash, one after the other (not in order); UINT32_MAX:
 * no more. *cursor is UINT32_MAX at first. */
uint32_t sbn__index_next(const struct sbn__index *index, uint32_t hash,
                         uint32_t *cursor);

#endif
