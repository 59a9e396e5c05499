/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of a generic type's name. .NET takes the first six bytes of an MD5
 * (RFC 1321) over how many arguments there are and their namespaces.
 */
#include <stdint.h>
#include <string.h>

#include "codegen/contract-model.h"

#include "codegen/text.h"

/* floor(2^32 * abs(sin(i + 1))) */
static const uint32_t sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a,
    0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be,
    0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340,
    0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8,
    0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c,
    0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa,
    0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92,
    0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1,
    0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

static const unsigned char shifts[4][4] = {
    {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

static uint32_t
word_at(const unsigned char *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static void
take_block(uint32_t state[4], const unsigned char *block)
{
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    unsigned i;

    for (i = 0; i < 64; i++) {
        unsigned round = i / 16, at = i, shift = shifts[round][i % 4];
        uint32_t mixed = (b & c) | (~b & d), next;

        if (round == 1) {
            mixed = (d & b) | (~d & c);
            at = 5 * i + 1;
        } else if (round == 2) {
            mixed = b ^ c ^ d;
            at = 3 * i + 5;
        } else if (round == 3) {
            mixed = c ^ (b | ~d);
            at = 7 * i;
        }
        mixed += a + sines[i] + word_at(block + (at % 16) * 4);
        next = b + (mixed << shift | mixed >> (32 - shift));
        a = d;
        d = c;
        c = b;
        b = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

/* The first eight bytes of text's MD5. */
static void
md5(const char *text, size_t size, unsigned char ret_start[8])
{
    uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    unsigned char last[128] = {0};
    size_t at = 0, end, i;

    for (; size - at >= 64; at += 64)
        take_block(state, (const unsigned char *)text + at);
    memcpy(last, text + at, size - at);
    last[size - at] = 0x80;
    end = size - at < 56 ? 64 : 128;
    for (i = 0; i < 8; i++)
        last[end - 8 + i] = (unsigned char)((uint64_t)size * 8 >> (8 * i));
    for (at = 0; at < end; at += 64)
        take_block(state, last + at);
    for (i = 0; i < 8; i++)
        ret_start[i] = (unsigned char)(state[i / 4] >> (8 * (i % 4)));
}

bool
contract_is_builtin_ns(const char *ns)
{
    return strcmp(ns, NS_XSD) == 0 || strcmp(ns, NS_SERIALIZATION) == 0;
}

const char *
contract_digest(const struct vec *namespaces)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789+/";
    struct text text = {NULL, 0, 0, 0}, result = {NULL, 0, 0, 0};
    unsigned char start[8];
    uint64_t bits = 0;
    bool builtin = true;
    size_t i;

    text_printf(&text, " %zu", namespaces->count);
    for (i = 0; i < namespaces->count; i++) {
        builtin =
            builtin && contract_is_builtin_ns(VEC(namespaces, const char, i));
        text_printf(&text, " %s", VEC(namespaces, const char, i));
    }
    if (builtin)
        return "";
    md5(text.data, text.size, start);
    for (i = 0; i < 6; i++)
        bits = bits << 8 | start[i];
    for (i = 0; i < 8; i++) {
        char c = letters[bits >> (42 - 6 * i) & 63];

        if (c == '/' || c == '+') /* neither may stand in a name */
            text_put(&result, c == '/' ? "_S" : "_P");
        else
            text_putn(&result, &c, 1);
    }
    return result.data;
}
