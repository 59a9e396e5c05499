/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/text.h"

bool
sbn__equal_nocase(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t i;

    if (a_size != b_size)
        return false;
    for (i = 0; i < a_size; i++)
        if (a[i] != b[i] && sbn__lower(a[i]) != sbn__lower(b[i]))
            return false;
    return true;
}

void
sbn__trim(const char **text, size_t *size)
{
    const char *start = *text, *end;

    if (*size == 0)
        return; /* text may be NULL */
    end = start + *size;
    while (start < end && sbn__is_space(*start))
        start++;
    while (start < end && sbn__is_space(end[-1]))
        end--;
    *text = start;
    *size = (size_t)(end - start);
}

size_t
sbn__collapse(char *text, size_t size)
{
    size_t from, to = 0;
    bool gap = false;

    for (from = 0; from < size; from++) {
        if (sbn__is_space(text[from])) {
            gap = to > 0;
            continue;
        }
        if (gap)
            text[to++] = ' ';
        gap = false;
        text[to++] = text[from];
    }
    return to;
}
