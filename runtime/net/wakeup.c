/* SPDX-License-Identifier: Apache-2.0 */
#include <uv.h>

#include "runtime/base/list.h"
#include "runtime/base/memory.h"
#include "runtime/net/internal.h"
#include "runtime/net/wakeup.h"

struct sbn__wakeup {
    uv_async_t async;
    struct sbn__deferred deferred; /* rung on the runtime's own thread */
    sbn_runtime *rt;
    void (*fn)(void *data); /* NULL: being closed */
    void *data;
};

static void
on_ring(uv_async_t *async)
{
    struct sbn__wakeup *wakeup =
        sbn__container(async, struct sbn__wakeup, async);

    if (wakeup->fn != NULL)
        wakeup->fn(wakeup->data);
}

static void
on_deferred(struct sbn__deferred *deferred)
{
    struct sbn__wakeup *wakeup =
        sbn__container(deferred, struct sbn__wakeup, deferred);

    wakeup->fn(wakeup->data);
}

sbn_status
sbn__wakeup_new(sbn_runtime *rt, void (*fn)(void *data), void *data,
                struct sbn__wakeup **ret_wakeup)
{
    struct sbn__wakeup *wakeup =
        sbn__zalloc(sbn__runtime_mem(rt), sizeof(*wakeup));
    int code;

    if (wakeup == NULL)
        return SBN_ENOMEM;
    code = uv_async_init(sbn_runtime_loop(rt), &wakeup->async, on_ring);
    if (code != 0) {
        sbn__free(sbn__runtime_mem(rt), wakeup);
        return code == UV_ENOMEM ? SBN_ENOMEM : SBN_EIO;
    }
    uv_unref((uv_handle_t *)&wakeup->async);
    wakeup->rt = rt;
    wakeup->fn = fn;
    wakeup->data = data;
    sbn__runtime_ref(rt);
    *ret_wakeup = wakeup;
    return SBN_OK;
}

void
sbn__wakeup_ring(struct sbn__wakeup *wakeup)
{
    /* From a callback of the runtime itself two system calls are saved. */
    if (sbn__runtime_is_here(wakeup->rt))
        sbn__defer(wakeup->rt, &wakeup->deferred, on_deferred);
    else
        uv_async_send(&wakeup->async);
}

static void
on_close(uv_handle_t *handle)
{
    struct sbn__wakeup *wakeup =
        sbn__container(handle, struct sbn__wakeup, async);
    sbn_runtime *rt = wakeup->rt;

    sbn__free(sbn__runtime_mem(rt), wakeup);
    sbn__runtime_unref(rt);
}

void
sbn__wakeup_free(struct sbn__wakeup *wakeup)
{
    if (wakeup == NULL)
        return;
    wakeup->fn = NULL;
    sbn__defer_cancel(&wakeup->deferred);
    uv_close((uv_handle_t *)&wakeup->async, on_close);
}
