/* SPDX-License-Identifier: Apache-2.0 */
/* Booleans, integers and decimals as text. */
#include <inttypes.h>
#include <stdio.h>

#include "runtime/base/number.h"
#include "test/support/test.h"

static void
check_written(int64_t value)
{
    char room[SBN__INT_ROOM], want[32];
    size_t size = sbn__format_int64(room, value);
    int64_t back = 0;

    snprintf(want, sizeof(want), "%" PRId64, value);
    CHECK_MEM(room, size, want, strlen(want));
    CHECK_OK(sbn__parse_int64(room, size, INT64_MIN, INT64_MAX, &back));
    CHECK_INT(back, ==, value);
}

static void
check_written_unsigned(uint64_t value)
{
    char room[SBN__INT_ROOM], want[32];
    size_t size = sbn__format_uint64(room, value);
    uint64_t back = 0;

    snprintf(want, sizeof(want), "%" PRIu64, value);
    CHECK_MEM(room, size, want, strlen(want));
    CHECK_OK(sbn__parse_uint64(room, size, UINT64_MAX, &back));
    CHECK(back == value);
}

TEST(integers_of_every_length_round_trip)
{
    uint64_t power = 1;
    int i, step;

    for (i = 0; i < 20; i++, power *= 10)
        for (step = -2; step <= 2; step++) {
            check_written_unsigned(power + (uint64_t)step);
            check_written((int64_t)(power + (uint64_t)step));
            check_written((int64_t)(0 - power - (uint64_t)step));
        }
    for (i = 0; i < 64; i++) {
        check_written_unsigned(UINT64_C(1) << i);
        check_written_unsigned((UINT64_C(1) << i) - 1);
    }
    check_written(INT64_MIN);
    check_written(INT64_MAX);
    check_written_unsigned(UINT64_MAX);
}

static sbn_status
parse(const char *text, int64_t min, int64_t max, int64_t *ret)
{
    return sbn__parse_int64(text, strlen(text), min, max, ret);
}

TEST(integers_have_a_range)
{
    int64_t v = 5;

    CHECK_OK(parse("-128", INT8_MIN, INT8_MAX, &v));
    CHECK_INT(v, ==, -128);
    CHECK_OK(parse("+127", INT8_MIN, INT8_MAX, &v));
    CHECK_INT(v, ==, 127);
    CHECK_STATUS(parse("128", INT8_MIN, INT8_MAX, &v), SBN_EDECODE);
    CHECK_STATUS(parse("-129", INT8_MIN, INT8_MAX, &v), SBN_EDECODE);
    CHECK_STATUS(parse("9223372036854775808", INT64_MIN, INT64_MAX, &v),
                 SBN_EDECODE);
    CHECK_STATUS(parse("-9223372036854775809", INT64_MIN, INT64_MAX, &v),
                 SBN_EDECODE);
    CHECK_STATUS(parse("18446744073709551617", INT64_MIN, INT64_MAX, &v),
                 SBN_EDECODE);
    CHECK_STATUS(parse("100000000000000000000000", INT64_MIN, INT64_MAX, &v),
                 SBN_EDECODE);
    CHECK_INT(v, ==, 127);
    CHECK_OK(parse("\t-0000000000000000000000000000001\n", -1, 0, &v));
    CHECK_INT(v, ==, -1);
}

TEST(unsigned_integers_have_a_range)
{
    uint64_t v = 5;

    CHECK_OK(sbn__parse_uint64("255", 3, UINT8_MAX, &v));
    CHECK_INT(v, ==, 255);
    CHECK_STATUS(sbn__parse_uint64("256", 3, UINT8_MAX, &v), SBN_EDECODE);
    CHECK_STATUS(sbn__parse_uint64("-1", 2, UINT64_MAX, &v), SBN_EDECODE);
    CHECK_STATUS(sbn__parse_uint64("18446744073709551616", 20, UINT64_MAX, &v),
                 SBN_EDECODE);
    CHECK_INT(v, ==, 255);
    CHECK_OK(sbn__parse_uint64("-0", 2, UINT64_MAX, &v));
    CHECK_INT(v, ==, 0);
}

TEST(other_text_is_no_integer)
{
    static const char *const texts[] = {"",   " ",   "+",   "-",       "--1",
                                        "1.", "1.0", "1e3", "0x1",     "1 2",
                                        "a",  "1a",  "+-1", "\xd9\xa1"};
    int64_t v = 5;
    uint64_t u = 5;
    size_t i;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        CHECK_STATUS(parse(texts[i], INT64_MIN, INT64_MAX, &v), SBN_EDECODE);
        CHECK_STATUS(
            sbn__parse_uint64(texts[i], strlen(texts[i]), UINT64_MAX, &u),
            SBN_EDECODE);
        CHECK(!sbn__is_integer(texts[i], strlen(texts[i])));
    }
    CHECK_STATUS(sbn__parse_int64(NULL, 0, 0, 1, &v), SBN_EDECODE);
    CHECK_INT(v, ==, 5);
    CHECK_INT(u, ==, 5);
}

TEST(booleans_have_four_texts)
{
    static const char *const others[] = {"",      "TRUE", "True", "yes", "2",
                                         "true1", "t",    "00",   "fals"};
    bool v = false;
    size_t i;

    CHECK_OK(sbn__parse_bool("true", 4, &v));
    CHECK(v);
    CHECK_OK(sbn__parse_bool(" false ", 7, &v));
    CHECK(!v);
    CHECK_OK(sbn__parse_bool("1", 1, &v));
    CHECK(v);
    CHECK_OK(sbn__parse_bool("0", 1, &v));
    CHECK(!v);
    v = true;
    for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        CHECK_STATUS(sbn__parse_bool(others[i], strlen(others[i]), &v),
                     SBN_EDECODE);
    CHECK(v);
}

TEST(decimals_are_checked_and_not_limited)
{
    static const char *const good[] = {
        "0",
        "-1.23",
        "+100000.00",
        "210.",
        ".5",
        "-.5",
        " 1.50 ",
        "00.00",
        "12678967543233293847594738457394.3948759387459837458",
    };
    static const char *const bad[] = {"",    " ",    ".",   "-.",  "1.2.3",
                                      "1e5", "INF",  "NaN", "1,5", "- 1",
                                      "1-",  "1.5f", "+-1"};
    size_t i;

    for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        CHECK(sbn__is_decimal(good[i], strlen(good[i])));
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!sbn__is_decimal(bad[i], strlen(bad[i])));
    CHECK(!sbn__is_decimal(NULL, 0));
    CHECK(sbn__is_integer("-12345678901234567890123", 24));
    CHECK(!sbn__is_integer("1.0", 3));
}
