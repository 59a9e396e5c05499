/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/rpc/hub.h"

#include "runtime/base/memory.h"
#include "runtime/net/runtime.h"

static void
hub_free(struct sbn__hub *hub)
{
    sbn_allocator mem = hub->mem;

    pthread_mutex_destroy(&hub->lock);
    sbn__free(&mem, hub);
}

sbn_status
sbn__hub_new(sbn_runtime *rt, void (*ring)(void *data), void *data,
             struct sbn__hub **ret_hub)
{
    struct sbn__hub *hub = sbn__zalloc(sbn__runtime_mem(rt), sizeof(*hub));
    sbn_status status;

    if (hub == NULL)
        return SBN_ENOMEM;
    hub->mem = *sbn__runtime_mem(rt);
    hub->refs = 1;
    sbn__list_init(&hub->queue);
    if (pthread_mutex_init(&hub->lock, NULL) != 0) {
        sbn__free(&hub->mem, hub);
        return SBN_ENOMEM;
    }
    status = sbn__wakeup_new(rt, ring, data, &hub->wakeup);
    if (status != SBN_OK) {
        hub_free(hub);
        return status;
    }
    *ret_hub = hub;
    return SBN_OK;
}

void
sbn__hub_shut(struct sbn__hub *hub)
{
    struct sbn__wakeup *wakeup;

    pthread_mutex_lock(&hub->lock);
    wakeup = hub->wakeup;
    hub->wakeup = NULL;
    pthread_mutex_unlock(&hub->lock);
    sbn__wakeup_free(wakeup);
}

void
sbn__hub_unref(struct sbn__hub *hub)
{
    bool last;

    pthread_mutex_lock(&hub->lock);
    last = --hub->refs == 0;
    pthread_mutex_unlock(&hub->lock);
    if (last)
        hub_free(hub);
}

void
sbn__hub_queue(struct sbn__hub *hub, struct sbn__link *signal)
{
    bool was_empty = sbn__list_is_empty(&hub->queue);

    if (!sbn__list_is_empty(signal) || hub->wakeup == NULL)
        return;
    sbn__list_append(&hub->queue, signal);
    /* Under the lock: the wakeup cannot be freed meanwhile. */
    if (was_empty)
        sbn__wakeup_ring(hub->wakeup);
}
