/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the other layers see of a runtime. Only net/ knows libuv.
 *
 * Thread: the runtime's, unless marked "any thread".
 */
#ifndef SBN_NET_RUNTIME_H
#define SBN_NET_RUNTIME_H

#include <stdbool.h>
#include <stdint.h>

#include <sebon/runtime.h>

#include "runtime/base/buf.h"
#include "runtime/base/list.h"

const sbn_allocator *sbn__runtime_mem(const sbn_runtime *rt);

/* Milliseconds of a monotonic clock, read afresh (not the loop's cached
 * time). */
uint64_t sbn__runtime_now(const sbn_runtime *rt);

bool sbn__runtime_is_closing(const sbn_runtime *rt);

/*
 * The deferred queue: fn runs in order, from the loop, on a fresh stack, in
 * this turn's or the next turn's end; never from here. A pending one keeps the
 * loop alive and from waiting. Storage is the caller's (zero it first); a
 * deferral that is queued already stays where it is. Cannot fail.
 */
struct sbn__deferred {
    struct sbn__link link;
    void (*fn)(struct sbn__deferred *deferred);
    bool queued;
};
void sbn__defer(sbn_runtime *rt, struct sbn__deferred *deferred,
                void (*fn)(struct sbn__deferred *deferred));
void sbn__defer_cancel(struct sbn__deferred *deferred);

/* In a deferral: whether this turn ended, for lack of time, before every socket
 * that had something was read. */
bool sbn__runtime_left_unread(const sbn_runtime *rt);

/* Every callback into the program runs between these two, so that a synchronous
 * call inside one can be refused. They nest. */
void sbn__runtime_enter(sbn_runtime *rt);
void sbn__runtime_leave(sbn_runtime *rt);
bool sbn__runtime_is_dispatching(const sbn_runtime *rt);

/* Turns the loop once, waiting for events: for private loops. */
void sbn__runtime_turn(sbn_runtime *rt);

/* While any is held the loop stays alive (calls in flight). */
void sbn__runtime_hold(sbn_runtime *rt);
void sbn__runtime_unhold(sbn_runtime *rt);

/* Whether a timer keeps the loop alive while it is started (yes at first). Only
 * for one that is not started. */
static inline void
sbn__timer_hold(sbn_timer *timer, bool hold)
{
    timer->unheld = !hold;
}

/* Told when the runtime closes, newest first; it must let go of everything in
 * bounded time. Unlinked before the call. Zero it first. */
struct sbn__closer {
    struct sbn__link link;
    void (*fn)(struct sbn__closer *closer);
};
void sbn__runtime_add_closer(sbn_runtime *rt, struct sbn__closer *closer,
                             void (*fn)(struct sbn__closer *closer));
void sbn__runtime_remove_closer(struct sbn__closer *closer);

/*
 * The runtime's memory is reference counted: whoever may still need its loop or
 * allocator (an open handle, a request in a worker thread) holds a reference.
 * closed() is called when the last one is gone.
 */
void sbn__runtime_ref(sbn_runtime *rt);
void sbn__runtime_unref(sbn_runtime *rt);

/* One object of an upper layer per slot, made on first use by that layer,
 * released with destroy when the runtime goes. */
enum sbn__slot { SBN__SLOT_XML, SBN__SLOT_SOAP, SBN__SLOT_HTTP, SBN__SLOT_RPC,
                 SBN__SLOT_COUNT };
void *sbn__runtime_get(const sbn_runtime *rt, enum sbn__slot slot);
void sbn__runtime_set(sbn_runtime *rt, enum sbn__slot slot, void *object,
                      void (*destroy)(void *object));

/* One big buffer that a message is written into before it is known whether the
 * socket takes it at once; valid until the caller returns to the loop. Its
 * status is clean and head bytes are free in front. */
struct sbn__buf *sbn__runtime_scratch(sbn_runtime *rt, size_t head,
                                      size_t limit);

/* fn(data) on a thread of libuv's pool, then done(data) from the loop, on the
 * runtime's thread. SBN_ENOMEM. */
sbn_status sbn__runtime_work(sbn_runtime *rt, void (*fn)(void *data),
                             void (*done)(void *data), void *data);

#endif
