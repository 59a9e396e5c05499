/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <uv.h>

#include "test/net/peer.h"
#include "test/support/test.h"

static void
on_stage(void *data, sbn_stage stage, const char *peer)
{
    struct side *side = data;

    side->stages++;
    side->stage = stage;
    snprintf(side->peer, sizeof(side->peer), "%s", peer);
}

static void
on_connect(void *data)
{
    struct side *side = data;

    CHECK(!side->connected);
    side->connected = true;
    sbn__stream_read_start(side->stream);
}

static void
on_read(void *data, const char *bytes, size_t size)
{
    struct side *side = data;
    size_t room = sizeof(side->bytes) - 1, used = side->received;

    if (used < room)
        memcpy(side->bytes + used, bytes,
               size < room - used ? size : room - used);
    side->received += size;
    if (side->echo && sbn__stream_write(side->stream, bytes, size) != SBN_OK) {
        sbn__stream_close(side->stream);
        free(side);
    }
}

static void
on_drain(void *data)
{
    ((struct side *)data)->drains++;
}

static void
on_end(void *data, sbn_status status, int native, const char *text)
{
    struct side *side = data;

    if (side->echo) {
        sbn__stream_finish(side->stream, 5000);
        free(side);
        return;
    }
    side->ended = true;
    side->ends++;
    side->status = status;
    side->native = native;
    snprintf(side->text, sizeof(side->text), "%s", text != NULL ? text : "");
    if (side->auto_end)
        sbn__stream_close(side->stream);
}

const struct sbn__stream_events side_events = {on_stage, on_connect, on_read,
                                               on_drain, on_end};

void
side_connect(sbn_runtime *rt, struct side *side, const char *host,
             uint16_t port)
{
    bool auto_end = side->auto_end;

    memset(side, 0, sizeof(*side));
    side->rt = rt;
    side->auto_end = auto_end;
    CHECK_OK(sbn__stream_connect(rt, host, port, 10000, &side_events, side,
                                 &side->stream));
    CHECK_INT(side->stages, ==, 0); /* not on our stack */
}

static void
on_accept(void *data, struct sbn__stream *stream)
{
    struct echo *echo = data;
    struct side *side = calloc(1, sizeof(*side));

    echo->accepted++;
    side->stream = stream;
    side->echo = true;
    sbn__stream_set_events(stream, &side_events, side);
    sbn__stream_read_start(stream);
}

void
echo_open(sbn_runtime *rt, struct echo *echo, const char *host)
{
    echo_open_backlog(rt, echo, host, 1024);
}

void
echo_open_backlog(sbn_runtime *rt, struct echo *echo, const char *host,
                  int backlog)
{
    struct sbn__listener_options options = {
        .backlog = backlog, .on_accept = on_accept, .data = echo};
    const char *text = "";

    memset(echo, 0, sizeof(*echo));
    echo->rt = rt;
    if (sbn__listener_open(rt, host, 0, &options, &echo->listener, &text) !=
        SBN_OK)
        test_fail(__FILE__, __LINE__, "cannot listen on %s: %s", host, text);
    echo->port = sbn__listener_port(echo->listener);
}

void
listening_open(struct listening *listening)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listening->fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK_INT(listening->fd, >=, 0);
    CHECK_INT(bind(listening->fd, (struct sockaddr *)&address, size), ==, 0);
    CHECK_INT(listen(listening->fd, 0), ==, 0);
    CHECK_INT(getsockname(listening->fd, (struct sockaddr *)&address, &size),
              ==, 0);
    listening->port = ntohs(address.sin_port);
}

void
listening_close(struct listening *listening)
{
    close(listening->fd);
}

/* The test's time limit ends what never comes. */
void
run_until(sbn_runtime *rt, const bool *flag)
{
    while (!*flag)
        sbn__runtime_turn(rt);
}

void
run_until_int(sbn_runtime *rt, const int *value, int wanted)
{
    while (*value < wanted)
        sbn__runtime_turn(rt);
}

void
run_until_size(sbn_runtime *rt, const size_t *value, size_t wanted)
{
    while (*value < wanted)
        sbn__runtime_turn(rt);
}

void
set_true(void *data)
{
    *(bool *)data = true;
}

void
wait_ms(int ms)
{
    poll(NULL, 0, ms);
}

const char *
socket_path(void)
{
    static char path[64];

    snprintf(path, sizeof(path), "/tmp/sebon-test-net-%d", (int)getpid());
    return path;
}
