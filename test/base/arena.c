/* SPDX-License-Identifier: Apache-2.0 */
#include <stdalign.h>

#include "runtime/base/arena.h"
#include "test/support/test.h"

struct fixture {
    struct test_memory memory;
    struct sbn__arena arena;
};

static void
set_up(struct fixture *f, size_t limit)
{
    test_memory_init(&f->memory);
    sbn__arena_init(&f->arena, &f->memory.allocator, limit);
}

static void
tear_down(struct fixture *f)
{
    sbn__arena_fini(&f->arena);
    CHECK_INT(f->memory.live, ==, 0);
    CHECK_INT(f->arena.used, ==, 0);
}

TEST(nothing_is_allocated_before_the_first_use)
{
    struct fixture f;

    set_up(&f, SIZE_MAX);
    sbn__arena_reset(&f.arena);
    CHECK_INT(f.memory.count, ==, 0);
    CHECK(sbn__arena_alloc(&f.arena, 1) != NULL);
    CHECK_INT(f.memory.count, ==, 1);
    CHECK_INT(f.memory.live_bytes, <=, 512);
    tear_down(&f);
}

TEST(memory_is_zeroed_and_aligned)
{
    struct fixture f;
    unsigned char *p;
    size_t size, i;

    set_up(&f, SIZE_MAX);
    for (size = 0; size < 1500; size += 7) {
        memset(sbn__arena_bytes(&f.arena, 3), 0xff, 3);
        p = sbn__arena_alloc(&f.arena, size);
        CHECK(p != NULL);
        CHECK_INT((uintptr_t)p % alignof(max_align_t), ==, 0);
        for (i = 0; i < size; i++)
            CHECK_INT(p[i], ==, 0);
        memset(p, 0xff, size);
    }
    /* What was used before is zeroed again. */
    sbn__arena_reset(&f.arena);
    p = sbn__arena_alloc(&f.arena, 100);
    CHECK_INT(p[0] | p[99], ==, 0);
    tear_down(&f);
}

TEST(steady_state_allocates_nothing)
{
    struct fixture f;
    int i;

    set_up(&f, SIZE_MAX);
    for (i = 0; i < 100; i++) {
        CHECK(sbn__arena_alloc(&f.arena, 200) != NULL);
        CHECK_STR(sbn__arena_strdup(&f.arena, "abc"), "abc");
        sbn__arena_reset(&f.arena);
    }
    CHECK_INT(f.memory.count, ==, 1);
    tear_down(&f);
}

TEST(a_reset_gives_all_but_the_small_chunk_back)
{
    struct fixture f;
    int i;

    set_up(&f, SIZE_MAX);
    for (i = 0; i < 1000; i++)
        CHECK(sbn__arena_alloc(&f.arena, 100) != NULL);
    CHECK(sbn__arena_alloc(&f.arena, 1 << 20) != NULL);
    CHECK_INT(f.memory.live, >, 2);
    sbn__arena_reset(&f.arena);
    CHECK_INT(f.memory.live, ==, 1);
    CHECK_INT(f.memory.live_bytes, <=, 512);
    CHECK_INT(f.arena.used, ==, f.memory.live_bytes);
    /* A first allocation too large for it is not kept either. */
    sbn__arena_fini(&f.arena);
    CHECK(sbn__arena_alloc(&f.arena, 1 << 20) != NULL);
    sbn__arena_reset(&f.arena);
    CHECK_INT(f.memory.live, ==, 0);
    tear_down(&f);
}

TEST(chunks_grow_so_that_many_allocations_are_few)
{
    struct fixture f;
    int i;

    set_up(&f, SIZE_MAX);
    for (i = 0; i < 10000; i++)
        CHECK(sbn__arena_alloc(&f.arena, 32) != NULL);
    CHECK_INT(f.memory.count, <, 16);
    CHECK_INT(f.memory.live_bytes, <, 2 * 10000 * 32);
    CHECK_INT(f.arena.used, ==, f.memory.live_bytes);
    tear_down(&f);
}

TEST(a_large_allocation_leaves_the_shared_chunk_in_use)
{
    struct fixture f;

    set_up(&f, SIZE_MAX);
    CHECK(sbn__arena_alloc(&f.arena, 16) != NULL);
    CHECK(sbn__arena_alloc(&f.arena, 100000) != NULL);
    CHECK_INT(f.memory.count, ==, 2);
    CHECK(sbn__arena_alloc(&f.arena, 16) != NULL);
    CHECK_INT(f.memory.count, ==, 2);
    tear_down(&f);
}

TEST(the_limit_counts_every_chunk)
{
    struct fixture f;
    size_t got = 0;

    set_up(&f, 4096);
    while (sbn__arena_alloc(&f.arena, 64) != NULL)
        got += 64;
    CHECK(f.arena.limited);
    CHECK_INT(got, >, 3000);
    CHECK_INT(f.memory.peak_bytes, <=, 4096);
    CHECK(sbn__arena_bytes(&f.arena, 4097) == NULL);
    CHECK(f.arena.limited);
    sbn__arena_reset(&f.arena);
    CHECK(!f.arena.limited);
    CHECK(sbn__arena_alloc(&f.arena, 64) != NULL);
    tear_down(&f);
    set_up(&f, 0);
    CHECK(sbn__arena_alloc(&f.arena, 1) == NULL);
    CHECK(f.arena.limited);
    tear_down(&f);
    set_up(&f, 100); /* less than the first chunk usually has */
    CHECK(sbn__arena_alloc(&f.arena, 50) != NULL);
    CHECK_INT(f.memory.peak_bytes, <=, 100);
    tear_down(&f);
}

