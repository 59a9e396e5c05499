/* SPDX-License-Identifier: Apache-2.0 */
/* A complete head: its fields, found by llhttp, and the framing they announce.
 */
#include <string.h>

#include <llhttp.h>

#include "runtime/base/error.h"
#include "runtime/base/text.h"
#include "runtime/http/head.h"

/* What llhttp's callbacks fill in. The texts end where llhttp has still to read
 * a byte, so each NUL is written when the next text begins. */
struct head_parse {
    llhttp_t parser;
    struct sbn__http_field *fields;
    size_t count, room;
    char *name_end, *value, *value_end;
    bool complete;
};

static void
field_finish(struct head_parse *parse)
{
    const char *value = parse->value;
    size_t size = (size_t)(parse->value_end - parse->value);

    if (parse->name_end == NULL)
        return;
    *parse->name_end = '\0';
    if (value == NULL) {
        parse->fields[parse->count - 1].value = parse->name_end;
        return;
    }
    sbn__trim(&value, &size);
    ((char *)parse->value)[value - parse->value + (ptrdiff_t)size] = '\0';
    parse->fields[parse->count - 1].value = value;
}

static int
parse_name(llhttp_t *parser, const char *at, size_t size)
{
    struct head_parse *parse = parser->data;

    /* RFC 9112, 5.1: no white space between name and colon. */
    if (!sbn__http_is_token(at, size) || at[size] != ':' ||
        parse->count == parse->room) {
        llhttp_set_error_reason(parser, "Invalid header field name");
        return HPE_USER;
    }
    field_finish(parse);
    parse->fields[parse->count++].name = at;
    parse->name_end = (char *)(uintptr_t)(at + size);
    parse->value = parse->value_end = NULL;
    return 0;
}

static int
parse_value(llhttp_t *parser, const char *at, size_t size)
{
    struct head_parse *parse = parser->data;

    if (parse->value != NULL && at != parse->value_end)
        return HPE_USER; /* a value in two places: folded */
    if (parse->value == NULL)
        parse->value = (char *)(uintptr_t)at;
    parse->value_end = (char *)(uintptr_t)(at + size);
    return 0;
}

/* The body's framing is ours: llhttp is done here. */
static int
parse_complete(llhttp_t *parser)
{
    struct head_parse *parse = parser->data;

    field_finish(parse);
    parse->complete = true;
    return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
    .on_header_field = parse_name,
    .on_header_value = parse_value,
    .on_headers_complete = parse_complete,
};

/* Method, target or reason are where check_..._line saw them. */
static void
start_line(struct sbn__http_head_block *block, struct sbn__http_head *head,
           const struct head_parse *parse)
{
    char *line = block->data, *sp;
    char *end = memchr(line, '\r', block->size);

    *end = '\0';
    head->minor = parse->parser.http_minor;
    if (block->role == SBN__HTTP_RESPONSE) {
        head->status = parse->parser.status_code;
        head->reason = line[12] == ' ' ? line + 13 : line + 12;
        return;
    }
    sp = strchr(line, ' ');
    *sp = '\0';
    head->method = line;
    head->target = sp + 1;
    end[-9] = '\0';
}

/* Methods that llhttp does not know are 501 (RFC 9110, 9.1). */
static sbn_status
refuse_parsed(struct sbn__http_head_block *block,
              const struct head_parse *parse, struct sbn_error *error)
{
    int code = (int)llhttp_get_errno(&parse->parser);
    const char *reason = llhttp_get_error_reason(&parse->parser);

    block->refusal = code == HPE_INVALID_METHOD ? 501 : 400;
    return sbn__error_set(error, SBN_EPROTO, code, "malformed HTTP head: %s",
                          reason != NULL && *reason != '\0'
                              ? reason
                              : "its lines are read in two ways");
}

/* ---- Framing ---------------------------------------------------------------
 */

static bool
equal(const char *a, const char *b)
{
    return sbn__equal_nocase(a, strlen(a), b, strlen(b));
}

static sbn_status
take_length(struct sbn__http_head_block *block, struct sbn__http_head *head,
            const char *value, struct sbn_error *error)
{
    size_t i, size = strlen(value);
    int64_t length = 0;

    /* RFC 9112, 6.3 lets equal ones pass; two are a smuggler's tool. */
    if (head->content_length >= 0)
        return sbn__http_head_refuse(block, error, 400,
                                     "two Content-Length fields");
    for (i = 0; i < size && i < 18 && sbn__is_digit(value[i]); i++)
        length = length * 10 + (value[i] - '0');
    if (size == 0 || i < size)
        return sbn__http_head_refuse(block, error, 400,
                                     "a Content-Length that is no number");
    head->content_length = length;
    return SBN_OK;
}

