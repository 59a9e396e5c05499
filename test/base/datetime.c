/* SPDX-License-Identifier: Apache-2.0 */
/* Dates and times as XML Schema Part 2 writes them. */
#include "runtime/base/datetime.h"
#include "test/support/test.h"

static const char *
text_of(sbn_kind kind, const sbn_datetime *value)
{
    static char room[SBN__DATETIME_ROOM + 1];

    room[sbn__format_datetime(room, kind, value)] = '\0';
    return room;
}

/* Reads and writes; the same text comes out. */
static sbn_datetime
check_same(sbn_kind kind, const char *text)
{
    sbn_datetime value;

    CHECK_OK(sbn__parse_datetime(text, strlen(text), kind, &value));
    CHECK_STR(text_of(kind, &value), text);
    return value;
}

static void
check_written(sbn_kind kind, const char *text, const char *want)
{
    sbn_datetime value;

    CHECK_OK(sbn__parse_datetime(text, strlen(text), kind, &value));
    CHECK_STR(text_of(kind, &value), want);
}

static void
check_refused(sbn_kind kind, const char *text)
{
    sbn_datetime value, before;

    memset(&value, 0x55, sizeof(value));
    before = value;
    if (sbn__parse_datetime(text, strlen(text), kind, &value) != SBN_EDECODE)
        test_fail(__FILE__, __LINE__, "\"%s\" was read", text);
    CHECK_MEM(&value, sizeof(value), &before, sizeof(before));
}

TEST(each_type_has_its_parts)
{
    sbn_datetime v;

    v = check_same(SBN_K_DATETIME, "2004-04-12T13:20:15.5-05:00");
    CHECK_INT(v.year, ==, 2004);
    CHECK_INT(v.month, ==, 4);
    CHECK_INT(v.day, ==, 12);
    CHECK_INT(v.hour, ==, 13);
    CHECK_INT(v.minute, ==, 20);
    CHECK_INT(v.second, ==, 15);
    CHECK_INT(v.nanosecond, ==, 500000000);
    CHECK_INT(v.offset, ==, -300);
    v = check_same(SBN_K_DATE, "1999-12-31");
    CHECK_INT(v.day, ==, 31);
    CHECK_INT(v.offset, ==, SBN_NO_OFFSET);
    v = check_same(SBN_K_TIME, "23:59:59.999999999Z");
    CHECK_INT(v.year, ==, 0);
    CHECK_INT(v.nanosecond, ==, 999999999);
    CHECK_INT(v.offset, ==, 0);
    v = check_same(SBN_K_GYEAR, "2024Z");
    CHECK_INT(v.year, ==, 2024);
    v = check_same(SBN_K_GYEARMONTH, "2024-02+01:30");
    CHECK_INT(v.month, ==, 2);
    CHECK_INT(v.offset, ==, 90);
    v = check_same(SBN_K_GMONTH, "--11");
    CHECK_INT(v.month, ==, 11);
    v = check_same(SBN_K_GMONTHDAY, "--02-29");
    CHECK_INT(v.day, ==, 29);
    v = check_same(SBN_K_GDAY, "---31-14:00");
    CHECK_INT(v.day, ==, 31);
    CHECK_INT(v.offset, ==, -840);
}

TEST(years_may_be_long_and_negative)
{
    CHECK_INT(check_same(SBN_K_GYEAR, "-0001").year, ==, -1);
    CHECK_INT(check_same(SBN_K_DATE, "-0044-03-15").year, ==, -44);
    CHECK_INT(check_same(SBN_K_DATE, "12004-01-01").year, ==, 12004);
    CHECK_INT(check_same(SBN_K_GYEAR, "2147483647").year, ==, INT32_MAX);
    CHECK_INT(check_same(SBN_K_GYEAR, "-2147483647").year, ==, -INT32_MAX);
    check_refused(SBN_K_GYEAR, "2147483648");
    check_refused(SBN_K_GYEAR, "99999999999999999999999");
    check_refused(SBN_K_GYEAR, "0000");
    check_refused(SBN_K_GYEAR, "-0000");
    check_refused(SBN_K_GYEAR, "02004");
    check_refused(SBN_K_GYEAR, "204");
    check_refused(SBN_K_GYEAR, "+2004");
    check_refused(SBN_K_GYEAR, "--2004");
}

TEST(days_fit_their_month)
{
    check_same(SBN_K_DATE, "2024-02-29");
    check_same(SBN_K_DATE, "2000-02-29");
    check_same(SBN_K_DATE, "-0001-02-29"); /* the year before 1 */
    check_refused(SBN_K_DATE, "2023-02-29");
    check_refused(SBN_K_DATE, "1900-02-29");
    check_refused(SBN_K_DATE, "2024-02-30");
    check_refused(SBN_K_DATE, "2024-04-31");
    check_refused(SBN_K_DATE, "2024-13-01");
    check_refused(SBN_K_DATE, "2024-00-01");
    check_refused(SBN_K_DATE, "2024-01-00");
    check_refused(SBN_K_DATE, "2024-01-32");
    check_refused(SBN_K_GMONTHDAY, "--02-30");
    check_refused(SBN_K_GMONTHDAY, "--04-31");
    check_refused(SBN_K_GDAY, "---32");
    check_refused(SBN_K_GMONTH, "--13");
}

