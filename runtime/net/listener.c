/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Listeners. They wait with uv_poll_t and accept by themselves, as libuv's own
 * listening gives no say in what matters to a server: a paused one takes no
 * connection at all, one turn takes a bounded number, and when there is no
 * descriptor or no memory left it rests for a moment instead of spinning or
 * closing connections that could be served a little later.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "runtime/net/listener.h"

enum {
    TURN_ACCEPTS = 64, /* so that many new ones do not starve the old */
    REST = 20          /* ms */
};

struct sbn__listener {
    uv_poll_t poll;
    uv_timer_t rest; /* started: resting */
    sbn_runtime *rt;
    struct sbn__listener_options options;
    struct sbn__stream *next; /* memory for the next connection */
    unsigned open_handles;
    int fd;
    uint16_t port;
    bool is_pipe, paused, closed;
    bool shared; /* the socket came from elsewhere */
    char path[]; /* of a Unix socket */
};

/* ---- Accepting ----------------------------------------------------------- */

static void on_readable(uv_poll_t *handle, int status, int events);

static void
listener_update(struct sbn__listener *listener)
{
    if (listener->closed)
        return;
    if (listener->paused || uv_is_active((uv_handle_t *)&listener->rest))
        uv_poll_stop(&listener->poll);
    else
        uv_poll_start(&listener->poll, UV_READABLE, on_readable);
}

static void
on_rested(uv_timer_t *handle)
{
    listener_update(handle->data);
}

static void
listener_rest(struct sbn__listener *listener)
{
    uv_timer_start(&listener->rest, on_rested, REST, 0);
    listener_update(listener);
}

static bool
stream_open(struct sbn__stream *stream, int fd)
{
    union sbn__socket *socket = &stream->socket;

    if (stream->is_pipe)
        return uv_pipe_open(&socket->pipe, fd) == 0;
    if (uv_tcp_open(&socket->tcp, fd) != 0)
        return false;
    uv_tcp_nodelay(&socket->tcp, 1);
    return true;
}

static void
listener_give(struct sbn__listener *listener, int fd,
              const struct sockaddr *peer)
{
    struct sbn__stream *stream = listener->next;

    listener->next = NULL;
    sbn__stream_init(stream, listener->rt, listener->is_pipe);
    if (!stream_open(stream, fd)) {
        close(fd);
        sbn__stream_close(stream);
        return;
    }
    if (listener->is_pipe)
        memcpy(stream->peer, "unix", sizeof("unix"));
    else
        sbn__address_text(peer, stream->peer, sizeof(stream->peer));
    listener->options.on_accept(listener->options.data, stream);
}

/* Errors that concern one connection, which has gone: accept(2) passes on the
 * network's. The others are this machine's. */
static bool
is_passing(int err)
{
    return err == ECONNABORTED || err == EINTR || err == EPROTO ||
           err == ENETDOWN || err == ENOPROTOOPT || err == EHOSTDOWN ||
           err == EHOSTUNREACH || err == EOPNOTSUPP || err == ENETUNREACH;
}

/* false: enough for this turn. The memory comes first: a connection that has
 * been accepted cannot be put back. */
static bool
listener_accept(struct sbn__listener *listener)
{
    union sbn__address peer = {.v6 = {0}};
    socklen_t size = sizeof(peer);
    int fd;

    if (listener->next == NULL)
        listener->next = sbn__stream_alloc(listener->rt);
    if (listener->next == NULL) {
        listener_rest(listener);
        return false;
    }
    fd =
        accept4(listener->fd, listener->is_pipe ? NULL : &peer.any,
                listener->is_pipe ? NULL : &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
        listener_give(listener, fd, &peer.any);
        return true;
    }
    if (is_passing(errno))
        return true;
    if (errno != EAGAIN)
        listener_rest(listener);
    return false;
}

static void
on_readable(uv_poll_t *handle, int status, int events)
{
    struct sbn__listener *listener = handle->data;
    int left = listener->options.turn_accepts;

    /* status: a listening socket has no errors of its own that accept would
     * not tell as well. on_accept may pause or close the listener. */
    while (left-- > 0 && !listener->paused && !listener->closed)
        if (!listener_accept(listener))
            break;
}

void
sbn__listener_pause(struct sbn__listener *listener, bool pause)
{
    listener->paused = pause;
    listener_update(listener);
}

uint16_t
sbn__listener_port(const struct sbn__listener *listener)
{
    return listener->port;
}

/* ---- Life ---------------------------------------------------------------- */

static struct sbn__listener *
listener_new(sbn_runtime *rt, const char *path,
             const struct sbn__listener_options *options)
{
    size_t path_size = strlen(path) + 1;
    struct sbn__listener *listener =
        sbn__zalloc(&rt->mem, sizeof(*listener) + path_size);

    if (listener == NULL)
        return NULL;
    memcpy(listener->path, path, path_size);
    listener->rt = rt;
    listener->options = *options;
    listener->is_pipe = path[0] != '\0';
    if (listener->options.turn_accepts == 0)
        listener->options.turn_accepts = TURN_ACCEPTS;
    return listener;
}

