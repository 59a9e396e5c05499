/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request on the server's side: from the HTTP head to the reply. Its states,
 * and who may do what in each, are in docs/design/server.md.
 */
#ifndef SBN_RPC_INCOMING_H
#define SBN_RPC_INCOMING_H

#include <stdatomic.h>

#include <sebon/server.h>

#include "runtime/base/arena.h"
#include "runtime/base/error.h"
#include "runtime/base/list.h"
#include "runtime/http/server.h"
#include "runtime/rpc/headers.h"
#include "runtime/rpc/hub.h"
#include "runtime/rpc/media.h"
#include "runtime/rpc/service.h"
#include "runtime/soap/message.h"

enum sbn__request_state {
    REQUEST_SPARE,     /* nobody's; waits for the next use */
    REQUEST_READING,   /* its body is arriving and being decoded */
    REQUEST_QUEUED,    /* waits until its service may run one more */
    REQUEST_RUNNING,   /* the synchronous function runs, perhaps on the pool */
    REQUEST_BEGUN,     /* begin was called; waits for complete */
    REQUEST_COMPLETED, /* complete was called; end is to run on the loop */
    REQUEST_ENDING,    /* end runs, or the reply is being given */
    REQUEST_ORPHAN     /* the server went without it; goes with complete */
};

/* What is wrong with a message that the codec alone does not refuse. */
enum sbn__refusal {
    REFUSAL_NONE,
    REFUSAL_MEDIA, /* the envelope is not what its Content-Type says */
    REFUSAL_ACTION,  /* no operation has the action, or the body's element */
    REFUSAL_BODY,    /* the body is not the operation's */
    REFUSAL_INSPECTOR, /* the program's inspector said so */
    REFUSAL_TOO_BUSY /* the server has too much in memory */
};

struct sbn__mex;

struct sbn_request {
    struct sbn__link link; /* in the server's list of spare or of live ones */
    struct sbn__link turn; /* in its service's queue */
    sbn_server *server;
    sbn_runtime *runtime;
    struct sbn__hub *hub;
    void *data; /* the service's */

    struct sbn__service *service; /* NULL: gone, with the server */
    const sbn_operation *operation; /* NULL: not known yet */
    struct sbn__http_transaction *transaction; /* NULL: answered */
    enum sbn__soap_version version;            /* by the Content-Type */
    enum sbn__charset charset;                 /* by it, too */
    const char *action; /* in the arena or the head; "" when there is none */
    struct sbn__soap_reader *reader;
    struct sbn__mex *mex; /* NULL: it is for the service, not its metadata */
    int64_t left;    /* of the body by its Content-Length, -1: unknown */
    sbn_status read; /* the reader's last word */
    size_t received; /* bytes of the body, while it is being read */
    size_t counted;  /* bytes of it in the server's buffered */
    enum sbn__refusal refusal;
    bool dispatched; /* its operation is or was called */
    sbn_qname body;  /* the element in Body; local NULL: it is empty */

    struct sbn__arena arena;
    struct sbn_error error;
    void *in, *out;
    sbn_status result; /* of a function that ran on the pool */
    void *state_pointer;
    bool faulted;        /* a fault is given */
    sbn_fault fault;     /* that one; its detail may come first */
    const char *failure; /* of sbn_request_fail */
    bool no_reply;       /* sbn_request_no_reply was called */
    int http_status; /* of sbn_request_refuse; 0: not called */
    struct sbn__reply_field *fields; /* of the response, the newest first */
    struct sbn__header *entries; /* of the header; in the arena */
    struct sbn__buf headers;      /* of the reply */
    struct sbn__header_place last_header; /* of those */

    const char *peer; /* a copy; NULL: the transaction has it */
    /* Of a one-way request, whose HTTP transaction is over. */
    struct sbn__http_head head;

    atomic_bool aborted;
    /* All below is guarded by hub->lock. */
    enum sbn__request_state state;
    struct sbn__link signal; /* in hub->queue: aborted or completed */
    bool abort_told;
    void (*on_abort)(sbn_request *request, void *data);
    void *on_abort_data;
};

/* SBN_ENOMEM: NULL. Everything but state is as for a new request. */
struct sbn_request *sbn__request_new(sbn_server *server, sbn_runtime *runtime,
                                     struct sbn__hub *hub, size_t max_memory);
/* Empties it for its next use. shrink: gives its memory back as well. */
void sbn__request_recycle(struct sbn_request *request, bool shrink);
void sbn__request_free(struct sbn_request *request);

void sbn__request_set_state(struct sbn_request *request,
                            enum sbn__request_state state);
/* The client has gone: the program is told from the loop, later. */
void sbn__request_abort(struct sbn_request *request);

/* What the loop has to do for a request out of the queue. */
enum sbn__request_news { NEWS_NONE, NEWS_ABORTED, NEWS_COMPLETED };
/* Takes one of list (which the queue was moved to); NULL: no more. For
 * NEWS_ABORTED *ret_fn is to be called. */
struct sbn_request *
sbn__request_take(struct sbn__hub *hub, struct sbn__link *list,
                  enum sbn__request_news *ret_news,
                  void (**ret_fn)(sbn_request *request, void *data),
                  void **ret_data);
bool sbn__request_is_begun(struct sbn_request *request);
/* The server, which has nothing to do with it any more, goes without it; it was
 * BEGUN. It belongs to whoever completes it, now or already. */
void sbn__request_orphan(struct sbn_request *request);

/* A header that the program wants in the response. */
struct sbn__reply_field {
    struct sbn__reply_field *next;
    const char *name;
    const char *value; /* NULL: taken out again */
};
/* The header lines of the response; NULL: none. SBN_ENOMEM */
sbn_status sbn__request_reply_fields(struct sbn_request *request,
                                     const char **ret_lines);

/* Copies the peer's name: other threads must not ask a connection that may go
 * meanwhile. SBN_ENOMEM. */
sbn_status sbn__request_keep_peer(struct sbn_request *request);
/* Copies the head, so that it outlives the transaction. SBN_ENOMEM. */
sbn_status sbn__request_keep_head(struct sbn_request *request);

#endif
