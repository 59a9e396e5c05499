/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the server's tests share: operations of the shop, a runtime with a
 * server of it at /shop on a free port, and clients that are plain sockets. All
 * is one thread: to wait is to turn the loop.
 */
#ifndef TEST_RPC_SERVER_SUPPORT_H
#define TEST_RPC_SERVER_SUPPORT_H

#include <sebon.h>

#include "test/rpc/server_shop.h"
#include "test/support/test.h"

/* Operations of which a test asks no more than that they are there. An order
 * is answered with "done". */
sbn_status shop_order(sbn_request *request, const char *item, int32_t count,
                      const char **ret_receipt);
sbn_status shop_end_order(sbn_request *request, const char **ret_receipt);
sbn_status shop_notify(sbn_request *request, const char *text);
sbn_status shop_plain(sbn_request *request);
/* Complete at once; the item is the state of the request. */
sbn_status shop_begin_order(sbn_request *request, const char *item,
                            int32_t count);

/* The members of a shop_service for all but Order and Notify. */
#define SHOP_PLAIN                                             \
    .ping = shop_plain, .red = shop_plain, .blue = shop_plain, \
    .left_twin = shop_plain, .right_twin = shop_plain

/* shop_order, shop_notify and shop_plain. */
extern const struct shop_service shop_plain_service;

struct server_fixture {
    sbn_runtime *rt;
    sbn_server *server;
    bool closed; /* server_close was called, and the server has gone */
};

/* Any of the options may be NULL. */
void server_start(struct server_fixture *f, const sbn_allocator *allocator,
                  const struct shop_service *service,
                  const sbn_service_options *options,
                  const sbn_server_options *server_options);
/* Closes what is open, with no time for what is in flight. */
void server_stop(struct server_fixture *f);
/* Closes the server; f->closed tells when it has gone. */
void server_close(struct server_fixture *f, uint32_t deadline);

/* Turns the loop once: waits for anything, but for no longer than a second. */
void server_turn(struct server_fixture *f);
/* Turns while condition holds; a test that waits for ever ends by its alarm. */
#define SERVER_TURN_WHILE(f, condition)                                        \
    do {                                                                       \
        while (condition)                                                      \
            server_turn(f);                                                    \
    } while (0)

/* A client: a connection, and what came back on it. */
struct raw {
    struct server_fixture *f;
    int fd;
    const char *path; /* of requests; "/shop" */
    char *in; /* NUL-terminated, may be NULL */
    size_t in_size, in_room;
    bool ended; /* the server hung up */
};

/* Blocks until the kernel has connected. */
void raw_connect(struct raw *raw, struct server_fixture *f);
void raw_close(struct raw *raw);
/* A TCP reset. */
void raw_reset(struct raw *raw);
void raw_send(struct raw *raw, const char *bytes, size_t size);
/* Reads what is there; whether that is a response, or the end. */
bool raw_has_response(struct raw *raw);
/* Turns the loop until a whole response is there; its size, 0 when the server
 * hung up before. It stays in raw->in until raw_drop. */
size_t raw_await(struct raw *raw);
/* Forgets the first size bytes. */
void raw_drop(struct raw *raw, size_t size);
/* await and drop; the status, and the body into ret_body (may be NULL, else
 * free() it). */
int raw_response(struct raw *raw, char **ret_body);

/* Sends body as a request of SOAP 1.1; action NULL: none. */
void raw_post(struct raw *raw, const char *action, const char *body);
/* An order of count apples. */
void raw_order(struct raw *raw, int count);
/* The reply to it: 200 with this receipt. */
void raw_check_receipt(struct raw *raw, const char *receipt);
/* 500 with this fault code and text. */
void raw_check_fault(struct raw *raw, const char *code, const char *text);

#define SHOP_ENVELOPE(body)                                                    \
    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"       \
    "<s:Body>" body "</s:Body></s:Envelope>"

#endif
