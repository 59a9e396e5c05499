/* SPDX-License-Identifier: Apache-2.0 */
/* Facets: those of a type and of all it goes back to, and whether a value obeys
 * them (XML Schema Part 2, section 4.3). */
#include "codegen/sample-facets.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/xmlregexp.h>
#include <libxml/xmlstring.h>

const struct xs_type *
sample_simple_base(const struct xs_type *type)
{
    /* simple content restricted by a type inside */
    if (type->is_complex && type->inline_base != NULL)
        return type->inline_base;
    return xs_base(type);
}

/* ---- Facets -------------------------------------------------------------- */

bool
facet_is(const struct xs_facet *facet, const char *name)
{
    return strcmp(facet->name, name) == 0;
}

static void
take_length(struct facets *facets, const struct xs_facet *facet)
{
    size_t length = strtoul(facet->value, NULL, 10);

    if (!facet_is(facet, "maxLength") && length > facets->shortest)
        facets->shortest = length;
    if (!facet_is(facet, "minLength") && length < facets->longest)
        facets->longest = length;
}

static void
take_first(const char **place, const char *value)
{
    if (*place == NULL)
        *place = mem_strn(value + strspn(value, " \t\r\n"),
                          strcspn(value + strspn(value, " \t\r\n"), " \t\r\n"));
}

/* Those of the more derived type have been taken. */
static void
take_facet(struct facets *facets, const struct xs_facet *facet,
           const struct xs_type *type)
{
    unsigned number = (unsigned)strtoul(facet->value, NULL, 10);

    if (facet_is(facet, "enumeration")) {
        if (facets->enumerated == NULL)
            facets->enumerated = type;
    } else if (facet_is(facet, "pattern")) {
        if (facets->patterns.count == 0 ||
            VEC(&facets->patterns, const struct xs_type,
                facets->patterns.count - 1) != type)
            vec_add(&facets->patterns, (void *)(uintptr_t)type);
    } else if (strstr(facet->name, "ength") != NULL) {
        take_length(facets, facet);
    } else if (facet_is(facet, "minInclusive")) {
        take_first(&facets->min, facet->value);
    } else if (facet_is(facet, "maxInclusive")) {
        take_first(&facets->max, facet->value);
    } else if (facet_is(facet, "minExclusive")) {
        take_first(&facets->above, facet->value);
    } else if (facet_is(facet, "maxExclusive")) {
        take_first(&facets->below, facet->value);
    } else if (facet_is(facet, "totalDigits")) {
        if (number < facets->total)
            facets->total = number;
    } else if (facet_is(facet, "fractionDigits")) {
        if (number < facets->fraction)
            facets->fraction = number;
    }
}

static bool
is_list(enum xs_builtin builtin)
{
    return builtin == XS_BUILTIN_IDREFS || builtin == XS_BUILTIN_ENTITIES ||
           builtin == XS_BUILTIN_NMTOKENS;
}

void
facets_collect(struct facets *facets, const struct xs_type *type)
{
    size_t i;

    memset(facets, 0, sizeof(*facets));
    facets->builtin = XS_BUILTIN_ANYSIMPLETYPE;
    facets->longest = SIZE_MAX;
    facets->total = facets->fraction = 1000;
    for (; type != NULL; type = sample_simple_base(type)) {
        if (type->builtin != XS_NOT_BUILTIN) {
            facets->builtin = type->builtin;
            break;
        }
        for (i = 0; i < type->facets.count; i++)
            take_facet(facets, VEC(&type->facets, struct xs_facet, i), type);
        if (!type->is_complex && type->variety == XS_VARIETY_LIST)
            facets->list = type;
        if (!type->is_complex && type->variety == XS_VARIETY_UNION)
            facets->of_union = type;
        if (facets->list != NULL || facets->of_union != NULL)
            break;
    }
    if (facets->builtin == XS_BUILTIN_INTEGER ||
        (facets->builtin > XS_BUILTIN_INTEGER &&
         facets->builtin <= XS_BUILTIN_UNSIGNEDBYTE))
        facets->fraction = 0;
}

/* ---- Checks -------------------------------------------------------------- */

static bool
matches(const char *pattern, const char *value)
{
    xmlRegexpPtr compiled = xmlRegexpCompile((const xmlChar *)pattern);
    bool good = compiled != NULL &&
                xmlRegexpExec(compiled, (const xmlChar *)value) == 1;

    xmlRegFreeRegexp(compiled);
    return good;
}

/* Of one type's patterns one is enough. */
static bool
matches_one(const struct xs_type *type, const char *value)
{
    size_t i;

    for (i = 0; i < type->facets.count; i++) {
        const struct xs_facet *facet = VEC(&type->facets, struct xs_facet, i);

        if (facet_is(facet, "pattern") && matches(facet->value, value))
            return true;
    }
    return false;
}

