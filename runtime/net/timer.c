/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All timers of a runtime on one libuv timer: a binary heap of the timers'
 * addresses, whose room is made when a timer starts, so that stopping and
 * firing cannot fail. Times are nanoseconds of the real clock: the loop's own
 * is as old as its turn.
 *
 * The libuv timer is left alone when the first timer is stopped: most deadlines
 * never come, and one wake-up too many every now and then is cheaper than two
 * changes a call.
 */
#include <assert.h>

#include "runtime/net/internal.h"

enum { NS_PER_MS = 1000000 };

uint64_t
sbn__runtime_now(const sbn_runtime *rt)
{
    return uv_hrtime() / NS_PER_MS;
}

/* ---- The heap ------------------------------------------------------------ */

static void
heap_place(struct sbn__timer_heap *heap, size_t index, sbn_timer *timer)
{
    heap->items[index] = timer;
    timer->index = index;
}

static void
heap_up(struct sbn__timer_heap *heap, sbn_timer *timer)
{
    size_t i = timer->index;

    for (; i > 1 && timer->at < heap->items[i / 2]->at; i /= 2)
        heap_place(heap, i, heap->items[i / 2]);
    heap_place(heap, i, timer);
}

static void
heap_down(struct sbn__timer_heap *heap, sbn_timer *timer)
{
    size_t i = timer->index, child;

    while ((child = i * 2) <= heap->count) {
        if (child < heap->count &&
            heap->items[child + 1]->at < heap->items[child]->at)
            child++;
        if (timer->at <= heap->items[child]->at)
            break;
        heap_place(heap, i, heap->items[child]);
        i = child;
    }
    heap_place(heap, i, timer);
}

static bool
heap_reserve(sbn_runtime *rt)
{
    struct sbn__timer_heap *heap = &rt->timers;
    size_t room = heap->room * 2 + 16;
    sbn_timer **items;

    if (heap->count + 1 < heap->room)
        return true;
    items = sbn__realloc(&rt->mem, heap->items, room * sizeof(sbn_timer *));
    if (items == NULL)
        return false;
    heap->items = items;
    heap->room = room;
    return true;
}

static void
heap_remove(struct sbn__timer_heap *heap, sbn_timer *timer)
{
    size_t index = timer->index;
    sbn_timer *last = heap->items[heap->count--];

    timer->index = 0;
    heap->held -= !timer->unheld;
    if (last == timer)
        return;
    heap_place(heap, index, last);
    heap_up(heap, last);
    heap_down(heap, last);
}

/* ---- The libuv timer ----------------------------------------------------- */

static void timers_arm(sbn_runtime *rt);

/* Not now: the loop may not have turned for long, and what ends the wait may
 * be in a socket already. One poll that does not wait comes first. */
static void
on_timer(uv_timer_t *handle)
{
    sbn_runtime *rt = handle->data;
    struct sbn__timer_heap *heap = &rt->timers;

    heap->armed_at = UINT64_MAX;
    heap->due_at = uv_hrtime();
    if (heap->count > 0 && heap->items[1]->at <= heap->due_at) {
        heap->due = true;
        sbn__runtime_wake(rt);
    } else {
        timers_arm(rt);
    }
}

static void
timers_arm(sbn_runtime *rt)
{
    struct sbn__timer_heap *heap = &rt->timers;
    uint64_t ms, now = uv_now(rt->loop);

    if (heap->held == 0)
        uv_unref((uv_handle_t *)&heap->handle);
    else
        uv_ref((uv_handle_t *)&heap->handle);
    if (heap->count == 0)
        return;
    if (heap->due || heap->items[1]->at >= heap->armed_at)
        return;
    heap->armed_at = heap->items[1]->at;
    /* libuv adds the loop's cached time again, of the same clock. What is due
     * already does not wait for the next whole millisecond. */
    ms = (heap->armed_at + NS_PER_MS - 1) / NS_PER_MS;
    if (ms <= now || heap->armed_at <= uv_hrtime())
        ms = now;
    uv_timer_start(&heap->handle, on_timer, ms - now, 0);
}

void
sbn__timers_init(sbn_runtime *rt)
{
    uv_timer_init(rt->loop, &rt->timers.handle);
    uv_unref((uv_handle_t *)&rt->timers.handle);
    rt->timers.handle.data = rt;
    rt->timers.armed_at = UINT64_MAX;
}

void
sbn__timers_fire(sbn_runtime *rt)
{
    struct sbn__timer_heap *heap = &rt->timers;
    sbn_timer *timer;

    while (heap->count > 0 && heap->items[1]->at <= heap->due_at) {
        timer = heap->items[1];
        heap_remove(heap, timer);
        sbn__runtime_enter(rt);
        timer->fn(timer->data);
        sbn__runtime_leave(rt);
    }
    heap->due = false;
    timers_arm(rt);
}

/* The program's timers that are still started never fire; stopping them later
 * is harmless. */
void
sbn__timers_fini(sbn_runtime *rt)
{
    struct sbn__timer_heap *heap = &rt->timers;

    for (; heap->count > 0; heap->count--)
        heap->items[heap->count]->index = 0;
    sbn__free(&rt->mem, heap->items);
}

/* ---- Timers -------------------------------------------------------------- */

sbn_status
sbn_timer_start(sbn_runtime *rt, sbn_timer *timer, uint32_t timeout,
                void (*fn)(void *data), void *data)
{
    struct sbn__timer_heap *heap = &rt->timers;

    if (timer->index == 0) {
        if (!heap_reserve(rt))
            return SBN_ENOMEM;
        heap_place(heap, ++heap->count, timer);
        heap->held += !timer->unheld;
    }
    assert(heap->items[timer->index] == timer);
    timer->runtime = rt;
    timer->fn = fn;
    timer->data = data;
    timer->at = uv_hrtime() + (uint64_t)timeout * NS_PER_MS;
    heap_up(heap, timer);
    heap_down(heap, timer);
    timers_arm(rt);
    return SBN_OK;
}

void
sbn_timer_stop(sbn_timer *timer)
{
    sbn_runtime *rt = timer->runtime;

    if (timer->index == 0)
        return;
    heap_remove(&rt->timers, timer);
    if (rt->timers.held == 0)
        timers_arm(rt);
}
