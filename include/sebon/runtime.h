/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The runtime: one libuv loop, and everything that lives on it.
 *
 * Thread: a runtime and all that is made from it belong to one thread, the one
 * that turns its loop. Functions marked "any thread" are the exceptions.
 */
#ifndef SEBON_RUNTIME_H
#define SEBON_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

#include <sebon/memory.h>
#include <sebon/status.h>

SBN_BEGIN_DECLS

struct uv_loop_s; /* uv_loop_t */

typedef struct sbn_runtime sbn_runtime;

/* Zero is the default of every member. */
typedef struct sbn_runtime_options {
    /* The program's own loop; borrowed until the runtime is closed. NULL: the
     * runtime has a loop of its own. */
    struct uv_loop_s *loop;
    /* Copied. NULL: malloc, realloc and free. */
    const sbn_allocator *allocator;
} sbn_runtime_options;

/*
 * The first runtime of a process sets SIGPIPE to be ignored, where it had its
 * default action: a peer that hangs up must not end the program.
 *
 * SBN_ENOMEM; SBN_EIO when libuv cannot start.
 */
SBN_EXPORT sbn_status
sbn_runtime_new(const sbn_runtime_options *options, sbn_runtime **ret_runtime);

/*
 * Ends a runtime with a loop of its own: every call still pending completes
 * with SBN_ECLOSED, every server stops, and the loop is turned until all is
 * released. Clients and servers made from the runtime must not be used after
 * it, but may still be freed. Not from inside a callback of the runtime.
 * NULL does nothing.
 *
 * A runtime on the program's loop must be ended with sbn_runtime_close.
 */
SBN_EXPORT void
sbn_runtime_free(sbn_runtime *runtime);

/*
 * The same without turning the loop: the caller's loop must go on turning
 * until closed(data) is called, which is the last thing the runtime does.
 * closed may be NULL. Allowed from inside a callback. Timers that are started
 * when the last call and server have gone do not fire any more.
 * A runtime with a loop of its own is given to sbn_runtime_free afterwards.
 */
SBN_EXPORT void
sbn_runtime_close(sbn_runtime *runtime, void (*closed)(void *data), void *data);

/* Turns the loop until nothing is pending: no call, no server, no post.
 * SBN_ESTATE from inside a callback of this runtime. */
SBN_EXPORT sbn_status
sbn_runtime_run(sbn_runtime *runtime);

/* Makes the sbn_runtime_run under way return after the current turn, or the
 * next one return after its first. Any thread, and signal handlers. */
SBN_EXPORT void
sbn_runtime_stop(sbn_runtime *runtime);

/*
 * For foreign loops (GLib, Qt, epoll): wait until fd is readable or the
 * time-out passed, then dispatch.  fd stays the same for the runtime's life.
 * timeout: milliseconds, 0: dispatch at once, -1: no limit.
 * dispatch turns the loop once without blocking.
 */
SBN_EXPORT int
sbn_runtime_fd(const sbn_runtime *runtime);
SBN_EXPORT int
sbn_runtime_timeout(const sbn_runtime *runtime);
SBN_EXPORT sbn_status
sbn_runtime_dispatch(sbn_runtime *runtime);

/*
 * Runs fn(data) on the runtime's thread, on a fresh stack; posts run in the
 * order they were made. A post keeps sbn_runtime_run going until it has run.
 * After close it is refused with SBN_ECLOSED. SBN_ENOMEM. Any thread.
 */
SBN_EXPORT sbn_status
sbn_runtime_post(sbn_runtime *runtime, void (*fn)(void *data), void *data);

/* The loop the runtime lives on. */
SBN_EXPORT struct uv_loop_s *
sbn_runtime_loop(const sbn_runtime *runtime);

/*
 * A timer on the runtime's loop, for programs without libuv of their own: runs
 * fn(data) once, timeout milliseconds from now, unless stopped before.
 * Storage is the caller's and must stay until it fired or was stopped; zero it
 * before the first start. Starting a started timer starts it anew.
 */
typedef struct sbn_timer {
    sbn_runtime *runtime;
    void (*fn)(void *data);
    void *data;
    uint64_t at;  /* private */
    size_t index; /* private: place in the runtime's heap, 0: not started */
    int unheld;   /* private: it does not keep the loop alive */
} sbn_timer;

/* SBN_ENOMEM */
SBN_EXPORT sbn_status
sbn_timer_start(sbn_runtime *runtime, sbn_timer *timer, uint32_t timeout,
                void (*fn)(void *data), void *data);
SBN_EXPORT void
sbn_timer_stop(sbn_timer *timer);

SBN_END_DECLS

#endif
