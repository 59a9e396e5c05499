/* SPDX-License-Identifier: Apache-2.0 */
/* libxml2's events, checked and turned into ours. */
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/xml/sax.h"

/* Room for one more of *room items of size; false: SBN_ENOMEM. */
static bool
make_room(struct sbn__xml_reader *reader, void **items, size_t *room,
          size_t needed, size_t size)
{
    size_t more = *room == 0 ? 16 : *room;
    void *grown;

    if (needed <= *room)
        return true;
    while (more < needed)
        more *= 2;
    grown = sbn__realloc(reader->mem, *items, more * size);
    if (grown == NULL) {
        sbn__xml_fail(reader, SBN_ENOMEM, 0, "out of memory");
        return false;
    }
    *items = grown;
    *room = more;
    return true;
}

static bool
push_open(struct sbn__xml_reader *reader, const char *local)
{
    if (reader->depth >= reader->limits.max_depth) {
        sbn__xml_fail(reader, SBN_ELIMIT, 0,
                      "elements are nested deeper than max_depth (%u)",
                      reader->limits.max_depth);
        return false;
    }
    if (reader->depth == reader->open_room &&
        !make_room(reader, (void **)&reader->open, &reader->open_room,
                   reader->depth + 1, sizeof(*reader->open)))
        return false;
    reader->open[reader->depth].local = local;
    reader->open[reader->depth].bindings = reader->binding_count;
    reader->depth++;
    return true;
}

static bool
push_bindings(struct sbn__xml_reader *reader, size_t count,
              const xmlChar **namespaces)
{
    struct sbn__xml_binding *binding;
    size_t i;

    if (reader->binding_count + count > SBN__XML_BINDINGS) {
        sbn__xml_fail(reader, SBN_ELIMIT, 0,
                      "more than %d namespace declarations in scope",
                      SBN__XML_BINDINGS);
        return false;
    }
    if (!make_room(reader, (void **)&reader->bindings, &reader->binding_room,
                   reader->binding_count + count, sizeof(*reader->bindings)))
        return false;
    for (i = 0; i < count; i++) {
        const char *uri = (const char *)namespaces[2 * i + 1];

        binding = &reader->bindings[reader->binding_count++];
        binding->prefix = (const char *)namespaces[2 * i];
        binding->uri = uri != NULL && uri[0] != '\0' ? uri : NULL;
    }
    return true;
}

/* libxml2 gives five pointers an attribute: local, prefix, URI, value, end. */
static bool
fill_attributes(struct sbn__xml_reader *reader, size_t count,
                const xmlChar **from)
{
    struct sbn__xml_attribute *to;
    size_t i;

    if (count > reader->attribute_room) {
        void *items =
            reader->attributes == reader->few ? NULL : reader->attributes;
        size_t room = items == NULL ? 0 : reader->attribute_room;

        if (!make_room(reader, &items, &room, count, sizeof(*to)))
            return false;
        reader->attributes = items;
        reader->attribute_room = room;
    }
    for (i = 0; i < count; i++, from += 5) {
        to = &reader->attributes[i];
        to->local = (const char *)from[0];
        to->prefix = (const char *)from[1];
        to->ns = (const char *)from[2];
        to->value = (const char *)from[3];
        to->size = (size_t)(from[4] - from[3]);
        if (to->prefix != NULL && to->ns == NULL) {
            sbn__xml_fail(reader, SBN_EXML, XML_NS_ERR_UNDEFINED_NAMESPACE,
                          "prefix \"%.40s\" is not declared", to->prefix);
            return false;
        }
    }
    return true;
}

/* An event may have failed without a text of its own. */
static void
stop(struct sbn__xml_reader *reader, sbn_status status)
{
    if (reader->status == SBN_OK)
        reader->status = status;
    xmlStopParser(reader->parser);
}

static bool
is_over(struct sbn__xml_reader *reader)
{
    if (reader->status == SBN_OK)
        return false;
    xmlStopParser(reader->parser);
    return true;
}

