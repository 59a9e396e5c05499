/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finishing a stream nobody owns any more: what is unsent goes out, the writing
 * side is ended, and the peer's end is waited for. A socket that is closed with
 * unread bytes in it resets the connection, and the reset would overtake the
 * last reply.
 */
#include "runtime/net/socket.h"

/* A peer that goes on taking bytes gets more time, but not for ever. */
enum { MAX_ROUNDS = 10 };

struct sbn__linger {
    uv_shutdown_t req;
    sbn_timer timer;
    uint32_t linger;
    unsigned rounds;
    size_t unsent; /* when the timer was started */
    bool shut;     /* the writing side is ended */
};

void
sbn__linger_release(struct sbn__stream *stream)
{
    struct sbn__linger *linger = stream->linger;

    if (linger == NULL)
        return;
    sbn_timer_stop(&linger->timer);
    sbn__free(&stream->rt->mem, linger);
    stream->linger = NULL;
}

static void
on_timeout(void *data)
{
    struct sbn__stream *stream = data;
    struct sbn__linger *linger = stream->linger;
    size_t unsent = sbn__stream_unsent(stream);

    if (unsent < linger->unsent && ++linger->rounds < MAX_ROUNDS) {
        linger->unsent = unsent;
        if (sbn_timer_start(stream->rt, &linger->timer, linger->linger,
                            on_timeout, stream) == SBN_OK)
            return;
    }
    sbn__stream_close(stream);
}

static void
on_shutdown(uv_shutdown_t *req, int status)
{
    struct sbn__stream *stream = req->handle->data;

    if (stream->closed)
        return;
    stream->linger->shut = true;
    if (status != 0 || stream->ended)
        sbn__stream_close(stream);
}

void
sbn__linger_drained(struct sbn__stream *stream)
{
    if (uv_shutdown(&stream->linger->req, &stream->socket.stream,
                    on_shutdown) != 0)
        sbn__stream_close(stream);
}

/* The peer's end, or the connection broke. Its end may come while bytes are
 * still on their way to it. */
void
sbn__linger_ended(struct sbn__stream *stream)
{
    if (stream->broken || stream->linger->shut)
        sbn__stream_close(stream);
}

void
sbn__stream_finish(struct sbn__stream *stream, uint32_t linger_ms)
{
    struct sbn__linger *linger;
    size_t unsent;

    if (stream == NULL || stream->closed)
        return;
    unsent = sbn__stream_unsent(stream);
    if (stream->connect != NULL || stream->broken ||
        (stream->ended && unsent == 0))
        goto close;
    linger = sbn__zalloc(&stream->rt->mem, sizeof(*linger));
    if (linger == NULL)
        goto close;
    stream->linger = linger;
    stream->events = NULL;
    linger->linger = linger_ms;
    linger->unsent = unsent;
    if (sbn_timer_start(stream->rt, &linger->timer, linger_ms, on_timeout,
                        stream) != SBN_OK)
        goto close;
    sbn__stream_hold(stream, true);
    sbn__stream_read_start(stream);
    if (unsent == 0)
        sbn__linger_drained(stream);
    return;
close:
    sbn__stream_close(stream);
}
