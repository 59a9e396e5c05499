/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decimal to binary, correctly rounded (to nearest, ties to even). Three ways,
 * each for what the one before leaves over: arithmetic in the format itself
 * where that is exact, a product with a 128-bit power of ten where its error
 * cannot matter, and big numbers.
 */
#include <float.h>
#include <string.h>

#include "runtime/base/digits.h"
#include "runtime/base/number.h"
#include "runtime/base/powers.h"
#include "runtime/base/real.h"
#include "runtime/base/text.h"

static const struct sbn__real_format double_format = {52, 1023};
static const struct sbn__real_format float_format = {23, 127};

enum {
    LEADING_DIGITS = 19, /* fit in 64 bits */
    LAST_EXACT_POWER = 55
};

/* An exponent beyond this stays there; no text has as many digits. */
#define EXPONENT_LIMIT (INT64_MAX / 100)

/* ---- Reading the text -----------------------------------------------------
 */

/* Above 9: no digit. */
static unsigned
digit_of(char c)
{
    return (unsigned char)c - (unsigned)'0';
}

static const char *
skip_zeros(const char *p, const char *end)
{
    while (p < end && *p == '0')
        p++;
    return p;
}

/* The first digits again, as many as fit; rare. */
static void
keep_leading_digits(struct sbn__real *real, int64_t count)
{
    const char *p = real->digits;
    int left;

    real->leading = 0;
    for (left = LEADING_DIGITS; left > 0; p++)
        if (*p != '.') {
            real->leading = real->leading * 10 + (uint64_t)(*p - '0');
            left--;
        }
    real->dropped = count - LEADING_DIGITS;
}

/* Digits, a point, digits. Returns what follows them, NULL without a digit. */
static const char *
scan_digits(const char *text, const char *end, struct sbn__real *real)
{
    const char *p = skip_zeros(text, end), *first = p, *point = NULL;
    uint64_t leading = 0, word;
    unsigned digit;
    int64_t count;

    for (; p < end && (digit = digit_of(*p)) <= 9; p++)
        leading = leading * 10 + digit;
    if (p < end && *p == '.') {
        point = p++;
        if (point == first) /* only zeros so far */
            first = p = skip_zeros(p, end);
        for (; end - p >= 8; p += 8) {
            word = sbn__load_eight(p);
            if (!sbn__are_eight_digits(word))
                break;
            leading = leading * 100000000 + sbn__eight_digits(word);
        }
        for (; p < end && (digit = digit_of(*p)) <= 9; p++)
            leading = leading * 10 + digit;
    }
    if (p - text == (point != NULL))
        return NULL;
    real->digits = first;
    real->end = p;
    real->exponent = point == NULL ? 0 : point + 1 - p;
    real->leading = leading; /* wrong when there were too many */
    real->dropped = 0;
    count = p - first - (point != NULL && point > first);
    if (count > LEADING_DIGITS)
        keep_leading_digits(real, count);
    return p;
}

/* From the E on, to the end. */
static bool
scan_exponent(const char *p, const char *end, int64_t *exponent)
{
    int64_t value = 0;
    unsigned digit;
    bool negative;

    p++;
    negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    if (p == end)
        return false;
    for (; p < end && (digit = digit_of(*p)) <= 9; p++)
        if (value < EXPONENT_LIMIT)
            value = value * 10 + digit;
    *exponent += negative ? -value : value;
    return p == end;
}

/* The sign has been read. */
static bool
scan_real(const char *text, const char *end, struct sbn__real *real)
{
    const char *p = scan_digits(text, end, real);

    if (p == NULL || p == end)
        return p != NULL;
    return (*p == 'e' || *p == 'E') && scan_exponent(p, end, &real->exponent);
}

/* ---- The value ------------------------------------------------------------
 */

/* Drops shift bits (65 .. 128) of x, to nearest. low: whether more follows. A
 * product that is not exact is too large by less than 1 in x, which matters
 * only in the middle: rounded down then, and *ret_unsure is set. */
static uint64_t
round_shift(sbn__uint128 x, bool low, int shift, bool exact, bool *ret_unsure)
{
    uint64_t upper = (uint64_t)(x >> 64), lower = (uint64_t)x;
    uint64_t half = UINT64_C(1) << (shift - 65);
    uint64_t rest = upper & (half | (half - 1));
    uint64_t kept = shift == 128 ? 0 : upper >> (shift - 64);

    if (rest != half || lower != 0)
        return kept + (rest >= half);
    if (exact)
        return kept + (low || (kept & 1));
    *ret_unsure = true;
    return kept;
}

/* The representation of w * 10^q without the sign, or with *ret_unsure set
 * perhaps that of the next smaller number. */
