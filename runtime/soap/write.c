/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing a message. The body's element makes its namespace the default one, so
 * that most names need no prefix. Which others are used is known only at the
 * end: their declarations are put in then, behind that element's name, and a
 * message that needs none pays nothing.
 */
#include "runtime/base/memory.h"
#include "runtime/soap/identity.h"

enum { FEW_NAMESPACES = 256 }; /* whose use is noted without an allocation */

struct few {
    uint64_t used[FEW_NAMESPACES / 64];
    uint16_t prefixes[FEW_NAMESPACES]; /* not set but for those in use */
};

/* ---- Failures ------------------------------------------------------------ */

static char *
path_text(const struct sbn__encoder *enc, const char *name)
{
    struct sbn__arena *arena = enc->error->arena;
    const char *tail = name == NULL ? "" : name;
    const struct sbn__step *step;
    char *text = sbn__arena_printf(arena, "%s%s", name ? "/" : "", tail);

    for (step = enc->path; step != NULL && text != NULL; step = step->outer) {
        if (step->index > 0)
            text = sbn__arena_printf(arena, "/%s[%zu]%s", step->name,
                                     step->index, text);
        else
            text = sbn__arena_printf(arena, "/%s%s", step->name, text);
    }
    return text == NULL ? NULL
                        : sbn__arena_printf(arena, "/Envelope/Body%s", text);
}

sbn_status
sbn__encode_invalid(struct sbn__encoder *enc, const char *name,
                    const char *text)
{
    struct sbn_error *error = enc->error;

    if (error == NULL || error->reason != NULL)
        return SBN_EINVAL;
    error->path = path_text(enc, name);
    return sbn__error_set(error, SBN_EINVAL, 0, "%s: %s",
                          error->path == NULL ? "" : error->path, text);
}

/* ---- Names --------------------------------------------------------------- */

/* a, b, ... as they come, as .NET does; i, q, s and x mean something else. */
static void
put_prefix(struct sbn__encoder *enc, uint32_t ns)
{
    static const char letters[] = "abcdefghjklmnoprtuvwyz";
    enum { COUNT = sizeof(letters) - 1 };
    uint32_t number = enc->prefixes[ns];
    char digits[SBN__INT_ROOM];

    sbn__buf_putc(enc->out, letters[number % COUNT]);
    if (number >= COUNT)
        sbn__buf_append(enc->out, digits,
                        sbn__format_uint64(digits, number / COUNT));
}

void
sbn__use_prefix(struct sbn__encoder *enc, uint32_t ns)
{
    uint64_t bit = (uint64_t)1 << (ns % 64);

    if ((enc->used[ns / 64] & bit) == 0) {
        enc->used[ns / 64] |= bit;
        enc->prefixes[ns] = enc->prefix_count++;
    }
    put_prefix(enc, ns);
    sbn__buf_putc(enc->out, ':');
}

/* ---- The message --------------------------------------------------------- */

void
sbn__write_envelope_start(struct sbn__buf *out, enum sbn__soap_version version,
                          const struct sbn__buf *headers)
{
    if (version == SBN__SOAP_12)
        sbn__buf_lit(out, "<s:Envelope xmlns:s=\"" SBN__NS_SOAP12 "\">");
    else
        sbn__buf_lit(out, "<s:Envelope xmlns:s=\"" SBN__NS_SOAP11 "\">");
    if (headers != NULL && sbn__buf_size(headers) > 0) {
        sbn__buf_lit(out, "<s:Header>");
        sbn__buf_append(out, sbn__buf_bytes(headers), sbn__buf_size(headers));
        sbn__buf_lit(out, "</s:Header>");
    }
    sbn__buf_lit(out, "<s:Body>");
}

void
sbn__write_envelope_end(struct sbn__buf *out)
{
    static const char start[] = "<s:Body>";
    size_t size = sbn__buf_size(out), length = sizeof(start) - 1;

    if (size >= length && out->status == SBN_OK &&
        memcmp(sbn__buf_bytes(out) + size - length, start, length) == 0) {
        out->end--;
        sbn__buf_lit(out, "/></s:Envelope>");
        return;
    }
    sbn__buf_lit(out, "</s:Body></s:Envelope>");
}

/* Children in no namespace would each have to undo a default one. */
static bool
has_unqualified(const sbn_type *type)
{
    uint32_t i;

    for (i = 0; i < type->field_count; i++) {
        const sbn_field *field = &type->fields[i];

        if ((field->flags & SBN_F_GROUP) != 0) {
            if (has_unqualified(field->type))
                return true;
        } else if (field->ns == 0 && field->name != NULL &&
                   (field->flags & SBN_F_ATTRIBUTE) == 0) {
            return true;
        }
    }
    return false;
}

static void
declare_prefix(struct sbn__encoder *enc, uint32_t ns)
{
    const char *uri = enc->contract->namespaces[ns];

    sbn__buf_lit(enc->out, " xmlns:");
    put_prefix(enc, ns);
    sbn__buf_lit(enc->out, "=\"");
    sbn__xml_write_value(enc->out, uri, strlen(uri));
    sbn__buf_putc(enc->out, '"');
}

