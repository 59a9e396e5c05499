/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/text.h"

/* What may follow a lead byte, from the Unicode Standard's table of well-formed
 * byte sequences: the range of the second byte keeps out overlong forms,
 * surrogates and what is above U+10FFFF. */
struct lead {
    unsigned char more; /* bytes after this one; 0: no lead byte */
    unsigned char low, high;
};

static struct lead
lead_of(unsigned char byte)
{
    static const struct lead none = {0, 0, 0}, two = {1, 0x80, 0xbf},
                             e0 = {2, 0xa0, 0xbf}, three = {2, 0x80, 0xbf},
                             ed = {2, 0x80, 0x9f}, f0 = {3, 0x90, 0xbf},
                             four = {3, 0x80, 0xbf}, f4 = {3, 0x80, 0x8f};

    if (byte < 0xc2 || byte > 0xf4)
        return none;
    if (byte < 0xe0)
        return two;
    if (byte < 0xf0)
        return byte == 0xe0 ? e0 : byte == 0xed ? ed : three;
    return byte == 0xf0 ? f0 : byte == 0xf4 ? f4 : four;
}

/* The length of the sequence at p, which is not ASCII; 0: not well-formed. */
static size_t
sequence_size(const unsigned char *p, size_t size)
{
    struct lead lead = lead_of(p[0]);
    size_t i;

    if (lead.more == 0 || size <= lead.more)
        return 0;
    if (p[1] < lead.low || p[1] > lead.high)
        return 0;
    for (i = 2; i <= lead.more; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return lead.more + 1u;
}

bool
sbn__is_utf8(const char *bytes, size_t size)
{
    const unsigned char *p = (const unsigned char *)bytes;
    const uint64_t high_bits = UINT64_C(0x8080808080808080);
    uint64_t word;
    size_t i = 0, step;

    while (i < size) {
        /* Most text is ASCII: eight bytes at a time. */
        if (size - i >= sizeof(word)) {
            memcpy(&word, p + i, sizeof(word));
            if ((word & high_bits) == 0) {
                i += sizeof(word);
                continue;
            }
        }
        if (p[i] < 0x80) {
            i++;
            continue;
        }
        step = sequence_size(p + i, size - i);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}
