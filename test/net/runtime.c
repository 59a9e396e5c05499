/* SPDX-License-Identifier: Apache-2.0 */
/* The runtime: deferral, posts, running, foreign loops, closing. */
#include <poll.h>
#include <signal.h>
#include <uv.h>

#include "runtime/net/runtime.h"
#include "test/net/peer.h"
#include "test/support/test.h"

/* ---- Deferral ------------------------------------------------------------ */

struct step {
    struct sbn__deferred deferred;
    sbn_runtime *rt;
    char name;
    struct step *then; /* deferred when this one runs */
};

static char steps[64];

static void
run_step(struct sbn__deferred *deferred)
{
    struct step *step = sbn__container(deferred, struct step, deferred);

    steps[strlen(steps)] = step->name;
    if (step->then != NULL)
        sbn__defer(step->rt, &step->then->deferred, run_step);
}

TEST(deferrals_run_in_order_and_never_from_the_caller)
{
    struct step c = {.name = 'c'}, b = {.name = 'b'},
                a = {.name = 'a', .then = &c};
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    a.rt = rt;
    sbn__defer(rt, &a.deferred, run_step);
    sbn__defer(rt, &b.deferred, run_step);
    sbn__defer(rt, &a.deferred, run_step); /* stays where it is */
    CHECK_STR(steps, "");
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_STR(steps, "abc");
    sbn_runtime_free(rt);
}

static void
cancel_next(struct sbn__deferred *deferred)
{
    struct step *step = sbn__container(deferred, struct step, deferred);

    sbn__defer_cancel(&step->then->deferred);
    sbn__defer_cancel(&step->deferred); /* harmless: it is running */
}

TEST(a_cancelled_deferral_does_not_run)
{
    struct step b = {.name = 'b'}, a = {.name = 'a', .then = &b};
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    sbn__defer(rt, &a.deferred, cancel_next);
    sbn__defer(rt, &b.deferred, run_step);
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_STR(steps, "");
    sbn_runtime_free(rt);
}

struct endless {
    struct sbn__deferred deferred;
    sbn_runtime *rt;
    bool stop;
};

static void
defer_again(struct sbn__deferred *deferred)
{
    struct endless *endless =
        sbn__container(deferred, struct endless, deferred);

    if (!endless->stop)
        sbn__defer(endless->rt, deferred, defer_again);
}

TEST(a_chain_of_deferrals_does_not_starve_timers)
{
    struct endless endless = {.stop = false};
    sbn_timer timer = {0};

    CHECK_OK(sbn_runtime_new(NULL, &endless.rt));
    sbn__defer(endless.rt, &endless.deferred, defer_again);
    CHECK_OK(sbn_timer_start(endless.rt, &timer, 5, set_true, &endless.stop));
    CHECK_OK(sbn_runtime_run(endless.rt));
    CHECK(endless.stop);
    sbn_runtime_free(endless.rt);
}

/* ---- Running ------------------------------------------------------------- */

TEST(run_returns_when_nothing_is_pending)
{
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_OK(sbn_runtime_run(rt));
    sbn_runtime_free(rt);
}

static void
run_inside(void *data)
{
    sbn_runtime *rt = data;

    CHECK(sbn__runtime_is_dispatching(rt));
    CHECK_STATUS(sbn_runtime_run(rt), SBN_ESTATE);
    CHECK_STATUS(sbn_runtime_dispatch(rt), SBN_ESTATE);
}

TEST(run_is_refused_inside_a_callback)
{
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_OK(sbn_runtime_post(rt, run_inside, rt));
    CHECK_OK(sbn_runtime_run(rt));
    CHECK(!sbn__runtime_is_dispatching(rt));
    sbn_runtime_free(rt);
}

static void
unhold(void *data)
{
    sbn__runtime_unhold(data);
}

static void
unhold_from_thread(void *data)
{
    CHECK_OK(sbn_runtime_post(data, unhold, data));
}

TEST(a_hold_keeps_run_going)
{
    sbn_runtime *rt;
    uv_thread_t thread;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    sbn__runtime_hold(rt);
    CHECK_INT(uv_thread_create(&thread, unhold_from_thread, rt), ==, 0);
    CHECK_OK(sbn_runtime_run(rt)); /* would return before the post */
    uv_thread_join(&thread);
    sbn_runtime_free(rt);
}

