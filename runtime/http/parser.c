/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages: a head (head.c), then a body as the head frames it.
 *
 *           .---------------------- next ----------------------.
 *           v                                                   |
 *   HEAD --head--> LENGTH, UNTIL_END --------- last byte ----> DONE
 *     |   `------> SIZE .. TRAILER (chunked) -- last line -----^
 *     `--- no body ---------------------------------------------'
 *
 * The body's framing is done here and not by llhttp, whose strictness depends
 * on how it was compiled: the bytes are few, and there is one reading of them.
 */
#include <string.h>

#include "runtime/base/error.h"
#include "runtime/base/memory.h"
#include "runtime/base/text.h"
#include "runtime/http/head.h"
#include "runtime/http/parser.h"

enum parser_state {
    PARSER_HEAD,      /* waits for, or is in, a head */
    PARSER_LENGTH,    /* left more bytes of a body with Content-Length */
    PARSER_UNTIL_END, /* a response's body that ends with the connection */
    PARSER_SIZE,      /* in a chunk's size */
    PARSER_EXTENSION, /* behind the size, until CR */
    PARSER_SIZE_LF,   /* waits for the LF of a chunk's first line */
    PARSER_CHUNK,     /* left more bytes of a chunk */
    PARSER_CHUNK_CR,  /* waits for the CR, the LF behind a chunk */
    PARSER_CHUNK_LF,
    PARSER_TRAILER, /* at the start of a line behind the last chunk */
    PARSER_TRAILER_NAME,
    PARSER_TRAILER_VALUE,
    PARSER_TRAILER_LF,
    PARSER_END_LF, /* waits for the LF of the empty line that ends it all */
    PARSER_DONE    /* waits for next */
};

/* In each connection, idle ones included: kept small. */
struct sbn__http_parser {
    const sbn_allocator *mem;
    const struct sbn__http_events *events;
    void *data;
    size_t max_body;
    struct sbn__http_head_block block;
    struct sbn__http_head head;
    uint64_t left; /* of the body or chunk */
    uint64_t body; /* bytes given to on_body, and announced by a chunk */
    uint8_t state;
    uint8_t digits; /* of a chunk's size */
    bool expect_no_body;
    sbn_status failed; /* SBN_OK: not */
};

sbn_status
sbn__http_parser_new(const sbn_allocator *mem, enum sbn__http_role role,
                     const struct sbn__http_limits *limits,
                     const struct sbn__http_events *events, void *data,
                     struct sbn__http_parser **ret)
{
    struct sbn__http_parser *parser = sbn__zalloc(mem, sizeof(*parser));

    if (parser == NULL)
        return SBN_ENOMEM;
    parser->mem = mem;
    parser->events = events;
    parser->data = data;
    parser->max_body = limits->max_body;
    sbn__http_head_init(&parser->block, mem, role, limits->max_head);
    *ret = parser;
    return SBN_OK;
}

void
sbn__http_parser_free(struct sbn__http_parser *parser)
{
    if (parser == NULL)
        return;
    sbn__http_head_clear(&parser->block);
    sbn__free(parser->mem, parser);
}

void
sbn__http_parser_share(struct sbn__http_parser *parser,
                       struct sbn__http_spare *spare)
{
    parser->block.spare = spare;
}

static sbn_status
refuse(struct sbn__http_parser *parser, struct sbn_error *error,
       const char *reason)
{
    return sbn__http_head_refuse(&parser->block, error, 400, reason);
}

/* size more bytes of body are announced. */
static sbn_status
count_body(struct sbn__http_parser *parser, uint64_t size,
           struct sbn_error *error)
{
    if (size > parser->max_body - parser->body) {
        parser->block.refusal = 413;
        return sbn__error_set(error, SBN_ELIMIT, 0,
                              "an HTTP body of more than %zu bytes",
                              parser->max_body);
    }
    parser->body += size;
    return SBN_OK;
}

static sbn_status
give_body(struct sbn__http_parser *parser, const char *bytes, size_t size)
{
    if (size == 0 || parser->events->on_body == NULL)
        return SBN_OK;
    return parser->events->on_body(parser->data, bytes, size);
}

static void
complete(struct sbn__http_parser *parser)
{
    parser->state = PARSER_DONE;
    if (parser->events->on_complete != NULL)
        parser->events->on_complete(parser->data);
}

/* ---- Head ------------------------------------------------------------------
 */

