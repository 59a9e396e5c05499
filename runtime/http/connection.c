/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One connection of a client.
 *
 *   connecting --> sending, receiving <--> idle
 *        `---------------+-------------------+---> closed
 *
 * It belongs to one exchange until that is done; a reply that ends the
 * connection, that is not complete, or behind which more bytes came, closes it.
 * Callbacks of an exchange may abort it and free the endpoint: whoever calls
 * one looks at connection->stream afterwards, and at nothing else before that.
 */
#include "runtime/base/memory.h"
#include "runtime/http/pool.h"

enum { ERROR_TEXTS = 4096 /* most bytes of an error's texts */ };

/* ---- Closing
 * ------------------------------------------------------------------ */

static void
connection_release(struct sbn__http_connection *c)
{
    if (c->stream != NULL || c->busy > 0)
        return;
    sbn__http_parser_free(c->parser);
    sbn__free(c->mem, c); /* the endpoint may be gone */
}

void
sbn__http_connection_close(struct sbn__http_connection *c)
{
    if (c->stream == NULL)
        return;
    sbn__stream_close(c->stream);
    c->stream = NULL;
    sbn__list_remove(&c->link);
    c->endpoint->count--;
    c->endpoint->connecting -= !c->connected;
    connection_release(c);
}

/* The exchange's, no longer the connection's. */
static struct sbn__http_exchange *
take_exchange(struct sbn__http_connection *c)
{
    struct sbn__http_exchange *x = c->exchange;

    c->exchange = NULL;
    x->connection = NULL;
    x->active = false;
    sbn__http_request_drop(x);
    return x;
}

/* The reply is complete. The last thing a function does: x's owner may free
 * everything. */
static void
connection_done(struct sbn__http_connection *c, bool more)
{
    struct sbn__http_endpoint *endpoint = c->endpoint;
    struct sbn__http_exchange *x = take_exchange(c);

    /* A reply to a request that is not yet sent: the rest would be taken for
     * the next one. */
    if (c->keep_alive && !more && sbn__stream_unsent(c->stream) == 0) {
        sbn__http_parser_next(c->parser);
        c->reused = true;
        sbn__http_endpoint_keep(c);
    } else {
        sbn__http_connection_close(c);
    }
    sbn__http_endpoint_pump(endpoint);
    x->events->on_done(x, SBN_OK, NULL);
}

/* An error in the making, and what keeps its memory. */
struct failure {
    sbn_runtime *rt;
    struct sbn__arena arena;
    struct sbn_error error;
};

static void
failure_init(struct failure *failure, sbn_runtime *rt)
{
    failure->rt = rt;
    sbn__runtime_ref(rt);
    sbn__arena_init(&failure->arena, sbn__runtime_mem(rt), ERROR_TEXTS);
    sbn__error_init(&failure->error, &failure->arena);
}

static void
failure_fini(struct failure *failure)
{
    sbn__arena_fini(&failure->arena);
    sbn__runtime_unref(failure->rt);
}

/* The exchange failed; as above. */
static void
connection_fail(struct sbn__http_connection *c, sbn_status status,
                struct failure *failure)
{
    struct sbn__http_endpoint *endpoint = c->endpoint;
    struct sbn__http_exchange *x = c->exchange;
    struct sbn_error *error = &failure->error;

    sbn__error_set(error, status, 0, "%s", sbn_status_text(status));
    error->status = status;
    error->stage = x->stage;
    error->peer = sbn__arena_strdup(error->arena, sbn__http_exchange_peer(x));
    take_exchange(c);
    sbn__http_connection_close(c);
    sbn__http_endpoint_pump(endpoint);
    x->events->on_done(x, status, error);
}

/* ---- Sending
 * ------------------------------------------------------------------- */

/* Tells x the stage; false: the connection was closed meanwhile. */
static bool
connection_stage(struct sbn__http_connection *c, sbn_stage stage,
                 const char *peer)
{
    struct sbn__http_exchange *x = c->exchange;
    bool open;

    x->stage = stage;
    if (x->events->on_stage == NULL)
        return true;
    c->busy++;
    x->events->on_stage(x, stage, peer);
    c->busy--;
    open = c->stream != NULL;
    connection_release(c);
    return open;
}

/* One that fails is told by on_end, but for memory. */
static sbn_status
connection_write(struct sbn__http_connection *c, const char *request,
                 size_t size)
{
    struct sbn__http_exchange *x = c->exchange;
    sbn_status st;

    c->whole = c->keep_alive = false;
    if (x->no_body)
        sbn__http_parser_expect_no_body(c->parser);
    st = sbn__stream_write(c->stream, request, size);
    if (!c->reused || x->retried || c->endpoint->options.no_retry)
        sbn__http_request_drop(x); /* it will not be sent again */
    x->stage =
        sbn__stream_unsent(c->stream) > 0 ? SBN_STAGE_SEND : SBN_STAGE_RECEIVE;
    return st == SBN_ENOMEM ? st : SBN_OK;
}

static void
connection_attach(struct sbn__http_connection *c, struct sbn__http_exchange *x)
{
    c->exchange = x;
    x->connection = c;
}

sbn_status
sbn__http_connection_begin(struct sbn__http_connection *c,
                           struct sbn__http_exchange *x, const char *request,
                           size_t size)
{
    sbn_status st;

    connection_attach(c, x);
    st = connection_write(c, request, size);
    if (st == SBN_OK)
        return SBN_OK;
    c->exchange = NULL;
    x->connection = NULL;
    sbn__http_connection_close(c);
    return st;
}

/* ---- Events of the parser
 * --------------------------------------------------------- */

static sbn_status
check_open(const struct sbn__http_connection *c, sbn_status st)
{
    return c->stream == NULL ? SBN_ECANCELED : st;
}

static sbn_status
on_head(void *data, const struct sbn__http_head *head)
{
    struct sbn__http_connection *c = data;

    c->keep_alive = head->keep_alive;
    return check_open(c, c->exchange->events->on_head(c->exchange, head));
}

static sbn_status
on_body(void *data, const char *bytes, size_t size)
{
    struct sbn__http_connection *c = data;

    return check_open(c,
                      c->exchange->events->on_body(c->exchange, bytes, size));
}

static void
on_complete(void *data)
{
    struct sbn__http_connection *c = data;

    c->whole = true;
}

static const struct sbn__http_events parser_events = {on_head, on_body,
                                                      on_complete};

/* ---- Events of the stream
 * ----------------------------------------------------------- */

static void
on_stage(void *data, sbn_stage stage, const char *peer)
{
    connection_stage(data, stage, peer);
}

static void
on_connect(void *data)
{
    struct sbn__http_connection *c = data;
    struct sbn__http_exchange *x = c->exchange;
    struct failure failure;
    sbn_stage stage;

    c->connected = true;
    c->endpoint->connecting--;
    sbn__http_endpoint_pump(c->endpoint);
    sbn__stream_read_start(c->stream);
    if (!connection_stage(c, SBN_STAGE_SEND, sbn__stream_peer(c->stream)))
        return;
    if (connection_write(c, x->request, x->request_size) != SBN_OK) {
        failure_init(&failure, c->endpoint->rt);
        connection_fail(c, SBN_ENOMEM, &failure);
        failure_fini(&failure);
        return;
    }
    stage = x->stage;
    if (stage != SBN_STAGE_SEND)
        connection_stage(c, stage, NULL);
}

static void
on_drain(void *data)
{
    struct sbn__http_connection *c = data;

    if (c->exchange != NULL && c->exchange->stage == SBN_STAGE_SEND)
        connection_stage(c, SBN_STAGE_RECEIVE, NULL);
}

/* The parser's events, with the connection kept in memory meanwhile. */
static sbn_status
connection_feed(struct sbn__http_connection *c, const char *bytes, size_t size,
                size_t *ret_used, struct sbn_error *error)
{
    sbn_status st;

    c->busy++;
    st = sbn__http_parser_feed(c->parser, bytes, size, ret_used, error);
    c->busy--;
    return st;
}

static void
on_read(void *data, const char *bytes, size_t size)
{
    struct sbn__http_connection *c = data;
    struct sbn__http_exchange *x = c->exchange;
    struct failure failure;
    sbn_status st;
    size_t used;

    if (x == NULL) {
        sbn__http_connection_close(c); /* nothing was asked */
        return;
    }
    if (!x->replied) {
        x->replied = true;
        sbn__http_request_drop(x);
    }
    failure_init(&failure, c->endpoint->rt);
    st = connection_feed(c, bytes, size, &used, &failure.error);
    if (c->stream == NULL)
        connection_release(c);
    else if (st != SBN_OK)
        connection_fail(c, st, &failure);
    else if (c->whole)
        connection_done(c, used < size);
    failure_fini(&failure);
}

/* A server may close an idle connection while a request is on its way to it:
 * that request was not seen, or at least not answered. */
static bool
connection_retry(struct sbn__http_connection *c)
{
    struct sbn__http_endpoint *endpoint = c->endpoint;
    struct sbn__http_exchange *x = c->exchange;

    if (!c->reused || x->replied || x->retried || x->request == NULL)
        return false;
    c->exchange = NULL;
    x->connection = NULL;
    x->retried = true;
    sbn__http_connection_close(c);
    x->failed = sbn__http_connection_open(endpoint, x);
    if (x->failed != SBN_OK)
        sbn__http_exchange_fail_later(x);
    return true;
}

static sbn_status
end_reason(struct sbn__http_connection *c, sbn_status status, int native,
           const char *text, struct sbn_error *error)
{
    const char *why = text != NULL ? text : sbn_status_text(status);

    if (!c->connected)
        return sbn__error_set(error, status, native, "%s", why);
    if (status != SBN_OK)
        return sbn__error_set(
            error, status, native, "the connection broke %s a reply: %s",
            c->exchange->replied ? "in the middle of" : "before", why);
    if (!c->exchange->replied)
        return sbn__error_set(error, SBN_EIO, 0,
                              "the peer closed the connection before a reply");
    return sbn__http_parser_end(c->parser, error);
}

static void
on_end(void *data, sbn_status status, int native, const char *text)
{
    struct sbn__http_connection *c = data;
    struct failure failure;
    sbn_status st;

    if (c->exchange == NULL) {
        sbn__http_connection_close(c);
        return;
    }
    if (connection_retry(c))
        return;
    failure_init(&failure, c->endpoint->rt);
    st = end_reason(c, status, native, text, &failure.error);
    if (st != SBN_OK) {
        connection_fail(c, st, &failure);
    } else {
        c->keep_alive = false;
        connection_done(c, false);
    }
    failure_fini(&failure);
}

static const struct sbn__stream_events stream_events = {
    on_stage, on_connect, on_read, on_drain, on_end};

/* ---- Opening
 * ---------------------------------------------------------------------- */

sbn_status
sbn__http_connection_open(struct sbn__http_endpoint *endpoint,
                          struct sbn__http_exchange *x)
{
    struct sbn__http_connection *c = sbn__zalloc(endpoint->mem, sizeof(*c));

    if (c == NULL)
        return SBN_ENOMEM;
    if (sbn__http_parser_new(endpoint->mem, SBN__HTTP_RESPONSE,
                             &endpoint->options.limits, &parser_events, c,
                             &c->parser) != SBN_OK ||
        sbn__stream_connect(endpoint->rt, endpoint->host, endpoint->port,
                            endpoint->options.connect_timeout, &stream_events,
                            c, &c->stream) != SBN_OK) {
        sbn__http_parser_free(c->parser);
        sbn__free(endpoint->mem, c);
        return SBN_ENOMEM;
    }
    sbn__http_parser_share(c->parser, &endpoint->shared->spare);
    c->endpoint = endpoint;
    c->mem = endpoint->mem;
    sbn__list_append(&endpoint->connections, &c->link);
    endpoint->count++;
    endpoint->connecting++;
    connection_attach(c, x);
    return SBN_OK;
}
