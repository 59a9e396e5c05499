/* SPDX-License-Identifier: Apache-2.0 */
/* A runtime's life: creation, references, closing. */
#include <signal.h>

#include "runtime/net/internal.h"

/* The innermost runtime that calls into the program on this thread. */
static _Thread_local sbn_runtime *here;

static void
on_idle(uv_idle_t *handle)
{
    /* Its being active is all that is wanted. */
}

void
sbn__runtime_wake(sbn_runtime *rt)
{
    uv_idle_start(&rt->idle, on_idle);
}

/* ---- Closing ------------------------------------------------------------- */

static void
runtime_release(sbn_runtime *rt)
{
    sbn_allocator mem = rt->mem;

    sbn__free(&mem, rt);
}

static void
runtime_fini(sbn_runtime *rt)
{
    sbn__timers_fini(rt);
    sbn__posts_fini(rt);
    sbn__works_fini(rt);
    sbn__blocks_fini(rt);
    sbn__buf_fini(&rt->scratch);
    sbn__free(&rt->mem, rt->read_buf);
}

/* The last handle is closed: an own loop's memory goes with sbn_runtime_free,
 * which cannot be done from inside that loop. */
static void
on_handle_closed(uv_handle_t *handle)
{
    sbn_runtime *rt = handle->data;
    void (*closed)(void *) = rt->closed;
    void *data = rt->closed_data;

    if (--rt->open_handles > 0)
        return;
    runtime_fini(rt);
    rt->ended = true;
    if (rt->loop != &rt->own_loop) {
        if (rt->gone != NULL)
            *rt->gone = true;
        runtime_release(rt);
    }
    if (closed != NULL)
        closed(data);
}

static void
runtime_close_handle(sbn_runtime *rt, uv_handle_t *handle)
{
    handle->data = rt;
    rt->open_handles++;
    uv_close(handle, on_handle_closed);
}

static void
runtime_end(sbn_runtime *rt)
{
    size_t i = SBN__SLOT_COUNT;

    while (i-- > 0)
        if (rt->slots[i].destroy != NULL)
            rt->slots[i].destroy(rt->slots[i].object);
    runtime_close_handle(rt, (uv_handle_t *)&rt->check);
    runtime_close_handle(rt, (uv_handle_t *)&rt->idle);
    runtime_close_handle(rt, (uv_handle_t *)&rt->timers.handle);
    runtime_close_handle(rt, (uv_handle_t *)&rt->posts.async);
}

static bool
runtime_is_needed(sbn_runtime *rt)
{
    return !rt->closing || rt->refs > 0 || rt->holds > 0 ||
           !sbn__list_is_empty(&rt->deferred) || sbn__posts_pending(rt);
}

void
sbn_runtime_close(sbn_runtime *rt, void (*closed)(void *data), void *data)
{
    struct sbn__link *link;
    struct sbn__closer *closer;

    if (rt->closing)
        return;
    rt->closing = true;
    rt->closed = closed;
    rt->closed_data = data;
    sbn__posts_close(rt);
    uv_ref((uv_handle_t *)&rt->check);
    while ((link = sbn__list_take(&rt->closers)) != NULL) {
        closer = sbn__container(link, struct sbn__closer, link);
        closer->fn(closer);
    }
    sbn__runtime_unref(rt);
}

void
sbn_runtime_free(sbn_runtime *rt)
{
    if (rt == NULL)
        return;
    sbn_runtime_close(rt, NULL, NULL);
    if (rt->loop != &rt->own_loop || rt->in_turn)
        return; /* wrong use; at least it closes */
    while (!rt->ended)
        uv_run(rt->loop, UV_RUN_ONCE);
    if (uv_loop_close(rt->loop) != 0) {
        /* Handles of the program's own may still be closing. */
        uv_run(rt->loop, UV_RUN_NOWAIT);
        if (uv_loop_close(rt->loop) != 0)
            return; /* they are open: freeing their loop would be worse */
    }
    runtime_release(rt);
}

void
sbn__runtime_ref(sbn_runtime *rt)
{
    rt->refs++;
}

void
sbn__runtime_unref(sbn_runtime *rt)
{
    if (--rt->refs == 0)
        sbn__runtime_wake(rt);
}

bool
sbn__runtime_is_closing(const sbn_runtime *rt)
{
    return rt->closing;
}

