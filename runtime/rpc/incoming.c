/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/rpc/incoming.h"

#include <string.h>

#include "runtime/base/memory.h"

/* ---- Storage ---------------------------------------------------------- */

struct sbn_request *
sbn__request_new(sbn_server *server, sbn_runtime *runtime, struct sbn__hub *hub,
                 size_t max_memory)
{
    struct sbn_request *request = sbn__zalloc(&hub->mem, sizeof(*request));

    if (request == NULL)
        return NULL;
    request->server = server;
    request->runtime = runtime;
    request->hub = hub;
    sbn__list_init(&request->link);
    sbn__list_init(&request->signal);
    sbn__list_init(&request->turn);
    /* The hub's allocator: the request may outlive the runtime. */
    sbn__arena_init(&request->arena, &hub->mem, max_memory);
    sbn__error_init(&request->error, &request->arena);
    sbn__buf_init(&request->headers, &hub->mem, max_memory);
    request->action = "";
    return request;
}

void
sbn__request_recycle(struct sbn_request *request, bool shrink)
{
    if (shrink)
        sbn__arena_fini(&request->arena);
    else
        sbn__arena_reset(&request->arena);
    sbn__error_clear(&request->error);
    request->service = NULL;
    request->operation = NULL;
    request->transaction = NULL;
    request->action = "";
    request->read = SBN_OK;
    request->refusal = REFUSAL_NONE;
    request->dispatched = false;
    request->body.ns = request->body.local = NULL;
    request->http_status = 0;
    request->fields = NULL;
    request->in = request->out = NULL;
    request->state_pointer = request->data = NULL;
    request->faulted = false;
    request->failure = NULL;
    request->no_reply = false;
    memset(&request->fault, 0, sizeof(request->fault));
    request->entries = NULL;
    request->last_header.marks = 0;
    if (request->headers.data != NULL)
        sbn__buf_release(&request->headers);
    request->peer = NULL;
    memset(&request->head, 0, sizeof(request->head));
    pthread_mutex_lock(&request->hub->lock);
    sbn__list_remove(&request->signal);
    request->state = REQUEST_SPARE;
    request->abort_told = false;
    request->on_abort = NULL;
    request->on_abort_data = NULL;
    atomic_store(&request->aborted, false);
    pthread_mutex_unlock(&request->hub->lock);
}

void
sbn__request_free(struct sbn_request *request)
{
    struct sbn__hub *hub = request->hub;

    sbn__arena_fini(&request->arena);
    sbn__buf_fini(&request->headers);
    sbn__free(&hub->mem, request);
}

/* ---- States ----------------------------------------------------------- */

void
sbn__request_set_state(struct sbn_request *request,
                       enum sbn__request_state state)
{
    pthread_mutex_lock(&request->hub->lock);
    request->state = state;
    pthread_mutex_unlock(&request->hub->lock);
}

void
sbn__request_abort(struct sbn_request *request)
{
    pthread_mutex_lock(&request->hub->lock);
    atomic_store(&request->aborted, true);
    if (request->on_abort != NULL && !request->abort_told)
        sbn__hub_queue(request->hub, &request->signal);
    pthread_mutex_unlock(&request->hub->lock);
}

struct sbn_request *
sbn__request_take(struct sbn__hub *hub, struct sbn__link *list,
                  enum sbn__request_news *ret_news,
                  void (**ret_fn)(sbn_request *request, void *data),
                  void **ret_data)
{
    struct sbn_request *request = NULL;
    struct sbn__link *link;

    *ret_news = NEWS_NONE;
    pthread_mutex_lock(&hub->lock);
    link = sbn__list_take(list);
    if (link != NULL) {
        request = sbn__container(link, struct sbn_request, signal);
        if (request->state == REQUEST_COMPLETED) {
            request->state = REQUEST_ENDING;
            *ret_news = NEWS_COMPLETED;
        } else if (atomic_load(&request->aborted) && !request->abort_told &&
                   request->on_abort != NULL) {
            request->abort_told = true;
            *ret_news = NEWS_ABORTED;
            *ret_fn = request->on_abort;
            *ret_data = request->on_abort_data;
        }
    }
    pthread_mutex_unlock(&hub->lock);
    return request;
}

bool
sbn__request_is_begun(struct sbn_request *request)
{
    bool begun;

    pthread_mutex_lock(&request->hub->lock);
    begun = request->state == REQUEST_BEGUN;
    pthread_mutex_unlock(&request->hub->lock);
    return begun;
}

/* Once it is an ORPHAN, another thread may free it at any time. */
void
sbn__request_orphan(struct sbn_request *request)
{
    struct sbn__hub *hub = request->hub;
    bool begun;

    pthread_mutex_lock(&hub->lock);
    sbn__list_remove(&request->signal);
    begun = request->state == REQUEST_BEGUN;
    if (begun) {
        request->state = REQUEST_ORPHAN;
        hub->refs++;
    }
    pthread_mutex_unlock(&hub->lock);
    if (!begun)
        sbn__request_free(request);
}

