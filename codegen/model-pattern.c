/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patterns that tell how a value is written, and not only which value it is:
 * three digits, two decimals, 0 and 1 for a boolean. A value of such a type is
 * kept as the text it is, since the form that a number or a time would be
 * written in is not always one that the pattern allows.
 */
#include "codegen/model.h"

#include <string.h>

#include <libxml/xmlregexp.h>

#include "codegen/sample-facets.h"

/* A type with what its facets and those of its bases ask for; each of them has
 * a pattern that must match (XML Schema Part 2, 4.3.4). */
struct patterns {
    struct vec steps; /* struct vec of xmlRegexpPtr: one of them must match */
};

static void
collect(struct patterns *patterns, const struct xs_type *type)
{
    struct vec *step;
    size_t i;

    for (; type != NULL && type->builtin == XS_NOT_BUILTIN;
         type = sample_simple_base(type)) {
        step = NULL;
        for (i = 0; i < type->facets.count; i++) {
            const struct xs_facet *facet =
                VEC(&type->facets, struct xs_facet, i);
            xmlRegexpPtr compiled =
                facet_is(facet, "pattern")
                    ? xmlRegexpCompile((const xmlChar *)facet->value)
                    : NULL;

            if (compiled == NULL)
                continue;
            if (step == NULL) {
                step = NEW(struct vec);
                vec_add(&patterns->steps, step);
            }
            vec_add(step, compiled);
        }
    }
}

static void
forget(struct patterns *patterns)
{
    size_t i, k;

    for (i = 0; i < patterns->steps.count; i++) {
        struct vec *step = VEC(&patterns->steps, struct vec, i);

        for (k = 0; k < step->count; k++)
            xmlRegFreeRegexp(VEC(step, xmlRegexp, k));
    }
}

static bool
allows(const struct patterns *patterns, const char *text)
{
    size_t i, k;

    for (i = 0; i < patterns->steps.count; i++) {
        struct vec *step = VEC(&patterns->steps, struct vec, i);

        for (k = 0; k < step->count; k++)
            if (xmlRegexpExec(VEC(step, xmlRegexp, k), (const xmlChar *)text) ==
                1)
                break;
        if (k == step->count)
            return false;
    }
    return true;
}

/* Whether a value may be written as form, but not as it is written from C. */
static bool
insists(const struct patterns *patterns, const char *form, const char *plain)
{
    return allows(patterns, form) && !allows(patterns, plain);
}

/* ---- Numbers ------------------------------------------------------------- */

static bool
insists_on_digits(const struct patterns *patterns)
{
    static const char *const signs[] = {"", "-", "+"};
    static const char *const digits[] = {"0",  "1",   "5",   "9",    "10",
                                         "42", "100", "123", "1234", "90210"};
    enum { WIDEST = 20 };
    size_t i, k, width;

    for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        for (k = 0; k < sizeof(digits) / sizeof(digits[0]); k++) {
            const char *plain =
                mem_printf("%s%s", *signs[i] == '-' ? "-" : "", digits[k]);

            for (width = 1; width <= WIDEST; width++)
                if (insists(patterns,
                            mem_printf("%s%.*s%s", signs[i],
                                       width > strlen(digits[k])
                                           ? (int)(width - strlen(digits[k]))
                                           : 0,
                                       "00000000000000000000", digits[k]),
                            plain))
                    return true;
        }
    }
    return false;
}

/* ---- Other forms --------------------------------------------------------- */

struct form {
    const char *form, *plain;
};

static const struct form bools[] = {{"1", "true"}, {"0", "false"}};
static const struct form reals[] = {
    {"0.0", "0"},      {"0.00", "0"},    {"1.0", "1"},      {"1.50", "1.5"},
    {"10.00", "10"},   {"2.500", "2.5"}, {"12.30", "12.3"}, {"1.5000", "1.5"},
    {"-1.50", "-1.5"}, {"100.0", "100"}, {"01.50", "1.5"}};
static const struct form date_times[] = {
    {"2026-01-02T03:04:05.000", "2026-01-02T03:04:05"},
    {"2026-01-02T03:04:05.500", "2026-01-02T03:04:05.5"},
    {"2026-01-02T03:04:05.500000", "2026-01-02T03:04:05.5"},
    {"2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05Z"},
    {"2026-01-02T03:04:05.500Z", "2026-01-02T03:04:05.5Z"},
    {"2026-01-02T03:04:05.500000Z", "2026-01-02T03:04:05.5Z"},
    {"2026-01-02T03:04:05.500+01:00", "2026-01-02T03:04:05.5+01:00"}};
static const struct form times[] = {{"03:04:05.000", "03:04:05"},
                                    {"03:04:05.500", "03:04:05.5"},
                                    {"03:04:05.000Z", "03:04:05Z"},
                                    {"03:04:05.500Z", "03:04:05.5Z"}};
static const struct form hexes[] = {
    {"0a", "0A"}, {"abcdef", "ABCDEF"}, {"00ff00ff", "00FF00FF"}};

static const struct {
    sbn_kind kind;
    const struct form *forms;
    size_t count;
} others[] = {
#define FORMS(kind, table)                              \
    {                                                   \
        kind, table, sizeof(table) / sizeof((table)[0]) \
    }
    FORMS(SBN_K_BOOL, bools),   FORMS(SBN_K_FLOAT, reals),
    FORMS(SBN_K_DOUBLE, reals), FORMS(SBN_K_DATETIME, date_times),
    FORMS(SBN_K_TIME, times),   FORMS(SBN_K_HEX, hexes),
#undef FORMS
};

static bool
insists_on_form(const struct patterns *patterns, sbn_kind kind)
{
    size_t i, k;

    for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        for (k = 0; others[i].kind == kind && k < others[i].count; k++)
            if (insists(patterns, others[i].forms[k].form,
                        others[i].forms[k].plain))
                return true;
    return false;
}

sbn_kind
model_pattern_kind(const struct xs_type *type, sbn_kind kind)
{
    struct patterns patterns = {{NULL, 0, 0}};
    bool is_integer = kind >= SBN_K_INT8 && kind <= SBN_K_UINT64;
    bool as_text;

    collect(&patterns, type);
    as_text = patterns.steps.count > 0 &&
              (is_integer ? insists_on_digits(&patterns)
                          : insists_on_form(&patterns, kind));
    forget(&patterns);
    if (!as_text)
        return kind;
    if (is_integer)
        return SBN_K_INTEGER;
    return kind == SBN_K_FLOAT || kind == SBN_K_DOUBLE ? SBN_K_DECIMAL
                                                       : SBN_K_TOKEN;
}
