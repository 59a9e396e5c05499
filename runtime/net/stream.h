/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Byte streams over TCP and Unix sockets, and listeners that accept them.
 *
 * Events come from the loop, never from inside the function that caused them.
 * After sbn__stream_close no event comes, and the stream's memory is the net
 * layer's to release.
 *
 * Thread: the runtime's.
 */
#ifndef SBN_NET_STREAM_H
#define SBN_NET_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/error.h>
#include <sebon/runtime.h>
#include <sebon/status.h>

struct sbn__stream;
struct sbn__listener;
struct sbn__buf;

/* native: the libuv code, 0: none. Any member may be NULL. */
struct sbn__stream_events {
    /* A new step of connecting: SBN_STAGE_RESOLVE, SBN_STAGE_CONNECT. peer is
     * the name or the address tried ("127.0.0.1:80"), or the path; valid
     * during the call. */
    void (*on_stage)(void *data, sbn_stage stage, const char *peer);
    /* The stream is connected; reading has not started. */
    void (*on_connect)(void *data);
    /* Bytes are valid during the call only. */
    void (*on_read)(void *data, const char *bytes, size_t size);
    /* Everything that write had to queue has left for the kernel. */
    void (*on_drain)(void *data);
    /* The last event: SBN_OK the peer ended its side (writing still works until
     * close; on_drain still comes, and on_end once more if writing then fails),
     * SBN_ERESOLVE, SBN_ECONNECT, SBN_EIO, SBN_ENOMEM. text is libuv's, static.
     * The stream is still to be closed. */
    void (*on_end)(void *data, sbn_status status, int native,
                   const char *text);
};

/* host: name, numeric address, or the path of a Unix socket when port is 0.
 * Names are resolved in libuv's pool; the addresses are tried in turn, each
 * for connect_timeout ms at most. host is copied. SBN_ENOMEM. */
sbn_status sbn__stream_connect(sbn_runtime *rt, const char *host,
                               uint16_t port, uint32_t connect_timeout,
                               const struct sbn__stream_events *events,
                               void *data, struct sbn__stream **ret_stream);

/* For a stream that a listener accepted, or to hand one to another owner. */
void sbn__stream_set_events(struct sbn__stream *stream,
                            const struct sbn__stream_events *events,
                            void *data);

void sbn__stream_read_start(struct sbn__stream *stream);
void sbn__stream_read_stop(struct sbn__stream *stream);

/*
 * Writes now what the socket takes; the rest is copied and written later. The
 * bytes are the caller's again when it returns. SBN_ENOMEM; SBN_EIO when the
 * stream is broken (on_end tells, or told, why).
 */
sbn_status sbn__stream_write(struct sbn__stream *stream, const char *bytes,
                             size_t size);
/* Bytes accepted by write that the kernel has not. */
size_t sbn__stream_unsent(const struct sbn__stream *stream);

/* Whether it keeps the loop alive (yes at first). */
void sbn__stream_hold(struct sbn__stream *stream, bool hold);

/* Linux TCP_QUICKACK: acknowledges what has arrived without delay; for messages
 * that come in pieces. */
void sbn__stream_quickack(struct sbn__stream *stream);

/* "127.0.0.1:51234" or "unix"; lives as long as the stream. */
const char *sbn__stream_peer(const struct sbn__stream *stream);

/* At once, unsent bytes are dropped. NULL does nothing. */
void sbn__stream_close(struct sbn__stream *stream);
/* Sends what is unsent, ends the writing side, waits for the peer's end so that
 * a reset does not eat the last reply, then closes. No event comes. Bounded by
 * linger ms in which the peer takes nothing, and by ten times that in all. NULL
 * does nothing. */
void sbn__stream_finish(struct sbn__stream *stream, uint32_t linger);

/* ---- Listening ----------------------------------------------------------- */

struct sbn__listener_options {
    int backlog;
    /* A stream whose events are not set yet: set them, or close it. */
    void (*on_accept)(void *data, struct sbn__stream *stream);
    void *data;
    int turn_accepts; /* connections taken in one turn; 0: the usual number. Of
                         sockets that several loops share: few, so that one
                         does not take all */
};

/*
 * One listener an address; port 0: any. host: a numeric address, a name of this
 * machine ("localhost"), which is looked up here and now, or the path of a Unix
 * socket, which is told by the "/" in it; its file replaces one that nobody
 * listens on any more, and is removed by close. IPv6 addresses do not take IPv4
 * connections, so that both families can have the same port. *reterr_text is a
 * static text. SBN_ELISTEN, SBN_ENOMEM.
 */
sbn_status sbn__listener_open(sbn_runtime *rt, const char *host, uint16_t port,
                              const struct sbn__listener_options *options,
                              struct sbn__listener **ret_listener,
                              const char **reterr_text);
/* On a socket that listens already (TCP or Unix), which stays the caller's: it
 * is duplicated, and may be shared with other loops and processes. Any other
 * is SBN_ELISTEN: accepting from it would fail for ever. */
sbn_status sbn__listener_open_fd(sbn_runtime *rt, int fd,
                                 const struct sbn__listener_options *options,
                                 struct sbn__listener **ret_listener,
                                 const char **reterr_text);
/* A listening socket for that; host and port as above. A Unix socket's file is
 * the caller's to remove. */
sbn_status sbn__listening_socket(sbn_runtime *rt, const char *host,
                                 uint16_t port, int backlog, int *ret_fd,
                                 const char **reterr_text);
/* Another descriptor of a socket that listens; -1: *reterr_text is a static
 * text that says why not. */
int sbn__socket_share(int fd, const char **reterr_text);
uint16_t sbn__listener_port(const struct sbn__listener *listener);
/* Of a listening socket; 0: it is not TCP. */
uint16_t sbn__socket_port(int fd);
/* Back-pressure: while paused, connections wait in the backlog. Allowed in
 * on_accept. */
void sbn__listener_pause(struct sbn__listener *listener, bool pause);
/* For a TCP socket that no one else listens on: no new connection comes, but
 * those that are being made still do. Where the system cannot, nothing. */
void sbn__socket_refuse(int fd);
/* The same for a listener that opened its socket itself. */
void sbn__listener_refuse(struct sbn__listener *listener);
/* Takes all that waits in the backlog, paused or not: closing the last
 * descriptor of a listening socket resets what has not been taken. */
void sbn__listener_take_all(struct sbn__listener *listener);
/* NULL does nothing. */
void sbn__listener_close(struct sbn__listener *listener);

#endif