sbn_status
sbn_request_complete(sbn_request *request)
{
    struct sbn__hub *hub = request->hub;
    sbn_status status = SBN_OK;
    bool orphan;

    pthread_mutex_lock(&hub->lock);
    orphan = request->state == REQUEST_ORPHAN;
    if (request->state == REQUEST_BEGUN) {
        request->state = REQUEST_COMPLETED;
        sbn__hub_queue(hub, &request->signal);
    } else if (!orphan) {
        status = SBN_ESTATE;
    }
    pthread_mutex_unlock(&hub->lock);
    if (orphan) {
        sbn__request_free(request);
        sbn__hub_unref(hub);
    }
    return status;
}

sbn_status
sbn_request_refuse(sbn_request *request, int http_status)
{
    request->http_status =
        http_status >= 400 && http_status <= 599 ? http_status : 500;
    return SBN_EFAULT;
}

void
sbn_request_no_reply(sbn_request *request)
{
    request->no_reply = true;
}

void
sbn_request_on_abort(sbn_request *request,
                     void (*fn)(sbn_request *request, void *data), void *data)
{
    pthread_mutex_lock(&request->hub->lock);
    request->on_abort = fn;
    request->on_abort_data = data;
    /* On the pool the client may have gone before this. */
    if (fn != NULL && atomic_load(&request->aborted) && !request->abort_told)
        sbn__hub_queue(request->hub, &request->signal);
    pthread_mutex_unlock(&request->hub->lock);
}

bool
sbn_request_is_aborted(const sbn_request *request)
{
    return atomic_load(&request->aborted);
}

/* ---- What operations use ---------------------------------------------- */

const void *
sbn_request_header(const sbn_request *request, const sbn_part *part, size_t n)
{
    return sbn__header_value(request->entries, part, n);
}

sbn_status
sbn_request_set_header(sbn_request *request, const sbn_part *part,
                       const void *value)
{
    if (request->service == NULL)
        return SBN_OK; /* there is nobody to reply to */
    return sbn__header_write(&request->headers, &request->last_header,
                             request->version, request->service->contract, part,
                             value, NULL);
}

sbn_status
sbn_request_mark_header(sbn_request *request, const sbn_header_marks *marks)
{
    if (request->service == NULL)
        return SBN_OK;
    return sbn__header_mark(&request->headers, &request->last_header,
                            request->version, marks);
}

const sbn_header_marks *
sbn_request_header_marks(const sbn_request *request, const char *ns,
                         const char *local, size_t n)
{
    return sbn__header_marks(request->entries, ns, local, n);
}

void *
sbn_request_alloc(sbn_request *request, size_t size)
{
    return sbn__arena_alloc(&request->arena, size);
}

const char *
sbn_request_strdup(sbn_request *request, const char *text)
{
    return sbn__arena_strdup(&request->arena, text);
}

void *
sbn_request_data(const sbn_request *request)
{
    return request->data;
}

void
sbn_request_set_state(sbn_request *request, void *state)
{
    request->state_pointer = state;
}

void *
sbn_request_state(const sbn_request *request)
{
    return request->state_pointer;
}

sbn_runtime *
sbn_request_runtime(const sbn_request *request)
{
    return request->runtime;
}

const char *
sbn_request_peer(const sbn_request *request)
{
    if (request->peer != NULL)
        return request->peer;
    return request->transaction != NULL
               ? sbn__http_transaction_peer(request->transaction)
               : "";
}

const char *
sbn_request_action(const sbn_request *request)
{
    return request->action;
}

sbn_qname
sbn_request_body_name(const sbn_request *request)
{
    return request->body;
}

const char *
sbn_request_http_header(const sbn_request *request, const char *name)
{
    const struct sbn__http_head *head = &request->head;

    if (request->transaction != NULL)
        head = sbn__http_transaction_head(request->transaction);
    return sbn__http_field(head, name);
}

/* ---- Copies ----------------------------------------------------------- */

static sbn_status
copy_fields(struct sbn__arena *arena, const struct sbn__http_head *from,
            struct sbn__http_head *to)
{
    struct sbn__http_field *fields;
    size_t i;

    fields = sbn__arena_array(arena, from->field_count, sizeof(*fields));
    if (fields == NULL)
        return SBN_ENOMEM;
    for (i = 0; i < from->field_count; i++) {
        fields[i].name = sbn__arena_strdup(arena, from->fields[i].name);
        fields[i].value = sbn__arena_strdup(arena, from->fields[i].value);
        if (fields[i].name == NULL || fields[i].value == NULL)
            return SBN_ENOMEM;
    }
    to->field_count = from->field_count;
    to->fields = fields;
    return SBN_OK;
}

sbn_status
sbn__request_keep_peer(struct sbn_request *request)
{
    if (request->peer == NULL)
        request->peer = sbn__arena_strdup(
            &request->arena, sbn__http_transaction_peer(request->transaction));
    return request->peer != NULL ? SBN_OK : SBN_ENOMEM;
}

sbn_status
sbn__request_keep_head(struct sbn_request *request)
{
    return copy_fields(&request->arena,
                       sbn__http_transaction_head(request->transaction),
                       &request->head);
}
