/* SPDX-License-Identifier: Apache-2.0 */
/* The reader's inside, shared by its files: reader.c feeds bytes, sax.c turns
 * libxml2's events into ours, guard.c watches start tags that do not end. */
#ifndef SBN_XML_SAX_H
#define SBN_XML_SAX_H

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "runtime/xml/reader.h"

enum {
    SBN__XML_PIECE = 4096,     /* smaller pieces are collected up to this */
    SBN__XML_SLICE = 8192,     /* larger ones reach libxml2 in these steps */
    SBN__XML_BINDINGS = 1024,  /* namespace declarations in scope at once */
    SBN__XML_ATTRIBUTES = 256, /* default of max_attributes */
    SBN__XML_FEW = 8           /* attributes kept without an allocation */
};

#if LIBXML_VERSION >= 21200
typedef const xmlError *sbn__xml_native_error;
#else
typedef xmlError *sbn__xml_native_error;
#endif

struct sbn__xml_open {
    const char *local;
    size_t bindings; /* in scope outside of it */
};

struct sbn__xml_binding {
    const char *prefix; /* NULL: the default namespace */
    const char *uri;    /* NULL: none */
};

struct sbn__xml_reader {
    struct sbn__xml_pool *pool;
    struct sbn__xml_reader *next; /* of the pool's free ones */
    const sbn_allocator *mem;
    xmlParserCtxtPtr parser;
    struct sbn__xml_limits limits;
    const struct sbn__xml_events *events;
    void *data;
    struct sbn_error *error;
    sbn_status status; /* sticky */
    bool started;      /* libxml2 has seen the first bytes */
    size_t fed;        /* bytes of this document */

    struct sbn__xml_open *open;
    size_t depth, open_room;
    struct sbn__xml_binding *bindings;
    size_t binding_count, binding_room;
    struct sbn__xml_attribute *attributes, few[SBN__XML_FEW];
    size_t attribute_room;

    char *piece; /* what is collected; NULL until it is needed */
    size_t piece_size;

    /* Of the start tag that libxml2 holds unfinished. */
    size_t scanned; /* bytes looked at */
    size_t equals;  /* equals signs outside quotes */
    char quote;     /* 0: outside */
};

/* Records the first failure, with the position, and stops the parser. */
sbn_status sbn__xml_fail(struct sbn__xml_reader *reader, sbn_status status,
                         int native, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same at a place known already. */
sbn_status sbn__xml_fail_at(struct sbn__xml_reader *reader, sbn_status status,
                            int native, uint32_t line, uint32_t column,
                            const char *text);

void sbn__xml_fill_sax(xmlSAXHandler *sax);
/* What libxml2 complains about. data is the reader. */
void sbn__xml_on_native_error(void *data, sbn__xml_native_error error);
/* After each step: the start tag held back by libxml2 keeps the limits. */
void sbn__xml_guard(struct sbn__xml_reader *reader);

#endif
