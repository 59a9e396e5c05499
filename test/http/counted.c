/* SPDX-License-Identifier: Apache-2.0 */
#include "test/http/counted.h"

#include <stdio.h>

#include "runtime/base/error.h"

static unsigned finished;

static struct counted *
counted_of(struct sbn__http_exchange *x)
{
    return sbn__container(x, struct counted, x);
}

static void
on_stage(struct sbn__http_exchange *x, sbn_stage stage, const char *peer)
{
    struct counted *c = counted_of(x);
    size_t size = strlen(c->stages);

    CHECK_INT(c->dones, ==, 0);
    CHECK_INT(sbn__http_exchange_stage(x), ==, stage);
    c->stages[size] = sbn_stage_text(stage)[0];
    if (peer != NULL)
        snprintf(c->peer, sizeof(c->peer), "%s", peer);
}

static sbn_status
on_head(struct sbn__http_exchange *x, const struct sbn__http_head *head)
{
    struct counted *c = counted_of(x);

    c->heads++;
    c->status = head->status;
    if (c->on_head != NULL)
        c->on_head(c);
    return SBN_OK;
}

static sbn_status
on_body(struct sbn__http_exchange *x, const char *bytes, size_t size)
{
    text_put(&counted_of(x)->body, bytes, size);
    return SBN_OK;
}

static void
on_done(struct sbn__http_exchange *x, sbn_status status,
        const struct sbn_error *error)
{
    struct counted *c = counted_of(x);

    c->dones++;
    c->result = status;
    c->number = ++finished;
    CHECK((status == SBN_OK) == (error == NULL) || status == SBN_ENOMEM);
    if (error != NULL) {
        c->stage = error->stage;
        snprintf(c->reason, sizeof(c->reason), "%s", error->reason);
        snprintf(c->peer, sizeof(c->peer), "%s",
                 error->peer != NULL ? error->peer : "");
    }
    if (c->on_done != NULL)
        c->on_done(c);
}

const struct sbn__http_exchange_events counted_events = {on_stage, on_head,
                                                         on_body, on_done};

sbn_status
counted_submit(struct sbn__http_endpoint *endpoint, struct counted *c,
               const char *target)
{
    char request[256];
    sbn_status st;
    int size = snprintf(request, sizeof(request),
                        "POST %s HTTP/1.1\r\nHost: x\r\n"
                        "Content-Length: 2\r\n\r\nhi",
                        target);

    c->x.events = &counted_events;
    st = sbn__http_exchange_submit(endpoint, &c->x, request, (size_t)size);
    memset(request, 'x', sizeof(request)); /* the bytes are ours again */
    CHECK_INT(c->dones, ==, 0);
    return st;
}

struct sbn__http_endpoint_options
client_options(void)
{
    struct sbn__http_endpoint_options options = {.max_connections = 100,
                                                 .connect_timeout = 5000,
                                                 .idle_timeout = 20000,
                                                 .limits = {16384, 1 << 20}};

    return options;
}

struct sbn__http_endpoint *
client_open(sbn_runtime *rt, uint16_t port,
            const struct sbn__http_endpoint_options *options)
{
    struct sbn__http_endpoint_options defaults = client_options();
    struct sbn__http_endpoint *endpoint;

    CHECK_OK(sbn__http_endpoint_new(rt, "127.0.0.1", port,
                                    options != NULL ? options : &defaults,
                                    &endpoint));
    return endpoint;
}
