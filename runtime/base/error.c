/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/base/buf.h"
#include "runtime/base/error.h"

void
sbn__error_init(struct sbn_error *error, struct sbn__arena *arena)
{
    memset(error, 0, sizeof(*error));
    error->arena = arena;
}

void
sbn__error_clear(struct sbn_error *error)
{
    sbn__error_init(error, error->arena);
}

sbn_status
sbn__error_set(struct sbn_error *error, sbn_status status, int native,
               const char *format, ...)
{
    char text[512]; /* longer reasons are cut */
    va_list args;

    if (error == NULL || error->reason != NULL)
        return status;
    error->status = status;
    error->native = native;
    error->text = NULL;
    va_start(args, format);
    if (vsnprintf(text, sizeof(text), format, args) >= 0)
        error->reason = sbn__arena_strdup(error->arena, text);
    va_end(args);
    /* The first reason stands, even without memory for its text. */
    if (error->reason == NULL)
        error->reason = sbn_status_text(status);
    return status;
}

static void
copy_qname(struct sbn__arena *arena, sbn_qname *to, const sbn_qname *from)
{
    to->ns = sbn__arena_strdup(arena, from->ns);
    to->local = sbn__arena_strdup(arena, from->local);
}

static sbn_fault *
copy_fault(struct sbn__arena *arena, const sbn_fault *from)
{
    sbn_fault *to = sbn__arena_alloc(arena, sizeof(*to));

    if (to == NULL)
        return NULL;
    copy_qname(arena, &to->code, &from->code);
    copy_qname(arena, &to->subcode, &from->subcode);
    to->reason = sbn__arena_strdup(arena, from->reason);
    to->lang = sbn__arena_strdup(arena, from->lang);
    to->actor = sbn__arena_strdup(arena, from->actor);
    to->node = sbn__arena_strdup(arena, from->node);
    if (from->detail.text != NULL)
        to->detail.text =
            sbn__arena_strndup(arena, from->detail.text, from->detail.size);
    to->detail.size = to->detail.text == NULL ? 0 : from->detail.size;
    return to;
}

void
sbn__error_copy(struct sbn_error *to, const struct sbn_error *from)
{
    struct sbn__arena *arena = to->arena;

    if (to == from)
        return;
    *to = *from;
    to->arena = arena;
    to->text = NULL; /* made again when asked for */
    to->operation = sbn__arena_strdup(arena, from->operation);
    to->peer = sbn__arena_strdup(arena, from->peer);
    to->path = sbn__arena_strdup(arena, from->path);
    to->reason = sbn__arena_strdup(arena, from->reason);
    if (from->reason != NULL && to->reason == NULL)
        to->reason = sbn_status_text(from->status);
    if (from->fault != NULL)
        to->fault = copy_fault(arena, from->fault);
}

/* ---- What a program asks for ----------------------------------------------
 */

sbn_status
sbn_error_status(const sbn_error *error)
{
    return error == NULL ? SBN_OK : error->status;
}

sbn_stage
sbn_error_stage(const sbn_error *error)
{
    return error == NULL ? SBN_STAGE_NONE : error->stage;
}

const char *
sbn_stage_text(sbn_stage stage)
{
    switch (stage) {
#define STAGE_TEXT(name, text) \
    case SBN_STAGE_##name:     \
        return text;
        SBN_STAGE_MAP(STAGE_TEXT)
#undef STAGE_TEXT
    default:
        return "unknown stage";
    }
}

const char *
sbn_error_peer(const sbn_error *error)
{
    return error == NULL || error->peer == NULL ? "" : error->peer;
}

uint32_t
sbn_error_elapsed(const sbn_error *error)
{
    return error == NULL ? 0 : error->elapsed;
}

int
sbn_error_native(const sbn_error *error)
{
    return error == NULL ? 0 : error->native;
}

int
sbn_error_http_status(const sbn_error *error)
{
    return error == NULL ? 0 : error->http_status;
}

const char *
sbn_error_path(const sbn_error *error)
{
    return error == NULL || error->path == NULL ? "" : error->path;
}

uint32_t
sbn_error_line(const sbn_error *error)
{
    return error == NULL ? 0 : error->line;
}

uint32_t
sbn_error_column(const sbn_error *error)
{
    return error == NULL ? 0 : error->column;
}

const sbn_fault *
sbn_error_fault(const sbn_error *error)
{
    return error == NULL || error->status != SBN_EFAULT ? NULL : error->fault;
}

/* ---- The sentence ---------------------------------------------------------
 */

