/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a call: its states, its end, its completion. */
#include <assert.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/rpc/call.h"
#include "runtime/rpc/client.h"
#include "runtime/rpc/headers.h"
#include "runtime/soap/message.h"

/* Beyond the limit for what is decoded, so that a reply which reached it can
 * still be told of. */
enum { ERROR_ROOM = 8 << 10 };

#define STATE(name) (1u << SBN__CALL_##name)

/* What may follow each state. A retry leads back to QUEUED; an answer may come
 * before all of the request has gone; an event-based call that cannot begin
 * completes without having been queued. */
static const unsigned call_steps[] = {
    [SBN__CALL_IDLE] = STATE(QUEUED) | STATE(COMPLETING),
    [SBN__CALL_QUEUED] = STATE(SENDING) | STATE(RECEIVING) | STATE(COMPLETING),
    [SBN__CALL_SENDING] = STATE(QUEUED) | STATE(RECEIVING) | STATE(COMPLETING),
    [SBN__CALL_RECEIVING] = STATE(QUEUED) | STATE(SENDING) | STATE(COMPLETING),
    [SBN__CALL_COMPLETING] = STATE(DONE),
    [SBN__CALL_DONE] = STATE(IDLE),
};

static void
call_set_state(sbn_call *call, enum sbn__call_state state)
{
    assert((call_steps[call->current] & (1u << state)) != 0);
    call->current = (uint8_t)state;
}

void
sbn__call_step(sbn_call *call, enum sbn__call_state state)
{
    if (call->current != state)
        call_set_state(call, state);
}

static bool
call_is_active(const sbn_call *call)
{
    return call->current != SBN__CALL_IDLE && call->current != SBN__CALL_DONE;
}

/* ---- Memory ---------------------------------------------------------------
 */

void
sbn__call_init(sbn_call *call, const sbn_allocator *mem)
{
    memset(call, 0, sizeof(*call));
    call->mem = *mem;
    sbn__arena_init(&call->arena, &call->mem, SIZE_MAX);
    sbn__error_init(&call->error, &call->arena);
    sbn__list_init(&call->link);
}

void
sbn__call_destroy(sbn_call *call)
{
    sbn_allocator mem = call->mem;

    sbn__arena_fini(&call->arena);
    if (call->headers != NULL)
        sbn__buf_fini(&call->headers->given);
    sbn__free(&mem, call->headers);
    sbn__free(&mem, call);
}

sbn_status
sbn_call_new(sbn_runtime *runtime, sbn_call **ret_call)
{
    const sbn_allocator *mem =
        runtime == NULL ? &sbn__default_allocator : sbn__runtime_mem(runtime);
    sbn_call *call = sbn__alloc(mem, sizeof(*call));

    if (call == NULL)
        return SBN_ENOMEM;
    sbn__call_init(call, mem);
    *ret_call = call;
    return SBN_OK;
}

void
sbn_call_free(sbn_call *call)
{
    /* The client's own calls are not the program's to free, and a detached
     * one goes by itself. */
    if (call == NULL || call->pooled || call->detached)
        return;
    if (!call_is_active(call)) {
        sbn__call_destroy(call);
        return;
    }
    call->detached = true;
    sbn_call_cancel(call);
}

/* ---- Beginning ------------------------------------------------------------
 */

/* As after sbn_call_new, but for the memory that is kept. */
static void
call_prepare(sbn_client *client, sbn_call *call, const sbn_operation *op,
             enum sbn__door door)
{
    if (call->current == SBN__CALL_DONE)
        call_set_state(call, SBN__CALL_IDLE);
    sbn__arena_reset(&call->arena);
    call->arena.limit = client->options.max_memory;
    sbn__error_clear(&call->error);
    sbn__reply_init(call);
    call->op = op;
    call->door = (uint8_t)door;
    call->out = NULL;
    if (call->headers != NULL)
        call->headers->received = NULL;
    call->peer = NULL;
    call->status = SBN_OK;
    call->stage = SBN_STAGE_NONE;
}

