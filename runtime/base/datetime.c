/* SPDX-License-Identifier: Apache-2.0 */
/* XML Schema Part 2, 3.2.7 - 3.2.14: the parts each type has, in one order. */
#include <string.h>

#include "runtime/base/calendar.h"
#include "runtime/base/datetime.h"
#include "runtime/base/digits.h"
#include "runtime/base/scan.h"
#include "runtime/base/text.h"

enum {
    HAS_YEAR = 1 << 0,
    HAS_MONTH = 1 << 1,
    HAS_DAY = 1 << 2,
    HAS_TIME = 1 << 3,
    MOST_OFFSET = 14 * 60
};

static unsigned
parts_of(sbn_kind kind)
{
    switch (kind) {
    case SBN_K_DATETIME:
        return HAS_YEAR | HAS_MONTH | HAS_DAY | HAS_TIME;
    case SBN_K_DATE:
        return HAS_YEAR | HAS_MONTH | HAS_DAY;
    case SBN_K_TIME:
        return HAS_TIME;
    case SBN_K_GYEAR:
        return HAS_YEAR;
    case SBN_K_GYEARMONTH:
        return HAS_YEAR | HAS_MONTH;
    case SBN_K_GMONTH:
        return HAS_MONTH;
    case SBN_K_GMONTHDAY:
        return HAS_MONTH | HAS_DAY;
    case SBN_K_GDAY:
        return HAS_DAY;
    default:
        return 0;
    }
}

/* ---- Ranges ---------------------------------------------------------------
 */

static bool
is_date_in_range(unsigned parts, const sbn_datetime *v)
{
    unsigned last = 31;

    if ((parts & HAS_YEAR) && v->year == 0) /* in XSD 1.0 there is none */
        return false;
    if ((parts & HAS_MONTH) && (v->month < 1 || v->month > 12))
        return false;
    if (parts & HAS_MONTH) /* --02-29 has no year: the longest counts */
        last = sbn__days_of_month(parts & HAS_YEAR ? v->year : 2000, v->month);
    return !(parts & HAS_DAY) || (v->day >= 1 && v->day <= last);
}

static bool
is_time_in_range(const sbn_datetime *v)
{
    if (v->hour == 24) /* the end of the day, and nothing after it */
        return v->minute == 0 && v->second == 0 && v->nanosecond == 0;
    return v->hour < 24 && v->minute < 60 && v->second < 60 &&
           v->nanosecond < 1000000000;
}

static bool
is_in_range(unsigned parts, const sbn_datetime *v)
{
    if (v->offset != SBN_NO_OFFSET &&
        (v->offset < -MOST_OFFSET || v->offset > MOST_OFFSET))
        return false;
    return is_date_in_range(parts, v) &&
           (!(parts & HAS_TIME) || is_time_in_range(v));
}

/* ---- Writing --------------------------------------------------------------
 */

static char *
put_two(char *out, char before, unsigned value)
{
    if (before != '\0')
        *out++ = before;
    sbn__put_two_digits(out, value);
    return out + 2;
}

/* Four digits or more. */
static char *
put_year(char *out, int32_t year)
{
    uint64_t size = (uint64_t)(year < 0 ? -(int64_t)year : (int64_t)year);
    unsigned count = sbn__count_digits(size);

    if (count < 4)
        count = 4;
    if (year < 0)
        *out++ = '-';
    sbn__put_digits(out, size, count);
    return out + count;
}

/* gMonth is --MM, gDay ---DD: a '-' stands for each part that is missing. */
static char *
put_date(char *out, unsigned parts, const sbn_datetime *v)
{
    if (parts & HAS_YEAR)
        out = put_year(out, v->year);
    else
        *out++ = '-';
    if (parts & HAS_MONTH)
        out = put_two(out, '-', v->month);
    else if (parts & HAS_DAY)
        *out++ = '-';
    return parts & HAS_DAY ? put_two(out, '-', v->day) : out;
}

static char *
put_time(char *out, const sbn_datetime *v)
{
    out = put_two(out, '\0', v->hour);
    out = put_two(out, ':', v->minute);
    out = put_two(out, ':', v->second);
    return sbn__put_fraction(out, v->nanosecond);
}

