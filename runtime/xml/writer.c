/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "runtime/base/text.h"
#include "runtime/xml/writer.h"

/* What stops the copying of bytes: in text and values, or in values only. */
enum { STOP = 1, STOP_VALUE = 2 };

#define STOP_8 STOP, STOP, STOP, STOP, STOP, STOP, STOP, STOP
#define STOP_32 STOP_8, STOP_8, STOP_8, STOP_8
#define COPY_8 0, 0, 0, 0, 0, 0, 0, 0
#define COPY_32 COPY_8, COPY_8, COPY_8, COPY_8

/* Control characters but tab and line feed, the five of markup, and all that
 * is not ASCII. */
static const unsigned char stops[256] = {
    STOP_8,  STOP,    STOP_VALUE, STOP_VALUE, STOP,   STOP,
    STOP,    STOP,    STOP,       STOP_8,     STOP_8, /* to 0x1f */
    0,       0,       STOP_VALUE, 0,          0,      0,
    STOP,    0,       COPY_8,     COPY_8, /* to 0x37 */
    0,       0,       0,          0,          STOP,   0,
    STOP,    0,       COPY_32,    COPY_32, /* to 0x7f */
    STOP_32, STOP_32, STOP_32,    STOP_32,
};

static const char *
escape_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#x9;";
    case '\n':
        return "&#xA;";
    default:
        return "&#xD;";
    }
}

/* Bytes of the well-formed character at text that XML can carry, 0: none. */
static size_t
character_size(const char *text, size_t size)
{
    unsigned char first = (unsigned char)text[0];
    size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;

    if (first < 0xc2 || length > size || !sbn__is_utf8(text, length))
        return 0;
    /* XML 1.0, 2.2: Char stops short of U+FFFE and U+FFFF. */
    if (first == 0xef && (unsigned char)text[1] == 0xbf &&
        (unsigned char)text[2] >= 0xbe)
        return 0;
    return length;
}

/* The character at text, which stopped the copying; how many bytes it has. */
static size_t
write_special(struct sbn__buf *out, const char *text, size_t size)
{
    unsigned char c = (unsigned char)text[0];
    size_t length;

    if (c < 0x80) {
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            sbn__buf_lit(out, "\xef\xbf\xbd");
        else
            sbn__buf_puts(out, escape_of(text[0]));
        return 1;
    }
    length = character_size(text, size);
    if (length == 0) {
        sbn__buf_lit(out, "\xef\xbf\xbd");
        return 1;
    }
    sbn__buf_append(out, text, length);
    return length;
}

/* Whether a byte of the word is 0 (exact when no byte is above 0x7f). */
#define HAS_ZERO(word) (((word)-ONES) & ~(word)&HIGHS)
#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* Eight bytes at once: whether none of them can stop the copying. " and &
 * differ in one bit, < and > in another. */
static bool
is_plain_word(const char *text)
{
    uint64_t word, quotes, angles;

    memcpy(&word, text, sizeof(word));
    quotes = (word & ~(ONES * 0x04)) ^ (ONES * 0x22);
    angles = (word & ~(ONES * 0x02)) ^ (ONES * 0x3c);
    return ((word & HIGHS) | HAS_ZERO(quotes) | HAS_ZERO(angles) |
            ((word - ONES * 0x20) & HIGHS)) == 0;
}

static void
write_escaped(struct sbn__buf *out, const char *text, size_t size,
              unsigned char mask)
{
    size_t start = 0, i = 0;

    for (;;) {
        while (size - i >= 8 && is_plain_word(text + i))
            i += 8;
        while (i < size && (stops[(unsigned char)text[i]] & mask) == 0)
            i++;
        sbn__buf_append(out, text + start, i - start);
        if (i == size)
            return;
        i += write_special(out, text + i, size - i);
        start = i;
    }
}

void
sbn__xml_write_text(struct sbn__buf *out, const char *text, size_t size)
{
    write_escaped(out, text, size, STOP);
}

void
sbn__xml_write_value(struct sbn__buf *out, const char *text, size_t size)
{
    write_escaped(out, text, size, STOP | STOP_VALUE);
}
