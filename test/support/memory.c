/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "test/support/test.h"

/* Each block is preceded by its size. */
union block {
    size_t size;
    max_align_t align;
};

static bool
memory_refuses(struct test_memory *memory)
{
    memory->count++;
    if (memory->fail_at == 0 || memory->count < memory->fail_at)
        return false;
    if (memory->count > memory->fail_at && !memory->fail_all)
        return false;
    memory->failed = true;
    return true;
}

static void
memory_account(struct test_memory *memory, size_t added, size_t removed)
{
    memory->live_bytes += added;
    memory->live_bytes -= removed;
    if (memory->live_bytes > memory->peak_bytes)
        memory->peak_bytes = memory->live_bytes;
}

static void *
memory_alloc(size_t size, void *data)
{
    struct test_memory *memory = data;
    union block *block;

    if (memory_refuses(memory))
        return NULL;
    block = malloc(sizeof(*block) + size);
    if (block == NULL)
        return NULL;
    block->size = size;
    memory->live++;
    memory_account(memory, size, 0);
    return block + 1;
}

static void *
memory_realloc(void *ptr, size_t size, void *data)
{
    struct test_memory *memory = data;
    union block *block;
    size_t old;

    if (ptr == NULL)
        return memory_alloc(size, data);
    if (memory_refuses(memory))
        return NULL;
    block = (union block *)ptr - 1;
    old = block->size;
    block = realloc(block, sizeof(*block) + size);
    if (block == NULL)
        return NULL;
    block->size = size;
    memory_account(memory, size, old);
    return block + 1;
}

static void
memory_free(void *ptr, void *data)
{
    struct test_memory *memory = data;
    union block *block;

    if (ptr == NULL)
        return;
    block = (union block *)ptr - 1;
    memory->live--;
    memory_account(memory, 0, block->size);
    free(block);
}

void
test_memory_init(struct test_memory *memory)
{
    memset(memory, 0, sizeof(*memory));
    memory->allocator.alloc = memory_alloc;
    memory->allocator.realloc = memory_realloc;
    memory->allocator.free = memory_free;
    memory->allocator.data = memory;
}

size_t
test_each_allocation(void (*body)(struct test_memory *memory, void *data),
                     void *data)
{
    struct test_memory memory;
    size_t runs = 0;

    do {
        test_memory_init(&memory);
        memory.fail_at = runs; /* 0: none fails */
        memory.fail_all = (runs % 2) == 1;
        body(&memory, data);
        if (memory.live != 0)
            test_fail(__FILE__, __LINE__,
                      "%zu blocks left after allocation %zu failed",
                      memory.live, runs);
        runs++;
    } while (runs == 1 || memory.failed);
    return runs;
}
