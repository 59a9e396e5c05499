/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words that generated headers use for what they would otherwise say again and
 * again. What each stands for is written here once, for an operation `add` of
 * a service `calculator`.
 */
#ifndef SEBON_GENERATED_H
#define SEBON_GENERATED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/client.h>
#include <sebon/error.h>
#include <sebon/server.h>
#include <sebon/status.h>

/* Parameters, and places for results, that follow others. */
#define SBN_IN(...) , __VA_ARGS__
#define SBN_OUT(...) , __VA_ARGS__

/*
 * The first members of every struct calculator_add_completed. error is NULL
 * when the call succeeded or was cancelled. The members that follow, the
 * results, mean something only when error is NULL and cancelled is false; call
 * gives the reply's headers.
 */
#define SBN_COMPLETED                                                          \
    const sbn_error *error;                                                    \
    bool cancelled;                                                            \
    void *user_state;                                                          \
    const sbn_call *call

/* A member of struct calculator_events: what is called when an add has
 * completed.
 *
 *     void (*add_completed)(calculator_client *sender,
 *         const struct calculator_add_completed *e, void *data);
 */
#define SBN_EVENT(service, op)                                                 \
    void (*op##_completed)(service##_client * sender,                          \
                           const struct service##_##op##_completed *e,         \
                           void *data)

/*
 * Three members of struct calculator_service: how the service does add. Give
 * the first, or the other two, or all three (then the first is used).
 *
 *     sbn_status (*add)(sbn_request *request, double n1, double n2,
 *                       double *ret_result);
 *     sbn_status (*begin_add)(sbn_request *request, double n1, double n2);
 *     sbn_status (*end_add)(sbn_request *request, double *ret_result);
 *
 * from SBN_OPERATION(add, SBN_IN(double n1, double n2),
 *                    SBN_OUT(double *ret_result));
 */
#define SBN_OPERATION(op, in, out)                                             \
    sbn_status (*op)(sbn_request * request in out);                            \
    sbn_status (*begin_##op)(sbn_request * request in);                        \
    sbn_status (*end_##op)(sbn_request * request out)

/* The same where the operation's own name cannot name a member: `delete_`,
 * with begin_delete and end_delete. */
#define SBN_OPERATION_AS(member, op, in, out)                                  \
    sbn_status (*member)(sbn_request * request in out);                        \
    sbn_status (*begin_##op)(sbn_request * request in);                        \
    sbn_status (*end_##op)(sbn_request * request out)

#endif
