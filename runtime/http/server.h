/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTTP server: listeners, connections, and transactions (one request, one
 * response). Requests of one connection are answered in their order.
 *
 * Thread: the runtime's.
 */
#ifndef SBN_HTTP_SERVER_H
#define SBN_HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/runtime.h>
#include <sebon/status.h>

#include "runtime/base/buf.h"
#include "runtime/http/parser.h"

struct sbn__http_server;
struct sbn__http_transaction;

struct sbn__http_server_events {
    /*
     * A head is complete: accept or refuse the request. Return SBN_OK and set
     * *ret_owner to whatever the later events are to carry. It may respond
     * here already (404, 405, 415 ...); the body is then read and dropped, or
     * the connection closed. `100 Continue` is sent by the HTTP layer when it
     * was asked for and no response was given here.
     */
    sbn_status (*on_request)(void *data, struct sbn__http_transaction *t,
                             const struct sbn__http_head *head,
                             void **ret_owner);
    /* Not called any more after a response was given. */
    void (*on_body)(void *owner, const char *bytes, size_t size);
    /* The request is whole: respond now or later. */
    void (*on_complete)(void *owner);
    /* The client has gone or broke the protocol before the response. t stays
     * valid; a response must still be given (with any status, here or later) to
     * release t. It is dropped, unless the client only ended its sending side,
     * which looks the same from here. Once. */
    void (*on_abort)(void *owner);
};

struct sbn__http_server_options {
    size_t max_connections;
    struct sbn__http_limits limits;
    uint32_t header_timeout, body_timeout, idle_timeout; /* ms */
    uint32_t drain_grace; /* ms that idle connections have when draining */
    size_t max_unsent; /* of all responses together; beyond it no request is
                          begun */
    int backlog;
};

sbn_status
sbn__http_server_new(sbn_runtime *rt,
                     const struct sbn__http_server_options *options,
                     const struct sbn__http_server_events *events, void *data,
                     struct sbn__http_server **ret_server);
/* As sbn__listener_open. */
sbn_status sbn__http_server_listen(struct sbn__http_server *server,
                                   const char *host, uint16_t port,
                                   const char **reterr_text);
/* On a socket that listens already, and that others may share; as
 * sbn__listener_open_fd. */
sbn_status sbn__http_server_listen_fd(struct sbn__http_server *server, int fd,
                                      const char **reterr_text);
/* The port of the first TCP listener, 0: none. */
uint16_t sbn__http_server_port(const struct sbn__http_server *server);

/*
 * For drain_grace, connections that are on their way still come in; then it
 * stops accepting. For the same time again requests on idle connections do;
 * then those are closed, the others after their current
 * response (which says Connection: close). closed(data) runs from the loop when
 * the last connection is gone.
 */
void sbn__http_server_drain(struct sbn__http_server *server,
                            void (*closed)(void *data), void *data);
/* Back-pressure: while held, no further request is begun; what comes waits, at
 * last in the kernel. Not while draining. */
void sbn__http_server_hold(struct sbn__http_server *server, bool hold);
/* Drops every connection (on_abort comes for pending transactions). */
void sbn__http_server_abort(struct sbn__http_server *server);
/* Aborts what is left; the memory goes when every transaction has been answered.
 * A server keeps the runtime's memory, and so its closing, until then. No closed
 * comes any more. NULL does nothing. */
void sbn__http_server_free(struct sbn__http_server *server);

/* Head room to keep in front of a response's body. */
enum { SBN__HTTP_HEAD_ROOM = 256 };

/*
 * The response: body holds its bytes, with SBN__HTTP_HEAD_ROOM free in front,
 * and is the caller's again on return. content_type NULL: no body. extra: more
 * header lines, each ended by CRLF, or NULL. t must not be used afterwards.
 * A 202 and the like with an empty body carry Content-Length: 0.
 */
void sbn__http_respond(struct sbn__http_transaction *t, int status,
                       const char *content_type, const char *extra,
                       struct sbn__buf *body);

/* "127.0.0.1:51234"; "" when the client has gone. */
const char *sbn__http_transaction_peer(const struct sbn__http_transaction *t);
/* The request's head; valid until the response is given. */
const struct sbn__http_head *
sbn__http_transaction_head(const struct sbn__http_transaction *t);

#endif
