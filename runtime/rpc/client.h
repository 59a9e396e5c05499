/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client: what its calls share. It has two lanes, one on the program's
 * runtime and one, made when first needed, on a private runtime for
 * synchronous calls, each with connections of its own.
 *
 * Memory: one reference for the program, one for each active call.
 */
#ifndef SBN_RPC_CLIENT_H
#define SBN_RPC_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include <sebon/client.h>

#include "runtime/base/list.h"
#include "runtime/http/client.h"
#include "runtime/net/runtime.h"
#include "runtime/rpc/headers.h"

struct sbn__soap_pool;
struct sbn__client_peer;

struct sbn__lane {
    sbn_runtime *rt; /* NULL: none, or let go of */
    struct sbn__http_endpoint *endpoint; /* NULL: not open */
    struct sbn__soap_pool *soap;         /* the runtime's */
    size_t active;                       /* calls */
};

struct sbn_client {
    sbn_allocator mem; /* a copy: the client may outlive its runtime */
    const sbn_contract *contract;
    sbn_client_options options; /* defaults filled in */
    enum sbn__soap_version version;
    struct sbn__buf headers; /* for the next call of the client's own */
    struct sbn__header_place last_header; /* of those */
    struct sbn__url url;
    char *head; /* of a request, up to the action */
    size_t head_size;

    struct sbn__lane loop; /* the program's runtime */
    struct sbn__lane sync; /* the private one */
    struct sbn__closer closer;
    bool has_runtime; /* was given one */
    bool closed;      /* that runtime has closed */
    bool freed;       /* by the program */

    struct sbn__link calls; /* active, in the order of begin */
    size_t pending;
    struct sbn__link spare; /* pooled calls that wait for use */
    size_t spare_count;
    sbn_call *own; /* has the results of the last call with NULL */
    size_t refs;

    struct sbn__client_peer *peers; /* texts that calls point to */
    size_t peer_count;

    const void *events;
    void *events_data;
    void *event; /* room for any that has no result */
};

/* Opens a connection pool on rt, and holds a reference to rt. */
sbn_status sbn__lane_open(sbn_client *client, struct sbn__lane *lane,
                          sbn_runtime *rt);
/* No call is in flight any more, some may be completing. */
void sbn__lane_close(struct sbn__lane *lane);
/* A call comes and goes. */
void sbn__lane_enter(struct sbn__lane *lane);
void sbn__lane_leave(struct sbn__lane *lane);

void sbn__client_unref(sbn_client *client);

/* A call from the pool; NULL: no memory. */
sbn_call *sbn__client_take_call(sbn_client *client);
void sbn__client_give_back(sbn_client *client, sbn_call *call);
/* The one for a call with NULL: what the last one left is gone. */
sbn_call *sbn__client_take_own(sbn_client *client);

/* Bytes of the largest event of the contract's operations. */
size_t sbn__largest_event(const sbn_contract *contract);

/* A copy of text that lives as long as the client; NULL: no memory. */
const char *sbn__client_peer(sbn_client *client, const char *text);

#endif
