/* SPDX-License-Identifier: Apache-2.0 */
/* Listeners: both families, Unix sockets, pausing, running out of things. */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <uv.h>

#include "test/net/peer.h"
#include "test/support/test.h"

static void
refuse_all(void *data, struct sbn__stream *stream)
{
    sbn__stream_close(stream);
}

static sbn_status
try_listen(sbn_runtime *rt, const char *host, uint16_t port,
           struct sbn__listener **ret_listener, const char **reterr_text)
{
    struct sbn__listener_options options = {.backlog = 16,
                                            .on_accept = refuse_all};

    return sbn__listener_open(rt, host, port, &options, ret_listener,
                              reterr_text);
}

/* ---- Addresses ----------------------------------------------------------- */

TEST(an_address_in_use_says_so)
{
    struct sbn__listener *second = NULL;
    const char *text = NULL;
    struct echo echo;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "127.0.0.1");
    CHECK_STATUS(try_listen(rt, "127.0.0.1", echo.port, &second, &text),
                 SBN_ELISTEN);
    CHECK(second == NULL);
    CHECK_STR(text, "address already in use: end the program that listens "
                    "there, or take another port");
    CHECK_STATUS(try_listen(rt, "192.0.2.1", 0, &second, &text), SBN_ELISTEN);
    sbn__listener_close(echo.listener);
    sbn_runtime_free(rt);
}

TEST(a_name_of_this_machine_can_be_listened_on)
{
    struct echo echo;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "localhost");
    CHECK_INT(echo.port, !=, 0);
    sbn__listener_close(echo.listener);
    sbn_runtime_free(rt);
}

TEST(both_families_can_have_the_same_port)
{
    struct sbn__listener *v6;
    const char *text = "";
    struct echo echo;
    sbn_runtime *rt;
    sbn_status st;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "0.0.0.0");
    st = try_listen(rt, "::", echo.port, &v6, &text);
    if (st != SBN_OK && strcmp(text, uv_strerror(UV_EAFNOSUPPORT)) == 0)
        test_skip("no IPv6 here");
    CHECK_OK(st);
    CHECK_INT(sbn__listener_port(v6), ==, echo.port);
    sbn__listener_close(v6);
    sbn__listener_close(echo.listener);
    sbn_runtime_free(rt);
}

/* ---- Unix sockets -------------------------------------------------------- */

TEST(a_socket_nobody_listens_on_is_replaced)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct echo echo;
    sbn_runtime *rt;

    strcpy(address.sun_path, socket_path());
    CHECK_INT(bind(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
    close(fd); /* the file stays */
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, socket_path());
    sbn__listener_close(echo.listener);
    sbn_runtime_free(rt);
    CHECK_INT(access(socket_path(), F_OK), !=, 0);
}

TEST(a_socket_in_use_is_left_alone)
{
    struct side side = {.stream = NULL};
    struct sbn__listener *second;
    const char *text = "";
    struct echo echo;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, socket_path());
    CHECK_STATUS(try_listen(rt, socket_path(), 0, &second, &text), SBN_ELISTEN);
    CHECK_OK(sbn_runtime_dispatch(rt));
    side_connect(rt, &side, socket_path(), 0);
    run_until(rt, &side.connected);
    sbn__stream_close(side.stream);
    sbn__listener_close(echo.listener);
    sbn_runtime_free(rt);
}

TEST(a_file_that_is_no_socket_is_left_alone)
{
    FILE *file = fopen(socket_path(), "w");
    struct sbn__listener *listener;
    const char *text = "";
    sbn_runtime *rt;

    fclose(file);
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_STATUS(try_listen(rt, socket_path(), 0, &listener, &text),
                 SBN_ELISTEN);
    sbn_runtime_free(rt);
    CHECK_INT(unlink(socket_path()), ==, 0);
}

/* ---- Pausing ------------------------------------------------------------- */

