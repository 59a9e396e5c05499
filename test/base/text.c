/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/text.h"
#include "test/support/test.h"

TEST(names_compare_without_case)
{
    CHECK(sbn__equal_nocase("Content-Type", 12, "CONTENT-type", 12));
    CHECK(!sbn__equal_nocase("Content-Type", 12, "Content-Typ", 11));
    CHECK(!sbn__equal_nocase("a", 1, "b", 1));
    CHECK(!sbn__equal_nocase("[", 1, "{", 1)); /* 0x20 apart, no letters */
    CHECK(!sbn__equal_nocase("\xc4", 1, "\xe4", 1));
    CHECK(sbn__equal_nocase(NULL, 0, "", 0));
}

static void
check_trimmed(const char *text, const char *want)
{
    size_t size = strlen(text);

    sbn__trim(&text, &size);
    CHECK_MEM(text, size, want, strlen(want));
}

TEST(white_space_is_left_out_at_both_ends)
{
    const char *none = NULL;
    size_t size = 0;

    check_trimmed("", "");
    check_trimmed(" \t\r\n", "");
    check_trimmed("a", "a");
    check_trimmed("\n a b\t", "a b");
    check_trimmed("\va\f", "\va\f"); /* no white space in XML */
    sbn__trim(&none, &size);
    CHECK(none == NULL);
    CHECK_INT(size, ==, 0);
}

static void
check_collapsed(const char *text, const char *want)
{
    char room[64];
    size_t size = strlen(text);

    memcpy(room, text, size);
    size = sbn__collapse(room, size);
    CHECK_MEM(room, size, want, strlen(want));
}

TEST(white_space_collapses)
{
    check_collapsed("", "");
    check_collapsed("  ", "");
    check_collapsed("a", "a");
    check_collapsed(" a ", "a");
    check_collapsed("a\r\n\t b   c ", "a b c");
    check_collapsed("\n\na  \xc3\xa4\t", "a \xc3\xa4");
}
