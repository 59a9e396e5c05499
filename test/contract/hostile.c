/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever stands in a contract header, it is refused or understood. */
#include <stdio.h>
#include <stdlib.h>

#include "codegen/contract-emit.h"
#include "test/support/test.h"

static const char *const seeds[] = {
    "test/contract/data/shop.h",    "test/contract/data/calculator.h",
    "test/contract/net/messages.h", "test/contract/forms/both/form.h",
    "test/contract/rules/data.h",   "test/contract/data/library.h",
    "test/contract/net/xmlser.h",   "test/contract/net/rpc.h",
};
enum { SEEDS = sizeof(seeds) / sizeof(seeds[0]) };

/* Everything but the files. Whether it was a contract. */
static bool
read_contract(const char *bytes, size_t size)
{
    struct contract contract;
    struct header header;
    struct tokens tokens;
    struct text text = {NULL, 0, 0, 0};
    struct schema_set set;
    bool good;
    size_t i;

    memset(&contract, 0, sizeof(contract));
    memset(&header, 0, sizeof(header));
    diag_reset();
    good = contract_tokens(&tokens, "hostile.h", bytes, size) &&
           contract_parse(&header, &tokens) &&
           contract_model(&contract, &header);
    CHECK(good == (diag_errors() == 0));
    for (i = 0; good && i < contract.services.count; i++) {
        const struct service *service =
            VEC(&contract.services, struct service, i);

        contract_schemas(&set, service);
        contract_wsdl_single(&text, service, &set);
    }
    mem_release();
    return good;
}

/* In memory of just that size, so that one byte more is seen. */
static bool
read_exactly(const char *bytes, size_t size)
{
    char *copy = (char *)malloc(size + 1);
    bool good;

    CHECK(copy != NULL);
    memcpy(copy, bytes, size);
    copy[size] = '\0';
    good = read_contract(copy, size);
    free(copy);
    return good;
}

static void
be_quiet(void)
{
    CHECK(freopen("/dev/null", "w", stderr) != NULL);
    test_set_timeout(300);
}

TEST(a_header_may_break_off_anywhere)
{
    size_t i, size, cut;
    char *text;

    be_quiet();
    for (i = 0; i < SEEDS; i++) {
        text = test_read_file(seeds[i], &size);
        for (cut = 0; cut < size; cut++)
            read_exactly(text, cut);
        free(text);
    }
}

static uint32_t
next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* One byte, one piece or one word is changed, doubled, moved or taken out. */
static size_t
edit(char *text, size_t size, size_t room, uint32_t *random)
{
    static const char marks[] = "(){};,.*=\"'/\\#<&|-0_a \n\x80\xff";
    size_t at = next_random(random) % size;
    size_t piece = 1 + next_random(random) % 40;

    if (piece > size - at)
        piece = size - at;
    switch (next_random(random) % 4) {
    case 0:
        text[at] = marks[next_random(random) % (sizeof(marks) - 1)];
        return size;
    case 1:
        memmove(text + at, text + at + piece, size - at - piece);
        return size - piece;
    case 2:
        if (size + piece > room)
            return size;
        memmove(text + at + piece, text + at, size - at);
        return size + piece;
    default:
        memmove(text + at, text + next_random(random) % (size - piece + 1),
                piece);
        return size;
    }
}

TEST(a_header_may_be_edited_at_random)
{
    size_t i, j, k, size, now;
    uint32_t random = 42;
    char *text, *changed;

    be_quiet();
    for (i = 0; i < SEEDS; i++) {
        text = test_read_file(seeds[i], &size);
        changed = (char *)malloc(size + 4096);
        CHECK(changed != NULL);
        for (j = 0; j < 2000; j++) {
            memcpy(changed, text, size);
            now = size;
            for (k = 0; now > 0 && k <= j % 8; k++)
                now = edit(changed, now, size + 4096, &random);
            read_exactly(changed, now);
        }
        free(changed);
        free(text);
    }
}

/* head, then piece count times, then tail */
static bool
read_repeated(const char *head, const char *piece, size_t count,
              const char *tail)
{
    size_t size = strlen(head) + count * strlen(piece) + strlen(tail), i;
    char *text = (char *)malloc(size + 1), *to;
    bool good;

    CHECK(text != NULL);
    to = text + sprintf(text, "%s", head);
    for (i = 0; i < count; i++)
        to += sprintf(to, "%s", piece);
    sprintf(to, "%s", tail);
    good = read_contract(text, size);
    free(text);
    return good;
}

