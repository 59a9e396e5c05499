/* SPDX-License-Identifier: Apache-2.0 */
/* Operations: the synchronous function on the loop or the thread pool, or begin
 * and, when the program has completed the request, end. */
#include "runtime/rpc/serve.h"

static sbn_status
invoke(struct sbn_request *request, sbn_step step)
{
    const sbn_operation *operation = request->operation;
    const char *functions = sbn__service_functions(request->service, operation);

    switch (step) {
    case SBN_STEP_BEGIN:
        functions += operation->begin_offset;
        break;
    case SBN_STEP_END:
        functions += operation->end_offset;
        break;
    case SBN_STEP_WHOLE:
        functions += operation->sync_offset;
        break;
    }
    return operation->invoke(step, functions, request, request->in,
                             request->out);
}

/* The only way out of an operation; on the loop. */
static void
request_finish(struct sbn_request *request, sbn_status status)
{
    sbn_server *server = request->server;

    if (request->transaction != NULL)
        sbn__answer_result(request, status);
    sbn__request_leave(request);
    sbn__server_release_request(request);
    sbn__server_settle(server);
}

/* ---- Synchronous ------------------------------------------------------ */

static void
run_here(struct sbn_request *request)
{
    sbn_status status;

    sbn__request_set_state(request, REQUEST_RUNNING);
    sbn__runtime_enter(request->runtime);
    status = invoke(request, SBN_STEP_WHOLE);
    sbn__runtime_leave(request->runtime);
    sbn__request_set_state(request, REQUEST_ENDING);
    request_finish(request, status);
}

/* On a thread of the pool. */
static void
pool_run(void *data)
{
    struct sbn_request *request = data;

    request->result = invoke(request, SBN_STEP_WHOLE);
}

static void
pool_done(void *data)
{
    struct sbn_request *request = data;

    sbn__request_set_state(request, REQUEST_ENDING);
    request_finish(request, request->result);
}

static void
run_on_pool(struct sbn_request *request)
{
    sbn_status status = sbn__request_keep_peer(request);

    sbn__request_set_state(request, REQUEST_RUNNING);
    if (status == SBN_OK)
        status =
            sbn__runtime_work(request->runtime, pool_run, pool_done, request);
    if (status != SBN_OK)
        request_finish(request, status);
}

/* ---- Begin and end ---------------------------------------------------- */

static void
begin(struct sbn_request *request)
{
    sbn_status status;

    sbn__request_set_state(request, REQUEST_BEGUN);
    sbn__runtime_enter(request->runtime);
    status = invoke(request, SBN_STEP_BEGIN);
    sbn__runtime_leave(request->runtime);
    /* Otherwise it may be in the hands of any thread by now. */
    if (status == SBN_OK)
        return;
    sbn__request_set_state(request, REQUEST_ENDING);
    request_finish(request, status);
}

static void
end(struct sbn_request *request)
{
    sbn_status status;

    sbn__runtime_enter(request->runtime);
    status = invoke(request, SBN_STEP_END);
    sbn__runtime_leave(request->runtime);
    request_finish(request, status);
}

static void
tell_abort(struct sbn_request *request,
           void (*fn)(sbn_request *request, void *data), void *data)
{
    sbn__runtime_enter(request->runtime);
    fn(request, data);
    sbn__runtime_leave(request->runtime);
}

void
sbn__server_look(sbn_server *server)
{
    struct sbn__hub *hub = server->hub;
    struct sbn__link list;
    struct sbn_request *request;
    enum sbn__request_news news;
    void (*fn)(sbn_request * request, void *data);
    void *data;

    sbn__list_init(&list);
    pthread_mutex_lock(&hub->lock);
    sbn__list_move(&list, &hub->queue);
    pthread_mutex_unlock(&hub->lock);
    while ((request = sbn__request_take(hub, &list, &news, &fn, &data)) !=
           NULL) {
        if (news == NEWS_COMPLETED)
            end(request);
        else if (news == NEWS_ABORTED)
            tell_abort(request, fn, data);
    }
}

/* ---- Starting --------------------------------------------------------- */

/* The client hears of nothing but that the request has come. false: it could
 * not be accepted. */
static bool
accept_one_way(struct sbn_request *request)
{
    struct sbn__http_transaction *transaction = request->transaction;

    if (sbn__request_keep_peer(request) != SBN_OK ||
        sbn__request_keep_head(request) != SBN_OK)
        return false;
    request->transaction = NULL;
    sbn__answer_empty(transaction, 202, NULL);
    return true;
}

void
sbn__request_run(struct sbn_request *request)
{
    sbn__request_enter(request);
    if (!sbn__service_runs_sync(request->service, request->operation))
        begin(request);
    else if (request->service->options.on_thread_pool)
        run_on_pool(request);
    else
        run_here(request);
}

void
sbn__request_operate(struct sbn_request *request)
{
    bool one_way = (request->operation->flags & SBN_OP_ONE_WAY) != 0;
    bool wait = sbn__request_must_wait(request);

    if ((wait && !sbn__request_may_wait(request)) ||
        (one_way && !accept_one_way(request))) {
        sbn__answer_busy(request);
        sbn__server_release_request(request);
        return;
    }
    if (wait)
        sbn__request_wait(request);
    else
        sbn__request_run(request);
}
