/* SPDX-License-Identifier: Apache-2.0 */
/* The envelope, read: who may stand where, and to whom the body goes. */
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/soap/codec.h"
#include "runtime/soap/fault.h"

enum { FREE_READERS = 16 };

enum state {
    STATE_START,    /* waits for Envelope */
    STATE_ENVELOPE, /* in it, before Header and Body */
    STATE_HEADER,   /* in Header */
    STATE_ENTRY,    /* in a header entry, which is passed over */
    STATE_AFTER,    /* after Header, waits for Body */
    STATE_BODY,     /* in Body, before its element */
    STATE_DECODE,   /* in the body's element */
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
    void *data;

    enum state state;
    enum sbn__soap_version version;
    const char *ns; /* of the envelope, interned */
    size_t entry_depth;
    bool in_body;
    sbn_qname not_understood;
    struct sbn__fault *fault; /* NULL: the body is none */
    struct sbn__decoder decoder;
};

struct sbn__soap_pool {
    const sbn_allocator *mem;
    struct sbn__xml_pool *xml;
    struct sbn__soap_reader *free;
    size_t free_count;
};

static sbn_status
violated(struct sbn__soap_reader *reader, const char *text)
{
    return sbn__decode_fail(&reader->decoder, SBN_EPROTO, NULL, "%s", text);
}

/* ---- Envelope and Header ------------------------------------------------- */

static sbn_status
start_envelope(struct sbn__soap_reader *reader,
               const struct sbn__xml_element *element)
{
    const char *ns = element->ns == NULL ? "" : element->ns;

    if (strcmp(element->local, "Envelope") != 0)
        return sbn__decode_fail(&reader->decoder, SBN_EPROTO, NULL,
                                "the document is no SOAP envelope: its root "
                                "is %.60s",
                                element->local);
    if (strcmp(ns, SBN__NS_SOAP11) == 0)
        reader->version = SBN__SOAP_11;
    else if (strcmp(ns, SBN__NS_SOAP12) == 0)
        reader->version = SBN__SOAP_12;
    else
        return sbn__decode_fail(&reader->decoder, SBN_EPROTO, NULL,
                                "unknown SOAP version: an Envelope of "
                                "namespace \"%.100s\"",
                                ns);
    reader->ns = element->ns;
    reader->state = STATE_ENVELOPE;
    return SBN_OK;
}

static bool
is_soap(const struct sbn__soap_reader *reader,
        const struct sbn__xml_element *element, const char *local)
{
    return element->ns == reader->ns && strcmp(element->local, local) == 0;
}

/* BP 1.1, R1011 asks for no element after Body; SOAP 1.2 has none. */
static sbn_status
start_part(struct sbn__soap_reader *reader,
           const struct sbn__xml_element *element)
{
    if (is_soap(reader, element, "Body")) {
        if (reader->state == STATE_TRAILER)
            return violated(reader, "a second Body");
        reader->state = STATE_BODY;
        return SBN_OK;
    }
    if (is_soap(reader, element, "Header")) {
        if (reader->state == STATE_TRAILER)
            return violated(reader, "Header after Body");
        if (reader->state == STATE_AFTER)
            return violated(reader, "a second Header");
        reader->state = STATE_HEADER;
        return SBN_OK;
    }
    return sbn__decode_fail(&reader->decoder, SBN_EPROTO, NULL,
                            "%.60s where Header or Body is expected",
                            element->local);
}

static bool
equals(const struct sbn__xml_attribute *attribute, const char *text)
{
    return attribute->size == strlen(text) &&
           memcmp(attribute->value, text, attribute->size) == 0;
}

/* SOAP 1.1, 4.2.2; SOAP 1.2 Part 1, 2.2: whether we are meant. */
static bool
is_for_us(const struct sbn__xml_attribute *role)
{
    return role == NULL || role->size == 0 ||
           equals(role, "http://schemas.xmlsoap.org/soap/actor/next") ||
           equals(role, SBN__NS_SOAP12 "/role/next") ||
           equals(role, SBN__NS_SOAP12 "/role/ultimateReceiver");
}

static sbn_status
start_entry(struct sbn__soap_reader *reader,
            const struct sbn__xml_element *element)
{
    const char *role_name = reader->version == SBN__SOAP_11 ? "actor" : "role";
    const struct sbn__xml_attribute *must = NULL, *role = NULL;
    size_t i;

    reader->state = STATE_ENTRY;
    reader->entry_depth = 1;
    for (i = 0; i < element->attribute_count; i++) {
        if (element->attributes[i].ns != reader->ns)
            continue;
        if (strcmp(element->attributes[i].local, "mustUnderstand") == 0)
            must = &element->attributes[i];
        else if (strcmp(element->attributes[i].local, role_name) == 0)
            role = &element->attributes[i];
    }
    if (must == NULL || equals(must, "0") || equals(must, "false"))
        return SBN_OK;
    if (!equals(must, "1") && !equals(must, "true"))
        return violated(reader, "mustUnderstand is neither 0 nor 1");
    if (!is_for_us(role) || reader->not_understood.local != NULL)
        return SBN_OK;
    reader->not_understood.ns = sbn__arena_strdup(reader->arena, element->ns);
    reader->not_understood.local =
        sbn__arena_strdup(reader->arena, element->local);
    if (reader->not_understood.local == NULL ||
        (element->ns != NULL && reader->not_understood.ns == NULL))
        return sbn__decode_no_memory(&reader->decoder);
    return SBN_OK;
}

