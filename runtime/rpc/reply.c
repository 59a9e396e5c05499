/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From HTTP events to a result.
 *
 * A reply is "sure" when its status is 2xx and its media type is XML: what is
 * wrong with it then is told as the reader found it. Any other reply that may
 * be XML is read as well, since a fault counts whatever its HTTP status says;
 * when it turns out to be no envelope, the answer is SBN_EHTTP with how it
 * begins: most often a page in HTML that says what is wrong with the URL.
 */
#include <string.h>

#include "runtime/base/text.h"
#include "runtime/rpc/call.h"
#include "runtime/rpc/client.h"
#include "runtime/rpc/headers.h"
#include "runtime/soap/message.h"

enum {
    SNIPPET_ROOM = 200, /* bytes of an unexpected body that are told */
    FIELD_ROOM = 80     /* of a reason phrase or media type */
};

static sbn_call *
call_of(struct sbn__http_exchange *x)
{
    return sbn__container(x, sbn_call, exchange);
}

void
sbn__reply_init(sbn_call *call)
{
    memset(&call->reply, 0, sizeof(call->reply));
}

/* ---- Unexpected replies ---------------------------------------------------
 */

/* Bytes from a peer as one line of printable ASCII, runs of white space as one
 * space; NULL: no memory. */
static char *
escape(struct sbn__arena *arena, const char *bytes, size_t size)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = sbn__arena_bytes(arena, size * 4 + 1);
    size_t at = 0, i;
    unsigned char c;

    if (out == NULL)
        return NULL;
    for (i = 0; i < size; i++) {
        c = (unsigned char)bytes[i];
        if (sbn__is_space((char)c)) {
            if (at > 0 && out[at - 1] != ' ')
                out[at++] = ' ';
        } else if (c >= 0x20 && c < 0x7f) {
            out[at++] = (char)c;
        } else {
            out[at++] = '\\';
            out[at++] = 'x';
            out[at++] = digits[c >> 4];
            out[at++] = digits[c & 15];
        }
    }
    out[at] = '\0';
    return out;
}

static const char *
escape_field(sbn_call *call, const char *text)
{
    size_t size = strlen(text);
    const char *out =
        escape(&call->arena, text, size < FIELD_ROOM ? size : FIELD_ROOM);

    return out == NULL ? "" : out;
}

/* "404 Not Found, text/html", "301 Moved Permanently to http://..., no media
 * type". Without memory the status is told alone. */
static void
keep_head(sbn_call *call, const struct sbn__http_head *head, const char *type)
{
    const char *to = NULL, *phrase = "";

    if (head->status >= 300 && head->status < 400)
        to = sbn__http_field(head, "location");
    if (head->reason != NULL)
        phrase = escape_field(call, head->reason);
    call->reply.head = sbn__arena_printf(
        &call->arena, "%d%s%s%s%s, %s", head->status,
        phrase[0] == '\0' ? "" : " ", phrase, to == NULL ? "" : " to ",
        to == NULL ? "" : escape_field(call, to),
        type == NULL ? "no media type" : escape_field(call, type));
}

static void
keep_snippet(sbn_call *call, const char *bytes, size_t size)
{
    struct sbn__reply *reply = &call->reply;
    size_t room = SNIPPET_ROOM - reply->snippet_size;

    if (reply->snippet == NULL)
        reply->snippet = sbn__arena_bytes(&call->arena, SNIPPET_ROOM);
    if (reply->snippet == NULL)
        return; /* told without it */
    if (size > room)
        size = room;
    memcpy(reply->snippet + reply->snippet_size, bytes, size);
    reply->snippet_size = (uint8_t)(reply->snippet_size + size);
}

/* The call's error becomes SBN_EHTTP. */
static sbn_status
unexpected(sbn_call *call)
{
    const struct sbn__reply *reply = &call->reply;
    const char *body = NULL;
    struct sbn_error *error = &call->error;

    sbn__error_clear(error);
    error->status = SBN_EHTTP;
    call->stage = SBN_STAGE_RECEIVE;
    if (reply->snippet_size > 0)
        body = escape(&call->arena, reply->snippet, reply->snippet_size);
    if (reply->head != NULL && body != NULL)
        error->reason =
            sbn__arena_printf(&call->arena, "%s: \"%s\"", reply->head, body);
    else if (reply->head != NULL)
        error->reason = sbn__arena_printf(&call->arena, "%s%s", reply->head,
                                          reply->begun ? "" : ", empty");
    return SBN_EHTTP;
}

/* ---- The head -------------------------------------------------------------
 */

