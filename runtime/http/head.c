/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A head is read twice: line by line as it arrives, by the checks in this file,
 * and as a whole by llhttp, once its last line is there. Both must agree.
 * llhttp 8.1 by itself takes lines that end with a bare LF or CR, folded
 * fields, and (unless it was compiled strict) spaces where none may be.
 */
#include <string.h>

#include <llhttp.h>

#include "runtime/base/error.h"
#include "runtime/base/memory.h"
#include "runtime/base/text.h"
#include "runtime/http/head.h"

void
sbn__http_head_init(struct sbn__http_head_block *block,
                    const sbn_allocator *mem, enum sbn__http_role role,
                    size_t limit)
{
    memset(block, 0, sizeof(*block));
    block->mem = mem;
    block->role = role;
    block->limit = limit;
}

void
sbn__http_head_clear(struct sbn__http_head_block *block)
{
    if (block->data != NULL && block->cap == SBN__HTTP_BLOCK &&
        block->spare != NULL)
        sbn__http_spare_give(block->spare, block->data);
    else
        sbn__free(block->mem, block->data);
    block->data = NULL;
    block->size = block->cap = block->line = block->lines = 0;
    block->skipped = false;
}

sbn_status
sbn__http_head_refuse(struct sbn__http_head_block *block,
                      struct sbn_error *error, int refusal, const char *reason)
{
    block->refusal = refusal;
    return sbn__error_set(error, SBN_EPROTO, 0, "%s", reason);
}

sbn_status
sbn__http_head_count(struct sbn__http_head_block *block, size_t size,
                     struct sbn_error *error)
{
    if (size > block->limit - block->taken) {
        block->refusal = 431;
        return sbn__error_set(error, SBN_ELIMIT, 0,
                              "an HTTP head of more than %zu bytes",
                              block->limit);
    }
    block->taken += size;
    return SBN_OK;
}

/* A copy of data in a block of cap bytes; the old one is released. */
static sbn_status
block_move(struct sbn__http_head_block *block, size_t cap)
{
    size_t size = block->size, line = block->line, lines = block->lines;
    bool skipped = block->skipped;
    char *data = sbn__alloc(block->mem, cap);

    if (data == NULL)
        return SBN_ENOMEM;
    memcpy(data, block->data, size);
    sbn__http_head_clear(block);
    block->data = data;
    block->cap = cap;
    block->size = size;
    block->line = line;
    block->lines = lines;
    block->skipped = skipped;
    return SBN_OK;
}

static sbn_status
block_reserve(struct sbn__http_head_block *block, size_t size)
{
    size_t cap = block->cap;

    if (block->size + size <= cap)
        return SBN_OK;
    if (block->data == NULL) {
        block->data = block->spare != NULL
                          ? sbn__http_spare_take(block->spare)
                          : sbn__alloc(block->mem, SBN__HTTP_BLOCK);
        if (block->data == NULL)
            return SBN_ENOMEM;
        block->cap = cap = SBN__HTTP_BLOCK;
    }
    while (block->size + size > cap)
        cap *= 2;
    return cap == block->cap ? SBN_OK : block_move(block, cap);
}

/* ---- Lines as they arrive -------------------------------------------------
 */

bool
sbn__http_is_token(const char *text, size_t size)
{
    /* The visible characters that are delimiters (RFC 9110, 5.6.2). */
    static const char delimiters[] = "\"(),/:;<=>?@[\\]{}";
    size_t i;

    for (i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-')
            continue;
        if (c <= 0x20 || c >= 0x7f || strchr(delimiters, c) != NULL)
            return false;
    }
    return size > 0;
}

/* RFC 9112, 2.2 and 5.2 */
static sbn_status
check_line(struct sbn__http_head_block *block, const char *line, size_t size,
           struct sbn_error *error)
{
    if (size < 2 || line[size - 2] != '\r')
        return sbn__http_head_refuse(block, error, 400,
                                     "a line that ends with a bare LF");
    if (memchr(line, '\r', size) != line + size - 2)
        return sbn__http_head_refuse(block, error, 400, "a bare CR in a line");
    if (memchr(line, '\0', size) != NULL)
        return sbn__http_head_refuse(block, error, 400, "a NUL in a line");
    if (line[0] == ' ' || line[0] == '\t')
        return sbn__http_head_refuse(block, error, 400,
                                     "a field that begins with white space");
    return SBN_OK;
}

/* "HTTP/1.0" or "HTTP/1.1"; another version is 505. */
static sbn_status
check_version(struct sbn__http_head_block *block, const char *text,
              struct sbn_error *error)
{
    if (memcmp(text, "HTTP/", 5) != 0 || !sbn__is_digit(text[5]) ||
        text[6] != '.' || !sbn__is_digit(text[7]))
        return sbn__http_head_refuse(block, error, 400, "not HTTP");
    if (text[5] != '1' || (text[7] != '0' && text[7] != '1'))
        return sbn__http_head_refuse(block, error, 505,
                                     "an HTTP version that is not 1.0 or 1.1");
    return SBN_OK;
}

static bool
is_visible(const char *text, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++)
        if ((unsigned char)text[i] <= 0x20 || (unsigned char)text[i] >= 0x7f)
            return false;
    return size > 0;
}

