/* SPDX-License-Identifier: Apache-2.0 */
/* Strings that are made up for regular expressions fit them, by libxml2's word.
 */
#include <libxml/xmlregexp.h>

#include "codegen/sample-parts.h"

#include "test/support/test.h"

/* Of stretches and variants one is enough, as long as what is made up fits. */
static void
check_pattern(const char *pattern)
{
    xmlRegexpPtr compiled = xmlRegexpCompile((const xmlChar *)pattern);
    unsigned stretch, variant, fitting = 0;

    CHECK(compiled != NULL);
    for (stretch = 0; stretch < 4; stretch++) {
        for (variant = 0; variant < 4; variant++) {
            const char *text = sample_pattern(pattern, stretch, variant);

            if (text == NULL)
                test_fail(__FILE__, __LINE__, "%s is not understood", pattern);
            if (xmlRegexpExec(compiled, (const xmlChar *)text) == 1)
                fitting++;
            else
                printf("# %s: '%s' does not fit\n", pattern, text);
        }
    }
    xmlRegFreeRegexp(compiled);
    CHECK_INT(fitting, ==, 16);
}

TEST(quantifiers_groups_and_branches)
{
    check_pattern("");
    check_pattern("abc");
    check_pattern("a?b*c+");
    check_pattern("a{3}b{1,2}c{2,}d{0}");
    check_pattern("(ab|cd|)+x");
    check_pattern("((a|b){2}-){1,3}z");
    check_pattern("one|two|three");
    check_pattern("[0-9]{3}-[A-Z]{2}|none");
}

TEST(classes)
{
    check_pattern("[abc][^abc][a-z][^a-z]");
    check_pattern("[A-Za-z0-9_.\\-]+@[a-z]+\\.[a-z]{2,3}");
    check_pattern("[a-z-[aeiou]]{4}");
    check_pattern("[-+]?[\\d.]+");
    check_pattern("[\\]\\[\\\\]");
    check_pattern("[&#x9;a]");
    check_pattern("[\xd0\xb0-\xd1\x8f]+");
}

TEST(escapes_and_categories)
{
    check_pattern("\\d{2}\\D\\w\\W\\s\\S\\.");
    check_pattern("\\i\\c*");
    check_pattern("\\p{L}\\p{Lu}\\p{Ll}\\p{N}\\p{Nd}\\P{L}");
    check_pattern("[\\p{L}\\p{N}_]+\\p{P}\\p{Zs}");
    check_pattern("\\p{IsBasicLatin}+\\p{IsGreek}\\p{IsCyrillic}");
    check_pattern("\\n\\r\\t\\\\\\|\\?\\*\\+\\(\\)\\{\\}\\-\\^");
}

TEST(what_is_no_expression_is_refused)
{
    CHECK(sample_pattern("a)", 0, 0) == NULL);
    CHECK(sample_pattern("(a", 0, 0) == NULL);
    CHECK(sample_pattern("[a", 0, 0) == NULL);
    CHECK(sample_pattern("*", 0, 0) == NULL);
    CHECK(sample_pattern("a{2", 0, 0) == NULL);
    CHECK(sample_pattern("(?:a)", 0, 0) == NULL);
    CHECK(sample_pattern("\\p{L", 0, 0) == NULL);
    CHECK(sample_pattern("(((((((((a{999}){999}){999}){999}))))))", 0, 0) ==
          NULL);
}
