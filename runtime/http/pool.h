/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client's inside: endpoint.c (the pool, the queue, exchanges) and
 * connection.c (one connection and the exchange on it).
 */
#ifndef SBN_HTTP_POOL_H
#define SBN_HTTP_POOL_H

#include "runtime/base/error.h"
#include "runtime/http/client.h"
#include "runtime/http/shared.h"
#include "runtime/net/stream.h"

struct sbn__http_endpoint {
    sbn_runtime *rt;
    const sbn_allocator *mem;
    struct sbn__http_shared *shared;
    struct sbn__http_endpoint_options options;
    char *host;
    char *peer; /* "host:port", or the Unix socket's path */
    uint16_t port;
    struct sbn__link queue;       /* exchanges that wait for a connection */
    struct sbn__link connections; /* that are connecting or busy */
    struct sbn__link idle;        /* the newest first */
    size_t count;                 /* of both */
    size_t connecting;            /* of the first, not connected yet */
    sbn_timer timer;              /* for the oldest idle one */
};

struct sbn__http_connection {
    struct sbn__http_endpoint *endpoint;
    const sbn_allocator *mem;
    struct sbn__link link;
    struct sbn__stream *stream; /* NULL: closed */
    struct sbn__http_parser *parser;
    struct sbn__http_exchange *exchange; /* NULL: idle */
    uint64_t idle_since;
    unsigned busy; /* functions of ours on the stack */
    bool connected;
    bool reused;     /* it has carried an exchange before */
    bool whole;      /* the reply is complete */
    bool keep_alive; /* as the reply said */
};

/* ---- endpoint.c ------------------------------------------------------------- */

/* Serves the queue with what is idle or may still be opened. */
void sbn__http_endpoint_pump(struct sbn__http_endpoint *endpoint);
/* The connection is free for the next exchange. */
void sbn__http_endpoint_keep(struct sbn__http_connection *connection);

/* Ends x with x->failed, from the loop. */
void sbn__http_exchange_fail_later(struct sbn__http_exchange *x);

/* The request's copy, and its end. SBN_ENOMEM. */
sbn_status sbn__http_request_copy(struct sbn__http_exchange *x,
                                  const char *request, size_t size);
void sbn__http_request_drop(struct sbn__http_exchange *x);

/* ---- connection.c ------------------------------------------------------------ */

/* Opens one for x, whose request has been copied. SBN_ENOMEM. */
sbn_status sbn__http_connection_open(struct sbn__http_endpoint *endpoint,
                                     struct sbn__http_exchange *x);
/* Sends x's request on an idle one; may be repeated when it was copied. */
sbn_status sbn__http_connection_begin(struct sbn__http_connection *connection,
                                      struct sbn__http_exchange *x,
                                      const char *request, size_t size);
/* Closes it; its exchange has been taken away. */
void sbn__http_connection_close(struct sbn__http_connection *connection);

#endif
