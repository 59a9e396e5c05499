/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Test programs: TEST(name) { ... } in any number, main() comes from here.
 *
 * Each test runs in a process of its own with a time limit, on cmocka, and must
 * end with the open files it began with; leaks fail it under LeakSanitizer.
 * Output is TAP. `program NAME` runs one test in the program's own process, for
 * a debugger.
 */
#ifndef TEST_SUPPORT_TEST_H
#define TEST_SUPPORT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sebon/memory.h>
#include <sebon/status.h>

struct test {
    const char *name;
    void (*run)(void **state);
    struct test *next;
};
void test_add(struct test *test);

#define TEST(name)                                                             \
    static void name(void **state);                                            \
    static struct test name##_test = {#name, name, NULL};                      \
    __attribute__((constructor)) static void name##_add(void)                  \
    {                                                                          \
        test_add(&name##_test);                                                \
    }                                                                          \
    static void name(void **state __attribute__((unused)))

/* Ends the test, counted as skipped; for what is not on this machine. */
void test_skip(const char *reason) __attribute__((noreturn));

/* More time than the usual 60 seconds. */
void test_set_timeout(unsigned seconds);

/* The source tree's root and the build's, from the environment or the build. */
const char *test_source_path(const char *relative);

/* The contents of a file below the source root, NUL-terminated; fails the test
 * when it cannot be read. free() it. */
char *test_read_file(const char *relative, size_t *ret_size);

void test_fail(const char *file, int line, const char *format, ...)
    __attribute__((noreturn, format(printf, 3, 4)));
void test_check_int(const char *file, int line, const char *text, bool ok,
                    long long a, long long b);
void test_check_str(const char *file, int line, const char *text,
                    const char *got, const char *want);
void test_check_status(const char *file, int line, const char *text,
                       sbn_status got, sbn_status want);
void test_check_mem(const char *file, int line, const char *text,
                    const void *got, size_t got_size, const void *want,
                    size_t want_size);

#define CHECK(condition)                                                       \
    do {                                                                       \
        if (!(condition))                                                      \
            test_fail(__FILE__, __LINE__, "%s is false", #condition);          \
    } while (0)
/* CHECK_INT(count, ==, 3) */
#define CHECK_INT(a, op, b)                                                    \
    do {                                                                       \
        long long check_a_ = (long long)(a), check_b_ = (long long)(b);        \
        test_check_int(__FILE__, __LINE__, #a " " #op " " #b,                  \
                       check_a_ op check_b_, check_a_, check_b_);              \
    } while (0)
#define CHECK_STR(got, want)                                                   \
    test_check_str(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_STATUS(got, want)                                                \
    test_check_status(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_OK(got) CHECK_STATUS(got, SBN_OK)
#define CHECK_MEM(got, got_size, want, want_size)                              \
    test_check_mem(__FILE__, __LINE__, #got, (got), (got_size), (want),        \
                   (want_size))

/* ---- Memory --------------------------------------------------------------- */

/* An allocator that counts, and fails when told: the allocation number fail_at
 * (from 1), and with fail_all every one after it. */
struct test_memory {
    sbn_allocator allocator; /* give this to the code under test */
    size_t live;             /* blocks not freed yet */
    size_t live_bytes;
    size_t peak_bytes;
    size_t count; /* allocations since the last reset */
    size_t fail_at;
    bool fail_all;
    bool failed; /* one was refused */
};
void test_memory_init(struct test_memory *memory);

/*
 * Runs body(data, memory) without failure, then with the first, second, third
 * ... allocation failing, until a run in which none was asked for any more.
 * body returns whether it saw a failure; it must give everything back each time,
 * which is checked.  Returns the number of runs.
 */
size_t test_each_allocation(void (*body)(struct test_memory *memory,
                                         void *data),
                            void *data);

#endif
