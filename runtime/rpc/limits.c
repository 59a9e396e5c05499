/* SPDX-License-Identifier: Apache-2.0 */
/* How much a server takes on: calls and bytes of the whole server, which hold
 * back the connections, and calls of one service, which wait in its queue. */
#include "runtime/rpc/serve.h"

/* ---- The whole server --------------------------------------------------- */

static void
measure(sbn_server *server)
{
    bool full = server->pending + server->queued >= server->options.max_calls ||
                server->buffered >= server->options.max_buffered_bytes;

    if (full == server->full)
        return;
    server->full = full;
    sbn__http_server_hold(server->http, full);
}

/* Requests that are being read may go on beyond the limit, as nothing would
 * ever end if all of them had to wait; up to twice the limit. */
bool
sbn__server_count(struct sbn_request *request)
{
    sbn_server *server = request->server;
    size_t limit = server->options.max_buffered_bytes;

    /* The reader holds the bytes of a long value until its end. */
    server->buffered +=
        request->arena.used + request->received - request->counted;
    request->counted = request->arena.used + request->received;
    measure(server);
    return server->buffered < limit || server->buffered - limit < limit;
}

void
sbn__server_uncount(struct sbn_request *request)
{
    sbn_server *server = request->server;

    server->buffered -= request->counted;
    request->counted = request->received = 0;
    if (!sbn__list_is_empty(&request->turn)) {
        sbn__list_remove(&request->turn);
        request->service->queued--;
        server->queued--;
    }
    measure(server);
}

/* ---- A service ---------------------------------------------------------- */

bool
sbn__request_must_wait(const struct sbn_request *request)
{
    const struct sbn__service *service = request->service;

    return service->running >= service->options.max_concurrent_calls ||
           service->queued > 0;
}

bool
sbn__request_may_wait(const struct sbn_request *request)
{
    const struct sbn__service *service = request->service;

    return service->queued < service->options.max_queued_calls;
}

void
sbn__request_wait(struct sbn_request *request)
{
    sbn__request_set_state(request, REQUEST_QUEUED);
    sbn__list_append(&request->service->queue, &request->turn);
    request->service->queued++;
    request->server->queued++;
    measure(request->server);
}

void
sbn__request_enter(struct sbn_request *request)
{
    request->service->running++;
    request->server->pending++;
    request->dispatched = true;
    measure(request->server);
}

/* On a stack of its own: a queue of operations that are done at once would
 * otherwise run each inside the end of the one before. */
static void
on_pump(struct sbn__deferred *deferred)
{
    struct sbn__service *service =
        sbn__container(deferred, struct sbn__service, pump);
    struct sbn__link *link;
    struct sbn_request *request;

    while (service->running < service->options.max_concurrent_calls &&
           (link = sbn__list_take(&service->queue)) != NULL) {
        request = sbn__container(link, struct sbn_request, turn);
        service->queued--;
        request->server->queued--;
        sbn__request_run(request);
    }
}

void
sbn__request_leave(struct sbn_request *request)
{
    struct sbn__service *service = request->service;
    sbn_server *server = request->server;

    service->running--;
    server->pending--;
    if (service->queued > 0)
        sbn__defer(server->rt, &service->pump, on_pump);
    measure(server);
}
