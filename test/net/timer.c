/* SPDX-License-Identifier: Apache-2.0 */
/* Timers: order, restarting, and that what has arrived beats a deadline. */
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "runtime/net/runtime.h"
#include "test/net/peer.h"
#include "test/support/test.h"

struct named {
    sbn_timer timer;
    char name;
};

static char fired[64];

static void
on_named(void *data)
{
    struct named *named = data;

    CHECK_INT(named->timer.index, ==, 0);
    fired[strlen(fired)] = named->name;
}

static void
start(sbn_runtime *rt, struct named *named, char name, uint32_t timeout)
{
    named->name = name;
    CHECK_OK(sbn_timer_start(rt, &named->timer, timeout, on_named, named));
}

static struct named a, b, c, d;

TEST(timers_fire_in_the_order_of_their_time)
{
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    start(rt, &c, 'c', 30);
    start(rt, &a, 'a', 1);
    start(rt, &d, 'd', 30);
    start(rt, &b, 'b', 15);
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_STR(fired, "abcd");
    sbn_runtime_free(rt);
}

TEST(a_timer_never_fires_early)
{
    uint64_t before = uv_hrtime();
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    start(rt, &a, 'a', 20);
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_INT(uv_hrtime() - before, >=, 20 * 1000000);
    sbn_runtime_free(rt);
}

TEST(a_started_timer_starts_anew)
{
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    start(rt, &a, 'a', 1);
    start(rt, &b, 'b', 10);
    start(rt, &a, 'a', 25);
    start(rt, &c, 'c', 3600 * 1000);
    start(rt, &c, 'c', 40); /* earlier */
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_STR(fired, "bac");
    sbn_runtime_free(rt);
}

static void
stop_b_restart_a(void *data)
{
    sbn_runtime *rt = data;

    on_named(&a);
    sbn_timer_stop(&b.timer);
    sbn_timer_stop(&a.timer); /* has fired: harmless */
    start(rt, &a, 'A', 0);
}

TEST(a_callback_may_stop_and_start_timers)
{
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    a.name = 'a';
    CHECK_OK(sbn_timer_start(rt, &a.timer, 1, stop_b_restart_a, rt));
    start(rt, &b, 'b', 2);
    start(rt, &c, 'c', 20);
    wait_ms(10); /* a and b are due at once */
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_STR(fired, "aAc");
    sbn_runtime_free(rt);
}

TEST(a_stopped_timer_keeps_nothing_alive)
{
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    start(rt, &a, 'a', 3600 * 1000);
    sbn_timer_stop(&a.timer);
    CHECK_OK(sbn_runtime_run(rt)); /* returns */
    CHECK_STR(fired, "");
    sbn_runtime_free(rt);
}

TEST(many_timers_in_random_order)
{
    enum { COUNT = 5000 };
    static sbn_timer timers[COUNT];
    static bool ran[COUNT];
    unsigned seed = 1;
    sbn_runtime *rt;
    int i, count = 0;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    for (i = 0; i < COUNT; i++) {
        seed = seed * 1103515245 + 12345;
        CHECK_OK(sbn_timer_start(rt, &timers[i], (seed >> 16) % 50, set_true,
                                 &ran[i]));
    }
    for (i = 0; i < COUNT; i += 3)
        sbn_timer_stop(&timers[i]);
    CHECK_OK(sbn_runtime_run(rt));
    for (i = 0; i < COUNT; i++)
        count += ran[i];
    CHECK_INT(count, ==, COUNT - (COUNT + 2) / 3);
    sbn_runtime_free(rt);
}

/* ---- What has arrived beats a deadline ----------------------------------- */

struct race {
    sbn_timer deadline;
    struct side client;
};

static void
on_deadline(void *data)
{
    test_fail(__FILE__, __LINE__, "the deadline beat the reply");
}

static void
on_reply(void *data, const char *bytes, size_t size)
{
    struct race *race = data;

    sbn_timer_stop(&race->deadline);
    sbn__stream_close(race->client.stream);
}

static const struct sbn__stream_events race_events = {.on_read = on_reply};

/* The loop stands still beyond the deadline while the reply comes in: where it
 * stands still is outside of it, as with a synchronous call before run. */
TEST(a_reply_in_the_socket_beats_a_deadline_that_passed)
{
    struct race race;
    struct listening listening;
    sbn_runtime *rt;
    int peer;

    memset(&race, 0, sizeof(race));
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    listening_open(&listening);
    side_connect(rt, &race.client, "127.0.0.1", listening.port);
    run_until(rt, &race.client.connected);
    peer = accept(listening.fd, NULL, NULL);
    sbn__stream_set_events(race.client.stream, &race_events, &race);
    sbn__stream_read_start(race.client.stream);
    CHECK_OK(sbn_timer_start(rt, &race.deadline, 5, on_deadline, NULL));
    CHECK_INT(write(peer, "reply", 5), ==, 5);
    wait_ms(30);
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_INT(race.deadline.index, ==, 0);
    close(peer);
    listening_close(&listening);
    sbn_runtime_free(rt);
}

struct busy {
    struct race *race;
    int peer;
};

static void
answer_and_stay_busy(void *data)
{
    struct busy *busy = data;

    CHECK_INT(write(busy->peer, "reply", 5), ==, 5);
    wait_ms(300);
}

/* The same with the loop held up by a callback, long before the deadline even on
 * a machine that has other things to do. */
TEST(a_busy_callback_makes_no_time_out_of_a_reply)
{
    struct race race;
    struct busy busy = {.race = &race};
    struct listening listening;
    sbn_timer first = {0};
    sbn_runtime *rt;

    memset(&race, 0, sizeof(race));
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    listening_open(&listening);
    side_connect(rt, &race.client, "127.0.0.1", listening.port);
    run_until(rt, &race.client.connected);
    busy.peer = accept(listening.fd, NULL, NULL);
    sbn__stream_set_events(race.client.stream, &race_events, &race);
    sbn__stream_read_start(race.client.stream);
    CHECK_OK(sbn_timer_start(rt, &first, 1, answer_and_stay_busy, &busy));
    CHECK_OK(sbn_timer_start(rt, &race.deadline, 200, on_deadline, NULL));
    CHECK_OK(sbn_runtime_run(rt));
    close(busy.peer);
    listening_close(&listening);
    sbn_runtime_free(rt);
}