static void
stop_runtime(void *data)
{
    sbn_runtime_stop(data);
}

static void
must_not_run(void *data)
{
    test_fail(__FILE__, __LINE__, "must not run");
}

TEST(stop_from_another_thread_ends_run)
{
    sbn_timer timer = {0};
    sbn_runtime *rt;
    uv_thread_t thread;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_OK(sbn_timer_start(rt, &timer, 3600 * 1000, must_not_run, NULL));
    CHECK_INT(uv_thread_create(&thread, stop_runtime, rt), ==, 0);
    CHECK_OK(sbn_runtime_run(rt));
    uv_thread_join(&thread);
    sbn_runtime_free(rt);
    CHECK_INT(timer.index, ==, 0);
    sbn_timer_stop(&timer); /* after the runtime: harmless */
}

TEST(stop_inside_a_callback_ends_this_run_only)
{
    sbn_timer timer = {0};
    bool fired = false;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_OK(sbn_timer_start(rt, &timer, 50, set_true, &fired));
    CHECK_OK(sbn_runtime_post(rt, stop_runtime, rt));
    CHECK_OK(sbn_runtime_run(rt));
    CHECK(!fired);
    CHECK_OK(sbn_runtime_run(rt));
    CHECK(fired);
    sbn_runtime_free(rt);
}

/* ---- Posts --------------------------------------------------------------- */

enum { THREADS = 4, POSTS = 5000 };

struct poster {
    sbn_runtime *rt;
    uv_thread_t thread;
    int next; /* that is expected */
    struct post {
        struct poster *poster;
        int number;
    } posts[POSTS];
};

static void
on_post(void *data)
{
    struct post *post = data;

    CHECK_INT(post->number, ==, post->poster->next);
    if (++post->poster->next == POSTS)
        sbn__runtime_unhold(post->poster->rt);
}

static void
post_all(void *data)
{
    struct poster *poster = data;
    int i;

    for (i = 0; i < POSTS; i++) {
        poster->posts[i].poster = poster;
        poster->posts[i].number = i;
        CHECK_OK(sbn_runtime_post(poster->rt, on_post, &poster->posts[i]));
    }
}

TEST(posts_of_many_threads_all_run_in_order)
{
    static struct poster posters[THREADS];
    sbn_runtime *rt;
    int i;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    for (i = 0; i < THREADS; i++) {
        posters[i].rt = rt;
        sbn__runtime_hold(rt);
        CHECK_INT(uv_thread_create(&posters[i].thread, post_all, &posters[i]),
                  ==, 0);
    }
    CHECK_OK(sbn_runtime_run(rt));
    for (i = 0; i < THREADS; i++) {
        uv_thread_join(&posters[i].thread);
        CHECK_INT(posters[i].next, ==, POSTS);
    }
    sbn_runtime_free(rt);
}

TEST(posts_reuse_their_memory)
{
    struct test_memory memory;
    sbn_runtime_options options = {.allocator = &memory.allocator};
    bool ran = false;
    sbn_runtime *rt;
    int i;

    test_memory_init(&memory);
    CHECK_OK(sbn_runtime_new(&options, &rt));
    CHECK_OK(sbn_runtime_post(rt, set_true, &ran));
    CHECK_OK(sbn_runtime_run(rt));
    memory.count = 0;
    for (i = 0; i < 10; i++) {
        ran = false;
        CHECK_OK(sbn_runtime_post(rt, set_true, &ran));
        CHECK_OK(sbn_runtime_run(rt));
        CHECK(ran);
    }
    CHECK_INT(memory.count, ==, 0);
    sbn_runtime_free(rt);
    CHECK_INT(memory.live, ==, 0);
}

/* ---- Foreign loops ------------------------------------------------------- */

static void
turn_foreign(sbn_runtime *rt)
{
    struct pollfd fd = {.fd = sbn_runtime_fd(rt), .events = POLLIN};

    CHECK_INT(poll(&fd, 1, sbn_runtime_timeout(rt)), >=, 0);
    CHECK_OK(sbn_runtime_dispatch(rt));
}

TEST(an_idle_runtime_lets_a_foreign_loop_sleep)
{
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_OK(sbn_runtime_dispatch(rt));
    CHECK_INT(sbn_runtime_timeout(rt), ==, -1);
    sbn_runtime_free(rt);
}