static size_t
count_words(const char *value)
{
    size_t count = 0;

    while (*(value += strspn(value, " \t\r\n")) != '\0') {
        value += strcspn(value, " \t\r\n");
        count++;
    }
    return count;
}

/* Bytes that base64 text stands for. */
static size_t
base64_size(const char *value)
{
    size_t size = strlen(value), pad = 0;

    while (pad < size && value[size - pad - 1] == '=')
        pad++;
    return size / 4 * 3 - pad;
}

static size_t
length_of(const struct facets *facets, const char *value)
{
    if (facets->list != NULL || is_list(facets->builtin))
        return count_words(value);
    if (facets->builtin == XS_BUILTIN_HEXBINARY)
        return strlen(value) / 2;
    if (facets->builtin == XS_BUILTIN_BASE64BINARY)
        return base64_size(value);
    return (size_t)xmlUTF8Strlen((const xmlChar *)value);
}

bool
facets_is_number(enum xs_builtin builtin)
{
    return builtin == XS_BUILTIN_FLOAT || builtin == XS_BUILTIN_DOUBLE ||
           (builtin >= XS_BUILTIN_DECIMAL &&
            builtin <= XS_BUILTIN_UNSIGNEDBYTE);
}

static bool
has_digits(const struct facets *facets, const char *value)
{
    const char *dot = strchr(value, '.');
    size_t fraction = dot == NULL ? 0 : strlen(dot + 1), i, total = fraction;

    if (value[0] == '-')
        value++;
    for (i = 0; value[i] >= '0' && value[i] <= '9'; i++)
        total++;
    return fraction <= facets->fraction && total <= facets->total;
}

/* The limits of the built-in types. */
static const struct {
    enum xs_builtin builtin;
    const char *min, *max;
} limits[] = {
    {XS_BUILTIN_LONG, "-9223372036854775808", "9223372036854775807"},
    {XS_BUILTIN_INT, "-2147483648", "2147483647"},
    {XS_BUILTIN_SHORT, "-32768", "32767"},
    {XS_BUILTIN_BYTE, "-128", "127"},
    {XS_BUILTIN_UNSIGNEDLONG, "0", "18446744073709551615"},
    {XS_BUILTIN_UNSIGNEDINT, "0", "4294967295"},
    {XS_BUILTIN_UNSIGNEDSHORT, "0", "65535"},
    {XS_BUILTIN_UNSIGNEDBYTE, "0", "255"},
    {XS_BUILTIN_NONNEGATIVEINTEGER, "0", NULL},
    {XS_BUILTIN_POSITIVEINTEGER, "1", NULL},
    {XS_BUILTIN_NONPOSITIVEINTEGER, NULL, "0"},
    {XS_BUILTIN_NEGATIVEINTEGER, NULL, "-1"},
};

static bool
in_range(long double value, const char *min, const char *max)
{
    return (min == NULL || value >= strtold(min, NULL)) &&
           (max == NULL || value <= strtold(max, NULL));
}

static bool
fits_number(const struct facets *facets, const char *value)
{
    long double number = strtold(value, NULL);
    size_t i;

    for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
        if (limits[i].builtin == facets->builtin &&
            !in_range(number, limits[i].min, limits[i].max))
            return false;
    return in_range(number, facets->min, facets->max) &&
           (facets->above == NULL || number > strtold(facets->above, NULL)) &&
           (facets->below == NULL || number < strtold(facets->below, NULL)) &&
           (facets->builtin == XS_BUILTIN_FLOAT ||
            facets->builtin == XS_BUILTIN_DOUBLE || has_digits(facets, value));
}

/* Points in time: as text, which is right for equal forms. */
static bool
fits_order(const struct facets *facets, const char *value)
{
    return (facets->min == NULL || strcmp(value, facets->min) >= 0) &&
           (facets->max == NULL || strcmp(value, facets->max) <= 0) &&
           (facets->above == NULL || strcmp(value, facets->above) > 0) &&
           (facets->below == NULL || strcmp(value, facets->below) < 0);
}

bool
facets_fit(const struct facets *facets, const char *value)
{
    bool is_name = facets->builtin == XS_BUILTIN_QNAME ||
                   facets->builtin == XS_BUILTIN_NOTATION;
    size_t length = length_of(facets, value), i;

    if (!is_name && (length < facets->shortest || length > facets->longest))
        return false;
    if (facets_is_number(facets->builtin) && !fits_number(facets, value))
        return false;
    if (!facets_is_number(facets->builtin) && !fits_order(facets, value))
        return false;
    for (i = 0; i < facets->patterns.count; i++)
        if (!matches_one(VEC(&facets->patterns, const struct xs_type, i),
                         value))
            return false;
    return true;
}
