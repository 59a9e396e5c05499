/* SPDX-License-Identifier: Apache-2.0 */
/* Every file of test/exchange/http, replayed in every way. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/base/memory.h"
#include "test/http/exchange.h"
#include "test/support/test.h"

static size_t
for_each_file(void (*fn)(const struct exchange *exchange, const char *name))
{
    DIR *dir = opendir(test_source_path("test/exchange/http"));
    struct dirent *entry;
    char path[512];
    size_t count = 0;

    CHECK(dir != NULL);
    while ((entry = readdir(dir)) != NULL) {
        struct exchange exchange;

        if (strstr(entry->d_name, ".req") == NULL &&
            strstr(entry->d_name, ".resp") == NULL)
            continue;
        snprintf(path, sizeof(path), "test/exchange/http/%s", entry->d_name);
        exchange_read(&exchange, path);
        fn(&exchange, entry->d_name);
        exchange_fini(&exchange);
        count++;
    }
    closedir(dir);
    return count;
}

static void
check_events(const char *name, const char *how, size_t at,
             const struct text *got, const char *want)
{
    if (strcmp(got->data, want) != 0)
        test_fail(__FILE__, __LINE__, "%s, %s %zu:\n%s--- not\n%s", name, how,
                  at, got->data, want);
}

static void
replay(const struct exchange *exchange, const char *name, const char *how,
       size_t first, size_t step)
{
    struct text events = {NULL, 0, 0};

    CHECK(exchange_run(exchange, &sbn__default_allocator, exchange->in.data,
                       exchange->in.size, first, step, exchange->end, &events));
    check_events(name, how, first, &events, exchange->out.data);
    text_fini(&events);
}

static void
run_whole(const struct exchange *exchange, const char *name)
{
    replay(exchange, name, "whole", 0, exchange->in.size);
}

static void
run_bytes(const struct exchange *exchange, const char *name)
{
    replay(exchange, name, "in bytes", 0, 1);
}

static void
run_split(const struct exchange *exchange, const char *name)
{
    size_t at;

    for (at = 1; at < exchange->in.size; at++)
        replay(exchange, name, "split at", at, exchange->in.size);
}

/* Bytes after the end of the last complete message, or at any place when a
 * message's end is the connection's. */
static bool
is_until_end(const struct exchange *exchange)
{
    return strstr(exchange->out.data, "length=-1 body") != NULL;
}

static size_t
completed_part(const char *events)
{
    const char *last = events, *p = events;

    while ((p = strstr(p, "complete\n")) != NULL)
        last = p += 9;
    return (size_t)(last - events);
}

static void
run_truncated(const struct exchange *exchange, const char *name)
{
    size_t at;

    for (at = 0; at < exchange->in.size; at++) {
        struct text events = {NULL, 0, 0};
        size_t part;

        CHECK(exchange_run(exchange, &sbn__default_allocator, exchange->in.data,
                           at, 0, at + 1, true, &events));
        part = completed_part(events.data);
        if (!is_until_end(exchange) &&
            (strncmp(events.data, exchange->out.data, part) != 0 ||
             strlen(exchange->out.data) < part))
            check_events(name, "truncated at", at, &events, exchange->out.data);
        /* What is not complete is an error: nothing ends silently. */
        if (events.size > part && strstr(events.data, "error ") == NULL)
            check_events(name, "truncated at", at, &events, "an error");
        text_fini(&events);
    }
}

static void
run_starved(struct test_memory *memory, void *data)
{
    const struct exchange *exchange = data;
    struct text events = {NULL, 0, 0};

    if (exchange_run(exchange, &memory->allocator, exchange->in.data,
                     exchange->in.size, 0, 7, exchange->end, &events))
        check_events("", "starved", memory->fail_at, &events,
                     exchange->out.data);
    else
        CHECK(memory->failed);
    text_fini(&events);
}

