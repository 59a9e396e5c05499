/* SPDX-License-Identifier: Apache-2.0 */
/* Exchanges of the client that keep what they were told. */
#ifndef TEST_HTTP_COUNTED_H
#define TEST_HTTP_COUNTED_H

#include "runtime/http/client.h"
#include "test/http/peer.h"

/* Zero it before its first use; body is to be given to text_fini. */
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

extern const struct sbn__http_exchange_events counted_events;

/* A small POST. Its status is submit's. */
sbn_status counted_submit(struct sbn__http_endpoint *endpoint,
                          struct counted *c, const char *target);

struct sbn__http_endpoint_options client_options(void);
/* To 127.0.0.1; options NULL: those above. */
struct sbn__http_endpoint *
client_open(sbn_runtime *rt, uint16_t port,
            const struct sbn__http_endpoint_options *options);

#endif
