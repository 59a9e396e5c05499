/* SPDX-License-Identifier: Apache-2.0 */
/* The embedded server, with clients of every kind. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test/samples/program.h"
#include "test/support/test.h"

struct setup {
    struct program calculator, embedded;
    uint16_t port;
};

static void
start_embedded(struct setup *s, const char *url, const char *timeout)
{
    unsigned port;
    char line[128];

    program_start(&s->embedded,
                  ARGS(EMBEDDED, "--port", "0", "--timeout", timeout, url));
    program_line(&s->embedded, line, sizeof(line));
    CHECK_INT(sscanf(line, "127.0.0.1:%u", &port), ==, 1);
    s->port = (uint16_t)port;
}

static void
start_both(struct setup *s, const char *delay)
{
    char url[128];

    program_start(&s->calculator,
                  ARGS(SERVER, "--port", "0", "--delay", delay));
    program_line(&s->calculator, url, sizeof(url));
    start_embedded(s, url, "30000");
}

static void
end_both(struct setup *s)
{
    CHECK_INT(program_end(&s->embedded, SIGTERM), ==, 0);
    CHECK_INT(program_end(&s->calculator, SIGTERM), ==, 0);
}

static void
send_text(int fd, const char *text)
{
    size_t size = strlen(text);

    CHECK_INT(send(fd, text, size, MSG_NOSIGNAL), ==, size);
}

static void
read_line(int fd, char *line, size_t size)
{
    size_t used = 0;
    char c = '\0';

    while (recv(fd, &c, 1, 0) == 1 && c != '\n') {
        CHECK(used + 1 < size);
        line[used++] = c;
    }
    if (c != '\n')
        test_fail(__FILE__, __LINE__, "the connection ended in a line");
    line[used] = '\0';
}

static void
expect_line(int fd, const char *expected)
{
    char line[512];

    read_line(fd, line, sizeof(line));
    CHECK_STR(line, expected);
}

/* One line that begins with "error: " and has piece. */
static void
expect_error(int fd, const char *piece)
{
    char line[512];

    read_line(fd, line, sizeof(line));
    if (strncmp(line, "error: ", 7) != 0 || strstr(line, piece) == NULL)
        test_fail(__FILE__, __LINE__, "\"%s\" is no error with \"%s\"", line,
                  piece);
}

TEST(lines_are_answered)
{
    struct setup s;
    int fd;

    start_both(&s, "20");
    fd = tcp_connect(s.port);
    send_text(fd, "add 100 15.99\n");
    expect_line(fd, "115.99");
    send_text(fd, "subtract 145.00 76.54\r\n");
    expect_line(fd, "68.46");
    send_text(fd, "multiply 9 81.25\n");
    expect_line(fd, "731.25");
    send_text(fd, "div");
    send_text(fd, "ide 22 7\n");
    expect_line(fd, "3.14285714285714");
    close(fd);
    end_both(&s);
}

TEST(many_lines_of_one_client_are_answered_in_order)
{
    enum { LINES = 500 };
    struct setup s;
    char text[LINES * 32], expected[32];
    size_t used = 0;
    int fd, i;

    /* the sums take longer than the products between them */
    start_both(&s, "20");
    for (i = 0; i < LINES; i++)
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s %d 2\n",
                                 i % 3 == 0 ? "add" : "multiply", i);
    fd = tcp_connect(s.port);
    send_text(fd, text);
    for (i = 0; i < LINES; i++) {
        snprintf(expected, sizeof(expected), "%d", i % 3 == 0 ? i + 2 : i * 2);
        expect_line(fd, expected);
    }
    close(fd);
    end_both(&s);
}

