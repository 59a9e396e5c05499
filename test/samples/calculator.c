/* SPDX-License-Identifier: Apache-2.0 */
/* The calculator's server and its three clients, as a user runs them. */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test/samples/program.h"
#include "test/support/test.h"

static const char *const clients[] = {CLIENT_SYNC, CLIENT_BEGIN_END,
                                      CLIENT_EVENTS};
enum { CLIENTS = 3 };

#define ADD "Add(100,15.99) = 115.99\n"
#define SUBTRACT "Subtract(145,76.54) = 68.46\n"
#define MULTIPLY "Multiply(9,81.25) = 731.25\n"
#define DIVIDE "Divide(22,7) = 3.14285714285714\n"

struct served {
    struct program server;
    char url[128];
};

static void
serve(struct served *served, const char *delay)
{
    program_start(&served->server,
                  ARGS(SERVER, "--port", "0", "--delay", delay));
    program_line(&served->server, served->url, sizeof(served->url));
}

static void
check_has(const char *text, const char *piece)
{
    if (strstr(text, piece) == NULL)
        test_fail(__FILE__, __LINE__, "no \"%s\" in \"%s\"", piece, text);
}

static void
sync_prints_four_results(const char *delay)
{
    struct served served;
    struct output output;

    serve(&served, delay);
    program_run(&output, ARGS(CLIENT_SYNC, served.url));
    CHECK_STR(output.err, "");
    CHECK_STR(output.out, ADD SUBTRACT MULTIPLY DIVIDE);
    CHECK_INT(output.code, ==, 0);
    CHECK_INT(program_end(&served.server, SIGTERM), ==, 0);
}

TEST(sync_client_prints_the_four_results)
{
    sync_prints_four_results("100");
}

TEST(delay_0_answers_at_once)
{
    sync_prints_four_results("0");
}

TEST(begin_end_client_prints_the_four_results_as_they_come)
{
    struct served served;
    struct output output;

    serve(&served, "100");
    program_run(&output, ARGS(CLIENT_BEGIN_END, served.url));
    CHECK_STR(output.err, "");
    check_has(output.out, ADD);
    check_has(output.out, SUBTRACT);
    check_has(output.out, MULTIPLY);
    check_has(output.out, DIVIDE);
    CHECK_INT(strlen(output.out), ==, strlen(ADD SUBTRACT MULTIPLY DIVIDE));
    CHECK_INT(output.code, ==, 0);
    CHECK_INT(program_end(&served.server, SIGTERM), ==, 0);
}

TEST(events_client_calls_synchronously_while_events_are_due)
{
    static const char first[] = MULTIPLY DIVIDE;
    struct served served;
    struct output output;

    serve(&served, "100");
    program_run(&output, ARGS(CLIENT_EVENTS, served.url));
    CHECK_STR(output.err, "");
    CHECK(strncmp(output.out, first, strlen(first)) == 0);
    check_has(output.out, "Add Result: 115.99\n");
    check_has(output.out, "Subtract Result: 68.46\n");
    CHECK_INT(strlen(output.out), ==,
              strlen(first) + strlen("Add Result: 115.99\n"
                                     "Subtract Result: 68.46\n"));
    CHECK_INT(output.code, ==, 0);
    CHECK_INT(program_end(&served.server, SIGTERM), ==, 0);
}

TEST(the_server_says_where_it_listens)
{
    struct served served;
    unsigned port;
    char expected[128];

    serve(&served, "100");
    CHECK_INT(sscanf(served.url, "http://127.0.0.1:%u/", &port), ==, 1);
    snprintf(expected, sizeof(expected),
             "http://127.0.0.1:%u/servicemodelsamples/service", port);
    CHECK_STR(served.url, expected);
    close(tcp_connect((uint16_t)port));
    CHECK_INT(program_end(&served.server, SIGINT), ==, 0);
}

