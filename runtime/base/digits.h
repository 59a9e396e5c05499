/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal digits of an unsigned number, as fast as it goes without vectors. */
#ifndef SBN_BASE_DIGITS_H
#define SBN_BASE_DIGITS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* 10^0 .. 10^19 */
extern const uint64_t sbn__small_powers[20];

/* "00" .. "99" */
extern const char sbn__digit_pairs[201];

/* Writes a number below 100 with two digits. */
static inline void
sbn__put_two_digits(char *out, unsigned value)
{
    memcpy(out, sbn__digit_pairs + 2 * value, 2);
}

/* How many digits value has; 1 for 0. */
static inline unsigned
sbn__count_digits(uint64_t value)
{
    unsigned bits = 64u - (unsigned)__builtin_clzll(value | 1);
    unsigned guess = bits * 1233 >> 12; /* bits * log10(2): right or one short */

    return guess + ((value | (guess == 0)) >= sbn__small_powers[guess]);
}

/* Eight characters as a number, the first the lowest byte. */
static inline uint64_t
sbn__load_eight(const char *text)
{
    uint64_t word;

    memcpy(&word, text, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline bool
sbn__are_eight_digits(uint64_t word)
{
    const uint64_t high = UINT64_C(0xf0f0f0f0f0f0f0f0);

    /* Each is 3x, and still is with 6 added. */
    return ((word & high) | ((word + UINT64_C(0x0606060606060606)) & high) >> 4) ==
           UINT64_C(0x3333333333333333);
}

/* Pairs of digits, then of pairs, then of fours are joined, all at once. */
static inline uint64_t
sbn__eight_digits(uint64_t word)
{
    word = (word & UINT64_C(0x0f0f0f0f0f0f0f0f)) * (10 * 256 + 1) >> 8;
    word = (word & UINT64_C(0x00ff00ff00ff00ff)) * (100 * 65536 + 1) >> 16;
    return (word & UINT64_C(0x0000ffff0000ffff)) *
               (10000 * (UINT64_C(1) << 32) + 1) >>
           32;
}

/* Writes exactly count digits, leading zeros included. */
void sbn__put_digits(char *out, uint64_t value, unsigned count);

#endif
