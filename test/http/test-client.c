/* SPDX-License-Identifier: Apache-2.0 */
/* The client against our server, in the program's loop, and without memory. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test/http/counted.h"

/* ---- Against our server
 * -------------------------------------------------------------- */

struct fixture {
    sbn_runtime *rt;
    struct service service;
    struct sbn__http_endpoint *endpoint;
};

static void
setup(struct fixture *f, const struct sbn__http_endpoint_options *options)
{
    f->rt = runtime_open(NULL);
    service_init(&f->service, f->rt);
    CHECK_OK(service_open(&f->service));
    f->endpoint = client_open(f->rt, service_port(&f->service), options);
}

static void
finish(struct fixture *f)
{
    sbn__http_endpoint_free(f->endpoint);
    service_close(&f->service);
    sbn_runtime_free(f->rt);
}

TEST(exchanges_reuse_the_connection)
{
    struct fixture f;
    struct counted first = {0}, second = {0};
    char peer[64];

    setup(&f, NULL);
    CHECK_OK(counted_submit(f.endpoint, &first, "/now1"));
    RUN_UNTIL(f.rt, first.dones == 1);
    CHECK_OK(first.result);
    CHECK_INT(first.status, ==, 200);
    CHECK_STR(first.body.data, "/now1");
    CHECK_STR(first.stages, "csr");
    snprintf(peer, sizeof(peer), "127.0.0.1:%d", service_port(&f.service));
    CHECK_STR(first.peer, peer);

    CHECK_OK(counted_submit(f.endpoint, &second, "/now2"));
    CHECK_INT(sbn__http_exchange_stage(&second.x), ==, SBN_STAGE_RECEIVE);
    CHECK_STR(sbn__http_exchange_peer(&second.x), peer);
    RUN_UNTIL(f.rt, second.dones == 1);
    CHECK_OK(second.result);
    CHECK_STR(second.body.data, "/now2");
    CHECK_STR(second.stages, ""); /* no connecting */
    text_fini(&first.body);
    text_fini(&second.body);
    finish(&f);
}

TEST(exchanges_wait_their_turn)
{
    struct sbn__http_endpoint_options options = client_options();
    struct counted c[10] = {{.dones = 0}};
    struct fixture f;
    int i;

    options.max_connections = 1;
    setup(&f, &options);
    for (i = 0; i < 10; i++)
        CHECK_OK(counted_submit(f.endpoint, &c[i], "/now"));
    CHECK_STATUS(counted_submit(f.endpoint, &c[3], "/now"), SBN_ESTATE);
    CHECK_INT(sbn__http_exchange_stage(&c[9].x), ==, SBN_STAGE_QUEUE);
    RUN_UNTIL(f.rt, c[9].dones == 1);
    for (i = 0; i < 10; i++) {
        CHECK_OK(c[i].result);
        CHECK_INT(c[i].number, ==, i + 1);
        text_fini(&c[i].body);
    }
    finish(&f);
}

TEST(an_aborted_exchange_is_silent_and_frees_its_place)
{
    struct sbn__http_endpoint_options options = client_options();
    struct counted held = {0}, waiting = {0}, next = {0};
    struct fixture f;

    options.max_connections = 1;
    setup(&f, &options);
    CHECK_OK(counted_submit(f.endpoint, &held, "/hold"));
    RUN_UNTIL(f.rt, f.service.held_count == 1);
    CHECK_OK(counted_submit(f.endpoint, &waiting, "/now"));
    CHECK_OK(counted_submit(f.endpoint, &next, "/now"));
    sbn__http_exchange_abort(&waiting.x);
    sbn__http_exchange_abort(&held.x);
    sbn__http_exchange_abort(&held.x);
    RUN_UNTIL(f.rt, next.dones == 1 && f.service.aborts == 1);
    CHECK_OK(next.result);
    CHECK_INT(held.dones + waiting.dones, ==, 0);
    service_answer(&f.service);
    text_fini(&next.body);
    finish(&f);
}

static void
abort_it(struct counted *c)
{
    sbn__http_exchange_abort(&c->x);
}

