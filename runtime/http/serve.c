/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One connection of a server, and the transaction on it: requests are read,
 * served and answered one at a time.
 *
 *            .--------------- response given, kept ---------------.
 *            v                                                    |
 *   IDLE -- byte --> HEAD -- head --> BODY -- last byte --> SERVING
 *    |                |                |                          |
 *    idle time,       malformed, time, too big: error response    response
 *    peer's end       |                |                          and close
 *    `--------------> GONE <-----------+--------------------------'
 *
 * A response may be given from BODY on; given in BODY, the rest of the body is
 * read and dropped (or, when that is long, the connection closed).
 *
 * Bytes that arrive while a request is served wait in pending: reading goes on,
 * so that a client's departure is seen, until there are PENDING_MAX of them.
 *
 * In GONE the stream is closed, or given away to be finished; the memory stays
 * until the transaction has been answered.
 */
#include "runtime/base/memory.h"
#include "runtime/http/response.h"
#include "runtime/http/serve.h"

enum serve_state {
    SERVE_IDLE,    /* waits for the first byte of a request */
    SERVE_HEAD,    /* is in a head */
    SERVE_BODY,    /* the head was accepted, waits for the body's end */
    SERVE_SERVING, /* the request is whole, waits for the response */
    SERVE_GONE     /* no stream any more */
};

enum {
    PENDING_MAX = 64 * 1024,         /* then reading stops */
    PENDING_LIMIT = 2 * 1024 * 1024, /* one more read fits for certain */
    UNSENT_MAX = 64 * 1024,          /* more, and no further request is begun */
    DROPPED_BODY = 64 * 1024,        /* most that is read only to be dropped */
    REQUESTS_A_TURN = 16, /* of one connection; others come in between */
    LINGER = 2000         /* ms for a client to read a last response */
};

struct sbn__http_transaction {
    struct sbn__http_server *server;
    struct sbn__link link;
    struct sbn__link waiting;   /* among those that may not begin a request */
    struct sbn__stream *stream; /* NULL: GONE */
    struct sbn__http_parser *parser;
    const struct sbn__http_head *head; /* NULL: none yet */
    void *owner;
    struct sbn__buf pending;
    struct sbn__deferred deferred; /* to go on with pending */
    sbn_timer timer;
    uint64_t timer_at; /* when it fires, 0: it does not */
    uint64_t deadline; /* of the state, 0: none; at most timer_at */
    size_t unsent;     /* when the deadline was set */
    unsigned busy;     /* functions of ours on the stack */
    uint8_t state;
    uint8_t timed; /* the state that the deadline is for */
    bool owned;    /* the layer above has it: a response is still to come */
    bool whole;    /* the request is complete */
    bool answered; /* it has its response */
    bool closing;  /* behind this response */
    bool told;     /* on_abort was called */
    bool ended;    /* the peer's side */
    bool stopped;  /* reading */
    bool want_continue; /* the client waits for 100 Continue */
};

static void serve_settle(struct sbn__http_transaction *t);
static void serve_resume(struct sbn__deferred *deferred);

/* ---- Going ------------------------------------------------------------------
 */

static void
serve_release(struct sbn__http_transaction *t)
{
    struct sbn__http_server *server = t->server;

    if (t->stream != NULL || t->owned || t->busy > 0)
        return;
    sbn__list_remove(&t->link);
    sbn__http_parser_free(t->parser);
    sbn__buf_fini(&t->pending);
    sbn__free(server->mem, t);
    sbn__http_server_left(server);
}

static void
serve_tell_abort(struct sbn__http_transaction *t)
{
    if (!t->owned || t->told)
        return;
    t->told = true;
    t->busy++;
    t->server->events->on_abort(t->owner);
    t->busy--;
}

/* Into GONE. linger: what was written is to arrive. */
static void
serve_go(struct sbn__http_transaction *t, bool linger)
{
    if (t->stream == NULL)
        return;
    if (linger)
        sbn__stream_finish(t->stream, LINGER);
    else
        sbn__stream_close(t->stream);
    t->stream = NULL;
    t->state = SERVE_GONE;
    sbn__list_remove(&t->waiting);
    sbn__http_server_unsent(t->server, t->unsent, 0);
    t->unsent = 0;
    sbn_timer_stop(&t->timer);
    sbn__defer_cancel(&t->deferred);
    sbn__buf_release(&t->pending);
}

static void
serve_drop(struct sbn__http_transaction *t, bool linger)
{
    serve_go(t, linger);
    serve_tell_abort(t);
    serve_release(t);
}

void
sbn__http_serve_abort(struct sbn__http_transaction *t)
{
    serve_drop(t, false);
}

void
sbn__http_serve_drain(struct sbn__http_transaction *t)
{
    if (t->state == SERVE_IDLE && sbn__buf_size(&t->pending) == 0)
        serve_drop(t, true);
}

struct sbn__http_transaction *
sbn__http_serve_of_link(struct sbn__link *link)
{
    return sbn__container(link, struct sbn__http_transaction, link);
}

/* ---- Responses
 * --------------------------------------------------------------- */

/* A response of this layer's own; the last one on the connection. */
static void
serve_refuse(struct sbn__http_transaction *t, int status)
{
    struct sbn__http_response response = {.status = status, .close = true};

    if (t->stream != NULL && !t->answered)
        sbn__http_response_write(&response, t->server->shared, t->stream, NULL);
    serve_drop(t, true);
}

/* Whether the rest of a body is not worth a connection. */
static bool
body_is_too_long(const struct sbn__http_transaction *t)
{
    if (t->whole || t->head == NULL || !t->head->has_body)
        return false;
    /* A client that waits for 100 Continue may send the body, or not. */
    return t->head->expect_continue || t->head->content_length < 0 ||
           t->head->content_length > DROPPED_BODY;
}

/* Ready for the next request. */
static void
serve_next(struct sbn__http_transaction *t)
{
    if (t->server->draining) {
        serve_go(t, true);
        return;
    }
    sbn__http_parser_next(t->parser);
    t->head = NULL;
    t->owner = NULL;
    t->state = t->timed = SERVE_IDLE;
    t->whole = t->answered = t->told = t->want_continue = false;
}

/* The response is on its way; what comes now? Inside the loop that feeds the
 * parser, that loop goes on. */
static void
serve_answered(struct sbn__http_transaction *t)
{
    if (t->busy > 0)
        return;
    if (t->stream != NULL && t->whole)
        serve_next(t);
    if (t->stream == NULL) {
        serve_release(t);
        return;
    }
    if (sbn__buf_size(&t->pending) > 0 || t->ended)
        sbn__defer(t->server->rt, &t->deferred, serve_resume);
    serve_settle(t);
}

void
sbn__http_respond(struct sbn__http_transaction *t, int status,
                  const char *content_type, const char *extra,
                  struct sbn__buf *body)
{
    struct sbn__http_response response = {
        .status = status, .content_type = content_type, .extra = extra};

    t->owned = false;
    if (t->stream == NULL) {
        serve_release(t);
        return;
    }
    t->closing |= t->server->draining || body_is_too_long(t);
    response.no_length = status == 204 || status == 304;
    response.length = body == NULL ? 0 : sbn__buf_size(body);
    response.close = t->closing;
    response.keep_alive = t->head->minor == 0;
    if (response.no_length || strcmp(t->head->method, "HEAD") == 0)
        body = NULL;
    t->answered = true;
    if (sbn__http_response_write(&response, t->server->shared, t->stream,
                                 body) != SBN_OK)
        serve_go(t, false);
    else if (t->closing)
        serve_go(t, true);
    serve_answered(t);
}

/* ---- Events of the parser
 * ----------------------------------------------------- */

/* Stops the parser when the stream went in a callback. */
static sbn_status
serve_check(const struct sbn__http_transaction *t)
{
    return t->stream == NULL ? SBN_ECANCELED : SBN_OK;
}

static sbn_status
on_head(void *data, const struct sbn__http_head *head)
{
    struct sbn__http_transaction *t = data;
    struct sbn__http_server *server = t->server;
    void *owner = NULL;
    sbn_status st;

    t->head = head;
    t->state = SERVE_BODY;
    t->closing = !head->keep_alive;
    t->want_continue = head->expect_continue && head->has_body;
    t->owned = true;
    st = server->events->on_request(server->data, t, head, &owner);
    t->owner = owner;
    if (st != SBN_OK && !t->answered) {
        t->owned = false;
        serve_refuse(t, st == SBN_ENOMEM ? 503 : 500);
    }
    return serve_check(t);
}

static sbn_status
on_body(void *data, const char *bytes, size_t size)
{
    struct sbn__http_transaction *t = data;

    t->want_continue = false;
    if (t->owned)
        t->server->events->on_body(t->owner, bytes, size);
    return serve_check(t);
}

static void
on_complete(void *data)
{
    struct sbn__http_transaction *t = data;

    t->whole = true;
    t->want_continue = false;
    if (t->answered)
        return;
    t->state = SERVE_SERVING;
    t->server->events->on_complete(t->owner);
}

static const struct sbn__http_events parser_events = {on_head, on_body,
                                                      on_complete};

/* ---- Input
 * -------------------------------------------------------------------- */

/* Whether the next bytes may be parsed. */
static bool
serve_is_ready(const struct sbn__http_transaction *t)
{
    return t->stream != NULL && (t->state != SERVE_SERVING || t->answered) &&
           sbn__stream_unsent(t->stream) <= UNSENT_MAX &&
           (t->state != SERVE_IDLE || sbn__http_server_takes(t->server));
}

/* It has a request that the server does not take now. */
static bool
serve_must_wait(const struct sbn__http_transaction *t)
{
    return t->stream != NULL && t->state == SERVE_IDLE &&
           sbn__buf_size(&t->pending) > 0 && !sbn__http_server_takes(t->server);
}

/* Parses what may be parsed now; returns how many bytes that took. */
static size_t
serve_feed(struct sbn__http_transaction *t, const char *bytes, size_t size)
{
    unsigned budget = REQUESTS_A_TURN;
    size_t used = 0, n;
    sbn_status st;

    t->busy++;
    while (used < size && budget > 0 && serve_is_ready(t)) {
        st = sbn__http_parser_feed(t->parser, bytes + used, size - used, &n,
                                   NULL);
        used += n;
        if (t->stream == NULL)
            break;
        if (st != SBN_OK) {
            serve_refuse(t, sbn__http_parser_refusal(t->parser));
            break;
        }
        if (t->whole && t->answered) {
            serve_next(t);
            budget--;
        } else if (t->state == SERVE_IDLE &&
                   !sbn__http_parser_is_idle(t->parser)) {
            t->state = SERVE_HEAD;
        }
    }
    t->busy--;
    return used;
}

/* The peer ended its side, and all that it sent has been parsed. */
static void
serve_input_ended(struct sbn__http_transaction *t)
{
    if (t->state == SERVE_SERVING) {
        /* It may want the response all the same (a half-closed client). */
        serve_tell_abort(t);
        if (t->answered)
            serve_answered(t);
        return;
    }
    serve_drop(t, true);
}

/* Behind those that wait already. false: it need not wait. */
static bool
serve_line_up(struct sbn__http_transaction *t)
{
    if (!serve_must_wait(t))
        return false;
    if (sbn__list_is_empty(&t->waiting))
        sbn__list_append(&t->server->waiting, &t->waiting);
    return true;
}

void
sbn__http_serve_go_on(struct sbn__link *waiting)
{
    struct sbn__http_transaction *t =
        sbn__container(waiting, struct sbn__http_transaction, waiting);

    serve_resume(&t->deferred);
}

/* Behind every serve_feed: what the connection waits for from here on. */
static void
serve_after(struct sbn__http_transaction *t)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    bool more = sbn__buf_size(&t->pending) > 0;

    if (t->stream == NULL) {
        serve_release(t);
        return;
    }
    if (more && serve_is_ready(t))
        sbn__defer(t->server->rt, &t->deferred, serve_resume);
    serve_line_up(t);
    if (!more && t->ended) {
        serve_input_ended(t);
        return;
    }
    if (!more && t->want_continue && !t->answered) {
        t->want_continue = false;
        sbn__stream_write(t->stream, go_on, sizeof(go_on) - 1);
    } else if (!more && (t->state == SERVE_HEAD || t->state == SERVE_BODY)) {
        /* A client that writes its message in two pieces waits with the second
         * for our acknowledgement (Nagle), which we would delay. */
        sbn__stream_quickack(t->stream);
    }
    serve_settle(t);
}

static bool
serve_keep(struct sbn__http_transaction *t, const char *bytes, size_t size)
{
    bool wait;

    sbn__buf_append(&t->pending, bytes, size);
    if (t->pending.status != SBN_OK) {
        serve_drop(t, false);
        return false;
    }
    wait = serve_line_up(t);
    if ((wait || sbn__buf_size(&t->pending) >= PENDING_MAX) && !t->stopped) {
        t->stopped = true;
        sbn__stream_read_stop(t->stream);
    }
    return true;
}

static void
on_read(void *data, const char *bytes, size_t size)
{
    struct sbn__http_transaction *t = data;
    size_t used = 0;

    if (sbn__buf_size(&t->pending) > 0 || !serve_is_ready(t)) {
        serve_keep(t, bytes, size);
        return;
    }
    used = serve_feed(t, bytes, size);
    if (t->stream != NULL && used < size &&
        !serve_keep(t, bytes + used, size - used))
        return;
    serve_after(t);
}

static void
serve_resume(struct sbn__deferred *deferred)
{
    struct sbn__http_transaction *t =
        sbn__container(deferred, struct sbn__http_transaction, deferred);
    size_t used;

    if (sbn__buf_size(&t->pending) > 0) {
        used = serve_feed(t, sbn__buf_bytes(&t->pending),
                          sbn__buf_size(&t->pending));
        if (t->stream != NULL)
            sbn__buf_consume(&t->pending, used);
    }
    if (t->stream != NULL && sbn__buf_size(&t->pending) == 0)
        sbn__buf_release(&t->pending);
    if (t->stream != NULL && t->stopped && !serve_must_wait(t) &&
        sbn__buf_size(&t->pending) < PENDING_MAX) {
        t->stopped = false;
        sbn__stream_read_start(t->stream);
    }
    serve_after(t);
}

static void
on_drain(void *data)
{
    struct sbn__http_transaction *t = data;

    if (sbn__buf_size(&t->pending) > 0 && serve_is_ready(t))
        sbn__defer(t->server->rt, &t->deferred, serve_resume);
    serve_settle(t);
}

static void
on_end(void *data, sbn_status status, int native, const char *text)
{
    struct sbn__http_transaction *t = data;

    t->ended = true;
    if (status != SBN_OK)
        serve_drop(t, false);
    else if (sbn__buf_size(&t->pending) == 0 || t->state == SERVE_SERVING)
        serve_input_ended(t);
}

static const struct sbn__stream_events stream_events = {
    .on_read = on_read, .on_drain = on_drain, .on_end = on_end};

/* ---- Time
 * --------------------------------------------------------------------- */

static uint32_t
state_timeout(const struct sbn__http_transaction *t)
{
    const struct sbn__http_server_options *options = &t->server->options;

    switch ((enum serve_state)t->state) {
    case SERVE_IDLE:
        /* A response that the client does not read is progress denied. */
        return t->unsent > 0 ? options->body_timeout : options->idle_timeout;
    case SERVE_HEAD:
        return options->header_timeout;
    case SERVE_BODY:
        return options->body_timeout;
    default:
        return 0;
    }
}

static void on_timer(void *data);

/*
 * One timer, which is not moved when the deadline goes back, as it does with
 * each request: it looks again when it fires.
 */
static void
serve_arm(struct sbn__http_transaction *t, uint64_t now)
{
    uint64_t left = t->deadline > now ? t->deadline - now : 0;

    if (t->timer_at != 0 && t->timer_at <= t->deadline)
        return;
    t->timer_at = now + left;
    if (sbn_timer_start(t->server->rt, &t->timer, (uint32_t)left, on_timer,
                        t) != SBN_OK)
        serve_drop(t, false); /* not without a limit in time */
}

static void
on_timer(void *data)
{
    struct sbn__http_transaction *t = data;
    uint64_t now = sbn__runtime_now(t->server->rt);

    t->timer_at = 0;
    if (t->deadline == 0)
        return;
    if (now < t->deadline) {
        serve_arm(t, now);
        return;
    }
    if (!sbn__list_is_empty(&t->waiting))
        serve_refuse(t, 503);
    else if (t->state != SERVE_IDLE)
        serve_refuse(t, 408);
    else if (t->unsent > 0 && sbn__stream_unsent(t->stream) < t->unsent)
        serve_settle(t);
    else
        serve_drop(t, t->unsent == 0);
}

/* The deadline of the state the connection is in now. */
static void
serve_settle(struct sbn__http_transaction *t)
{
    size_t before = t->unsent;
    uint64_t now;

    t->unsent = sbn__stream_unsent(t->stream);
    if (t->unsent != before)
        sbn__http_server_unsent(t->server, before, t->unsent);
    if (t->state == SERVE_SERVING) {
        t->deadline = 0;
        t->timed = SERVE_SERVING;
    } else if (t->state != SERVE_HEAD || t->timed != SERVE_HEAD) {
        /* A head has one deadline, however often a byte of it comes. */
        now = sbn__runtime_now(t->server->rt);
        t->deadline = now + state_timeout(t);
        t->timed = t->state;
        serve_arm(t, now); /* the last: it may drop t */
    }
}

/* ---- Life
 * --------------------------------------------------------------------- */

void
sbn__http_serve(struct sbn__http_server *server, struct sbn__stream *stream)
{
    struct sbn__http_transaction *t = sbn__zalloc(server->mem, sizeof(*t));

    if (t == NULL ||
        sbn__http_parser_new(server->mem, SBN__HTTP_REQUEST,
                             &server->options.limits, &parser_events, t,
                             &t->parser) != SBN_OK) {
        sbn__free(server->mem, t);
        sbn__stream_close(stream);
        return;
    }
    sbn__http_parser_share(t->parser, &server->shared->spare);
    t->server = server;
    t->stream = stream;
    sbn__buf_init(&t->pending, server->mem, PENDING_LIMIT);
    sbn__list_init(&t->waiting);
    sbn__list_append(&server->connections, &t->link);
    server->count++;
    sbn__stream_set_events(stream, &stream_events, t);
    sbn__stream_read_start(stream);
    serve_settle(t);
}

const char *
sbn__http_transaction_peer(const struct sbn__http_transaction *t)
{
    return t->stream == NULL ? "" : sbn__stream_peer(t->stream);
}

const struct sbn__http_head *
sbn__http_transaction_head(const struct sbn__http_transaction *t)
{
    return t->head;
}
