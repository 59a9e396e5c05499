/* SPDX-License-Identifier: Apache-2.0 */
/* The other ends: a raw stream on the same loop, a plain blocking socket, and a
 * service over sbn__http_server. */
#ifndef TEST_HTTP_PEER_H
#define TEST_HTTP_PEER_H

#include "runtime/http/server.h"
#include "runtime/net/runtime.h"
#include "runtime/net/stream.h"
#include "test/http/exchange.h"
#include "test/support/test.h"

#define RUN_UNTIL(rt, condition)                                               \
    do {                                                                       \
        while (!(condition))                                                   \
            sbn__runtime_turn(rt);                                             \
    } while (0)

/* ---- A raw stream ------------------------------------------------------------- */

struct raw {
    struct sbn__stream *stream;
    struct text in;
    bool connected, ended;
    sbn_status status;
};
void raw_connect(sbn_runtime *rt, struct raw *raw, uint16_t port);
/* For a stream that a listener accepted. */
void raw_accept(struct raw *raw, struct sbn__stream *stream);
void raw_send(struct raw *raw, const char *text);
/* Whether text has arrived. */
bool raw_has(const struct raw *raw, const char *text);
void raw_close(struct raw *raw);

/* ---- A plain socket ------------------------------------------------------------ */

int plain_connect(uint16_t port);
int plain_listen(uint16_t *ret_port);
void plain_send(int fd, const char *text);
/* What comes until the peer ends its side; free() it. */
char *plain_read_all(int fd);

/* How often needle occurs. */
size_t count_of(const char *text, const char *needle);

/* ---- A service -------------------------------------------------------------------- */

enum { SERVICE_HELD = 2048 };

/*
 * By the first letters of the target: "/now" is answered when it is whole,
 * "/hold" waits for service_answer, "/drop" as well, but is answered when its
 * client goes, "/extra" has a head longer than the room kept for it, "/early" is answered with 405 as soon as
 * its head is there, "/big" with 64 KiB, "/fail" makes on_request fail.
 * The body of an answer is the target.
 */
struct service {
    sbn_runtime *rt;
    struct sbn__http_server *server;
    struct sbn__http_server_options options;
    size_t requests, wholes, aborts, body_bytes;
    struct sbn__http_transaction *held[SERVICE_HELD];
    size_t held_count;
    bool closed;
};
/* Default options; change service->options before service_open. */
void service_init(struct service *service, sbn_runtime *rt);
sbn_status service_open(struct service *service);
uint16_t service_port(const struct service *service);
/* Answers the oldest that is held. */
void service_answer(struct service *service);
/* Drains and turns the loop until it is closed. */
void service_close(struct service *service);

sbn_runtime *runtime_open(const sbn_allocator *mem);

#endif
