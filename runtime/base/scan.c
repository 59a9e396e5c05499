/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/digits.h"
#include "runtime/base/scan.h"
#include "runtime/base/text.h"

bool
sbn__scan_init(struct sbn__scan *s, const char *text, size_t size)
{
    sbn__trim(&text, &size);
    if (size == 0)
        return false;
    s->p = text;
    s->end = text + size;
    return true;
}

bool
sbn__scan_char(struct sbn__scan *s, char c)
{
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

bool
sbn__scan_two(struct sbn__scan *s, uint8_t *ret)
{
    if (s->end - s->p < 2 || !sbn__is_digit(s->p[0]) || !sbn__is_digit(s->p[1]))
        return false;
    *ret = (uint8_t)((s->p[0] - '0') * 10 + (s->p[1] - '0'));
    s->p += 2;
    return true;
}

bool
sbn__scan_number(struct sbn__scan *s, uint32_t max, uint32_t *ret)
{
    const char *start = s->p;
    uint64_t value = 0;

    for (; s->p < s->end && sbn__is_digit(*s->p); s->p++) {
        value = value * 10 + (uint64_t)(*s->p - '0');
        if (value > max)
            return false;
    }
    if (s->p == start)
        return false;
    *ret = (uint32_t)value;
    return true;
}

bool
sbn__scan_fraction(struct sbn__scan *s, uint32_t *ret_nanoseconds)
{
    uint32_t value = 0, unit = 100000000;
    const char *start;

    *ret_nanoseconds = 0;
    if (!sbn__scan_char(s, '.'))
        return true;
    start = s->p;
    for (; s->p < s->end && sbn__is_digit(*s->p); s->p++) {
        value += (uint32_t)(*s->p - '0') * unit;
        unit /= 10; /* 0 from the tenth digit on */
    }
    *ret_nanoseconds = value;
    return s->p > start;
}

char *
sbn__put_fraction(char *out, uint32_t nanoseconds)
{
    unsigned count = 9;

    if (nanoseconds == 0)
        return out;
    for (; nanoseconds % 10 == 0; nanoseconds /= 10)
        count--;
    *out = '.';
    sbn__put_digits(out + 1, nanoseconds, count);
    return out + 1 + count;
}
