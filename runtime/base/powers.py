#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the table of powers of ten that the floating-point codecs use.

Entry k is the least 128-bit integer g, top bit set, for which
g * 2**(floor(log2(10**k)) - 127) >= 10**k. It is exact for 0 <= k <= 55.
"""
import sys

FIRST, LAST = -343, 324


def entry(k):
    if k >= 0:
        numerator, denominator = 10**k, 1
    else:
        numerator, denominator = 1, 10**-k
    # Bits before the point once the quotient is scaled to 128 of them.
    shift = 128 - numerator.bit_length() + denominator.bit_length()
    while True:
        top, bottom = numerator, denominator
        if shift >= 0:
            top <<= shift
        else:
            bottom <<= -shift
        value = -(-top // bottom)
        if value.bit_length() == 128:
            return value
        shift += 1 if value.bit_length() < 128 else -1


def main():
    with open(sys.argv[1], 'w', encoding='ascii') as out:
        out.write('/* Made by powers.py. */\n')
        for k in range(FIRST, LAST + 1):
            value = entry(k)
            out.write('{0x%016xu, 0x%016xu}, /* 1e%d */\n'
                      % (value >> 64, value & (2**64 - 1), k))


main()
