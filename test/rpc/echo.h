/* SPDX-License-Identifier: Apache-2.0 */
/* A small service for tests of the client: a text that comes back, a one-way
 * note, and an operation without arguments and results. */
#ifndef TEST_RPC_ECHO_H
#define TEST_RPC_ECHO_H

#include <sebon.h>

struct echo_text {
    const char *text;
};

/* The result, as the event has it. */
struct echo_completed {
    SBN_COMPLETED;
    const char *text;
};

struct echo_events {
    void (*completed)(sbn_client *sender, const struct echo_completed *e,
                      void *data);
};

enum { ECHO, NOTE, PING, ECHO_OPERATIONS };

extern const sbn_operation echo_operations[ECHO_OPERATIONS];
extern const sbn_contract echo_contract;

/* The messages as they look on the wire. */
#define ENVELOPE(body)                                                         \
    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"       \
    "<s:Body>" body "</s:Body></s:Envelope>"
#define ECHO_REPLY(text)                                                       \
    ENVELOPE("<EchoResponse xmlns=\"urn:echo\"><result>" text                  \
             "</result></EchoResponse>")
#define FAULT(text)                                                            \
    ENVELOPE("<s:Fault><faultcode>s:Client</faultcode><faultstring>" text      \
             "</faultstring></s:Fault>")

#endif
