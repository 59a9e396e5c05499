/* SPDX-License-Identifier: Apache-2.0 */
/* XML Schema's boolean, integers and decimals. */
#include <string.h>

#include "runtime/base/digits.h"
#include "runtime/base/number.h"
#include "runtime/base/text.h"

size_t
sbn__format_uint64(char *out, uint64_t value)
{
    unsigned count = sbn__count_digits(value);

    sbn__put_digits(out, value, count);
    return count;
}

size_t
sbn__format_int64(char *out, int64_t value)
{
    if (value >= 0)
        return sbn__format_uint64(out, (uint64_t)value);
    *out = '-';
    return 1 + sbn__format_uint64(out + 1, 0 - (uint64_t)value);
}

sbn_status
sbn__parse_bool(const char *text, size_t size, bool *ret)
{
    sbn__trim(&text, &size);
    if ((size == 1 && *text == '1') ||
        (size == 4 && memcmp(text, "true", 4) == 0))
        *ret = true;
    else if ((size == 1 && *text == '0') ||
             (size == 5 && memcmp(text, "false", 5) == 0))
        *ret = false;
    else
        return SBN_EDECODE;
    return SBN_OK;
}

/* The sign and digits of an xs:integer, as far as the magnitude fits. */
static bool
parse_integer(const char *text, size_t size, bool *ret_negative,
              uint64_t *ret_magnitude)
{
    uint64_t magnitude = 0;
    unsigned digit;
    size_t i = 0;

    sbn__trim(&text, &size);
    *ret_negative = size > 0 && text[0] == '-';
    if (size > 0 && (text[0] == '-' || text[0] == '+'))
        i++;
    if (i == size)
        return false;
    for (; i < size; i++) {
        digit = (unsigned char)text[i] - (unsigned)'0';
        if (digit > 9 || __builtin_mul_overflow(magnitude, 10, &magnitude) ||
            __builtin_add_overflow(magnitude, digit, &magnitude))
            return false;
    }
    *ret_magnitude = magnitude;
    return true;
}

sbn_status
sbn__parse_int64(const char *text, size_t size, int64_t min, int64_t max,
                 int64_t *ret)
{
    uint64_t magnitude;
    int64_t value;
    bool negative;

    if (!parse_integer(text, size, &negative, &magnitude) ||
        magnitude > (uint64_t)INT64_MAX + (negative ? 1 : 0))
        return SBN_EDECODE;
    value = (int64_t)(negative ? 0 - magnitude : magnitude);
    if (value < min || value > max)
        return SBN_EDECODE;
    *ret = value;
    return SBN_OK;
}

sbn_status
sbn__parse_uint64(const char *text, size_t size, uint64_t max, uint64_t *ret)
{
    uint64_t magnitude;
    bool negative;

    /* "-0" is a valid unsigned integer. */
    if (!parse_integer(text, size, &negative, &magnitude) || magnitude > max ||
        (negative && magnitude != 0))
        return SBN_EDECODE;
    *ret = magnitude;
    return SBN_OK;
}

static size_t
skip_digits(const char *text, size_t size, size_t i)
{
    while (i < size && sbn__is_digit(text[i]))
        i++;
    return i;
}

/* A sign, digits, and where allowed a point and more digits. */
static bool
is_number(const char *text, size_t size, bool point)
{
    size_t i, start, digits;

    sbn__trim(&text, &size);
    start = size > 0 && (text[0] == '-' || text[0] == '+');
    i = skip_digits(text, size, start);
    digits = i - start;
    if (point && i < size && text[i] == '.') {
        start = i + 1;
        i = skip_digits(text, size, start);
        digits += i - start;
    }
    return i == size && digits > 0;
}

bool
sbn__is_decimal(const char *text, size_t size)
{
    return is_number(text, size, true);
}

bool
sbn__is_integer(const char *text, size_t size)
{
    return is_number(text, size, false);
}