static void
abort_and_free(struct counted *c)
{
    struct fixture *f = c->data;

    sbn__http_exchange_abort(&c->x);
    sbn__http_endpoint_free(f->endpoint);
    f->endpoint = NULL;
}

static void
free_endpoint(struct counted *c)
{
    struct fixture *f = c->data;

    sbn__http_endpoint_free(f->endpoint);
    f->endpoint = NULL;
}

static void
again(struct counted *c)
{
    struct fixture *f = c->data;

    c->on_done = NULL;
    c->dones = 0;
    CHECK_OK(counted_submit(f->endpoint, c, "/now2"));
}

TEST(callbacks_may_abort_free_and_begin_anew)
{
    struct counted first = {0}, second = {0}, third = {0}, fourth = {0};
    struct fixture f;

    setup(&f, NULL);
    first.on_head = abort_it;
    CHECK_OK(counted_submit(f.endpoint, &first, "/big"));
    RUN_UNTIL(f.rt, first.heads == 1);
    second.on_done = again;
    second.data = &f;
    CHECK_OK(counted_submit(f.endpoint, &second, "/now"));
    RUN_UNTIL(f.rt, second.on_done == NULL && second.dones == 1);
    CHECK_STR(second.body.data, "/now/now2");
    third.on_done = free_endpoint;
    third.data = &f;
    CHECK_OK(counted_submit(f.endpoint, &third, "/now"));
    RUN_UNTIL(f.rt, third.dones == 1);
    CHECK(f.endpoint == NULL);
    f.endpoint = client_open(f.rt, service_port(&f.service), NULL);
    fourth.on_head = abort_and_free;
    fourth.data = &f;
    CHECK_OK(counted_submit(f.endpoint, &fourth, "/big"));
    RUN_UNTIL(f.rt, fourth.heads == 1);
    CHECK_INT(first.dones + fourth.dones, ==, 0);
    text_fini(&second.body);
    text_fini(&third.body);
    finish(&f);
}

TEST(a_thousand_outstanding)
{
    enum { COUNT = 1000 };
    struct sbn__http_endpoint_options options = client_options();
    struct counted *c = calloc(COUNT, sizeof(*c));
    struct test_memory memory;
    struct fixture f;
    size_t before;
    int i;

    CHECK(c != NULL);
    test_memory_init(&memory);
    options.max_connections = COUNT;
    f.rt = runtime_open(&memory.allocator);
    service_init(&f.service, f.rt);
    CHECK_OK(service_open(&f.service));
    f.endpoint = client_open(f.rt, service_port(&f.service), &options);
    before = memory.live_bytes;
    for (i = 0; i < COUNT; i++)
        CHECK_OK(counted_submit(f.endpoint, &c[i], "/hold"));
    RUN_UNTIL(f.rt, f.service.held_count == COUNT);
    printf("# %zu bytes an outstanding exchange, client and server\n",
           (memory.live_bytes - before) / COUNT);
    while (f.service.held_count > 0)
        service_answer(&f.service);
    for (i = 0; i < COUNT; i++) {
        RUN_UNTIL(f.rt, c[i].dones == 1);
        CHECK_OK(c[i].result);
        CHECK_STR(c[i].body.data, "/hold");
        text_fini(&c[i].body);
    }
    finish(&f);
    CHECK_INT(memory.live, ==, 0);
    free(c);
}

TEST(steady_state_allocates_nothing)
{
    struct test_memory memory;
    struct counted c = {0};
    struct fixture f;
    size_t before = 0;
    int i;

    test_memory_init(&memory);
    f.rt = runtime_open(&memory.allocator);
    service_init(&f.service, f.rt);
    CHECK_OK(service_open(&f.service));
    f.endpoint = client_open(f.rt, service_port(&f.service), NULL);
    for (i = 0; i < 20; i++) {
        if (i == 10)
            before = memory.count;
        c.dones = 0;
        CHECK_OK(counted_submit(f.endpoint, &c, "/now"));
        RUN_UNTIL(f.rt, c.dones == 1);
        text_fini(&c.body);
    }
    /* The service of this test makes one body a request. */
    CHECK_INT(memory.count - before, ==, 10);
    finish(&f);
}

