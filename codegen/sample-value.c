/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values of simple types. Candidates are made up one after the other, the
 * likeliest first, and checked against all facets; the first that holds is
 * taken. That is less to get wrong than computing one that must hold.
 */
#include "codegen/sample-facets.h"

#include <stdlib.h>
#include <string.h>

/* How far the search for a pattern's string goes. */
enum { LONGEST = 1000, SHORT = 4, OTHER_CHARACTERS = 70 };

static bool try_value(struct sample *sample, const struct xs_type *type,
                      const char **ret_value);

/* ---- Candidates by built-in type ----------------------------------------- */

/* Text of the given length, ending in a number where there is room. */
static const char *
filler(struct sample *sample, const char *word, size_t length)
{
    const char *number = mem_printf("%u", sample->count);
    size_t digits = strlen(number), size = strlen(word), i;
    char *text = (char *)mem_new(length + 1);

    for (i = 0; i < length; i++)
        text[i] = word[i % size];
    if (length > digits)
        memcpy(text + length - digits, number, digits);
    return text;
}

static const char *
string_of(struct sample *sample, const struct facets *facets, const char *word)
{
    size_t length = strlen(word) + strlen(mem_printf("%u", sample->count));

    if (length < facets->shortest)
        length = facets->shortest;
    if (length > facets->longest)
        length = facets->longest;
    return filler(sample, word, length);
}

static const char *
binary_of(const struct facets *facets, bool hex)
{
    size_t size = 3, i;
    struct text text = {NULL, 0, 0, 0};

    if (size < facets->shortest)
        size = facets->shortest;
    if (size > facets->longest)
        size = facets->longest;
    text_put(&text, "");
    for (i = 0; hex && i < size; i++)
        text_put(&text, i % 2 == 0 ? "0F" : "A5");
    for (i = 0; !hex && i + 3 <= size; i += 3)
        text_put(&text, "AQID");
    if (!hex && size % 3 != 0)
        text_put(&text, size % 3 == 1 ? "AQ==" : "AQI=");
    return text.data;
}

/* An ID of its own, or a reference to one. */
static const char *
id_of(struct sample *sample, bool is_reference)
{
    if (is_reference)
        return mem_printf("id%u", sample->ids > 0 ? sample->ids : 1);
    return mem_printf("id%u", ++sample->ids);
}

static const char *
qname_of(struct sample *sample)
{
    struct qname name = {"http://example.org/names", NULL};

    name.local = mem_printf("name%u", sample->count);
    return sample_name(sample, name);
}

/* The likeliest value; has nothing of facets but lengths. */
static const char *
typical(struct sample *sample, const struct facets *facets)
{
    unsigned n = sample->count;

    switch (facets->builtin) {
    case XS_BUILTIN_BOOLEAN:
        return n % 2 == 0 ? "false" : "true";
    case XS_BUILTIN_FLOAT:
    case XS_BUILTIN_DOUBLE:
        return mem_printf("%u.5", n);
    case XS_BUILTIN_DECIMAL:
        return mem_printf("%u.25", n);
    case XS_BUILTIN_DATETIME:
        return mem_printf("2024-05-17T10:%02u:%02uZ", n / 60 % 60, n % 60);
    case XS_BUILTIN_DATE:
        return mem_printf("2024-05-%02u", 1 + n % 28);
    case XS_BUILTIN_TIME:
        return mem_printf("10:%02u:%02u", n / 60 % 60, n % 60);
    case XS_BUILTIN_GYEAR:
        return mem_printf("%u", 2000 + n % 100);
    case XS_BUILTIN_GYEARMONTH:
        return mem_printf("2024-%02u", 1 + n % 12);
    case XS_BUILTIN_GMONTH:
        return mem_printf("--%02u", 1 + n % 12);
    case XS_BUILTIN_GMONTHDAY:
        return mem_printf("--05-%02u", 1 + n % 28);
    case XS_BUILTIN_GDAY:
        return mem_printf("---%02u", 1 + n % 28);
    case XS_BUILTIN_DURATION:
        return mem_printf("P1DT%uM", n);
    case XS_BUILTIN_BASE64BINARY:
    case XS_BUILTIN_HEXBINARY:
        return binary_of(facets, facets->builtin == XS_BUILTIN_HEXBINARY);
    case XS_BUILTIN_QNAME:
    case XS_BUILTIN_NOTATION:
        return qname_of(sample);
    case XS_BUILTIN_ANYURI:
        return string_of(sample, facets, "http://example.org/");
    case XS_BUILTIN_LANGUAGE:
        return "en";
    case XS_BUILTIN_ID:
        return id_of(sample, false);
    case XS_BUILTIN_IDREF:
    case XS_BUILTIN_IDREFS:
        return id_of(sample, true);
    default:
        if (facets_is_number(facets->builtin))
            return mem_printf("%u", n);
        return string_of(sample, facets, "text");
    }
}