/* ---- Body ---------------------------------------------------------------- */

static sbn_status
start_fault(struct sbn__soap_reader *reader,
            const struct sbn__xml_element *element)
{
    const sbn_contract *contract;
    const sbn_field *field;

    reader->fault = sbn__arena_alloc(reader->arena, sizeof(*reader->fault));
    if (reader->fault == NULL)
        return sbn__decode_no_memory(&reader->decoder);
    sbn__fault_target(reader->version, &contract, &field);
    reader->decoder.lenient = true;
    return sbn__decode_root(&reader->decoder, contract, field, reader->fault,
                            element);
}

static const char *
or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static sbn_status
start_body_element(struct sbn__soap_reader *reader,
                   const struct sbn__xml_element *element)
{
    struct sbn__soap_target target = {NULL, NULL, NULL};
    sbn_status status;
    const char *ns;

    reader->state = STATE_DECODE;
    reader->in_body = true;
    if (is_soap(reader, element, "Fault"))
        return start_fault(reader, element);
    status = reader->events->on_body(reader->data, element->ns, element->local,
                                     &target);
    if (status != SBN_OK)
        return sbn__decode_fail(&reader->decoder, status, NULL,
                                "{%.100s}%.60s is not expected here",
                                or_empty(element->ns), element->local);
    if (target.field == NULL)
        return sbn__decode_fail(&reader->decoder, SBN_EDECODE, NULL,
                                "the body must be empty");
    ns = target.contract->namespaces[target.field->ns];
    if (strcmp(target.field->name, element->local) != 0 ||
        strcmp(or_empty(ns), or_empty(element->ns)) != 0)
        return sbn__decode_fail(&reader->decoder, SBN_EDECODE, NULL,
                                "{%.100s}%.60s, expected {%.100s}%.60s",
                                or_empty(element->ns), element->local,
                                or_empty(ns), target.field->name);
    return sbn__decode_root(&reader->decoder, target.contract, target.field,
                            target.base, element);
}

static sbn_status
end_empty_body(struct sbn__soap_reader *reader)
{
    struct sbn__soap_target target = {NULL, NULL, NULL};
    sbn_status status;

    reader->in_body = true;
    status = reader->events->on_body(reader->data, NULL, NULL, &target);
    if (status != SBN_OK)
        return sbn__decode_fail(&reader->decoder, status, NULL,
                                "an empty body is not expected here");
    if (target.field != NULL)
        return sbn__decode_fail(
            &reader->decoder, SBN_EDECODE, target.field->name,
            "the body is empty, %.60s expected", target.field->name);
    return SBN_OK;
}

/* ---- Events of the XML reader -------------------------------------------- */

static sbn_status
on_start(void *data, const struct sbn__xml_element *element)
{
    struct sbn__soap_reader *reader = data;

    switch (reader->state) {
    case STATE_START:
        return start_envelope(reader, element);
    case STATE_ENVELOPE:
    case STATE_AFTER:
    case STATE_TRAILER:
        return start_part(reader, element);
    case STATE_HEADER:
        return start_entry(reader, element);
    case STATE_ENTRY:
        reader->entry_depth++;
        return SBN_OK;
    case STATE_BODY:
        return start_body_element(reader, element);
    case STATE_DECODE:
        return sbn__decode_start(&reader->decoder, element);
    case STATE_BODY_END:
        return violated(reader, "a second element in Body");
    case STATE_DONE:
        break;
    }
    return violated(reader, "an element after the envelope");
}

static sbn_status
on_end(void *data)
{
    struct sbn__soap_reader *reader = data;
    sbn_status status;

    switch (reader->state) {
    case STATE_ENTRY:
        if (--reader->entry_depth == 0)
            reader->state = STATE_HEADER;
        return SBN_OK;
    case STATE_HEADER:
        reader->state = STATE_AFTER;
        return SBN_OK;
    case STATE_DECODE:
        status = sbn__decode_end(&reader->decoder);
        if (status == SBN_OK && !sbn__decode_is_open(&reader->decoder))
            reader->state = STATE_BODY_END;
        return status;
    case STATE_BODY:
        reader->state = STATE_TRAILER;
        return end_empty_body(reader);
    case STATE_BODY_END:
        reader->state = STATE_TRAILER;
        return SBN_OK;
    case STATE_TRAILER:
        reader->state = STATE_DONE;
        return SBN_OK;
    default:
        return violated(reader, "an envelope without Body");
    }
}