/* What is told of a failed call beside its reason. */
static void
call_describe(sbn_call *call, sbn_status status)
{
    struct sbn_error *error = &call->error;

    if (call->arena.limit < SIZE_MAX - ERROR_ROOM)
        call->arena.limit += ERROR_ROOM;
    /* Something else was found out before the reason that won. */
    if (error->status != status && error->status != SBN_OK)
        sbn__error_clear(error);
    error->status = status;
    error->operation = call->op->name;
    error->stage = (sbn_stage)call->stage;
    error->peer = sbn__arena_strdup(&call->arena, call->peer);
    error->http_status = call->reply.http_status;
}

static sbn_status
call_check_lane(const sbn_client *client, const struct sbn__lane *lane,
                struct sbn_error *error)
{
    const char *reason;

    if (lane->endpoint != NULL)
        return SBN_OK;
    if (client->freed)
        reason = "the client has been freed";
    else if (client->closed)
        reason = "the runtime is closed";
    else
        reason = "a client without a runtime can only call synchronously";
    return sbn__error_set(error, SBN_ESTATE, 0, "%s", reason);
}

static sbn_status
call_check(const sbn_client *client, const struct sbn__lane *lane,
           sbn_call *call, const void *in)
{
    sbn_status status = call_check_lane(client, lane, &call->error);

    if (status != SBN_OK)
        return status;
    if (call->op->in != NULL && in == NULL)
        return sbn__error_set(&call->error, SBN_EINVAL, 0,
                              "the operation has arguments, none were given");
    if (client->pending >= client->options.max_pending_calls)
        return sbn__error_set(&call->error, SBN_EBUSY, 0,
                              "the client has %zu calls pending, its maximum",
                              client->pending);
    return SBN_OK;
}

static void
call_passed_deadline(void *data)
{
    static const char *const reasons[] = {
        [SBN_STAGE_QUEUE] = "no connection was free",
        [SBN_STAGE_SEND] = "the request was not taken",
        [SBN_STAGE_RECEIVE] = "no reply",
        [SBN_STAGE_DECODE] = NULL,
    };
    sbn_call *call = data;
    const char *reason = reasons[call->stage];

    if (call->reply.http_status != 0)
        reason = "the reply was not complete";
    if (reason == NULL)
        reason = "no answer";
    sbn__error_set(&call->error, SBN_ETIMEDOUT, 0, "%s", reason);
    sbn__call_finish(call, SBN_ETIMEDOUT);
}

/* Everything that can fail; on failure nothing is left of it. */
static sbn_status
call_submit(sbn_client *client, struct sbn__lane *lane, sbn_call *call,
            const void *in)
{
    struct sbn__buf *buf;
    uint32_t timeout =
        call->timeout != 0 ? call->timeout : client->options.timeout;
    sbn_status status = call_check(client, lane, call, in);

    if (status != SBN_OK)
        return status;
    call->begun = sbn__runtime_now(lane->rt);
    call->stage = SBN_STAGE_ENCODE;
    status = sbn__request_write(client, lane, call, call->op, in, &buf);
    if (status != SBN_OK)
        return status;
    status = sbn_timer_start(lane->rt, &call->deadline, timeout,
                             call_passed_deadline, call);
    if (status != SBN_OK)
        return status;
    call->stage = SBN_STAGE_QUEUE;
    call->exchange.events = &sbn__reply_events;
    status = sbn__http_exchange_submit(lane->endpoint, &call->exchange,
                                       sbn__buf_bytes(buf), sbn__buf_size(buf));
    if (status != SBN_OK)
        sbn_timer_stop(&call->deadline);
    return status;
}

/* A pooled call is one that the program has no name for: what it gave is with
 * the client. */
struct sbn__buf *
sbn__call_given_headers(sbn_client *client, sbn_call *call)
{
    if (call->pooled)
        return &client->headers;
    return call->headers == NULL ? NULL : &call->headers->given;
}

static void
call_forget_headers(sbn_client *client, sbn_call *call)
{
    struct sbn__buf *headers = sbn__call_given_headers(client, call);

    if (headers != NULL && sbn__buf_size(headers) > 0)
        sbn__buf_reset(headers, 0);
}

