/* SPDX-License-Identifier: Apache-2.0 */
/* Big numbers for the few texts that lie on, or extremely near, the middle
 * between two floating-point numbers. */
#include <string.h>

#include "runtime/base/digits.h"
#include "runtime/base/powers.h"
#include "runtime/base/real.h"
#include "runtime/base/text.h"

enum {
    /* The middle between two doubles has at most 768 significant digits: what
     * follows can only break a tie. */
    MOST_DIGITS = 768,
    /* The text's digits take 2555 bits with the tie breaker; the middle's 54
     * bits times a power of five up to 5^1112 (768 digits and 1e-343) 2640.
     * Powers of two go to the smaller side, and the sides are nearly equal. */
    LIMBS = 48 /* 3072 bits */
};

struct big {
    unsigned count; /* limbs in use; 0: zero */
    uint64_t limbs[LIMBS];
};

/* a = a * factor + summand */
static void
big_multiply(struct big *a, uint64_t factor, uint64_t summand)
{
    sbn__uint128 carry = summand;
    unsigned i;

    for (i = 0; i < a->count; i++) {
        carry += (sbn__uint128)a->limbs[i] * factor;
        a->limbs[i] = (uint64_t)carry;
        carry >>= 64;
    }
    if (carry != 0 && a->count < LIMBS)
        a->limbs[a->count++] = (uint64_t)carry;
}

static void
big_multiply_pow5(struct big *a, int64_t exponent)
{
    const uint64_t five_27 = UINT64_C(7450580596923828125);
    uint64_t factor = 1;

    for (; exponent >= 27; exponent -= 27)
        big_multiply(a, five_27, 0);
    for (; exponent > 0; exponent--)
        factor *= 5;
    big_multiply(a, factor, 0);
}

static void
big_shift_left(struct big *a, int64_t bits)
{
    unsigned limbs = (unsigned)(bits / 64), i;

    big_multiply(a, UINT64_C(1) << (bits % 64), 0);
    if (limbs == 0 || a->count + limbs > LIMBS)
        return;
    memmove(a->limbs + limbs, a->limbs, a->count * sizeof(a->limbs[0]));
    for (i = 0; i < limbs; i++)
        a->limbs[i] = 0;
    a->count += limbs;
}

static int
big_compare(const struct big *a, const struct big *b)
{
    unsigned i;

    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (i = a->count; i-- > 0;)
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
    return 0;
}

static bool
has_nonzero_digit(const char *p, const char *end)
{
    for (; p < end; p++)
        if (*p >= '1' && *p <= '9')
            return true;
    return false;
}

/* The text's digits as a whole number, at most MOST_DIGITS and a 1 for the
 * rest; *ret_used is how many of the text's were taken. */
static void
read_digits(struct big *a, const struct sbn__real *real, int64_t *ret_used,
            bool *ret_more)
{
    const char *p = real->digits;
    uint64_t chunk = 0;
    unsigned pending = 0;
    int64_t used = 0;

    for (; p < real->end && used < MOST_DIGITS; p++) {
        if (*p == '.')
            continue;
        chunk = chunk * 10 + (uint64_t)(*p - '0');
        used++;
        if (++pending == 19) {
            big_multiply(a, sbn__small_powers[19], chunk);
            chunk = pending = 0;
        }
    }
    big_multiply(a, sbn__small_powers[pending], chunk);
    *ret_used = used;
    *ret_more = has_nonzero_digit(p, real->end);
}

int
sbn__real_compare_middle(const struct sbn__real *real, uint64_t bits,
                         const struct sbn__real_format *format)
{
    uint64_t hidden = UINT64_C(1) << format->fraction_bits;
    uint64_t significand = bits & (hidden - 1);
    int64_t biased = (int64_t)(bits >> format->fraction_bits);
    int64_t total, used, ten, two;
    struct big text = {0, {0}}, middle = {0, {0}};
    bool more;

    if (biased == 0)
        biased = 1;
    else
        significand |= hidden;
    /* The middle is (2 * significand + 1) * 2^two. */
    two = biased - format->bias - format->fraction_bits - 1;
    big_multiply(&middle, 1, 2 * significand + 1);

    read_digits(&text, real, &used, &more);
    total = real->dropped > 0 ? 19 + real->dropped : used;
    ten = real->exponent + (total - used);
    if (more) {
        big_multiply(&text, 10, 1);
        ten--;
    }
    /* text * 5^ten * 2^ten against middle * 2^two, in whole numbers */
    if (ten >= 0)
        big_multiply_pow5(&text, ten);
    else
        big_multiply_pow5(&middle, -ten);
    if (two > ten)
        big_shift_left(&middle, two - ten);
    else
        big_shift_left(&text, ten - two);
    return big_compare(&text, &middle);
}
