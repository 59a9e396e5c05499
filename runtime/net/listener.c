/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Listeners. libuv accepts a connection before it tells of it and waits until
 * it is taken: a paused listener leaves it there, and the next ones wait in the
 * kernel's backlog. When the process has no descriptor left, libuv itself takes
 * connections with one it kept and closes them, so that the loop does not spin.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "runtime/net/socket.h"

struct sbn__listener {
    union sbn__socket socket;
    union sbn__socket drop; /* takes a connection there is no memory for */
    sbn_runtime *rt;
    struct sbn__listener_options options;
    struct sbn__deferred deferred;
    unsigned open_handles;
    uint16_t port;
    bool is_pipe, paused, pending, dropping, closed;
};

/* ---- Accepting
 * ------------------------------------------------------------------ */

static void listener_accept(struct sbn__listener *listener);

static void
listener_release(struct sbn__listener *listener)
{
    sbn_runtime *rt = listener->rt;

    if (--listener->open_handles > 0)
        return;
    sbn__free(&rt->mem, listener);
    sbn__runtime_unref(rt);
}

static void
on_dropped(uv_handle_t *handle)
{
    struct sbn__listener *listener = handle->data;

    listener->dropping = false;
    listener_accept(listener);
    listener_release(listener);
}

/* No memory for a stream: the peer must not wait for what will not come. */
static void
listener_drop(struct sbn__listener *listener)
{
    if (listener->dropping)
        return; /* on_dropped goes on */
    if (listener->is_pipe)
        uv_pipe_init(listener->rt->loop, &listener->drop.pipe, 0);
    else
        uv_tcp_init(listener->rt->loop, &listener->drop.tcp);
    listener->drop.handle.data = listener;
    listener->open_handles++;
    listener->dropping = true;
    listener->pending = false;
    uv_accept(&listener->socket.stream, &listener->drop.stream);
    uv_close(&listener->drop.handle, on_dropped);
}

static void
stream_name_peer(struct sbn__stream *stream)
{
    struct sockaddr_storage address;
    struct sockaddr *any = (struct sockaddr *)&address;
    int size = sizeof(address);

    if (stream->is_pipe)
        memcpy(stream->peer, "unix", sizeof("unix"));
    else if (uv_tcp_getpeername(&stream->socket.tcp, any, &size) == 0)
        sbn__address_text(any, stream->peer, sizeof(stream->peer));
}

static void
listener_accept(struct sbn__listener *listener)
{
    struct sbn__stream *stream;

    if (!listener->pending || listener->paused || listener->closed)
        return;
    stream = sbn__stream_new(listener->rt, listener->is_pipe);
    if (stream == NULL) {
        listener_drop(listener);
        return;
    }
    listener->pending = false;
    if (uv_accept(&listener->socket.stream, &stream->socket.stream) != 0) {
        sbn__stream_close(stream);
        return;
    }
    if (!listener->is_pipe)
        uv_tcp_nodelay(&stream->socket.tcp, 1);
    stream_name_peer(stream);
    listener->options.on_accept(listener->options.data, stream);
}

static void
on_connection(uv_stream_t *handle, int status)
{
    struct sbn__listener *listener = handle->data;

    if (status != 0)
        return; /* the connection broke, or there was no descriptor for it */
    listener->pending = true;
    listener_accept(listener);
}

static void
on_resume(struct sbn__deferred *deferred)
{
    listener_accept(sbn__container(deferred, struct sbn__listener, deferred));
}

void
sbn__listener_pause(struct sbn__listener *listener, bool pause)
{
    listener->paused = pause;
    if (!pause && listener->pending)
        sbn__defer(listener->rt, &listener->deferred, on_resume);
}

/* ---- Opening
 * --------------------------------------------------------------------- */

static int
lookup(sbn_runtime *rt, const char *host, uint16_t port,
       union sbn__address *ret_address)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE};
    const struct addrinfo *info;
    uv_getaddrinfo_t req;
    char service[8];
    int err;

    if (sbn__address_parse(host, port, ret_address))
        return 0;
    snprintf(service, sizeof(service), "%u", port);
    err = uv_getaddrinfo(rt->loop, &req, NULL, host, service, &hints);
    if (err != 0)
        return err;
    err = UV_EADDRNOTAVAIL;
    for (info = req.addrinfo; info != NULL && err != 0; info = info->ai_next) {
        if (info->ai_addrlen > sizeof(*ret_address))
            continue;
        memcpy(ret_address, info->ai_addr, info->ai_addrlen);
        err = 0;
    }
    uv_freeaddrinfo(req.addrinfo);
    return err;
}

