/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pool of connections to one origin. An exchange takes the connection that
 * became idle last (the others may then expire), or opens one, or waits its
 * turn.
 */
#include "runtime/base/memory.h"
#include "runtime/base/number.h"
#include "runtime/http/pool.h"

#define connection_of(l) sbn__container(l, struct sbn__http_connection, link)
#define exchange_of(l) sbn__container(l, struct sbn__http_exchange, link)

enum { MAX_CONNECTING = 128 };

/* ---- Life -------------------------------------------------------------------
 */

static char *
peer_text(const sbn_allocator *mem, const char *host, uint16_t port)
{
    size_t size = strlen(host);
    char *text = sbn__alloc(mem, size + 1 + SBN__INT_ROOM + 1);

    if (text == NULL)
        return NULL;
    memcpy(text, host, size);
    if (port != 0) {
        text[size++] = ':';
        size += sbn__format_uint64(text + size, port);
    }
    text[size] = '\0';
    return text;
}

sbn_status
sbn__http_endpoint_new(sbn_runtime *rt, const char *host, uint16_t port,
                       const struct sbn__http_endpoint_options *options,
                       struct sbn__http_endpoint **ret_endpoint)
{
    const sbn_allocator *mem = sbn__runtime_mem(rt);
    struct sbn__http_endpoint *endpoint;

    endpoint = sbn__zalloc(mem, sizeof(*endpoint));
    if (endpoint == NULL)
        return SBN_ENOMEM;
    endpoint->shared = sbn__http_shared_get(rt);
    endpoint->host = sbn__strdup(mem, host);
    endpoint->peer = peer_text(mem, host, port);
    if (endpoint->shared == NULL || endpoint->host == NULL ||
        endpoint->peer == NULL) {
        sbn__free(mem, endpoint->peer);
        sbn__free(mem, endpoint->host);
        sbn__free(mem, endpoint);
        return SBN_ENOMEM;
    }
    endpoint->rt = rt;
    endpoint->mem = mem;
    endpoint->options = *options;
    endpoint->port = port;
    sbn__list_init(&endpoint->queue);
    sbn__list_init(&endpoint->connections);
    sbn__list_init(&endpoint->idle);
    sbn__timer_hold(&endpoint->timer, false);
    sbn__runtime_ref(rt);
    *ret_endpoint = endpoint;
    return SBN_OK;
}

void
sbn__http_endpoint_free(struct sbn__http_endpoint *endpoint)
{
    sbn_runtime *rt;

    if (endpoint == NULL)
        return;
    rt = endpoint->rt;
    while (!sbn__list_is_empty(&endpoint->idle))
        sbn__http_connection_close(connection_of(endpoint->idle.next));
    while (!sbn__list_is_empty(&endpoint->connections))
        sbn__http_connection_close(connection_of(endpoint->connections.next));
    sbn_timer_stop(&endpoint->timer);
    sbn__free(endpoint->mem, endpoint->peer);
    sbn__free(endpoint->mem, endpoint->host);
    sbn__free(endpoint->mem, endpoint);
    sbn__runtime_unref(rt);
}

/* ---- Idle connections
 * --------------------------------------------------------- */

static void idle_arm(struct sbn__http_endpoint *endpoint, uint64_t now);

static void
on_idle_timer(void *data)
{
    struct sbn__http_endpoint *endpoint = data;
    uint64_t now = sbn__runtime_now(endpoint->rt);

    while (!sbn__list_is_empty(&endpoint->idle)) {
        struct sbn__http_connection *oldest =
            connection_of(endpoint->idle.prev);

        if (now - oldest->idle_since < endpoint->options.idle_timeout)
            break;
        sbn__http_connection_close(oldest);
    }
    idle_arm(endpoint, now);
}

/* The timer is left alone while it runs: it fires too early at worst. */
static void
idle_arm(struct sbn__http_endpoint *endpoint, uint64_t now)
{
    struct sbn__http_connection *oldest;
    uint64_t age;
    uint32_t timeout = endpoint->options.idle_timeout;

    if (sbn__list_is_empty(&endpoint->idle) || endpoint->timer.index != 0)
        return;
    oldest = connection_of(endpoint->idle.prev);
    age = now - oldest->idle_since;
    /* Without memory for a timer the connection is not kept. */
    if (sbn_timer_start(endpoint->rt, &endpoint->timer,
                        age < timeout ? timeout - (uint32_t)age : 0,
                        on_idle_timer, endpoint) != SBN_OK)
        sbn__http_connection_close(oldest);
}

void
sbn__http_endpoint_keep(struct sbn__http_connection *connection)
{
    struct sbn__http_endpoint *endpoint = connection->endpoint;

    connection->idle_since = sbn__runtime_now(endpoint->rt);
    sbn__list_remove(&connection->link);
    sbn__list_prepend(&endpoint->idle, &connection->link);
    sbn__stream_hold(connection->stream, false);
    idle_arm(endpoint, connection->idle_since);
}

static struct sbn__http_connection *
idle_take(struct sbn__http_endpoint *endpoint)
{
    struct sbn__http_connection *connection;
    struct sbn__link *link = sbn__list_take(&endpoint->idle);

    if (link == NULL)
        return NULL;
    connection = connection_of(link);
    sbn__list_append(&endpoint->connections, link);
    sbn__stream_hold(connection->stream, true);
    return connection;
}

/* ---- Requests
 * ----------------------------------------------------------------- */

