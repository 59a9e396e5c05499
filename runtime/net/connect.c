/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Connecting: look the name up, try its addresses in turn. The block that holds
 * all this is released when the stream is connected or closed, but not before
 * libuv has given back the requests in it.
 */
#include <stdio.h>

#include "runtime/net/socket.h"

/* A Unix socket whose backlog is full refuses at once instead of letting the
 * connection wait; it is tried again until the time-out. */
enum { BACKLOG_RETRY = 5 };

struct sbn__connect {
    sbn_runtime *rt;
    struct sbn__stream *stream; /* NULL: abandoned */
    uv_getaddrinfo_t resolve;
    uv_connect_t req;
    struct addrinfo *list; /* from libuv, NULL: host was numeric */
    const struct addrinfo *next;
    union sbn__address address;
    sbn_timer timer;
    uint64_t give_up_at; /* of this attempt, ms */
    uint32_t timeout;
    int native; /* why the last attempt failed */
    uint16_t port;
    bool resolving, attempting;
    bool again; /* the same address, once the socket is closed */
    char host[];
};

static void connect_try_next(struct sbn__connect *connect);
static void connect_attempt(struct sbn__connect *connect);

static void
connect_release(struct sbn__connect *connect)
{
    sbn_runtime *rt = connect->rt;

    if (connect->resolving || connect->attempting)
        return;
    sbn_timer_stop(&connect->timer);
    uv_freeaddrinfo(connect->list);
    sbn__free(&rt->mem, connect);
    sbn__runtime_unref(rt);
}

void
sbn__connect_abandon(struct sbn__connect *connect)
{
    if (connect == NULL)
        return;
    connect->stream->connect = NULL;
    connect->stream = NULL;
    sbn_timer_stop(&connect->timer);
    if (connect->resolving)
        uv_cancel((uv_req_t *)&connect->resolve);
    connect_release(connect);
}

static void
connect_tell_stage(struct sbn__connect *connect, sbn_stage stage,
                   const char *peer)
{
    struct sbn__stream *stream = connect->stream;

    if (stream->events != NULL && stream->events->on_stage != NULL)
        stream->events->on_stage(stream->data, stage, peer);
}

static void
connect_fail(struct sbn__connect *connect, sbn_status status, int native)
{
    struct sbn__stream *stream = connect->stream;

    sbn__connect_abandon(connect);
    stream->broken = true;
    stream->native = native;
    sbn__stream_tell_end(stream, native == UV_ENOMEM ? SBN_ENOMEM : status,
                         native);
}

/* ---- One attempt --------------------------------------------------------- */

static void
connect_done(struct sbn__connect *connect)
{
    struct sbn__stream *stream = connect->stream;

    sbn__connect_abandon(connect);
    if (!stream->is_pipe)
        uv_tcp_nodelay(&stream->socket.tcp, 1);
    if (stream->events != NULL && stream->events->on_connect != NULL)
        stream->events->on_connect(stream->data);
}

/* The socket of the failed attempt is gone. */
static void
on_attempt_closed(uv_handle_t *handle)
{
    struct sbn__stream *stream = handle->data;

    if (stream->closed) {
        sbn__stream_release(stream);
        return;
    }
    sbn__stream_init_socket(stream);
    if (stream->connect->again)
        connect_attempt(stream->connect);
    else
        connect_try_next(stream->connect);
}

static void
connect_attempt_failed(struct sbn__connect *connect, int native)
{
    union sbn__socket *socket = &connect->stream->socket;

    sbn_timer_stop(&connect->timer);
    connect->native = native;
    if (!uv_is_closing(&socket->handle))
        uv_close(&socket->handle, on_attempt_closed);
}

static void
on_retry(void *data)
{
    struct sbn__connect *connect = data;

    connect->again = true;
    connect_attempt_failed(connect, UV_EAGAIN);
}

static void
on_timeout(void *data)
{
    connect_attempt_failed(data, UV_ETIMEDOUT);
}

/* The backlog is full: a short wait, then the same again. */
static void
connect_wait(struct sbn__connect *connect)
{
    if (sbn__runtime_now(connect->rt) >= connect->give_up_at)
        connect_attempt_failed(connect, UV_ETIMEDOUT);
    else if (sbn_timer_start(connect->rt, &connect->timer, BACKLOG_RETRY,
                             on_retry, connect) != SBN_OK)
        connect_attempt_failed(connect, UV_ENOMEM);
}

static void
on_connect(uv_connect_t *req, int status)
{
    struct sbn__connect *connect =
        sbn__container(req, struct sbn__connect, req);

    connect->attempting = false;
    if (connect->stream == NULL)
        connect_release(connect);
    else if (uv_is_closing(&connect->stream->socket.handle))
        return; /* timed out; on_attempt_closed goes on */
    else if (status == 0)
        connect_done(connect);
    else if (status == UV_EAGAIN && connect->stream->is_pipe)
        connect_wait(connect);
    else
        connect_attempt_failed(connect, status);
}

