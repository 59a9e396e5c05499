/* SPDX-License-Identifier: Apache-2.0 */
/* What the client's tests share: a runtime with a client of the echo service,
 * and calls that count how often they complete. */
#ifndef TEST_RPC_CLIENT_SUPPORT_H
#define TEST_RPC_CLIENT_SUPPORT_H

#include <sebon.h>

#include "runtime/rpc/call.h"
#include "test/rpc/echo.h"
#include "test/rpc/peer.h"
#include "test/support/test.h"

struct fixture {
    struct test_memory memory;
    struct peer *peer;
    sbn_runtime *rt;
    sbn_client *client;
};

/* options may be NULL. */
void fixture_start(struct fixture *f, struct peer *peer,
                   const sbn_client_options *options);
/* Frees what is left, and checks that no memory is. */
void fixture_stop(struct fixture *f);

struct counted {
    sbn_call *call;
    int completions;
    sbn_status status; /* of the last completion */
};

void counted_new(struct counted *c, struct fixture *f);
/* An sbn_call_fn; state is the struct counted. */
void counted_done(sbn_call *call, void *state);

/* Begins an Echo of text that must begin, and must not complete at once. */
void begin_echo(struct fixture *f, struct counted *c, const char *text);
/* The text that came back; the call must have succeeded. */
const char *end_echo(sbn_call *call);

/* Turns the loop until the call is there. */
void turn_until(struct fixture *f, const sbn_call *call,
                enum sbn__call_state state);
/* sbn_runtime_run, which must go well. */
void run_until_idle(struct fixture *f);
/* The call's deadline is now. */
void pass_deadline(struct fixture *f, sbn_call *call);

/* text repeated to size bytes; free() it. */
char *big_text(size_t size);

#define CHECK_CONTAINS(text, part)                                             \
    do {                                                                       \
        if (strstr((text), (part)) == NULL)                                    \
            test_fail(__FILE__, __LINE__, "\"%s\" has no \"%s\"", (text),      \
                      (part));                                                 \
    } while (0)

#endif