/* RFC 9112, 3: method SP target SP version, and nothing else. */
static sbn_status
check_request_line(struct sbn__http_head_block *block, const char *line,
                   size_t size, struct sbn_error *error)
{
    const char *end = line + size - 2, *version = end - 8;
    const char *target = memchr(line, ' ', size);

    if (target == NULL || size < sizeof("A / HTTP/1.1\r\n") - 1 ||
        target + 2 > version || version[-1] != ' ' ||
        !sbn__http_is_token(line, (size_t)(target - line)))
        return sbn__http_head_refuse(block, error, 400,
                                     "not an HTTP request line");
    if (!is_visible(target + 1, (size_t)(version - target) - 2))
        return sbn__http_head_refuse(
            block, error, 400, "a request target with a forbidden character");
    return check_version(block, version, error);
}

/* RFC 9112, 4: version SP three digits [SP reason]. Old servers leave out the
 * space before an empty reason. */
static sbn_status
check_status_line(struct sbn__http_head_block *block, const char *line,
                  size_t size, struct sbn_error *error)
{
    size_t i;
    sbn_status st;

    if (size < sizeof("HTTP/1.1 200\r\n") - 1 || line[8] != ' ' ||
        line[9] < '1' || line[9] > '9' || !sbn__is_digit(line[10]) ||
        !sbn__is_digit(line[11]) || (line[12] != ' ' && line[12] != '\r'))
        return sbn__http_head_refuse(block, error, 400,
                                     "the reply's status line is not HTTP's");
    st = check_version(block, line, error);
    for (i = 13; st == SBN_OK && i + 2 < size; i++)
        if (((unsigned char)line[i] < 0x20 && line[i] != '\t') ||
            line[i] == 0x7f)
            return sbn__http_head_refuse(block, error, 400,
                                         "a control character in the reason");
    return st;
}

/* The first bytes, printable, for "what is this?" texts. */
static void
describe(const struct sbn__http_head_block *block, char *out, size_t room)
{
    static const char hex[] = "0123456789abcdef";
    size_t i, used = 0;

    for (i = 0; i < block->size && used + 5 < room; i++) {
        unsigned char c = (unsigned char)block->data[i];

        if (c >= 0x20 && c < 0x7f) {
            out[used++] = (char)c;
            continue;
        }
        out[used++] = '\\';
        out[used++] = 'x';
        out[used++] = hex[c >> 4];
        out[used++] = hex[c & 15];
    }
    out[used] = '\0';
}

/* What is no HTTP at all is known by its first bytes: no need to wait for a
 * line's end that may never come. */
static sbn_status
check_first_bytes(struct sbn__http_head_block *block, struct sbn_error *error)
{
    static const char version[] = "HTTP/1.";
    size_t n = block->size < 7 ? block->size : 7;
    char text[48];
    bool ok;

    if (block->role == SBN__HTTP_RESPONSE)
        ok = memcmp(block->data, version, n) == 0;
    else
        ok = (block->data[0] == '\r' && !block->skipped) ||
             sbn__http_is_token(block->data, 1);
    if (ok)
        return SBN_OK;
    describe(block, text, sizeof(text));
    block->refusal = 400;
    return sbn__error_set(
        error, SBN_EPROTO, 0, "the %s is not HTTP: \"%s\"",
        block->role == SBN__HTTP_RESPONSE ? "reply" : "request", text);
}

static sbn_status
block_line(struct sbn__http_head_block *block, bool *ret_done,
           struct sbn_error *error)
{
    const char *line = block->data + block->line;
    size_t size = block->size - block->line;
    sbn_status st = check_line(block, line, size, error);

    if (st != SBN_OK)
        return st;
    if (size == 2 && block->lines == 0) {
        /* RFC 9112, 2.2: at least one empty line in front is to be ignored. */
        if (block->role != SBN__HTTP_REQUEST || block->skipped)
            return sbn__http_head_refuse(block, error, 400,
                                         "an empty line is not HTTP");
        block->taken -= block->size;
        block->size = 0;
        block->skipped = true;
        return SBN_OK;
    }
    *ret_done = size == 2;
    block->line = block->size;
    if (*ret_done)
        return SBN_OK;
    if (++block->lines > SBN__HTTP_MAX_FIELDS + 1) {
        block->refusal = 431;
        return sbn__error_set(error, SBN_ELIMIT, 0,
                              "more than %d header fields",
                              (int)SBN__HTTP_MAX_FIELDS);
    }
    if (block->lines > 1)
        return SBN_OK;
    return block->role == SBN__HTTP_REQUEST
               ? check_request_line(block, line, size, error)
               : check_status_line(block, line, size, error);
}

sbn_status
sbn__http_head_take(struct sbn__http_head_block *block, const char *bytes,
                    size_t size, size_t *ret_used, bool *ret_done,
                    struct sbn_error *error)
{
    size_t used = 0;
    sbn_status st = SBN_OK;

    *ret_done = false;
    while (st == SBN_OK && used < size && !*ret_done) {
        const char *place = bytes + used;
        const char *lf = memchr(place, '\n', size - used);
        size_t n = lf == NULL ? size - used : (size_t)(lf + 1 - place);

        st = sbn__http_head_count(block, n, error);
        if (st == SBN_OK && block_reserve(block, n) != SBN_OK) {
            block->refusal = 503;
            st = sbn__error_set(error, SBN_ENOMEM, 0, "%s",
                                sbn_status_text(SBN_ENOMEM));
        }
        if (st != SBN_OK)
            break;
        memcpy(block->data + block->size, place, n);
        block->size += n;
        used += n;
        if (block->lines == 0)
            st = check_first_bytes(block, error);
        if (st == SBN_OK && lf != NULL)
            st = block_line(block, ret_done, error);
    }
    *ret_used = used;
    return st;
}

/* ---- The whole head, through llhttp ----------------------------------------
 */

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

    if (block_reserve(block, align + room * sizeof(*head.fields)) != SBN_OK) {
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
