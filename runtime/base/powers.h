/* SPDX-License-Identifier: Apache-2.0 */
/* Powers of ten as 128-bit numbers, and logarithms in integers. */
#ifndef SBN_BASE_POWERS_H
#define SBN_BASE_POWERS_H

#include <stdint.h>

enum { SBN__POWER_FIRST = -343, SBN__POWER_LAST = 324 };

/* 10^k, rounded up to 128 bits: (high * 2^64 + low) * 2^(log2(10^k) - 127). */
struct sbn__power {
    uint64_t high, low;
};
extern const struct sbn__power
    sbn__powers[SBN__POWER_LAST - SBN__POWER_FIRST + 1];

static inline const struct sbn__power *
sbn__power_of_ten(int k)
{
    return &sbn__powers[k - SBN__POWER_FIRST];
}

__extension__ typedef unsigned __int128 sbn__uint128;

/* The upper 128 bits of the 192-bit product. */
static inline sbn__uint128
sbn__power_times(const struct sbn__power *power, uint64_t factor)
{
    return (sbn__uint128)power->high * factor +
           (uint64_t)((sbn__uint128)power->low * factor >> 64);
}

/* Rounds toward minus infinity, as gcc and clang shift negative numbers. */
static inline int
sbn__floor_shift(int64_t value, int bits)
{
    return (int)(value >> bits);
}

/* floor(log10(2^e)), floor(log10(3/4 * 2^e)) and floor(log2(10^e)), each right
 * for all exponents a double can have. */
static inline int
sbn__log10_pow2(int e)
{
    return sbn__floor_shift((int64_t)e * 1262611, 22);
}

static inline int
sbn__log10_pow2_three_quarters(int e)
{
    return sbn__floor_shift((int64_t)e * 1262611 - 524031, 22);
}

static inline int
sbn__log2_pow10(int e)
{
    return sbn__floor_shift((int64_t)e * 1741647, 19);
}

#endif