static char *
put_offset(char *out, int offset)
{
    unsigned size = (unsigned)(offset < 0 ? -offset : offset);

    if (offset == SBN_NO_OFFSET)
        return out;
    if (offset == 0) {
        *out = 'Z';
        return out + 1;
    }
    out = put_two(out, offset < 0 ? '-' : '+', size / 60);
    return put_two(out, ':', size % 60);
}

size_t
sbn__format_datetime(char *out, sbn_kind kind, const sbn_datetime *value)
{
    unsigned parts = parts_of(kind);
    char *p = out;

    if (parts == 0 || !is_in_range(parts, value))
        return 0;
    if (parts != HAS_TIME)
        p = put_date(p, parts, value);
    if (parts == (HAS_YEAR | HAS_MONTH | HAS_DAY | HAS_TIME))
        *p++ = 'T';
    if (parts & HAS_TIME)
        p = put_time(p, value);
    return (size_t)(put_offset(p, value->offset) - out);
}

/* ---- Reading --------------------------------------------------------------
 */

/* "if more than four digits, leading zeros are prohibited" */
static bool
scan_year(struct sbn__scan *s, int32_t *ret)
{
    bool negative = sbn__scan_char(s, '-');
    const char *start = s->p;
    uint32_t year;
    size_t count;

    if (!sbn__scan_number(s, INT32_MAX, &year))
        return false;
    count = (size_t)(s->p - start);
    if (count < 4 || (count > 4 && *start == '0'))
        return false;
    *ret = negative ? -(int32_t)year : (int32_t)year;
    return true;
}

static bool
scan_date(struct sbn__scan *s, unsigned parts, sbn_datetime *v)
{
    if (parts & HAS_YEAR) {
        if (!scan_year(s, &v->year))
            return false;
    } else if (!sbn__scan_char(s, '-')) {
        return false;
    }
    if (parts & HAS_MONTH) {
        if (!sbn__scan_char(s, '-') || !sbn__scan_two(s, &v->month))
            return false;
    } else if ((parts & HAS_DAY) && !sbn__scan_char(s, '-')) {
        return false;
    }
    return !(parts & HAS_DAY) ||
           (sbn__scan_char(s, '-') && sbn__scan_two(s, &v->day));
}

static bool
scan_time(struct sbn__scan *s, sbn_datetime *v)
{
    return sbn__scan_two(s, &v->hour) && sbn__scan_char(s, ':') &&
           sbn__scan_two(s, &v->minute) && sbn__scan_char(s, ':') &&
           sbn__scan_two(s, &v->second) &&
           sbn__scan_fraction(s, &v->nanosecond);
}

static bool
scan_offset(struct sbn__scan *s, sbn_datetime *v)
{
    uint8_t hours, minutes;
    bool negative;

    v->offset = SBN_NO_OFFSET;
    if (s->p == s->end)
        return true;
    v->offset = 0;
    if (sbn__scan_char(s, 'Z'))
        return true;
    negative = sbn__scan_char(s, '-');
    if (!negative && !sbn__scan_char(s, '+'))
        return false;
    if (!sbn__scan_two(s, &hours) || !sbn__scan_char(s, ':') ||
        !sbn__scan_two(s, &minutes) || minutes > 59)
        return false;
    v->offset = (int16_t)(hours * 60 + minutes);
    if (negative)
        v->offset = (int16_t)-v->offset;
    return true;
}

sbn_status
sbn__parse_datetime(const char *text, size_t size, sbn_kind kind,
                    sbn_datetime *ret)
{
    unsigned parts = parts_of(kind);
    struct sbn__scan s;
    sbn_datetime value;

    memset(&value, 0, sizeof(value));
    if (parts == 0 || !sbn__scan_init(&s, text, size))
        return SBN_EDECODE;
    if (parts != HAS_TIME && !scan_date(&s, parts, &value))
        return SBN_EDECODE;
    if (parts == (HAS_YEAR | HAS_MONTH | HAS_DAY | HAS_TIME) &&
        !sbn__scan_char(&s, 'T'))
        return SBN_EDECODE;
    if ((parts & HAS_TIME) && !scan_time(&s, &value))
        return SBN_EDECODE;
    if (!scan_offset(&s, &value) || s.p != s.end)
        return SBN_EDECODE;
    if (!is_in_range(parts, &value))
        return SBN_EDECODE;
    *ret = value;
    return SBN_OK;
}
