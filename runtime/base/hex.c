/* SPDX-License-Identifier: Apache-2.0 */
/* XML Schema Part 2, 3.2.15. */
#include "runtime/base/text.h"

void
sbn__hex_write(struct sbn__buf *out, const uint8_t *bytes, size_t size)
{
    static const char alphabet[] = "0123456789ABCDEF";
    size_t total, i;
    char *place;

    if (size == 0)
        return;
    if (__builtin_mul_overflow(size, 2, &total))
        total = SIZE_MAX; /* over any limit */
    place = sbn__buf_reserve(out, total);
    if (place == NULL)
        return;
    for (i = 0; i < size; i++) {
        *place++ = alphabet[bytes[i] >> 4];
        *place++ = alphabet[bytes[i] & 15];
    }
    out->end += total;
}

/* -1: not a hexadecimal digit. */
static int
digit_value(char c)
{
    if (sbn__is_digit(c))
        return c - '0';
    c = sbn__lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

sbn_status
sbn__hex_decode(const char *text, size_t size, uint8_t *out, size_t *ret_size)
{
    size_t i;
    int high, low;

    sbn__trim(&text, &size); /* the type's whiteSpace is collapse */
    if (size % 2 != 0)
        return SBN_EDECODE;
    for (i = 0; i < size; i += 2) {
        high = digit_value(text[i]);
        low = digit_value(text[i + 1]);
        if (high < 0 || low < 0)
            return SBN_EDECODE;
        out[i / 2] = (uint8_t)(high << 4 | low);
    }
    *ret_size = size / 2;
    return SBN_OK;
}