TEST(a_foreign_loop_runs_deferrals_timers_and_posts)
{
    struct step step = {.name = 'd'};
    bool fired = false, posted = false;
    sbn_timer timer = {0};
    sbn_runtime *rt;
    int turns = 0;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_OK(sbn_runtime_dispatch(rt));
    sbn__defer(rt, &step.deferred, run_step);
    CHECK_INT(sbn_runtime_timeout(rt), ==, 0);
    turn_foreign(rt);
    CHECK_STR(steps, "d");
    CHECK_OK(sbn_runtime_post(rt, set_true, &posted));
    turn_foreign(rt); /* the descriptor tells of it */
    CHECK(posted);
    CHECK_OK(sbn_timer_start(rt, &timer, 20, set_true, &fired));
    CHECK_INT(sbn_runtime_timeout(rt), <=, 21);
    while (!fired) {
        turn_foreign(rt);
        turns++;
    }
    CHECK_INT(turns, <, 10); /* it slept */
    sbn_runtime_free(rt);
}

/* ---- Pool work ----------------------------------------------------------- */

struct work {
    sbn_runtime *rt;
    uv_thread_t ran_on;
    bool done;
};

static void
work_fn(void *data)
{
    ((struct work *)data)->ran_on = uv_thread_self();
}

static void
work_done(void *data)
{
    ((struct work *)data)->done = true;
}

TEST(work_runs_elsewhere_and_ends_here)
{
    struct work work = {.done = false};
    uv_thread_t self = uv_thread_self();

    CHECK_OK(sbn_runtime_new(NULL, &work.rt));
    CHECK_OK(sbn__runtime_work(work.rt, work_fn, work_done, &work));
    CHECK(!work.done);
    CHECK_OK(sbn_runtime_run(work.rt));
    CHECK(work.done);
    CHECK(!uv_thread_equal(&work.ran_on, &self));
    sbn_runtime_free(work.rt);
}

TEST(free_waits_for_work)
{
    struct work work = {.done = false};

    CHECK_OK(sbn_runtime_new(NULL, &work.rt));
    CHECK_OK(sbn__runtime_work(work.rt, work_fn, work_done, &work));
    sbn_runtime_free(work.rt);
    CHECK(work.done);
}

/* ---- Scratch ------------------------------------------------------------- */

TEST(scratch_shrinks_some_time_after_a_giant_message)
{
    static char bytes[1024 * 1024];
    struct sbn__buf *buf;
    sbn_runtime *rt;
    int i;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    buf = sbn__runtime_scratch(rt, 16, 1 << 24);
    sbn__buf_append(buf, bytes, sizeof(bytes));
    CHECK_OK(buf->status);
    for (i = 0; i < 20; i++) {
        buf = sbn__runtime_scratch(rt, 16, 1 << 24);
        CHECK_OK(buf->status);
        sbn__buf_append(buf, bytes, 100);
        CHECK_INT(sbn__buf_size(buf), ==, 100);
    }
    CHECK_INT(buf->cap, <, 256 * 1024);
    sbn_runtime_free(rt);
}

TEST(scratch_obeys_a_smaller_limit)
{
    static char bytes[100 * 1024];
    struct sbn__buf *buf;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    buf = sbn__runtime_scratch(rt, 0, 1 << 20);
    sbn__buf_append(buf, bytes, sizeof(bytes));
    CHECK_OK(buf->status);
    buf = sbn__runtime_scratch(rt, 0, 4096);
    sbn__buf_append(buf, bytes, sizeof(bytes));
    CHECK_STATUS(buf->status, SBN_ELIMIT);
    sbn_runtime_free(rt);
}

/* ---- Closing ------------------------------------------------------------- */

static char order[8];

struct named_closer {
    struct sbn__closer closer;
    char name;
};

static void
on_close(struct sbn__closer *closer)
{
    order[strlen(order)] =
        sbn__container(closer, struct named_closer, closer)->name;
}

static void
destroy(void *object)
{
    order[strlen(order)] = *(char *)object;
}