static uint64_t
approximate(uint64_t w, int64_t q, const struct sbn__real_format *format,
            bool *ret_unsure)
{
    int bits = format->fraction_bits, zeros, top, exponent, biased, shift;
    uint64_t infinity = (uint64_t)(2 * format->bias + 1) << bits, result;
    const struct sbn__power *power;
    sbn__uint128 product;
    bool low;

    if (w == 0 || q < SBN__POWER_FIRST)
        return 0;
    if (q > SBN__POWER_LAST)
        return infinity;
    power = sbn__power_of_ten((int)q);
    zeros = __builtin_clzll(w);
    w <<= zeros;
    product = sbn__power_times(power, w);
    low = power->low * w != 0;
    top = 126 + (int)(product >> 127);
    /* The number is in 2^exponent .. 2^(exponent + 1). */
    exponent = top + sbn__log2_pow10((int)q) - 63 - zeros;
    biased = exponent + format->bias;
    shift = top - bits;
    if (biased < 1) { /* subnormal: fewer bits are left */
        shift += 1 - biased;
        biased = 1;
    }
    if (shift > 128)
        return 0; /* less than half of the smallest */
    /* Carries into the exponent by itself, and hidden bit or not tells normal
     * from subnormal. */
    result = round_shift(product, low, shift, q >= 0 && q <= LAST_EXACT_POWER,
                         ret_unsure);
    result += (uint64_t)(biased - 1) << bits;
    return result < infinity ? result : infinity;
}

static uint64_t
convert(const struct sbn__real *real, const struct sbn__real_format *format)
{
    int64_t q = real->exponent + real->dropped;
    bool unsure = false;
    uint64_t bits;
    int order;

    bits = approximate(real->leading, q, format, &unsure);
    /* The digits after the leading ones are worth less than one of those. */
    if (real->dropped > 0 &&
        approximate(real->leading + 1, q, format, &unsure) != bits)
        unsure = true;
    if (!unsure)
        return bits;
    order = sbn__real_compare_middle(real, bits, format);
    return bits + (order > 0 || (order == 0 && (bits & 1)));
}

/* ---- Types ----------------------------------------------------------------
 */

enum special { NUMBER, INFINITE, NOT_A_NUMBER };

/* Trims, takes the sign and recognises the words. */
static enum special
read_front(const char **text, size_t *size, bool *ret_negative)
{
    /* Mostly there is no white space. */
    if (*size > 0 && (**text <= ' ' || (*text)[*size - 1] <= ' '))
        sbn__trim(text, size);
    *ret_negative = false;
    if (*size == 3 && memcmp(*text, "NaN", 3) == 0)
        return NOT_A_NUMBER;
    if (*size > 0 && (**text == '-' || **text == '+')) {
        *ret_negative = **text == '-';
        ++*text;
        --*size;
    }
    return *size == 3 && memcmp(*text, "INF", 3) == 0 ? INFINITE : NUMBER;
}

/* 2^53 and 10^22 are doubles, so that one operation rounds once. Not where
 * intermediate results have more bits. */
static bool
double_at_once(const struct sbn__real *real, double *ret)
{
    static const double powers[] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int64_t q = real->exponent;

    if (FLT_EVAL_METHOD != 0 || real->dropped > 0 || q < -22 || q > 22 ||
        real->leading > UINT64_C(1) << 53)
        return false;
    if (q < 0)
        *ret = (double)real->leading / powers[-q];
    else
        *ret = (double)real->leading * powers[q];
    return true;
}

static double
double_from_bits(uint64_t bits)
{
    double value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

static float
float_from_bits(uint32_t bits)
{
    float value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

sbn_status
sbn__parse_double(const char *text, size_t size, double *ret)
{
    struct sbn__real real;
    enum special special;
    bool negative;
    double value;

    special = read_front(&text, &size, &negative);
    if (special == NOT_A_NUMBER)
        value = double_from_bits(UINT64_C(0x7ff8) << 48);
    else if (special == INFINITE)
        value = double_from_bits(UINT64_C(0x7ff0) << 48);
    else if (size == 0 || !scan_real(text, text + size, &real))
        return SBN_EDECODE;
    else if (!double_at_once(&real, &value))
        value = double_from_bits(convert(&real, &double_format));
    *ret = negative ? -value : value;
    return SBN_OK;
}

sbn_status
sbn__parse_float(const char *text, size_t size, float *ret)
{
    struct sbn__real real;
    enum special special;
    bool negative;
    float value;

    special = read_front(&text, &size, &negative);
    if (special == NOT_A_NUMBER)
        value = float_from_bits(0x7fc00000u);
    else if (special == INFINITE)
        value = float_from_bits(0x7f800000u);
    else if (size == 0 || !scan_real(text, text + size, &real))
        return SBN_EDECODE;
    else
        value = float_from_bits((uint32_t)convert(&real, &float_format));
    *ret = negative ? -value : value;
    return SBN_OK;
}