static void
listener_ask_port(struct sbn__listener *listener)
{
    struct sockaddr_storage address;
    struct sockaddr *any = (struct sockaddr *)&address;
    int size = sizeof(address);

    if (uv_tcp_getsockname(&listener->socket.tcp, any, &size) == 0)
        listener->port = sbn__address_port(any);
}

static int
listener_start(struct sbn__listener *listener)
{
    return uv_listen(&listener->socket.stream, listener->options.backlog,
                     on_connection);
}

static int
listener_open_tcp(struct sbn__listener *listener, const char *host,
                  uint16_t port)
{
    union sbn__address address;
    unsigned flags;
    int err = lookup(listener->rt, host, port, &address);

    if (err != 0)
        return err;
    /* "::" leaves IPv4 alone, so that "0.0.0.0" can have the same port. */
    flags = address.any.sa_family == AF_INET6 ? UV_TCP_IPV6ONLY : 0;
    err = uv_tcp_bind(&listener->socket.tcp, &address.any, flags);
    if (err == 0)
        err = listener_start(listener);
    if (err == 0)
        listener_ask_port(listener);
    return err;
}

/* Whether path is a socket nobody listens on, left by a program that did not
 * end well. */
static bool
path_is_stale(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat info;
    bool stale;
    int fd;

    if (lstat(path, &info) != 0 || !S_ISSOCK(info.st_mode))
        return false;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    memcpy(address.sun_path, path, strlen(path) + 1);
    stale = connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0 &&
            errno == ECONNREFUSED;
    close(fd);
    return stale;
}

/* libuv removes the file when the handle is closed. */
static int
listener_open_pipe(struct sbn__listener *listener, const char *path)
{
    int err;

    if (!sbn__address_path_fits(path))
        return UV_ENAMETOOLONG;
    err = uv_pipe_bind(&listener->socket.pipe, path);
    if (err == UV_EADDRINUSE && path_is_stale(path) && unlink(path) == 0)
        err = uv_pipe_bind(&listener->socket.pipe, path);
    return err != 0 ? err : listener_start(listener);
}

static struct sbn__listener *
listener_new(sbn_runtime *rt, bool is_pipe,
             const struct sbn__listener_options *options)
{
    struct sbn__listener *listener = sbn__zalloc(&rt->mem, sizeof(*listener));

    if (listener == NULL)
        return NULL;
    listener->rt = rt;
    listener->options = *options;
    listener->is_pipe = is_pipe;
    listener->open_handles = 1;
    if (is_pipe)
        uv_pipe_init(rt->loop, &listener->socket.pipe, 0);
    else
        uv_tcp_init(rt->loop, &listener->socket.tcp);
    listener->socket.handle.data = listener;
    sbn__runtime_ref(rt);
    return listener;
}

sbn_status
sbn__listener_open(sbn_runtime *rt, const char *host, uint16_t port,
                   const struct sbn__listener_options *options,
                   struct sbn__listener **ret_listener,
                   const char **reterr_text)
{
    /* As in a URL's host, a path begins with "/" and a port cannot be told from
     * "any" by its number alone. */
    bool is_pipe = strchr(host, '/') != NULL;
    struct sbn__listener *listener = listener_new(rt, is_pipe, options);
    int err;

    if (listener == NULL) {
        *reterr_text = sbn_status_text(SBN_ENOMEM);
        return SBN_ENOMEM;
    }
    err = is_pipe ? listener_open_pipe(listener, host)
                  : listener_open_tcp(listener, host, port);
    if (err != 0) {
        *reterr_text = uv_strerror(err);
        sbn__listener_close(listener);
        return err == UV_ENOMEM ? SBN_ENOMEM : SBN_ELISTEN;
    }
    *ret_listener = listener;
    return SBN_OK;
}

uint16_t
sbn__listener_port(const struct sbn__listener *listener)
{
    return listener->port;
}

static void
on_closed(uv_handle_t *handle)
{
    listener_release(handle->data);
}

void
sbn__listener_close(struct sbn__listener *listener)
{
    if (listener == NULL || listener->closed)
        return;
    listener->closed = true;
    sbn__defer_cancel(&listener->deferred);
    uv_close(&listener->socket.handle, on_closed);
}
