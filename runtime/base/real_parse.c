/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decimal to binary, correctly rounded (to nearest, ties to even). Three ways,
 * each for what the one before leaves over: arithmetic in the format itself
 * where that is exact, a product with a 128-bit power of ten where its error
 * cannot matter, and big numbers.
 */
#include <float.h>
#include <string.h>

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

struct scanner {
    const char *p, *end;
};

/* Digits from s->p on, taken into real->leading while there is room. Returns
 * how many there were. */
static int64_t
scan_digits(struct scanner *s, struct sbn__real *real)
{
    const uint64_t full = UINT64_C(1000000000000000000); /* has 19 digits */
    const char *start = s->p, *p = start, *end = s->end;
    uint64_t leading = real->leading;
    unsigned digit;

    for (; p < end; p++) {
        digit = (unsigned char)*p - (unsigned)'0';
        if (digit > 9)
            break;
        if (leading < full)
            leading = leading * 10 + digit;
        else
            real->dropped++;
        if (real->digits == NULL && digit != 0)
            real->digits = p;
    }
    real->leading = leading;
    s->p = p;
    return p - start;
}

static bool
scan_exponent(struct scanner *s, int64_t *exponent)
{
    int64_t value = 0;
    bool negative;

    s->p++; /* the E */
    negative = s->p < s->end && *s->p == '-';
    if (s->p < s->end && (*s->p == '-' || *s->p == '+'))
        s->p++;
    if (s->p == s->end)
        return false;
    for (; s->p < s->end && sbn__is_digit(*s->p); s->p++)
        if (value < EXPONENT_LIMIT)
            value = value * 10 + (*s->p - '0');
    *exponent += negative ? -value : value;
    return true;
}

/* Digits, a point, digits, an exponent; the sign has been read. */
static bool
scan_real(const char *text, const char *end, struct sbn__real *real)
{
    struct scanner s = {text, end};
    int64_t count, fraction = 0;

    memset(real, 0, sizeof(*real));
    count = scan_digits(&s, real);
    if (s.p < end && *s.p == '.') {
        s.p++;
        fraction = scan_digits(&s, real);
    }
    if (count + fraction == 0)
        return false;
    real->end = s.p;
    real->exponent = -fraction;
    if (s.p < end && (*s.p == 'e' || *s.p == 'E') &&
        !scan_exponent(&s, &real->exponent))
        return false;
    return s.p == end;
}

/* ---- The value ------------------------------------------------------------
 */

/* Drops shift bits (1 .. 128) of x, to nearest. low: whether more follows. A
 * product that is not exact is too large by less than 1 in x, which matters
 * only in the middle: up says which way then. */
static uint64_t
round_shift(sbn__uint128 x, bool low, int shift, bool exact, bool up)
{
    sbn__uint128 one = 1, half = one << (shift - 1);
    sbn__uint128 rest = x & (half | (half - 1));
    uint64_t kept = shift == 128 ? 0 : (uint64_t)(x >> shift);

    if (rest != half)
        return kept + (rest > half);
    if (exact)
        return kept + (low || (kept & 1));
    return kept + up;
}

/* The representation of w * 10^q without the sign. Where the power's error
 * leaves two answers, up chooses the larger one. */
static uint64_t
approximate(uint64_t w, int64_t q, bool up,
            const struct sbn__real_format *format)
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
    result =
        round_shift(product, low, shift, q >= 0 && q <= LAST_EXACT_POWER, up);
    result += (uint64_t)(biased - 1) << bits;
    return result < infinity ? result : infinity;
}

static uint64_t
convert(const struct sbn__real *real, const struct sbn__real_format *format)
{
    uint64_t w = real->leading, low, high;
    int64_t q = real->exponent + real->dropped;

    low = approximate(w, q, false, format);
    high = approximate(w + (real->dropped > 0), q, true, format);
    if (low != high) {
        int order = sbn__real_compare_middle(real, low, format);

        if (order > 0 || (order == 0 && (low & 1)))
            low = high;
    }
    return low;
}

/* ---- Types ----------------------------------------------------------------
 */

enum special { NUMBER, INFINITE, NOT_A_NUMBER };

/* Trims, takes the sign and recognises the words. */
static enum special
read_front(const char **text, size_t *size, bool *ret_negative)
{
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