TEST(what_fails_is_answered_with_an_error_and_the_rest_goes_on)
{
    struct setup s;
    char longest[5000];
    int fd;

    start_both(&s, "20");
    memset(longest, 'x', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    fd = tcp_connect(s.port);
    send_text(fd, "divide 1 0\n"
                  "power 2 3\n"
                  "add 1\n"
                  "\n"
                  "add 1 2 3\n");
    send_text(fd, longest);
    expect_error(fd, "the divisor is zero");
    expect_error(fd, "operations");
    expect_error(fd, "form");
    expect_error(fd, "form");
    expect_error(fd, "form");
    expect_error(fd, "long"); /* before it has ended */
    send_text(fd, longest);
    send_text(fd, "\nadd 1 2\n");
    expect_line(fd, "3");
    CHECK_INT(send(fd, "add\0 1 2\n", 9, MSG_NOSIGNAL), ==, 9);
    expect_error(fd, "text");
    close(fd);
    end_both(&s);
}

TEST(clients_do_not_wait_for_each_other)
{
    enum { CLIENTS = 200 };
    struct setup s;
    int fds[CLIENTS];
    char text[64];
    int i;

    start_both(&s, "50");
    for (i = 0; i < CLIENTS; i++) {
        fds[i] = tcp_connect(s.port);
        snprintf(text, sizeof(text), "add %d 1\nsubtract %d 1\n", i, i);
        send_text(fds[i], text);
    }
    for (i = CLIENTS - 1; i >= 0; i--) {
        snprintf(text, sizeof(text), "%d", i + 1);
        expect_line(fds[i], text);
        snprintf(text, sizeof(text), "%d", i - 1);
        expect_line(fds[i], text);
        close(fds[i]);
    }
    end_both(&s);
}

/* A calculator that takes a request and never answers. */
struct silent {
    int listener, connection;
    char url[64];
};

static void
silent_start(struct silent *silent)
{
    uint16_t port;

    silent->listener = tcp_listen(&port);
    snprintf(silent->url, sizeof(silent->url), "http://127.0.0.1:%u/",
             (unsigned)port);
}

static void
silent_take_request(struct silent *silent)
{
    char buffer[4096];

    silent->connection = accept(silent->listener, NULL, NULL);
    CHECK_INT(silent->connection, >=, 0);
    CHECK_INT(recv(silent->connection, buffer, sizeof(buffer), 0), >, 0);
}

/* Waits until the caller has closed its connection. */
static void
silent_wait_closed(struct silent *silent)
{
    char buffer[4096];

    while (recv(silent->connection, buffer, sizeof(buffer), 0) > 0)
        ;
    close(silent->connection);
    close(silent->listener);
}

TEST(a_client_that_leaves_has_its_calls_cancelled)
{
    struct silent silent;
    struct setup s;
    int fd;

    silent_start(&silent);
    start_embedded(&s, silent.url, "3600000");
    fd = tcp_connect(s.port);
    send_text(fd, "add 1 2\n");
    silent_take_request(&silent);
    close(fd);
    silent_wait_closed(&silent);
    CHECK_INT(program_end(&s.embedded, SIGTERM), ==, 0);
}

TEST(the_end_of_the_program_cancels_what_is_on_its_way)
{
    struct silent silent;
    struct setup s;
    int fd;

    silent_start(&silent);
    start_embedded(&s, silent.url, "3600000");
    fd = tcp_connect(s.port);
    send_text(fd, "add 1 2\nmultiply 1 2\n");
    silent_take_request(&silent);
    CHECK_INT(program_end(&s.embedded, SIGINT), ==, 0);
    silent_wait_closed(&silent);
    close(fd);
}

TEST(a_calculator_that_does_not_answer_is_an_error_in_time)
{
    struct silent silent;
    struct setup s;
    int fd;

    silent_start(&silent);
    start_embedded(&s, silent.url, "100");
    fd = tcp_connect(s.port);
    send_text(fd, "add 1 2\n");
    expect_error(fd, "127.0.0.1");
    close(fd);
    close(silent.listener);
    CHECK_INT(program_end(&s.embedded, SIGTERM), ==, 0);
}

TEST(a_calculator_that_is_not_there_is_an_error)
{
    struct setup s;
    char url[64];
    int fd;

    snprintf(url, sizeof(url), "http://127.0.0.1:%u/",
             (unsigned)tcp_dead_port());
    start_embedded(&s, url, "5000");
    fd = tcp_connect(s.port);
    send_text(fd, "add 1 2\n");
    expect_error(fd, "connect");
    close(fd);
    CHECK_INT(program_end(&s.embedded, SIGTERM), ==, 0);
}

/* Reads nothing: the program must stop reading from this client, and go on
 * with the others. */
TEST(a_client_that_does_not_read_is_not_read_from)
{
    struct setup s;
    ssize_t sent;
    size_t total = 0;
    int greedy, other;

    start_both(&s, "0");
    greedy = tcp_connect(s.port);
    do {
        sent = send(greedy, "multiply 2 3\n", 13, MSG_DONTWAIT | MSG_NOSIGNAL);
        total += sent > 0 ? (size_t)sent : 0;
    } while (sent > 0 && total < ((size_t)64 << 20));
    CHECK_INT(sent, <, 0); /* the kernel's buffers are full */
    other = tcp_connect(s.port);
    send_text(other, "add 1 2\n");
    expect_line(other, "3");
    close(other);
    close(greedy);
    end_both(&s);
}

TEST(options)
{
    struct output output;

    program_run(&output, ARGS(EMBEDDED, "--help"));
    CHECK_INT(output.code, ==, 0);
    CHECK(strstr(output.out, "usage: embedded-server") != NULL);
    program_run(&output, ARGS(EMBEDDED));
    CHECK_INT(output.code, ==, 2);
    program_run(&output, ARGS(EMBEDDED, "--nonsense", "http://127.0.0.1/"));
    CHECK_INT(output.code, ==, 2);
    program_run(&output, ARGS(EMBEDDED, "--port", "-1", "http://127.0.0.1/"));
    CHECK_INT(output.code, ==, 2);
    program_run(&output, ARGS(EMBEDDED, "no URL"));
    CHECK_INT(output.code, ==, 1);
    CHECK(strstr(output.err, "no URL") != NULL);
}
