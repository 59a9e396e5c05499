/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "runtime/base/digits.h"

#define P(zeros) UINT64_C(1##zeros)
const uint64_t sbn__small_powers[20] = {P(),
                                        P(0),
                                        P(00),
                                        P(000),
                                        P(0000),
                                        P(00000),
                                        P(000000),
                                        P(0000000),
                                        P(00000000),
                                        P(000000000),
                                        P(0000000000),
                                        P(00000000000),
                                        P(000000000000),
                                        P(0000000000000),
                                        P(00000000000000),
                                        P(000000000000000),
                                        P(0000000000000000),
                                        P(00000000000000000),
                                        P(000000000000000000),
                                        P(0000000000000000000)};
#undef P

const char sbn__digit_pairs[201] =
    "00010203040506070809101112131415161718192021222324"
    "25262728293031323334353637383940414243444546474849"
    "50515253545556575859606162636465666768697071727374"
    "75767778798081828384858687888990919293949596979899";

/* The inverse of sbn__eight_digits: quotients and rests of fours, pairs and
 * digits, all at once. The reciprocals are right for what can be there. */
static void
put_eight(char *out, uint32_t value)
{
    uint32_t upper = value / 10000, lower = value - upper * 10000;
    uint64_t word = upper | (uint64_t)lower << 32, quotients;

    quotients = (word * 10486 >> 20) & UINT64_C(0x0000007f0000007f);
    word = quotients | (word - quotients * 100) << 16;
    quotients = (word * 103 >> 10) & UINT64_C(0x000f000f000f000f);
    word = quotients | (word - quotients * 10) << 8;
    word |= UINT64_C(0x3030303030303030);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(out, &word, sizeof(word));
}

void
sbn__put_digits(char *out, uint64_t value, unsigned count)
{
    uint64_t rest;
    uint32_t few;

    while (count >= 8) {
        rest = value / 100000000;
        count -= 8;
        put_eight(out + count, (uint32_t)(value - rest * 100000000));
        value = rest;
    }
    for (few = (uint32_t)value; count >= 2; few /= 100) {
        count -= 2;
        sbn__put_two_digits(out + count, few % 100);
    }
    if (count == 1)
        *out = (char)('0' + few % 10);
}
