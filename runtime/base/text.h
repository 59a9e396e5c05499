/* SPDX-License-Identifier: Apache-2.0 */
/* Text without the locale: ASCII classes, comparison, white space, UTF-8,
 * base64 and hex. */
#ifndef SBN_BASE_TEXT_H
#define SBN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/status.h>

#include "runtime/base/buf.h"

/* XML's white space: space, tab, CR, LF. */
static inline bool
sbn__is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline bool
sbn__is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline char
sbn__lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* ASCII only. */
bool sbn__equal_nocase(const char *a, size_t a_size, const char *b,
                       size_t b_size);

/* Leaves out white space at both ends. */
void sbn__trim(const char **text, size_t *size);

/* whiteSpace="collapse", in place; the new size. */
size_t sbn__collapse(char *text, size_t size);

/* Whether bytes are well-formed UTF-8 (no surrogates, no overlong forms). */
bool sbn__is_utf8(const char *bytes, size_t size);

/* RFC 4648; XML Schema Part 2, 3.2.16: white space may stand between any two
 * characters. Decoding writes at most size / 4 * 3 + 3 bytes to out (which may
 * not overlap) and sets *ret_size; SBN_EDECODE. */
void sbn__base64_write(struct sbn__buf *out, const uint8_t *bytes,
                       size_t size);
sbn_status sbn__base64_decode(const char *text, size_t size, uint8_t *out,
                              size_t *ret_size);

/* Upper-case hexBinary; decoding takes both cases, writes size / 2 bytes. */
void sbn__hex_write(struct sbn__buf *out, const uint8_t *bytes, size_t size);
sbn_status sbn__hex_decode(const char *text, size_t size, uint8_t *out,
                           size_t *ret_size);

#endif
