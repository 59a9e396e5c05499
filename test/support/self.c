/* SPDX-License-Identifier: Apache-2.0 */
/* The support library's own promises. */
#include "test/support/test.h"

static void
two_allocations(struct test_memory *memory, void *data)
{
    void *a, *b;

    (*(int *)data)++;
    a = memory->allocator.alloc(8, memory->allocator.data);
    b = memory->allocator.alloc(8, memory->allocator.data);
    memory->allocator.free(a, memory->allocator.data);
    memory->allocator.free(b, memory->allocator.data);
}

TEST(each_allocation_fails_once)
{
    int runs = 0;

    /* none, the first, the second, and one beyond the last */
    CHECK_INT(test_each_allocation(two_allocations, &runs), ==, 4);
    CHECK_INT(runs, ==, 4);
}
