/* SPDX-License-Identifier: Apache-2.0 */
/* Floating-point numbers as text, against what is known and what libc says. */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/base/number.h"
#include "test/support/test.h"

static const char *
text_of(double value)
{
    static char room[SBN__DOUBLE_ROOM + 1];

    room[sbn__format_double(room, value)] = '\0';
    return room;
}

static const char *
text_of_float(float value)
{
    static char room[SBN__DOUBLE_ROOM + 1];

    room[sbn__format_float(room, value)] = '\0';
    return room;
}

static double
value_of(const char *text)
{
    double value = 12345;

    CHECK_OK(sbn__parse_double(text, strlen(text), &value));
    return value;
}

static float
float_of(const char *text)
{
    float value = 12345;

    CHECK_OK(sbn__parse_float(text, strlen(text), &value));
    return value;
}

static uint64_t
bits_of(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof(bits));
    return bits;
}

static double
from_bits(uint64_t bits)
{
    double value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

static float
float_from_bits(uint32_t bits)
{
    float value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

static uint64_t
next_random(uint64_t *seed)
{
    /* xorshift, so that every run is the same */
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* How many significant digits a text in any notation has. */
static int
significant_digits(const char *text)
{
    int count = 0, zeros = 0;

    for (; *text != '\0' && *text != 'E' && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (*text == '0' && count == 0))
            continue;
        zeros = *text == '0' ? zeros + 1 : 0;
        count++;
    }
    return count - zeros;
}

/* What must hold for the text of any finite number. */
static void
check_text(double value)
{
    const char *text = text_of(value);
    char wanted[64];
    int digits = significant_digits(text);

    if (bits_of(strtod(text, NULL)) != bits_of(value))
        test_fail(__FILE__, __LINE__, "%.17g is written as %s", value, text);
    if (bits_of(value_of(text)) != bits_of(value))
        test_fail(__FILE__, __LINE__, "%s is not read back", text);
    /* No shorter one does: printf rounds right at every precision. */
    if (digits > 1) {
        snprintf(wanted, sizeof(wanted), "%.*e", digits - 2, value);
        if (strtod(wanted, NULL) == value)
            test_fail(__FILE__, __LINE__, "%s is longer than %s", text, wanted);
    }
    /* And of those as short, it is the nearest. */
    snprintf(wanted, sizeof(wanted), "%.*e", digits > 0 ? digits - 1 : 0,
             value);
    if (strtod(wanted, NULL) == value && value_of(wanted) == value) {
        char again[64];

        snprintf(again, sizeof(again), "%.*e", digits > 0 ? digits - 1 : 0,
                 strtod(text, NULL));
        CHECK_STR(again, wanted);
    }
}

static void
check_read(const char *text)
{
    double want = strtod(text, NULL), got = value_of(text);
    float want_float = strtof(text, NULL), got_float = float_of(text);

    if (bits_of(got) != bits_of(want))
        test_fail(__FILE__, __LINE__, "%s is read as %.17g, not %.17g", text,
                  got, want);
    if (memcmp(&got_float, &want_float, sizeof(float)) != 0)
        test_fail(__FILE__, __LINE__, "%s is read as float %.9g, not %.9g",
                  text, (double)got_float, (double)want_float);
}

TEST(doubles_are_written_like_dotnet)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.0, "0"},
        {-0.0, "-0"},
        {1.0, "1"},
        {-1.0, "-1"},
        {115.99, "115.99"},
        {22.0 / 7.0, "3.142857142857143"},
        {731.25, "731.25"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {-273.15, "-273.15"},
        {0.0001, "0.0001"},
        {0.00012345678901234567, "0.00012345678901234567"},
        {0.00001, "1E-05"},
        {1.5e-7, "1.5E-07"},
        {100000000000000.0, "100000000000000"},
        {999999999999999.0, "999999999999999"},
        {1e15, "1000000000000000"},
        {1e16, "10000000000000000"},
        {-12345678901234568.0, "-12345678901234568"},
        {1e17, "1E+17"},
        {1234567890123456.0, "1234567890123456"},
        {123456789012345.67, "123456789012345.67"},
        {99999999999999.98, "99999999999999.98"},
        {1e22, "1E+22"},
        {1e23, "1E+23"},
        {1e300, "1E+300"},
        {-1e300, "-1E+300"},
        {1e-300, "1E-300"},
        {DBL_MAX, "1.7976931348623157E+308"},
        {DBL_MIN, "2.2250738585072014E-308"},
        {4.9406564584124654e-324, "5E-324"},
        {9007199254740993.0, "9007199254740992"},
        {INFINITY, "INF"},
        {-INFINITY, "-INF"},
        {NAN, "NaN"},
    };
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        CHECK_STR(text_of(cases[i].value), cases[i].text);
}

