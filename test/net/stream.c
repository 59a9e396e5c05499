/* SPDX-License-Identifier: Apache-2.0 */
/* Streams: reading, writing, back-pressure, every way to end. */
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "test/net/peer.h"
#include "test/support/test.h"

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
