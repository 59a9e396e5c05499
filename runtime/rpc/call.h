/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The call behind all three doors: docs/design/call.md has its picture.
 *
 * Thread: the runtime's.
 */
#ifndef SBN_RPC_CALL_H
#define SBN_RPC_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/client.h>

#include "runtime/base/arena.h"
#include "runtime/base/error.h"
#include "runtime/base/list.h"
#include "runtime/http/client.h"
#include "runtime/net/runtime.h"
#include "runtime/rpc/headers.h"

struct sbn__header;
struct sbn__lane;
struct sbn__soap_reader;

enum sbn__call_state {
    SBN__CALL_IDLE,       /* the program's; nothing in flight */
    SBN__CALL_QUEUED,     /* waits for a connection */
    SBN__CALL_SENDING,    /* request bytes are being written */
    SBN__CALL_RECEIVING,  /* waits for the reply, or is reading it */
    SBN__CALL_COMPLETING, /* status known, completion queued */
    SBN__CALL_DONE        /* completion entered; the result can be ended */
};

enum sbn__door { SBN__DOOR_BEGIN, SBN__DOOR_SYNC, SBN__DOOR_EVENT };

/* What is known of the reply while it arrives. */
struct sbn__reply {
    uint16_t http_status; /* 0: no head yet */
    bool sure;            /* status and media type promise an envelope */
    bool xml;             /* the body goes to the SOAP reader */
    bool ignored;         /* a one-way call's acknowledgement */
    bool begun;           /* at least one byte of a body has come */
    bool whole;           /* all of the body is read, outcome is set */
    uint8_t snippet_size;
    int16_t outcome; /* the reader's status at the end */
    int64_t left;    /* bytes of the body to come; -1: not known */
    char *snippet; /* how an unsure body begins */
    char *head;    /* "404 Not Found, text/html", when unsure */
};

/* What few calls have. */
struct sbn__call_headers {
    struct sbn__buf given;        /* for the next begin */
    struct sbn__header_place last; /* of those */
    struct sbn__header *received; /* of the reply; in the arena */
};

struct sbn_call {
    sbn_allocator mem; /* a copy: the call may outlive its runtime */
    struct sbn__arena arena;
    struct sbn_error error;
    struct sbn__http_exchange exchange;
    sbn_timer deadline;
    struct sbn__deferred deferred;
    struct sbn__link link; /* of the client's calls, or its spare ones */

    /* While active; NULL else. */
    sbn_client *client;
    struct sbn__lane *lane;
    struct sbn__soap_reader *reader; /* while a reply arrives */

    const sbn_operation *op; /* of the last begin; NULL: unused */
    sbn_call_fn *done;
    void *state; /* of done; user_state of an event-based call */
    void *out;   /* in the arena */
    struct sbn__call_headers *headers; /* NULL: it never had any */
    const char *peer; /* the client's memory */
    struct sbn__reply reply;
    uint64_t begun; /* sbn__runtime_now */
    uint32_t timeout; /* ms; 0: the client's */
    int16_t status;
    uint8_t current; /* sbn__call_state; only call_set_state writes it */
    uint8_t door;
    uint8_t stage;
    bool pooled;   /* the client's own */
    bool detached; /* freed while active: its memory goes with completion */
};

void sbn__call_init(sbn_call *call, const sbn_allocator *mem);
/* The call's memory goes; it is in no list and not active. */
void sbn__call_destroy(sbn_call *call);

/* Begins through any door; what fails is in the call's error as well. */
sbn_status sbn__call_start(sbn_client *client, struct sbn__lane *lane,
                           sbn_call *call, enum sbn__door door,
                           const sbn_operation *op, const void *in,
                           sbn_call_fn *done, void *state);
/* A call that may not begin: as start when it fails, with reason in the call's
 * error. Returns status. */
sbn_status sbn__call_fail(sbn_client *client, sbn_call *call,
                          enum sbn__door door, const sbn_operation *op,
                          sbn_status status, const char *reason);
/* For the event-based door: what start has just failed with is delivered as a
 * completion. */
void sbn__call_refuse(sbn_client *client, struct sbn__lane *lane,
                      sbn_call *call, sbn_status status);
/* The only way out of an active call; the first reason wins. */
void sbn__call_finish(sbn_call *call, sbn_status status);

/* Tells the listener of an event-based call that has completed. */
void sbn__call_raise(sbn_call *call, sbn_client *client);

/* A step that the exchange reports; COMPLETING and DONE are not among them. */
void sbn__call_step(sbn_call *call, enum sbn__call_state state);

/* Forgets what the last reply was and expects the next. */
void sbn__reply_init(sbn_call *call);
/* Takes over how far the exchange has come in submit. */
void sbn__reply_stage(sbn_call *call);
/* What the call's exchange tells its events to. */
extern const struct sbn__http_exchange_events sbn__reply_events;

/* The entries given for the call that begins; NULL: none. They are for one. */
struct sbn__buf *sbn__call_given_headers(sbn_client *client, sbn_call *call);
/* The call's, made when there are none; NULL: no memory. */
struct sbn__call_headers *sbn__call_headers(sbn_call *call);

/* The request of op on the wire, in the runtime's scratch buffer. */
sbn_status sbn__request_write(sbn_client *client, struct sbn__lane *lane,
                              sbn_call *call, const sbn_operation *op,
                              const void *in, struct sbn__buf **ret_buf);

#endif
