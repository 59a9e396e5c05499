/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A server that plays scripts, good and bad ones, on plain sockets in a thread
 * of its own: what real peers do to a client, on demand.
 *
 * The n-th connection plays the n-th script, later ones the last script.
 */
#ifndef TEST_RPC_PEER_H
#define TEST_RPC_PEER_H

#include <stddef.h>

enum peer_op {
    PEER_END,    /* the script's end: hangs up */
    PEER_READ,   /* until a whole request has come */
    PEER_REPLY,  /* text as the body of an HTTP response; status, type */
    PEER_RAW,    /* text as it is */
    PEER_PIECES, /* text as it is, one byte a segment */
    PEER_DRIP,   /* text one byte every few ms, its last byte for ever */
    PEER_WAIT,   /* for peer_release; reads nothing */
    PEER_HOLD,   /* until the client hangs up; reads nothing */
    PEER_RESET,  /* a TCP reset */
    PEER_AGAIN   /* the script from its start: keep-alive */
};

struct peer_step {
    enum peer_op op;
    const char *text;
    const char *status; /* NULL: "200 OK" */
    const char *type;   /* NULL: "text/xml; charset=utf-8"; "": none */
};

struct peer;

/* scripts ends with NULL and is borrowed; each ends with PEER_END or an op that
 * ends it. */
struct peer *peer_start(const struct peer_step *const *scripts);
/* One script for all connections. */
struct peer *peer_start_all(const struct peer_step *script);
/* Hangs up on everybody, and joins the thread. */
void peer_stop(struct peer *peer);

/* "http://127.0.0.1:PORT/service" */
const char *peer_url(const struct peer *peer);
/* Lets every PEER_WAIT pass, now and later. */
void peer_release(struct peer *peer);

/* These block until it has happened. */
void peer_await_requests(struct peer *peer, size_t count);
void peer_await_sent(struct peer *peer, size_t count); /* REPLY, RAW, PIECES */
void peer_await_hangups(struct peer *peer, size_t count); /* by clients */
void peer_await_ends(struct peer *peer, size_t count);    /* by PEER_END */

size_t peer_connections(struct peer *peer);
size_t peer_requests(struct peer *peer);
/* The last request read, NUL-terminated; until the next one. */
const char *peer_last_request(struct peer *peer);

#endif
