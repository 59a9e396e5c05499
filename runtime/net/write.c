/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing: at once what the socket takes, the rest from a block of the
 * stream's own. libuv has one block at a time; what is written meanwhile
 * gathers in a second one, so that a busy stream makes few, big writes. Blocks
 * of the usual size are kept by the runtime.
 */
#include "runtime/net/socket.h"

enum { POOL_SIZE = 16, KEPT_ROOM = 64 * 1024, MIN_ROOM = 16 * 1024 };

struct sbn__block {
    uv_write_t req;
    struct sbn__block *next; /* in the pool */
    size_t size, room;
    char bytes[];
};

/* ---- Blocks -------------------------------------------------------------- */

static struct sbn__block *
block_resize(sbn_runtime *rt, struct sbn__block *block, size_t room)
{
    if (room > SIZE_MAX - sizeof(*block))
        return NULL;
    block = sbn__realloc(&rt->mem, block, sizeof(*block) + room);
    if (block != NULL)
        block->room = room;
    return block;
}

static void
block_release(sbn_runtime *rt, struct sbn__block *block)
{
    if (block == NULL)
        return;
    if (block->room > KEPT_ROOM || rt->free_block_count >= POOL_SIZE) {
        sbn__free(&rt->mem, block);
        return;
    }
    block->next = rt->free_blocks;
    rt->free_blocks = block;
    rt->free_block_count++;
}

static struct sbn__block *
block_new(sbn_runtime *rt, size_t size)
{
    struct sbn__block *block = rt->free_blocks;

    if (block != NULL && block->room >= size) {
        rt->free_blocks = block->next;
        rt->free_block_count--;
    } else {
        block = block_resize(rt, NULL, size > MIN_ROOM ? size : MIN_ROOM);
        if (block == NULL)
            return NULL;
    }
    block->size = 0;
    return block;
}

void
sbn__blocks_fini(sbn_runtime *rt)
{
    struct sbn__block *block;

    while ((block = rt->free_blocks) != NULL) {
        rt->free_blocks = block->next;
        sbn__free(&rt->mem, block);
    }
}

/* ---- The queue ----------------------------------------------------------- */

static sbn_status
queue_append(struct sbn__stream *stream, const char *bytes, size_t size)
{
    struct sbn__block *block = stream->waiting;
    size_t room;

    if (block == NULL) {
        block = block_new(stream->rt, size);
        if (block == NULL)
            return SBN_ENOMEM;
    } else if (block->room - block->size < size) {
        room = block->size + size;
        if (room < size)
            return SBN_ENOMEM;
        room += room / 2;
        block = block_resize(stream->rt, block, room);
        if (block == NULL)
            return SBN_ENOMEM;
    }
    stream->waiting = block;
    memcpy(block->bytes + block->size, bytes, size);
    block->size += size;
    return SBN_OK;
}

static void queue_submit(struct sbn__stream *stream);

static void
on_drained(struct sbn__stream *stream)
{
    if (stream->linger != NULL)
        sbn__linger_drained(stream);
    else if (stream->events != NULL && stream->events->on_drain != NULL)
        stream->events->on_drain(stream->data);
}

static void
on_written(uv_write_t *req, int status)
{
    struct sbn__stream *stream = req->handle->data;

    block_release(stream->rt, stream->writing);
    stream->writing = NULL;
    if (stream->closed || stream->broken)
        return;
    if (status != 0)
        sbn__stream_break(stream, status);
    else if (stream->waiting != NULL)
        queue_submit(stream);
    else
        on_drained(stream);
}

static void
queue_submit(struct sbn__stream *stream)
{
    struct sbn__block *block = stream->waiting;
    size_t left = block->size;
    uv_buf_t bufs[8];
    unsigned count = 0;
    int err;

    /* A uv_buf_t holds 32 bits on some systems. */
    for (; left > 0 && count < 8; count++) {
        bufs[count] =
            uv_buf_init(block->bytes + (block->size - left),
                        left > INT32_MAX ? INT32_MAX : (unsigned)left);
        left -= bufs[count].len;
    }
    stream->waiting = NULL;
    stream->writing = block;
    err =
        uv_write(&block->req, &stream->socket.stream, bufs, count, on_written);
    if (err == 0)
        return;
    stream->writing = NULL;
    block_release(stream->rt, block);
    sbn__stream_break(stream, err);
}

void
sbn__write_drop(struct sbn__stream *stream)
{
    block_release(stream->rt, stream->waiting);
    stream->waiting = NULL;
}

size_t
sbn__stream_unsent(const struct sbn__stream *stream)
{
    size_t size = stream->waiting != NULL ? stream->waiting->size : 0;

    if (stream->writing != NULL)
        size += uv_stream_get_write_queue_size(&stream->socket.stream);
    return size;
}

sbn_status
sbn__stream_write(struct sbn__stream *stream, const char *bytes, size_t size)
{
    uv_buf_t buf;
    sbn_status st;
    int taken = UV_EAGAIN;

    if (stream->closed || stream->broken || stream->connect != NULL)
        return SBN_EIO;
    if (size == 0)
        return SBN_OK;
    if (stream->writing == NULL) {
        buf = uv_buf_init((char *)(uintptr_t)bytes,
                          size > INT32_MAX ? INT32_MAX : (unsigned)size);
        taken = uv_try_write(&stream->socket.stream, &buf, 1);
    }
    if (taken == UV_EAGAIN)
        taken = 0;
    if (taken < 0) {
        sbn__stream_break(stream, taken);
        return SBN_EIO;
    }
    if ((size_t)taken == size)
        return SBN_OK;
    st = queue_append(stream, bytes + taken, size - (size_t)taken);
    if (st != SBN_OK) {
        /* Half a message went out: nothing may follow it. */
        if (taken > 0)
            sbn__stream_break(stream, UV_ENOMEM);
        return st;
    }
    if (stream->writing == NULL)
        queue_submit(stream);
    return stream->broken ? SBN_EIO : SBN_OK;
}
