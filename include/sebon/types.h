/* SPDX-License-Identifier: Apache-2.0 */
/*
 * C types of the XML Schema built-in types (XML Schema Part 2).
 *
 *   boolean                      bool
 *   byte .. long                 int8_t int16_t int32_t int64_t
 *   unsignedByte .. unsignedLong uint8_t uint16_t uint32_t uint64_t
 *   float, double                float, double (INF, NaN and -0 included)
 *   decimal, integer and kin     sbn_decimal (the digits are kept as text)
 *   string and kin, anyURI, ...  const char *, UTF-8
 *   dateTime, date, time, g*     sbn_datetime
 *   duration                     sbn_duration
 *   base64Binary, hexBinary      sbn_bytes
 *   QName, NOTATION              sbn_qname
 *   any, anyType, mixed content  sbn_xml
 *
 * Pointers in decoded values live in the arena of the call or request that
 * decoded them. Pointers in values to be sent are borrowed for the length of
 * the function they are passed to.
 */
#ifndef SEBON_TYPES_H
#define SEBON_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/status.h>

SBN_BEGIN_DECLS

/* The lexical form, e.g. "1.50" or "-12345678901234567890". */
typedef const char *sbn_decimal;

typedef struct sbn_bytes {
    const uint8_t *data;
    size_t size; /* bytes */
} sbn_bytes;

typedef struct sbn_qname {
    const char *ns;    /* NULL: no namespace */
    const char *local; /* NULL: no value */
} sbn_qname;

/* A piece of XML that stands on its own: every prefix it uses is declared
 * inside. NUL-terminated; text is NULL when there is none. */
typedef struct sbn_xml {
    const char *text;
    size_t size; /* bytes, without the NUL */
} sbn_xml;

/* SBN_NO_OFFSET in sbn_datetime.offset: the value carries no time zone. */
#define SBN_NO_OFFSET INT16_MIN

/* One shape for dateTime, date, time, gYear, gYearMonth, gMonth, gMonthDay and
 * gDay; parts that a type does not have are 0. Nothing is normalised. */
typedef struct sbn_datetime {
    int32_t year; /* may be negative; 0 is not a year in XSD 1.0 */
    uint8_t month, day;
    uint8_t hour, minute, second;
    uint32_t nanosecond;
    int16_t offset; /* minutes east of UTC, or SBN_NO_OFFSET */
} sbn_datetime;

typedef struct sbn_duration {
    bool negative;
    uint32_t years, months, days, hours, minutes, seconds, nanoseconds;
} sbn_duration;

/* Helpers for decimal and integer text; SBN_EDECODE when text is no such
 * number, SBN_ELIMIT when it does not fit (a fraction other than zeros does not
 * fit an integer). *ret is untouched on failure. */
SBN_EXPORT sbn_status
sbn_decimal_to_int64(sbn_decimal text, int64_t *ret);
SBN_EXPORT sbn_status
sbn_decimal_to_uint64(sbn_decimal text, uint64_t *ret);
SBN_EXPORT sbn_status
sbn_decimal_to_double(sbn_decimal text, double *ret);

/* Seconds since 1970-01-01T00:00:00Z of a dateTime or date (leap seconds are
 * not counted; a value without a time zone is taken as UTC), and back to a
 * dateTime in UTC. SBN_ELIMIT outside the years that fit, SBN_EINVAL when
 * a part is out of range. */
SBN_EXPORT sbn_status
sbn_datetime_to_unix(const sbn_datetime *value, int64_t *ret_seconds);
SBN_EXPORT sbn_status
sbn_datetime_from_unix(int64_t seconds, uint32_t nanosecond,
                       sbn_datetime *ret_value);

SBN_END_DECLS

#endif
