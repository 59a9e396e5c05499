/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a server's requests meet other threads: the lock that guards their
 * states, the queue of those that the loop is to look at, and the bell that
 * wakes it. It outlives the server while a request is still out with the
 * program, so that completing one late is harmless.
 */
#ifndef SBN_RPC_HUB_H
#define SBN_RPC_HUB_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include <sebon/memory.h>
#include <sebon/runtime.h>
#include <sebon/status.h>

#include "runtime/base/list.h"
#include "runtime/net/wakeup.h"

struct sbn__hub {
    sbn_allocator mem; /* a copy: the runtime may go first */
    pthread_mutex_t lock;
    /* All below is guarded by lock. */
    size_t refs;                /* the server, and each request without one */
    struct sbn__wakeup *wakeup; /* NULL: the server is gone */
    struct sbn__link queue;     /* of sbn_request.signal */
};

/* ring(data) is called on the loop when the queue has something. SBN_ENOMEM,
 * SBN_EIO. */
sbn_status sbn__hub_new(sbn_runtime *rt, void (*ring)(void *data), void *data,
                        struct sbn__hub **ret_hub);
/* The server is going: nothing is queued any more. Thread: the runtime's. */
void sbn__hub_shut(struct sbn__hub *hub);
/* Any thread; not with the lock held. */
void sbn__hub_unref(struct sbn__hub *hub);

/* Queues signal unless it is queued. Any thread, with the lock held. */
void sbn__hub_queue(struct sbn__hub *hub, struct sbn__link *signal);

#endif
