/* SPDX-License-Identifier: Apache-2.0 */
/* The helpers of <sebon/types.h>. */
#include <time.h>

#include <sebon/types.h>

#include "test/support/test.h"

TEST(decimals_become_integers_when_they_fit)
{
    int64_t i = 7;
    uint64_t u = 7;

    CHECK_OK(sbn_decimal_to_int64("-9223372036854775808", &i));
    CHECK(i == INT64_MIN);
    CHECK_OK(sbn_decimal_to_int64(" +42.000 ", &i));
    CHECK_INT(i, ==, 42);
    CHECK_OK(sbn_decimal_to_int64("-.0", &i));
    CHECK_INT(i, ==, 0);
    CHECK_OK(sbn_decimal_to_int64("000000000000000000000000000000007", &i));
    CHECK_INT(i, ==, 7);
    CHECK_STATUS(sbn_decimal_to_int64("9223372036854775808", &i), SBN_ELIMIT);
    CHECK_STATUS(sbn_decimal_to_int64("-9223372036854775809", &i), SBN_ELIMIT);
    CHECK_STATUS(sbn_decimal_to_int64("1.5", &i), SBN_ELIMIT);
    CHECK_STATUS(sbn_decimal_to_int64("1e3", &i), SBN_EDECODE);
    CHECK_STATUS(sbn_decimal_to_int64(".", &i), SBN_EDECODE);
    CHECK_STATUS(sbn_decimal_to_int64("", &i), SBN_EDECODE);
    CHECK_STATUS(sbn_decimal_to_int64(NULL, &i), SBN_EDECODE);
    CHECK_INT(i, ==, 7);

    CHECK_OK(sbn_decimal_to_uint64("18446744073709551615", &u));
    CHECK(u == UINT64_MAX);
    CHECK_OK(sbn_decimal_to_uint64("-0", &u));
    CHECK_INT(u, ==, 0);
    CHECK_STATUS(sbn_decimal_to_uint64("18446744073709551616", &u), SBN_ELIMIT);
    CHECK_STATUS(sbn_decimal_to_uint64("-1", &u), SBN_ELIMIT);
    CHECK_STATUS(sbn_decimal_to_uint64("one", &u), SBN_EDECODE);
    CHECK_INT(u, ==, 0);
}

TEST(decimals_become_doubles)
{
    char text[402];
    double d = 7;

    CHECK_OK(sbn_decimal_to_double("-115.99", &d));
    CHECK(d == -115.99);
    CHECK_OK(sbn_decimal_to_double("1.", &d));
    CHECK(d == 1);
    CHECK_STATUS(sbn_decimal_to_double("1E3", &d), SBN_EDECODE);
    CHECK_STATUS(sbn_decimal_to_double("INF", &d), SBN_EDECODE);
    CHECK_STATUS(sbn_decimal_to_double(NULL, &d), SBN_EDECODE);
    memset(text, '9', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    CHECK_STATUS(sbn_decimal_to_double(text, &d), SBN_ELIMIT);
    CHECK(d == 1);
}

static int64_t
unix_of(int32_t year, int month, int day, int hour, int16_t offset)
{
    sbn_datetime v = {year, (uint8_t)month, (uint8_t)day, (uint8_t)hour, 0, 0,
                      0,    offset};
    int64_t seconds = 0;

    CHECK_OK(sbn_datetime_to_unix(&v, &seconds));
    return seconds;
}

TEST(dates_count_seconds_from_1970)
{
    CHECK_INT(unix_of(1970, 1, 1, 0, 0), ==, 0);
    CHECK_INT(unix_of(1970, 1, 1, 0, SBN_NO_OFFSET), ==, 0);
    CHECK_INT(unix_of(1970, 1, 1, 0, 60), ==, -3600);
    CHECK_INT(unix_of(1969, 12, 31, 24, 0), ==, 0);
    CHECK_INT(unix_of(2000, 3, 1, 0, 0), ==, 951868800);
    CHECK_INT(unix_of(1, 1, 1, 0, 0), ==, INT64_C(-62135596800));
    /* There is no year 0 between these. */
    CHECK_INT(unix_of(1, 1, 1, 0, 0) - unix_of(-1, 12, 31, 0, 0), ==, 86400);
}

TEST(seconds_become_the_date_libc_says)
{
    int64_t seconds, back;
    sbn_datetime v;
    struct tm tm;
    time_t t;

    for (seconds = INT64_C(-62135596800); seconds < INT64_C(253402300800);
         seconds += 86399 * 13) {
        t = (time_t)seconds;
        CHECK(gmtime_r(&t, &tm) != NULL);
        CHECK_OK(sbn_datetime_from_unix(seconds, 5, &v));
        CHECK_INT(v.year, ==, tm.tm_year + 1900);
        CHECK_INT(v.month, ==, tm.tm_mon + 1);
        CHECK_INT(v.day, ==, tm.tm_mday);
        CHECK_INT(v.hour, ==, tm.tm_hour);
        CHECK_INT(v.minute, ==, tm.tm_min);
        CHECK_INT(v.second, ==, tm.tm_sec);
        CHECK_INT(v.nanosecond, ==, 5);
        CHECK_INT(v.offset, ==, 0);
        CHECK_OK(sbn_datetime_to_unix(&v, &back));
        CHECK_INT(back, ==, seconds);
    }
}

TEST(years_that_do_not_fit_are_refused)
{
    sbn_datetime v = {7, 1, 1, 0, 0, 0, 0, 0}, last;
    int64_t seconds = 3;

    CHECK_STATUS(sbn_datetime_from_unix(INT64_MAX, 0, &v), SBN_ELIMIT);
    CHECK_STATUS(sbn_datetime_from_unix(INT64_MIN, 0, &v), SBN_ELIMIT);
    CHECK_STATUS(sbn_datetime_from_unix(0, 1000000000, &v), SBN_EINVAL);
    CHECK_INT(v.year, ==, 7);
    v = (sbn_datetime){INT32_MAX, 12, 31, 23, 59, 59, 0, 0};
    CHECK_OK(sbn_datetime_to_unix(&v, &seconds));
    CHECK_OK(sbn_datetime_from_unix(seconds, 0, &last));
    CHECK_INT(last.year, ==, INT32_MAX);
    CHECK_STATUS(sbn_datetime_from_unix(seconds + 1, 0, &last), SBN_ELIMIT);
    v = (sbn_datetime){INT32_MIN, 1, 1, 0, 0, 0, 0, 0};
    CHECK_OK(sbn_datetime_to_unix(&v, &seconds));
    CHECK_OK(sbn_datetime_from_unix(seconds, 0, &last));
    CHECK_INT(last.year, ==, INT32_MIN);
    CHECK_STATUS(sbn_datetime_from_unix(seconds - 1, 0, &last), SBN_ELIMIT);
    v.month = 13;
    CHECK_STATUS(sbn_datetime_to_unix(&v, &seconds), SBN_EINVAL);
    v = (sbn_datetime){2023, 2, 29, 0, 0, 0, 0, 0};
    CHECK_STATUS(sbn_datetime_to_unix(&v, &seconds), SBN_EINVAL);
    v = (sbn_datetime){0, 1, 1, 0, 0, 0, 0, 0};
    CHECK_STATUS(sbn_datetime_to_unix(&v, &seconds), SBN_EINVAL);
}