static void
run_allocations(const struct exchange *exchange, const char *name)
{
    struct exchange copy = *exchange;

    test_each_allocation(run_starved, &copy);
}

TEST(whole)
{
    CHECK_INT(for_each_file(run_whole), >=, 40);
}

TEST(in_single_bytes)
{
    for_each_file(run_bytes);
}

TEST(split_at_every_byte)
{
    for_each_file(run_split);
}

TEST(truncated_at_every_byte)
{
    for_each_file(run_truncated);
}

TEST(with_every_allocation_failing)
{
    for_each_file(run_allocations);
}

/* ---- Streams that others collected -----------------------------------------
 */

static const struct exchange collected = {
    SBN__HTTP_REQUEST, {16384, 1 << 20}, false, true,
    {NULL, 0, 0},      {NULL, 0, 0}};

/* Whole and in single bytes must read the same. */
static void
compare_readings(const char *name, enum sbn__http_role role, const char *bytes,
                 size_t size)
{
    struct exchange exchange = collected;
    struct text whole = {NULL, 0, 0}, single = {NULL, 0, 0};

    exchange.role = role;
    CHECK(exchange_run(&exchange, &sbn__default_allocator, bytes, size, 0, size,
                       true, &whole));
    CHECK(exchange_run(&exchange, &sbn__default_allocator, bytes, size, 0, 1,
                       true, &single));
    check_events(name, "collected", size, &single, whole.data);
    text_fini(&whole);
    text_fini(&single);
}

/* Where lines ">>>" and "<<<" (libhtp's) give the direction, each part goes to
 * the parser it was made for; other files are requests. */
static void
read_collected(const char *name, const char *bytes, size_t size)
{
    enum sbn__http_role role = SBN__HTTP_REQUEST;
    const char *end = bytes + size, *part = bytes, *p = bytes;

    while (p < end) {
        const char *lf = memchr(p, '\n', (size_t)(end - p));
        const char *next = lf == NULL ? end : lf + 1;

        if (end - p >= 3 &&
            (memcmp(p, ">>>", 3) == 0 || memcmp(p, "<<<", 3) == 0)) {
            compare_readings(name, role, part, (size_t)(p - part));
            role = *p == '>' ? SBN__HTTP_REQUEST : SBN__HTTP_RESPONSE;
            part = next;
        }
        p = next;
    }
    compare_readings(name, role, part, (size_t)(end - part));
}

static size_t
read_folder(const char *shared, const char *folder)
{
    char path[1200], name[1500];
    struct dirent *entry;
    size_t size, count = 0;
    char *bytes;
    DIR *dir;

    snprintf(path, sizeof(path), "%s/corpus/%s",
             shared[0] == '/' ? shared : test_source_path(shared), folder);
    dir = opendir(path);
    if (dir == NULL)
        return 0;
    while ((entry = readdir(dir)) != NULL) {
        FILE *file;

        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
        file = fopen(name, "rb");
        if (file == NULL)
            continue;
        bytes = malloc(1 << 20);
        CHECK(bytes != NULL);
        size = fread(bytes, 1, 1 << 20, file);
        fclose(file);
        read_collected(entry->d_name, bytes, size);
        free(bytes);
        count++;
    }
    closedir(dir);
    return count;
}

TEST(collected_streams_read_the_same_in_pieces)
{
    static const char *const folders[] = {
        "http-h2o-fuzz/fuzz/http1-corpus", "http-libhtp/test/files",
        "http-gunicorn/tests/requests/valid", "http-gofuzz/httpreq/corpus",
        "http-gofuzz/httpresp/corpus"};
    const char *shared = getenv("SEBON_SHARED");
    size_t i, count = 0;

    test_set_timeout(120);
    for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
        count += read_folder(shared != NULL ? shared : "../shared", folders[i]);
    if (count == 0)
        test_skip("no collected streams here");
    printf("# %zu files\n", count);
}
