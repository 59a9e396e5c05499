/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a server: by the program, by its deadline, by its runtime. */
#include "runtime/base/memory.h"
#include "runtime/rpc/serve.h"

void
sbn__server_free_shell(sbn_server *server)
{
    struct sbn__hub *hub = server->hub;

    sbn__free(&hub->mem, server);
    sbn__hub_unref(hub);
}

static void
free_services(sbn_server *server)
{
    uint32_t i;

    for (i = 0; i < server->service_count; i++)
        sbn__service_free(&server->hub->mem, server->services[i]);
    sbn__free(&server->hub->mem, server->services);
    sbn__index_fini(&server->paths);
}

static void
free_spares(sbn_server *server)
{
    struct sbn__link *link;

    while ((link = sbn__list_take(&server->spare)) != NULL)
        sbn__request_free(sbn__container(link, struct sbn_request, link));
}

/* Nothing is live any more. */
static void
on_finish(struct sbn__deferred *deferred)
{
    sbn_server *server = sbn__container(deferred, sbn_server, finish);
    sbn_runtime *rt = server->rt;
    void (*closed)(void *data) = server->closed;
    void *data = server->closed_data;

    server->state = SERVER_GONE;
    sbn_timer_stop(&server->deadline);
    sbn__runtime_remove_closer(&server->closer);
    sbn__http_server_free(server->http);
    server->http = NULL;
    sbn__hub_shut(server->hub);
    free_services(server);
    free_spares(server);
    if (server->held)
        sbn__runtime_unhold(rt);
    if (server->released)
        sbn__server_free_shell(server);
    if (closed != NULL) {
        sbn__runtime_enter(rt);
        closed(data);
        sbn__runtime_leave(rt);
    }
    sbn__runtime_unref(rt);
}

void
sbn__server_settle(sbn_server *server)
{
    if (server->state == SERVER_OPEN || server->state == SERVER_GONE ||
        !server->http_closed || !sbn__list_is_empty(&server->live))
        return;
    sbn__defer(server->rt, &server->finish, on_finish);
}

static void
on_http_closed(void *data)
{
    sbn_server *server = data;

    server->http_closed = true;
    sbn__server_settle(server);
}

/* Gives up what the program has not completed, and lets its transaction go. */
static void
give_up(struct sbn_request *request)
{
    struct sbn__http_transaction *transaction = request->transaction;

    if (!request->dispatched) {
        if (transaction != NULL)
            sbn__answer_busy(request);
        sbn__server_release_request(request);
        return;
    }
    /* Not while it runs on the pool, nor when it is about to end. */
    if (!sbn__request_is_begun(request))
        return;
    sbn__list_remove(&request->link);
    sbn__request_leave(request);
    sbn__server_uncount(request);
    request->transaction = NULL;
    request->service = NULL;
    if (transaction != NULL)
        sbn__answer_empty(transaction, 503, NULL);
    sbn__request_orphan(request);
}

static void
for_each_live(sbn_server *server, void (*fn)(struct sbn_request *request))
{
    struct sbn__link *link, *next;

    for (link = server->live.next; link != &server->live; link = next) {
        next = link->next;
        fn(sbn__container(link, struct sbn_request, link));
    }
}

static bool
has_news(struct sbn__hub *hub)
{
    bool news;

    pthread_mutex_lock(&hub->lock);
    news = !sbn__list_is_empty(&hub->queue);
    pthread_mutex_unlock(&hub->lock);
    return news;
}

/* The deadline: connections go, the program is told, and what it does not
 * complete on being told is given up. */
static void
on_drop(struct sbn__deferred *deferred)
{
    sbn_server *server = sbn__container(deferred, sbn_server, drop);

    if (server->state >= SERVER_DROPPED)
        return;
    server->state = SERVER_DROPPED;
    sbn_timer_stop(&server->deadline);
    sbn__http_server_abort(server->http);
    for_each_live(server, sbn__request_abort);
    while (has_news(server->hub))
        sbn__server_look(server);
    for_each_live(server, give_up);
    sbn__server_settle(server);
}

static void
on_deadline(void *data)
{
    sbn_server *server = data;

    sbn__defer(server->rt, &server->drop, on_drop);
}

static void
start_drain(sbn_server *server)
{
    server->state = SERVER_DRAINING;
    if (!server->held)
        sbn__runtime_hold(server->rt);
    server->held = true;
    sbn__http_server_drain(server->http, on_http_closed, server);
}

static void
shorten_deadline(sbn_server *server, uint32_t deadline)
{
    uint64_t at = sbn__runtime_now(server->rt) + deadline;

    if (server->deadline_at != 0 && at >= server->deadline_at)
        return;
    server->deadline_at = at;
    /* Without memory for a timer there is no time to give. */
    if (deadline == 0 ||
        sbn_timer_start(server->rt, &server->deadline, deadline, on_deadline,
                        server) != SBN_OK)
        sbn__defer(server->rt, &server->drop, on_drop);
}

void
sbn_server_close(sbn_server *server, uint32_t deadline,
                 void (*closed)(void *data), void *data)
{
    if (server->state == SERVER_GONE) {
        /* The runtime took it down; this was all that was left. */
        sbn__server_free_shell(server);
        return;
    }
    if (!server->released) {
        server->released = true;
        server->closed = closed;
        server->closed_data = data;
    }
    if (server->state == SERVER_OPEN)
        start_drain(server);
    if (server->state == SERVER_DRAINING)
        shorten_deadline(server, deadline);
}

void
sbn_server_free(sbn_server *server)
{
    if (server != NULL)
        sbn_server_close(server, 0, NULL, NULL);
}

/* The program keeps its pointer, to free it whenever it likes. */
void
sbn__server_on_runtime_close(struct sbn__closer *closer)
{
    sbn_server *server = sbn__container(closer, sbn_server, closer);

    if (server->state == SERVER_OPEN)
        start_drain(server);
    if (server->state == SERVER_DRAINING)
        shorten_deadline(server, 0);
}
