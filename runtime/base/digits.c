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

static const char pairs[] =
    "00010203040506070809101112131415161718192021222324"
    "25262728293031323334353637383940414243444546474849"
    "50515253545556575859606162636465666768697071727374"
    "75767778798081828384858687888990919293949596979899";

void
sbn__put_digits(char *out, uint64_t value, unsigned count)
{
    uint64_t rest;

    while (count >= 2) {
        rest = value / 100;
        count -= 2;
        memcpy(out + count, pairs + 2 * (value - rest * 100), 2);
        value = rest;
    }
    if (count == 1)
        *out = (char)('0' + value % 10);
}
