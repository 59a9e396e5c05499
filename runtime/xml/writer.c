/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/text.h"
#include "runtime/xml/writer.h"

/* What an ASCII byte means: copied as it is, escaped everywhere, escaped in
 * attribute values, impossible; LONG: the first of a longer character. */
enum { COPY, ESCAPE, QUOTE, BAD, LONG };

static const unsigned char classes[128] = {
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    QUOTE,
    QUOTE,
    BAD,
    BAD,
    ESCAPE,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    BAD,
    ['"'] = QUOTE,
    ['&'] = ESCAPE,
    ['<'] = ESCAPE,
    ['>'] = ESCAPE,
};

static int
class_of(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte < 128 ? classes[byte] : LONG;
}

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

static void
write_escaped(struct sbn__buf *out, const char *text, size_t size, bool value)
{
    size_t start = 0, i = 0, length;

    while (i < size) {
        int class = class_of(text[i]);

        if (class == COPY || (class == QUOTE && !value)) {
            i++;
            continue;
        }
        length = class == LONG ? character_size(text + i, size - i) : 0;
        if (length > 0) {
            i += length;
            continue;
        }
        sbn__buf_append(out, text + start, i - start);
        if (class == BAD || class == LONG)
            sbn__buf_lit(out, "\xef\xbf\xbd");
        else
            sbn__buf_puts(out, escape_of(text[i]));
        start = ++i;
    }
    sbn__buf_append(out, text + start, size - start);
}

void
sbn__xml_write_text(struct sbn__buf *out, const char *text, size_t size)
{
    write_escaped(out, text, size, false);
}

void
sbn__xml_write_value(struct sbn__buf *out, const char *text, size_t size)
{
    write_escaped(out, text, size, true);
}
