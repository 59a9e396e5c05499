/* SPDX-License-Identifier: Apache-2.0 */
/* A program in another library's loop, GUI, as a user runs it. */
#include <signal.h>
#include <stdio.h>

#include "test/samples/program.h"
#include "test/support/test.h"

static void
check_has(const char *text, const char *piece)
{
    if (strstr(text, piece) == NULL)
        test_fail(__FILE__, __LINE__, "no \"%s\" in \"%s\"", piece, text);
}

TEST(the_loop_goes_on_while_calls_are_on_their_way)
{
    struct program server;
    struct output output;
    const char *end;
    char url[128];
    unsigned ticks = 0;

    program_start(&server, ARGS(SERVER, "--port", "0", "--delay", "300"));
    program_line(&server, url, sizeof(url));
    program_run(&output, ARGS(GUI, url));
    CHECK_STR(output.err, "");
    check_has(output.out, "Add Result: 115.99\n");
    check_has(output.out, "Subtract Result: 68.46\n");
    check_has(output.out, "Multiply Result: 731.25\n");
    check_has(output.out, "Divide Result: 3.14285714285714\n");
    end = strstr(output.out, "\nAdd: cancelled\n");
    CHECK(end != NULL);
    CHECK_INT(sscanf(end, " Add: cancelled %u ticks meanwhile", &ticks), ==, 1);
    /* A timer of 10 ms: 30, or a third of that on a busy machine. */
    CHECK_INT(ticks, >=, 10);
    CHECK_INT(output.code, ==, 0);
    CHECK_INT(program_end(&server, SIGTERM), ==, 0);
}

TEST(errors_come_as_events)
{
    struct output output;
    char url[64];

    snprintf(url, sizeof(url), "http://127.0.0.1:%u/",
             (unsigned)tcp_dead_port());
    program_run(&output, ARGS(GUI, url));
    CHECK_INT(output.code, ==, 1);
    check_has(output.err, "Add: connect 127.0.0.1");
    check_has(output.err, "Divide: connect 127.0.0.1");
}

TEST(what_is_no_url_is_told)
{
    struct output output;

    program_run(&output, ARGS(GUI, "no URL"));
    CHECK_INT(output.code, ==, 1);
    check_has(output.err, "gui-");
    program_run(&output, ARGS(GUI, "--nonsense"));
    CHECK_INT(output.code, ==, 2);
    check_has(output.err, "usage: gui-");
}
