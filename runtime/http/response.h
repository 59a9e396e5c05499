/* SPDX-License-Identifier: Apache-2.0 */
/* The head of a response, written. */
#ifndef SBN_HTTP_RESPONSE_H
#define SBN_HTTP_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/http/shared.h"

struct sbn__http_response {
    int status;
    const char *content_type; /* NULL: none */
    const char *extra;        /* more lines with their CRLF, or NULL */
    size_t length;            /* of the body */
    bool no_length;           /* 204, 304: no Content-Length */
    bool close, keep_alive;   /* Connection: ..., when one must be said */
};

/* Writes at most room bytes and returns the size of the whole head. */
size_t sbn__http_response_head(const struct sbn__http_response *response,
                               struct sbn__http_shared *shared, char *out,
                               size_t room);

#endif