TEST(depth_has_a_limit)
{
    const char *service = "SBN_SERVICE_CONTRACT() struct s {"
                          "SBN_OPERATION_CONTRACT() void (*f)(";

    be_quiet();
    CHECK(!read_repeated(service, "SBN_ARRAY(", 100000, "int"));
    CHECK(!read_repeated(service, "SBN_MAP(int, ", 100000, "int"));
    CHECK(!read_repeated(service, "(", 100000, ""));
    CHECK(!read_repeated(service, "int *", 1,
                         "******************************"
                         "********* x); };"));
    CHECK(!read_repeated("enum e { A = ", "(", 100000, "};"));
    CHECK(!read_repeated("enum e { A = ", "-", 100000, "1};"));
    CHECK(!read_repeated("enum e { A = ", "1+", 100000, "1};"));
    CHECK(!read_repeated("", "struct s {", 100000, ""));
    CHECK(!read_repeated("", "typedef ", 100000, ""));
    CHECK(!read_repeated("", "{", 100000, ""));
    CHECK(!read_repeated("", "extern \"C\" {", 100000, ""));
    CHECK(!read_repeated("", "SBN_SERVICE_CONTRACT(", 100000, ""));
    CHECK(!read_repeated("", "\\\n", 100000, ""));
}

TEST(what_leads_back_to_itself_is_refused)
{
    static const char *const texts[] = {
        "SBN_DATA_CONTRACT() struct a { SBN_BASE() struct b b; };"
        "SBN_DATA_CONTRACT() struct b { SBN_BASE() struct a a; };"
        "SBN_SERVICE_CONTRACT() struct s { SBN_OPERATION_CONTRACT()"
        "void (*f)(const struct a *a); };",
        "SBN_DATA_CONTRACT() struct a { SBN_BASE() struct b b; };"
        "SBN_DATA_CONTRACT() struct b { SBN_BASE() struct b b; };"
        "SBN_SERVICE_CONTRACT() struct s { SBN_OPERATION_CONTRACT()"
        "void (*f)(const struct a *a); };",
        "typedef a b; typedef b a; SBN_SERVICE_CONTRACT() struct s {"
        "SBN_OPERATION_CONTRACT() void (*f)(a x); };",
        "SBN_COLLECTION_CONTRACT() typedef SBN_ARRAY(b) a;"
        "SBN_COLLECTION_CONTRACT() typedef SBN_MAP(int, a) b;"
        "SBN_COLLECTION_CONTRACT() typedef c c;"
        "SBN_SERVICE_CONTRACT() struct s {"
        "SBN_OPERATION_CONTRACT() void (*f)(c x); };",
        "SBN_SERVICE_CONTRACT(.service = \"S\") struct a {"
        "SBN_BASE() struct b b; };"
        "SBN_SERVICE_CONTRACT(.service = \"T\") struct b {"
        "SBN_BASE() struct a a; };",
        "SBN_SERVICE_CONTRACT(.service = \"S\") struct a {"
        "SBN_BASE() struct a a; };",
        "SBN_DATA_CONTRACT(.name = \"A{0}\") SBN_TYPE_ARGUMENT(struct b)"
        "struct a { int x; };"
        "SBN_DATA_CONTRACT(.name = \"B{0}\")"
        "SBN_TYPE_ARGUMENT(SBN_ARRAY(const struct a *)) struct b { int x; };"
        "SBN_SERVICE_CONTRACT() struct s { SBN_OPERATION_CONTRACT()"
        "void (*f)(const struct a *a); };",
        "SBN_XML_CHOICE() union u {"
        "SBN_XML_ELEMENT() SBN_ARRAY(union u) u; };"
        "SBN_XML_TYPE() struct a { SBN_XML_ELEMENT() union u u; };"
        "SBN_XML_SERIALIZER_FORMAT() SBN_SERVICE_CONTRACT() struct s {"
        "SBN_OPERATION_CONTRACT() void (*f)(const struct a *a); };",
    };
    size_t i;

    be_quiet();
    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        CHECK(!read_contract(texts[i], strlen(texts[i])));
}

/* One name in which are all that follow. */
TEST(names_made_of_names_have_an_end)
{
    struct text text = {NULL, 0, 0, 0};
    char *copy;
    int i;

    be_quiet();
    for (i = 0; i < 20000; i++)
        text_printf(&text,
                    "SBN_DATA_CONTRACT(.name = \"T{0}\") "
                    "SBN_TYPE_ARGUMENT(struct t%d) struct t%d { int x; };\n",
                    i + 1, i);
    text_put(&text, "SBN_DATA_CONTRACT() struct t20000 { int x; };"
                    "SBN_SERVICE_CONTRACT() struct s {"
                    "SBN_OPERATION_CONTRACT() void (*f)(struct t0 x); };");
    copy = strdup(text.data);
    mem_release();
    CHECK(!read_exactly(copy, strlen(copy)));
    free(copy);
}

/* A long chain is no deep one. */
TEST(many_types_are_no_depth)
{
    struct text text = {NULL, 0, 0, 0};
    char *copy;
    int i;

    be_quiet();
    for (i = 0; i < 20000; i++)
        text_printf(&text,
                    "SBN_DATA_CONTRACT() struct t%d { SBN_DATA_MEMBER() "
                    "const struct t%d *next; };\n",
                    i, i + 1);
    text_put(&text, "SBN_DATA_CONTRACT() struct t20000 { int x; };"
                    "SBN_SERVICE_CONTRACT() struct s {"
                    "SBN_OPERATION_CONTRACT() void (*f)(const struct t0 *a);"
                    "};");
    copy = strdup(text.data);
    CHECK(copy != NULL);
    CHECK(read_contract(copy, strlen(copy)));
    free(copy);
}
