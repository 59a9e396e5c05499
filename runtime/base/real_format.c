/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shortest decimal that reads back as a given binary number, after
 * R. Giulietti, "The Schubfach way to render doubles": of the two decimal
 * scales around the rounding interval's width at most the coarser has one
 * candidate in the interval, and the finer at most four; the nearest of them is
 * chosen.
 */
#include <string.h>

#include "runtime/base/digits.h"
#include "runtime/base/number.h"
#include "runtime/base/powers.h"

/* digits * 10^exponent */
struct decimal {
    uint64_t digits;
    int exponent;
};

/* floor(power * factor / 2^128), its last bit set when there was a rest. The
 * power is rounded up, which shows as at most 1 in the fraction's upper half.
 */
static inline uint64_t
multiply_to_odd(const struct sbn__power *power, uint64_t factor)
{
    sbn__uint128 product = sbn__power_times(power, factor);

    return (uint64_t)(product >> 64) | ((uint64_t)product > 1);
}

/* significand * 2^exponent; lower_is_near: the next smaller number is at half
 * the distance of the next larger one. */
static struct decimal
shortest(uint64_t significand, int exponent, bool lower_is_near)
{
    int k = lower_is_near ? sbn__log10_pow2_three_quarters(exponent)
                          : sbn__log10_pow2(exponent);
    int shift = exponent + sbn__log2_pow10(-k) + 1;
    const struct sbn__power *power = sbn__power_of_ten(-k);
    /* An even significand takes what lies right on its interval's ends. */
    uint64_t odd = significand & 1, four = 4 * significand;
    uint64_t low, mid, high, fine, coarse, middle;
    bool down, up;

    /* Four times the number and its interval's ends, in units of 10^k. */
    low = multiply_to_odd(power, (four - 2 + lower_is_near) << shift) + odd;
    mid = multiply_to_odd(power, four << shift);
    high = multiply_to_odd(power, (four + 2) << shift) - odd;
    fine = mid / 4;
    if (fine >= 10) {
        coarse = fine / 10;
        down = low <= 40 * coarse;
        up = 40 * coarse + 40 <= high;
        if (down != up)
            return (struct decimal){coarse + up, k + 1};
    }
    down = low <= 4 * fine;
    up = 4 * fine + 4 <= high;
    if (down != up)
        return (struct decimal){fine + up, k};
    middle = 4 * fine + 2;
    up = mid > middle || (mid == middle && (fine & 1));
    return (struct decimal){fine + up, k};
}

/* One division where most numbers have no zeros to drop, four where they do. */
static void
drop_trailing_zeros(struct decimal *d)
{
    static const struct {
        uint64_t power;
        int zeros;
    } steps[] = {{10000, 4}, {100, 2}, {10, 1}};
    uint64_t rest;
    unsigned i;

    while ((rest = d->digits / 100000000) * 100000000 == d->digits) {
        d->digits = rest;
        d->exponent += 8;
    }
    if (d->digits % 10 != 0)
        return;
    for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (d->digits % steps[i].power == 0) {
            d->digits /= steps[i].power;
            d->exponent += steps[i].zeros;
        }
}

/* "E+15", "E-07", "E+300" */
static char *
put_exponent(char *out, int exponent)
{
    unsigned size = (unsigned)(exponent < 0 ? -exponent : exponent);

    *out++ = 'E';
    *out++ = exponent < 0 ? '-' : '+';
    if (size >= 100)
        *out++ = (char)('0' + size / 100);
    sbn__put_two_digits(out, size % 100);
    return out + 2;
}

/* Copies more than is asked for, which is faster; out has the room. */
static char *
put_some(char *out, const char *digits, unsigned count)
{
    memcpy(out, digits, 16);
    out[16] = digits[16];
    return out + count;
}

/* precision: from which power of ten on, and below 1E-4, an exponent is used.
 */
static char *
put_decimal(char *out, struct decimal d, int precision)
{
    char digits[40]; /* put_some reads beyond the last */
    unsigned count = sbn__count_digits(d.digits), whole;
    int exponent = d.exponent + (int)count - 1;

    sbn__put_digits(digits, d.digits, count);
    if (exponent >= precision || exponent < -4) {
        *out++ = digits[0];
        if (count > 1) {
            *out++ = '.';
            out = put_some(out, digits + 1, count - 1);
        }
        return put_exponent(out, exponent);
    }
    if (exponent < 0) {
        memcpy(out, "0.000", 5);
        return put_some(out + 1 - exponent, digits, count);
    }
    whole = (unsigned)exponent + 1;
    put_some(out, digits, count);
    if (count > whole) {
        out[whole] = '.';
        return put_some(out + whole + 1, digits + whole, count - whole);
    }
    memset(out + count, '0', whole - count);
    return out + whole;
}

static size_t
put_special(char *out, bool nan, bool negative)
{
    if (nan)
        memcpy(out, "NaN", 3);
    else
        memcpy(out, negative ? "-INF" : "INF", negative ? 4 : 3);
    return nan || !negative ? 3 : 4;
}

/* bits: of a number that is neither NaN nor infinite, without the sign;
 * fraction_bits and bias of its format. */
static struct decimal
to_decimal(uint64_t bits, int fraction_bits, int bias)
{
    uint64_t hidden = UINT64_C(1) << fraction_bits;
    uint64_t fraction = bits & (hidden - 1);
    int exponent = (int)(bits >> fraction_bits);
    struct decimal d;

    if (exponent == 0)
        d = shortest(fraction, 1 - bias - fraction_bits, false);
    else
        d = shortest(fraction | hidden, exponent - bias - fraction_bits,
                     fraction == 0 && exponent > 1);
    drop_trailing_zeros(&d);
    return d;
}

enum {
    DOUBLE_PRECISION = 17, /* decimal digits that tell any two apart */
    FLOAT_PRECISION = 9
};

size_t
sbn__format_double(char *out, double value)
{
    char *start = out;
    uint64_t bits;
    bool negative;

    memcpy(&bits, &value, sizeof(bits));
    negative = bits >> 63;
    bits &= INT64_MAX;
    if (bits >= UINT64_C(0x7ff) << 52)
        return put_special(out, bits > UINT64_C(0x7ff) << 52, negative);
    if (negative)
        *out++ = '-';
    if (negative)
        value = -value;
    if (value < 1e15 && value == (double)(int64_t)value)
        return (size_t)(out - start) + sbn__format_int64(out, (int64_t)value);
    out = put_decimal(out, to_decimal(bits, 52, 1023), DOUBLE_PRECISION);
    return (size_t)(out - start);
}

size_t
sbn__format_float(char *out, float value)
{
    char *start = out;
    uint32_t bits;
    bool negative;

    memcpy(&bits, &value, sizeof(bits));
    negative = bits >> 31;
    bits &= INT32_MAX;
    if (bits >= 0xffu << 23)
        return put_special(out, bits > 0xffu << 23, negative);
    if (negative)
        *out++ = '-';
    if (negative)
        value = -value;
    if (value < 1e7f && value == (float)(int32_t)value)
        return (size_t)(out - start) + sbn__format_int64(out, (int32_t)value);
    out = put_decimal(out, to_decimal(bits, 23, 127), FLOAT_PRECISION);
    return (size_t)(out - start);
}
