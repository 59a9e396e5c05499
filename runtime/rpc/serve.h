/* SPDX-License-Identifier: Apache-2.0 */
/* The server, as its files share it: server.c its making, closing.c its end,
 * dispatch.c requests in, operate.c their operations, answer.c answers. */
#ifndef SBN_RPC_SERVE_H
#define SBN_RPC_SERVE_H

#include <sebon/server.h>

#include "runtime/net/runtime.h"
#include "runtime/rpc/incoming.h"

/* Connections that wait to be accepted, by default. The kernel drops what comes
 * beyond, and who connects tries again a second later; it allows 4096 itself
 * (net.core.somaxconn). */
enum { SBN__BACKLOG = 4096 };

enum sbn__server_state {
    SERVER_OPEN,
    SERVER_DRAINING, /* close was called; what is in flight finishes */
    SERVER_DROPPED,  /* the deadline passed; waits for connections and pool */
    SERVER_GONE      /* only the program's pointer is left */
};

struct sbn_server {
    sbn_runtime *rt;
    struct sbn__hub *hub;
    sbn_server_options options; /* with the defaults filled in */
    struct sbn__http_server *http;
    struct sbn__soap_pool *soap;

    struct sbn__service **services;
    uint32_t service_count;
    struct sbn__index paths; /* path -> number of the service */

    struct sbn__link live;  /* requests in use */
    struct sbn__link spare; /* requests for reuse */
    size_t spare_count;
    size_t pending; /* dispatched, and their operation has not ended */
    size_t queued;  /* wait in a service's queue */
    size_t buffered; /* bytes of requests */
    bool full;       /* no more requests are read */

    enum sbn__server_state state;
    bool http_closed, held;
    bool released; /* the program has given the server up */
    void (*closed)(void *data);
    void *closed_data;
    sbn_timer deadline;
    uint64_t deadline_at;
    struct sbn__deferred drop, finish;
    struct sbn__closer closer;
    char text[SBN__SERVER_TEXT];
};

/* ---- server.c ----------------------------------------------------------- */

/* NULL: no memory. In the state REQUEST_READING. */
struct sbn_request *sbn__server_take_request(sbn_server *server);
/* Answered or given up: ready for reuse. */
void sbn__server_release_request(struct sbn_request *request);
/* NULL: none is bound there. target may have a query. */
struct sbn__service *sbn__server_find(const sbn_server *server,
                                      const char *target);

/* ---- limits.c ----------------------------------------------------------- */

/* The request has grown: false when the server has too much in memory. */
bool sbn__server_count(struct sbn_request *request);
/* The request is over. */
void sbn__server_uncount(struct sbn_request *request);
/* Its service has no room for one more call now. */
bool sbn__request_must_wait(const struct sbn_request *request);
/* Into the queue of its service; false: that is full. */
bool sbn__request_may_wait(const struct sbn_request *request);
void sbn__request_wait(struct sbn_request *request);
/* A call of its service begins; one has ended. */
void sbn__request_enter(struct sbn_request *request);
void sbn__request_leave(struct sbn_request *request);

/* ---- closing.c ---------------------------------------------------------- */

/* Ends a closing server when nothing holds it any more. */
void sbn__server_settle(sbn_server *server);
void sbn__server_on_runtime_close(struct sbn__closer *closer);
/* The last of it: nothing but the struct is left. */
void sbn__server_free_shell(sbn_server *server);

/* ---- dispatch.c --------------------------------------------------------- */

extern const struct sbn__http_server_events sbn__server_http_events;

/* ---- operate.c ---------------------------------------------------------- */

/* Runs the operation of a decoded request, now or when its turn comes. */
void sbn__request_operate(struct sbn_request *request);
/* Runs it now. */
void sbn__request_run(struct sbn_request *request);
/* What the queue has: ends and abort notices. */
void sbn__server_look(sbn_server *server);

/* ---- answer.c: each answers the request's transaction, once -------------- */

/* 503 with Retry-After. */
void sbn__answer_busy(struct sbn_request *request);
/* Without a body; needs no memory. */
void sbn__answer_empty(struct sbn__http_transaction *transaction, int status,
                       const char *extra);
/* The reply of an operation that returned status: out, or a fault. */
void sbn__answer_result(struct sbn_request *request, sbn_status status);
/* What could not be read, or was refused. */
void sbn__answer_refusal(struct sbn_request *request);
/* The headers that had to be understood. */
void sbn__answer_not_understood(struct sbn_request *request,
                                const struct sbn__soap_unknown *unknown);

#endif
