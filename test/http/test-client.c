/* SPDX-License-Identifier: Apache-2.0 */
/* The client against our server, against scripted peers, and without memory. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "runtime/base/error.h"
#include "runtime/http/client.h"
#include "test/http/peer.h"

/* ---- An exchange that keeps what it was told
 * ------------------------------------- */

struct counted {
    struct sbn__http_exchange x;
    struct text body;
    int status; /* HTTP's */
    unsigned heads, dones;
    sbn_status result;
    sbn_stage stage; /* of the error */
    char reason[256], peer[128];
    char stages[64]; /* as told, first letters */
    unsigned number; /* which to finish this was */
    void (*on_head)(struct counted *counted);
    void (*on_done)(struct counted *counted);
    void *data;
};
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

static const struct sbn__http_exchange_events events = {on_stage, on_head,
                                                        on_body, on_done};

static sbn_status
submit(struct sbn__http_endpoint *endpoint, struct counted *c,
       const char *target)
{
    char request[256];
    sbn_status st;
    int size = snprintf(request, sizeof(request),
                        "POST %s HTTP/1.1\r\nHost: x\r\n"
                        "Content-Length: 2\r\n\r\nhi",
                        target);

    c->x.events = &events;
    st = sbn__http_exchange_submit(endpoint, &c->x, request, (size_t)size);
    memset(request, 'x', sizeof(request)); /* the bytes are ours again */
    CHECK_INT(c->dones, ==, 0);
    return st;
}

static struct sbn__http_endpoint_options
default_options(void)
{
    struct sbn__http_endpoint_options options = {.max_connections = 100,
                                                 .connect_timeout = 5000,
                                                 .idle_timeout = 20000,
                                                 .limits = {16384, 1 << 20}};

    return options;
}

static struct sbn__http_endpoint *
open_endpoint(sbn_runtime *rt, uint16_t port,
              const struct sbn__http_endpoint_options *options)
{
    struct sbn__http_endpoint_options defaults = default_options();
    struct sbn__http_endpoint *endpoint;

    CHECK_OK(sbn__http_endpoint_new(rt, "127.0.0.1", port,
                                    options != NULL ? options : &defaults,
                                    &endpoint));
    return endpoint;
}

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
    f->endpoint = open_endpoint(f->rt, service_port(&f->service), options);
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
    CHECK_OK(submit(f.endpoint, &first, "/now1"));
    RUN_UNTIL(f.rt, first.dones == 1);
    CHECK_OK(first.result);
    CHECK_INT(first.status, ==, 200);
    CHECK_STR(first.body.data, "/now1");
    CHECK_STR(first.stages, "csr");
    snprintf(peer, sizeof(peer), "127.0.0.1:%d", service_port(&f.service));
    CHECK_STR(first.peer, peer);

    CHECK_OK(submit(f.endpoint, &second, "/now2"));
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
    struct sbn__http_endpoint_options options = default_options();
    struct counted c[10] = {{.dones = 0}};
    struct fixture f;
    int i;

    options.max_connections = 1;
    setup(&f, &options);
    for (i = 0; i < 10; i++)
        CHECK_OK(submit(f.endpoint, &c[i], "/now"));
    CHECK_STATUS(submit(f.endpoint, &c[3], "/now"), SBN_ESTATE);
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
    struct sbn__http_endpoint_options options = default_options();
    struct counted held = {0}, waiting = {0}, next = {0};
    struct fixture f;

    options.max_connections = 1;
    setup(&f, &options);
    CHECK_OK(submit(f.endpoint, &held, "/hold"));
    RUN_UNTIL(f.rt, f.service.held_count == 1);
    CHECK_OK(submit(f.endpoint, &waiting, "/now"));
    CHECK_OK(submit(f.endpoint, &next, "/now"));
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
    CHECK_OK(submit(f->endpoint, c, "/now2"));
}