TEST(a_paused_listener_accepts_when_it_is_resumed)
{
    enum { COUNT = 5 };
    struct side sides[COUNT];
    struct echo echo;
    sbn_runtime *rt;
    int i;

    memset(sides, 0, sizeof(sides));
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "127.0.0.1");
    sbn__listener_pause(echo.listener, true);
    for (i = 0; i < COUNT; i++)
        side_connect(rt, &sides[i], "127.0.0.1", echo.port);
    for (i = 0; i < COUNT; i++)
        run_until(rt, &sides[i].connected); /* the backlog has them */
    CHECK_INT(echo.accepted, ==, 0);
    sbn__listener_pause(echo.listener, false);
    CHECK_INT(echo.accepted, ==, 0); /* not on our stack */
    run_until_int(rt, &echo.accepted, COUNT);
    for (i = 0; i < COUNT; i++)
        sbn__stream_finish(sides[i].stream, 5000);
    sbn__listener_close(echo.listener);
    CHECK_OK(sbn_runtime_run(rt));
    sbn_runtime_free(rt);
}

static void
close_listener(void *data)
{
    sbn__listener_close(data);
}

TEST(a_paused_listener_keeps_run_going)
{
    struct echo echo;
    sbn_timer timer = {0};
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "127.0.0.1");
    sbn__listener_pause(echo.listener, true);
    CHECK_OK(sbn_timer_start(rt, &timer, 10, close_listener, echo.listener));
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_INT(timer.index, ==, 0); /* it ended by the timer */
    sbn_runtime_free(rt);
}

TEST(a_paused_listener_can_be_closed)
{
    struct side side = {.stream = NULL};
    struct echo echo;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "127.0.0.1");
    sbn__listener_pause(echo.listener, true);
    side_connect(rt, &side, "127.0.0.1", echo.port);
    run_until(rt, &side.connected);
    sbn__listener_pause(echo.listener, false);
    sbn__listener_close(echo.listener);
    run_until(rt, &side.ended);
    CHECK_INT(echo.accepted, ==, 0);
    sbn__stream_close(side.stream);
    sbn_runtime_free(rt);
}

struct gate {
    struct sbn__listener *listener;
    struct sbn__stream *stream;
    int accepted;
};

static void
pause_at_once(void *data, struct sbn__stream *stream)
{
    struct gate *gate = data;

    gate->accepted++;
    gate->stream = stream;
    sbn__listener_pause(gate->listener, true);
}

/* As a server at its maximum of connections does. */
TEST(pausing_in_on_accept_lets_in_one_at_a_time)
{
    struct gate gate = {.accepted = 0};
    struct sbn__listener_options options = {
        .backlog = 16, .on_accept = pause_at_once, .data = &gate};
    struct side sides[3];
    const char *text;
    sbn_runtime *rt;
    int i;

    memset(sides, 0, sizeof(sides));
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_OK(sbn__listener_open(rt, "127.0.0.1", 0, &options, &gate.listener,
                                &text));
    for (i = 0; i < 3; i++)
        side_connect(rt, &sides[i], "127.0.0.1",
                     sbn__listener_port(gate.listener));
    for (i = 0; i < 3; i++)
        run_until(rt, &sides[i].connected);
    for (i = 1; i <= 3; i++) {
        run_until_int(rt, &gate.accepted, i);
        CHECK_INT(gate.accepted, ==, i);
        sbn__stream_close(gate.stream);
        sbn__listener_pause(gate.listener, false);
    }
    for (i = 0; i < 3; i++)
        sbn__stream_close(sides[i].stream);
    sbn__listener_close(gate.listener);
    sbn_runtime_free(rt);
}

/* ---- A foreign loop ------------------------------------------------------ */

/* All that a connection needs must show in the descriptor or the time-out. */
TEST(a_foreign_loop_drives_streams)
{
    struct pollfd fd = {.events = POLLIN};
    struct side side = {.stream = NULL};
    struct echo echo;
    sbn_runtime *rt;
    int turns = 0, timeout;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    fd.fd = sbn_runtime_fd(rt);
    echo_open(rt, &echo, "127.0.0.1");
    side_connect(rt, &side, "127.0.0.1", echo.port);
    for (; side.received < 5; turns++) {
        if (side.connected && side.received == 0 && side.drains == 0) {
            CHECK_OK(sbn__stream_write(side.stream, "hello", 5));
            side.drains = 1; /* written */
        }
        timeout = sbn_runtime_timeout(rt);
        CHECK_INT(poll(&fd, 1, timeout < 0 ? 20000 : timeout), >=, 0);
        CHECK_OK(sbn_runtime_dispatch(rt));
    }
    CHECK_INT(turns, <, 50);
    sbn__stream_close(side.stream);
    sbn__listener_close(echo.listener);
    sbn_runtime_free(rt);
}

