/* SPDX-License-Identifier: Apache-2.0 */
/* What all HTTP connections of one runtime share. */
#ifndef SBN_HTTP_SHARED_H
#define SBN_HTTP_SHARED_H

#include <stdint.h>

#include "runtime/http/spare.h"
#include "runtime/net/runtime.h"

/* "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n" */
enum { SBN__HTTP_DATE_SIZE = 37 };

struct sbn__http_shared {
    const sbn_allocator *mem;
    struct sbn__http_spare spare; /* of SBN__HTTP_BLOCK */
    struct sbn__http_spare small; /* of SBN__HTTP_SMALL */
    int64_t date_second; /* what date says, 0: nothing yet */
    char date[SBN__HTTP_DATE_SIZE + 1];
};

/* Made on first use, gone with the runtime; NULL: no memory. */
struct sbn__http_shared *sbn__http_shared_get(sbn_runtime *rt);
/* The Date field of now, with its CRLF. */
const char *sbn__http_shared_date(struct sbn__http_shared *shared);

#endif