static sbn_status
take_coding(struct sbn__http_head_block *block, struct sbn__http_head *head,
            const char *value, struct sbn_error *error)
{
    /* RFC 9112, 6.1: HTTP/1.0 has no transfer codings, so one who sends it
     * does not know where its message ends. */
    if (head->minor == 0)
        return sbn__http_head_refuse(block, error, 400,
                                     "Transfer-Encoding in HTTP/1.0");
    if (head->chunked)
        return sbn__http_head_refuse(block, error, 400,
                                     "two Transfer-Encoding fields");
    if (!equal(value, "chunked"))
        return sbn__http_head_refuse(block, error, 501,
                                     "a transfer coding that is not chunked");
    head->chunked = true;
    return SBN_OK;
}

/* RFC 9112, 3.2: exactly one in HTTP/1.1. */
static sbn_status
check_host(struct sbn__http_head_block *block,
           const struct sbn__http_head *head, unsigned hosts, const char *host,
           struct sbn_error *error)
{
    if (hosts > 1 || (hosts == 0 && head->minor > 0))
        return sbn__http_head_refuse(
            block, error, 400, hosts > 1 ? "two Host fields" : "no Host field");
    if (hosts == 1 && strpbrk(host, " \t,/\\@?#") != NULL)
        return sbn__http_head_refuse(block, error, 400,
                                     "a Host field that is no host");
    return SBN_OK;
}

static sbn_status
read_fields(struct sbn__http_head_block *block, struct sbn__http_head *head,
            struct sbn_error *error)
{
    const char *host = NULL;
    unsigned hosts = 0;
    sbn_status st = SBN_OK;
    size_t i;

    head->content_length = -1;
    for (i = 0; i < head->field_count && st == SBN_OK; i++) {
        const char *name = head->fields[i].name;
        const char *value = head->fields[i].value;

        switch (name[0] | 0x20) {
        case 'c':
            if (equal(name, "content-length"))
                st = take_length(block, head, value, error);
            break;
        case 't':
            if (equal(name, "transfer-encoding"))
                st = take_coding(block, head, value, error);
            break;
        case 'e':
            if (equal(name, "expect") && equal(value, "100-continue"))
                head->expect_continue = head->minor > 0;
            break;
        case 'h':
            if (equal(name, "host")) {
                hosts++;
                host = value;
            }
            break;
        default:
            break;
        }
    }
    if (st == SBN_OK && head->chunked && head->content_length >= 0)
        st = sbn__http_head_refuse(block, error, 400,
                                   "both Content-Length and Transfer-Encoding");
    if (st == SBN_OK && block->role == SBN__HTTP_REQUEST)
        st = check_host(block, head, hosts, host, error);
    return st;
}

sbn_status
sbn__http_head_parse(struct sbn__http_head_block *block,
                     struct sbn__http_head *ret_head, struct sbn_error *error)
{
    struct head_parse parse;
    struct sbn__http_head head;
    size_t align = sizeof(struct sbn__http_field);
    size_t room = block->lines - 1, at;

    if (sbn__http_head_reserve(block, align + room * sizeof(*head.fields)) !=
        SBN_OK) {
        block->refusal = 503;
        return sbn__error_set(error, SBN_ENOMEM, 0, "%s",
                              sbn_status_text(SBN_ENOMEM));
    }
    at = (block->size + align - 1) / align * align;
    memset(&parse, 0, sizeof(parse));
    parse.fields = (struct sbn__http_field *)(void *)(block->data + at);
    parse.room = room;
    llhttp_init(&parse.parser,
                block->role == SBN__HTTP_REQUEST ? HTTP_REQUEST : HTTP_RESPONSE,
                &settings);
    parse.parser.data = &parse;
    llhttp_execute(&parse.parser, block->data, block->size);
    if (!parse.complete || parse.count != room)
        return refuse_parsed(block, &parse, error);

    memset(&head, 0, sizeof(head));
    start_line(block, &head, &parse);
    head.fields = parse.fields;
    head.field_count = parse.count;
    /* llhttp lets keep-alive win over close in HTTP/1.0. */
    head.keep_alive = llhttp_should_keep_alive(&parse.parser) &&
                      (parse.parser.flags & F_CONNECTION_CLOSE) == 0;
    *ret_head = head;
    return read_fields(block, ret_head, error);
}

const char *
sbn__http_field(const struct sbn__http_head *head, const char *name)
{
    size_t i;

    for (i = 0; i < head->field_count; i++)
        if (equal(head->fields[i].name, name))
            return head->fields[i].value;
    return NULL;
}