/* ---- Running out of things ----------------------------------------------- */

static int
plain_connect(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK_INT(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
    return fd;
}

/* No descriptor can be opened, however many are closed. */
static rlim_t
allow_files(rlim_t count)
{
    struct rlimit limit;
    rlim_t before;

    CHECK_INT(getrlimit(RLIMIT_NOFILE, &limit), ==, 0);
    before = limit.rlim_cur;
    limit.rlim_cur = count;
    CHECK_INT(setrlimit(RLIMIT_NOFILE, &limit), ==, 0);
    return before;
}

/* Turns the loop until the timer fires; it must sleep, not spin. */
static void
turn_for(sbn_runtime *rt, uint32_t ms)
{
    sbn_timer timer = {0};
    bool fired = false;
    int turns = 0;

    CHECK_OK(sbn_timer_start(rt, &timer, ms, set_true, &fired));
    while (!fired) {
        sbn__runtime_turn(rt);
        turns++;
    }
    CHECK_INT(turns, <, 50);
}

TEST(without_descriptors_connections_wait)
{
    struct echo echo;
    sbn_runtime *rt;
    rlim_t before;
    int fd;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "127.0.0.1");
    CHECK_OK(sbn_runtime_dispatch(rt));
    fd = plain_connect(echo.port);
    before = allow_files(4);
    turn_for(rt, 100);
    CHECK_INT(echo.accepted, ==, 0);
    allow_files(before);
    run_until_int(rt, &echo.accepted, 1);
    close(fd);
    sbn__listener_close(echo.listener);
    CHECK_OK(sbn_runtime_run(rt));
    sbn_runtime_free(rt);
}

TEST(without_memory_connections_wait)
{
    struct test_memory memory;
    sbn_runtime_options options = {.allocator = &memory.allocator};
    sbn_timer timer = {0};
    struct echo echo;
    sbn_runtime *rt;
    int fd;

    test_memory_init(&memory);
    CHECK_OK(sbn_runtime_new(&options, &rt));
    echo_open(rt, &echo, "127.0.0.1");
    CHECK_OK(sbn_timer_start(rt, &timer, 0, set_true, &(bool){false}));
    CHECK_OK(sbn_runtime_dispatch(rt)); /* the heap has its room */
    fd = plain_connect(echo.port);
    memory.fail_at = memory.count + 1;
    memory.fail_all = true;
    turn_for(rt, 100);
    CHECK_INT(echo.accepted, ==, 0);
    memory.fail_at = 0;
    run_until_int(rt, &echo.accepted, 1);
    close(fd);
    sbn__listener_close(echo.listener);
    CHECK_OK(sbn_runtime_run(rt));
    sbn_runtime_free(rt);
    CHECK_INT(memory.live, ==, 0);
}

static void
serve_one(struct test_memory *memory, void *data)
{
    sbn_runtime_options options = {.allocator = &memory->allocator};
    struct sbn__listener_options listen = {.backlog = 4,
                                           .on_accept = refuse_all};
    struct sbn__listener *listener;
    const char *text = NULL;
    struct pollfd poll_fd;
    sbn_runtime *rt;
    sbn_status st;
    int fd;

    if (sbn_runtime_new(&options, &rt) != SBN_OK)
        return;
    st = sbn__listener_open(rt, "127.0.0.1", 0, &listen, &listener, &text);
    if (st != SBN_OK) {
        CHECK_STATUS(st, SBN_ENOMEM);
        CHECK(text != NULL);
        sbn_runtime_free(rt);
        return;
    }
    fd = plain_connect(sbn__listener_port(listener));
    poll_fd = (struct pollfd){.fd = fd, .events = POLLIN};
    while (poll(&poll_fd, 1, 0) == 0) { /* until it is ended */
        if (memory->failed)
            memory->fail_at = 0; /* there is some again */
        sbn__runtime_turn(rt);
    }
    close(fd);
    sbn__listener_close(listener);
    sbn_runtime_free(rt);
}

TEST(a_listener_survives_each_failing_allocation)
{
    CHECK_INT(test_each_allocation(serve_one, NULL), >=, 5);
}
