/* SPDX-License-Identifier: Apache-2.0 */
/* XML names as C names. */
#include "codegen/names.h"
#include "test/support/test.h"

TEST(words_are_joined_by_underscores)
{
    CHECK_STR(name_snake("Add"), "add");
    CHECK_STR(name_snake("AddResult"), "add_result");
    CHECK_STR(name_snake("n1"), "n1");
    CHECK_STR(name_snake("HTTPServer2Name"), "http_server2_name");
    CHECK_STR(name_snake("userIDs"), "user_ids");
    CHECK_STR(name_snake("IDs2"), "i_ds2");
    CHECK_STR(name_snake("snake_case"), "snake_case");
    CHECK_STR(name_snake("Outer.Inner-x"), "outer_inner_x");
    CHECK_STR(name_snake("__a__"), "a");
    CHECK_STR(name_snake("ALLCAPS"), "allcaps");
    mem_release();
}

TEST(other_letters_become_ascii)
{
    CHECK_STR(name_snake("Größe"), "grosse");
    CHECK_STR(name_snake("m³"), "m3");
    CHECK_STR(name_snake("°C"), "deg_c");
    CHECK_STR(name_snake("数"), "u6570");
    CHECK_STR(name_snake("Weird_x0020_Name_x003A_1"), "weird_name_1");
    CHECK_STR(name_snake("_x0031_st"), "n1st");
    mem_release();
}

TEST(names_are_never_empty_nor_begin_with_a_digit)
{
    CHECK_STR(name_snake("_"), "x");
    CHECK_STR(name_snake(""), "x");
    CHECK_STR(name_snake("2nd"), "n2nd");
    CHECK_STR(name_upper(""), "EMPTY");
    CHECK_STR(name_upper("6"), "6");
    CHECK_STR(name_upper("dark-green"), "DARK_GREEN");
    mem_release();
}

TEST(words_with_a_meaning_get_an_underscore)
{
    static const char *const words[] = {"class", "int",   "errno", "stdin",
                                        "unix",  "linux", "major", "new",
                                        "and",   "bool",  "true"};
    size_t i;

    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        CHECK_STR(name_safe(words[i]), mem_printf("%s_", words[i]));
    CHECK_STR(name_safe("result"), "result");
    mem_release();
}

TEST(prefixes_come_from_port_types)
{
    CHECK_STR(name_prefix("ICalculator"), "calculator");
    CHECK_STR(name_prefix("CalculatorPortType"), "calculator");
    CHECK_STR(name_prefix("CalculatorServiceSoap"), "calculator");
    CHECK_STR(name_prefix("CalculatorService"), "calculator");
    CHECK_STR(name_prefix("IBMThings"), "ibm_things");
    CHECK_STR(name_prefix("Item"), "item");
    CHECK_STR(name_prefix("Service"), "service");
    CHECK_STR(name_prefix("PortType"), "port_type");
    CHECK_STR(name_prefix("Union"), "union_");
    mem_release();
}

TEST(a_name_in_use_gets_a_number)
{
    struct scope scope = {{NULL, 0, 0}};

    CHECK_STR(scope_take(&scope, "a"), "a");
    CHECK_STR(scope_take(&scope, "a"), "a_2");
    CHECK_STR(scope_take(&scope, "a"), "a_3");
    CHECK_STR(scope_take(&scope, "a_2"), "a_2_2");
    CHECK_STR(scope_take_word(&scope, "class"), "class_");
    CHECK_STR(scope_take_word(&scope, "class"), "class_2");
    CHECK_STR(scope_take(&scope, "class_"), "class__2");
    mem_release();
}

TEST(plurals)
{
    CHECK_STR(name_plural("item"), "items");
    CHECK_STR(name_plural("items"), "items");
    CHECK_STR(name_plural("entry"), "entries");
    CHECK_STR(name_plural("key"), "keys");
    CHECK_STR(name_plural("box"), "boxes");
    CHECK_STR(name_plural("branch"), "branches");
    mem_release();
}
