/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/datetime.h"
#include "test/support/test.h"

static const char *
text_of(const sbn_duration *value)
{
    static char room[SBN__DURATION_ROOM + 1];

    room[sbn__format_duration(room, value)] = '\0';
    return room;
}

static sbn_duration
check_written(const char *text, const char *want)
{
    sbn_duration value;

    CHECK_OK(sbn__parse_duration(text, strlen(text), &value));
    CHECK_STR(text_of(&value), want);
    return value;
}

TEST(every_part_is_kept)
{
    sbn_duration v =
        check_written("-P1Y2M3DT4H5M6.007S", "-P1Y2M3DT4H5M6.007S");

    CHECK(v.negative);
    CHECK_INT(v.years, ==, 1);
    CHECK_INT(v.months, ==, 2);
    CHECK_INT(v.days, ==, 3);
    CHECK_INT(v.hours, ==, 4);
    CHECK_INT(v.minutes, ==, 5);
    CHECK_INT(v.seconds, ==, 6);
    CHECK_INT(v.nanoseconds, ==, 7000000);
}

TEST(parts_may_be_missing_and_nothing_is_normalised)
{
    check_written("P1Y", "P1Y");
    check_written("P13M", "P13M");
    check_written("PT1M", "PT1M");
    check_written("P1DT1S", "P1DT1S");
    check_written("PT36H", "PT36H");
    check_written("PT0.5S", "PT0.5S");
    check_written("P0Y1M0D", "P1M");
    check_written("P0D", "PT0S");
    check_written("PT0S", "PT0S");
    check_written(" P1D\n", "P1D");
    check_written("PT1.0000000019S", "PT1.000000001S");
    check_written("P4294967295YT4294967295S", "P4294967295YT4294967295S");
}

TEST(other_text_is_refused)
{
    static const char *const texts[] = {
        "",
        " ",
        "P",
        "-P",
        "+P1D",
        "PT",
        "P1",
        "1D",
        "P1YT",
        "P-1D",
        "P1S",
        "PT1D",
        "PT1Y",
        "P1D1Y",
        "P1M1M",
        "PT1M1H",
        "P1.5D",
        "PT1.5M",
        "PT1.S",
        "PT.5S",
        "P1DT",
        "p1d",
        "P 1D",
        "P1D ago",
        "PT1S1S",
        "P1W",
        "P1DT1",
        "PTT1S",
        "P1DT1HT1M",
        "P4294967296D",
        "P99999999999999999999D",
    };
    sbn_duration value, before;
    size_t i;

    memset(&before, 0, sizeof(before));
    value = before;
    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (sbn__parse_duration(texts[i], strlen(texts[i]), &value) !=
            SBN_EDECODE)
            test_fail(__FILE__, __LINE__, "\"%s\" was read", texts[i]);
    CHECK_STATUS(sbn__parse_duration("P1\0D", 4, &value), SBN_EDECODE);
    CHECK_MEM(&value, sizeof(value), &before, sizeof(before));
}

TEST(the_longest_fits_and_nonsense_is_not_written)
{
    sbn_duration v = {true,       UINT32_MAX, UINT32_MAX, UINT32_MAX,
                      UINT32_MAX, UINT32_MAX, UINT32_MAX, 999999999};
    char room[SBN__DURATION_ROOM];

    CHECK_STR(text_of(&v), "-P4294967295Y4294967295M4294967295D"
                           "T4294967295H4294967295M4294967295.999999999S");
    v.nanoseconds = 1000000000;
    CHECK_INT(sbn__format_duration(room, &v), ==, 0);
}
