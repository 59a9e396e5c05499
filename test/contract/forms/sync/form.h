/* SPDX-License-Identifier: Apache-2.0 */
/* One contract in three forms, of which this is the synchronous one. */
#ifndef FORM_CONTRACT_H
#define FORM_CONTRACT_H

#include <sebon/contract.h>

SBN_DATA_CONTRACT(.ns = "urn:form:data")
struct point {
    SBN_DATA_MEMBER() int x;
    SBN_DATA_MEMBER() int y;
};

SBN_DATA_CONTRACT(.ns = "urn:form:data")
struct oops {
    SBN_DATA_MEMBER() const char *why;
};

SBN_SERVICE_CONTRACT(.ns = "urn:form")
struct form {
    /* Adds. */
    SBN_OPERATION_CONTRACT()
    int (*add)(int x, int y);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_OPERATION_CONTRACT()
    bool (*divide)(int a, int b, int *ret_quotient, const int **ret_rest);
    /* Moves it. */
    SBN_RETURN(.name = "Moved")
    SBN_OPERATION_CONTRACT(.name = "Move", .action = "urn:form:move")
    struct point *(*move)(struct point **point, const char *why);
    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*tell)(SBN_ARRAY(const char *) words);
};

#endif
