/* SPDX-License-Identifier: Apache-2.0 */
/* Readers of messages: their pool, and what a message was in the end. */
#include "runtime/base/memory.h"
#include "runtime/soap/envelope.h"

enum { FREE_READERS = 16 };

struct sbn__soap_pool {
    const sbn_allocator *mem;
    struct sbn__xml_pool *xml;
    struct sbn__soap_reader *free;
    size_t free_count;
};

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

struct sbn__xml_pool *
sbn__soap_pool_xml(struct sbn__soap_pool *pool)
{
    return pool->xml;
}

const sbn_allocator *
sbn__soap_pool_mem(const struct sbn__soap_pool *pool)
{
    return pool->mem;
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
    reader->on_header = options->on_header;
    reader->data = options->data;
    reader->state = STATE_START;
    reader->version = (enum sbn__soap_version)0;
    reader->ns = NULL;
    reader->in_body = false;
    reader->not_understood = NULL;
    reader->not_understood_end = &reader->not_understood;
    reader->fault = NULL;
    reader->several = false;
    status =
        sbn__xml_reader_open(pool->xml, &options->limits, &sbn__envelope_events,
                             reader, options->error, &reader->xml);
    if (status != SBN_OK) {
        reader_give_back(reader);
        return status;
    }
    sbn__decoder_reset(&reader->decoder, reader->xml, options->arena,
                       options->error);
    sbn__refs_reset(&reader->refs, pool->xml, &options->limits);
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
                          sbn__or_empty(fault->reason));
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

const char *
sbn__soap_reader_encoding(const struct sbn__soap_reader *reader)
{
    return sbn__xml_reader_encoding(reader->xml);
}

const struct sbn__soap_unknown *
sbn__soap_reader_not_understood(const struct sbn__soap_reader *reader)
{
    return reader->not_understood;
}

bool
sbn__soap_reader_in_body(const struct sbn__soap_reader *reader)
{
    return reader->in_body;
}
