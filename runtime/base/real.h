/* SPDX-License-Identifier: Apache-2.0 */
/* What the two halves of parsing floating-point numbers share. */
#ifndef SBN_BASE_REAL_H
#define SBN_BASE_REAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number as written, its sign apart. */
struct sbn__real {
    const char *digits; /* from the first digit that is not 0, a point among
                           them perhaps */
    const char *end;    /* after the last digit */
    int64_t exponent;   /* of ten, for the last digit */
    uint64_t leading;   /* the first 19 digits */
    int64_t dropped;    /* digits after those */
};

/* A binary format: bits of the fraction, and the exponent's bias. */
struct sbn__real_format {
    int fraction_bits;
    int bias;
};

/* How the number compares with the middle between the finite number of which
 * bits is the representation and the next larger one: < 0, 0, > 0. The two are
 * known to be close. Exact, and slow. */
int sbn__real_compare_middle(const struct sbn__real *real, uint64_t bits,
                             const struct sbn__real_format *format);

#endif
