/* SPDX-License-Identifier: Apache-2.0 */
/* Many streams at once, all that can be pending when a runtime closes, and no
 * memory. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "test/net/peer.h"
#include "test/support/test.h"

/* ---- Many ---------------------------------------------------------------- */

TEST(two_thousand_connections_at_once)
{
    enum { COUNT = 2000 };
    struct rlimit limit;
    struct side *sides = calloc(COUNT, sizeof(*sides));
    struct echo echo;
    sbn_runtime *rt;
    int i;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < COUNT * 2 + 64) {
        free(sides);
        test_skip("too few descriptors allowed");
    }
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "127.0.0.1");
    for (i = 0; i < COUNT; i++)
        side_connect(rt, &sides[i], "127.0.0.1", echo.port);
    for (i = 0; i < COUNT; i++) {
        run_until(rt, &sides[i].connected);
        CHECK_OK(sbn__stream_write(sides[i].stream, "hello", 5));
    }
    for (i = 0; i < COUNT; i++)
        run_until_size(rt, &sides[i].received, 5);
    CHECK_INT(echo.accepted, ==, COUNT);
    for (i = 0; i < COUNT; i++)
        sbn__stream_finish(sides[i].stream, 5000);
    sbn__listener_close(echo.listener);
    CHECK_OK(sbn_runtime_run(rt));
    sbn_runtime_free(rt);
    free(sides);
}

/* More connections to a Unix socket than its backlog holds: connect(2) gives
 * EAGAIN, which is not a failure. */
TEST(a_full_unix_backlog_is_waited_for)
{
    enum { COUNT = 100 };
    static struct side sides[COUNT];
    struct echo echo;
    sbn_runtime *rt;
    int i;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open_backlog(rt, &echo, socket_path(), 1);
    for (i = 0; i < COUNT; i++)
        side_connect(rt, &sides[i], socket_path(), 0);
    for (i = 0; i < COUNT; i++) {
        while (!sides[i].connected && !sides[i].ended)
            sbn__runtime_turn(rt);
        CHECK_STR(sides[i].text, "");
    }
    for (i = 0; i < COUNT; i++)
        sbn__stream_finish(sides[i].stream, 5000);
    sbn__listener_close(echo.listener);
    CHECK_OK(sbn_runtime_run(rt));
    sbn_runtime_free(rt);
}

/* ---- Many that are ready at once -----------------------------------------
 */

enum { CROWD = 1500 };

struct crowd {
    struct sbn__deferred deferred;
    int connected, reads, turns;
};

static void
crowd_connect(void *data)
{
    struct crowd *crowd = data;

    crowd->connected++;
}

static void
crowd_read(void *data, const char *bytes, size_t size)
{
    struct crowd *crowd = data;

    crowd->reads++;
    wait_ms(1);
}

static void
crowd_turn(struct sbn__deferred *deferred)
{
    struct crowd *crowd = sbn__container(deferred, struct crowd, deferred);

    crowd->turns++;
}

/* libuv takes 1024 events from the kernel at once, and asks again when it got
 * as many, 48 times a turn.  What such a turn costs is not to be spent on a
 * single millisecond of reading: each of these sockets takes one, and a turn
 * reads several of them. */
TEST(a_crowd_of_ready_sockets_is_read_in_few_turns)
{
    static const struct sbn__stream_events events = {
        .on_connect = crowd_connect, .on_read = crowd_read};
    enum { ENOUGH = 200 };
    struct sbn__stream **streams = calloc(CROWD, sizeof(*streams));
    int *ends = calloc(CROWD, sizeof(*ends)), i;
    struct crowd crowd = {.connected = 0};
    struct listening listening;
    struct rlimit limit;
    sbn_runtime *rt;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < CROWD * 2 + 64) {
        free(streams);
        free(ends);
        test_skip("too few descriptors allowed");
    }
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    listening_open(&listening);
    for (i = 0; i < CROWD; i++) {
        CHECK_OK(sbn__stream_connect(rt, "127.0.0.1", listening.port, 5000,
                                     &events, &crowd, &streams[i]));
        run_until_int(rt, &crowd.connected, i + 1);
        ends[i] = accept(listening.fd, NULL, NULL);
        CHECK_INT(write(ends[i], "x", 1), ==, 1);
    }
    for (i = 0; i < CROWD; i++)
        sbn__stream_read_start(streams[i]);
    while (crowd.reads < ENOUGH) {
        sbn__defer(rt, &crowd.deferred, crowd_turn);
        sbn__runtime_turn(rt);
    }
    printf("# %d sockets in %d turns\n", crowd.reads, crowd.turns);
    CHECK_INT(crowd.turns, <, ENOUGH / 8);
    CHECK_INT(crowd.turns, >, 1);
    for (i = 0; i < CROWD; i++) {
        sbn__stream_close(streams[i]);
        close(ends[i]);
    }
    listening_close(&listening);
    sbn_runtime_free(rt);
    free(streams);
    free(ends);
}

