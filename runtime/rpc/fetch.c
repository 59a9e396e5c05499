/* SPDX-License-Identifier: Apache-2.0 */
/* One plain HTTP request, on a runtime of its own. */
#include <sebon/http.h>

#include <stdio.h>
#include <string.h>

#include "runtime/base/arena.h"
#include "runtime/base/memory.h"
#include "runtime/http/client.h"
#include "runtime/net/runtime.h"

enum {
    TIMEOUT = 60000, /* ms */
    MAX_BYTES = 64 << 20,
    MAX_HEAD = 64 << 10
};

/* What the program gets, and what it stands in. */
struct reply {
    sbn_http_reply given;
    sbn_allocator mem;
    struct sbn__arena arena;
    struct sbn__buf body;
};

struct fetch {
    sbn_runtime *rt;
    struct sbn__http_exchange exchange;
    sbn_timer timer;
    struct reply *reply;
    sbn_status status;
    bool done;
};

static void
end(struct fetch *fetch, sbn_status status)
{
    fetch->status = status;
    fetch->done = true;
}

/* "" for NULL; NULL: no memory. */
static const char *
keep(struct fetch *fetch, const char *text)
{
    return text == NULL ? "" : sbn__arena_strdup(&fetch->reply->arena, text);
}

static sbn_status
on_head(struct sbn__http_exchange *x, const struct sbn__http_head *head)
{
    struct fetch *fetch = sbn__container(x, struct fetch, exchange);
    sbn_http_reply *reply = &fetch->reply->given;

    reply->status = head->status;
    reply->reason = keep(fetch, head->reason);
    reply->content_type = keep(fetch, sbn__http_field(head, "Content-Type"));
    reply->location = keep(fetch, sbn__http_field(head, "Location"));
    return reply->reason == NULL || reply->content_type == NULL ||
                   reply->location == NULL
               ? SBN_ENOMEM
               : SBN_OK;
}

static sbn_status
on_body(struct sbn__http_exchange *x, const char *bytes, size_t size)
{
    struct fetch *fetch = sbn__container(x, struct fetch, exchange);

    sbn__buf_append(&fetch->reply->body, bytes, size);
    return fetch->reply->body.status;
}

static void
on_done(struct sbn__http_exchange *x, sbn_status status,
        const struct sbn_error *error)
{
    end(sbn__container(x, struct fetch, exchange), status);
}

static const struct sbn__http_exchange_events events = {
    .on_head = on_head, .on_body = on_body, .on_done = on_done};

static void
on_timeout(void *data)
{
    end(data, SBN_ETIMEDOUT);
}

/* ---- The request ----------------------------------------------------------
 */

/* A value that stays within its line. */
static bool
is_value(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ' || *text == 127)
            return false;
    return true;
}

static void
put_field(struct sbn__buf *out, const char *name, const char *value)
{
    sbn__buf_puts(out, name);
    sbn__buf_lit(out, ": ");
    sbn__buf_puts(out, value);
    sbn__buf_lit(out, "\r\n");
}

static void
put_request(struct sbn__buf *out, const sbn_http_request *request,
            const struct sbn__url *url)
{
    char length[32];

    sbn__buf_puts(out, request->body != NULL ? "POST " : "GET ");
    sbn__buf_puts(out, url->target);
    sbn__buf_lit(out, " HTTP/1.1\r\n");
    put_field(out, "Host", url->authority);
    put_field(out, "Accept", request->accept != NULL ? request->accept : "*/*");
    put_field(out, "Connection", "close");
    if (request->body != NULL) {
        put_field(out, "Content-Type",
                  request->content_type != NULL ? request->content_type
                                                : "application/octet-stream");
        snprintf(length, sizeof(length), "%zu", request->body_size);
        put_field(out, "Content-Length", length);
    }
    sbn__buf_lit(out, "\r\n");
    if (request->body != NULL)
        sbn__buf_append(out, request->body, request->body_size);
}