TEST(times_end_at_twenty_four)
{
    check_same(SBN_K_TIME, "24:00:00");
    check_same(SBN_K_DATETIME, "2024-12-31T24:00:00Z");
    check_refused(SBN_K_TIME, "24:00:01");
    check_refused(SBN_K_TIME, "24:01:00");
    check_refused(SBN_K_TIME, "24:00:00.1");
    check_refused(SBN_K_TIME, "25:00:00");
    check_refused(SBN_K_TIME, "12:60:00");
    check_refused(SBN_K_TIME, "12:00:60");
}

TEST(fractions_have_nine_digits)
{
    check_written(SBN_K_TIME, "01:02:03.1234567899", "01:02:03.123456789");
    check_written(SBN_K_TIME, "01:02:03.000000000000001", "01:02:03");
    check_written(SBN_K_TIME, "01:02:03.120", "01:02:03.12");
    check_written(SBN_K_TIME, "01:02:03.000000001", "01:02:03.000000001");
    check_refused(SBN_K_TIME, "01:02:03.");
    check_refused(SBN_K_TIME, "01:02:03,5");
}

TEST(offsets_are_fourteen_hours_at_most)
{
    check_same(SBN_K_TIME, "01:02:03+14:00");
    check_same(SBN_K_TIME, "01:02:03-14:00");
    check_same(SBN_K_TIME, "01:02:03-00:30");
    check_written(SBN_K_TIME, "01:02:03+00:00", "01:02:03Z");
    check_written(SBN_K_TIME, "01:02:03-00:00", "01:02:03Z");
    check_refused(SBN_K_TIME, "01:02:03+14:01");
    check_refused(SBN_K_TIME, "01:02:03+15:00");
    check_refused(SBN_K_TIME, "01:02:03+01:60");
    check_refused(SBN_K_TIME, "01:02:03+1:00");
    check_refused(SBN_K_TIME, "01:02:03+0100");
    check_refused(SBN_K_TIME, "01:02:03z");
    check_refused(SBN_K_TIME, "01:02:03ZZ");
}

TEST(other_text_is_refused)
{
    static const char whole[] = "2004-04-12T13:20:15.5-05:00";
    sbn_datetime value;
    size_t size;

    check_refused(SBN_K_DATETIME, "");
    check_refused(SBN_K_DATETIME, "  ");
    check_refused(SBN_K_DATETIME, "2004-04-12");
    check_refused(SBN_K_DATETIME, "2004-04-12 13:20:15");
    check_refused(SBN_K_DATETIME, "2004-04-12t13:20:15");
    check_refused(SBN_K_DATE, "2004-04-12T13:20:15");
    check_refused(SBN_K_DATE, "2004/04/12");
    check_refused(SBN_K_DATE, "2004-4-12");
    check_refused(SBN_K_TIME, "1:02:03");
    check_refused(SBN_K_TIME, "01:02");
    check_refused(SBN_K_GMONTH, "-11");
    check_refused(SBN_K_GDAY, "--31");
    check_refused(SBN_K_STRING, "2004-04-12");
    check_written(SBN_K_DATE, " \t2004-04-12\r\n", "2004-04-12");
    /* No part of it is read beyond its end; some are values themselves. */
    for (size = 0; size < strlen(whole); size++)
        if (sbn__parse_datetime(whole, size, SBN_K_DATETIME, &value) == SBN_OK)
            CHECK(size == 19 || size == 21);
}

TEST(parts_out_of_range_are_not_written)
{
    sbn_datetime v = {2024, 2, 29, 0, 0, 0, 0, 0};
    char room[SBN__DATETIME_ROOM];

    CHECK_INT(sbn__format_datetime(room, SBN_K_DATE, &v), ==, 11);
    v.year = 2023;
    CHECK_INT(sbn__format_datetime(room, SBN_K_DATE, &v), ==, 0);
    v.year = 0;
    CHECK_INT(sbn__format_datetime(room, SBN_K_DATE, &v), ==, 0);
    v = (sbn_datetime){2024, 1, 1, 0, 0, 0, 1000000000, 0};
    CHECK_INT(sbn__format_datetime(room, SBN_K_DATETIME, &v), ==, 0);
    v.nanosecond = 0;
    v.offset = 841;
    CHECK_INT(sbn__format_datetime(room, SBN_K_DATETIME, &v), ==, 0);
    v.offset = 0;
    v.minute = 60;
    CHECK_INT(sbn__format_datetime(room, SBN_K_DATETIME, &v), ==, 0);
    CHECK_INT(sbn__format_datetime(room, SBN_K_STRING, &v), ==, 0);
    /* The longest fits. */
    v = (sbn_datetime){INT32_MIN, 12, 31, 23, 59, 59, 999999999, -840};
    CHECK_STR(text_of(SBN_K_DATETIME, &v),
              "-2147483648-12-31T23:59:59.999999999-14:00");
}
