/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test/exchange/soap: NAME.xml is a message byte for byte, NAME.expect what
 * message_describe says of it. Each is read whole, cut in two at every byte,
 * byte by byte, truncated at every byte, and with each allocation failing.
 *
 * SEBON_UPDATE=1 writes the .expect files anew; read the difference.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/base/memory.h"
#include "test/soap/message.h"
#include "test/support/test.h"

#define FOLDER "test/exchange/soap"

struct exchange {
    char *name; /* without .xml */
    char *bytes;
    size_t size;
};

static int
compare(const void *a, const void *b)
{
    return strcmp(((const struct exchange *)a)->name,
                  ((const struct exchange *)b)->name);
}

static struct exchange *
load(size_t *ret_count)
{
    DIR *dir = opendir(test_source_path(FOLDER));
    struct exchange *all = NULL;
    struct dirent *entry;
    size_t count = 0, length;
    char path[400];

    CHECK(dir != NULL);
    while ((entry = readdir(dir)) != NULL) {
        length = strlen(entry->d_name);
        if (length < 5 || strcmp(entry->d_name + length - 4, ".xml") != 0)
            continue;
        all = realloc(all, (count + 1) * sizeof(*all));
        CHECK(all != NULL);
        snprintf(path, sizeof(path), FOLDER "/%s", entry->d_name);
        all[count].bytes = test_read_file(path, &all[count].size);
        all[count].name = strdup(entry->d_name);
        all[count].name[length - 4] = '\0';
        count++;
    }
    closedir(dir);
    qsort(all, count, sizeof(*all), compare);
    *ret_count = count;
    return all;
}

static void
each_exchange(void (*fn)(const struct exchange *exchange))
{
    size_t count, i;
    struct exchange *all = load(&count);

    CHECK_INT(count, >=, 50);
    for (i = 0; i < count; i++) {
        fn(&all[i]);
        free(all[i].name);
        free(all[i].bytes);
    }
    free(all);
}

/* The description after reading in this way; NUL-terminated. */
static sbn_status
describe(struct message *message, const struct exchange *exchange, size_t size,
         size_t piece, size_t cut, bool positions, struct sbn__buf *out)
{
    sbn_status status =
        message_read(message, exchange->bytes, size, piece, cut);

    sbn__buf_reset(out, 0);
    message_describe(message, status, positions, out);
    sbn__buf_putc(out, '\0');
    CHECK_OK(out->status);
    return status;
}

static void
expect(const struct exchange *exchange, const char *got, const char *want)
{
    if (strcmp(got, want) != 0)
        test_fail(__FILE__, __LINE__, "%s:\n%s\nexpected:\n%s", exchange->name,
                  got, want);
}

static void
is_as_expected(const struct exchange *exchange)
{
    char path[400], *want;
    struct message message;
    struct sbn__buf got;
    FILE *file;

    snprintf(path, sizeof(path), FOLDER "/%s.expect", exchange->name);
    CHECK_OK(message_open(&message, &sbn__default_allocator));
    sbn__buf_init(&got, &sbn__default_allocator, 1 << 20);
    describe(&message, exchange, exchange->size, 0, 0, true, &got);
    if (getenv("SEBON_UPDATE") != NULL) {
        file = fopen(test_source_path(path), "w");
        CHECK(file != NULL);
        fputs(sbn__buf_bytes(&got), file);
        fclose(file);
    }
    want = test_read_file(path, NULL);
    expect(exchange, sbn__buf_bytes(&got), want);
    free(want);
    sbn__buf_fini(&got);
    message_close(&message);
}

TEST(every_message_has_the_expected_result)
{
    each_exchange(is_as_expected);
}

/*
 * Pieces below 4 KiB are collected before libxml2 sees them. For it to see the
 * cut, white space is put in front, which is legal where no XML declaration
 * stands (and no byte order mark).
 */
enum { SEEN = 4096 };

