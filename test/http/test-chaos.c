/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random orders of events, the same ones each time: what must hold is that
 * nothing is lost, nothing comes twice, and nothing stays behind.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "runtime/http/client.h"
#include "test/http/peer.h"

enum { CLIENTS = 24, STEPS = 4000 };

static uint32_t
next_random(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

static void
answer_some(struct service *service, uint32_t count)
{
    while (count-- > 0 && service->held_count > 0)
        service_answer(service);
}

/* ---- Clients that do anything
 * ---------------------------------------------------- */

static const char stream[] =
    "GET /now HTTP/1.1\r\nHost: x\r\n\r\n"
    "POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde"
    "POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde"
    "POST /hold HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
    "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    "HEAD /now HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    "GET /hold HTTP/1.1\r\nHost: x\r\n\r\n"
    "GET /big HTTP/1.1\r\nHost: x\r\n\r\n"
    "GET /drop HTTP/1.1\r\nHost: x\r\n\r\n"
    "GET /fail HTTP/1.1\r\nHost: x\r\n\r\n"
    "GET /hold HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    "nonsense\r\n\r\n";

struct client {
    int fd; /* -1: none */
    size_t sent;
};

static void
client_leave(struct client *client)
{
    if (client->fd >= 0)
        close(client->fd);
    client->fd = -1;
    client->sent = 0;
}

static void
client_step(struct client *client, uint16_t port, uint32_t *random)
{
    size_t left = sizeof(stream) - 1 - client->sent;
    uint32_t what = next_random(random, 16);
    char bytes[8192];
    ssize_t got;

    if (client->fd < 0) {
        client->fd = plain_connect(port);
        return;
    }
    if (what == 0) {
        client_leave(client);
    } else if (what == 1) {
        shutdown(client->fd, SHUT_WR);
        client->sent = sizeof(stream) - 1;
    } else if (what < 6) {
        got = recv(client->fd, bytes, sizeof(bytes), MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EAGAIN))
            client_leave(client);
    } else if (left > 0) {
        size_t n = 1 + next_random(random, what < 10 ? 7 : 200);

        got = send(client->fd, stream + client->sent, n < left ? n : left,
                   MSG_NOSIGNAL | MSG_DONTWAIT);
        if (got > 0)
            client->sent += (size_t)got;
        else if (got < 0 && errno != EAGAIN)
            client_leave(client);
    }
}

static void
serve_chaos(uint32_t seed, bool starve)
{
    struct client clients[CLIENTS];
    struct test_memory memory;
    struct service service;
    uint32_t random = seed;
    sbn_runtime *rt;
    int i;

    test_memory_init(&memory);
    rt = runtime_open(&memory.allocator);
    service_init(&service, rt);
    /* The listener rests when it has no memory: that is not tested here. */
    service.options.max_connections = starve ? CLIENTS : CLIENTS / 2;
    CHECK_OK(service_open(&service));
    for (i = 0; i < CLIENTS; i++)
        clients[i] = (struct client){-1, 0};
    for (i = 0; i < STEPS; i++) {
        struct client *client = &clients[next_random(&random, CLIENTS)];
        bool connects = client->fd < 0;

        client_step(client, service_port(&service), &random);
        if (starve && !connects && next_random(&random, 4) == 0)
            memory.fail_at = memory.count + 1 + next_random(&random, 4);
        if (next_random(&random, 3) == 0)
            answer_some(&service, next_random(&random, 3));
        if (starve || next_random(&random, 2) == 0)
            sbn_runtime_dispatch(rt);
        memory.fail_at = 0;
    }
    for (i = 0; i < CLIENTS; i++)
        client_leave(&clients[i]);
    CHECK_INT(service.requests, >, 50);
    /* What has gone is told, and is let go when it is answered. */
    while (!service.closed) {
        answer_some(&service, 100);
        sbn__http_server_abort(service.server);
        answer_some(&service, 100);
        service_close(&service);
    }
    sbn_runtime_free(rt);
    CHECK_INT(memory.live, ==, 0);
}

TEST(the_server_among_clients_that_do_anything)
{
    uint32_t seed;

    for (seed = 1; seed <= 3; seed++)
        serve_chaos(seed, false);
}