/* ---- The search ---------------------------------------------------------- */

static bool
accept(const struct facets *facets, const char *value, const char **ret_value)
{
    if (value == NULL || !facets_fit(facets, value))
        return false;
    *ret_value = value;
    return true;
}

static bool
try_list_of(const struct facets *facets, const char *const *values,
            size_t count, const char **ret_value)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (accept(facets, values[i], ret_value))
            return true;
    return false;
}

/* One more, one less, and in between. */
static bool
try_near(const struct facets *facets, const char **ret_value)
{
    const char *from = facets->min != NULL ? facets->min : facets->above;
    const char *to = facets->max != NULL ? facets->max : facets->below;
    long double low = from != NULL ? strtold(from, NULL) : 0;
    long double high = to != NULL ? strtold(to, NULL) : 0;
    const char *const values[] = {
        facets->min,
        facets->max,
        mem_printf("%.0Lf", low + 1),
        mem_printf("%.0Lf", high - 1),
        mem_printf("%.1Lf", low + 0.1L),
        mem_printf("%.1Lf", high - 0.1L),
        mem_printf("%.*Lf", facets->fraction < 6 ? (int)facets->fraction : 6,
                   (low + high) / 2),
    };

    return try_list_of(facets, values, sizeof(values) / sizeof(values[0]),
                       ret_value);
}

static bool
try_plain(struct sample *sample, const struct facets *facets,
          const char **ret_value)
{
    static const char *const numbers[] = {"1", "0", "-1", "0.5"};

    return accept(facets, typical(sample, facets), ret_value) ||
           (facets_is_number(facets->builtin) && try_near(facets, ret_value)) ||
           accept(facets, facets->min, ret_value) ||
           accept(facets, facets->max, ret_value) ||
           (facets_is_number(facets->builtin) &&
            try_list_of(facets, numbers, sizeof(numbers) / sizeof(numbers[0]),
                        ret_value));
}

/* Strings for one pattern, longer and longer ones, with branches from 0 on and
 * characters from first on. */
static bool
try_pattern(const struct facets *facets, const char *pattern, unsigned first,
            unsigned longest, const char **ret_value)
{
    unsigned stretch, variant;

    for (stretch = 0; stretch <= longest;
         stretch += stretch < 80 ? 1 : stretch / 4)
        for (variant = 0; variant < SAMPLE_BRANCHES; variant++)
            if (accept(facets,
                       sample_pattern(pattern, stretch,
                                      first * SAMPLE_BRANCHES + variant),
                       ret_value))
                return true;
    return false;
}

/* Where the types between have patterns too, other characters may be wanted
 * than the first ones. */
static bool
try_patterns(const struct facets *facets, const struct xs_type *type,
             const char **ret_value)
{
    unsigned first, last = facets->patterns.count > 1 ? OTHER_CHARACTERS : 0;
    size_t i;

    for (first = 0; first <= last; first++) {
        for (i = 0; i < type->facets.count; i++) {
            const struct xs_facet *facet =
                VEC(&type->facets, struct xs_facet, i);

            if (facet_is(facet, "pattern") &&
                try_pattern(facets, facet->value, first,
                            first == 0 ? LONGEST : SHORT, ret_value))
                return true;
        }
    }
    return false;
}