/* Takes fd. */
static int
listener_start(struct sbn__listener *listener, int fd)
{
    sbn_runtime *rt = listener->rt;
    int err = uv_poll_init(rt->loop, &listener->poll, fd);

    if (err != 0) {
        close(fd);
        return err;
    }
    uv_timer_init(rt->loop, &listener->rest);
    listener->open_handles = 2;
    listener->poll.data = listener->rest.data = listener;
    listener->fd = fd;
    sbn__runtime_ref(rt);
    sbn__runtime_hold(rt); /* paused, its handles are not active */
    listener_update(listener);
    return 0;
}

/* What to do is worth more than what the system calls it. */
static const char *
why(const char *host, int err)
{
    bool is_path = strchr(host, '/') != NULL;

    switch (err) {
    case UV_EADDRINUSE:
        return is_path ? "address already in use: another program listens "
                         "there, or the file is no socket"
                       : "address already in use: end the program that listens "
                         "there, or take another port";
    case UV_EADDRNOTAVAIL:
        return "it is no address of this machine; \"0.0.0.0\" and \"::\" are "
               "all "
               "of them";
    case UV_EACCES:
        return is_path ? "permission denied: the program must be allowed to "
                         "write in its folder"
                       : "permission denied: ports below 1024 are for "
                         "privileged programs";
    case UV_ENOENT:
        return "no such file or directory: make its folder first";
    case UV_ENAMETOOLONG:
        return "its path is too long: a Unix socket's has at most 107 bytes";
    default:
        return uv_strerror(err);
    }
}

sbn_status
sbn__listener_open(sbn_runtime *rt, const char *host, uint16_t port,
                   const struct sbn__listener_options *options,
                   struct sbn__listener **ret_listener,
                   const char **reterr_text)
{
    bool is_pipe = strchr(host, '/') != NULL;
    struct sbn__listener *listener =
        listener_new(rt, is_pipe ? host : "", options);
    int result = UV_ENOMEM; /* a descriptor, or what failed */

    if (listener != NULL)
        result = is_pipe ? sbn__listen_unix(host, options->backlog)
                         : sbn__listen_tcp(rt->loop, host, port,
                                           options->backlog, &listener->port);
    if (result >= 0)
        result = listener_start(listener, result);
    if (result != 0) {
        *reterr_text = why(host, result);
        sbn__free(&rt->mem, listener);
        return result == UV_ENOMEM ? SBN_ENOMEM : SBN_ELISTEN;
    }
    *ret_listener = listener;
    return SBN_OK;
}

static const char not_listening[] =
    "it is no socket that listens; give one that listen(2) was called on";

int
sbn__socket_share(int fd, const char **reterr_text)
{
    int copy;

    if (!sbn__listen_is_on(fd)) {
        *reterr_text = not_listening;
        return -1;
    }
    copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        *reterr_text = uv_strerror(uv_translate_sys_error(errno));
    return copy;
}

sbn_status
sbn__listener_open_fd(sbn_runtime *rt, int fd,
                      const struct sbn__listener_options *options,
                      struct sbn__listener **ret_listener,
                      const char **reterr_text)
{
    struct sbn__listener *listener = listener_new(rt, "", options);
    int copy, err;

    if (listener == NULL)
        return SBN_ENOMEM;
    copy = sbn__socket_share(fd, reterr_text);
    if (copy < 0) {
        sbn__free(&rt->mem, listener);
        return SBN_ELISTEN;
    }
    listener->shared = true;
    listener->port = sbn__listen_port(copy, &listener->is_pipe);
    err = listener_start(listener, copy);
    if (err != 0) {
        *reterr_text = uv_strerror(err);
        sbn__free(&rt->mem, listener);
        return err == UV_ENOMEM ? SBN_ENOMEM : SBN_ELISTEN;
    }
    *ret_listener = listener;
    return SBN_OK;
}

sbn_status
sbn__listening_socket(sbn_runtime *rt, const char *host, uint16_t port,
                      int backlog, int *ret_fd, const char **reterr_text)
{
    int fd = strchr(host, '/') != NULL
                 ? sbn__listen_unix(host, backlog)
                 : sbn__listen_tcp(rt->loop, host, port, backlog, &port);

    if (fd < 0) {
        *reterr_text = why(host, fd);
        return fd == UV_ENOMEM ? SBN_ENOMEM : SBN_ELISTEN;
    }
    *ret_fd = fd;
    return SBN_OK;
}

uint16_t
sbn__socket_port(int fd)
{
    bool is_pipe;

    return sbn__listen_port(fd, &is_pipe);
}

void
sbn__listener_refuse(struct sbn__listener *listener)
{
    if (!listener->shared && !listener->closed)
        sbn__socket_refuse(listener->fd);
}

void
sbn__listener_take_all(struct sbn__listener *listener)
{
    while (!listener->closed && listener_accept(listener))
        ;
}

static void
on_closed(uv_handle_t *handle)
{
    struct sbn__listener *listener = handle->data;
    sbn_runtime *rt = listener->rt;

    if (--listener->open_handles > 0)
        return;
    sbn__free(&rt->mem, listener->next);
    sbn__free(&rt->mem, listener);
    sbn__runtime_unref(rt);
}

void
sbn__listener_close(struct sbn__listener *listener)
{
    if (listener == NULL || listener->closed)
        return;
    listener->closed = true;
    uv_close((uv_handle_t *)&listener->poll, on_closed);
    uv_close((uv_handle_t *)&listener->rest, on_closed);
    if (listener->path[0] != '\0')
        unlink(listener->path);
    close(listener->fd);
    sbn__runtime_unhold(listener->rt);
}
