/* SPDX-License-Identifier: Apache-2.0 */
/* Reading one message of shapes.h in a test, and saying what came of it. */
#ifndef TEST_SOAP_MESSAGE_H
#define TEST_SOAP_MESSAGE_H

#include "runtime/base/arena.h"
#include "runtime/base/buf.h"
#include "runtime/base/error.h"
#include "runtime/soap/message.h"

#include "test/soap/shapes.h"

struct message {
    const sbn_allocator *mem;
    struct sbn__soap_pool *pool;
    struct sbn__arena arena;
    struct sbn_error error;
    struct sbn__soap_reader *reader;
    const sbn_field *field; /* what the body is; NULL: empty, or none yet */
    void *value;
};

/* Everything of a message; SBN_ENOMEM. */
sbn_status message_open(struct message *message, const sbn_allocator *mem);
void message_close(struct message *message);

/* A reader for a new message. */
sbn_status message_begin(struct message *message);

/* Reads the bytes in pieces of the given size (0: whole), or, with cut > 0, in
 * two pieces. */
sbn_status message_read(struct message *message, const char *bytes,
                        size_t size, size_t piece, size_t cut);

/* Status, place, fault, headers and the value written anew, as lines of text;
 * positions only when told. */
void message_describe(struct message *message, sbn_status status,
                      bool positions, struct sbn__buf *out);

#endif
