/* SPDX-License-Identifier: Apache-2.0 */
/* The client against peers that play a script, mostly a bad one. */
#include <stdio.h>
#include <stdlib.h>

#include "test/http/counted.h"

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
        client_open(s->rt, sbn__listener_port(s->script.listener), options);
}

static void
scripted_run(struct scripted *s, sbn_status want)
{
    s->c.dones = 0;
    text_fini(&s->c.body);
    CHECK_OK(counted_submit(s->endpoint, &s->c, "/x"));
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
    CHECK_OK(counted_submit(s.endpoint, &s.c, "/x"));
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
    struct sbn__http_endpoint_options options = client_options();
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
    struct sbn__http_endpoint_options options = client_options();
    struct scripted s;

    options.idle_timeout = 30;
    scripted_open(&s, "a", NULL, &options);
    scripted_run(&s, SBN_OK);
    RUN_UNTIL(s.rt, s.script.list[0].ended);
    scripted_close(&s);
}

TEST(a_reply_that_is_too_long_ends_the_exchange)
{
    struct sbn__http_endpoint_options options = client_options();
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
    s.c.x.events = &counted_events;
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
