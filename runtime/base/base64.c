/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 4648, 4, with the white space and the strictness about unused bits of
 * XML Schema Part 2, 3.2.16. */
#include "runtime/base/text.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz"
                               "0123456789+/";

enum { IS_DIGIT = 0x40, VALUE = 0x3f };

/* Of a digit: its value and IS_DIGIT; of anything else: 0. */
#define D(c, value) [c] = IS_DIGIT | (value)
#define D4(c, value)                                               \
    D(c, value), D((c) + 1, (value) + 1), D((c) + 2, (value) + 2), \
        D((c) + 3, (value) + 3)
static const unsigned char digits[256] = {
    D4('A', 0),  D4('E', 4),  D4('I', 8),  D4('M', 12), D4('Q', 16),
    D4('U', 20), D('Y', 24),  D('Z', 25),  D4('a', 26), D4('e', 30),
    D4('i', 34), D4('m', 38), D4('q', 42), D4('u', 46), D('y', 50),
    D('z', 51),  D4('0', 52), D4('4', 56), D('8', 60),  D('9', 61),
    D('+', 62),  D('/', 63)};
#undef D4
#undef D

static void
encode_three(char *out, uint32_t bits)
{
    out[0] = alphabet[bits >> 18];
    out[1] = alphabet[bits >> 12 & VALUE];
    out[2] = alphabet[bits >> 6 & VALUE];
    out[3] = alphabet[bits & VALUE];
}

void
sbn__base64_write(struct sbn__buf *out, const uint8_t *bytes, size_t size)
{
    size_t groups = size / 3 + (size % 3 != 0), total, i;
    char *place;

    if (size == 0)
        return;
    if (__builtin_mul_overflow(groups, 4, &total))
        total = SIZE_MAX; /* over any limit */
    place = sbn__buf_reserve(out, total);
    if (place == NULL)
        return;
    for (i = 0; size - i >= 3; i += 3, place += 4)
        encode_three(place, (uint32_t)bytes[i] << 16 |
                                (uint32_t)bytes[i + 1] << 8 | bytes[i + 2]);
    if (size - i == 1) {
        encode_three(place, (uint32_t)bytes[i] << 16);
        place[2] = place[3] = '=';
    } else if (size - i == 2) {
        encode_three(place,
                     (uint32_t)bytes[i] << 16 | (uint32_t)bytes[i + 1] << 8);
        place[3] = '=';
    }
    out->end += total;
}

struct reader {
    const unsigned char *p, *end;
    uint8_t *out;
};

/* Whole groups without white space, most of any text. */
static void
decode_plain(struct reader *r)
{
    unsigned a, b, c, d;
    uint32_t bits;

    while (r->end - r->p >= 4) {
        a = digits[r->p[0]];
        b = digits[r->p[1]];
        c = digits[r->p[2]];
        d = digits[r->p[3]];
        if (!(a & b & c & d & IS_DIGIT))
            return;
        bits = (a & VALUE) << 18 | (b & VALUE) << 12 | (c & VALUE) << 6 |
               (d & VALUE);
        r->out[0] = (uint8_t)(bits >> 16);
        r->out[1] = (uint8_t)(bits >> 8);
        r->out[2] = (uint8_t)bits;
        r->out += 3;
        r->p += 4;
    }
}

/* The next character that is no white space; -1: the end. */
static int
next_char(struct reader *r)
{
    while (r->p < r->end)
        if (!sbn__is_space((char)*r->p++))
            return r->p[-1];
    return -1;
}

/* After count digits of a group, '=' was read: the rest must be padding, and
 * bits that make no whole byte zero. */
static bool
decode_last(struct reader *r, uint32_t bits, int count)
{
    if (count < 2 || (count == 2 && next_char(r) != '='))
        return false;
    if (next_char(r) != -1)
        return false;
    if (count == 2) {
        *r->out++ = (uint8_t)(bits >> 4);
        return (bits & 0x0f) == 0;
    }
    *r->out++ = (uint8_t)(bits >> 10);
    *r->out++ = (uint8_t)(bits >> 2);
    return (bits & 0x03) == 0;
}

/* One group with white space or padding in it; *ret_done at the end. */
static bool
decode_group(struct reader *r, bool *ret_done)
{
    uint32_t bits = 0;
    int count, c;

    for (count = 0; count < 4; count++) {
        c = next_char(r);
        if (c == -1 || c == '=') {
            *ret_done = true;
            return c == -1 ? count == 0 : decode_last(r, bits, count);
        }
        if (!(digits[c] & IS_DIGIT))
            return false;
        bits = bits << 6 | (digits[c] & VALUE);
    }
    *r->out++ = (uint8_t)(bits >> 16);
    *r->out++ = (uint8_t)(bits >> 8);
    *r->out++ = (uint8_t)bits;
    return true;
}

sbn_status
sbn__base64_decode(const char *text, size_t size, uint8_t *out,
                   size_t *ret_size)
{
    struct reader r = {.p = (const unsigned char *)text, .out = out};
    bool done = false;

    if (size > 0)
        r.end = r.p + size;
    else
        done = true; /* text may be NULL */
    while (!done) {
        decode_plain(&r);
        if (!decode_group(&r, &done))
            return SBN_EDECODE;
    }
    *ret_size = (size_t)(r.out - out);
    return SBN_OK;
}