TEST(floats_are_written_like_dotnet)
{
    CHECK_STR(text_of_float(0.0f), "0");
    CHECK_STR(text_of_float(-0.0f), "-0");
    CHECK_STR(text_of_float(0.1f), "0.1");
    CHECK_STR(text_of_float(115.99f), "115.99");
    CHECK_STR(text_of_float(3.1415927f), "3.1415927");
    CHECK_STR(text_of_float(9999999.0f), "9999999");
    CHECK_STR(text_of_float(1e7f), "10000000");
    CHECK_STR(text_of_float(1e8f), "100000000");
    CHECK_STR(text_of_float(1e9f), "1E+09");
    CHECK_STR(text_of_float(1e10f), "1E+10");
    CHECK_STR(text_of_float(16777216.0f), "16777216");
    CHECK_STR(text_of_float(FLT_MAX), "3.4028235E+38");
    CHECK_STR(text_of_float(FLT_MIN), "1.1754944E-38");
    CHECK_STR(text_of_float(1.4e-45f), "1E-45");
    CHECK_STR(text_of_float(INFINITY), "INF");
    CHECK_STR(text_of_float(-INFINITY), "-INF");
    CHECK_STR(text_of_float(NAN), "NaN");
}

TEST(every_form_xml_schema_allows_is_read)
{
    CHECK(value_of("1") == 1);
    CHECK(value_of("+1") == 1);
    CHECK(value_of("-1.") == -1);
    CHECK(value_of(".5") == 0.5);
    CHECK(value_of("  115.99\r\n") == 115.99);
    CHECK(value_of("1e3") == 1000);
    CHECK(value_of("1E+03") == 1000);
    CHECK(value_of("12.5E-1") == 1.25);
    CHECK(value_of("0000000000000000000000000000000001") == 1);
    CHECK(value_of("0.00000000000000000000000000000001") == 1e-32);
    CHECK(value_of("1E400") == INFINITY);
    CHECK(value_of("1E-400") == 0);
    CHECK(value_of("0E99999999999999999999999") == 0);
    CHECK(value_of("1E99999999999999999999999") == INFINITY);
    CHECK(value_of("1E-99999999999999999999999") == 0);
    CHECK(value_of("INF") == INFINITY);
    CHECK(value_of("+INF") == INFINITY);
    CHECK(value_of("-INF") == -INFINITY);
    CHECK(isnan(value_of("NaN")));
    CHECK(signbit(value_of("-0")));
    CHECK(signbit(value_of("-1E-400")));
    CHECK(float_of("INF") == INFINITY);
    CHECK(isnan(float_of(" NaN ")));
    CHECK(float_of("1E40") == INFINITY);
}