static void
call_activate(sbn_client *client, struct sbn__lane *lane, sbn_call *call)
{
    call->client = client;
    call->lane = lane;
    sbn__list_append(&client->calls, &call->link);
    client->pending++;
    client->refs++;
    sbn__lane_enter(lane);
}

static sbn_status
call_stays_idle(sbn_call *call, sbn_status status)
{
    call->status = (int16_t)status;
    call_describe(call, status);
    return status;
}

sbn_status
sbn__call_fail(sbn_client *client, sbn_call *call, enum sbn__door door,
               const sbn_operation *op, sbn_status status, const char *reason)
{
    call_prepare(client, call, op, door);
    sbn__error_set(&call->error, status, 0, "%s", reason);
    return call_stays_idle(call, status);
}

sbn_status
sbn__call_start(sbn_client *client, struct sbn__lane *lane, sbn_call *call,
                enum sbn__door door, const sbn_operation *op, const void *in,
                sbn_call_fn *done, void *state)
{
    sbn_status status;

    if (call_is_active(call) || call->detached)
        return SBN_ESTATE;
    call_prepare(client, call, op, door);
    call->done = done;
    call->state = state;
    status = call_submit(client, lane, call, in);
    call_forget_headers(client, call);
    if (status != SBN_OK)
        return call_stays_idle(call, status);
    call_activate(client, lane, call);
    call_set_state(call, SBN__CALL_QUEUED);
    sbn__reply_stage(call);
    return SBN_OK;
}

/* ---- Ending ---------------------------------------------------------------
 */

/* In the completion the call is the program's again: only what was read before
 * may be used after it. */
static void
call_tell(sbn_call *call, sbn_client *client)
{
    if (call->door == SBN__DOOR_BEGIN && call->done != NULL)
        call->done(call, call->state);
    else if (call->door == SBN__DOOR_EVENT)
        sbn__call_raise(call, client);
}

static void
call_deliver(struct sbn__deferred *deferred)
{
    sbn_call *call = sbn__container(deferred, sbn_call, deferred);
    sbn_client *client = call->client;
    struct sbn__lane *lane = call->lane;
    sbn_runtime *rt = lane->rt;
    bool pooled = call->pooled && call->door != SBN__DOOR_SYNC;
    bool detached = call->detached;

    call_set_state(call, SBN__CALL_DONE);
    sbn__list_remove(&call->link);
    call->client = NULL;
    call->lane = NULL;
    client->pending--;

    sbn__runtime_enter(rt);
    call_tell(call, client);
    sbn__runtime_leave(rt);

    /* A pooled one may have been begun anew in its completion. */
    if (pooled && !call_is_active(call))
        sbn__client_give_back(client, call);
    else if (detached)
        sbn__call_destroy(call);
    sbn__lane_leave(lane);
    sbn__client_unref(client);
}

static void
call_complete(sbn_call *call, sbn_status status)
{
    sbn_runtime *rt = call->lane->rt;

    call->status = (int16_t)status;
    if (status != SBN_OK) {
        call_describe(call, status);
        call->error.elapsed = (uint32_t)(sbn__runtime_now(rt) - call->begun);
    }
    call_set_state(call, SBN__CALL_COMPLETING);
    sbn__defer(rt, &call->deferred, call_deliver);
}

void
sbn__call_finish(sbn_call *call, sbn_status status)
{
    assert(call_is_active(call));
    if (call->current == SBN__CALL_COMPLETING)
        return; /* the first reason wins */
    sbn__http_exchange_abort(&call->exchange);
    sbn_timer_stop(&call->deadline);
    if (call->reader != NULL)
        sbn__soap_reader_close(call->reader);
    call->reader = NULL;
    call_complete(call, status);
}

void
sbn__call_refuse(sbn_client *client, struct sbn__lane *lane, sbn_call *call,
                 sbn_status status)
{
    call->begun = sbn__runtime_now(lane->rt);
    call_activate(client, lane, call);
    call_complete(call, status);
}