static void
send_request(int fd, const char *operation)
{
    char body[512], head[1024];

    snprintf(
        body, sizeof(body),
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"
        "<s:Body><%s xmlns=\"http://Microsoft.ServiceModel.Samples\">"
        "<n1>3</n1><n2>2</n2></%s></s:Body></s:Envelope>",
        operation, operation);
    snprintf(head, sizeof(head),
             "POST /servicemodelsamples/service HTTP/1.1\r\n"
             "Host: localhost\r\n"
             "Content-Type: text/xml; charset=utf-8\r\n"
             "SOAPAction: \"http://Microsoft.ServiceModel.Samples/ICalculator/"
             "%s\"\r\n"
             "Content-Length: %zu\r\n\r\n%s",
             operation, strlen(body), body);
    CHECK_INT(send(fd, head, strlen(head), MSG_NOSIGNAL), ==, strlen(head));
}

static void
expect_reply(int fd, const char *piece)
{
    char text[2048];
    ssize_t got = recv(fd, text, sizeof(text) - 1, 0);

    CHECK_INT(got, >, 0);
    text[got] = '\0';
    check_has(text, piece);
}

TEST(a_server_that_is_told_to_end_answers_what_it_has_begun)
{
    struct served served;
    unsigned port;
    char rest;
    int slow, fast;

    serve(&served, "500");
    CHECK_INT(sscanf(served.url, "http://127.0.0.1:%u/", &port), ==, 1);
    slow = tcp_connect((uint16_t)port);
    fast = tcp_connect((uint16_t)port);
    send_request(slow, "Add");
    send_request(fast, "Multiply");
    expect_reply(fast, ">6<"); /* the sum was begun before that */
    CHECK_INT(program_end(&served.server, SIGTERM), ==, 0);
    expect_reply(slow, ">5<");
    CHECK_INT(recv(slow, &rest, 1, 0), ==, 0);
    close(slow);
    close(fast);
}

static unsigned
thread_count(const struct program *program)
{
    char path[64];
    struct dirent *entry;
    unsigned count = 0;
    DIR *folder;

    snprintf(path, sizeof(path), "/proc/%ld/task", (long)program->pid);
    folder = opendir(path);
    while (folder != NULL && (entry = readdir(folder)) != NULL)
        count += entry->d_name[0] != '.';
    if (folder != NULL)
        closedir(folder);
    return count;
}

TEST(workers_are_threads_that_share_the_port)
{
    struct served one, four;
    unsigned port;
    int fds[16];
    size_t i;

    serve(&one, "0");
    program_start(&four.server, ARGS(SERVER, "--port", "0", "--delay", "0",
                                     "--workers", "4"));
    program_line(&four.server, four.url, sizeof(four.url));
    if (thread_count(&one.server) > 0) /* there is /proc */
        CHECK_INT(thread_count(&four.server), ==,
                  thread_count(&one.server) + 3);
    CHECK_INT(program_end(&one.server, SIGTERM), ==, 0);
    CHECK_INT(sscanf(four.url, "http://127.0.0.1:%u/", &port), ==, 1);
    for (i = 0; i < 16; i++)
        fds[i] = tcp_connect((uint16_t)port);
    for (i = 0; i < 16; i++)
        send_request(fds[i], "Add");
    for (i = 0; i < 16; i++) {
        expect_reply(fds[i], ">5<");
        close(fds[i]);
    }
    CHECK_INT(program_end(&four.server, SIGTERM), ==, 0);
}

TEST(a_taken_port_is_an_error)
{
    uint16_t port;
    int taken = tcp_listen(&port);
    char text[16];
    struct output output;

    snprintf(text, sizeof(text), "%u", (unsigned)port);
    program_run(&output, ARGS(SERVER, "--port", text));
    CHECK_INT(output.code, ==, 1);
    CHECK_STR(output.out, "");
    check_has(output.err, text);
    close(taken);
}