TEST(callbacks_may_abort_free_and_begin_anew)
{
    struct counted first = {0}, second = {0}, third = {0}, fourth = {0};
    struct fixture f;

    setup(&f, NULL);
    first.on_head = abort_it;
    CHECK_OK(submit(f.endpoint, &first, "/big"));
    RUN_UNTIL(f.rt, first.heads == 1);
    second.on_done = again;
    second.data = &f;
    CHECK_OK(submit(f.endpoint, &second, "/now"));
    RUN_UNTIL(f.rt, second.on_done == NULL && second.dones == 1);
    CHECK_STR(second.body.data, "/now/now2");
    third.on_done = free_endpoint;
    third.data = &f;
    CHECK_OK(submit(f.endpoint, &third, "/now"));
    RUN_UNTIL(f.rt, third.dones == 1);
    CHECK(f.endpoint == NULL);
    f.endpoint = open_endpoint(f.rt, service_port(&f.service), NULL);
    fourth.on_head = abort_and_free;
    fourth.data = &f;
    CHECK_OK(submit(f.endpoint, &fourth, "/big"));
    RUN_UNTIL(f.rt, fourth.heads == 1);
    CHECK_INT(first.dones + fourth.dones, ==, 0);
    text_fini(&second.body);
    text_fini(&third.body);
    finish(&f);
}

TEST(a_thousand_outstanding)
{
    enum { COUNT = 1000 };
    struct sbn__http_endpoint_options options = default_options();
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
    f.endpoint = open_endpoint(f.rt, service_port(&f.service), &options);
    before = memory.live_bytes;
    for (i = 0; i < COUNT; i++)
        CHECK_OK(submit(f.endpoint, &c[i], "/hold"));
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
    f.endpoint = open_endpoint(f.rt, service_port(&f.service), NULL);
    for (i = 0; i < 20; i++) {
        if (i == 10)
            before = memory.count;
        c.dones = 0;
        CHECK_OK(submit(f.endpoint, &c, "/now"));
        RUN_UNTIL(f.rt, c.dones == 1);
        text_fini(&c.body);
    }
    /* The service of this test makes one body a request. */
    CHECK_INT(memory.count - before, ==, 10);
    finish(&f);
}

/* ---- Against a scripted peer
 * ----------------------------------------------------------- */

/* What the peer does with each connection in turn, by its letter:
 *   a  answers every request
 *   1  answers one request, and closes at the next
 *   c  closes when a request has come
 *   g  answers with what is in bytes, and closes
 *   k  answers with what is in bytes, and stays open */
struct script {
    sbn_runtime *rt;
    struct sbn__listener *listener;
    const char *plan, *bytes;
    unsigned connections, requests;
    struct script_connection {
        struct script *script;
        struct sbn__stream *stream;
        char what;
        unsigned requests;
        bool ended;
    } list[16];
};

static void
script_close(struct script_connection *sc)
{
    sbn__stream_close(sc->stream);
    sc->stream = NULL;
}

static void
script_read(void *data, const char *bytes, size_t size)
{
    static const char reply[] =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    struct script_connection *sc = data;

    sc->requests++;
    sc->script->requests++;
    if (sc->what == 'g' || sc->what == 'k') {
        sbn__stream_write(sc->stream, sc->script->bytes,
                          strlen(sc->script->bytes));
        if (sc->what == 'g') {
            sbn__stream_finish(sc->stream, 5000);
            sc->stream = NULL;
        }
        return;
    }
    if (sc->what == 'c' || (sc->what != 'a' && sc->requests > 1)) {
        script_close(sc);
        return;
    }
    sbn__stream_write(sc->stream, reply, sizeof(reply) - 1);
}

static void
script_end(void *data, sbn_status status, int native, const char *text)
{
    struct script_connection *sc = data;

    sc->ended = true;
}

static const struct sbn__stream_events script_events = {.on_read = script_read,
                                                        .on_end = script_end};

static void
script_accept(void *data, struct sbn__stream *stream)
{
    struct script *script = data;
    struct script_connection *sc = &script->list[script->connections];

    CHECK_INT(script->connections, <, strlen(script->plan));
    sc->script = script;
    sc->stream = stream;
    sc->what = script->plan[script->connections++];
    sbn__stream_set_events(stream, &script_events, sc);
    sbn__stream_read_start(stream);
}

static void
script_open(struct script *script, sbn_runtime *rt, const char *plan,
            const char *bytes)
{
    struct sbn__listener_options options = {
        .backlog = 16, .on_accept = script_accept, .data = script};
    const char *text;

    memset(script, 0, sizeof(*script));
    script->rt = rt;
    script->plan = plan;
    script->bytes = bytes;
    CHECK_OK(sbn__listener_open(rt, "127.0.0.1", 0, &options, &script->listener,
                                &text));
}

