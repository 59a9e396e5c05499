/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XML Schema's numbers, without the locale and without malloc.
 *
 * Formatting writes to a place with at least the room stated and returns the
 * number of bytes written (no NUL). Parsing takes exactly the bytes given, white
 * space around them collapsed as the type's facet says (XML Schema Part 2,
 * 4.3.6), and returns SBN_EDECODE when they are not of the type and leaves *ret
 * alone.
 */
#ifndef SBN_BASE_NUMBER_H
#define SBN_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/status.h>

enum {
    SBN__INT_ROOM = 20,   /* bytes for any 64-bit integer */
    SBN__DOUBLE_ROOM = 40 /* bytes for any double or float, with some that are
                            written and not counted */
};

size_t sbn__format_int64(char *out, int64_t value);
size_t sbn__format_uint64(char *out, uint64_t value);
/* The shortest text that reads back as the same value; "INF", "-INF", "NaN",
 * "-0". As .NET writes them: an exponent below 1E-4 and from the power of ten on
 * that the type's digits do not reach (1E+15, float 1E+07), of two digits or
 * more: 115.99, 1E-07, 1E+300. */
size_t sbn__format_double(char *out, double value);
size_t sbn__format_float(char *out, float value);

sbn_status sbn__parse_bool(const char *text, size_t size, bool *ret);
/* A value outside min .. max is SBN_EDECODE. */
sbn_status sbn__parse_int64(const char *text, size_t size, int64_t min,
                            int64_t max, int64_t *ret);
sbn_status sbn__parse_uint64(const char *text, size_t size, uint64_t max,
                             uint64_t *ret);
/* Correctly rounded. "INF", "+INF" (XSD 1.1), "-INF", "NaN". */
sbn_status sbn__parse_double(const char *text, size_t size, double *ret);
sbn_status sbn__parse_float(const char *text, size_t size, float *ret);

/* Whether text is a valid xs:decimal / xs:integer. */
bool sbn__is_decimal(const char *text, size_t size);
bool sbn__is_integer(const char *text, size_t size);

#endif