/* Writes the declarations at the end and moves them to their place. */
static void
insert_declarations(struct sbn__encoder *enc)
{
    struct sbn__buf *out = enc->out;
    size_t end = sbn__buf_size(out), at = enc->at, size;
    uint32_t ns;
    char *place;

    for (ns = 1; ns < enc->contract->namespace_count; ns++) {
        if ((enc->used[ns / 64] >> (ns % 64) & 1) != 0)
            declare_prefix(enc, ns);
    }
    if (enc->xsd)
        sbn__buf_lit(out, " xmlns:x=\"" SBN__NS_XSD "\"");
    if (enc->ser)
        sbn__buf_lit(out, " xmlns:ser=\"" SBN__NS_SERIALIZATION "\"");
    if (enc->xsi)
        sbn__buf_lit(out, " xmlns:i=\"" SBN__NS_XSI "\"");
    size = sbn__buf_size(out) - end;
    if (size == 0 || sbn__buf_reserve(out, size) == NULL)
        return;
    place = sbn__buf_bytes(out) + at;
    memmove(place + size, place, end - at + size);
    memcpy(place, place + size + (end - at), size);
}

static sbn_status
write_element(struct sbn__encoder *enc, const sbn_field *field,
              const void *base)
{
    sbn_status status;

    enc->at = 0;
    enc->xsi = enc->detail && field->kind == SBN_K_STRUCT;
    enc->ser = false;
    enc->wrapped = field->kind == SBN_K_STRUCT &&
                   ((const sbn_type *)field->type)->name == NULL;
    enc->default_ns = 0;
    if (field->kind != SBN_K_STRUCT || !has_unqualified(field->type))
        enc->default_ns = field->ns;
    status = sbn__encode_field(enc, field, base);
    if (status == SBN_OK && enc->at > 0)
        insert_declarations(enc);
    return status;
}

/* Each element of a body that has several declares what it needs itself. */
static sbn_status
write_body(struct sbn__encoder *enc, const sbn_field *field, const void *base)
{
    const sbn_type *type = field->type;
    sbn_status status = SBN_OK;
    uint32_t i;

    if ((field->flags & SBN_F_GROUP) == 0)
        return write_element(enc, field, base);
    for (i = 0; i < type->field_count && status == SBN_OK; i++) {
        memset(enc->used, 0, enc->used_size);
        enc->prefix_count = 0;
        status = write_element(enc, &type->fields[i], base);
    }
    return status;
}

/* What is noted of the contract's namespaces: in few where that is enough. */
static sbn_status
encoder_open(struct sbn__encoder *enc, struct few *few)
{
    uint32_t count = enc->contract->namespace_count;
    size_t words = count / 64 + 1;

    enc->used = few->used;
    enc->used_size = sizeof(few->used);
    enc->prefixes = few->prefixes;
    if (count <= FEW_NAMESPACES) {
        memset(few->used, 0, sizeof(few->used));
        return SBN_OK;
    }
    enc->used_size = words * sizeof(*enc->used);
    enc->used = sbn__zalloc(enc->out->mem,
                            enc->used_size + count * sizeof(*enc->prefixes));
    if (enc->used == NULL)
        return SBN_ENOMEM;
    enc->prefixes = (uint16_t *)(void *)(enc->used + words);
    return SBN_OK;
}

static void
encoder_close(struct sbn__encoder *enc, const struct few *few)
{
    if (enc->written != NULL)
        sbn__identity_close(enc);
    if (enc->used != few->used)
        sbn__free(enc->out->mem, enc->used);
}

/* NULL: literal. */
static const char *
encoding_of(const struct sbn__soap_message *message)
{
    if (!message->encoded)
        return NULL;
    return message->version == SBN__SOAP_12 ? SBN__NS_ENC12 : SBN__NS_ENC11;
}

sbn_status
sbn__soap_write_message(struct sbn__buf *out,
                        const struct sbn__soap_message *message)
{
    struct few few;
    struct sbn__encoder enc = {.out = out,
                               .contract = message->contract,
                               .error = message->error,
                               .nil_nulls = message->nil_nulls,
                               .encoding = encoding_of(message)};
    const sbn_field *field = message->field;
    sbn_status status = SBN_OK;

    sbn__write_envelope_start(out, message->version, message->headers);
    if (field != NULL) {
        status = encoder_open(&enc, &few);
        if (status != SBN_OK)
            return status;
        status =
            message->base == NULL
                ? sbn__encode_invalid(&enc, field->name, "no value is given")
                : write_body(&enc, field, message->base);
        encoder_close(&enc, &few);
    }
    sbn__write_envelope_end(out);
    return status != SBN_OK ? status : out->status;
}

sbn_status
sbn__soap_write(struct sbn__buf *out, enum sbn__soap_version version,
                const sbn_contract *contract, const sbn_field *field,
                const void *base, struct sbn_error *error)
{
    struct sbn__soap_message message = {.version = version,
                                        .contract = contract,
                                        .field = field,
                                        .base = base,
                                        .error = error};

    return sbn__soap_write_message(out, &message);
}

static sbn_status
write_piece(struct sbn__encoder *enc, const sbn_field *field, const void *base)
{
    struct few few;
    sbn_status status = encoder_open(enc, &few);

    if (status != SBN_OK)
        return status;
    status = write_element(enc, field, base);
    encoder_close(enc, &few);
    return status != SBN_OK ? status : enc->out->status;
}

sbn_status
sbn__soap_write_piece(struct sbn__buf *out, const sbn_contract *contract,
                      const sbn_field *field, const void *base,
                      struct sbn_error *error)
{
    struct sbn__encoder enc = {
        .out = out, .contract = contract, .error = error};

    return write_piece(&enc, field, base);
}

sbn_status
sbn__soap_write_detail(struct sbn__buf *out, const sbn_contract *contract,
                       const sbn_field *field, const void *base,
                       struct sbn_error *error)
{
    struct sbn__encoder enc = {
        .out = out, .contract = contract, .error = error, .detail = true};

    return write_piece(&enc, field, base);
}
