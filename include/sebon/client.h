/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Client side: clients and calls. Programs use these through the typed
 * functions that `sebon generate` writes; what is here is what all services
 * share.
 *
 * The rules of a call, whichever door it came through:
 *   - A started call completes exactly once: by reply, fault, error, deadline,
 *     cancel or close.
 *   - The completion runs from the loop, on a fresh stack, never inside the
 *     function that began, cancelled or closed.
 *   - After cancel it completes with SBN_ECANCELED unless it already had
 *     another result, and its connection is closed.
 *   - Freeing the client cancels all its calls, and is allowed anywhere,
 *     completions included.
 *
 * Thread: the runtime's. A client without a runtime (synchronous calls only)
 * may be used by one thread at a time.
 */
#ifndef SEBON_CLIENT_H
#define SEBON_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/describe.h>
#include <sebon/error.h>
#include <sebon/runtime.h>
#include <sebon/status.h>

SBN_BEGIN_DECLS

typedef struct sbn_client sbn_client;
typedef struct sbn_call sbn_call;

/* The completion of a Begin/End call. The call is the program's again: it may
 * be ended, begun anew or freed here. */
typedef void
sbn_call_fn(sbn_call *call, void *state);

/* Zero is the default of every member. */
typedef struct sbn_client_options {
    uint32_t timeout;         /* ms from begin to decoded reply; default 60000 */
    uint32_t connect_timeout; /* ms for one address; default 10000 */
    uint32_t idle_timeout;    /* ms an unused connection is kept; default 30000 */
    size_t max_connections;   /* at once; default 1024 */
    size_t max_pending_calls; /* waiting and in flight; default 100000 */
    size_t max_reply_bytes;   /* HTTP body; default 64 MiB */
    size_t max_header_bytes;  /* HTTP head; default 16 KiB */
    size_t max_memory;        /* of one decoded reply; default 256 MiB */
    uint32_t max_depth;       /* of XML elements; default 128 */
    sbn_soap_version soap;    /* default: 1.1, unless the service has only 1.2 */
    bool no_retry;            /* do not repeat a request whose reused connection
                                 died before the first byte of a reply */
} sbn_client_options;

/*
 * url: http://host[:port][/path][?query], or http+unix://%2Frun%2Fx.sock/path
 * for a Unix socket (the socket's path percent-encoded). Copied.
 * runtime may be NULL: the client then has a loop of its own, for synchronous
 * calls. options may be NULL. Nothing is connected before the first call.
 *
 * SBN_EINVAL  no such URL        SBN_EUNSUPPORTED  a scheme sebon lacks
 * SBN_EABI    contract was generated for another library version
 * SBN_ESTATE  runtime is closed
 * SBN_ENOMEM
 */
SBN_EXPORT sbn_status
sbn_client_new(sbn_runtime *runtime, const char *url,
               const sbn_client_options *options, const sbn_contract *contract,
               sbn_client **ret_client);

/* Cancels every call (they complete later, from the loop) and releases the
 * client. NULL does nothing. */
SBN_EXPORT void
sbn_client_free(sbn_client *client);

/* Cancels all event-based calls in flight that carry user_state. */
SBN_EXPORT void
sbn_client_cancel_async(sbn_client *client, const void *user_state);

/* Calls waiting or in flight, of all doors. */
SBN_EXPORT size_t
sbn_client_pending(const sbn_client *client);

/* Why the client's last call with a NULL sbn_call (the client's own call)
 * failed, or could not begin; NULL when it did not or there was none. What a
 * begun one failed with is told by the call its completion is given. */
SBN_EXPORT const sbn_error *
sbn_client_error(const sbn_client *client);

/*
 * A call: options, memory, error and state, reusable for one call after the
 * other through any door. Results decoded by a call live until it begins again
 * or is freed. runtime gives the allocator only and may be NULL.
 *
 * Where a function takes a call, NULL means default options and a call of the
 * client's own. Results of a synchronous call with NULL then live until the
 * client's next call with NULL, those of a begun one until its completion
 * returns.
 */
SBN_EXPORT sbn_status
sbn_call_new(sbn_runtime *runtime, sbn_call **ret_call);

/* An active call is cancelled first: its completion still runs, and what it
 * holds goes when that has returned. NULL, and a call of the client's own, do
 * nothing. */
SBN_EXPORT void
sbn_call_free(sbn_call *call);

/* For this call's later uses; 0: the client's. Milliseconds. */
SBN_EXPORT void
sbn_call_set_timeout(sbn_call *call, uint32_t timeout);

/* Does nothing to a call that is not active. */
SBN_EXPORT void
sbn_call_cancel(sbn_call *call);

/* From begin until the completion is entered. */
SBN_EXPORT bool
sbn_call_is_active(const sbn_call *call);

/* SBN_OK, or why the call failed or could not begin; SBN_ESTATE while it is
 * active or unused. */