TEST(every_program_has_help)
{
    struct output output;
    size_t i;

    program_run(&output, ARGS(SERVER, "--help"));
    CHECK_INT(output.code, ==, 0);
    check_has(output.out, "usage: calculator-server");
    for (i = 0; i < CLIENTS; i++) {
        program_run(&output, ARGS(clients[i], "--help"));
        CHECK_INT(output.code, ==, 0);
        check_has(output.out, "usage: calculator-client");
        CHECK_STR(output.err, "");
    }
}

static void
check_refused(const char *const *argv)
{
    struct output output;

    program_run(&output, argv);
    CHECK_INT(output.code, ==, 2);
    CHECK_STR(output.out, "");
    CHECK(output.err[0] != '\0');
}

TEST(every_program_refuses_what_it_does_not_know)
{
    size_t i;

    check_refused(ARGS(SERVER, "--nonsense"));
    check_refused(ARGS(SERVER, "-x"));
    check_refused(ARGS(SERVER, "argument"));
    check_refused(ARGS(SERVER, "--port"));
    check_refused(ARGS(SERVER, "--port", "http"));
    check_refused(ARGS(SERVER, "--port", "65536"));
    check_refused(ARGS(SERVER, "--delay", "-1"));
    check_refused(ARGS(SERVER, "--delay", ""));
    check_refused(ARGS(SERVER, "--workers", "many"));
    check_refused(ARGS(SERVER, "--workers", "100000"));
    for (i = 0; i < CLIENTS; i++) {
        check_refused(ARGS(clients[i], "--nonsense"));
        check_refused(ARGS(clients[i], "http://127.0.0.1:1/", "another"));
        check_refused(ARGS(clients[i], "--timeout"));
        check_refused(ARGS(clients[i], "--timeout", "0"));
        check_refused(ARGS(clients[i], "--timeout", "soon"));
    }
}

/* Each client fails with one line for each call, which has piece. */
static void
check_all_calls_fail(const char *url, const char *timeout, const char *piece)
{
    static const char *const operations[] = {"Add", "Subtract", "Multiply",
                                             "Divide"};
    struct output output;
    size_t i, j;

    for (i = 0; i < CLIENTS; i++) {
        program_run(&output, ARGS(clients[i], "--timeout", timeout, url));
        CHECK_INT(output.code, ==, 1);
        CHECK_STR(output.out, "");
        check_has(output.err, piece);
        for (j = 0; j < 4; j++)
            check_has(output.err, operations[j]);
    }
}

TEST(a_dead_server_fails_every_call)
{
    char url[64], peer[32];

    snprintf(peer, sizeof(peer), "127.0.0.1:%u", (unsigned)tcp_dead_port());
    snprintf(url, sizeof(url), "http://%s/", peer);
    check_all_calls_fail(url, "5000", peer);
}

TEST(a_silent_server_fails_every_call_in_time)
{
    uint16_t port;
    int silent = tcp_listen(&port);
    char url[64], peer[32];

    snprintf(peer, sizeof(peer), "127.0.0.1:%u", (unsigned)port);
    snprintf(url, sizeof(url), "http://%s/", peer);
    check_all_calls_fail(url, "100", peer);
    close(silent);
}

TEST(the_wrong_path_fails_every_call)
{
    struct served served;
    char *path;

    serve(&served, "0");
    path = strstr(served.url, "/servicemodelsamples");
    CHECK(path != NULL);
    strcpy(path, "/nothing");
    check_all_calls_fail(served.url, "5000", "404");
    CHECK_INT(program_end(&served.server, SIGTERM), ==, 0);
}

TEST(what_is_no_url_is_an_error)
{
    struct output output;
    size_t i;

    for (i = 0; i < CLIENTS; i++) {
        program_run(&output, ARGS(clients[i], "ftp://127.0.0.1/"));
        CHECK_INT(output.code, ==, 1);
        CHECK_STR(output.out, "");
        check_has(output.err, "ftp://127.0.0.1/");
    }
}
