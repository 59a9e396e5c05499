/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters in every direction, names and actions, contracts that extend. */
#ifndef NET_SHAPES_H
#define NET_SHAPES_H

#include <sebon/contract.h>

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:types")
struct point {
    SBN_DATA_MEMBER() int32_t x;
    SBN_DATA_MEMBER() int32_t y;
};

SBN_SERVICE_CONTRACT(.ns = "urn:sebon:interop:shapes:base")
struct shapes_base {
    SBN_OPERATION_CONTRACT()
    const char *(*inherited)(const char *who);
    SBN_OPERATION_CONTRACT(.name = "InheritedRenamed")
    int (*first)(int value);
};

SBN_SERVICE_CONTRACT(.ns = "urn:sebon:interop:shapes",
                     .address = "http://127.0.0.1:8000/shapes")
struct shapes {
    SBN_BASE() struct shapes_base base;

    SBN_OPERATION_CONTRACT()
    void (*nothing)(void);
    SBN_OPERATION_CONTRACT()
    int (*no_arguments)(void);
    SBN_OPERATION_CONTRACT()
    void (*no_result)(const char *text, int number);
    SBN_OPERATION_CONTRACT()
    const char *(*several)(int a, const char *b, bool c, const double *d,
                           sbn_datetime e, sbn_bytes f, const struct point *g);
    SBN_OPERATION_CONTRACT()
    void (*outs)(int x, int *ret_doubled, const char **ret_text);
    SBN_OPERATION_CONTRACT()
    int (*refs)(int *number, const char **text, struct point **point);
    SBN_OPERATION_CONTRACT()
    bool (*try_divide)(int a, int b, int *ret_quotient,
                       const int **ret_remainder);
    SBN_OPERATION_CONTRACT()
    const char *(*mixed)(const char **inout, int in, SBN_ARRAY(int) *ret_out);
    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*notify)(const char *text, int number);
    SBN_OPERATION_CONTRACT(.action = "urn:sebon:interop:actions:renamed",
                           .reply_action =
                               "urn:sebon:interop:actions:renamed-reply")
    const char *(*renamed)(const char *text);
    SBN_OPERATION_CONTRACT(
        .action = "http://sebon.example/actions/with blank and \303\274")
    const char *(*odd_action)(const char *text);
    SBN_RETURN(.name = "the answer")
    SBN_OPERATION_CONTRACT()
    const char *(*odd_parameters)(
        SBN_PARAMETER(.name = "first name") const char *a,
        SBN_PARAMETER(.name = "x-y.z") int b,
        SBN_PARAMETER(.name = "1st") bool c,
        SBN_PARAMETER(.name = "\304\215aj") const char *d);
    SBN_OPERATION_CONTRACT()
    int (*sum)(SBN_ARRAY(int) values);
    SBN_OPERATION_CONTRACT()
    const char *(*join)(const char *separator, SBN_ARRAY(const char *) parts);
    SBN_OPERATION_CONTRACT()
    const char *(*tell_nulls)(const char *s, const int *n,
                              const struct point *p, SBN_ARRAY(int) a,
                              sbn_xml o, sbn_bytes b);
    SBN_OPERATION_CONTRACT()
    const char *(*return_null)(const char *kind);
    SBN_OPERATION_CONTRACT()
    struct point *(*return_null_point)(void);
    SBN_OPERATION_CONTRACT()
    SBN_ARRAY(int) (*return_null_array)(void);
    SBN_OPERATION_CONTRACT()
    void (*task_no_result)(const char *text);
    SBN_OPERATION_CONTRACT()
    const char *(*task_result)(const char *text);
};

#endif
