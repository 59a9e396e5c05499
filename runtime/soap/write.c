/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing a message. The body's element makes its namespace the default one, so
 * that most names need no prefix. Which others are used is known only at the
 * end: their declarations are put in then, behind that element's name, and a
 * message that needs none pays nothing.
 */
#include "runtime/base/memory.h"
#include "runtime/soap/encode.h"

enum { FEW_NAMESPACES = 256 }; /* whose use is noted without an allocation */

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

/* a, b, ... by number; i, q, s and x mean something else. */
void
sbn__put_prefix(struct sbn__buf *out, uint32_t ns)
{
    static const char letters[] = "abcdefghjklmnoprtuvwyz";
    enum { COUNT = sizeof(letters) - 1 };
    char digits[SBN__INT_ROOM];

    sbn__buf_putc(out, letters[(ns - 1) % COUNT]);
    if (ns > COUNT)
        sbn__buf_append(out, digits,
                        sbn__format_uint64(digits, (ns - 1) / COUNT));
}

void
sbn__use_prefix(struct sbn__encoder *enc, uint32_t ns)
{
    enc->used[ns / 64] |= (uint64_t)1 << (ns % 64);
    sbn__put_prefix(enc->out, ns);
    sbn__buf_putc(enc->out, ':');
}

/* ---- The message --------------------------------------------------------- */

void
sbn__write_envelope_start(struct sbn__buf *out, enum sbn__soap_version version)
{
    if (version == SBN__SOAP_12)
        sbn__buf_lit(out,
                     "<s:Envelope xmlns:s=\"" SBN__NS_SOAP12 "\"><s:Body>");
    else
        sbn__buf_lit(out,
                     "<s:Envelope xmlns:s=\"" SBN__NS_SOAP11 "\"><s:Body>");
}

void
sbn__write_envelope_end(struct sbn__buf *out)
{
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
    sbn__put_prefix(enc->out, ns);
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
write_body(struct sbn__encoder *enc, const sbn_field *field, const void *base)
{
    sbn_status status;

    if (field->kind != SBN_K_STRUCT || !has_unqualified(field->type))
        enc->default_ns = field->ns;
    status = sbn__encode_field(enc, field, base);
    if (status == SBN_OK && enc->at > 0)
        insert_declarations(enc);
    return status;
}

sbn_status
sbn__soap_write(struct sbn__buf *out, enum sbn__soap_version version,
                const sbn_contract *contract, const sbn_field *field,
                const void *base, struct sbn_error *error)
{
    uint64_t few[FEW_NAMESPACES / 64] = {0};
    struct sbn__encoder enc = {
        .out = out, .contract = contract, .error = error, .used = few};
    sbn_status status = SBN_OK;

    sbn__write_envelope_start(out, version);
    if (field != NULL) {
        if (contract->namespace_count > FEW_NAMESPACES)
            enc.used =
                sbn__zalloc(out->mem, (contract->namespace_count / 64 + 1) *
                                          sizeof(*enc.used));
        if (enc.used == NULL)
            return SBN_ENOMEM;
        status = base == NULL ? sbn__encode_invalid(&enc, field->name,
                                                    "no value is given")
                              : write_body(&enc, field, base);
        if (enc.used != few)
            sbn__free(out->mem, enc.used);
    }
    sbn__write_envelope_end(out);
    return status != SBN_OK ? status : out->status;
}
