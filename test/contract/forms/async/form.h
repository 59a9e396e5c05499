/* SPDX-License-Identifier: Apache-2.0 */
/* One contract in three forms, of which this is the asynchronous one. */
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
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(int x, int y,
        sbn_async_callback *callback, void *state);
    int (*end_add)(sbn_async_result *result);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_divide)(int a, int b,
        sbn_async_callback *callback, void *state);
    bool (*end_divide)(int *ret_quotient, const int **ret_rest,
                       sbn_async_result *result);
    /* Moves it. */
    SBN_OPERATION_CONTRACT(.async_pattern = true, .name = "Move", .action = "urn:form:move")
    sbn_async_result *(*begin_move)(struct point **point, const char *why,
        sbn_async_callback *callback, void *state);
    SBN_RETURN(.name = "Moved")
    struct point *(*end_move)(struct point **point, sbn_async_result *result);
    SBN_OPERATION_CONTRACT(.async_pattern = true, .is_one_way = true)
    sbn_async_result *(*begin_tell)(SBN_ARRAY(const char *) words,
        sbn_async_callback *callback, void *state);
    void (*end_tell)(sbn_async_result *result);
};

#endif