static bool
try_atomic(struct sample *sample, const struct facets *facets,
           const char **ret_value)
{
    size_t i;

    if (try_plain(sample, facets, ret_value))
        return true;
    for (i = 0; i < facets->patterns.count; i++)
        if (try_patterns(facets,
                         VEC(&facets->patterns, const struct xs_type, i),
                         ret_value))
            return true;
    return false;
}

/* An enumeration's text; a name as it is called here. */
static const char *
enumerated(struct sample *sample, const struct facets *facets,
           const struct xs_facet *facet)
{
    if (facets->builtin == XS_BUILTIN_QNAME ||
        facets->builtin == XS_BUILTIN_NOTATION)
        return sample_name(sample, facet->qname);
    return facet->value;
}

/* One of the enumerated values, each time another. */
static bool
try_enumerated(struct sample *sample, const struct facets *facets,
               const char **ret_value)
{
    const struct vec *all = &facets->enumerated->facets;
    size_t i;

    for (i = 0; i < all->count; i++) {
        const struct xs_facet *facet =
            VEC(all, struct xs_facet, (i + sample->count) % all->count);

        if (facet_is(facet, "enumeration") &&
            accept(facets, enumerated(sample, facets, facet), ret_value))
            return true;
    }
    return false;
}

static bool
try_items(struct sample *sample, const struct facets *facets,
          const char **ret_value)
{
    const struct xs_type *item =
        facets->list->item.to != NULL
            ? (const struct xs_type *)(void *)facets->list->item.to
            : facets->list->inline_item;
    size_t count = sample->minimal ? 1 : 2, i;
    struct text text = {NULL, 0, 0, 0};
    const char *one;

    if (count < facets->shortest)
        count = facets->shortest;
    if (count > facets->longest)
        count = facets->longest;
    text_put(&text, "");
    for (i = 0; item != NULL && i < count; i++, sample->count++) {
        if (!try_value(sample, item, &one))
            return false;
        text_put(&text, i == 0 ? "" : " ");
        text_put(&text, one);
    }
    return accept(facets, text.data, ret_value) ||
           try_atomic(sample, facets, ret_value);
}

static bool
try_members(struct sample *sample, const struct facets *facets,
            const char **ret_value)
{
    const struct vec *refs = &facets->of_union->members;
    const struct vec *inside = &facets->of_union->inline_members;
    size_t i;

    for (i = 0; i < refs->count; i++) {
        const struct xs_type *type =
            (const struct xs_type *)(void *)VEC(refs, struct xs_ref, i)->to;

        if (type != NULL && try_value(sample, type, ret_value) &&
            facets_fit(facets, *ret_value))
            return true;
    }
    for (i = 0; i < inside->count; i++)
        if (try_value(sample, VEC(inside, const struct xs_type, i),
                      ret_value) &&
            facets_fit(facets, *ret_value))
            return true;
    return try_atomic(sample, facets, ret_value);
}

static bool
try_value(struct sample *sample, const struct xs_type *type,
          const char **ret_value)
{
    struct facets facets;

    facets_collect(&facets, type);
    if (facets.enumerated != NULL)
        return try_enumerated(sample, &facets, ret_value);
    if (facets.list != NULL)
        return try_items(sample, &facets, ret_value);
    if (facets.of_union != NULL)
        return try_members(sample, &facets, ret_value);
    return try_atomic(sample, &facets, ret_value);
}

const char *
sample_value(struct sample *sample, const struct xs_type *type)
{
    struct facets facets;
    const char *value;

    sample->count++;
    if (try_value(sample, type, &value))
        return value;
    facets_collect(&facets, type);
    return typical(sample, &facets);
}
