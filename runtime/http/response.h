/* SPDX-License-Identifier: Apache-2.0 */
/* Responses, written. */
#ifndef SBN_HTTP_RESPONSE_H
#define SBN_HTTP_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/base/buf.h"
#include "runtime/http/shared.h"
#include "runtime/net/stream.h"

struct sbn__http_response {
    int status;
    const char *content_type; /* NULL: none */
    const char *extra;        /* more lines with their CRLF, or NULL */
    size_t length;            /* of the body */
    bool no_length;           /* 204, 304: no Content-Length */
    bool close, keep_alive;   /* Connection: ..., when one must be said */
};

/*
 * Head and body in one write. The head is laid right in front of the body, in
 * the room kept there; body is the caller's again on return. NULL: no body is
 * sent, whatever length says. As sbn__stream_write.
 */
sbn_status sbn__http_response_write(const struct sbn__http_response *response,
                                    struct sbn__http_shared *shared,
                                    struct sbn__stream *stream,
                                    struct sbn__buf *body);

#endif
