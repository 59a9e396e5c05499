/* SPDX-License-Identifier: Apache-2.0 */
/* A stream's life: reading, the end of it, closing. */
#include <netinet/tcp.h>

#include "runtime/net/socket.h"

/* ---- Life ---------------------------------------------------------------- */

static bool
runtime_make_read_buf(sbn_runtime *rt)
{
    if (rt->read_buf == NULL)
        rt->read_buf = sbn__alloc(&rt->mem, SBN__READ_SIZE);
    return rt->read_buf != NULL;
}

struct sbn__stream *
sbn__stream_alloc(sbn_runtime *rt)
{
    if (!runtime_make_read_buf(rt))
        return NULL;
    return sbn__zalloc(&rt->mem, sizeof(struct sbn__stream));
}

void
sbn__stream_init(struct sbn__stream *stream, sbn_runtime *rt, bool is_pipe)
{
    stream->rt = rt;
    stream->is_pipe = is_pipe;
    sbn__runtime_ref(rt);
    sbn__stream_init_socket(stream);
}

void
sbn__stream_init_socket(struct sbn__stream *stream)
{
    union sbn__socket *socket = &stream->socket;

    /* Neither can fail: no socket is made here. */
    if (stream->is_pipe)
        uv_pipe_init(stream->rt->loop, &socket->pipe, 0);
    else
        uv_tcp_init(stream->rt->loop, &socket->tcp);
    socket->handle.data = stream;
    if (stream->unheld)
        uv_unref(&socket->handle);
}

void
sbn__stream_release(struct sbn__stream *stream)
{
    sbn_runtime *rt = stream->rt;

    sbn__linger_release(stream);
    sbn__free(&rt->mem, stream);
    sbn__runtime_unref(rt);
}

static void
on_closed(uv_handle_t *handle)
{
    sbn__stream_release(handle->data);
}

void
sbn__stream_close(struct sbn__stream *stream)
{
    if (stream == NULL || stream->closed)
        return;
    stream->closed = true;
    stream->events = NULL;
    sbn__defer_cancel(&stream->deferred);
    sbn__connect_abandon(stream->connect);
    sbn__write_drop(stream);
    /* Between two attempts the socket is closing already; whoever closes it
     * looks at closed. */
    if (!uv_is_closing(&stream->socket.handle))
        uv_close(&stream->socket.handle, on_closed);
}

void
sbn__stream_set_events(struct sbn__stream *stream,
                       const struct sbn__stream_events *events, void *data)
{
    stream->events = events;
    stream->data = data;
}

void
sbn__stream_hold(struct sbn__stream *stream, bool hold)
{
    stream->unheld = !hold;
    if (hold)
        uv_ref(&stream->socket.handle);
    else
        uv_unref(&stream->socket.handle);
}

const char *
sbn__stream_peer(const struct sbn__stream *stream)
{
    return stream->peer;
}

void
sbn__stream_quickack(struct sbn__stream *stream)
{
#ifdef TCP_QUICKACK
    uv_os_fd_t fd;
    int on = 1;

    if (!stream->is_pipe && uv_fileno(&stream->socket.handle, &fd) == 0)
        setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
#endif
}

/* ---- The end ------------------------------------------------------------- */

void
sbn__stream_tell_end(struct sbn__stream *stream, sbn_status status, int native)
{
    const struct sbn__stream_events *events = stream->events;

    stream->ended = true;
    if (stream->linger != NULL)
        sbn__linger_ended(stream);
    else if (events != NULL && events->on_end != NULL)
        events->on_end(stream->data, status, native,
                       native != 0 ? uv_strerror(native) : NULL);
}

static sbn_status
status_of(int native)
{
    return native == UV_ENOMEM ? SBN_ENOMEM : SBN_EIO;
}

/*
 * A peer that answers early and closes makes writing fail while its answer is
 * still to be read: reading goes on for one more poll before the end is told.
 */
static void
stream_tell_broken(struct sbn__deferred *deferred)
{
    struct sbn__stream *stream =
        sbn__container(deferred, struct sbn__stream, deferred);

    if (!stream->told_late) {
        stream->told_late = true;
        sbn__defer(stream->rt, deferred, stream_tell_broken);
        return;
    }
    uv_read_stop(&stream->socket.stream);
    sbn__stream_tell_end(stream, status_of(stream->native), stream->native);
}

void
sbn__stream_break(struct sbn__stream *stream, int native)
{
    if (stream->broken)
        return;
    stream->broken = true;
    stream->native = native;
    sbn__write_drop(stream);
    sbn__defer(stream->rt, &stream->deferred, stream_tell_broken);
}

/* ---- Reading ------------------------------------------------------------- */

static void
on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
    sbn_runtime *rt = ((struct sbn__stream *)handle->data)->rt;

    /* Nothing is read into no room: on_read gets UV_ENOBUFS, and the next poll
     * tells again that there is something to read. */
    *buf = sbn__runtime_may_read(rt) ? uv_buf_init(rt->read_buf, SBN__READ_SIZE)
                                     : uv_buf_init(NULL, 0);
}

static void
stream_read_ended(struct sbn__stream *stream, int native)
{
    uv_read_stop(&stream->socket.stream);
    sbn__defer_cancel(&stream->deferred);
    if (stream->broken)
        native = stream->native;
    if (native == UV_EOF) {
        sbn__stream_tell_end(stream, SBN_OK, 0);
        return;
    }
    stream->broken = true;
    sbn__write_drop(stream);
    sbn__stream_tell_end(stream, status_of(native), native);
}

static void
on_read(uv_stream_t *handle, ssize_t size, const uv_buf_t *buf)
{
    struct sbn__stream *stream = handle->data;
    const struct sbn__stream_events *events = stream->events;

    if (size == UV_ENOBUFS)
        return;
    if (size < 0)
        stream_read_ended(stream, (int)size);
    else if (size > 0 && events != NULL && events->on_read != NULL)
        events->on_read(stream->data, buf->base, (size_t)size);
}

void
sbn__stream_read_start(struct sbn__stream *stream)
{
    if (!stream->closed && !stream->ended && stream->connect == NULL)
        uv_read_start(&stream->socket.stream, on_alloc, on_read);
}

void
sbn__stream_read_stop(struct sbn__stream *stream)
{
    if (!stream->closed)
        uv_read_stop(&stream->socket.stream);
}