/* RFC 9112, 6.3 */
static enum parser_state
body_framing(const struct sbn__http_parser *parser)
{
    const struct sbn__http_head *head = &parser->head;
    bool response = parser->block.role == SBN__HTTP_RESPONSE;

    if (response &&
        (parser->expect_no_body || head->status == 204 || head->status == 304))
        return PARSER_DONE;
    if (head->chunked)
        return PARSER_SIZE;
    if (head->content_length >= 0)
        return head->content_length > 0 ? PARSER_LENGTH : PARSER_DONE;
    return response ? PARSER_UNTIL_END : PARSER_DONE;
}

static sbn_status
head_complete(struct sbn__http_parser *parser, struct sbn_error *error)
{
    struct sbn__http_head *head = &parser->head;
    enum parser_state framing;
    sbn_status st = sbn__http_head_parse(&parser->block, head, error);

    if (st != SBN_OK)
        return st;
    if (parser->block.role == SBN__HTTP_RESPONSE && head->status < 200) {
        if (head->status == 101)
            return refuse(parser, error, "a switch of protocols");
        sbn__http_head_clear(&parser->block); /* another head follows */
        return SBN_OK;
    }
    framing = body_framing(parser);
    if (framing == PARSER_LENGTH) {
        parser->left = (uint64_t)head->content_length;
        st = count_body(parser, parser->left, error);
        if (st != SBN_OK)
            return st;
    }
    parser->digits = 0;
    head->has_body = framing != PARSER_DONE;
    if (framing == PARSER_UNTIL_END)
        head->keep_alive = false;
    if (parser->events->on_head != NULL)
        st = parser->events->on_head(parser->data, head);
    if (st != SBN_OK)
        return st;
    parser->state = (uint8_t)framing;
    if (framing == PARSER_DONE)
        complete(parser);
    return SBN_OK;
}

static sbn_status
feed_head(struct sbn__http_parser *parser, const char *bytes, size_t size,
          size_t *ret_used, struct sbn_error *error)
{
    bool done;
    sbn_status st = sbn__http_head_take(&parser->block, bytes, size, ret_used,
                                        &done, error);

    return st == SBN_OK && done ? head_complete(parser, error) : st;
}

/* ---- Body ------------------------------------------------------------------
 */

static sbn_status
feed_counted(struct sbn__http_parser *parser, const char *bytes, size_t size,
             size_t *ret_used)
{
    size_t n = parser->left < size ? (size_t)parser->left : size;
    sbn_status st;

    *ret_used = n;
    parser->left -= n;
    st = give_body(parser, bytes, n);
    if (st != SBN_OK || parser->left > 0)
        return st;
    if (parser->state == PARSER_CHUNK)
        parser->state = PARSER_CHUNK_CR;
    else
        complete(parser);
    return SBN_OK;
}

static sbn_status
feed_until_end(struct sbn__http_parser *parser, const char *bytes, size_t size,
               size_t *ret_used, struct sbn_error *error)
{
    uint64_t room = parser->max_body - parser->body;
    size_t n = room < size ? (size_t)room : size;
    sbn_status st = count_body(parser, n, error);

    *ret_used = n;
    if (st == SBN_OK)
        st = give_body(parser, bytes, n);
    if (st == SBN_OK && n < size)
        st = count_body(parser, size - n, error);
    return st;
}

static bool
is_control(char c)
{
    return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f;
}

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = sbn__lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The first line of a chunk is whole. */
static sbn_status
chunk_begin(struct sbn__http_parser *parser, struct sbn_error *error)
{
    parser->digits = 0;
    if (parser->left == 0) {
        parser->state = PARSER_TRAILER;
        return SBN_OK;
    }
    parser->state = PARSER_CHUNK;
    return count_body(parser, parser->left, error);
}

static sbn_status
chunk_size(struct sbn__http_parser *parser, char c, struct sbn_error *error)
{
    int digit = hex_digit(c);

    if (digit >= 0) {
        if (++parser->digits > 15)
            return refuse(parser, error, "a chunk size of too many digits");
        parser->left = parser->left * 16 + (unsigned)digit;
        return SBN_OK;
    }
    if (parser->digits == 0 || (c != '\r' && c != ';'))
        return refuse(parser, error, "a chunk size that is no number");
    parser->state = c == ';' ? PARSER_EXTENSION : PARSER_SIZE_LF;
    return SBN_OK;
}