/* RFC 9110, 8.3.1: the type's names ignore case; parameters follow ";". */
static bool
is_xml(const char *type)
{
    const char *subtype = memchr(type, '/', strlen(type));
    size_t size;

    if (subtype == NULL)
        return false;
    subtype++;
    size = strcspn(subtype, "; \t");
    if (sbn__equal_nocase(subtype, size, "xml", 3))
        return true;
    /* application/soap+xml, and what else RFC 7303 lets be XML */
    return size > 4 && sbn__equal_nocase(subtype + size - 4, 4, "+xml", 4);
}

static bool
is_success(int http_status)
{
    return http_status >= 200 && http_status < 300;
}

static sbn_status
on_head(struct sbn__http_exchange *x, const struct sbn__http_head *head)
{
    sbn_call *call = call_of(x);
    struct sbn__reply *reply = &call->reply;
    const char *type = sbn__http_field(head, "content-type");

    sbn__call_step(call, SBN__CALL_RECEIVING);
    call->stage = SBN_STAGE_RECEIVE;
    reply->http_status = (uint16_t)head->status;
    reply->left = head->content_length;
    /* An acknowledgement: some servers put a text into it. */
    reply->ignored = (call->op->flags & SBN_OP_ONE_WAY) != 0 &&
                     (head->status == 202 || head->status == 204);
    reply->xml = type == NULL || is_xml(type);
    reply->sure = type != NULL && reply->xml && is_success(head->status);
    if (!reply->sure && !reply->ignored)
        keep_head(call, head, type);
    return SBN_OK;
}

/* ---- The body -------------------------------------------------------------
 */

static sbn_status
on_body_element(void *data, const char *ns, const char *local,
                struct sbn__soap_target *target)
{
    sbn_call *call = data;
    const sbn_operation *op = call->op;

    target->contract = call->client->contract;
    target->field = op->out;
    target->encoded = (op->flags & SBN_OP_ENCODED_OUT) != 0;
    /* SOAP 1.1, 7.1: "the name of the struct is not significant" */
    target->any_name = target->encoded;
    if (op->out == NULL)
        return SBN_OK;
    if (local == NULL && op->out->name != NULL)
        return sbn__error_set(&call->error, SBN_EPROTO, 0,
                              "the reply's body is empty, %s was expected",
                              op->out->name);
    call->out = sbn__arena_alloc(&call->arena, op->out_size);
    if (call->out == NULL)
        return call->arena.limited ? SBN_ELIMIT : SBN_ENOMEM;
    target->base = call->out;
    return SBN_OK;
}

static sbn_status
on_header(void *data, const char *ns, const char *local,
          struct sbn__soap_target *target)
{
    sbn_call *call = data;
    const sbn_contract *contract = call->client->contract;
    const sbn_extras *extras = call->op->extras;
    const sbn_part *part =
        sbn__header_find(contract, extras->out_headers, ns, local);

    struct sbn__call_headers *headers;

    if (part == NULL)
        return SBN_OK;
    headers = sbn__call_headers(call);
    if (headers == NULL)
        return SBN_ENOMEM;
    return sbn__header_add(&headers->received, &call->arena, contract, part,
                           target);
}

static sbn_status
open_reader(sbn_call *call)
{
    static const struct sbn__soap_events events = {on_body_element};
    struct sbn__soap_read_options options = {
        .arena = &call->arena,
        .error = &call->error,
        .limits = {.max_depth = call->client->options.max_depth},
        .events = &events,
        .on_header = call->op->extras != NULL ? on_header : NULL,
        .data = call,
    };

    return sbn__soap_reader_open(call->lane->soap, &options, &call->reader);
}

/* The reader failed. When nothing promised an envelope, and none was met, that
 * is no error of its own. */
static sbn_status
decode_failed(sbn_call *call, sbn_status status)
{
    struct sbn__reply *reply = &call->reply;

    if (reply->sure || (status != SBN_EXML && status != SBN_EPROTO) ||
        sbn__soap_reader_version(call->reader) != 0) {
        call->stage = SBN_STAGE_DECODE;
        return status;
    }
    reply->xml = false;
    return unexpected(call);
}

static sbn_status
decode(sbn_call *call, const char *bytes, size_t size, bool last)
{
    sbn_status status;

    if (call->reader == NULL) {
        status = open_reader(call);
        if (status != SBN_OK)
            return status;
    }
    status = sbn__soap_reader_feed(call->reader, bytes, size, last);
    if (status == SBN_OK || status == SBN_EFAULT)
        return status;
    return decode_failed(call, status);
}

/* Told that these bytes are the last, the reader neither keeps a copy of them
 * nor has to be fed again. What it finds then waits for the response's end, so
 * that the connection stays in use. */
