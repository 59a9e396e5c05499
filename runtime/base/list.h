/* SPDX-License-Identifier: Apache-2.0 */
/* An intrusive, circular, doubly linked list. A link that is in no list points
 * to itself, so that unlinking twice is harmless. */
#ifndef SBN_BASE_LIST_H
#define SBN_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct sbn__link {
    struct sbn__link *prev, *next;
};

#define sbn__container(ptr, type, member)                                      \
    ((type *)(void *)((char *)(ptr)-offsetof(type, member)))

static inline void
sbn__list_init(struct sbn__link *link)
{
    link->prev = link->next = link;
}

static inline bool
sbn__list_is_empty(const struct sbn__link *list)
{
    return list->next == list;
}

static inline void
sbn__list_remove(struct sbn__link *link)
{
    link->prev->next = link->next;
    link->next->prev = link->prev;
    sbn__list_init(link);
}

/* At the end; link must be in no list. */
static inline void
sbn__list_append(struct sbn__link *list, struct sbn__link *link)
{
    link->prev = list->prev;
    link->next = list;
    list->prev->next = link;
    list->prev = link;
}

static inline void
sbn__list_prepend(struct sbn__link *list, struct sbn__link *link)
{
    sbn__list_append(list->next, link);
}

/* The first, taken out; NULL: empty. */
static inline struct sbn__link *
sbn__list_take(struct sbn__link *list)
{
    struct sbn__link *link = list->next;

    if (link == list)
        return NULL;
    sbn__list_remove(link);
    return link;
}

/* Moves all of from to the end of list. */
static inline void
sbn__list_move(struct sbn__link *list, struct sbn__link *from)
{
    if (sbn__list_is_empty(from))
        return;
    from->next->prev = list->prev;
    list->prev->next = from->next;
    from->prev->next = list;
    list->prev = from->prev;
    sbn__list_init(from);
}

#endif
