/* SPDX-License-Identifier: Apache-2.0 */
/* Types that say too little or are unknown. */
#include <sebon/contract.h>

struct plain {
    int x;
};

SBN_SERVICE_CONTRACT()
struct calc {
    SBN_OPERATION_CONTRACT()
    void (*a)(long x);
    SBN_OPERATION_CONTRACT()
    void (*b)(char x);
    SBN_OPERATION_CONTRACT()
    void (*c)(const struct plain *x);
    SBN_OPERATION_CONTRACT()
    void (*d)(const struct unknown *x);
    SBN_OPERATION_CONTRACT()
    void (*e)(size_t x);
    SBN_OPERATION_CONTRACT()
    void (*g)(int ***x);
    SBN_OPERATION_CONTRACT()
    void (*j)(int);
    SBN_OPERATION_CONTRACT()
    void (*k)(int x, int x);
    SBN_OPERATION_CONTRACT()
    void (*m)(void *x);
    SBN_OPERATION_CONTRACT()
    void (*n)(sbn_message *message, int x);
    SBN_OPERATION_CONTRACT()
    void (*o)(union u x);
};