TEST(hostile_sizes_are_refused)
{
    struct fixture f;
    char *p;

    set_up(&f, SIZE_MAX);
    p = sbn__arena_bytes(&f.arena, 8);
    CHECK(p != NULL);
    CHECK(sbn__arena_array(&f.arena, SIZE_MAX / 2, 3) == NULL);
    CHECK(f.arena.limited);
    CHECK(sbn__arena_array(&f.arena, SIZE_MAX, SIZE_MAX) == NULL);
    CHECK(sbn__arena_alloc(&f.arena, SIZE_MAX) == NULL);
    CHECK(sbn__arena_alloc(&f.arena, SIZE_MAX - 8) == NULL);
    CHECK(sbn__arena_bytes(&f.arena, SIZE_MAX) == NULL);
    CHECK(sbn__arena_strndup(&f.arena, "x", SIZE_MAX) == NULL);
    CHECK(sbn__arena_grow(&f.arena, p, 8, SIZE_MAX) == NULL);
    CHECK(sbn__arena_array(&f.arena, 0, 100) != NULL);
    CHECK_INT(f.memory.count, ==, 1);
    tear_down(&f);
}

TEST(texts_are_copied)
{
    struct fixture f;
    char *text;

    set_up(&f, SIZE_MAX);
    CHECK(sbn__arena_strdup(&f.arena, NULL) == NULL);
    CHECK_STR(sbn__arena_strdup(&f.arena, ""), "");
    CHECK_STR(sbn__arena_strndup(&f.arena, "abcdef", 3), "abc");
    CHECK_STR(sbn__arena_strndup(&f.arena, NULL, 0), "");
    CHECK_STR(sbn__arena_printf(&f.arena, "%s-%d", "a", 5), "a-5");
    text = sbn__arena_printf(&f.arena, "%0700d", 1);
    CHECK_INT(strlen(text), ==, 700);
    CHECK_STR(sbn__arena_printf(&f.arena, "%s", ""), "");
    tear_down(&f);
    set_up(&f, 64);
    CHECK(sbn__arena_printf(&f.arena, "%0700d", 1) == NULL);
    CHECK(f.arena.limited);
    tear_down(&f);
}

/* Grows one array by steps, with or without others in between. */
static void
check_growth(bool alone, size_t item)
{
    struct fixture f;
    unsigned char *p = NULL;
    size_t size = 0, i;

    set_up(&f, SIZE_MAX);
    while (size < 200000) {
        size_t wanted = size + size / 2 + item;

        p = sbn__arena_grow(&f.arena, p, size, wanted);
        CHECK(p != NULL);
        for (i = 0; i < size; i += 97)
            CHECK_INT(p[i], ==, i % 251);
        for (i = size; i < wanted; i++) {
            CHECK_INT(p[i], ==, 0);
            p[i] = (unsigned char)(i % 251);
        }
        size = wanted;
        if (!alone)
            CHECK(sbn__arena_bytes(&f.arena, 5) != NULL);
    }
    CHECK(sbn__arena_grow(&f.arena, p, size, size - 1) == p);
    CHECK_INT(f.arena.used, ==, f.memory.live_bytes);
    /* One that fills its own chunk is not kept in every size it had. */
    CHECK_INT(f.memory.live_bytes, <, 2 * size);
    tear_down(&f);
}

TEST(arrays_grow)
{
    check_growth(true, 1);
    check_growth(false, 1);
    check_growth(true, 1000);
    check_growth(false, 1000);
}

TEST(the_last_allocation_grows_in_place)
{
    struct fixture f;
    char *p, *other;

    set_up(&f, SIZE_MAX);
    p = sbn__arena_alloc(&f.arena, 10);
    CHECK(sbn__arena_grow(&f.arena, p, 10, 100) == p);
    other = sbn__arena_bytes(&f.arena, 1);
    CHECK(other >= p + 100);
    CHECK(sbn__arena_grow(&f.arena, p, 100, 101) != p);
    tear_down(&f);
}

TEST(a_limit_stops_growth)
{
    struct fixture f;
    char *p;

    set_up(&f, 10000);
    CHECK(sbn__arena_alloc(&f.arena, 1) != NULL);
    p = sbn__arena_alloc(&f.arena, 5000);
    CHECK(sbn__arena_grow(&f.arena, p, 5000, 9000) != NULL);
    CHECK(sbn__arena_grow(&f.arena, f.arena.pos, 0, 10000) == NULL);
    CHECK(f.arena.limited);
    CHECK_INT(f.memory.peak_bytes, <=, 10000);
    tear_down(&f);
}

static void
each(struct test_memory *memory, void *data)
{
    struct sbn__arena arena;
    char *p, *big;
    int i;

    sbn__arena_init(&arena, &memory->allocator, SIZE_MAX);
    for (i = 0; i < 40; i++) {
        p = sbn__arena_alloc(&arena, 60);
        if (p == NULL)
            CHECK(memory->failed && !arena.limited);
        else
            memset(p, 1, 60);
    }
    big = sbn__arena_alloc(&arena, 5000);
    if (big != NULL) {
        p = sbn__arena_grow(&arena, big, 5000, 10000);
        if (p == NULL)
            memset(big, 1, 5000); /* is still there */
        else
            memset(p, 1, 10000);
    }
    p = sbn__arena_printf(&arena, "%0900d", 1);
    CHECK(p != NULL || memory->failed);
    CHECK_INT(arena.used, ==, memory->live_bytes);
    sbn__arena_fini(&arena);
}

TEST(no_memory_is_no_limit)
{
    CHECK_INT(test_each_allocation(each, NULL), >, 5);
}
