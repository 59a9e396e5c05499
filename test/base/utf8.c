/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "runtime/base/text.h"
#include "test/support/test.h"

static bool
valid(const char *text)
{
    return sbn__is_utf8(text, strlen(text));
}

TEST(the_ends_of_each_length_are_valid)
{
    CHECK(sbn__is_utf8(NULL, 0));
    CHECK(sbn__is_utf8("\0", 1));
    CHECK(valid("\x7f"));
    CHECK(valid("\xc2\x80"));
    CHECK(valid("\xdf\xbf"));
    CHECK(valid("\xe0\xa0\x80"));
    CHECK(valid("\xef\xbf\xbf"));
    CHECK(valid("\xf0\x90\x80\x80"));
    CHECK(valid("\xf4\x8f\xbf\xbf"));
    CHECK(valid("\xed\x9f\xbf")); /* right before and after the surrogates */
    CHECK(valid("\xee\x80\x80"));
}

TEST(ill_formed_sequences_are_refused)
{
    static const char *const texts[] = {
        "\x80",             /* continuation alone */
        "\xbf",             /**/
        "\xc0\x80",         /* overlong NUL */
        "\xc1\xbf",         /* overlong */
        "\xe0\x80\x80",     /* overlong */
        "\xe0\x9f\xbf",     /* overlong */
        "\xf0\x80\x80\x80", /* overlong */
        "\xf0\x8f\xbf\xbf", /* overlong */
        "\xed\xa0\x80",     /* surrogates */
        "\xed\xbf\xbf",     /**/
        "\xf4\x90\x80\x80", /* above U+10FFFF */
        "\xf5\x80\x80\x80", /**/
        "\xff",             /* never a lead byte */
        "\xfe",             /**/
        "\xc3",             /* cut short */
        "\xe2\x82",         /**/
        "\xf0\x9f\x98",     /**/
        "\xc3(",            /* no continuation */
        "\xe2(\xac",        /**/
        "\xe2\x82(",        /**/
        "\xf0\x9f\x98(",    /**/
        "\xe4\xf6\xfc",     /* Latin-1 */
    };
    char text[64];
    size_t i, before, size;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        for (before = 0; before < 20; before++) {
            size = strlen(texts[i]);
            memset(text, 'a', sizeof(text));
            memcpy(text + before, texts[i], size);
            if (sbn__is_utf8(text, before + size) ||
                sbn__is_utf8(text, sizeof(text)))
                test_fail(__FILE__, __LINE__, "case %zu passed", i);
        }
}

/* Straight from the definition, one code point at a time. */
TEST(every_code_point_but_surrogates_is_valid)
{
    unsigned char b[4];
    unsigned long c;
    size_t size;

    for (c = 0; c <= 0x110fff; c++) {
        if (c < 0x80) {
            b[0] = (unsigned char)c;
            size = 1;
        } else if (c < 0x800) {
            b[0] = (unsigned char)(0xc0 | c >> 6);
            size = 2;
        } else if (c < 0x10000) {
            b[0] = (unsigned char)(0xe0 | c >> 12);
            size = 3;
        } else {
            b[0] = (unsigned char)(0xf0 | c >> 18);
            size = 4;
        }
        if (size > 1)
            b[size - 1] = (unsigned char)(0x80 | (c & 0x3f));
        if (size > 2)
            b[size - 2] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
        if (size > 3)
            b[1] = (unsigned char)(0x80 | (c >> 12 & 0x3f));
        if (sbn__is_utf8((char *)b, size) !=
            (c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff)))
            test_fail(__FILE__, __LINE__, "U+%04lX", c);
    }
}

TEST(no_byte_behind_the_end_is_read)
{
    static const char text[] = "abcdefgh\xe2\x82\xac"
                               "ijklmnop\xf0\x9f\x98\x80";
    size_t size;
    char *exact;

    for (size = 1; size < sizeof(text); size++) {
        exact = malloc(size); /* the sanitizer watches its end */
        CHECK(exact != NULL);
        memcpy(exact, text, size);
        CHECK(sbn__is_utf8(exact, size) ==
              (size <= 8 || (size >= 11 && size <= 19) || size >= 23));
        free(exact);
    }
}