static sbn_status
decode_piece(sbn_call *call, const char *bytes, size_t size)
{
    struct sbn__reply *reply = &call->reply;
    sbn_status status;

    if (reply->left > 0)
        reply->left -= (int64_t)size;
    reply->whole = reply->left == 0;
    status = decode(call, bytes, size, reply->whole);
    if (!reply->whole)
        return status;
    reply->outcome = (int16_t)status;
    return SBN_OK;
}

static sbn_status
on_body(struct sbn__http_exchange *x, const char *bytes, size_t size)
{
    sbn_call *call = call_of(x);
    struct sbn__reply *reply = &call->reply;

    if (reply->ignored || size == 0)
        return SBN_OK;
    reply->begun = true;
    if (!reply->sure)
        keep_snippet(call, bytes, size);
    if (reply->xml)
        return decode_piece(call, bytes, size);
    /* Enough of it has been seen. */
    return reply->snippet_size < SNIPPET_ROOM ? SBN_OK : unexpected(call);
}

/* ---- The end --------------------------------------------------------------
 */

static sbn_status
check_understood(sbn_call *call)
{
    const struct sbn__soap_unknown *entry =
        sbn__soap_reader_not_understood(call->reader);

    if (entry == NULL)
        return SBN_OK;
    call->stage = SBN_STAGE_DECODE;
    return sbn__error_set(&call->error, SBN_EPROTO, 0,
                          "the reply's header {%s}%s must be understood, and "
                          "is not",
                          entry->name.ns == NULL ? "" : entry->name.ns,
                          entry->name.local);
}

static sbn_status
reply_end_empty(sbn_call *call)
{
    if (!is_success(call->reply.http_status))
        return unexpected(call);
    if ((call->op->flags & SBN_OP_ONE_WAY) != 0)
        return SBN_OK;
    return sbn__error_set(&call->error, SBN_EPROTO, 0, "the reply is empty");
}

/* What the contract declares is decoded; all else stays XML, as does a detail
 * that is not what was declared. */
static sbn_status
read_detail(sbn_call *call)
{
    const sbn_extras *extras = call->op->extras;
    struct sbn_error *error = &call->error;
    const sbn_part *part;
    sbn_status status;
    void *value;

    if (extras == NULL || extras->faults == NULL || error->fault == NULL)
        return SBN_EFAULT;
    status = sbn__soap_read_detail(call->lane->soap, call->client->contract,
                                   extras->faults, &error->fault->detail,
                                   &call->arena, &part, &value);
    if (status == SBN_OK && part != NULL) {
        error->fault->part = part;
        error->fault->value = value;
    }
    return SBN_EFAULT;
}

/* All of the response is here: the call's status. */
static sbn_status
reply_end(sbn_call *call)
{
    struct sbn__reply *reply = &call->reply;
    sbn_status status;

    if (reply->ignored)
        return SBN_OK;
    if (!reply->begun)
        return reply_end_empty(call);
    if (!reply->whole && !reply->xml)
        return unexpected(call);
    status =
        reply->whole ? (sbn_status)reply->outcome : decode(call, "", 0, true);
    if (status == SBN_EFAULT)
        return read_detail(call);
    if (status != SBN_OK)
        return status;
    /* An answer under 500 is an answer, as for WCF; under others it is not. */
    if (!is_success(reply->http_status) && reply->http_status != 500)
        return unexpected(call);
    return check_understood(call);
}

static void
on_done(struct sbn__http_exchange *x, sbn_status status,
        const struct sbn_error *error)
{
    sbn_call *call = call_of(x);

    if (status == SBN_OK)
        status = reply_end(call);
    else if (error != NULL && call->error.status == SBN_OK)
        sbn__error_copy(&call->error, error);
    sbn__call_finish(call, status);
}

static void
on_stage(struct sbn__http_exchange *x, sbn_stage stage, const char *peer)
{
    sbn_call *call = call_of(x);

    call->stage = (uint8_t)stage;
    if (peer != NULL)
        call->peer = sbn__client_peer(call->client, peer);
    if (stage == SBN_STAGE_SEND)
        sbn__call_step(call, SBN__CALL_SENDING);
    else if (stage == SBN_STAGE_RECEIVE)
        sbn__call_step(call, SBN__CALL_RECEIVING);
    else
        sbn__call_step(call, SBN__CALL_QUEUED);
}

void
sbn__reply_stage(sbn_call *call)
{
    struct sbn__http_exchange *x = &call->exchange;

    on_stage(x, sbn__http_exchange_stage(x), sbn__http_exchange_peer(x));
}

const struct sbn__http_exchange_events sbn__reply_events = {
    .on_stage = on_stage,
    .on_head = on_head,
    .on_body = on_body,
    .on_done = on_done,
};
