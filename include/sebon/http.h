/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plain HTTP request, for what surrounds SOAP: metadata, health, a document.
 */
#ifndef SEBON_HTTP_H
#define SEBON_HTTP_H

#include <stddef.h>
#include <stdint.h>

#include <sebon/memory.h>
#include <sebon/status.h>

SBN_BEGIN_DECLS

/* Zero is the default of every member but url. */
typedef struct sbn_http_request {
    const char *url;          /* http://... */
    const char *content_type; /* of body */
    const char *body;         /* NULL: a GET; else a POST */
    size_t body_size;
    const char *accept;       /* what the Accept header says; default: all */
    uint32_t timeout;         /* ms for all of it; default 60000 */
    size_t max_bytes;         /* of the reply's body; default 64 MiB */
    const sbn_allocator *allocator; /* NULL: malloc */
} sbn_http_request;

typedef struct sbn_http_reply {
    int status;
    const char *reason;       /* "OK"; "" when there is none */
    const char *content_type; /* "" when there is none */
    const char *location;     /* of a redirection, which is not followed; "" */
    const char *body;         /* NUL-terminated */
    size_t size;
} sbn_http_reply;

/*
 * Sends the request and waits for its reply, on a loop of its own. The reply,
 * with any HTTP status, is given back with sbn_http_reply_free.
 *
 * SBN_EINVAL, SBN_EUNSUPPORTED  the URL; its scheme
 * SBN_ETIMEDOUT, SBN_ERESOLVE, SBN_ECONNECT, SBN_EIO, SBN_EPROTO, SBN_ELIMIT,
 * SBN_ENOMEM
 *
 * Any thread.
 */
SBN_EXPORT sbn_status
sbn_http_fetch(const sbn_http_request *request, sbn_http_reply **ret_reply);

/* NULL does nothing. */
SBN_EXPORT void
sbn_http_reply_free(sbn_http_reply *reply);

SBN_END_DECLS

#endif