void
sbn__runtime_add_closer(sbn_runtime *rt, struct sbn__closer *closer,
                        void (*fn)(struct sbn__closer *closer))
{
    closer->fn = fn;
    sbn__list_init(&closer->link);
    sbn__list_prepend(&rt->closers, &closer->link);
}

void
sbn__runtime_remove_closer(struct sbn__closer *closer)
{
    if (closer->fn != NULL)
        sbn__list_remove(&closer->link);
}

/* ---- The end of a turn --------------------------------------------------- */

static void
runtime_run_deferred(sbn_runtime *rt)
{
    struct sbn__link *link;
    struct sbn__deferred *deferred;

    /* What these defer waits for the next turn, so that a chain of deferrals
     * keeps neither sockets nor timers waiting. */
    sbn__list_move(&rt->deferred_now, &rt->deferred);
    while ((link = sbn__list_take(&rt->deferred_now)) != NULL) {
        deferred = sbn__container(link, struct sbn__deferred, link);
        deferred->queued = false;
        deferred->fn(deferred);
    }
}

/*
 * Every poll tells of all sockets that are ready, and those that may not be
 * read any more cost time as well, the more the more there are.  Reading has as
 * long as refusing took: half of the time is spent on work, however many there
 * are.
 */
static void
start_reading(sbn_runtime *rt, uint64_t now)
{
    uint64_t refusing = rt->cut_until - rt->cut_at;

    rt->turn_began = now;
    rt->turn_time = refusing > SBN__TURN_NS ? refusing : SBN__TURN_NS;
    rt->cut_at = rt->cut_until = 0;
    rt->refused = 0;
}

bool
sbn__runtime_may_read(sbn_runtime *rt)
{
    uint64_t now = uv_hrtime();

    /* The second: all that was ready has been refused, and libuv polls the same
     * once more in this turn. */
    if (rt->turn_began == 0 || rt->refused >= SBN__POLL_EVENTS)
        start_reading(rt, now);
    if (rt->refused == 0 && now - rt->turn_began < rt->turn_time)
        return true;
    if (rt->refused++ == 0)
        rt->cut_at = now;
    rt->cut_until = now;
    rt->turn_cut = true;
    return false;
}

bool
sbn__runtime_left_unread(const sbn_runtime *rt)
{
    return rt->unread;
}

/* Deadlines are judged when the sockets have been read: not at the end of a
 * turn that was cut short, unless turns are cut short all the time. */
static void
runtime_judge_timers(sbn_runtime *rt)
{
    bool cut = rt->turn_cut && rt->turns_cut < SBN__TURN_DELAYS;

    rt->unread = rt->turn_cut;
    rt->turn_cut = false;
    rt->turn_began = 0;
    if (!rt->timers.due)
        return;
    rt->turns_cut = cut ? rt->turns_cut + 1 : 0;
    if (!cut)
        sbn__timers_fire(rt);
}

static void
on_check(uv_check_t *handle)
{
    sbn_runtime *rt = handle->data;

    runtime_judge_timers(rt);
    runtime_run_deferred(rt);
    if (rt->in_run && atomic_load(&rt->stop))
        uv_stop(rt->loop);
    if (!runtime_is_needed(rt))
        runtime_end(rt);
    else if (sbn__list_is_empty(&rt->deferred) && !rt->timers.due)
        uv_idle_stop(&rt->idle);
}

void
sbn__defer(sbn_runtime *rt, struct sbn__deferred *deferred,
           void (*fn)(struct sbn__deferred *deferred))
{
    if (deferred->queued)
        return;
    deferred->queued = true;
    deferred->fn = fn;
    sbn__list_append(&rt->deferred, &deferred->link);
    sbn__runtime_wake(rt);
}

void
sbn__defer_cancel(struct sbn__deferred *deferred)
{
    if (!deferred->queued)
        return;
    deferred->queued = false;
    sbn__list_remove(&deferred->link);
}

/* ---- Creation ------------------------------------------------------------ */

/* libuv writes with write(2), which ends the process when the peer has gone,
 * and there is no way to tell it not to. A handler of the program's stays, and
 * so does what the program sets later. */
static void
ignore_sigpipe(void)
{
    struct sigaction action;

    if (sigaction(SIGPIPE, NULL, &action) != 0 ||
        (action.sa_flags & SA_SIGINFO) || action.sa_handler != SIG_DFL)
        return;
    memset(&action, 0, sizeof(action));
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}