void
sbn_call_cancel(sbn_call *call)
{
    if (call != NULL && call_is_active(call))
        sbn__call_finish(call, SBN_ECANCELED);
}

/* ---- What a program asks of a call -----------------------------------------
 */

sbn_status
sbn_call_begin(sbn_client *client, sbn_call *call, const sbn_operation *op,
               const void *in, sbn_call_fn *done, void *state)
{
    bool own = call == NULL;
    sbn_status status;

    if (client == NULL || op == NULL)
        return SBN_EINVAL;
    if (own)
        call = sbn__client_take_own(client);
    if (call == NULL)
        return SBN_ENOMEM;
    status = sbn__call_start(client, &client->loop, call, SBN__DOOR_BEGIN, op,
                             in, done, state);
    if (own && status == SBN_OK)
        client->own = NULL; /* its completion gives it back */
    return status;
}

sbn_status
sbn_call_end(sbn_call *call, const sbn_operation *op, const void **ret_out)
{
    if (call == NULL || call_is_active(call) || call->op == NULL ||
        call->op != op)
        return SBN_ESTATE;
    if (call->status == SBN_OK && ret_out != NULL)
        *ret_out = call->out;
    return (sbn_status)call->status;
}

void
sbn_call_set_timeout(sbn_call *call, uint32_t timeout)
{
    call->timeout = timeout;
}

bool
sbn_call_is_active(const sbn_call *call)
{
    return call_is_active(call);
}

sbn_status
sbn_call_status(const sbn_call *call)
{
    if (call_is_active(call) || call->op == NULL)
        return SBN_ESTATE;
    return (sbn_status)call->status;
}

const sbn_error *
sbn_call_error(const sbn_call *call)
{
    if (call_is_active(call) || call->op == NULL || call->status == SBN_OK)
        return NULL;
    return &call->error;
}

struct sbn__call_headers *
sbn__call_headers(sbn_call *call)
{
    if (call->headers == NULL) {
        call->headers = sbn__zalloc(&call->mem, sizeof(*call->headers));
        if (call->headers != NULL)
            sbn__buf_init(&call->headers->given, &call->mem, SIZE_MAX / 2);
    }
    return call->headers;
}

/* Whether call (NULL: the client's next one) can be given headers. */
static sbn_status
call_take_headers(sbn_client *client, sbn_call *call)
{
    if (client == NULL)
        return SBN_EINVAL;
    if (call != NULL && call_is_active(call))
        return SBN_ESTATE;
    return call == NULL || sbn__call_headers(call) != NULL ? SBN_OK
                                                           : SBN_ENOMEM;
}

sbn_status
sbn_call_mark_header(sbn_client *client, sbn_call *call,
                     const sbn_header_marks *marks)
{
    sbn_status status = call_take_headers(client, call);

    if (status != SBN_OK)
        return status;
    return sbn__header_mark(
        call == NULL ? &client->headers : &call->headers->given,
        call == NULL ? &client->last_header : &call->headers->last,
        client->version, marks);
}

sbn_status
sbn_call_set_header(sbn_client *client, sbn_call *call, const sbn_part *part,
                    const void *value)
{
    sbn_status status = call_take_headers(client, call);

    if (status != SBN_OK)
        return status;
    if (part == NULL || value == NULL)
        return SBN_EINVAL;
    return sbn__header_write(
        call == NULL ? &client->headers : &call->headers->given,
        call == NULL ? &client->last_header : &call->headers->last,
        client->version, client->contract, part, value, NULL);
}

const sbn_header_marks *
sbn_call_header_marks(const sbn_call *call, const char *ns, const char *local,
                      size_t n)
{
    if (call == NULL || call_is_active(call) || call->headers == NULL)
        return NULL;
    return sbn__header_marks(call->headers->received, ns, local, n);
}

const void *
sbn_call_header(const sbn_call *call, const sbn_part *part, size_t n)
{
    if (call == NULL || part == NULL || call_is_active(call) ||
        call->headers == NULL)
        return NULL;
    return sbn__header_value(call->headers->received, part, n);
}
