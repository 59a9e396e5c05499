/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/base/number.h"
#include "runtime/http/response.h"
#include "runtime/http/server.h"

struct sink {
    char *out;
    size_t size, room;
};

static void
put(struct sink *sink, const char *bytes, size_t size)
{
    if (sink->size + size <= sink->room)
        memcpy(sink->out + sink->size, bytes, size);
    sink->size += size;
}

#define put_literal(sink, literal) put((sink), literal, sizeof(literal) - 1)

static void
put_text(struct sink *sink, const char *text)
{
    put(sink, text, strlen(text));
}

static const char *
reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {
        {200, "OK"},
        {202, "Accepted"},
        {204, "No Content"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    };
    size_t i;

    for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return ""; /* may be empty (RFC 9112, 4) */
}

static void
put_status_line(struct sink *sink, int status)
{
    char digits[SBN__INT_ROOM];

    if (status == 200) {
        put_literal(sink, "HTTP/1.1 200 OK\r\n");
        return;
    }
    put_literal(sink, "HTTP/1.1 ");
    put(sink, digits, sbn__format_int64(digits, status));
    put_literal(sink, " ");
    put_text(sink, reason_of(status));
    put_literal(sink, "\r\n");
}

/* Writes at most room bytes and returns the size of the whole head. */
static size_t
write_head(const struct sbn__http_response *response,
           struct sbn__http_shared *shared, char *out, size_t room)
{
    struct sink sink = {out, 0, room};
    char digits[SBN__INT_ROOM];

    put_status_line(&sink, response->status);
    if (response->content_type != NULL) {
        put_literal(&sink, "Content-Type: ");
        put_text(&sink, response->content_type);
        put_literal(&sink, "\r\n");
    }
    if (!response->no_length) {
        put_literal(&sink, "Content-Length: ");
        put(&sink, digits, sbn__format_uint64(digits, response->length));
        put_literal(&sink, "\r\n");
    }
    put(&sink, sbn__http_shared_date(shared), SBN__HTTP_DATE_SIZE);
    if (response->extra != NULL)
        put_text(&sink, response->extra);
    if (response->close)
        put_literal(&sink, "Connection: close\r\n");
    else if (response->keep_alive)
        put_literal(&sink, "Connection: keep-alive\r\n");
    put_literal(&sink, "\r\n");
    return sink.size;
}

sbn_status
sbn__http_response_write(const struct sbn__http_response *response,
                         struct sbn__http_shared *shared,
                         struct sbn__stream *stream, struct sbn__buf *body)
{
    char head[SBN__HTTP_HEAD_ROOM];
    size_t size = write_head(response, shared, head, sizeof(head));
    size_t body_size = body == NULL ? 0 : sbn__buf_size(body);
    sbn_status st = SBN_ENOMEM;
    char *both;

    if (size <= sizeof(head) && body_size == 0)
        return sbn__stream_write(stream, head, size);
    if (size <= sizeof(head) && body->start >= size) {
        sbn__buf_prepend(body, head, size);
        st = sbn__stream_write(stream, sbn__buf_bytes(body), size + body_size);
        sbn__buf_consume(body, size);
        return st;
    }
    both = sbn__alloc(shared->mem, size + body_size);
    if (both != NULL) {
        write_head(response, shared, both, size);
        if (body_size > 0)
            memcpy(both + size, sbn__buf_bytes(body), body_size);
        st = sbn__stream_write(stream, both, size + body_size);
        sbn__free(shared->mem, both);
    }
    return st;
}
