/* SPDX-License-Identifier: Apache-2.0 */
/* XML Schema Part 2, 3.2.6 - 3.2.14: dates, times and durations as text. */
#ifndef SBN_BASE_DATETIME_H
#define SBN_BASE_DATETIME_H

#include <stddef.h>

#include <sebon/describe.h>
#include <sebon/types.h>

enum {
    SBN__DATETIME_ROOM = 64, /* bytes for any of them */
    SBN__DURATION_ROOM = 96
};

/* kind: SBN_K_DATETIME .. SBN_K_GDAY. Formatting returns the bytes written, 0
 * when a part is out of range. SBN_EDECODE. */
size_t sbn__format_datetime(char *out, sbn_kind kind,
                            const sbn_datetime *value);
sbn_status sbn__parse_datetime(const char *text, size_t size, sbn_kind kind,
                               sbn_datetime *ret);
size_t sbn__format_duration(char *out, const sbn_duration *value);
sbn_status sbn__parse_duration(const char *text, size_t size,
                               sbn_duration *ret);

#endif