/* Where a request of that size is kept: most are in spare blocks, so that
 * repeatable ones cost no allocation. NULL: a block of its own. */
static struct sbn__http_spare *
request_spare(struct sbn__http_endpoint *endpoint, size_t size)
{
    if (size <= SBN__HTTP_SMALL)
        return &endpoint->shared->small;
    return size <= SBN__HTTP_BLOCK ? &endpoint->shared->spare : NULL;
}

sbn_status
sbn__http_request_copy(struct sbn__http_exchange *x, const char *request,
                       size_t size)
{
    struct sbn__http_spare *spare = request_spare(x->endpoint, size);

    x->request = spare != NULL ? sbn__http_spare_take(spare)
                               : sbn__alloc(x->endpoint->mem, size);
    if (x->request == NULL)
        return SBN_ENOMEM;
    memcpy(x->request, request, size);
    x->request_size = size;
    return SBN_OK;
}

void
sbn__http_request_drop(struct sbn__http_exchange *x)
{
    struct sbn__http_spare *spare;

    if (x->request == NULL)
        return;
    spare = request_spare(x->endpoint, x->request_size);
    if (spare != NULL)
        sbn__http_spare_give(spare, x->request);
    else
        sbn__free(x->endpoint->mem, x->request);
    x->request = NULL;
}

/* ---- Exchanges
 * ------------------------------------------------------------------ */

static void
exchange_tell_failed(struct sbn__deferred *deferred)
{
    struct sbn__http_exchange *x =
        sbn__container(deferred, struct sbn__http_exchange, deferred);

    x->active = false;
    sbn__http_request_drop(x);
    x->events->on_done(x, x->failed, NULL);
}

void
sbn__http_exchange_fail_later(struct sbn__http_exchange *x)
{
    sbn__defer(x->endpoint->rt, &x->deferred, exchange_tell_failed);
}

/* Not all at once: connections beyond a server's backlog are dropped by its
 * kernel and come back a second later. */
static bool
may_open(const struct sbn__http_endpoint *endpoint)
{
    return endpoint->count < endpoint->options.max_connections &&
           endpoint->connecting < MAX_CONNECTING;
}

static sbn_status
submit_on_idle(struct sbn__http_connection *connection,
               struct sbn__http_exchange *x, const char *request, size_t size)
{
    sbn_status st = SBN_OK;

    if (!x->endpoint->options.no_retry)
        st = sbn__http_request_copy(x, request, size);
    if (st == SBN_OK)
        return sbn__http_connection_begin(connection, x, request, size);
    sbn__http_endpoint_keep(connection);
    return st;
}

static sbn_status
submit_copy(struct sbn__http_endpoint *endpoint, struct sbn__http_exchange *x,
            const char *request, size_t size)
{
    sbn_status st = sbn__http_request_copy(x, request, size);

    if (st != SBN_OK)
        return st;
    if (may_open(endpoint) && sbn__list_is_empty(&endpoint->queue))
        return sbn__http_connection_open(endpoint, x);
    sbn__list_append(&endpoint->queue, &x->link);
    return SBN_OK;
}

sbn_status
sbn__http_exchange_submit(struct sbn__http_endpoint *endpoint,
                          struct sbn__http_exchange *x, const char *request,
                          size_t size)
{
    struct sbn__http_connection *connection;
    sbn_status st;

    if (x->active)
        return SBN_ESTATE;
    x->endpoint = endpoint;
    x->connection = NULL;
    x->request = NULL;
    x->active = true;
    x->retried = x->replied = false;
    x->stage = SBN_STAGE_QUEUE;
    sbn__list_init(&x->link);
    connection = idle_take(endpoint);
    st = connection != NULL ? submit_on_idle(connection, x, request, size)
                            : submit_copy(endpoint, x, request, size);
    if (st == SBN_OK)
        return SBN_OK;
    x->active = false;
    sbn__http_request_drop(x);
    return st;
}

void
sbn__http_endpoint_pump(struct sbn__http_endpoint *endpoint)
{
    while (!sbn__list_is_empty(&endpoint->queue)) {
        struct sbn__http_connection *connection = idle_take(endpoint);
        struct sbn__http_exchange *x;

        if (connection == NULL && !may_open(endpoint))
            return;
        x = exchange_of(sbn__list_take(&endpoint->queue));
        x->failed = connection != NULL
                        ? sbn__http_connection_begin(connection, x, x->request,
                                                     x->request_size)
                        : sbn__http_connection_open(endpoint, x);
        if (x->failed != SBN_OK)
            sbn__http_exchange_fail_later(x);
    }
}

void
sbn__http_exchange_abort(struct sbn__http_exchange *x)
{
    struct sbn__http_connection *connection = x->connection;

    if (!x->active)
        return;
    x->active = false;
    sbn__defer_cancel(&x->deferred);
    sbn__list_remove(&x->link);
    sbn__http_request_drop(x);
    if (connection == NULL)
        return;
    x->connection = NULL;
    connection->exchange = NULL;
    sbn__http_connection_close(connection);
    sbn__http_endpoint_pump(x->endpoint);
}

sbn_stage
sbn__http_exchange_stage(const struct sbn__http_exchange *x)
{
    return x->stage;
}

const char *
sbn__http_exchange_peer(const struct sbn__http_exchange *x)
{
    const char *peer = NULL;

    if (x->connection != NULL && x->connection->stream != NULL)
        peer = sbn__stream_peer(x->connection->stream);
    return peer != NULL && *peer != '\0' ? peer : x->endpoint->peer;
}
