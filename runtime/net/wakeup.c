/* SPDX-License-Identifier: Apache-2.0 */
#include <uv.h>

#include "runtime/base/list.h"
#include "runtime/base/memory.h"
#include "runtime/net/runtime.h"
#include "runtime/net/wakeup.h"

struct sbn__wakeup {
    uv_async_t async;
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
    uv_close((uv_handle_t *)&wakeup->async, on_close);
}
