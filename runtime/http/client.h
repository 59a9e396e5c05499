/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTTP client: an endpoint (one origin and its connection pool) and exchanges
 * (one request, one response) on it.
 *
 * Thread: the runtime's.
 */
#ifndef SBN_HTTP_CLIENT_H
#define SBN_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/runtime.h>
#include <sebon/status.h>

#include "runtime/base/buf.h"
#include "runtime/base/list.h"
#include "runtime/http/parser.h"
#include "runtime/net/runtime.h"

struct sbn__http_exchange;
struct sbn__http_connection;
struct sbn__http_endpoint;

/*
 * Events come from the loop, never from inside submit or abort. In each of them
 * the exchange may be aborted, and its endpoint be freed once all its exchanges
 * have ended or been aborted.
 */
struct sbn__http_exchange_events {
    /* A new stage: RESOLVE, CONNECT, SEND, RECEIVE; peer as in stream.h, or
     * NULL when it did not change. The stage that submit itself reached is not
     * told: sbn__http_exchange_stage has it. */
    void (*on_stage)(struct sbn__http_exchange *x, sbn_stage stage,
                     const char *peer);
    /* 1xx responses are not told. Anything but SBN_OK ends the exchange with
     * that status. */
    sbn_status (*on_head)(struct sbn__http_exchange *x,
                          const struct sbn__http_head *head);
    sbn_status (*on_body)(struct sbn__http_exchange *x, const char *bytes,
                          size_t size);
    /* The last event, exactly once unless aborted. SBN_OK: the response is
     * complete. error: what is to be told of a failure, or NULL; valid during
     * the call. */
    void (*on_done)(struct sbn__http_exchange *x, sbn_status status,
                    const struct sbn_error *error);
};

/* Embedded in its owner; zero it before the first use. All but events is
 * private. */
struct sbn__http_exchange {
    const struct sbn__http_exchange_events *events;
    struct sbn__link link; /* in the endpoint's queue, or the connection */
    struct sbn__http_endpoint *endpoint;
    struct sbn__http_connection *connection;
    char *request; /* a copy while it may have to be sent (again) */
    size_t request_size;
    bool active, retried, replied;
    bool no_body; /* set it before submit: the response has none (HEAD) */
    sbn_stage stage;
    sbn_status failed; /* what deferred tells */
    struct sbn__deferred deferred;
};

struct sbn__http_endpoint_options {
    size_t max_connections;
    uint32_t connect_timeout, idle_timeout; /* ms */
    struct sbn__http_limits limits;
    bool no_retry;
};

/* host and port as in sbn__stream_connect; host is copied. SBN_ENOMEM. */
sbn_status
sbn__http_endpoint_new(sbn_runtime *rt, const char *host, uint16_t port,
                       const struct sbn__http_endpoint_options *options,
                       struct sbn__http_endpoint **ret_endpoint);
/* Every exchange must have ended or been aborted. Closes all connections. The
 * endpoint keeps the runtime's memory, and so its closing, until then. */
void sbn__http_endpoint_free(struct sbn__http_endpoint *endpoint);

/*
 * Sends request (head and body, ready for the wire, at most max_request bytes)
 * on an idle connection, a new one, or when one is free; first come, first
 * served. The bytes are copied if they cannot be written at once. On an error
 * no event comes. SBN_ENOMEM; SBN_ESTATE when x is active.
 *
 * A request whose *reused* connection ends before the first byte of a reply is
 * sent once more on a fresh one.
 */
sbn_status sbn__http_exchange_submit(struct sbn__http_endpoint *endpoint,
                                     struct sbn__http_exchange *x,
                                     const char *request, size_t size);
/* Ends it without an event; its connection is closed. Does nothing to one that
 * is not active. */
void sbn__http_exchange_abort(struct sbn__http_exchange *x);
/* QUEUE: no connection yet. Of an active exchange. */
sbn_stage sbn__http_exchange_stage(const struct sbn__http_exchange *x);
/* "127.0.0.1:80", or "host:port" before an address was tried; valid until the
 * loop turns. Of an active exchange. */
const char *sbn__http_exchange_peer(const struct sbn__http_exchange *x);

/* A URL's parts, decoded as far as the client needs them. */
struct sbn__url {
    char *host;       /* name or address without brackets, or a socket's path */
    uint16_t port;    /* 0: a Unix socket */
    char *authority;  /* for the Host header */
    char *target;     /* "/path?query", at least "/" */
};
/* SBN_EINVAL: not a URL; SBN_EUNSUPPORTED: a scheme that is not http or
 * http+unix. Released with sbn__url_fini. */
sbn_status sbn__url_parse(const sbn_allocator *mem, const char *text,
                          struct sbn__url *ret_url);
void sbn__url_fini(const sbn_allocator *mem, struct sbn__url *url);

#endif