TEST(closing_tells_closers_newest_first_then_destroys_slots)
{
    struct named_closer a = {.name = 'a'}, b = {.name = 'b'}, c = {.name = 'c'};
    char xml = 'X', rpc = 'R';
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    sbn__runtime_remove_closer(&a.closer); /* never added: harmless */
    sbn__runtime_add_closer(rt, &a.closer, on_close);
    sbn__runtime_add_closer(rt, &b.closer, on_close);
    sbn__runtime_add_closer(rt, &c.closer, on_close);
    sbn__runtime_remove_closer(&b.closer);
    CHECK(sbn__runtime_get(rt, SBN__SLOT_XML) == NULL);
    sbn__runtime_set(rt, SBN__SLOT_XML, &xml, destroy);
    sbn__runtime_set(rt, SBN__SLOT_RPC, &rpc, destroy);
    CHECK(sbn__runtime_get(rt, SBN__SLOT_XML) == &xml);
    sbn_runtime_free(rt);
    CHECK_STR(order, "caRX");
}

TEST(pending_posts_and_deferrals_run_before_the_end)
{
    struct step step = {.name = 's'};
    bool posted = false;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_OK(sbn_runtime_post(rt, set_true, &posted));
    sbn__defer(rt, &step.deferred, run_step);
    sbn_runtime_free(rt);
    CHECK(posted);
    CHECK_STR(steps, "s");
}

static void
close_and_post(void *data)
{
    sbn_runtime *rt = data;

    sbn_runtime_close(rt, set_true, order);
    CHECK(sbn__runtime_is_closing(rt));
    CHECK_STATUS(sbn_runtime_post(rt, must_not_run, NULL), SBN_ECLOSED);
}

TEST(a_given_loop_is_given_back_clean)
{
    uv_loop_t loop;
    sbn_runtime_options options = {.loop = &loop};
    sbn_timer timer = {0};
    bool closed = false;
    sbn_runtime *rt;

    CHECK_INT(uv_loop_init(&loop), ==, 0);
    CHECK_OK(sbn_runtime_new(&options, &rt));
    CHECK(sbn_runtime_loop(rt) == &loop);
    CHECK_OK(sbn_timer_start(rt, &timer, 3600 * 1000, must_not_run, NULL));
    sbn_runtime_close(rt, set_true, &closed);
    CHECK(!closed);
    uv_run(&loop, UV_RUN_DEFAULT);
    CHECK(closed);
    CHECK_INT(uv_loop_close(&loop), ==, 0);
}

TEST(close_is_allowed_inside_a_callback_under_run)
{
    uv_loop_t loop;
    sbn_runtime_options options = {.loop = &loop};
    sbn_runtime *rt;

    CHECK_INT(uv_loop_init(&loop), ==, 0);
    CHECK_OK(sbn_runtime_new(&options, &rt));
    CHECK_OK(sbn_runtime_post(rt, close_and_post, rt));
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_INT(order[0], ==, 1); /* closed was called */
    CHECK_INT(uv_loop_close(&loop), ==, 0);
}

/* ---- SIGPIPE ------------------------------------------------------------- */

static void
on_sigpipe(int number)
{
}

TEST(a_peer_that_hangs_up_ends_no_program)
{
    sbn_runtime *rt;

    signal(SIGPIPE, SIG_DFL);
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK(signal(SIGPIPE, SIG_DFL) == SIG_IGN);
    sbn_runtime_free(rt);
}

TEST(the_programs_own_sigpipe_handler_stays)
{
    sbn_runtime *rt;

    signal(SIGPIPE, on_sigpipe);
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK(signal(SIGPIPE, SIG_DFL) == on_sigpipe);
    sbn_runtime_free(rt);
}

/* ---- No memory ----------------------------------------------------------- */

static void
create(struct test_memory *memory, void *data)
{
    sbn_runtime_options options = {.allocator = &memory->allocator};
    sbn_timer timer = {0};
    bool ran;
    sbn_runtime *rt;
    sbn_status st = sbn_runtime_new(&options, &rt);

    if (st != SBN_OK) {
        CHECK_STATUS(st, SBN_ENOMEM);
        return;
    }
    st = sbn_timer_start(rt, &timer, 1, set_true, &ran);
    if (st == SBN_OK)
        st = sbn_runtime_post(rt, set_true, &ran);
    if (st == SBN_OK)
        CHECK_OK(sbn_runtime_run(rt));
    else
        CHECK_STATUS(st, SBN_ENOMEM);
    sbn_runtime_free(rt);
}

TEST(creation_survives_each_failing_allocation)
{
    CHECK_INT(test_each_allocation(create, NULL), >=, 4);
}
