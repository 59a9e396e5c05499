/* SPDX-License-Identifier: Apache-2.0 */
/* Posts: work handed to the runtime's thread by any other. */
#include "runtime/net/internal.h"

enum { POOL_SIZE = 256 };

struct sbn__post {
    struct sbn__post *next;
    void (*fn)(void *data);
    void *data;
};

static struct sbn__post *
posts_take(struct sbn__post_queue *posts)
{
    struct sbn__post *first;

    uv_mutex_lock(&posts->mutex);
    first = posts->first;
    posts->first = NULL;
    posts->last = &posts->first;
    uv_mutex_unlock(&posts->mutex);
    return first;
}

/* Keeps some of the list for later posts. */
static void
posts_recycle(sbn_runtime *rt, struct sbn__post *list)
{
    struct sbn__post_queue *posts = &rt->posts;
    struct sbn__post *post;

    uv_mutex_lock(&posts->mutex);
    while (list != NULL && posts->pooled < POOL_SIZE) {
        post = list;
        list = post->next;
        post->next = posts->pool;
        posts->pool = post;
        posts->pooled++;
    }
    uv_mutex_unlock(&posts->mutex);
    while ((post = list) != NULL) {
        list = post->next;
        sbn__free(&rt->mem, post);
    }
}

static void
on_async(uv_async_t *handle)
{
    sbn_runtime *rt = handle->data;
    struct sbn__post *list = posts_take(&rt->posts), *post;

    uv_unref((uv_handle_t *)handle);
    for (post = list; post != NULL; post = post->next) {
        sbn__runtime_enter(rt);
        post->fn(post->data);
        sbn__runtime_leave(rt);
    }
    if (list != NULL)
        posts_recycle(rt, list);
    if (rt->closing)
        sbn__runtime_wake(rt);
}

int
sbn__posts_init(sbn_runtime *rt)
{
    struct sbn__post_queue *posts = &rt->posts;
    int err = uv_mutex_init(&posts->mutex);

    if (err != 0)
        return err;
    posts->last = &posts->first;
    err = uv_async_init(rt->loop, &posts->async, on_async);
    if (err != 0) {
        uv_mutex_destroy(&posts->mutex);
        return err;
    }
    posts->async.data = rt;
    uv_unref((uv_handle_t *)&posts->async);
    return 0;
}

void
sbn__posts_close(sbn_runtime *rt)
{
    uv_mutex_lock(&rt->posts.mutex);
    rt->posts.closed = true;
    uv_mutex_unlock(&rt->posts.mutex);
}

bool
sbn__posts_pending(sbn_runtime *rt)
{
    bool pending;

    uv_mutex_lock(&rt->posts.mutex);
    pending = rt->posts.first != NULL;
    uv_mutex_unlock(&rt->posts.mutex);
    return pending;
}

void
sbn__posts_fini(sbn_runtime *rt)
{
    struct sbn__post *post;

    while ((post = rt->posts.pool) != NULL) {
        rt->posts.pool = post->next;
        sbn__free(&rt->mem, post);
    }
    uv_mutex_destroy(&rt->posts.mutex);
}

/* With the mutex locked. */
static struct sbn__post *
post_new(sbn_runtime *rt)
{
    struct sbn__post *post = rt->posts.pool;

    if (post == NULL)
        return sbn__alloc(&rt->mem, sizeof(*post));
    rt->posts.pool = post->next;
    rt->posts.pooled--;
    return post;
}

sbn_status
sbn_runtime_post(sbn_runtime *rt, void (*fn)(void *data), void *data)
{
    struct sbn__post_queue *posts = &rt->posts;
    struct sbn__post *post;
    sbn_status st = SBN_ECLOSED;

    uv_mutex_lock(&posts->mutex);
    if (posts->closed)
        goto out;
    st = SBN_ENOMEM;
    post = post_new(rt);
    if (post == NULL)
        goto out;
    post->next = NULL;
    post->fn = fn;
    post->data = data;
    *posts->last = post;
    posts->last = &post->next;
    /* Under the mutex: the handle cannot be closed meanwhile. */
    uv_async_send(&posts->async);
    st = SBN_OK;
out:
    uv_mutex_unlock(&posts->mutex);
    return st;
}