static void
script_fini(struct script *script)
{
    unsigned i;

    for (i = 0; i < script->connections; i++)
        script_close(&script->list[i]);
    sbn__listener_close(script->listener);
}

struct scripted {
    sbn_runtime *rt;
    struct script script;
    struct sbn__http_endpoint *endpoint;
    struct counted c;
};

static void
scripted_open(struct scripted *s, const char *plan, const char *bytes,
              const struct sbn__http_endpoint_options *options)
{
    memset(&s->c, 0, sizeof(s->c));
    s->rt = runtime_open(NULL);
    script_open(&s->script, s->rt, plan, bytes);
    s->endpoint =
        open_endpoint(s->rt, sbn__listener_port(s->script.listener), options);
}

static void
scripted_run(struct scripted *s, sbn_status want)
{
    s->c.dones = 0;
    text_fini(&s->c.body);
    CHECK_OK(submit(s->endpoint, &s->c, "/x"));
    RUN_UNTIL(s->rt, s->c.dones > 0);
    CHECK_INT(s->c.dones, ==, 1);
    if (s->c.result != want)
        test_fail(__FILE__, __LINE__, "%s: %s", sbn_status_name(s->c.result),
                  s->c.reason);
}

static void
scripted_close(struct scripted *s)
{
    text_fini(&s->c.body);
    sbn__http_endpoint_free(s->endpoint);
    script_fini(&s->script);
    sbn_runtime_free(s->rt);
}

TEST(a_request_lost_on_a_stale_connection_is_sent_once_more)
{
    struct scripted s;

    scripted_open(&s, "1a", NULL, NULL);
    scripted_run(&s, SBN_OK);
    scripted_run(&s, SBN_OK);
    CHECK_STR(s.c.body.data, "ok");
    CHECK_INT(s.script.connections, ==, 2);
    CHECK_INT(s.script.requests, ==, 3);
    scripted_close(&s);
}

TEST(a_reset_of_a_stale_connection_is_the_same)
{
    struct scripted s;

    scripted_open(&s, "aa", NULL, NULL);
    scripted_run(&s, SBN_OK);
    /* What is left unread makes the kernel reset the connection. */
    sbn__stream_read_stop(s.script.list[0].stream);
    s.c.dones = 0;
    CHECK_OK(submit(s.endpoint, &s.c, "/x"));
    script_close(&s.script.list[0]);
    RUN_UNTIL(s.rt, s.c.dones == 1);
    CHECK_OK(s.c.result);
    CHECK_INT(s.script.connections, ==, 2);
    scripted_close(&s);
}

TEST(but_only_once)
{
    struct scripted s;

    scripted_open(&s, "1ca", NULL, NULL);
    scripted_run(&s, SBN_OK);
    scripted_run(&s, SBN_EIO);
    CHECK_STR(s.c.reason, "the peer closed the connection before a reply");
    CHECK_INT(s.c.stage, ==, SBN_STAGE_RECEIVE);
    CHECK_INT(s.script.requests, ==, 3);
    scripted_close(&s);
}

TEST(and_not_at_all_when_told_so)
{
    struct sbn__http_endpoint_options options = default_options();
    struct scripted s;

    options.no_retry = true;
    scripted_open(&s, "1a", NULL, &options);
    scripted_run(&s, SBN_OK);
    scripted_run(&s, SBN_EIO);
    CHECK_INT(s.script.requests, ==, 2);
    scripted_close(&s);
}

TEST(nor_on_a_fresh_connection)
{
    struct scripted s;

    scripted_open(&s, "ca", NULL, NULL);
    scripted_run(&s, SBN_EIO);
    CHECK_INT(s.script.connections, ==, 1);
    scripted_close(&s);
}

TEST(nor_when_a_reply_had_begun)
{
    struct scripted s;

    scripted_open(&s, "ag", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok",
                  NULL);
    s.script.list[0].what = 'a';
    scripted_run(&s, SBN_OK);
    s.script.list[0].what = 'g';
    scripted_run(&s, SBN_EIO);
    CHECK_STR(s.c.reason,
              "the peer closed the connection in the body of a reply");
    CHECK_INT(s.script.connections, ==, 1);
    scripted_close(&s);
}

