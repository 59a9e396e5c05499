/* SPDX-License-Identifier: Apache-2.0 */
/* Work on libuv's thread pool. */
#include "runtime/net/internal.h"

enum { POOL_SIZE = 64 };

struct sbn__work {
    uv_work_t req;
    sbn_runtime *rt;
    void (*fn)(void *data);
    void (*done)(void *data);
    void *data;
    struct sbn__work *next; /* in the pool */
};

static struct sbn__work *
work_new(sbn_runtime *rt)
{
    struct sbn__work *work = rt->free_works;

    if (work == NULL)
        return sbn__alloc(&rt->mem, sizeof(*work));
    rt->free_works = work->next;
    rt->free_work_count--;
    return work;
}

static void
work_release(struct sbn__work *work)
{
    sbn_runtime *rt = work->rt;

    if (rt->free_work_count >= POOL_SIZE) {
        sbn__free(&rt->mem, work);
        return;
    }
    work->next = rt->free_works;
    rt->free_works = work;
    rt->free_work_count++;
}

void
sbn__works_fini(sbn_runtime *rt)
{
    struct sbn__work *work;

    while ((work = rt->free_works) != NULL) {
        rt->free_works = work->next;
        sbn__free(&rt->mem, work);
    }
}

static void
on_work(uv_work_t *req)
{
    struct sbn__work *work = sbn__container(req, struct sbn__work, req);

    work->fn(work->data);
}

static void
on_work_done(uv_work_t *req, int status)
{
    struct sbn__work *work = sbn__container(req, struct sbn__work, req);
    sbn_runtime *rt = work->rt;
    void (*done)(void *) = work->done;
    void *data = work->data;

    work_release(work);
    done(data);
    sbn__runtime_unref(rt);
}

sbn_status
sbn__runtime_work(sbn_runtime *rt, void (*fn)(void *data),
                  void (*done)(void *data), void *data)
{
    struct sbn__work *work = work_new(rt);

    if (work == NULL)
        return SBN_ENOMEM;
    work->rt = rt;
    work->fn = fn;
    work->done = done;
    work->data = data;
    /* It fails for a missing callback only. */
    uv_queue_work(rt->loop, &work->req, on_work, on_work_done);
    sbn__runtime_ref(rt);
    return SBN_OK;
}
