/* SPDX-License-Identifier: Apache-2.0 */
/* Values for any struct that has a table, so that what the generator wrote for
 * a schema can be sent and read back without code of its own. */
#ifndef TEST_CODEGEN_FILL_H
#define TEST_CODEGEN_FILL_H

#include <sebon/describe.h>

#include "runtime/base/arena.h"

enum fill_mode {
    FILL_ALL,    /* whatever may be there is there */
    FILL_LEAST,  /* only what must be there */
    FILL_NIL,    /* nil where that is allowed */
    FILL_MIXED,  /* some structs like this, some like that */
    FILL_MODES
};

struct fill {
    struct sbn__arena *arena;
    const sbn_contract *contract;
    enum fill_mode mode;
    bool bare;     /* the struct being filled has only what it must have */
    unsigned next; /* counts values, so that no two are alike */
};

/* base is zeroed; the struct's member of field gets a value. */
void fill_field(struct fill *fill, const sbn_field *field, char *base,
                unsigned depth);

#endif