TEST(other_text_is_refused)
{
    static const char *const texts[] = {
        "",     " ",   ".",   "+",    "-",         "e5",       ".e5", "1e",
        "1e+",  "1 2", "1,5", "1.5.", "1..5",      "--1",      "+-1", "0x10",
        "inf",  "Inf", "nan", "-NaN", "+NaN",      "INFINITY", "1f",  "1e5.0",
        "INF1", "1_0", "\v1", "1\f",  "1\xc2\xa0",
    };
    double value = 7;
    float single = 7;
    size_t i;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (sbn__parse_double(texts[i], strlen(texts[i]), &value) !=
                SBN_EDECODE ||
            sbn__parse_float(texts[i], strlen(texts[i]), &single) !=
                SBN_EDECODE)
            test_fail(__FILE__, __LINE__, "\"%s\" was read", texts[i]);
        CHECK(value == 7);
        CHECK(single == 7);
    }
    CHECK_STATUS(sbn__parse_double("1\0002", 3, &value), SBN_EDECODE);
    CHECK_STATUS(sbn__parse_double(NULL, 0, &value), SBN_EDECODE);
}

TEST(powers_of_two_and_ten_and_their_neighbours)
{
    char text[32];
    uint64_t bits;
    double value;
    int e, step;

    for (e = -1074; e <= 1023; e++)
        for (step = -2; step <= 2; step++) {
            bits = bits_of(ldexp(1, e)) + (uint64_t)step;
            if (bits <= bits_of(DBL_MAX))
                check_text(from_bits(bits));
        }
    for (e = -330; e <= 310; e++) {
        snprintf(text, sizeof(text), "1e%d", e);
        check_read(text);
        value = strtod(text, NULL);
        for (step = -2; step <= 2; step++) {
            bits = bits_of(value) + (uint64_t)step;
            if (bits <= bits_of(DBL_MAX))
                check_text(from_bits(bits));
        }
    }
}

TEST(random_doubles_round_trip)
{
    uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);
    char text[64];
    double value;
    int i;

    for (i = 0; i < 100000; i++) {
        value = from_bits(next_random(&seed));
        if (!isfinite(value))
            continue;
        check_text(value);
        snprintf(text, sizeof(text), "%.16e", value);
        check_read(text);
        snprintf(text, sizeof(text), "%.25e", value);
        check_read(text);
    }
}

TEST(subnormal_doubles_round_trip)
{
    uint64_t seed = 42;
    int i;

    for (i = 0; i < 20000; i++)
        check_text(from_bits(next_random(&seed) >> (12 + i % 52)));
}

TEST(amounts_round_trip)
{
    uint64_t seed = 7;
    char text[64], *end;
    int i, places;

    for (i = 0; i < 50000; i++) {
        places = (int)(next_random(&seed) % 7);
        snprintf(text, sizeof(text), "%d.%0*d", (int)(i * 31), places + 1,
                 (int)(next_random(&seed) % 1000000));
        check_read(text);
        /* Written as it was read, but for zeros at the end. */
        end = text + strlen(text);
        while (end[-1] == '0')
            *--end = '\0';
        if (end[-1] == '.')
            end[-1] = '\0';
        CHECK_STR(text_of(strtod(text, NULL)), text);
    }
}

TEST(texts_of_any_length_are_rounded_like_libc)
{
    uint64_t seed = 99;
    char text[128];
    int i, size, digits, j;

    for (i = 0; i < 100000; i++) {
        digits = 1 + (int)(next_random(&seed) % 40);
        size = 0;
        for (j = 0; j < digits; j++) {
            text[size++] = (char)('0' + next_random(&seed) % 10);
            if (j == i % 23)
                text[size++] = '.';
        }
        snprintf(text + size, sizeof(text) - (size_t)size, "e%d",
                 (int)(next_random(&seed) % 680) - 350);
        check_read(text);
    }
}

