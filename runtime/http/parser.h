/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTTP/1.1 messages as events, from bytes: llhttp, our limits, and the header
 * fields kept. Reads no socket, so that tests and fuzzers drive it from a
 * buffer. docs/design/http.md says what is refused and why.
 */
#ifndef SBN_HTTP_PARSER_H
#define SBN_HTTP_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/error.h>
#include <sebon/memory.h>
#include <sebon/status.h>

struct sbn__http_parser;
struct sbn__http_spare;

/* A field of a head; both texts are NUL-terminated, the value trimmed, and valid
 * until the message's end. */
struct sbn__http_field {
    const char *name, *value;
};

/* The start line and what the layers above need of a head. */
struct sbn__http_head {
    const char *method; /* requests: "POST" */
    const char *target; /* requests: "/path?query" */
    int minor;          /* the y of HTTP/1.y */
    int status;         /* responses */
    const char *reason; /* responses: the reason phrase */
    size_t field_count;
    const struct sbn__http_field *fields;
    int64_t content_length; /* -1: none */
    bool chunked;
    bool expect_continue; /* requests: Expect: 100-continue */
    bool keep_alive;      /* as the message leaves it (RFC 9112, 9.3) */
    bool has_body;        /* a body follows (perhaps of no bytes) */
};

/* A callback that returns anything but SBN_OK stops the parser, and feed
 * returns that. Any member may be NULL. */
struct sbn__http_events {
    sbn_status (*on_head)(void *data, const struct sbn__http_head *head);
    sbn_status (*on_body)(void *data, const char *bytes, size_t size);
    /* The message is complete. The parser pauses: feed returns. */
    void (*on_complete)(void *data);
};

struct sbn__http_limits {
    size_t max_head; /* start line and fields, trailers included */
    size_t max_body; /* after chunked decoding */
};

enum sbn__http_role { SBN__HTTP_REQUEST, SBN__HTTP_RESPONSE };

/* SBN_ENOMEM. limits are copied. */
sbn_status sbn__http_parser_new(const sbn_allocator *mem,
                                enum sbn__http_role role,
                                const struct sbn__http_limits *limits,
                                const struct sbn__http_events *events,
                                void *data, struct sbn__http_parser **ret);
/* Not from inside one of its own events. */
void sbn__http_parser_free(struct sbn__http_parser *parser);
/* Takes the memory for heads from spare, which must outlive the parser. */
void sbn__http_parser_share(struct sbn__http_parser *parser,
                            struct sbn__http_spare *spare);

/*
 * Takes bytes up to the end of one message; *ret_used says how many it took.
 * What is left belongs to the next message (pipelining), to be fed after
 * sbn__http_parser_next.
 *
 * SBN_EPROTO  not HTTP, or framing that two parsers could read differently
 *             (Content-Length with Transfer-Encoding, two lengths, a bare CR ...)
 * SBN_ELIMIT  a limit was passed
 * SBN_ENOMEM
 * sbn__http_parser_refusal tells how a server answers these. After a failure
 * the parser takes no more bytes, and fails the same way again.
 */
sbn_status sbn__http_parser_feed(struct sbn__http_parser *parser,
                                 const char *bytes, size_t size,
                                 size_t *ret_used, struct sbn_error *error);
/* The peer ended its side: completes a response that ends with the connection;
 * SBN_EIO in the middle of any other message, SBN_OK between messages. */
sbn_status sbn__http_parser_end(struct sbn__http_parser *parser,
                                struct sbn_error *error);
/* Ready for the next message; gives back memory that a big head took. */
void sbn__http_parser_next(struct sbn__http_parser *parser);
/* Whether not one byte of the message has arrived. */
bool sbn__http_parser_is_idle(const struct sbn__http_parser *parser);
/* After a failure: the HTTP status a server answers it with, 400, 413, 431, 501
 * (a transfer coding or method we do not know), 503 or 505. */
int sbn__http_parser_refusal(const struct sbn__http_parser *parser);
/* For responses: the request was HEAD, so no body follows. Before feeding. */
void sbn__http_parser_expect_no_body(struct sbn__http_parser *parser);

/* The value of the field name (any case), or NULL. */
const char *sbn__http_field(const struct sbn__http_head *head,
                            const char *name);

#endif
