/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/near.h"

#include <stdint.h>
#include <string.h>

#include "codegen/text.h"

enum { MAX_NEAR = 3, FAR = 1000 };

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters must be put in, left out or changed to make one the other;
 * case does not count. */
static size_t
distance(const char *a, const char *b)
{
    size_t wide = strlen(b), i, k, before, here;
    size_t *row = (size_t *)mem_new((wide + 1) * sizeof(*row));

    for (k = 0; k <= wide; k++)
        row[k] = k;
    for (i = 0; a[i] != '\0'; i++) {
        before = row[0];
        row[0] = i + 1;
        for (k = 0; k < wide; k++) {
            here = before + (lower(a[i]) != lower(b[k]));
            before = row[k + 1];
            row[k + 1] = least(here, least(before, row[k]) + 1);
        }
    }
    return row[wide];
}

/* The beginning or the end of the other, at least four letters of it. */
static bool
is_part(const char *part, const char *whole)
{
    size_t size = strlen(part), room = strlen(whole), i;
    size_t at;

    for (at = 0; size >= 4 && at + size <= room; at++) {
        for (i = 0; i < size && lower(part[i]) == lower(whole[at + i]); i++)
            continue;
        if (i == size)
            return true;
    }
    return false;
}

static size_t
unlikeness(const char *name, const char *other)
{
    size_t size = strlen(name), far = distance(name, other);

    if (far <= 2 || far <= size / 4)
        return far < size ? far : FAR;
    return is_part(name, other) || is_part(other, name) ? far + 10 : FAR;
}

static bool
has(const struct vec *names, const char *name)
{
    size_t i;

    for (i = 0; i < names->count; i++)
        if (strcmp(VEC(names, const char, i), name) == 0)
            return true;
    return false;
}

const char *
near_names(const char *name, const struct vec *names)
{
    struct vec found = {NULL, 0, 0};
    struct text text = {NULL, 0, 0, 0};
    size_t i;

    while (found.count < MAX_NEAR) {
        const char *best = NULL;
        size_t best_is = FAR;

        for (i = 0; i < names->count; i++) {
            const char *other = VEC(names, const char, i);
            size_t far = unlikeness(name, other);

            if (far < best_is && !has(&found, other)) {
                best_is = far;
                best = other;
            }
        }
        if (best == NULL)
            break;
        vec_add(&found, (void *)(uintptr_t)best);
    }
    for (i = 0; i < found.count; i++)
        text_printf(&text, "%s'%s'",
                    i == 0                 ? ""
                    : i + 1 == found.count ? " or "
                                           : ", ",
                    VEC(&found, const char, i));
    return text.data;
}
