/* SPDX-License-Identifier: Apache-2.0 */
/* XML Schema Part 2, 3.2.6: PnYnMnDTnHnMnS, each part optional, one at least.
 */
#include <string.h>

#include "runtime/base/datetime.h"
#include "runtime/base/number.h"
#include "runtime/base/scan.h"

static char *
put_part(char *out, uint32_t value, char unit)
{
    if (value == 0)
        return out;
    out += sbn__format_uint64(out, value);
    *out = unit;
    return out + 1;
}

static char *
put_time(char *out, const sbn_duration *v)
{
    *out++ = 'T';
    out = put_part(out, v->hours, 'H');
    out = put_part(out, v->minutes, 'M');
    if (v->seconds == 0 && v->nanoseconds == 0)
        return out;
    out += sbn__format_uint64(out, v->seconds);
    out = sbn__put_fraction(out, v->nanoseconds);
    *out = 'S';
    return out + 1;
}

size_t
sbn__format_duration(char *out, const sbn_duration *value)
{
    char *p = out;

    if (value->nanoseconds > 999999999)
        return 0;
    if (value->negative)
        *p++ = '-';
    *p++ = 'P';
    p = put_part(p, value->years, 'Y');
    p = put_part(p, value->months, 'M');
    p = put_part(p, value->days, 'D');
    if (value->hours != 0 || value->minutes != 0 || value->seconds != 0 ||
        value->nanoseconds != 0)
        p = put_time(p, value);
    if (p[-1] == 'P') { /* nothing: as .NET writes it */
        memcpy(p, "T0S", 3);
        p += 3;
    }
    return (size_t)(p - out);
}

/* Parts in the order of units, each at most once; values by unit. A fraction is
 * for seconds only. Returns whether there was one and all was right. */
static bool
scan_parts(struct sbn__scan *s, const char *units, uint32_t *const values[],
           uint32_t *nanoseconds)
{
    uint32_t value, fraction;
    bool point, any = false;
    const char *unit;

    while (s->p < s->end && *s->p != 'T') {
        if (!sbn__scan_number(s, UINT32_MAX, &value))
            return false;
        point = s->p < s->end && *s->p == '.';
        if (!sbn__scan_fraction(s, &fraction) || s->p == s->end)
            return false;
        unit = *s->p == '\0' ? NULL : strchr(units, *s->p);
        if (unit == NULL || (point && *unit != 'S'))
            return false;
        s->p++;
        *values[unit - units] = value;
        values += unit + 1 - units;
        units = unit + 1;
        *nanoseconds = fraction;
        any = true;
    }
    return any;
}

sbn_status
sbn__parse_duration(const char *text, size_t size, sbn_duration *ret)
{
    sbn_duration v;
    uint32_t *const days[] = {&v.years, &v.months, &v.days};
    uint32_t *const times[] = {&v.hours, &v.minutes, &v.seconds};
    struct sbn__scan s;
    bool any;

    memset(&v, 0, sizeof(v));
    if (!sbn__scan_init(&s, text, size))
        return SBN_EDECODE;
    v.negative = sbn__scan_char(&s, '-');
    if (!sbn__scan_char(&s, 'P'))
        return SBN_EDECODE;
    any = s.p < s.end && *s.p != 'T';
    if (any && !scan_parts(&s, "YMD", days, &v.nanoseconds))
        return SBN_EDECODE;
    if (sbn__scan_char(&s, 'T'))
        any = scan_parts(&s, "HMS", times, &v.nanoseconds);
    if (!any || s.p != s.end)
        return SBN_EDECODE;
    *ret = v;
    return SBN_OK;
}
