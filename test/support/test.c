/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/support/test.h"

enum { EXIT_SKIPPED = 77, DEFAULT_TIMEOUT = 60 };

static struct test *first_test, **last_test = &first_test;

void
test_add(struct test *test)
{
    *last_test = test;
    last_test = &test->next;
}

void
test_skip(const char *reason)
{
    printf("# skip: %s\n", reason);
    fflush(NULL);
    _exit(EXIT_SKIPPED);
}

void
test_set_timeout(unsigned seconds)
{
    alarm(seconds);
}

const char *
test_source_path(const char *relative)
{
    static char paths[4][1024];
    static unsigned next;
    const char *root = getenv("SEBON_SOURCE_ROOT");
    char *path = paths[next++ % 4];

    snprintf(path, sizeof(paths[0]), "%s/%s", root != NULL ? root : ".",
             relative);
    return path;
}

char *
test_read_file(const char *relative, size_t *ret_size)
{
    FILE *file = fopen(test_source_path(relative), "rb");
    char *text = NULL;
    size_t size = 0, room = 0, got;

    if (file == NULL)
        test_fail(__FILE__, __LINE__, "cannot open %s", relative);
    do {
        room = room * 2 + 4096;
        text = realloc(text, room + 1);
        if (text == NULL)
            test_fail(__FILE__, __LINE__, "no memory for %s", relative);
        got = fread(text + size, 1, room - size, file);
        size += got;
    } while (got > 0);
    fclose(file);
    text[size] = '\0';
    if (ret_size != NULL)
        *ret_size = size;
    return text;
}

void
test_fail(const char *file, int line, const char *format, ...)
{
    char text[2048];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    print_error("%s\n", text);
    _fail(file, line);
    abort(); /* _fail does not return */
}

void
test_check_int(const char *file, int line, const char *text, bool ok,
               long long a, long long b)
{
    if (!ok)
        test_fail(file, line, "%s: %lld, %lld", text, a, b);
}

void
test_check_str(const char *file, int line, const char *text, const char *got,
               const char *want)
{
    if (got == want || (got && want && strcmp(got, want) == 0))
        return;
    test_fail(file, line, "%s is\n  \"%s\", not\n  \"%s\"", text,
              got ? got : "(NULL)", want ? want : "(NULL)");
}

void
test_check_status(const char *file, int line, const char *text, sbn_status got,
                  sbn_status want)
{
    if (got != want)
        test_fail(file, line, "%s is %s, not %s", text, sbn_status_name(got),
                  sbn_status_name(want));
}

void
test_check_mem(const char *file, int line, const char *text, const void *got,
               size_t got_size, const void *want, size_t want_size)
{
    if (got_size == want_size &&
        (want_size == 0 || memcmp(got, want, want_size) == 0))
        return;
    test_fail(file, line, "%s is\n  \"%.*s\", not\n  \"%.*s\"", text,
              (int)got_size, got ? (const char *)got : "", (int)want_size,
              (const char *)want);
}

/* libuv keeps a pipe and its threads for the whole process, from the first loop
 * on; programs that are linked with it give them back before files are counted.
 */
extern void uv_library_shutdown(void) __attribute__((weak));

static int
count_open_files(void)
{
    DIR *dir = opendir("/proc/self/fd");
    int count = 0;

    if (dir == NULL)
        return -1;
    while (readdir(dir) != NULL)
        count++;
    closedir(dir);
    return count;
}

/* In the test's own process. */
static int
run_here(const struct test *test)
{
    struct CMUnitTest unit = {test->name, test->run, NULL, NULL, NULL};
    int before = count_open_files(), after, failed;

    alarm(DEFAULT_TIMEOUT);
    cmocka_set_message_output(CM_OUTPUT_SUBUNIT);
    failed = _cmocka_run_group_tests(test->name, &unit, 1, NULL, NULL);
    if (uv_library_shutdown != NULL)
        uv_library_shutdown();
    after = count_open_files();
    if (failed == 0 && after != before) {
        fprintf(stderr, "%s: %d files open, %d before\n", test->name, after,
                before);
        failed = 1;
    }
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
run_in_child(const struct test *test)
{
    int status = 0;
    pid_t pid;

    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        dup2(STDERR_FILENO, STDOUT_FILENO); /* stdout is for TAP */
        exit(run_here(test));
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return EXIT_FAILURE;
    if (WIFSIGNALED(status)) {
        fprintf(stderr, "%s: ended by signal %d\n", test->name,
                WTERMSIG(status));
        return EXIT_FAILURE;
    }
    return WEXITSTATUS(status);
}

static int
run_all(void)
{
    const struct test *test;
    int number = 0, failed = 0, result;

    for (test = first_test; test != NULL; test = test->next)
        number++;
    printf("1..%d\n", number);
    number = 0;
    for (test = first_test; test != NULL; test = test->next) {
        result = run_in_child(test);
        failed += result != EXIT_SUCCESS && result != EXIT_SKIPPED;
        printf("%s %d - %s%s\n",
               result == EXIT_SUCCESS || result == EXIT_SKIPPED ? "ok"
                                                                : "not ok",
               ++number, test->name,
               result == EXIT_SKIPPED ? " # SKIP" : "");
        fflush(stdout);
    }
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
    const struct test *test;

    if (argc < 2)
        return run_all();
    for (test = first_test; test != NULL; test = test->next)
        if (strcmp(test->name, argv[1]) == 0)
            return run_here(test);
    fprintf(stderr, "%s: no test %s\n", argv[0], argv[1]);
    return 2;
}
