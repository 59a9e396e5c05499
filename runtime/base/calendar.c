/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <sebon/types.h>

#include "runtime/base/calendar.h"

enum {
    DAYS_PER_ERA = 146097,      /* 400 years */
    DAYS_BEFORE_EPOCH = 719468, /* from 0000-03-01 to 1970-01-01 */
    SECONDS_PER_DAY = 86400
};

/* The year before 1 as 0, which makes leap years regular. */
static int64_t
to_astronomical(int64_t year)
{
    return year < 0 ? year + 1 : year;
}

unsigned
sbn__days_of_month(int32_t year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};
    int64_t y = to_astronomical(year);

    if (month == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0))
        return 29;
    return days[month - 1];
}

static int64_t
floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days since 1970-01-01. A year is taken to begin with March, so that the leap
 * day comes last. */
static int64_t
days_of_date(int64_t year, unsigned month, unsigned day)
{
    int64_t y = to_astronomical(year) - (month <= 2);
    int64_t era = floor_div(y, 400), year_of_era = y - era * 400;
    int64_t from_march = (month + 9) % 12;
    /* 153 days in each five months from March on */
    int64_t day_of_year = (153 * from_march + 2) / 5 + day - 1;

    return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 -
           year_of_era / 100 + day_of_year - DAYS_BEFORE_EPOCH;
}

/* The inverse; the year as XML Schema counts it. */
static int64_t
date_of_days(int64_t days, uint8_t *ret_month, uint8_t *ret_day)
{
    int64_t z = days + DAYS_BEFORE_EPOCH, era = floor_div(z, DAYS_PER_ERA);
    int64_t day = z - era * DAYS_PER_ERA;
    /* Leaves out the leap days that came before. */
    int64_t year =
        (day - day / 1460 + day / 36524 - day / (DAYS_PER_ERA - 1)) / 365;
    int64_t month;

    day -= year * 365 + year / 4 - year / 100;
    month = (5 * day + 2) / 153;
    *ret_day = (uint8_t)(day - (153 * month + 2) / 5 + 1);
    *ret_month = (uint8_t)(month < 10 ? month + 3 : month - 9);
    year += era * 400 + (*ret_month <= 2);
    return year <= 0 ? year - 1 : year;
}

static bool
is_time(const sbn_datetime *v)
{
    if (v->hour == 24)
        return v->minute == 0 && v->second == 0;
    return v->hour < 24 && v->minute < 60 && v->second < 60;
}

sbn_status
sbn_datetime_to_unix(const sbn_datetime *value, int64_t *ret_seconds)
{
    int64_t seconds;

    if (value->year == 0 || value->month < 1 || value->month > 12 ||
        value->day < 1 ||
        value->day > sbn__days_of_month(value->year, value->month) ||
        !is_time(value))
        return SBN_EINVAL;
    /* Any 32-bit year fits. */
    seconds =
        days_of_date(value->year, value->month, value->day) * SECONDS_PER_DAY;
    seconds += value->hour * 3600 + value->minute * 60 + value->second;
    if (value->offset != SBN_NO_OFFSET)
        seconds -= value->offset * 60;
    *ret_seconds = seconds;
    return SBN_OK;
}

sbn_status
sbn_datetime_from_unix(int64_t seconds, uint32_t nanosecond,
                       sbn_datetime *ret_value)
{
    int64_t days = floor_div(seconds, SECONDS_PER_DAY), year;
    int64_t rest = seconds % SECONDS_PER_DAY;
    sbn_datetime value;

    if (nanosecond > 999999999)
        return SBN_EINVAL;
    if (rest < 0)
        rest += SECONDS_PER_DAY;
    memset(&value, 0, sizeof(value));
    year = date_of_days(days, &value.month, &value.day);
    if (year < INT32_MIN || year > INT32_MAX)
        return SBN_ELIMIT;
    value.year = (int32_t)year;
    value.hour = (uint8_t)(rest / 3600);
    value.minute = (uint8_t)(rest / 60 % 60);
    value.second = (uint8_t)(rest % 60);
    value.nanosecond = nanosecond;
    *ret_value = value;
    return SBN_OK;
}