static void
pieces_do_not_matter(const struct exchange *exchange)
{
    bool padded = exchange->size > 1 && exchange->bytes[0] == '<' &&
                  exchange->bytes[1] != '?';
    struct exchange moved = *exchange;
    struct message message;
    struct sbn__buf whole, got;
    char *room = malloc(SEEN + exchange->size);
    size_t cut;

    CHECK(room != NULL);
    CHECK_OK(message_open(&message, &sbn__default_allocator));
    sbn__buf_init(&whole, &sbn__default_allocator, 1 << 20);
    sbn__buf_init(&got, &sbn__default_allocator, 1 << 20);
    describe(&message, exchange, exchange->size, 0, 0, false, &whole);
    memset(room, ' ', SEEN);
    memcpy(room + SEEN, exchange->bytes, exchange->size);
    for (cut = 1; cut < exchange->size && cut < 3000; cut++) {
        describe(&message, exchange, exchange->size, 0, cut, false, &got);
        expect(exchange, sbn__buf_bytes(&got), sbn__buf_bytes(&whole));
        if (!padded)
            continue;
        moved.bytes = room + cut;
        describe(&message, &moved, SEEN - cut + exchange->size, 0, SEEN, false,
                 &got);
        expect(exchange, sbn__buf_bytes(&got), sbn__buf_bytes(&whole));
    }
    describe(&message, exchange, exchange->size, 1, 0, false, &got);
    expect(exchange, sbn__buf_bytes(&got), sbn__buf_bytes(&whole));
    sbn__buf_fini(&got);
    sbn__buf_fini(&whole);
    message_close(&message);
    free(room);
}

TEST(messages_may_come_in_any_pieces)
{
    test_set_timeout(300);
    each_exchange(pieces_do_not_matter);
}

/* A part is never taken for the whole, unless all that is cut off is what may
 * follow the envelope. */
static void
parts_are_refused(const struct exchange *exchange)
{
    struct message message;
    struct sbn__buf whole, got;
    sbn_status status;
    size_t size;

    CHECK_OK(message_open(&message, &sbn__default_allocator));
    sbn__buf_init(&whole, &sbn__default_allocator, 1 << 20);
    sbn__buf_init(&got, &sbn__default_allocator, 1 << 20);
    describe(&message, exchange, exchange->size, 0, 0, false, &whole);
    for (size = exchange->size; size-- > 0;) {
        if (size > 3000)
            size = 3000;
        status = describe(&message, exchange, size, 0, 0, false, &got);
        if (status == SBN_OK || status == SBN_EFAULT)
            CHECK(memmem(exchange->bytes, size, "Envelope>", 9) != NULL ||
                  memmem(exchange->bytes, size, "E\0n\0v\0", 6) != NULL);
    }
    sbn__buf_fini(&got);
    sbn__buf_fini(&whole);
    message_close(&message);
}

TEST(truncated_messages_are_refused)
{
    test_set_timeout(300);
    each_exchange(parts_are_refused);
}

static void
read_with(struct test_memory *memory, void *data)
{
    const struct exchange *exchange = data;
    struct message message, whole;
    sbn_status status, expected;

    CHECK_OK(message_open(&whole, &sbn__default_allocator));
    expected = message_read(&whole, exchange->bytes, exchange->size, 0, 0);
    message_close(&whole);
    status = message_open(&message, &memory->allocator);
    if (status == SBN_OK)
        status = message_read(&message, exchange->bytes, exchange->size, 7, 0);
    message_close(&message);
    if (memory->failed && status == SBN_ENOMEM)
        return;
    CHECK_STATUS(status, expected);
}

static void
memory_failures_are_told(const struct exchange *exchange)
{
    test_each_allocation(read_with, (void *)(uintptr_t)exchange);
}

TEST(each_allocation_may_fail)
{
    test_set_timeout(300);
    each_exchange(memory_failures_are_told);
}
