/* SPDX-License-Identifier: Apache-2.0 */
/* The server: its listeners, and the set of its connections. */
#include "runtime/base/memory.h"
#include "runtime/http/serve.h"

enum { SHARED_ACCEPTS = 1 /* a turn; others want some too */ };

struct server_listener {
    struct server_listener *next;
    struct sbn__listener *listener;
};

sbn_status
sbn__http_server_new(sbn_runtime *rt,
                     const struct sbn__http_server_options *options,
                     const struct sbn__http_server_events *events, void *data,
                     struct sbn__http_server **ret_server)
{
    const sbn_allocator *mem = sbn__runtime_mem(rt);
    struct sbn__http_shared *shared = sbn__http_shared_get(rt);
    struct sbn__http_server *server;

    if (shared == NULL)
        return SBN_ENOMEM;
    server = sbn__zalloc(mem, sizeof(*server));
    if (server == NULL)
        return SBN_ENOMEM;
    server->rt = rt;
    server->mem = mem;
    server->shared = shared;
    server->options = *options;
    server->events = events;
    server->data = data;
    sbn__list_init(&server->connections);
    sbn__list_init(&server->waiting);
    sbn__runtime_ref(rt);
    *ret_server = server;
    return SBN_OK;
}

/* ---- Listening --------------------------------------------------------------
 */

static void
server_pause(struct sbn__http_server *server, bool pause)
{
    struct server_listener *l;

    if (server->paused == pause)
        return;
    server->paused = pause;
    for (l = server->listeners; l != NULL; l = l->next)
        sbn__listener_pause(l->listener, pause);
}

static void
on_accept(void *data, struct sbn__stream *stream)
{
    struct sbn__http_server *server = data;

    sbn__http_serve(server, stream);
    if (server->count >= server->options.max_connections)
        server_pause(server, true);
}

/* Opens one in the way of open_fd when host is NULL. */
static sbn_status
server_open(struct sbn__http_server *server, const char *host, uint16_t port,
            int fd, const char **reterr_text)
{
    struct sbn__listener_options options = {.backlog = server->options.backlog,
                                            .on_accept = on_accept,
                                            .data = server};
    struct server_listener *l, **last = &server->listeners;
    sbn_status st;

    l = sbn__zalloc(server->mem, sizeof(*l));
    if (l == NULL)
        return SBN_ENOMEM;
    options.turn_accepts = host == NULL ? SHARED_ACCEPTS : 0;
    st = host == NULL ? sbn__listener_open_fd(server->rt, fd, &options,
                                              &l->listener, reterr_text)
                      : sbn__listener_open(server->rt, host, port, &options,
                                           &l->listener, reterr_text);
    if (st != SBN_OK) {
        sbn__free(server->mem, l);
        return st;
    }
    while (*last != NULL)
        last = &(*last)->next;
    *last = l;
    if (server->paused)
        sbn__listener_pause(l->listener, true);
    return SBN_OK;
}

sbn_status
sbn__http_server_listen(struct sbn__http_server *server, const char *host,
                        uint16_t port, const char **reterr_text)
{
    return server_open(server, host, port, -1, reterr_text);
}

sbn_status
sbn__http_server_listen_fd(struct sbn__http_server *server, int fd,
                           const char **reterr_text)
{
    return server_open(server, NULL, 0, fd, reterr_text);
}

uint16_t
sbn__http_server_port(const struct sbn__http_server *server)
{
    const struct server_listener *l;

    for (l = server->listeners; l != NULL; l = l->next)
        if (sbn__listener_port(l->listener) != 0)
            return sbn__listener_port(l->listener);
    return 0;
}

static void
server_stop_listening(struct sbn__http_server *server)
{
    struct server_listener *l;

    while ((l = server->listeners) != NULL) {
        server->listeners = l->next;
        sbn__listener_close(l->listener);
        sbn__free(server->mem, l);
    }
}

/* ---- Back-pressure ---------------------------------------------------------
 */

bool
sbn__http_server_takes(const struct sbn__http_server *server)
{
    return server->draining ||
           (!server->held && (server->options.max_unsent == 0 ||
                              server->unsent < server->options.max_unsent));
}

/* In the order they came, until one of them makes the server full again. */
static void
server_go_on(struct sbn__deferred *deferred)
{
    struct sbn__http_server *server =
        sbn__container(deferred, struct sbn__http_server, go_on);
    struct sbn__link *link;

    while (sbn__http_server_takes(server) &&
           (link = sbn__list_take(&server->waiting)) != NULL)
        sbn__http_serve_go_on(link);
}

static void
server_check(struct sbn__http_server *server)
{
    if (!sbn__list_is_empty(&server->waiting) && sbn__http_server_takes(server))
        sbn__defer(server->rt, &server->go_on, server_go_on);
}