static sbn_status
on_text(void *data, const char *text, size_t size)
{
    struct sbn__soap_reader *reader = data;
    size_t i;

    if (reader->state == STATE_DECODE)
        return sbn__decode_text(&reader->decoder, text, size);
    if (reader->state == STATE_ENTRY)
        return SBN_OK;
    for (i = 0; i < size; i++) {
        if (!sbn__is_space(text[i]))
            return violated(reader, "text between the envelope's elements");
    }
    return SBN_OK;
}

static const struct sbn__xml_events xml_events = {on_start, on_end, on_text};

/* ---- Life ---------------------------------------------------------------- */

sbn_status
sbn__soap_pool_new(const sbn_allocator *mem, struct sbn__soap_pool **ret_pool)
{
    struct sbn__soap_pool *pool = sbn__zalloc(mem, sizeof(*pool));
    sbn_status status;

    if (pool == NULL)
        return SBN_ENOMEM;
    pool->mem = mem;
    status = sbn__xml_pool_new(mem, &pool->xml);
    if (status != SBN_OK) {
        sbn__free(mem, pool);
        return status;
    }
    *ret_pool = pool;
    return SBN_OK;
}

static void
reader_destroy(struct sbn__soap_reader *reader)
{
    const sbn_allocator *mem = reader->pool->mem;

    sbn__decoder_fini(&reader->decoder);
    sbn__free(mem, reader);
}

void
sbn__soap_pool_free(struct sbn__soap_pool *pool)
{
    struct sbn__soap_reader *reader;

    if (pool == NULL)
        return;
    while ((reader = pool->free) != NULL) {
        pool->free = reader->next;
        reader_destroy(reader);
    }
    sbn__xml_pool_free(pool->xml);
    sbn__free(pool->mem, pool);
}

static struct sbn__soap_reader *
reader_take(struct sbn__soap_pool *pool)
{
    struct sbn__soap_reader *reader = pool->free;

    if (reader != NULL) {
        pool->free = reader->next;
        pool->free_count--;
        return reader;
    }
    reader = sbn__zalloc(pool->mem, sizeof(*reader));
    if (reader == NULL)
        return NULL;
    reader->pool = pool;
    sbn__decoder_init(&reader->decoder, pool->mem);
    return reader;
}

static void
reader_give_back(struct sbn__soap_reader *reader)
{
    struct sbn__soap_pool *pool = reader->pool;

    if (pool->free_count == FREE_READERS) {
        reader_destroy(reader);
        return;
    }
    sbn__decoder_trim(&reader->decoder);
    reader->next = pool->free;
    pool->free = reader;
    pool->free_count++;
}

sbn_status
sbn__soap_reader_open(struct sbn__soap_pool *pool,
                      const struct sbn__soap_read_options *options,
                      struct sbn__soap_reader **ret_reader)
{
    struct sbn__soap_reader *reader = reader_take(pool);
    sbn_status status;

    if (reader == NULL)
        return SBN_ENOMEM;
    reader->arena = options->arena;
    reader->error = options->error;
    reader->events = options->events;
    reader->data = options->data;
    reader->state = STATE_START;
    reader->version = (enum sbn__soap_version)0;
    reader->ns = NULL;
    reader->in_body = false;
    reader->not_understood.ns = reader->not_understood.local = NULL;
    reader->fault = NULL;
    status = sbn__xml_reader_open(pool->xml, &options->limits, &xml_events,
                                  reader, options->error, &reader->xml);
    if (status != SBN_OK) {
        reader_give_back(reader);
        return status;
    }
    sbn__decoder_reset(&reader->decoder, reader->xml, options->arena,
                       options->error);
    *ret_reader = reader;
    return SBN_OK;
}

static sbn_status
report_fault(struct sbn__soap_reader *reader)
{
    struct sbn_error *error = reader->error;
    sbn_fault *fault = sbn__arena_alloc(reader->arena, sizeof(*fault));

    if (fault == NULL)
        return sbn__decode_no_memory(&reader->decoder);
    sbn__fault_convert(reader->fault, fault);
    if (error == NULL)
        return SBN_EFAULT;
    error->fault = fault;
    return sbn__error_set(error, SBN_EFAULT, 0, "%s: %s",
                          fault->code.local == NULL ? "Fault"
                                                    : fault->code.local,
                          or_empty(fault->reason));
}

sbn_status
sbn__soap_reader_feed(struct sbn__soap_reader *reader, const char *bytes,
                      size_t size, bool last)
{
    sbn_status status = sbn__xml_reader_feed(reader->xml, bytes, size, last);

    if (status != SBN_OK || !last)
        return status;
    return reader->fault == NULL ? SBN_OK : report_fault(reader);
}

void
sbn__soap_reader_close(struct sbn__soap_reader *reader)
{
    if (reader == NULL)
        return;
    sbn__xml_reader_close(reader->xml);
    reader->xml = NULL;
    reader_give_back(reader);
}

enum sbn__soap_version
sbn__soap_reader_version(const struct sbn__soap_reader *reader)
{
    return reader->version;
}

sbn_qname
sbn__soap_reader_not_understood(const struct sbn__soap_reader *reader)
{
    return reader->not_understood;
}

bool
sbn__soap_reader_in_body(const struct sbn__soap_reader *reader)
{
    return reader->in_body;
}
