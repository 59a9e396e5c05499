/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "test/soap/message.h"

static sbn_status
on_body(void *data, const char *ns, const char *local,
        struct sbn__soap_target *target)
{
    struct message *message = data;
    size_t size;

    if (local == NULL)
        return SBN_OK;
    message->field = shapes_find(ns, local, &size);
    if (message->field == NULL)
        return SBN_EPROTO;
    message->value = sbn__arena_alloc(&message->arena, size);
    if (message->value == NULL)
        return SBN_ENOMEM;
    target->contract = &shapes_contract;
    target->field = message->field;
    target->base = message->value;
    return SBN_OK;
}

static const struct sbn__soap_events events = {on_body};

static sbn_status
open_reader(struct message *message)
{
    struct sbn__soap_read_options options = {
        .arena = &message->arena,
        .error = &message->error,
        .limits = {.max_depth = 64, .max_attributes = 32},
        .events = &events,
        .data = message,
    };

    return sbn__soap_reader_open(message->pool, &options, &message->reader);
}

sbn_status
message_open(struct message *message, const sbn_allocator *mem)
{
    memset(message, 0, sizeof(*message));
    message->mem = mem;
    sbn__arena_init(&message->arena, mem, 1 << 20);
    sbn__error_init(&message->error, &message->arena);
    return sbn__soap_pool_new(mem, &message->pool);
}

void
message_close(struct message *message)
{
    sbn__soap_reader_close(message->reader);
    sbn__soap_pool_free(message->pool);
    sbn__arena_fini(&message->arena);
}

static sbn_status
feed_pieces(struct message *message, const char *bytes, size_t size,
            size_t piece, size_t cut)
{
    sbn_status status;
    size_t at, step;

    for (at = 0;; at += step) {
        step = cut > 0 && at == 0 ? cut : cut > 0 || piece == 0 ? size : piece;
        if (step > size - at)
            step = size - at;
        status = sbn__soap_reader_feed(message->reader, bytes + at, step,
                                       at + step == size);
        if (status != SBN_OK || at + step == size)
            return status;
    }
}

sbn_status
message_begin(struct message *message)
{
    sbn__soap_reader_close(message->reader);
    message->reader = NULL;
    message->field = NULL;
    message->value = NULL;
    sbn__arena_reset(&message->arena);
    sbn__error_clear(&message->error);
    return open_reader(message);
}

sbn_status
message_read(struct message *message, const char *bytes, size_t size,
             size_t piece, size_t cut)
{
    sbn_status status = message_begin(message);

    if (status != SBN_OK)
        return status;
    return feed_pieces(message, bytes, size, piece, cut);
}

/* ---- Text ---------------------------------------------------------------- */

static void
put(struct sbn__buf *out, const char *label, const char *text)
{
    if (text == NULL)
        return;
    sbn__buf_puts(out, label);
    sbn__buf_putc(out, ' ');
    sbn__buf_puts(out, text);
    sbn__buf_putc(out, '\n');
}

static void
put_qname(struct sbn__buf *out, const char *label, sbn_qname name)
{
    char text[300];

    if (name.local == NULL)
        return;
    snprintf(text, sizeof(text), "{%s}%s", name.ns ? name.ns : "", name.local);
    put(out, label, text);
}

static void
put_fault(struct sbn__buf *out, const sbn_fault *fault)
{
    if (fault == NULL)
        return;
    put_qname(out, "code", fault->code);
    put_qname(out, "subcode", fault->subcode);
    put(out, "text", fault->reason);
    put(out, "lang", fault->lang);
    put(out, "actor", fault->actor);
    put(out, "node", fault->node);
    put(out, "detail", fault->detail.text);
}

static void
put_error(struct sbn__buf *out, const struct sbn_error *error, bool positions)
{
    char text[40];

    if (positions && error->line > 0) {
        snprintf(text, sizeof(text), "%u:%u", error->line, error->column);
        put(out, "at", text);
    }
    if (positions)
        put(out, "reason", error->reason);
    put(out, "path", error->path);
    put_fault(out, error->fault);
}

static void
put_value(struct message *message, struct sbn__buf *out)
{
    sbn_status status;

    sbn__buf_lit(out, "written ");
    status =
        sbn__soap_write(out, sbn__soap_reader_version(message->reader),
                        &shapes_contract, message->field, message->value, NULL);
    sbn__buf_putc(out, '\n');
    if (status != SBN_OK)
        put(out, "not written", sbn_status_name(status));
}

void
message_describe(struct message *message, sbn_status status, bool positions,
                 struct sbn__buf *out)
{
    const struct sbn__soap_unknown *unknown;
    char text[20];

    put(out, "status", sbn_status_name(status));
    if (message->reader == NULL)
        return;
    snprintf(text, sizeof(text), "%d",
             (int)sbn__soap_reader_version(message->reader));
    put(out, "version", text);
    for (unknown = sbn__soap_reader_not_understood(message->reader);
         unknown != NULL; unknown = unknown->next)
        put_qname(out, "not-understood", unknown->name);
    if (status == SBN_OK)
        put_value(message, out);
    else
        put_error(out, &message->error, positions);
}
