/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEST_FUZZ_HTTP_H
#define TEST_FUZZ_HTTP_H

#include "fuzz.h"
#include "runtime/http/parser.h"

/* All messages in bytes, fed in pieces whose size the first byte chooses. */
void fuzz_http(enum sbn__http_role role, const uint8_t *bytes, size_t size);

#endif