static void
on_start(void *data, const xmlChar *local, const xmlChar *prefix,
         const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
         int attribute_count, int defaulted, const xmlChar **attributes)
{
    struct sbn__xml_reader *reader = data;
    struct sbn__xml_element element;
    sbn_status status;

    if (is_over(reader))
        return;
    if (local == NULL) {
        sbn__xml_fail(reader, SBN_ENOMEM, 0, "out of memory");
        return;
    }
    if (prefix != NULL && uri == NULL) {
        sbn__xml_fail(reader, SBN_EXML, XML_NS_ERR_UNDEFINED_NAMESPACE,
                      "prefix \"%.40s\" is not declared", (const char *)prefix);
        return;
    }
    if ((size_t)attribute_count + (size_t)namespace_count >
        reader->limits.max_attributes) {
        sbn__xml_fail(reader, SBN_ELIMIT, 0,
                      "an element has more than max_attributes (%u) attributes",
                      reader->limits.max_attributes);
        return;
    }
    if (!push_open(reader, (const char *)local) ||
        (namespace_count > 0 &&
         !push_bindings(reader, (size_t)namespace_count, namespaces)) ||
        (attribute_count > 0 &&
         !fill_attributes(reader, (size_t)attribute_count, attributes)))
        return;
    element.ns = (const char *)uri;
    element.local = (const char *)local;
    element.prefix = (const char *)prefix;
    element.attribute_count = (size_t)attribute_count;
    element.attributes = reader->attributes;
    element.namespace_count = (size_t)namespace_count;
    element.namespaces = (const char *const *)namespaces;
    status = reader->events->on_start(reader->data, &element);
    if (status != SBN_OK)
        stop(reader, status);
}

static void
on_end(void *data, const xmlChar *local, const xmlChar *prefix,
       const xmlChar *uri)
{
    struct sbn__xml_reader *reader = data;
    sbn_status status;

    if (is_over(reader) || reader->depth == 0)
        return;
    status = reader->events->on_end(reader->data);
    reader->depth--;
    reader->binding_count = reader->open[reader->depth].bindings;
    if (status != SBN_OK)
        stop(reader, status);
}

static void
on_text(void *data, const xmlChar *text, int size)
{
    struct sbn__xml_reader *reader = data;
    sbn_status status;

    if (is_over(reader))
        return;
    status =
        reader->events->on_text(reader->data, (const char *)text, (size_t)size);
    if (status != SBN_OK)
        stop(reader, status);
}

/* SOAP 1.1, 3: "A SOAP message MUST NOT contain a Document Type Declaration."
 */
static void
on_doctype(void *data, const xmlChar *name, const xmlChar *external,
           const xmlChar *system)
{
    sbn__xml_fail(data, SBN_EXML, 0, "a DOCTYPE is not allowed in SOAP");
}

/* Errors of namespaces are none of well-formedness for libxml2. That a URI is
 * odd or relative is only said, and not our business. */
static bool
is_failure(sbn__xml_native_error error)
{
    if (error->level == XML_ERR_FATAL)
        return true;
    switch (error->code) {
    case XML_ERR_NO_MEMORY:
    case XML_NS_ERR_XML_NAMESPACE:
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
    case XML_NS_ERR_QNAME:
    case XML_NS_ERR_ATTRIBUTE_REDEFINED:
    case XML_NS_ERR_EMPTY:
        return true;
    default:
        return false;
    }
}

void
sbn__xml_on_native_error(void *data, sbn__xml_native_error error)
{
    struct sbn__xml_reader *reader = data;
    char text[160];
    size_t size;

    if (reader == NULL || reader->status != SBN_OK || !is_failure(error))
        return;
    if (error->code == XML_ERR_NO_MEMORY) {
        sbn__xml_fail_at(reader, SBN_ENOMEM, error->code, 0, 0,
                         "out of memory");
        return;
    }
    if (error->code == XML_ERR_DOCUMENT_END && reader->depth > 0) {
        /* for libxml2 anything but an end tag is extra content */
        sbn__xml_fail_at(reader, SBN_EXML, error->code, (uint32_t)error->line,
                         (uint32_t)error->int2,
                         "the document ends inside an element");
        return;
    }
    /* The first line; what follows are bytes of the document. */
    size = error->message == NULL ? 0 : strcspn(error->message, "\n");
    if (size >= sizeof(text))
        size = sizeof(text) - 1;
    memcpy(text, size > 0 ? error->message : "", size);
    text[size] = '\0';
    sbn__xml_fail_at(reader, SBN_EXML, error->code,
                     error->line > 0 ? (uint32_t)error->line : 0,
                     error->int2 > 0 ? (uint32_t)error->int2 : 0, text);
}

void
sbn__xml_fill_sax(xmlSAXHandler *sax)
{
    memset(sax, 0, sizeof(*sax));
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->characters = on_text;
    sax->ignorableWhitespace = on_text;
    sax->cdataBlock = on_text;
    sax->internalSubset = on_doctype;
    sax->serror = sbn__xml_on_native_error;
}
