/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Incremental XML reading: bytes in, events out, over libxml2's SAX2 push
 * interface. Parser contexts are kept for reuse in a pool, and recycled before
 * their name dictionary grows (a peer chooses the names).
 *
 * A DOCTYPE is refused (SOAP 1.1, 3; SOAP 1.2 Part 1, 5), and so every entity
 * but XML's own five; processing instructions and comments are passed over.
 */
#ifndef SBN_XML_READER_H
#define SBN_XML_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/memory.h>
#include <sebon/status.h>

#include "runtime/base/error.h"

struct sbn__xml_pool;
struct sbn__xml_reader;

struct sbn__xml_limits {
    uint32_t max_depth;      /* of elements */
    uint32_t max_attributes; /* of one element, xmlns included; 0: 256 */
};

struct sbn__xml_attribute {
    const char *ns;    /* NULL: none */
    const char *local;
    const char *prefix;
    const char *value; /* NOT NUL-terminated; references are resolved */
    size_t size;
};

/* Names are NUL-terminated and interned: equal names of one message have equal
 * addresses, which stay valid until the reader is closed. */
struct sbn__xml_element {
    const char *ns; /* NULL: none */
    const char *local;
    const char *prefix; /* NULL: none */
    size_t attribute_count;
    const struct sbn__xml_attribute *attributes; /* without xmlns */
    size_t namespace_count;
    const char *const *namespaces; /* declared here: prefix, URI, prefix ... */
};

/* Anything but SBN_OK stops the reader; feed returns it. */
struct sbn__xml_events {
    sbn_status (*on_start)(void *data, const struct sbn__xml_element *element);
    sbn_status (*on_end)(void *data);
    /* May come in pieces. */
    sbn_status (*on_text)(void *data, const char *text, size_t size);
};

sbn_status sbn__xml_pool_new(const sbn_allocator *mem,
                             struct sbn__xml_pool **ret_pool);
void sbn__xml_pool_free(struct sbn__xml_pool *pool);

/* error may be NULL. SBN_ENOMEM. */
sbn_status sbn__xml_reader_open(struct sbn__xml_pool *pool,
                                const struct sbn__xml_limits *limits,
                                const struct sbn__xml_events *events,
                                void *data, struct sbn_error *error,
                                struct sbn__xml_reader **ret_reader);
/*
 * Small pieces are collected before they reach libxml2 (feeding it byte by byte
 * costs seven times as much), so events may lag behind; last says that the
 * document ends with these bytes. After a failure every call returns it again.
 *
 * SBN_EXML  not well-formed, or with a DOCTYPE; the error has line, column
 * SBN_ELIMIT, SBN_ENOMEM, or what an event returned
 */
sbn_status sbn__xml_reader_feed(struct sbn__xml_reader *reader,
                                const char *bytes, size_t size, bool last);
/* Back into the pool. NULL does nothing. */
void sbn__xml_reader_close(struct sbn__xml_reader *reader);

/* As the XML declaration names the encoding; NULL: it does not. Valid from the
 * first event on. */
const char *sbn__xml_reader_encoding(const struct sbn__xml_reader *reader);

/* Where the reader is, from 1. */
void sbn__xml_reader_position(const struct sbn__xml_reader *reader,
                              uint32_t *ret_line, uint32_t *ret_column);
/* The URI bound to prefix (NULL: the default namespace) here, or NULL. Valid
 * until on_start/on_end return; for QName values and xsi:type. */
const char *sbn__xml_reader_lookup(const struct sbn__xml_reader *reader,
                                   const char *prefix, size_t size);
/* The same, with the prefix as the document's names have it (interned); false:
 * not declared. */
bool sbn__xml_reader_find(const struct sbn__xml_reader *reader,
                          const char *prefix, size_t size,
                          const char **ret_prefix, const char **ret_uri);
/* The names of the open elements, outermost first: "/Envelope/Body/Add"; NULL:
 * no memory. */
char *sbn__xml_reader_path(const struct sbn__xml_reader *reader,
                           struct sbn__arena *arena);

#endif
