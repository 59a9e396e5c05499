/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a message's reader: reader.c is its life, envelope.c what it
 * reads. */
#ifndef SBN_SOAP_ENVELOPE_H
#define SBN_SOAP_ENVELOPE_H

#include <string.h>

#include "runtime/soap/fault.h"
#include "runtime/soap/refs.h"

enum sbn__envelope_state {
    STATE_START,    /* waits for Envelope */
    STATE_ENVELOPE, /* in it, before Header and Body */
    STATE_HEADER,   /* in Header */
    STATE_ENTRY,    /* in a header entry, which is passed over */
    STATE_VALUE,    /* in a header entry that is decoded */
    STATE_AFTER,    /* after Header, waits for Body */
    STATE_BODY,     /* in Body, before its element */
    STATE_DECODE,   /* in the body's element, or elements */
    STATE_CAPTURE,  /* in an element of an encoded body */
    STATE_BODY_END, /* in Body, after its element */
    STATE_TRAILER,  /* after Body */
    STATE_DONE      /* after Envelope */
};

struct sbn__soap_reader {
    struct sbn__soap_pool *pool;
    struct sbn__soap_reader *next;
    struct sbn__xml_reader *xml;
    struct sbn__arena *arena;
    struct sbn_error *error;
    const struct sbn__soap_events *events;
    sbn_status (*on_header)(void *data, const char *ns, const char *local,
                            struct sbn__soap_target *target);
    void *data;

    enum sbn__envelope_state state;
    enum sbn__soap_version version;
    const char *ns; /* of the envelope, interned */
    size_t entry_depth;
    bool in_body;
    const struct sbn__soap_unknown *not_understood, **not_understood_end;
    struct sbn__fault *fault; /* NULL: the body is none */
    bool several;             /* the body may have more than one element */
    struct sbn__soap_target target; /* of an encoded body */
    struct sbn__refs refs;
    struct sbn__decoder decoder;
};

extern const struct sbn__xml_events sbn__envelope_events;

struct sbn__xml_pool *sbn__soap_pool_xml(struct sbn__soap_pool *pool);
const sbn_allocator *sbn__soap_pool_mem(const struct sbn__soap_pool *pool);

static inline const char *
sbn__or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

#endif
