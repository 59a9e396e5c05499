/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of net/ share.
 *
 * The end of each turn of the loop is a check handle. There, in this order:
 * expired timers fire (after the sockets have been read: a reply that is in
 * beats its deadline), the deferred queue is run once, a stop is obeyed, a
 * closing runtime that nothing needs any more is taken down. An idle handle is
 * active while there is work for the next end of a turn, so that the loop
 * neither waits nor ends.
 */
#ifndef SBN_NET_INTERNAL_H
#define SBN_NET_INTERNAL_H

#include <stdatomic.h>

#include <uv.h>

#include "runtime/base/memory.h"
#include "runtime/net/runtime.h"

struct sbn__post;
struct sbn__work;
struct sbn__block;

enum { SBN__READ_SIZE = 64 * 1024 };

/* So long one turn of the loop may read before what else is on it has its turn:
 * peers that send without end do not hold up the program's own timers. */
#define SBN__TURN_NS UINT64_C(1000000)

/* As many events libuv takes from the kernel at once.  When it got as many it
 * asks again in the same turn, several times. */
enum { SBN__POLL_EVENTS = 1024 };

/* And so many turns that were cut short may pass before deadlines are judged
 * all the same. */
enum { SBN__TURN_DELAYS = 8 };

struct sbn__slot_entry {
    void *object;
    void (*destroy)(void *object);
};

struct sbn__timer_heap {
    uv_timer_t handle; /* ref'd while a timer that holds is started */
    sbn_timer **items; /* a binary heap, from 1 */
    size_t count, room;
    size_t held; /* started ones that keep the loop alive */
    uint64_t armed_at; /* when handle fires, ns; at most items[1]->at */
    uint64_t due_at;   /* timers up to here fire at the end of the turn */
    bool due;
};

struct sbn__post_queue {
    uv_async_t async; /* unref'd but while sbn_runtime_run waits for posts */
    uv_mutex_t mutex; /* guards all below */
    struct sbn__post *first, **last;
    struct sbn__post *pool;
    size_t pooled;
    bool closed;
};

struct sbn_runtime {
    sbn_allocator mem;
    uv_loop_t *loop;
    uv_loop_t own_loop; /* when loop points here */
    uv_check_t check;   /* ref'd while the loop must stay alive */
    uv_idle_t idle;
    struct sbn__timer_heap timers;
    struct sbn__post_queue posts;
    atomic_bool stop;

    size_t refs, holds;
    unsigned depth;        /* of callbacks into the program */
    unsigned open_handles; /* of the runtime's own */
    bool in_run, in_turn, closing, ended;
    uint64_t turn_began; /* when the time for reading began, ns; 0: not yet */
    uint64_t turn_time;  /* how long it is */
    uint64_t cut_at, cut_until; /* reads were refused from then to then */
    unsigned refused;    /* reads, since */
    bool turn_cut;       /* sockets were left unread at the end of its time */
    bool unread;         /* the same of the turn that has just ended */
    uint8_t turns_cut;   /* in a row while timers were due */
    sbn_runtime *outer;  /* dispatching on this thread before this one */
    bool *gone; /* set when the memory is released under a turn */

    struct sbn__link deferred, deferred_now;
    struct sbn__link closers;
    struct sbn__slot_entry slots[SBN__SLOT_COUNT];
    struct sbn__buf scratch;
    unsigned scratch_small; /* uses in a row that were far below its size */
    struct sbn__work *free_works;
    size_t free_work_count;
    struct sbn__block *free_blocks; /* see write.c */
    size_t free_block_count;
    char *read_buf; /* SBN__READ_SIZE, made with the first stream */

    void (*closed)(void *data);
    void *closed_data;
};

/* The next turn does not wait, and its end is reached. */
void sbn__runtime_wake(sbn_runtime *rt);

/* Whether the runtime may read on in this turn. */
bool sbn__runtime_may_read(sbn_runtime *rt);

/* Whether rt is dispatching on the calling thread. Any thread. */
bool sbn__runtime_is_here(const sbn_runtime *rt);

void sbn__timers_init(sbn_runtime *rt);
/* Those that were due before the last poll. */
void sbn__timers_fire(sbn_runtime *rt);
void sbn__timers_fini(sbn_runtime *rt);

int sbn__posts_init(sbn_runtime *rt);
/* None is taken from now on; those there still run. */
void sbn__posts_close(sbn_runtime *rt);
bool sbn__posts_pending(sbn_runtime *rt);
void sbn__posts_fini(sbn_runtime *rt);

void sbn__works_fini(sbn_runtime *rt);
void sbn__blocks_fini(sbn_runtime *rt);

#endif
