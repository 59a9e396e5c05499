/* SPDX-License-Identifier: Apache-2.0 */
/* Turning the loop: by the runtime itself, or by a foreign loop. */
#include "runtime/net/internal.h"

/* A runtime on the program's loop may end, and its memory go, while the loop
 * is being turned from here; false: it went. */
static bool
runtime_turn(sbn_runtime *rt, uv_run_mode mode)
{
    bool gone = false, *outer = rt->gone, outer_turn = rt->in_turn;

    rt->gone = &gone;
    rt->in_turn = true;
    uv_run(rt->loop, mode);
    if (gone) {
        if (outer != NULL)
            *outer = true;
        return false;
    }
    rt->gone = outer;
    rt->in_turn = outer_turn;
    return true;
}

/* libuv does not poll a loop that nothing keeps alive; with this it does. */
static void
runtime_keep_alive(sbn_runtime *rt, bool alive)
{
    if (rt->ended)
        return;
    if (alive)
        uv_ref((uv_handle_t *)&rt->posts.async);
    else
        uv_unref((uv_handle_t *)&rt->posts.async);
}

sbn_status
sbn_runtime_run(sbn_runtime *rt)
{
    if (rt->depth > 0 || rt->in_turn)
        return SBN_ESTATE;
    rt->in_run = true;
    do {
        runtime_keep_alive(rt, sbn__posts_pending(rt));
        if (!runtime_turn(rt, UV_RUN_DEFAULT))
            return SBN_OK;
    } while (!rt->ended && !atomic_load(&rt->stop) && sbn__posts_pending(rt));
    rt->in_run = false;
    atomic_store(&rt->stop, false);
    return SBN_OK;
}

void
sbn_runtime_stop(sbn_runtime *rt)
{
    atomic_store(&rt->stop, true);
    uv_async_send(&rt->posts.async);
}

int
sbn_runtime_fd(const sbn_runtime *rt)
{
    return uv_backend_fd(rt->loop);
}

/*
 * libuv's answer is 0 for a loop that nothing keeps alive, and counts from the
 * loop's cached time; a foreign loop would spin on the one and be late by the
 * other. It is 0 as well while sockets wait to be put into the epoll set.
 */
int
sbn_runtime_timeout(const sbn_runtime *rt)
{
    uv_handle_t *async = (uv_handle_t *)&rt->posts.async;
    bool alive;
    int timeout;

    if (rt->ended)
        return -1;
    uv_update_time(rt->loop);
    alive = uv_has_ref(async);
    uv_ref(async);
    timeout = uv_backend_timeout(rt->loop);
    if (!alive)
        uv_unref(async);
    return timeout;
}

sbn_status
sbn_runtime_dispatch(sbn_runtime *rt)
{
    if (rt->depth > 0 || rt->in_turn)
        return SBN_ESTATE;
    runtime_keep_alive(rt, true);
    if (runtime_turn(rt, UV_RUN_NOWAIT))
        runtime_keep_alive(rt, false);
    return SBN_OK;
}

void
sbn__runtime_turn(sbn_runtime *rt)
{
    runtime_turn(rt, UV_RUN_ONCE);
}