TEST(random_floats_round_trip)
{
    uint64_t seed = 1234567;
    char text[64];
    float value;
    uint32_t bits;
    int i;

    for (i = 0; i < 200000; i++) {
        bits = (uint32_t)next_random(&seed);
        value = float_from_bits(bits);
        if (!isfinite(value))
            continue;
        CHECK(strtof(text_of_float(value), NULL) == value);
        CHECK(float_of(text_of_float(value)) == value);
        snprintf(text, sizeof(text), "%.*e",
                 significant_digits(text_of_float(value)) - 2, (double)value);
        if (significant_digits(text_of_float(value)) > 1 &&
            strtof(text, NULL) == value)
            test_fail(__FILE__, __LINE__, "%s is longer than %s",
                      text_of_float(value), text);
    }
}

/* The middle between value and the next larger one, all its digits; then just
 * below and just above. */
static void
check_middle(double value)
{
    char text[1400], *exponent;
    long double middle;
    size_t size;

    middle =
        ((long double)value + (long double)nextafter(value, (double)INFINITY)) /
        2;
    /* Not a long double everywhere: then only what libc makes of it. */
    size = (size_t)snprintf(text, 1200, "%.800Le", middle);
    check_read(text);
    exponent = strchr(text, 'e');
    memmove(exponent + 300, exponent, size - (size_t)(exponent - text) + 1);
    memset(exponent, '0', 300);
    check_read(text);
    exponent[299] = '1'; /* a digit more than a thousand places behind */
    check_read(text);
    exponent[299] = '0';
    /* below: the last digit that is not 0, less one, and nines */
    while (*--exponent == '0' || *exponent == '.')
        if (*exponent == '0')
            *exponent = '9';
    --*exponent;
    check_read(text);
}

TEST(the_middle_between_two_numbers_goes_to_the_even_one)
{
    uint64_t seed = 5;
    double value;
    int i;

    check_read("9007199254740993");
    check_read("9007199254740995");
    check_read("9007199254740993.0000000000000000000000000000000000000000001");
    check_read("9007199254740992.9999999999999999999999999999999999999999999");
    check_read("16777217");
    check_read("16777217.00000000000000000000000000000000000000000000000001");
    check_read("16777216.99999999999999999999999999999999999999999999999999");
    check_read("1.00000005960464477539062500000");
    check_middle(DBL_MIN);
    check_middle(from_bits(0));
    check_middle(from_bits(1));
    check_middle(from_bits(bits_of(DBL_MIN) - 1));
    check_middle(from_bits(bits_of(DBL_MAX) - 1));
    check_read("179769313486231580793728971405301e276"); /* over the top */
    check_read("179769313486231580793728971405300e276");
    for (i = 0; i < 3000; i++) {
        value = fabs(from_bits(next_random(&seed)));
        if (isfinite(value) && value < DBL_MAX)
            check_middle(value);
        check_middle(from_bits(next_random(&seed) >> 12));
    }
}

TEST(more_digits_than_any_number_needs)
{
    enum { SIZE = 100000 };
    char *text = malloc(SIZE + 16);
    double value;

    CHECK(text != NULL);
    memset(text, '0', SIZE);
    text[0] = '.';
    memcpy(text + SIZE, "1E100000", 9);
    CHECK_OK(sbn__parse_double(text, SIZE + 8, &value));
    CHECK(value == 1);
    memset(text, '9', SIZE);
    memcpy(text + SIZE, "E-99999", 8);
    CHECK_OK(sbn__parse_double(text, SIZE + 7, &value));
    CHECK(value == 10);
    free(text);
}

TEST(a_locale_with_a_decimal_comma_changes_nothing)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "de_DE",
                                        "fr_FR.UTF-8", "fr_FR"};
    const char *set = NULL;
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]) && set == NULL; i++)
        set = setlocale(LC_ALL, names[i]);
    if (set == NULL)
        test_skip("no locale with a decimal comma");
    CHECK_STR(localeconv()->decimal_point, ",");
    CHECK_STR(text_of(115.99), "115.99");
    CHECK(value_of("115.99") == 11599 / 100.0);
    CHECK_STR(text_of_float(0.5f), "0.5");
    CHECK_STR(text_of(1234567.5), "1234567.5");
}
