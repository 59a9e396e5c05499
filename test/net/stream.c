/* SPDX-License-Identifier: Apache-2.0 */
/* Streams: connecting, echo, back-pressure, every way to end. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "test/net/peer.h"
#include "test/support/test.h"

/* The path of a Unix socket that is this test's own. */
static const char *
socket_path(void)
{
    static char path[64];

    snprintf(path, sizeof(path), "/tmp/sebon-test-net-%d", (int)getpid());
    return path;
}

/* ---- Echo ---------------------------------------------------------------- */

static void
echo_once(const char *listen_host, const char *host, bool unix_socket)
{
    struct side side = {.stream = NULL};
    struct echo echo;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, listen_host);
    side_connect(rt, &side, host, unix_socket ? 0 : echo.port);
    run_until(rt, &side.connected);
    CHECK_INT(side.stage, ==, SBN_STAGE_CONNECT);
    CHECK_OK(sbn__stream_write(side.stream, "hello", 5));
    CHECK_INT(sbn__stream_unsent(side.stream), ==, 0);
    sbn__stream_quickack(side.stream);
    run_until_size(rt, &side.received, 5);
    CHECK_STR(side.bytes, "hello");
    CHECK_INT(side.drains, ==, 0);
    sbn__stream_finish(side.stream, 5000);
    sbn__listener_close(echo.listener);
    CHECK_OK(sbn_runtime_run(rt)); /* both ends let go */
    sbn_runtime_free(rt);
}

TEST(echo_over_ipv4)
{
    echo_once("127.0.0.1", "127.0.0.1", false);
}

static bool
have_ipv6(void)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                   .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    bool have =
        fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0;

    if (fd >= 0)
        close(fd);
    return have;
}

TEST(echo_over_ipv6)
{
    if (!have_ipv6())
        test_skip("no IPv6 here");
    echo_once("::1", "::1", false);
}

TEST(echo_over_a_unix_socket)
{
    echo_once(socket_path(), socket_path(), true);
    CHECK_INT(access(socket_path(), F_OK), !=, 0);
}

TEST(a_name_is_resolved)
{
    struct side side = {.stream = NULL};
    struct echo echo;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "127.0.0.1");
    side_connect(rt, &side, "localhost", echo.port);
    run_until_int(rt, &side.stages, 1);
    CHECK_INT(side.stage, ==, SBN_STAGE_RESOLVE);
    run_until(rt, &side.connected);
    CHECK_INT(side.stage, ==, SBN_STAGE_CONNECT);
    CHECK_INT(strncmp(sbn__stream_peer(side.stream), "127.0.0.1:", 10), ==, 0);
    sbn_runtime_close(rt, NULL, NULL);
    sbn__stream_close(side.stream);
    sbn__listener_close(echo.listener);
    sbn_runtime_free(rt);
}

TEST(peers_have_names)
{
    struct side side = {.stream = NULL};
    struct echo echo;
    sbn_runtime *rt;
    char want[32];

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "127.0.0.1");
    side_connect(rt, &side, "127.0.0.1", echo.port);
    run_until(rt, &side.connected);
    snprintf(want, sizeof(want), "127.0.0.1:%u", echo.port);
    CHECK_STR(side.peer, want);
    CHECK_STR(sbn__stream_peer(side.stream), want);
    sbn__stream_close(side.stream);
    sbn__listener_close(echo.listener);
    sbn_runtime_free(rt);
}

/* ---- Failures to connect ------------------------------------------------- */

static void
connect_and_fail(const char *host, uint16_t port, uint32_t timeout,
                 struct side *side)
{
    sbn_runtime *rt;

    memset(side, 0, sizeof(*side));
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_OK(sbn__stream_connect(rt, host, port, timeout, &side_events, side,
                                 &side->stream));
    run_until(rt, &side->ended);
    CHECK(!side->connected);
    CHECK_STATUS(sbn__stream_write(side->stream, "x", 1), SBN_EIO);
    sbn__stream_close(side->stream);
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_INT(side->ends, ==, 1);
    sbn_runtime_free(rt);
}

TEST(a_refused_connection_says_so)
{
    struct listening listening;
    struct side side;

    listening_open(&listening); /* a port that is nobody's afterwards */
    listening_close(&listening);
    connect_and_fail("127.0.0.1", listening.port, 5000, &side);
    CHECK_STATUS(side.status, SBN_ECONNECT);
    CHECK_INT(side.native, ==, UV_ECONNREFUSED);
    CHECK_STR(side.text, uv_strerror(UV_ECONNREFUSED));
}