SBN_EXPORT sbn_status
sbn_call_status(const sbn_call *call);

/* NULL when the call succeeded, is active or unused. */
SBN_EXPORT const sbn_error *
sbn_call_error(const sbn_call *call);

/* ---- What generated code calls ------------------------------------------ */

/*
 * in points to the operation's input struct (NULL: the operation has no input)
 * and is serialized before this returns.  On SBN_OK, done (may be NULL) runs
 * exactly once; on an error it never runs, the call is not active, and its
 * error (with a NULL call: the client's) says why. What the call had decoded
 * before is gone either way, but for SBN_ESTATE of an active call, which is
 * left alone.
 *
 * SBN_EINVAL  in misses a required value (the call's error names it)
 * SBN_ESTATE  call is active, the runtime is closed, or there is none
 * SBN_EBUSY   the client has max_pending_calls
 * SBN_ENOMEM
 */
SBN_EXPORT sbn_status
sbn_call_begin(sbn_client *client, sbn_call *call, const sbn_operation *op,
               const void *in, sbn_call_fn *done, void *state);

/* The result of a completed call of op: *ret_out points to op's output struct
 * (untouched when the call failed). Repeatable. SBN_ESTATE when the call is
 * active or was begun for another operation. ret_out may be NULL. */
SBN_EXPORT sbn_status
sbn_call_end(sbn_call *call, const sbn_operation *op, const void **ret_out);

/* Begin, turn the client's private loop until completion, end. No callback of
 * the program runs meanwhile. SBN_ESTATE inside a callback of the client's
 * runtime: it would hold that loop up. */
SBN_EXPORT sbn_status
sbn_call_sync(sbn_client *client, sbn_call *call, const sbn_operation *op,
              const void *in, const void **ret_out);

/* Event-based: on completion op->completed is called with its member of the
 * events that sbn_client_listen set, if any. A failure to begin is reported there too,
 * but for SBN_ENOMEM and SBN_ESTATE, which are returned. The same user_state
 * may be in flight several times. */
SBN_EXPORT sbn_status
sbn_call_async(sbn_client *client, const sbn_operation *op, const void *in,
               void *user_state);

/*
 * Gives the next call that begins with `call` a header entry: the element of
 * part, whose value is in value (a struct of part->size) and serialized before
 * this returns. call NULL: the client's next call with NULL, or event-based one.
 * Entries are sent once, in the order they were given, whether the begin
 * succeeds or not.
 *
 * SBN_EINVAL  a required value is missing (nothing is added)
 * SBN_ESTATE  call is active
 * SBN_ENOMEM
 */
SBN_EXPORT sbn_status
sbn_call_set_header(sbn_client *client, sbn_call *call, const sbn_part *part,
                    const void *value);

/* Marks the header entry that was given for the call last, instead of what its
 * contract says. One that is kept as XML has the attributes that stand in it,
 * too. SBN_ESTATE: there is none, or call is active; SBN_ENOMEM. */
SBN_EXPORT sbn_status
sbn_call_mark_header(sbn_client *client, sbn_call *call,
                     const sbn_header_marks *marks);

/* The marks of the n-th (from 0) entry {ns}local of the reply, NULL: there are
 * not so many that the contract declares. ns may be NULL. */
SBN_EXPORT const sbn_header_marks *
sbn_call_header_marks(const sbn_call *call, const char *ns, const char *local,
                      size_t n);

/* The n-th (from 0) header entry of the reply that is part's, decoded; NULL:
 * there are not so many. Also of a call that failed with a fault. */
SBN_EXPORT const void *
sbn_call_header(const sbn_call *call, const sbn_part *part, size_t n);

/*
 * The first members of every struct calculator_add_completed. error is NULL
 * when the call succeeded or was cancelled. The members that follow, the
 * results, mean something only when error is NULL and cancelled is false; call
 * gives the reply's headers.
 */
#define SBN_COMPLETED                                                          \
    const sbn_error *error;                                                    \
    bool cancelled;                                                            \
    void *user_state;                                                          \
    const sbn_call *call

/*
 * What op->completed is given; valid until it returns. event begins with
 * SBN_COMPLETED: it is the output struct, or one that is
 * zero otherwise. A call that was cancelled (cancel_async, or the client was
 * freed) has cancelled set and no error; every other failure has an error.
 * sender is valid even when the client has been freed, but begins nothing any
 * more then.
 */
struct sbn_completion {
    const void *function; /* the member of the events struct; not NULL */
    sbn_client *sender;
    const void *event;
    void *data; /* as given to listen */
};

/* events is borrowed until the client listens anew, or has been freed and its
 * last call has completed; NULL: no listener. Looked up when a call completes.
 */
SBN_EXPORT sbn_status
sbn_client_listen(sbn_client *client, const void *events, void *data);

SBN_END_DECLS

#endif
