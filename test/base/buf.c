/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/buf.h"
#include "test/support/test.h"

#define CHECK_BUF(buf, text) \
    CHECK_MEM(sbn__buf_bytes(buf), sbn__buf_size(buf), text, strlen(text))

TEST(writers_append_without_looking)
{
    struct test_memory memory;
    struct sbn__buf buf;

    test_memory_init(&memory);
    sbn__buf_init(&buf, &memory.allocator, 1000);
    CHECK(sbn__buf_bytes(&buf) == NULL);
    CHECK_INT(sbn__buf_size(&buf), ==, 0);
    sbn__buf_append(&buf, NULL, 0);
    CHECK_INT(memory.count, ==, 0);
    sbn__buf_lit(&buf, "<a>");
    sbn__buf_puts(&buf, "text");
    sbn__buf_putc(&buf, '!');
    sbn__buf_append(&buf, "</a>...", 4);
    CHECK_OK(buf.status);
    CHECK_BUF(&buf, "<a>text!</a>");
    sbn__buf_reset(&buf, 0);
    CHECK_INT(sbn__buf_size(&buf), ==, 0);
    sbn__buf_puts(&buf, "again");
    CHECK_BUF(&buf, "again");
    CHECK_INT(memory.count, ==, 1); /* the memory was kept */
    sbn__buf_release(&buf);
    CHECK_INT(memory.live, ==, 0);
    sbn__buf_puts(&buf, "and again");
    CHECK_BUF(&buf, "and again");
    sbn__buf_fini(&buf);
    CHECK_INT(memory.live, ==, 0);
}

TEST(a_head_is_written_before_the_body)
{
    struct test_memory memory;
    struct sbn__buf buf;
    char big[3000];
    int round;

    test_memory_init(&memory);
    sbn__buf_init(&buf, &memory.allocator, 10000);
    for (round = 0; round < 3; round++) {
        sbn__buf_reset(&buf, 100);
        CHECK_INT(sbn__buf_size(&buf), ==, 0);
        sbn__buf_puts(&buf, "body");
        sbn__buf_prepend(&buf, "head ", 5);
        CHECK_BUF(&buf, "head body");
        sbn__buf_prepend(&buf, "more ", 5);
        CHECK_BUF(&buf, "more head body");
    }
    /* The room stays when the contents move. */
    sbn__buf_reset(&buf, 100);
    memset(big, 'x', sizeof(big));
    sbn__buf_append(&buf, big, sizeof(big));
    sbn__buf_prepend(&buf, "head", 4);
    CHECK_INT(sbn__buf_size(&buf), ==, 3004);
    CHECK_MEM(sbn__buf_bytes(&buf), 6, "headxx", 6);
    /* More room than there is memory yet. */
    sbn__buf_reset(&buf, 9000);
    sbn__buf_puts(&buf, "body");
    sbn__buf_prepend(&buf, big, 3000);
    CHECK_OK(buf.status);
    CHECK_INT(sbn__buf_size(&buf), ==, 3004);
    sbn__buf_fini(&buf);
}

TEST(the_limit_is_sticky_until_a_reset)
{
    struct test_memory memory;
    struct sbn__buf buf;
    char bytes[600] = {0};

    test_memory_init(&memory);
    sbn__buf_init(&buf, &memory.allocator, 1000);
    sbn__buf_append(&buf, bytes, 600);
    CHECK_OK(buf.status);
    sbn__buf_append(&buf, bytes, 400);
    CHECK_OK(buf.status); /* full to the last byte */
    CHECK_INT(memory.peak_bytes, <=, 1000);
    sbn__buf_putc(&buf, 'x');
    CHECK_STATUS(buf.status, SBN_ELIMIT);
    CHECK_INT(sbn__buf_size(&buf), ==, 1000);
    sbn__buf_append(&buf, bytes, 0);
    CHECK(sbn__buf_reserve(&buf, 1) == NULL);
    sbn__buf_prepend(&buf, bytes, 600); /* does nothing then */
    CHECK_STATUS(buf.status, SBN_ELIMIT);
    sbn__buf_reset(&buf, 0);
    CHECK_OK(buf.status);
    CHECK(sbn__buf_reserve(&buf, SIZE_MAX) == NULL);
    CHECK_STATUS(buf.status, SBN_ELIMIT);
    sbn__buf_reset(&buf, 0);
    sbn__buf_putc(&buf, 'x');
    CHECK(sbn__buf_reserve(&buf, SIZE_MAX - 1) == NULL);
    CHECK_STATUS(buf.status, SBN_ELIMIT);
    sbn__buf_fini(&buf);
}

TEST(consumed_bytes_make_room)
{
    struct test_memory memory;
    struct sbn__buf buf;
    char want = 'a', bytes[10];
    int i, j;

    /* A stream through a buffer that never holds more than its limit. */
    test_memory_init(&memory);
    sbn__buf_init(&buf, &memory.allocator, 64);
    for (i = 0; i < 1000; i++) {
        for (j = 0; j < 10; j++)
            bytes[j] = (char)('a' + (i * 10 + j) % 26);
        sbn__buf_append(&buf, bytes, 10);
        CHECK_OK(buf.status);
        while (sbn__buf_size(&buf) > (size_t)(i % 10)) {
            CHECK_INT(sbn__buf_bytes(&buf)[0], ==, want);
            want = want == 'z' ? 'a' : (char)(want + 1);
            sbn__buf_consume(&buf, 1);
        }
    }
    CHECK_INT(memory.peak_bytes, <=, 64);
    sbn__buf_fini(&buf);
}

static void
each(struct test_memory *memory, void *data)
{
    struct sbn__buf buf;
    int i;

    sbn__buf_init(&buf, &memory->allocator, 1 << 20);
    sbn__buf_reset(&buf, 50);
    for (i = 0; i < 1000; i++)
        sbn__buf_puts(&buf, "0123456789");
    sbn__buf_prepend(&buf, "head", 4);
    if (memory->failed) {
        CHECK_STATUS(buf.status, SBN_ENOMEM);
    } else {
        CHECK_OK(buf.status);
        CHECK_INT(sbn__buf_size(&buf), ==, 10004);
    }
    sbn__buf_fini(&buf);
}

TEST(no_memory_is_a_status)
{
    CHECK_INT(test_each_allocation(each, NULL), >, 3);
}