static const char *
elapsed_text(const struct sbn_error *error, char *room, size_t size)
{
    if (error->elapsed < 1000)
        snprintf(room, size, "%u ms", (unsigned)error->elapsed);
    else
        snprintf(room, size, "%u.%u s", (unsigned)(error->elapsed / 1000),
                 (unsigned)(error->elapsed % 1000 / 100));
    return room;
}

/* "Add: connect 192.168.1.10:80: " */
static void
put_where(struct sbn__buf *out, const struct sbn_error *error)
{
    const char *separator = "";

    if (error->operation != NULL) {
        sbn__buf_puts(out, error->operation);
        sbn__buf_lit(out, ": ");
    }
    if (error->stage != SBN_STAGE_NONE) {
        sbn__buf_puts(out, sbn_stage_text(error->stage));
        separator = " ";
    }
    if (error->peer != NULL && error->peer[0] != '\0') {
        sbn__buf_puts(out, separator);
        sbn__buf_puts(out, error->peer);
        separator = " ";
    }
    if (separator[0] != '\0')
        sbn__buf_lit(out, ": ");
}

/* "no answer", "fault Client: the divisor is zero" */
static void
put_what(struct sbn__buf *out, const struct sbn_error *error)
{
    const sbn_fault *fault = sbn_error_fault(error);
    const char *reason = error->reason;

    if (reason == NULL)
        reason = sbn_status_text(error->status);
    if (fault == NULL || fault->code.local == NULL) {
        sbn__buf_puts(out, reason);
        return;
    }
    sbn__buf_lit(out, "fault ");
    sbn__buf_puts(out, fault->code.local);
    if (fault->subcode.local != NULL) {
        sbn__buf_putc(out, '/');
        sbn__buf_puts(out, fault->subcode.local);
    }
    sbn__buf_lit(out, ": ");
    sbn__buf_puts(out, fault->reason != NULL ? fault->reason : reason);
}

/* " at /Envelope/Body/AddResponse/AddResult:1:210" */
static void
put_place(struct sbn__buf *out, const struct sbn_error *error)
{
    bool has_path = error->path != NULL && error->path[0] != '\0';
    char text[32];

    if (!has_path && error->line == 0)
        return;
    sbn__buf_puts(out, has_path ? " at " : " at line ");
    if (has_path)
        sbn__buf_puts(out, error->path);
    if (error->line == 0)
        return;
    snprintf(text, sizeof(text), "%s%u:%u", has_path ? ":" : "",
             (unsigned)error->line, (unsigned)error->column);
    sbn__buf_puts(out, text);
}

/* " after 5.0 s", or " (HTTP 500, 12 ms)" where "after" would mislead. */
static void
put_figures(struct sbn__buf *out, const struct sbn_error *error)
{
    bool after = error->status == SBN_ETIMEDOUT && error->elapsed > 0;
    bool http = error->http_status != 0;
    bool took = error->elapsed > 0 && !after;
    char text[64], elapsed[32] = "";

    if (after || took)
        elapsed_text(error, elapsed, sizeof(elapsed));
    if (after) {
        sbn__buf_lit(out, " after ");
        sbn__buf_puts(out, elapsed);
    }
    if (!http && !took)
        return;
    sbn__buf_lit(out, " (");
    if (http) {
        snprintf(text, sizeof(text), "HTTP %d", error->http_status);
        sbn__buf_puts(out, text);
    }
    if (http && took)
        sbn__buf_lit(out, ", ");
    if (took)
        sbn__buf_puts(out, elapsed);
    sbn__buf_putc(out, ')');
}

static const char *
error_sentence(const struct sbn_error *error)
{
    struct sbn__buf out;
    const char *text = NULL;

    sbn__buf_init(&out, error->arena->mem, SIZE_MAX);
    put_where(&out, error);
    put_what(&out, error);
    put_place(&out, error);
    put_figures(&out, error);
    if (out.status == SBN_OK)
        text = sbn__arena_strndup(error->arena, sbn__buf_bytes(&out),
                                  sbn__buf_size(&out));
    sbn__buf_fini(&out);
    return text;
}

const char *
sbn_error_text(const sbn_error *error)
{
    const char *text;

    if (error == NULL || error->status == SBN_OK)
        return sbn_status_text(SBN_OK);
    if (error->text != NULL)
        return error->text;
    text = error_sentence(error);
    if (text == NULL)
        return error->reason != NULL ? error->reason
                                     : sbn_status_text(error->status);
    /* Kept for the next time; an error object is never itself constant. */
    ((struct sbn_error *)error)->text = text;
    return text;
}

const void *
sbn_error_detail(const sbn_error *error, const struct sbn_part *part)
{
    const sbn_fault *fault = sbn_error_fault(error);

    return fault != NULL && fault->part == part ? fault->value : NULL;
}