/* One byte of what surrounds the chunks (RFC 9112, 7.1). */
static sbn_status
chunk_byte(struct sbn__http_parser *parser, char c, struct sbn_error *error)
{
    switch ((enum parser_state)parser->state) {
    case PARSER_SIZE:
        return chunk_size(parser, c, error);
    case PARSER_EXTENSION: /* ignored, as 7.1.1 demands */
        if (c == '\r')
            parser->state = PARSER_SIZE_LF;
        else if (is_control(c))
            return refuse(parser, error,
                          "a control character in a chunk extension");
        return sbn__http_head_count(&parser->block, 1, error);
    case PARSER_SIZE_LF:
        if (c != '\n')
            return refuse(parser, error, "a bare CR behind a chunk size");
        return chunk_begin(parser, error);
    case PARSER_CHUNK_CR:
        if (c != '\r')
            return refuse(parser, error,
                          "a chunk that is longer than its size");
        parser->state = PARSER_CHUNK_LF;
        return SBN_OK;
    default:
        if (c != '\n')
            return refuse(parser, error, "a bare CR behind a chunk");
        parser->state = PARSER_SIZE;
        parser->left = 0;
        return SBN_OK;
    }
}

/* One byte of the lines behind the last chunk: checked, counted, dropped. */
static sbn_status
trailer_byte(struct sbn__http_parser *parser, char c, struct sbn_error *error)
{
    bool token = sbn__http_is_token(&c, 1);

    switch ((enum parser_state)parser->state) {
    case PARSER_TRAILER:
        if (c != '\r' && !token)
            return refuse(parser, error, "a malformed trailer field");
        parser->state = token ? PARSER_TRAILER_NAME : PARSER_END_LF;
        break;
    case PARSER_TRAILER_NAME:
        if (c != ':' && !token)
            return refuse(parser, error, "a malformed trailer field");
        if (!token)
            parser->state = PARSER_TRAILER_VALUE;
        break;
    case PARSER_TRAILER_VALUE:
        if (c == '\r')
            parser->state = PARSER_TRAILER_LF;
        else if (is_control(c))
            return refuse(parser, error, "a control character in a trailer");
        break;
    default:
        if (c != '\n')
            return refuse(parser, error, "a bare CR in a trailer");
        if (parser->state == PARSER_END_LF) {
            complete(parser);
            return SBN_OK;
        }
        parser->state = PARSER_TRAILER;
        break;
    }
    return sbn__http_head_count(&parser->block, 1, error);
}

static sbn_status
feed_step(struct sbn__http_parser *parser, const char *bytes, size_t size,
          size_t *ret_used, struct sbn_error *error)
{
    switch ((enum parser_state)parser->state) {
    case PARSER_HEAD:
        return feed_head(parser, bytes, size, ret_used, error);
    case PARSER_LENGTH:
    case PARSER_CHUNK:
        return feed_counted(parser, bytes, size, ret_used);
    case PARSER_UNTIL_END:
        return feed_until_end(parser, bytes, size, ret_used, error);
    case PARSER_TRAILER:
    case PARSER_TRAILER_NAME:
    case PARSER_TRAILER_VALUE:
    case PARSER_TRAILER_LF:
    case PARSER_END_LF:
        *ret_used = 1;
        return trailer_byte(parser, bytes[0], error);
    default:
        *ret_used = 1;
        return chunk_byte(parser, bytes[0], error);
    }
}

sbn_status
sbn__http_parser_feed(struct sbn__http_parser *parser, const char *bytes,
                      size_t size, size_t *ret_used, struct sbn_error *error)
{
    size_t used = 0, n;

    while (parser->failed == SBN_OK && used < size &&
           parser->state != PARSER_DONE) {
        n = 0;
        parser->failed =
            feed_step(parser, bytes + used, size - used, &n, error);
        used += n;
    }
    *ret_used = used;
    return parser->failed;
}

sbn_status
sbn__http_parser_end(struct sbn__http_parser *parser, struct sbn_error *error)
{
    if (parser->failed != SBN_OK)
        return parser->failed;
    if (parser->state == PARSER_UNTIL_END)
        complete(parser);
    if (parser->state == PARSER_DONE || sbn__http_parser_is_idle(parser))
        return SBN_OK;
    parser->failed = sbn__error_set(
        error, SBN_EIO, 0, "the peer closed the connection in the %s of a %s",
        parser->state == PARSER_HEAD ? "head" : "body",
        parser->block.role == SBN__HTTP_REQUEST ? "request" : "reply");
    return parser->failed;
}

void
sbn__http_parser_next(struct sbn__http_parser *parser)
{
    sbn__http_head_clear(&parser->block);
    parser->block.taken = 0;
    parser->left = parser->body = 0;
    parser->expect_no_body = false;
    parser->state = PARSER_HEAD;
}

bool
sbn__http_parser_is_idle(const struct sbn__http_parser *parser)
{
    return parser->state == PARSER_HEAD && parser->block.taken == 0;
}

int
sbn__http_parser_refusal(const struct sbn__http_parser *parser)
{
    return parser->block.refusal;
}

void
sbn__http_parser_expect_no_body(struct sbn__http_parser *parser)
{
    parser->expect_no_body = true;
}