TEST(connections_the_peer_closed_while_idle_are_not_used)
{
    struct scripted s;

    scripted_open(&s, "aa", NULL, NULL);
    scripted_run(&s, SBN_OK);
    script_close(&s.script.list[0]);
    /* The client sees the end before the loop has nothing more to do. */
    RUN_UNTIL(s.rt, (sbn_runtime_dispatch(s.rt), true));
    scripted_run(&s, SBN_OK);
    CHECK_INT(s.script.connections, ==, 2);
    CHECK_INT(s.script.requests, ==, 2);
    scripted_close(&s);
}

TEST(what_is_not_http_is_shown)
{
    struct scripted s;

    scripted_open(&s, "k", "220 mail\r\n", NULL);
    scripted_run(&s, SBN_EPROTO);
    CHECK_STR(s.c.reason, "the reply is not HTTP: \"220 mail\\x0d\\x0a\"");
    CHECK_INT(s.c.stage, ==, SBN_STAGE_RECEIVE);
    scripted_close(&s);
}

TEST(a_reply_may_end_with_the_connection)
{
    struct scripted s;

    scripted_open(&s, "ga", "HTTP/1.1 200 OK\r\n\r\nall of it", NULL);
    scripted_run(&s, SBN_OK);
    CHECK_STR(s.c.body.data, "all of it");
    scripted_run(&s, SBN_OK);
    CHECK_INT(s.script.connections, ==, 2);
    scripted_close(&s);
}

TEST(a_connection_with_more_bytes_than_a_reply_is_not_used_again)
{
    struct scripted s;

    scripted_open(&s, "ka",
                  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 "
                  "OK\r\nContent-Length: 4\r\n\r\nevil",
                  NULL);
    scripted_run(&s, SBN_OK);
    CHECK_STR(s.c.body.data, "ok");
    scripted_run(&s, SBN_OK);
    CHECK_STR(s.c.body.data, "ok");
    CHECK_INT(s.script.connections, ==, 2);
    scripted_close(&s);
}

TEST(bytes_on_an_idle_connection_close_it)
{
    struct scripted s;

    scripted_open(&s, "aa", NULL, NULL);
    scripted_run(&s, SBN_OK);
    sbn__stream_write(s.script.list[0].stream, "HTTP/1.1 408 ", 13);
    RUN_UNTIL(s.rt, s.script.list[0].ended);
    scripted_run(&s, SBN_OK);
    CHECK_INT(s.script.connections, ==, 2);
    scripted_close(&s);
}

TEST(idle_connections_expire)
{
    struct sbn__http_endpoint_options options = default_options();
    struct scripted s;

    options.idle_timeout = 30;
    scripted_open(&s, "a", NULL, &options);
    scripted_run(&s, SBN_OK);
    RUN_UNTIL(s.rt, s.script.list[0].ended);
    scripted_close(&s);
}

TEST(a_reply_that_is_too_long_ends_the_exchange)
{
    struct sbn__http_endpoint_options options = default_options();
    struct scripted s;

    options.limits.max_body = 4;
    scripted_open(&s, "k", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde",
                  &options);
    scripted_run(&s, SBN_ELIMIT);
    CHECK_STR(s.c.reason, "an HTTP body of more than 4 bytes");
    scripted_close(&s);
}

TEST(an_early_reply_to_a_request_still_being_sent_is_taken)
{
    enum { SIZE = 8 << 20 };
    char *request = malloc(SIZE);
    struct scripted s;
    int head;

    CHECK(request != NULL);
    scripted_open(&s, "ga",
                  "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno",
                  NULL);
    memset(request, 'x', SIZE);
    head = snprintf(request, 100,
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n",
                    SIZE);
    request[head] = 'x';
    s.c.x.events = &events;
    CHECK_OK(
        sbn__http_exchange_submit(s.endpoint, &s.c.x, request, (size_t)SIZE));
    free(request);
    RUN_UNTIL(s.rt, s.c.dones == 1);
    CHECK_OK(s.c.result);
    CHECK_INT(s.c.status, ==, 413);
    scripted_run(&s, SBN_OK);
    CHECK_INT(s.script.connections, ==, 2);
    scripted_close(&s);
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
    endpoint = open_endpoint(rt, port, NULL);
    CHECK_OK(submit(endpoint, &c, "/"));
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

    endpoint = open_endpoint(rt, port, NULL);
    CHECK_OK(submit(endpoint, &c, "/"));
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
    struct sbn__http_endpoint_options options = default_options();
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
            if (submit(endpoint, &c, "/now") != SBN_OK)
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