static sbn_status
exchange(struct fetch *fetch, const sbn_http_request *request,
         const struct sbn__url *url, struct sbn__http_endpoint *endpoint)
{
    uint32_t timeout = request->timeout != 0 ? request->timeout : TIMEOUT;
    struct sbn__buf *out = sbn__runtime_scratch(fetch->rt, 0, SIZE_MAX / 2);
    sbn_status status;

    put_request(out, request, url);
    status = out->status;
    if (status == SBN_OK)
        status = sbn_timer_start(fetch->rt, &fetch->timer, timeout, on_timeout,
                                 fetch);
    if (status == SBN_OK)
        status =
            sbn__http_exchange_submit(endpoint, &fetch->exchange,
                                      sbn__buf_bytes(out), sbn__buf_size(out));
    if (status != SBN_OK)
        return status;
    while (!fetch->done)
        sbn__runtime_turn(fetch->rt);
    return fetch->status;
}

static sbn_status
fetch_run(struct fetch *fetch, const sbn_http_request *request,
          const struct sbn__url *url)
{
    struct sbn__http_endpoint_options options = {
        .max_connections = 1,
        .connect_timeout = request->timeout != 0 ? request->timeout : TIMEOUT,
        .limits = {MAX_HEAD,
                   request->max_bytes != 0 ? request->max_bytes : MAX_BYTES},
    };
    struct sbn__http_endpoint *endpoint;
    sbn_status status;

    status = sbn__http_endpoint_new(fetch->rt, url->host, url->port, &options,
                                    &endpoint);
    if (status != SBN_OK)
        return status;
    fetch->exchange.events = &events;
    status = exchange(fetch, request, url, endpoint);
    sbn_timer_stop(&fetch->timer);
    sbn__http_exchange_abort(&fetch->exchange);
    sbn__http_endpoint_free(endpoint);
    return status;
}

/* ---- Replies ----------------------------------------------------------------
 */

static struct reply *
reply_new(const sbn_allocator *mem)
{
    struct reply *reply = sbn__zalloc(mem, sizeof(*reply));

    if (reply == NULL)
        return NULL;
    reply->mem = *mem;
    reply->given.reason = reply->given.content_type = "";
    reply->given.location = "";
    sbn__arena_init(&reply->arena, &reply->mem, 4 * MAX_HEAD);
    sbn__buf_init(&reply->body, &reply->mem, SIZE_MAX / 2);
    return reply;
}

void
sbn_http_reply_free(sbn_http_reply *given)
{
    struct reply *reply;
    sbn_allocator mem;

    if (given == NULL)
        return;
    reply = sbn__container(given, struct reply, given);
    mem = reply->mem;
    sbn__arena_fini(&reply->arena);
    sbn__buf_fini(&reply->body);
    sbn__free(&mem, reply);
}

static sbn_status
reply_finish(struct reply *reply)
{
    sbn__buf_putc(&reply->body, '\0');
    if (reply->body.status != SBN_OK)
        return reply->body.status;
    reply->given.body = sbn__buf_bytes(&reply->body);
    reply->given.size = sbn__buf_size(&reply->body) - 1;
    return SBN_OK;
}

static sbn_status
check_request(const sbn_http_request *request)
{
    if (request == NULL || request->url == NULL ||
        (request->content_type != NULL && !is_value(request->content_type)) ||
        (request->accept != NULL && !is_value(request->accept)))
        return SBN_EINVAL;
    return SBN_OK;
}

sbn_status
sbn_http_fetch(const sbn_http_request *request, sbn_http_reply **ret_reply)
{
    struct fetch fetch = {.rt = NULL};
    sbn_runtime_options options = {.loop = NULL};
    struct sbn__url url;
    sbn_status status = check_request(request);

    if (status != SBN_OK)
        return status;
    options.allocator = request->allocator;
    status = sbn_runtime_new(&options, &fetch.rt);
    if (status != SBN_OK)
        return status;
    fetch.reply = reply_new(sbn__runtime_mem(fetch.rt));
    status = fetch.reply == NULL
                 ? SBN_ENOMEM
                 : sbn__url_parse(&fetch.reply->mem, request->url, &url);
    if (status == SBN_OK) {
        status = fetch_run(&fetch, request, &url);
        sbn__url_fini(&fetch.reply->mem, &url);
    }
    if (status == SBN_OK)
        status = reply_finish(fetch.reply);
    if (status == SBN_OK)
        *ret_reply = &fetch.reply->given;
    else if (fetch.reply != NULL)
        sbn_http_reply_free(&fetch.reply->given);
    sbn_runtime_free(fetch.rt);
    return status;
}
