/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stream's inside, for the files that make it up:
 *
 *   stream.c    life, reading, events, closing
 *   write.c     writing, the queue of what the socket did not take
 *   connect.c   look-up and attempts
 *   linger.c    sbn__stream_finish
 *   listener.c  accepting
 *   listen.c    listening sockets
 */
#ifndef SBN_NET_SOCKET_H
#define SBN_NET_SOCKET_H

#include "runtime/net/internal.h"
#include "runtime/net/stream.h"

/* "[", an IPv6 address with its zone, "]:65535". */
enum { SBN__PEER_ROOM = 80 };

union sbn__socket {
    uv_handle_t handle;
    uv_stream_t stream;
    uv_tcp_t tcp;
    uv_pipe_t pipe;
};

struct sbn__connect;
struct sbn__linger;

/* One for each open connection, idle ones included: keep it small. What only
 * connecting and finishing need is in blocks of their own. */
struct sbn__stream {
    union sbn__socket socket;
    sbn_runtime *rt;
    const struct sbn__stream_events *events; /* NULL: none is told */
    void *data;
    struct sbn__connect *connect; /* NULL: connected */
    struct sbn__linger *linger;   /* NULL: not finishing */
    struct sbn__block *writing;   /* libuv has it */
    struct sbn__block *waiting;   /* to be written after it */
    struct sbn__deferred deferred;
    int native; /* why it broke */
    bool is_pipe, closed, unheld;
    bool broken;    /* writing failed; the end will be told */
    bool told_late; /* ... after one more poll */
    bool ended;     /* on_end came, or reading ended */
    char peer[SBN__PEER_ROOM];
};

/* Memory only, zeroed: plainly freed as long as it is not initialised, and
 * closed afterwards. */
struct sbn__stream *sbn__stream_alloc(sbn_runtime *rt);
void sbn__stream_init(struct sbn__stream *stream, sbn_runtime *rt,
                      bool is_pipe);
/* (Again) after the socket was closed. */
void sbn__stream_init_socket(struct sbn__stream *stream);
/* After its socket was closed. */
void sbn__stream_release(struct sbn__stream *stream);
void sbn__stream_tell_end(struct sbn__stream *stream, sbn_status status,
                          int native);
/* Writing failed with the libuv code native. */
void sbn__stream_break(struct sbn__stream *stream, int native);

/* Unless NULL: stops what it does; its memory goes when libuv lets it. */
void sbn__connect_abandon(struct sbn__connect *connect);

/* Events of a stream that is finishing. */
void sbn__linger_drained(struct sbn__stream *stream);
void sbn__linger_ended(struct sbn__stream *stream);
/* Before the stream is released. */
void sbn__linger_release(struct sbn__stream *stream);

/* Drops what waits; what libuv has goes with its callback. */
void sbn__write_drop(struct sbn__stream *stream);

/* ---- Addresses (address.c) ----------------------------------------------- */

union sbn__address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

/* Whether host is a numeric address. */
bool sbn__address_parse(const char *host, uint16_t port,
                        union sbn__address *ret_address);
/* false: of a family that is not the Internet's. */
bool sbn__address_from(const struct addrinfo *info,
                       union sbn__address *ret_address);
/* "127.0.0.1:80", "[::1]:80"; "" for what is no address. */
void sbn__address_text(const struct sockaddr *address, char *text,
                       size_t room);
uint16_t sbn__address_port(const struct sockaddr *address);
/* Whether path fits a Unix socket's address. */
bool sbn__address_path_fits(const char *path);

#endif