TEST(a_missing_unix_socket_says_so)
{
    struct side side;

    connect_and_fail("/nonexistent/socket", 0, 5000, &side);
    CHECK_STATUS(side.status, SBN_ECONNECT);
    CHECK_INT(side.native, ==, UV_ENOENT);
    CHECK_STR(side.peer, "/nonexistent/socket");
}

TEST(a_path_too_long_for_a_unix_socket_fails)
{
    struct side side;
    char path[300];

    memset(path, '/', sizeof(path));
    path[sizeof(path) - 1] = '\0';
    connect_and_fail(path, 0, 5000, &side);
    CHECK_STATUS(side.status, SBN_ECONNECT);
    CHECK_INT(side.native, ==, UV_ENAMETOOLONG);
}

/* RFC 6761, 6.4: "invalid" has no addresses. */
TEST(an_unknown_name_says_so)
{
    struct side side;

    test_set_timeout(120); /* of a resolver that has no network */
    connect_and_fail("no-such-host.invalid", 80, 5000, &side);
    CHECK_STATUS(side.status, SBN_ERESOLVE);
    CHECK_INT(side.stage, ==, SBN_STAGE_RESOLVE);
    CHECK_STR(side.peer, "no-such-host.invalid:80");
    CHECK_INT(side.native, !=, 0);
}

/* A full backlog drops the handshake's packets. */
TEST(a_peer_that_does_not_answer_times_out)
{
    enum { FILLERS = 4 };
    struct side fillers[FILLERS], side = {.stream = NULL};
    struct listening listening;
    sbn_runtime *rt;
    uint64_t before;
    int i;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    listening_open(&listening);
    memset(fillers, 0, sizeof(fillers));
    for (i = 0; i < FILLERS; i++)
        side_connect(rt, &fillers[i], "127.0.0.1", listening.port);
    run_until(rt, &fillers[0].connected);
    before = sbn__runtime_now(rt);
    CHECK_OK(sbn__stream_connect(rt, "127.0.0.1", listening.port, 100,
                                 &side_events, &side, &side.stream));
    run_until(rt, &side.ended);
    CHECK_INT(sbn__runtime_now(rt) - before, >=, 100);
    CHECK_STATUS(side.status, SBN_ECONNECT);
    CHECK_INT(side.native, ==, UV_ETIMEDOUT);
    for (i = 0; i < FILLERS; i++)
        sbn__stream_close(fillers[i].stream);
    sbn__stream_close(side.stream);
    sbn_runtime_free(rt);
    listening_close(&listening);
}

/* ---- An established connection ------------------------------------------- */

struct pair {
    sbn_runtime *rt;
    struct side side;
    int peer; /* a plain socket */
};

static void
pair_open(struct pair *pair, sbn_runtime_options *options)
{
    struct listening listening;

    memset(pair, 0, sizeof(*pair));
    CHECK_OK(sbn_runtime_new(options, &pair->rt));
    listening_open(&listening);
    side_connect(pair->rt, &pair->side, "127.0.0.1", listening.port);
    run_until(pair->rt, &pair->side.connected);
    pair->peer = accept(listening.fd, NULL, NULL);
    CHECK_INT(pair->peer, >=, 0);
    listening_close(&listening);
}

static void
pair_close(struct pair *pair)
{
    sbn__stream_close(pair->side.stream);
    sbn_runtime_free(pair->rt);
    if (pair->peer >= 0)
        close(pair->peer);
}