static int
runtime_init_loop(sbn_runtime *rt, uv_loop_t *loop)
{
    rt->loop = loop != NULL ? loop : &rt->own_loop;
    return loop != NULL ? 0 : uv_loop_init(rt->loop);
}

static void
runtime_init_handles(sbn_runtime *rt)
{
    uv_idle_init(rt->loop, &rt->idle);
    uv_check_init(rt->loop, &rt->check);
    rt->check.data = rt;
    uv_check_start(&rt->check, on_check);
    uv_unref((uv_handle_t *)&rt->check);
    sbn__timers_init(rt);
}

sbn_status
sbn_runtime_new(const sbn_runtime_options *options, sbn_runtime **ret_runtime)
{
    const sbn_allocator *mem = options != NULL && options->allocator != NULL
                                   ? options->allocator
                                   : &sbn__default_allocator;
    static uv_once_t once = UV_ONCE_INIT;
    sbn_runtime *rt = sbn__zalloc(mem, sizeof(*rt));

    if (rt == NULL)
        return SBN_ENOMEM;
    uv_once(&once, ignore_sigpipe);
    rt->mem = *mem;
    rt->refs = 1;
    sbn__list_init(&rt->deferred);
    sbn__list_init(&rt->deferred_now);
    sbn__list_init(&rt->closers);
    sbn__buf_init(&rt->scratch, &rt->mem, SIZE_MAX);
    if (runtime_init_loop(rt, options != NULL ? options->loop : NULL) != 0)
        goto fail;
    if (sbn__posts_init(rt) != 0) {
        if (rt->loop == &rt->own_loop)
            uv_loop_close(rt->loop);
        goto fail;
    }
    runtime_init_handles(rt);
    *ret_runtime = rt;
    return SBN_OK;
fail:
    runtime_release(rt);
    return SBN_EIO;
}

/* ---- What the runtime keeps for others ----------------------------------- */

const sbn_allocator *
sbn__runtime_mem(const sbn_runtime *rt)
{
    return &rt->mem;
}

struct uv_loop_s *
sbn_runtime_loop(const sbn_runtime *rt)
{
    return rt->loop;
}

void
sbn__runtime_enter(sbn_runtime *rt)
{
    if (rt->depth++ > 0)
        return;
    rt->outer = here;
    here = rt;
}

void
sbn__runtime_leave(sbn_runtime *rt)
{
    if (--rt->depth == 0)
        here = rt->outer;
}

bool
sbn__runtime_is_here(const sbn_runtime *rt)
{
    return here == rt;
}

bool
sbn__runtime_is_dispatching(const sbn_runtime *rt)
{
    return rt->depth > 0;
}

void
sbn__runtime_hold(sbn_runtime *rt)
{
    if (rt->holds++ == 0)
        uv_ref((uv_handle_t *)&rt->check);
}

void
sbn__runtime_unhold(sbn_runtime *rt)
{
    if (--rt->holds > 0)
        return;
    if (rt->closing)
        sbn__runtime_wake(rt);
    else
        uv_unref((uv_handle_t *)&rt->check);
}

void *
sbn__runtime_get(const sbn_runtime *rt, enum sbn__slot slot)
{
    return rt->slots[slot].object;
}

void
sbn__runtime_set(sbn_runtime *rt, enum sbn__slot slot, void *object,
                 void (*destroy)(void *object))
{
    rt->slots[slot].object = object;
    rt->slots[slot].destroy = destroy;
}

/* The scratch buffer is given back to the allocator when it is big and that
 * much has not been needed for some uses, or when the limit is below it. */
struct sbn__buf *
sbn__runtime_scratch(sbn_runtime *rt, size_t head, size_t limit)
{
    enum { KEPT = 256 * 1024, SMALL_USES = 8 };
    struct sbn__buf *buf = &rt->scratch;

    if (buf->cap > KEPT && buf->end < buf->cap / 4)
        rt->scratch_small++;
    else
        rt->scratch_small = 0;
    if (rt->scratch_small >= SMALL_USES || buf->cap > limit) {
        sbn__buf_release(buf);
        rt->scratch_small = 0;
    }
    buf->limit = limit;
    sbn__buf_reset(buf, head);
    return buf;
}
