/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/list.h"
#include "test/support/test.h"

struct item {
    int number;
    struct sbn__link link;
};

static int
take(struct sbn__link *list)
{
    struct sbn__link *link = sbn__list_take(list);

    if (link == NULL)
        return 0;
    return sbn__container(link, struct item, link)->number;
}

TEST(items_come_out_in_order)
{
    struct item a = {1, {NULL, NULL}}, b = {2, {NULL, NULL}},
                c = {3, {NULL, NULL}};
    struct sbn__link list;

    sbn__list_init(&list);
    CHECK(sbn__list_is_empty(&list));
    CHECK_INT(take(&list), ==, 0);
    sbn__list_append(&list, &a.link);
    sbn__list_append(&list, &b.link);
    sbn__list_prepend(&list, &c.link);
    CHECK_INT(take(&list), ==, 3);
    CHECK_INT(take(&list), ==, 1);
    CHECK_INT(take(&list), ==, 2);
    CHECK(sbn__list_is_empty(&list));
}

TEST(removing_twice_is_harmless)
{
    struct item a = {1, {NULL, NULL}}, b = {2, {NULL, NULL}};
    struct sbn__link list;

    sbn__list_init(&list);
    sbn__list_append(&list, &a.link);
    sbn__list_append(&list, &b.link);
    sbn__list_remove(&a.link);
    sbn__list_remove(&a.link);
    CHECK_INT(take(&list), ==, 2);
    sbn__list_remove(&b.link);
    CHECK(sbn__list_is_empty(&list));
}

TEST(a_list_moves_to_the_end_of_another)
{
    struct item a = {1, {NULL, NULL}}, b = {2, {NULL, NULL}},
                c = {3, {NULL, NULL}};
    struct sbn__link list, from;

    sbn__list_init(&list);
    sbn__list_init(&from);
    sbn__list_move(&list, &from);
    CHECK(sbn__list_is_empty(&list));
    sbn__list_append(&list, &a.link);
    sbn__list_append(&from, &b.link);
    sbn__list_append(&from, &c.link);
    sbn__list_move(&list, &from);
    CHECK(sbn__list_is_empty(&from));
    CHECK_INT(take(&list), ==, 1);
    CHECK_INT(take(&list), ==, 2);
    CHECK_INT(take(&list), ==, 3);
}
