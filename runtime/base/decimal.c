/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <sebon/types.h>

#include "runtime/base/number.h"
#include "runtime/base/text.h"

/* The size of the digits before the point; after it only zeros may stand. */
static sbn_status
whole_part(sbn_decimal text, const char **ret_start, size_t *ret_size)
{
    size_t size, i;
    const char *point;

    if (text == NULL || !sbn__is_decimal(text, strlen(text)))
        return SBN_EDECODE;
    size = strlen(text);
    sbn__trim(&text, &size);
    *ret_start = text;
    *ret_size = size;
    point = memchr(text, '.', size);
    if (point == NULL)
        return SBN_OK;
    *ret_size = (size_t)(point - text);
    for (i = *ret_size + 1; i < size; i++)
        if (text[i] != '0')
            return SBN_ELIMIT;
    return SBN_OK;
}

/* ".0" and "-.0" have no digit there. */
static bool
has_no_digit(const char *text, size_t size)
{
    return size == 0 || !sbn__is_digit(text[size - 1]);
}

sbn_status
sbn_decimal_to_int64(sbn_decimal text, int64_t *ret)
{
    const char *start;
    size_t size;
    sbn_status st = whole_part(text, &start, &size);

    if (st != SBN_OK)
        return st;
    if (has_no_digit(start, size)) {
        *ret = 0;
        return SBN_OK;
    }
    st = sbn__parse_int64(start, size, INT64_MIN, INT64_MAX, ret);
    return st == SBN_OK ? SBN_OK : SBN_ELIMIT;
}

sbn_status
sbn_decimal_to_uint64(sbn_decimal text, uint64_t *ret)
{
    const char *start;
    size_t size;
    sbn_status st = whole_part(text, &start, &size);

    if (st != SBN_OK)
        return st;
    if (has_no_digit(start, size)) {
        *ret = 0;
        return SBN_OK;
    }
    st = sbn__parse_uint64(start, size, UINT64_MAX, ret);
    return st == SBN_OK ? SBN_OK : SBN_ELIMIT;
}

sbn_status
sbn_decimal_to_double(sbn_decimal text, double *ret)
{
    const double infinity = __builtin_inf();
    double value;

    if (text == NULL || !sbn__is_decimal(text, strlen(text)) ||
        sbn__parse_double(text, strlen(text), &value) != SBN_OK)
        return SBN_EDECODE;
    if (value == infinity || value == -infinity)
        return SBN_ELIMIT;
    *ret = value;
    return SBN_OK;
}