/* ---- Against nobody, and in the program's loop
 * ---------------------------------------------- */

TEST(a_refused_connection_names_stage_and_peer)
{
    sbn_runtime *rt = runtime_open(NULL);
    struct sbn__http_endpoint *endpoint;
    struct counted c = {0};
    char peer[64];
    uint16_t port;
    int fd = plain_listen(&port);

    close(fd);
    endpoint = client_open(rt, port, NULL);
    CHECK_OK(counted_submit(endpoint, &c, "/"));
    RUN_UNTIL(rt, c.dones == 1);
    CHECK_STATUS(c.result, SBN_ECONNECT);
    CHECK_INT(c.stage, ==, SBN_STAGE_CONNECT);
    snprintf(peer, sizeof(peer), "127.0.0.1:%d", port);
    CHECK_STR(c.peer, peer);
    CHECK_STR(c.reason, "connection refused");
    sbn__http_endpoint_free(endpoint);
    sbn_runtime_free(rt);
}

TEST(an_idle_connection_does_not_keep_the_loop_alive)
{
    sbn_runtime *rt = runtime_open(NULL);
    struct sbn__http_endpoint *endpoint;
    struct counted c = {0};
    char bytes[512], *rest;
    uint16_t port;
    int listener = plain_listen(&port), fd;

    endpoint = client_open(rt, port, NULL);
    CHECK_OK(counted_submit(endpoint, &c, "/"));
    RUN_UNTIL(rt, sbn__http_exchange_stage(&c.x) == SBN_STAGE_RECEIVE);
    fd = accept(listener, NULL, NULL);
    CHECK(fd >= 0);
    CHECK_INT(recv(fd, bytes, sizeof(bytes), 0), >, 0);
    plain_send(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    CHECK_OK(sbn_runtime_run(rt)); /* returns, and at once */
    CHECK_INT(c.dones, ==, 1);
    CHECK_OK(c.result);
    sbn__http_endpoint_free(endpoint);
    sbn_runtime_free(rt);
    rest = plain_read_all(fd);
    CHECK_STR(rest, "");
    free(rest);
    close(fd);
    close(listener);
}

/* ---- Without memory
 * -----------------------------------------------------------------------------
 */

/* A listener without memory leaves its clients waiting: it comes back. */
static void
await_starved(sbn_runtime *rt, const struct counted *c,
              struct test_memory *memory)
{
    int turns = 0;

    while (c->dones == 0) {
        if (memory->failed && ++turns > 3)
            memory->fail_at = 0;
        sbn__runtime_turn(rt);
    }
}

/* Two exchanges, the second on the first one's connection when that lives. */
static void
run_starved(struct test_memory *memory, void *data)
{
    struct sbn__http_endpoint_options options = client_options();
    sbn_runtime_options runtime_options = {NULL, &memory->allocator};
    struct sbn__http_endpoint *endpoint = NULL;
    struct service service;
    struct counted c = {0};
    sbn_runtime *rt;
    int i;

    if (sbn_runtime_new(&runtime_options, &rt) != SBN_OK)
        return;
    service_init(&service, rt);
    if (service_open(&service) == SBN_OK &&
        sbn__http_endpoint_new(rt, "127.0.0.1", service_port(&service),
                               &options, &endpoint) == SBN_OK) {
        for (i = 0; i < 2; i++) {
            c.dones = 0;
            if (counted_submit(endpoint, &c, "/now") != SBN_OK)
                continue;
            await_starved(rt, &c, memory);
            CHECK_INT(c.dones, ==, 1);
            CHECK(c.result == SBN_OK || memory->failed);
        }
    }
    text_fini(&c.body);
    sbn__http_endpoint_free(endpoint);
    service_close(&service);
    sbn_runtime_free(rt);
}

TEST(every_allocation_may_fail)
{
    size_t runs = test_each_allocation(run_starved, NULL);

    printf("# %zu allocations\n", runs);
    CHECK_INT(runs, >, 10);
}
