/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two values are equal: in memory, by their tables, and as XML. */
#ifndef TEST_CORPUS_EQUAL_H
#define TEST_CORPUS_EQUAL_H

#include <stdbool.h>

#include <libxml/tree.h>

#include <sebon/describe.h>

/* Of two structs the members that field describes. */
bool values_equal(const sbn_field *field, const char *a, const char *b);

struct comparison {
    bool encoded;  /* types need not be told */
    bool exact;    /* but for prefixes texts are the same to the letter */
    bool defaults; /* b may have scalars that a leaves out */
    bool within;   /* a may say more than b, and leave out what b has as nil */
    unsigned more; /* elements and attributes of which that is so */
    char where[400]; /* they part, or the first of these */
};

/* Whether two elements say the same: names, attributes, content, but for
 * prefixes, blanks around words and other spellings of a number or truth
 * value. */
bool elements_equal(xmlNodePtr a, xmlNodePtr b, struct comparison *cmp);

#endif