TEST(the_same_while_memory_runs_out)
{
    uint32_t seed;

    for (seed = 11; seed <= 13; seed++)
        serve_chaos(seed, true);
}

/* ---- A client of a server that does anything
 * ---------------------------------------- */

struct tracked {
    struct sbn__http_exchange x;
    unsigned active; /* told to be, and not yet done */
    unsigned *dones;
};

static sbn_status
on_head(struct sbn__http_exchange *x, const struct sbn__http_head *head)
{
    return SBN_OK;
}

static sbn_status
on_body(struct sbn__http_exchange *x, const char *bytes, size_t size)
{
    return SBN_OK;
}

static void
on_done(struct sbn__http_exchange *x, sbn_status status,
        const struct sbn_error *error)
{
    struct tracked *tracked = sbn__container(x, struct tracked, x);

    CHECK_INT(tracked->active, ==, 1);
    tracked->active = 0;
    ++*tracked->dones;
}

static const struct sbn__http_exchange_events events = {NULL, on_head, on_body,
                                                        on_done};

static void
tracked_step(struct tracked *tracked, struct sbn__http_endpoint *endpoint,
             uint32_t *random)
{
    static const char *const targets[] = {"/now", "/hold", "/big", "/early",
                                          "/fail"};
    char request[128];
    int size;

    if (tracked->active) {
        if (next_random(random, 4) == 0) {
            sbn__http_exchange_abort(&tracked->x);
            tracked->active = 0;
        }
        return;
    }
    size = snprintf(request, sizeof(request),
                    "POST %s HTTP/1.1\r\nHost: x\r\n"
                    "Content-Length: 2\r\n\r\nhi",
                    targets[next_random(random, 5)]);
    tracked->x.events = &events;
    if (sbn__http_exchange_submit(endpoint, &tracked->x, request,
                                  (size_t)size) == SBN_OK)
        tracked->active = 1;
}

static bool
any_active(const struct tracked *list)
{
    int i;

    for (i = 0; i < CLIENTS; i++)
        if (list[i].active)
            return true;
    return false;
}

static void
client_chaos(uint32_t seed, bool starve)
{
    struct sbn__http_endpoint_options options = {.max_connections = 6,
                                                 .connect_timeout = 5000,
                                                 .idle_timeout = 2,
                                                 .limits = {16384, 1 << 20}};
    struct tracked list[CLIENTS];
    struct sbn__http_endpoint *endpoint;
    struct test_memory memory;
    struct service service;
    uint32_t random = seed;
    unsigned dones = 0;
    sbn_runtime *rt;
    int i;

    memset(list, 0, sizeof(list));
    test_memory_init(&memory);
    rt = runtime_open(&memory.allocator);
    service_init(&service, rt);
    service.options.idle_timeout = 1; /* stale ones are frequent */
    CHECK_OK(service_open(&service));
    CHECK_OK(sbn__http_endpoint_new(rt, "127.0.0.1", service_port(&service),
                                    &options, &endpoint));
    for (i = 0; i < STEPS; i++) {
        struct tracked *tracked = &list[next_random(&random, CLIENTS)];

        tracked->dones = &dones;
        tracked_step(tracked, endpoint, &random);
        if (starve && next_random(&random, 8) == 0)
            memory.fail_at = memory.count + 1 + next_random(&random, 4);
        if (next_random(&random, 2) == 0)
            answer_some(&service, next_random(&random, 4));
        if (next_random(&random, 2) == 0)
            sbn_runtime_dispatch(rt);
    }
    memory.fail_at = 0;
    while (any_active(list)) {
        answer_some(&service, 100);
        sbn_runtime_dispatch(rt);
    }
    CHECK_INT(dones, >, 100);
    sbn__http_endpoint_free(endpoint);
    sbn__http_server_abort(service.server);
    answer_some(&service, 1000);
    service_close(&service);
    sbn_runtime_free(rt);
    CHECK_INT(memory.live, ==, 0);
}

TEST(each_exchange_is_done_once_or_was_aborted)
{
    uint32_t seed;

    for (seed = 21; seed <= 23; seed++)
        client_chaos(seed, false);
}

TEST(each_exchange_is_done_once_without_memory)
{
    uint32_t seed;

    for (seed = 31; seed <= 33; seed++)
        client_chaos(seed, true);
}