static void
peer_reset(struct pair *pair)
{
    struct linger linger = {.l_onoff = 1, .l_linger = 0};

    setsockopt(pair->peer, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
    close(pair->peer);
    pair->peer = -1;
}

TEST(a_reset_is_a_lost_connection)
{
    struct pair pair;

    pair_open(&pair, NULL);
    peer_reset(&pair);
    run_until(pair.rt, &pair.side.ended);
    CHECK_STATUS(pair.side.status, SBN_EIO);
    CHECK_INT(pair.side.native, ==, UV_ECONNRESET);
    CHECK_STATUS(sbn__stream_write(pair.side.stream, "x", 1), SBN_EIO);
    CHECK_OK(sbn_runtime_run(pair.rt));
    CHECK_INT(pair.side.ends, ==, 1);
    pair_close(&pair);
}

TEST(writing_to_a_broken_stream_tells_later)
{
    struct pair pair;
    sbn_status st;

    pair_open(&pair, NULL);
    sbn__stream_read_stop(pair.side.stream);
    peer_reset(&pair);
    do
        st = sbn__stream_write(pair.side.stream, "x", 1);
    while (st == SBN_OK);
    CHECK_STATUS(st, SBN_EIO);
    CHECK(!pair.side.ended); /* not on our stack */
    run_until(pair.rt, &pair.side.ended);
    CHECK_STATUS(pair.side.status, SBN_EIO);
    pair_close(&pair);
}

TEST(after_the_peers_end_writing_still_works)
{
    struct pair pair;
    char got[8] = "";

    pair_open(&pair, NULL);
    CHECK_INT(write(pair.peer, "bye", 3), ==, 3);
    shutdown(pair.peer, SHUT_WR);
    run_until(pair.rt, &pair.side.ended);
    CHECK_STATUS(pair.side.status, SBN_OK);
    CHECK_STR(pair.side.bytes, "bye");
    CHECK_OK(sbn__stream_write(pair.side.stream, "answer", 6));
    CHECK_INT(read(pair.peer, got, sizeof(got)), ==, 6);
    pair_close(&pair);
}

/* The peer answers early and closes; the answer is read although writing on
 * fails. */
TEST(an_early_answer_is_read_before_the_end_is_told)
{
    struct pair pair;
    sbn_status st;

    pair_open(&pair, NULL);
    CHECK_INT(write(pair.peer, "no", 2), ==, 2);
    close(pair.peer);
    pair.peer = -1;
    do
        st = sbn__stream_write(pair.side.stream, "x", 1);
    while (st == SBN_OK);
    run_until(pair.rt, &pair.side.ended);
    CHECK_STATUS(pair.side.status, SBN_EIO);
    CHECK_STR(pair.side.bytes, "no");
    pair_close(&pair);
}

TEST(a_peer_that_does_not_read_makes_pressure)
{
    enum { SIZE = 10 * 1024 * 1024 };
    struct pair pair;
    char *bytes = calloc(1, SIZE), *got = malloc(65536);
    size_t read_size = 0;
    ssize_t size;
    int i;

    pair_open(&pair, NULL);
    /* In pieces: what waits grows. */
    for (i = 0; i < 10; i++)
        CHECK_OK(sbn__stream_write(pair.side.stream, bytes + i * (SIZE / 10),
                                   SIZE / 10));
    CHECK_INT(sbn__stream_unsent(pair.side.stream), >, SIZE / 4);
    CHECK_INT(pair.side.drains, ==, 0);
    while (read_size < SIZE) {
        size = recv(pair.peer, got, 65536, MSG_DONTWAIT);
        if (size > 0)
            read_size += (size_t)size;
        else
            sbn__runtime_turn(pair.rt);
    }
    run_until_int(pair.rt, &pair.side.drains, 1);
    CHECK_INT(sbn__stream_unsent(pair.side.stream), ==, 0);
    sbn__stream_hold(pair.side.stream, false);
    CHECK_OK(sbn_runtime_run(pair.rt));
    CHECK_INT(pair.side.drains, ==, 1);
    pair_close(&pair);
    free(bytes);
    free(got);
}

TEST(an_unheld_stream_does_not_keep_run_going)
{
    struct pair pair;

    pair_open(&pair, NULL);
    sbn__stream_hold(pair.side.stream, false);
    CHECK_OK(sbn_runtime_run(pair.rt));
    sbn__stream_hold(pair.side.stream, true);
    CHECK_INT(write(pair.peer, "x", 1), ==, 1);
    run_until_size(pair.rt, &pair.side.received, 1);
    pair_close(&pair);
}

TEST(reading_and_writing_allocate_nothing_in_steady_state)
{
    struct test_memory memory;
    sbn_runtime_options options = {.allocator = &memory.allocator};
    struct pair pair;
    char got[8];
    int i;

    test_memory_init(&memory);
    pair_open(&pair, &options);
    memory.count = 0;
    for (i = 0; i < 100; i++) {
        CHECK_OK(sbn__stream_write(pair.side.stream, "ping", 4));
        CHECK_INT(read(pair.peer, got, sizeof(got)), ==, 4);
        CHECK_INT(write(pair.peer, "p", 1), ==, 1);
        run_until_size(pair.rt, &pair.side.received, (size_t)i + 1);
    }
    CHECK_INT(memory.count, ==, 0);
    pair_close(&pair);
    CHECK_INT(memory.live, ==, 0);
}

TEST(an_idle_stream_costs_little)
{
    struct test_memory memory;
    sbn_runtime_options options = {.allocator = &memory.allocator};
    struct pair pair;
    size_t with;

    test_memory_init(&memory);
    pair_open(&pair, &options);
    with = memory.live_bytes;
    sbn__stream_close(pair.side.stream);
    CHECK_OK(sbn_runtime_run(pair.rt));
    CHECK_INT(with - memory.live_bytes, <, 600);
    pair.side.stream = NULL;
    pair_close(&pair);
}

/* ---- Finishing ----------------------------------------------------------- */

TEST(finish_sends_what_is_unsent_and_waits_for_the_peer)
{
    enum { SIZE = 8 * 1024 * 1024 };
    struct pair pair;
    char *bytes = calloc(1, SIZE), *got = malloc(65536);
    size_t read_size = 0;
    ssize_t size = 1;

    pair_open(&pair, NULL);
    CHECK_OK(sbn__stream_write(pair.side.stream, bytes, SIZE));
    CHECK_INT(sbn__stream_unsent(pair.side.stream), >, 0);
    /* unread bytes, which would make a plain close a reset */
    CHECK_INT(write(pair.peer, "more", 4), ==, 4);
    sbn__stream_finish(pair.side.stream, 5000);
    while (size != 0) {
        size = recv(pair.peer, got, 65536, MSG_DONTWAIT);
        if (size > 0)
            read_size += (size_t)size;
        else if (size < 0)
            sbn__runtime_turn(pair.rt);
    }
    CHECK_INT(read_size, ==, SIZE);
    close(pair.peer);
    pair.peer = -1;
    CHECK_OK(sbn_runtime_run(pair.rt));
    CHECK_INT(pair.side.ends, ==, 0);
    pair.side.stream = NULL;
    pair_close(&pair);
    free(bytes);
    free(got);
}

TEST(finish_does_not_wait_for_ever)
{
    struct pair pair;

    pair_open(&pair, NULL);
    sbn__stream_finish(pair.side.stream, 20);
    pair.side.stream = NULL;
    CHECK_OK(sbn_runtime_run(pair.rt)); /* the peer stays */
    pair_close(&pair);
}

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

/* ---- A turn's time ------------------------------------------------------- */

enum { SLOW_READERS = 12 };

struct slow_readers {
    struct sbn__deferred deferred;
    int connected, reads, reads_in_first_turn;
};

static void
slow_connect(void *data)
{
    struct slow_readers *readers = data;

    readers->connected++;
}

static void
slow_read(void *data, const char *bytes, size_t size)
{
    struct slow_readers *readers = data;

    readers->reads++;
    wait_ms(1);
}

static void
end_of_turn(struct sbn__deferred *deferred)
{
    struct slow_readers *readers =
        sbn__container(deferred, struct slow_readers, deferred);

    readers->reads_in_first_turn = readers->reads;
}

/* Twelve sockets with something to read, each of which takes a millisecond: the
 * end of the turn, where the program's timers have theirs, does not wait for
 * all of them. */
TEST(a_turn_does_not_read_without_end)
{
    static const struct sbn__stream_events events = {.on_connect = slow_connect,
                                                     .on_read = slow_read};
    struct slow_readers readers = {.connected = 0};
    struct sbn__stream *streams[SLOW_READERS];
    int ends[SLOW_READERS], i;
    struct listening listening;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    listening_open(&listening);
    CHECK_INT(listen(listening.fd, SLOW_READERS), ==, 0);
    for (i = 0; i < SLOW_READERS; i++)
        CHECK_OK(sbn__stream_connect(rt, "127.0.0.1", listening.port, 5000,
                                     &events, &readers, &streams[i]));
    run_until_int(rt, &readers.connected, SLOW_READERS);
    for (i = 0; i < SLOW_READERS; i++) {
        ends[i] = accept(listening.fd, NULL, NULL);
        CHECK_INT(write(ends[i], "x", 1), ==, 1);
        sbn__stream_read_start(streams[i]);
    }
    sbn__defer(rt, &readers.deferred, end_of_turn);
    run_until_int(rt, &readers.reads, SLOW_READERS);
    CHECK_INT(readers.reads_in_first_turn, >, 0);
    CHECK_INT(readers.reads_in_first_turn, <, SLOW_READERS);
    for (i = 0; i < SLOW_READERS; i++) {
        sbn__stream_close(streams[i]);
        close(ends[i]);
    }
    listening_close(&listening);
    sbn_runtime_free(rt);
}
