/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The server's inside: server.c (listeners, the set of connections) and
 * serve.c (one connection).
 */
#ifndef SBN_HTTP_SERVE_H
#define SBN_HTTP_SERVE_H

#include "runtime/base/list.h"
#include "runtime/http/server.h"
#include "runtime/http/shared.h"
#include "runtime/net/stream.h"

struct sbn__http_server {
    sbn_runtime *rt;
    const sbn_allocator *mem;
    struct sbn__http_shared *shared;
    struct sbn__http_server_options options;
    const struct sbn__http_server_events *events;
    void *data;
    struct server_listener *listeners;
    struct sbn__link connections;
    size_t count; /* of them */
    struct sbn__deferred deferred;
    struct sbn__deferred quiet; /* to close what is idle */
    sbn_timer grace;            /* before that */
    struct sbn__link waiting;     /* connections that may not begin a request */
    struct sbn__deferred go_on;   /* with those */
    size_t unsent;                /* bytes of responses */
    void (*closed)(void *data);
    void *closed_data;
    bool paused, draining, freed;
    bool held; /* by the layer above */
    bool polled; /* the sockets were read since draining began */
};

/* A new connection; it closes stream when there is no memory. */
void sbn__http_serve(struct sbn__http_server *server,
                     struct sbn__stream *stream);
/* Closes it now or after its current response. */
void sbn__http_serve_drain(struct sbn__http_transaction *t);
/* Drops it. */
void sbn__http_serve_abort(struct sbn__http_transaction *t);
struct sbn__http_transaction *sbn__http_serve_of_link(struct sbn__link *link);
/* Goes on with one that waited. */
void sbn__http_serve_go_on(struct sbn__link *waiting);
/* For serve.c: whether a connection may begin a request. */
bool sbn__http_server_takes(const struct sbn__http_server *server);
/* For serve.c: unsent has changed to size. */
void sbn__http_server_unsent(struct sbn__http_server *server, size_t before,
                             size_t now);
/* For serve.c: a connection has been released. */
void sbn__http_server_left(struct sbn__http_server *server);

#endif
