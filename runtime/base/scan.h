/* SPDX-License-Identifier: Apache-2.0 */
/* The pieces of which dates, times and durations consist. Each function moves
 * on behind what it found, and returns whether it was there. */
#ifndef SBN_BASE_SCAN_H
#define SBN_BASE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sbn__scan {
    const char *p, *end;
};

/* Without the white space around it; false: nothing else is there. */
bool sbn__scan_init(struct sbn__scan *s, const char *text, size_t size);
bool sbn__scan_char(struct sbn__scan *s, char c);
/* Exactly two digits. */
bool sbn__scan_two(struct sbn__scan *s, uint8_t *ret);
/* One digit or more, up to max. */
bool sbn__scan_number(struct sbn__scan *s, uint32_t max, uint32_t *ret);
/* Nothing (then 0), or a point and digits, of which nine count. */
bool sbn__scan_fraction(struct sbn__scan *s, uint32_t *ret_nanoseconds);

/* "", or a point and up to nine digits without zeros at the end. */
char *sbn__put_fraction(char *out, uint32_t nanoseconds);

#endif