void
sbn__http_server_hold(struct sbn__http_server *server, bool hold)
{
    server->held = hold;
    server_check(server);
}

void
sbn__http_server_unsent(struct sbn__http_server *server, size_t before,
                        size_t now)
{
    server->unsent += now - before;
    if (now < before)
        server_check(server);
}

/* ---- The end ----------------------------------------------------------------
 */

static void
server_release(struct sbn__http_server *server)
{
    sbn_runtime *rt = server->rt;

    sbn__defer_cancel(&server->deferred);
    sbn__defer_cancel(&server->quiet);
    sbn__defer_cancel(&server->go_on);
    sbn_timer_stop(&server->grace);
    sbn__free(server->mem, server);
    sbn__runtime_unref(rt);
}

static void
server_tell_closed(struct sbn__deferred *deferred)
{
    struct sbn__http_server *server =
        sbn__container(deferred, struct sbn__http_server, deferred);
    void (*closed)(void *) = server->closed;

    server->closed = NULL;
    if (closed != NULL)
        closed(server->closed_data);
}

void
sbn__http_server_left(struct sbn__http_server *server)
{
    server->count--;
    if (server->count < server->options.max_connections)
        server_pause(server, false);
    if (server->count > 0)
        return;
    if (server->freed)
        server_release(server);
    else if (server->draining && server->listeners == NULL)
        sbn__defer(server->rt, &server->deferred, server_tell_closed);
}

/* Any of them may go, with others, while fn runs: each is taken out of a list
 * of what is still to be done. */
static void
server_for_each(struct sbn__http_server *server,
                void (*fn)(struct sbn__http_transaction *t))
{
    struct sbn__link todo, *link;

    sbn__list_init(&todo);
    sbn__list_move(&todo, &server->connections);
    while ((link = sbn__list_take(&todo)) != NULL) {
        sbn__list_append(&server->connections, link);
        fn(sbn__http_serve_of_link(link));
    }
}

/* Requests that had come before the drain are still to be read: a connection is
 * idle when a whole turn of the loop has brought nothing on it. */
static void
server_close_idle(struct sbn__deferred *deferred)
{
    struct sbn__http_server *server =
        sbn__container(deferred, struct sbn__http_server, quiet);

    if (!server->polled || sbn__runtime_left_unread(server->rt)) {
        server->polled = true;
        sbn__defer(server->rt, &server->quiet, server_close_idle);
        return;
    }
    server_for_each(server, sbn__http_serve_drain);
}

/* What has connected has been accepted by the kernel in our name. */
static void
server_take_all(struct sbn__http_server *server)
{
    struct server_listener *l;

    for (l = server->listeners; l != NULL; l = l->next)
        sbn__listener_take_all(l->listener);
}

/* false: there is no time, or no memory to wait. */
static bool
server_wait(struct sbn__http_server *server, void (*then)(void *data))
{
    return server->options.drain_grace > 0 &&
           sbn_timer_start(server->rt, &server->grace,
                           server->options.drain_grace, then,
                           server) == SBN_OK;
}

/* No request is on its way any more, as far as one may know. */
static void
server_end_idle(void *data)
{
    struct sbn__http_server *server = data;

    sbn__defer(server->rt, &server->quiet, server_close_idle);
}

/* The same of connections; those just made have yet to send their request. */
static void
server_end_accepting(void *data)
{
    struct sbn__http_server *server = data;

    server_take_all(server);
    server_stop_listening(server);
    if (server->count == 0)
        sbn__defer(server->rt, &server->deferred, server_tell_closed);
    else if (!server_wait(server, server_end_idle))
        server_end_idle(server);
}

void
sbn__http_server_drain(struct sbn__http_server *server,
                       void (*closed)(void *data), void *data)
{
    struct server_listener *l;

    server->draining = true;
    server->closed = closed;
    server->closed_data = data;
    for (l = server->listeners; l != NULL; l = l->next)
        sbn__listener_refuse(l->listener);
    server_check(server);
    if (!server_wait(server, server_end_accepting))
        server_end_accepting(server);
}

void
sbn__http_server_abort(struct sbn__http_server *server)
{
    server_stop_listening(server);
    sbn_timer_stop(&server->grace);
    server_for_each(server, sbn__http_serve_abort);
    if (server->draining && server->count == 0)
        sbn__defer(server->rt, &server->deferred, server_tell_closed);
}

void
sbn__http_server_free(struct sbn__http_server *server)
{
    if (server == NULL)
        return;
    server->closed = NULL;
    sbn__http_server_abort(server);
    server->freed = true;
    if (server->count == 0)
        server_release(server);
}
