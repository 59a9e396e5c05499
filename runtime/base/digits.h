/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal digits of an unsigned number, as fast as it goes without vectors. */
#ifndef SBN_BASE_DIGITS_H
#define SBN_BASE_DIGITS_H

#include <stdint.h>

/* 10^0 .. 10^19 */
extern const uint64_t sbn__small_powers[20];

/* How many digits value has; 1 for 0. */
static inline unsigned
sbn__count_digits(uint64_t value)
{
    unsigned bits = 64u - (unsigned)__builtin_clzll(value | 1);
    unsigned guess = bits * 1233 >> 12; /* bits * log10(2): right or one short */

    return guess + ((value | (guess == 0)) >= sbn__small_powers[guess]);
}

/* Writes exactly count digits, leading zeros included. */
void sbn__put_digits(char *out, uint64_t value, unsigned count);

#endif