/* ---- Closing with everything pending ------------------------------------- */

struct all {
    struct sbn__closer closer;
    struct side connecting, resolving, writing;
    struct echo echo;
};

static void
close_all(struct sbn__closer *closer)
{
    struct all *all = sbn__container(closer, struct all, closer);

    sbn__stream_close(all->connecting.stream);
    sbn__stream_close(all->resolving.stream);
    sbn__stream_close(all->writing.stream);
    sbn__listener_close(all->echo.listener);
}

static void
start_all(sbn_runtime *rt, struct all *all, const struct listening *listening)
{
    static char bytes[4 * 1024 * 1024];

    memset(all, 0, sizeof(*all));
    sbn__runtime_add_closer(rt, &all->closer, close_all);
    echo_open(rt, &all->echo, "127.0.0.1");
    side_connect(rt, &all->writing, "127.0.0.1", listening->port);
    run_until(rt, &all->writing.connected);
    CHECK_OK(sbn__stream_write(all->writing.stream, bytes, sizeof(bytes)));
    CHECK_OK(sbn__stream_write(all->writing.stream, bytes, sizeof(bytes)));
    side_connect(rt, &all->connecting, "127.0.0.1", listening->port);
    side_connect(rt, &all->resolving, "localhost", listening->port);
    run_until_int(rt, &all->resolving.stages, 1);
}

TEST(closing_with_everything_pending_leaks_nothing)
{
    struct listening listening;
    struct all all;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    listening_open(&listening);
    start_all(rt, &all, &listening);
    sbn_runtime_free(rt);
    CHECK_INT(all.writing.ends + all.connecting.ends + all.resolving.ends, ==,
              0);
    listening_close(&listening);
}

TEST(the_same_on_a_given_loop)
{
    uv_loop_t loop;
    sbn_runtime_options options = {.loop = &loop};
    struct listening listening;
    bool closed = false;
    struct all all;
    sbn_runtime *rt;

    CHECK_INT(uv_loop_init(&loop), ==, 0);
    CHECK_OK(sbn_runtime_new(&options, &rt));
    listening_open(&listening);
    start_all(rt, &all, &listening);
    sbn_runtime_close(rt, set_true, &closed);
    CHECK(!closed);
    uv_run(&loop, UV_RUN_DEFAULT);
    CHECK(closed);
    CHECK_INT(uv_loop_close(&loop), ==, 0);
    listening_close(&listening);
}

TEST(close_before_the_first_event_tells_nothing)
{
    struct side side = {.stream = NULL};
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    side_connect(rt, &side, "127.0.0.1", 9);
    sbn__stream_close(side.stream);
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_INT(side.stages + side.ends, ==, 0);
    sbn_runtime_free(rt);
}

/* ---- No memory ----------------------------------------------------------- */

/* The client's runtime is short of memory, the server's is not. */
static void
connect_write_read(struct test_memory *memory, void *data)
{
    static char bytes[3 * 1024 * 1024];
    sbn_runtime_options options = {.allocator = &memory->allocator};
    struct side side = {.stream = NULL};
    sbn_runtime *server = data;
    struct echo echo;
    sbn_runtime *rt;

    if (sbn_runtime_new(&options, &rt) != SBN_OK)
        return;
    echo_open(server, &echo, "127.0.0.1");
    if (sbn__stream_connect(rt, "127.0.0.1", echo.port, 5000, &side_events,
                            &side, &side.stream) != SBN_OK)
        goto out;
    while (!side.connected && !side.ended)
        uv_run(sbn_runtime_loop(rt), UV_RUN_NOWAIT);
    if (!side.ended &&
        sbn__stream_write(side.stream, bytes, sizeof(bytes)) == SBN_OK) {
        while (!side.ended && side.received < sizeof(bytes)) {
            uv_run(sbn_runtime_loop(rt), UV_RUN_NOWAIT);
            uv_run(sbn_runtime_loop(server), UV_RUN_NOWAIT);
        }
    }
    if (side.ended)
        CHECK_STATUS(side.status, SBN_ENOMEM);
    if (!memory->failed)
        CHECK_INT(side.received, ==, sizeof(bytes));
out:
    sbn__stream_close(side.stream);
    sbn_runtime_free(rt);
    sbn__listener_close(echo.listener);
    CHECK_OK(sbn_runtime_run(server));
}

TEST(an_echo_survives_each_failing_allocation)
{
    sbn_runtime *server;

    CHECK_OK(sbn_runtime_new(NULL, &server));
    CHECK_INT(test_each_allocation(connect_write_read, server), >=, 5);
    sbn_runtime_free(server);
}
