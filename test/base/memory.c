/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/memory.h"
#include "test/support/test.h"

TEST(all_goes_through_the_hook)
{
    struct test_memory memory;
    const sbn_allocator *mem = &memory.allocator;
    char *a, *b, *c;

    test_memory_init(&memory);
    a = sbn__zalloc(mem, 16);
    b = sbn__strdup(mem, "text");
    c = sbn__strndup(mem, "text", 2);
    CHECK(a != NULL && b != NULL && c != NULL);
    CHECK_INT(a[0] | a[15], ==, 0);
    CHECK_STR(b, "text");
    CHECK_STR(c, "te");
    CHECK_INT(memory.live, ==, 3);
    a = sbn__realloc(mem, a, 1000);
    CHECK(a != NULL);
    CHECK_INT(memory.live, ==, 3);
    sbn__free(mem, a);
    sbn__free(mem, b);
    sbn__free(mem, c);
    sbn__free(mem, NULL);
    CHECK_INT(memory.live, ==, 0);
}

TEST(nothing_is_still_something)
{
    void *ptr = sbn__alloc(&sbn__default_allocator, 0);

    CHECK(ptr != NULL);
    ptr = sbn__realloc(&sbn__default_allocator, ptr, 0);
    CHECK(ptr != NULL);
    sbn__free(&sbn__default_allocator, ptr);
}

TEST(hostile_sizes_are_refused)
{
    struct test_memory memory;

    test_memory_init(&memory);
    CHECK(sbn__strndup(&memory.allocator, "", SIZE_MAX) == NULL);
    CHECK_INT(memory.count, ==, 0);
}

static void
each(struct test_memory *memory, void *data)
{
    const sbn_allocator *mem = &memory->allocator;
    char *text = sbn__strdup(mem, "abc");
    char *more = sbn__realloc(mem, text, 100);
    void *zeros = sbn__zalloc(mem, 5);

    /* A realloc that fails leaves the block. */
    if (text != NULL && more == NULL)
        CHECK_STR(text, "abc");
    sbn__free(mem, more != NULL ? more : text);
    sbn__free(mem, zeros);
}

TEST(no_memory_is_null)
{
    CHECK_INT(test_each_allocation(each, NULL), ==, 5);
}
