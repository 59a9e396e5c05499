/* SPDX-License-Identifier: Apache-2.0 */
/* The decoder: its life, failures, names and frames. */
#include <stdarg.h>
#include <stdio.h>

#include "runtime/base/memory.h"
#include "runtime/soap/decode.h"

/* ---- Life ---------------------------------------------------------------- */

void
sbn__decoder_init(struct sbn__decoder *dec, const sbn_allocator *mem)
{
    memset(dec, 0, sizeof(*dec));
    dec->mem = mem;
    sbn__buf_init(&dec->text, mem, 0);
    sbn__raw_init(&dec->raw, mem);
}

void
sbn__decoder_fini(struct sbn__decoder *dec)
{
    sbn__free(dec->mem, dec->frames);
    sbn__free(dec->mem, dec->bits);
    sbn__buf_fini(&dec->text);
    sbn__raw_fini(&dec->raw);
}

void
sbn__decode_forget(struct sbn__decoder *dec)
{
    memset(dec->known, 0, sizeof(dec->known));
    dec->last_uri = NULL;
    dec->last_index = 0;
    dec->xsi = NULL;
}

void
sbn__decoder_reset(struct sbn__decoder *dec, struct sbn__xml_reader *xml,
                   struct sbn__arena *arena, struct sbn_error *error)
{
    dec->xml = xml;
    dec->arena = arena;
    dec->error = error;
    dec->contract = NULL;
    dec->lenient = false;
    dec->refs = NULL;
    dec->objects.slots = NULL;
    dec->objects.count = dec->objects.room = 0;
    dec->frame_count = dec->bit_count = dec->skip = 0;
    dec->value = NULL;
    dec->raw.depth = 0;
    dec->text.limit = arena->limit;
    sbn__buf_reset(&dec->text, 0);
    sbn__decode_forget(dec);
}

/* After a big message its memory goes. */
void
sbn__decoder_trim(struct sbn__decoder *dec)
{
    enum { KEPT = 16384 };

    if (dec->text.cap > KEPT)
        sbn__buf_release(&dec->text);
    if (dec->raw.out.cap > KEPT)
        sbn__buf_release(&dec->raw.out);
}

bool
sbn__decode_is_open(const struct sbn__decoder *dec)
{
    return dec->frame_count > 0 || dec->skip > 0 || dec->raw.depth > 0 ||
           dec->value != NULL;
}

/* ---- Failures ------------------------------------------------------------ */

sbn_status
sbn__decode_fail(struct sbn__decoder *dec, sbn_status status, const char *name,
                 const char *format, ...)
{
    struct sbn_error *error = dec->error;
    char text[256];
    const char *path;
    va_list args;

    if (error == NULL || error->reason != NULL)
        return status;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    sbn__xml_reader_position(dec->xml, &error->line, &error->column);
    path = sbn__xml_reader_path(dec->xml, error->arena);
    if (path != NULL && name != NULL)
        path = sbn__arena_printf(error->arena, "%s/%s", path, name);
    error->path = path;
    return sbn__error_set(error, status, 0, "%s", text);
}

/* The texts are not copied: the arena they would go to is full. */
sbn_status
sbn__decode_too_much(struct sbn__decoder *dec, sbn_status status)
{
    struct sbn_error *error = dec->error;

    if (error == NULL || error->reason != NULL)
        return status;
    sbn__decode_fail(dec, status, NULL, "%s", sbn_status_text(status));
    error->reason = status == SBN_ENOMEM
                        ? "out of memory"
                        : "the decoded message exceeds max_memory";
    return status;
}

sbn_status
sbn__decode_no_memory(struct sbn__decoder *dec)
{
    return sbn__decode_too_much(dec,
                                dec->arena->limited ? SBN_ELIMIT : SBN_ENOMEM);
}

/* ---- Names --------------------------------------------------------------- */

uint32_t
sbn__decode_find_ns(struct sbn__decoder *dec, const char *uri)
{
    const sbn_contract *contract = dec->contract;
    uint32_t i, index = SBN__NOWHERE;

    for (i = 0; i < 8; i++) {
        if (dec->known[i].uri == uri)
            return dec->known[i].index;
    }
    for (i = 1; i < contract->namespace_count && index == SBN__NOWHERE; i++) {
        if (strcmp(contract->namespaces[i], uri) == 0)
            index = i;
    }
    dec->known[dec->known_next % 8].uri = uri;
    dec->known[dec->known_next++ % 8].index = index;
    return index;
}

static bool
is_xsi(struct sbn__decoder *dec, const char *uri)
{
    if (uri == NULL)
        return false;
    if (uri == dec->xsi)
        return true;
    if (strcmp(uri, SBN__NS_XSI) != 0)
        return false;
    dec->xsi = uri;
    return true;
}

struct sbn__asked
sbn__decode_ask(struct sbn__decoder *dec,
                const struct sbn__xml_element *element)
{
    struct sbn__asked asked = {false, NULL};
    size_t i;

    for (i = 0; i < element->attribute_count; i++) {
        const struct sbn__xml_attribute *attribute = &element->attributes[i];

        if (!is_xsi(dec, attribute->ns))
            continue;
        if (strcmp(attribute->local, "nil") == 0)
            asked.nil = (attribute->size == 1 && attribute->value[0] == '1') ||
                        (attribute->size == 4 &&
                         memcmp(attribute->value, "true", 4) == 0);
        else if (strcmp(attribute->local, "type") == 0)
            asked.type = attribute;
    }
    return asked;
}

/* ---- Frames -------------------------------------------------------------- */

static sbn_status
grow(struct sbn__decoder *dec, void **items, size_t *room, size_t needed,
     size_t size)
{
    size_t more = *room == 0 ? 16 : *room;
    void *grown;

    if (needed <= *room)
        return SBN_OK;
    while (more < needed)
        more *= 2;
    grown = sbn__realloc(dec->mem, *items, more * size);
    if (grown == NULL)
        return sbn__decode_too_much(dec, SBN_ENOMEM);
    *items = grown;
    *room = more;
    return SBN_OK;
}

static size_t
bit_words(const sbn_type *type)
{
    return (type->field_count + 63) / 64;
}

sbn_status
sbn__decode_push(struct sbn__decoder *dec, int kind, const sbn_field *field,
                 const sbn_type *type, void *base)
{
    size_t words = bit_words(type);
    struct sbn__frame *frame;
    sbn_status status;

    if (dec->frame_count == dec->frame_room) {
        status = grow(dec, (void **)&dec->frames, &dec->frame_room,
                      dec->frame_count + 1, sizeof(*dec->frames));
        if (status != SBN_OK)
            return status;
    }
    if (dec->bit_count + words > dec->bit_room) {
        status = grow(dec, (void **)&dec->bits, &dec->bit_room,
                      dec->bit_count + words, sizeof(*dec->bits));
        if (status != SBN_OK)
            return status;
    }
    frame = &dec->frames[dec->frame_count++];
    frame->kind = (uint8_t)kind;
    frame->again = frame->nil = false;
    frame->next = 0;
    frame->bits = dec->bit_count;
    frame->field = field;
    frame->type = type;
    frame->text = NULL;
    frame->base = base;
    if (words == 1)
        dec->bits[dec->bit_count] = 0;
    else if (words > 1)
        memset(dec->bits + dec->bit_count, 0, words * sizeof(*dec->bits));
    dec->bit_count += words;
    return SBN_OK;
}
