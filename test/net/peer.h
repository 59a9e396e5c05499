/* SPDX-License-Identifier: Apache-2.0 */
/* Both ends of a connection, for tests of net/. */
#ifndef TEST_NET_PEER_H
#define TEST_NET_PEER_H

#include "runtime/net/runtime.h"
#include "runtime/net/stream.h"

/* One stream and what was told of it. */
struct side {
    sbn_runtime *rt;
    struct sbn__stream *stream;
    bool connected, ended;
    bool echo;     /* writes back what it reads, and finishes at the end */
    bool auto_end; /* closes the stream at the end */
    int stages, drains, ends;
    sbn_stage stage; /* the last one told */
    char peer[128];  /* with it */
    sbn_status status;
    int native;
    char text[80];
    size_t received;
    char bytes[256]; /* the first of them */
};
extern const struct sbn__stream_events side_events;
/* Zeroes the rest of side, which may have its flags set. */
void side_connect(sbn_runtime *rt, struct side *side, const char *host,
                  uint16_t port);

/* An echoing server, sides for its connections. */
struct echo {
    sbn_runtime *rt;
    struct sbn__listener *listener;
    uint16_t port;
    int accepted;
};
void echo_open(sbn_runtime *rt, struct echo *echo, const char *host);
void echo_open_backlog(sbn_runtime *rt, struct echo *echo, const char *host,
                       int backlog);

/* A plain socket that listens and takes nothing by itself. */
struct listening {
    int fd;
    uint16_t port;
};
void listening_open(struct listening *listening);
void listening_close(struct listening *listening);

void run_until(sbn_runtime *rt, const bool *flag);
void run_until_int(sbn_runtime *rt, const int *value, int wanted);
void run_until_size(sbn_runtime *rt, const size_t *value, size_t wanted);
void set_true(void *data);
/* A Unix socket's path that is this test's own. */
const char *socket_path(void);
/* Stands still without turning the loop, for tests of just that. */
void wait_ms(int ms);

#endif