static int
connect_start(struct sbn__connect *connect)
{
    union sbn__socket *socket = &connect->stream->socket;
    int err = 0;

    if (!connect->stream->is_pipe)
        err = uv_tcp_connect(&connect->req, &socket->tcp, &connect->address.any,
                             on_connect);
    else if (sbn__address_path_fits(connect->host))
        uv_pipe_connect(&connect->req, &socket->pipe, connect->host,
                        on_connect);
    else
        err = UV_ENAMETOOLONG;
    connect->attempting = err == 0;
    return err;
}

static void
connect_attempt(struct sbn__connect *connect)
{
    uint64_t now = sbn__runtime_now(connect->rt);
    uint32_t left =
        connect->give_up_at > now ? (uint32_t)(connect->give_up_at - now) : 0;
    int err = UV_ENOMEM;

    connect->again = false;
    if (sbn_timer_start(connect->rt, &connect->timer, left, on_timeout,
                        connect) == SBN_OK)
        err = connect_start(connect);
    if (err != 0)
        connect_attempt_failed(connect, err);
}

static void
connect_attempt_new(struct sbn__connect *connect)
{
    struct sbn__stream *stream = connect->stream;

    connect->give_up_at = sbn__runtime_now(connect->rt) + connect->timeout;
    connect_tell_stage(connect, SBN_STAGE_CONNECT,
                       stream->is_pipe ? connect->host : stream->peer);
    if (!stream->closed)
        connect_attempt(connect);
}

/* ---- The addresses ------------------------------------------------------- */

static void
connect_try_next(struct sbn__connect *connect)
{
    struct sbn__stream *stream = connect->stream;
    const struct addrinfo *info = connect->next;

    while (info != NULL && !sbn__address_from(info, &connect->address))
        info = info->ai_next;
    if (info == NULL || connect->native == UV_ENOMEM) {
        connect_fail(connect, SBN_ECONNECT,
                     connect->native != 0 ? connect->native : UV_EADDRNOTAVAIL);
        return;
    }
    connect->next = info->ai_next;
    sbn__address_text(&connect->address.any, stream->peer,
                      sizeof(stream->peer));
    connect_attempt_new(connect);
}

static void
on_resolved(uv_getaddrinfo_t *req, int status, struct addrinfo *list)
{
    struct sbn__connect *connect =
        sbn__container(req, struct sbn__connect, resolve);

    connect->resolving = false;
    connect->list = list;
    connect->next = list;
    if (connect->stream == NULL)
        connect_release(connect);
    else if (status != 0)
        connect_fail(connect, SBN_ERESOLVE, status);
    else
        connect_try_next(connect);
}

static void
connect_resolve(struct sbn__connect *connect)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct sbn__stream *stream = connect->stream;
    char peer[300], port[8];
    int err;

    snprintf(port, sizeof(port), "%u", connect->port);
    snprintf(peer, sizeof(peer), "%s:%s", connect->host, port);
    connect_tell_stage(connect, SBN_STAGE_RESOLVE, peer);
    if (stream->closed)
        return;
    err = uv_getaddrinfo(connect->rt->loop, &connect->resolve, on_resolved,
                         connect->host, port, &hints);
    connect->resolving = err == 0;
    if (err != 0)
        connect_fail(connect, SBN_ERESOLVE, err);
}

static void
connect_begin(struct sbn__deferred *deferred)
{
    struct sbn__stream *stream =
        sbn__container(deferred, struct sbn__stream, deferred);
    struct sbn__connect *connect = stream->connect;

    if (stream->is_pipe) {
        connect_attempt_new(connect);
    } else if (sbn__address_parse(connect->host, connect->port,
                                  &connect->address)) {
        sbn__address_text(&connect->address.any, stream->peer,
                          sizeof(stream->peer));
        connect_attempt_new(connect);
    } else {
        connect_resolve(connect);
    }
}

sbn_status
sbn__stream_connect(sbn_runtime *rt, const char *host, uint16_t port,
                    uint32_t connect_timeout,
                    const struct sbn__stream_events *events, void *data,
                    struct sbn__stream **ret_stream)
{
    size_t host_size = strlen(host) + 1;
    struct sbn__connect *connect;
    struct sbn__stream *stream;

    connect = sbn__zalloc(&rt->mem, sizeof(*connect) + host_size);
    if (connect == NULL)
        return SBN_ENOMEM;
    stream = sbn__stream_alloc(rt);
    if (stream == NULL) {
        sbn__free(&rt->mem, connect);
        return SBN_ENOMEM;
    }
    sbn__stream_init(stream, rt, port == 0);
    memcpy(connect->host, host, host_size);
    connect->rt = rt;
    connect->stream = stream;
    connect->port = port;
    connect->timeout = connect_timeout;
    sbn__runtime_ref(rt);
    stream->connect = connect;
    sbn__stream_set_events(stream, events, data);
    if (stream->is_pipe)
        memcpy(stream->peer, "unix", sizeof("unix"));
    sbn__defer(rt, &stream->deferred, connect_begin);
    *ret_stream = stream;
    return SBN_OK;
}
