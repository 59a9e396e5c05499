/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words that generated headers use for what they would otherwise say again and
 * again. What each stands for is written here once, for an operation `add` of
 * a service `calculator`:
 *
 *     SBN_OPERATION(calculator, add, 0, (double, n1) (double, n2),
 *         (double, result));
 *
 * Behind the names of both stand the operation's number, what it takes and what
 * it gives: a type and a name each, or SBN_NOTHING.
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

/* ---- Operations ----------------------------------------------------------- */

/*
 * The functions that call the operation, and the struct of its event.
 *
 * Synchronous: returns when the reply is in or the call's deadline has passed.
 *
 *     sbn_status calculator_add(calculator_client *client, sbn_call *call,
 *                               double n1, double n2, double *ret_result);
 *
 * Begin/End: done runs once, from the loop, never before begin returns; there,
 * or later, end gives the result.
 *
 *     sbn_status calculator_begin_add(calculator_client *client,
 *                                     sbn_call *call, double n1, double n2,
 *                                     sbn_call_fn *done, void *state);
 *     sbn_status calculator_end_add(sbn_call *call, double *ret_result);
 *
 * Event: the client owns the call, user_state names it, and the listener is
 * told.
 *
 *     sbn_status calculator_add_async(calculator_client *client,
 *                                     double n1, double n2,
 *                                     void *user_state);
 *
 *     struct calculator_add_completed {
 *         SBN_COMPLETED;
 *         double result;
 *     };
 *
 * sebon/client.h says what holds for all of them. They are inline: a program
 * has those that it calls.
 *
 * SBN_OPERATION_NIL also has a bool beside every value, result_nil, which tells
 * that it was nil in XML. SBN_ASYNC_OPERATION is without the synchronous
 * function. SBN_SERVICE_OPERATION is for a header that has the service alone;
 * calculator_service stands for calculator there.
 */
#define SBN_OPERATION(service, op, number, takes, gives)                       \
    SBN__CALLS(service##_##op, service##_begin_##op,                           \
               service##_end_##op, service##_client,                           \
               service##_contract.operations[number], takes, gives,            \
               SBN__MEMBER, SBN__VALUE)                                        \
    struct service##_##op##_completed
#define SBN_OPERATION_NIL(service, op, number, takes, gives)                   \
    SBN__CALLS(service##_##op, service##_begin_##op,                           \
               service##_end_##op, service##_client,                           \
               service##_contract.operations[number], takes, gives,            \
               SBN__NIL_MEMBER, SBN__NIL_VALUE)                                \
    struct service##_##op##_completed
#define SBN_ASYNC_OPERATION(service, op, number, takes, gives)                 \
    SBN__ASYNC_CALLS(service##_##op, service##_begin_##op,                     \
                     service##_end_##op, service##_client,                     \
                     service##_contract.operations[number], takes, gives,      \
                     SBN__MEMBER, SBN__VALUE)                                  \
    struct service##_##op##_completed
#define SBN_ASYNC_OPERATION_NIL(service, op, number, takes, gives)             \
    SBN__ASYNC_CALLS(service##_##op, service##_begin_##op,                     \
                     service##_end_##op, service##_client,                     \
                     service##_contract.operations[number], takes, gives,      \
                     SBN__NIL_MEMBER, SBN__NIL_VALUE)                          \
    struct service##_##op##_completed
#define SBN_SERVICE_OPERATION(service, op, number, takes, gives)               \
    SBN__MESSAGES(service##_##op, takes, gives, SBN__MEMBER)                   \
    struct service##_##op##_completed
#define SBN_SERVICE_OPERATION_NIL(service, op, number, takes, gives)           \
    SBN__MESSAGES(service##_##op, takes, gives, SBN__NIL_MEMBER)               \
    struct service##_##op##_completed

/* No parameters, or no results. */
#define SBN_NOTHING

/* ---- Clients -------------------------------------------------------------- */

/*
 * SBN_CLIENT(calculator) declares the client.
 *
 *     typedef struct calculator_client calculator_client;
 *
 *     sbn_status calculator_client_new(sbn_runtime *runtime, const char *url,
 *                                      const sbn_client_options *options,
 *                                      calculator_client **ret_client);
 *     void calculator_client_free(calculator_client *client);
 *
 * The same client, for the functions that all services share:
 *
 *     sbn_client *calculator_client_base(calculator_client *client);
 *
 * Completed events go to the members of events that are not NULL:
 *
 *     sbn_status calculator_client_listen(
 *         calculator_client *client, const struct calculator_events *events,
 *         void *data);
 */
#define SBN_CLIENT(service)                                                    \
    typedef struct service##_client service##_client;                          \
    struct service##_events;                                                   \
    sbn_status service##_client_new(sbn_runtime *runtime, const char *url,     \
                                    const sbn_client_options *options,         \
                                    service##_client **ret_client);            \
    void service##_client_free(service##_client *client);                      \
    sbn_client *service##_client_base(service##_client *client);               \
    sbn_status service##_client_listen(service##_client *client,               \
                                       const struct service##_events *events,  \
                                       void *data)

/* A member of struct calculator_events: what is called when an add has
 * completed.
 *
 *     void (*add_completed)(calculator_client *sender,
 *         const struct calculator_add_completed *e, void *data);
 */
#define SBN_EVENT(service, op) service##_##op##_EVENT *op##_completed

/* ---- Services ------------------------------------------------------------- */

/*
 * Three members of struct calculator_service: how the service does add. Give
 * the first, or the other two, or all three (then the first is used).
 *
 *     sbn_status (*add)(sbn_request *request, double n1, double n2,
 *                       double *ret_result);
 *     sbn_status (*begin_add)(sbn_request *request, double n1, double n2);
 *     sbn_status (*end_add)(sbn_request *request, double *ret_result);
 */
#define SBN_SERVE(service, op)                                                 \
    service##_##op##_WHOLE *op;                                                \
    service##_##op##_BEGIN *begin_##op;                                        \
    service##_##op##_END *end_##op
/* The same where the operation's own name cannot name a member: `delete_`,
 * with begin_delete and end_delete. */
#define SBN_SERVE_AS(service, member, op)                                      \
    service##_##op##_WHOLE *member;                                            \
    service##_##op##_BEGIN *begin_##op;                                        \
    service##_##op##_END *end_##op

/*
 * SBN_SERVICE(calculator) declares what binds a service to a path.
 *
 *     sbn_status calculator_service_bind(
 *         sbn_server *server, const char *path,
 *         const struct calculator_service *service,
 *         const sbn_service_options *options);
 */
#define SBN_SERVICE(service)                                                   \
    sbn_status service##_service_bind(                                         \
        sbn_server *server, const char *path,                                  \
        const struct service##_service *functions,                             \
        const sbn_service_options *options)

/* ---- What these are made of ----------------------------------------------- */

/*
 * (double, n1) (double, n2) is walked by macros that take turns, each of which
 * leaves the name of the next behind its pair: A before B before A. SBN__LIST
 * makes what ends the list out of the name that is left behind the last. One
 * without a letter, for the first pair, is there where an empty list matters.
 */
#define SBN__LIST(...) SBN__LIST_END(__VA_ARGS__)
#define SBN__LIST_END(...) __VA_ARGS__##_END

/* double n1; double n2; */
#define SBN__MEMBER(type, name) type name; SBN__MEMBER_A
#define SBN__MEMBER_A(type, name) type name; SBN__MEMBER_B
#define SBN__MEMBER_B(type, name) type name; SBN__MEMBER_A
#define SBN__MEMBER_END char unused;
#define SBN__MEMBER_A_END
#define SBN__MEMBER_B_END

/* double n1; bool n1_nil; */
#define SBN__NIL_MEMBER(type, name) SBN__BOTH(type, name) SBN__NIL_MEMBER_A
#define SBN__NIL_MEMBER_A(type, name) SBN__BOTH(type, name) SBN__NIL_MEMBER_B
#define SBN__NIL_MEMBER_B(type, name) SBN__BOTH(type, name) SBN__NIL_MEMBER_A
#define SBN__BOTH(type, name) type name; bool name##_nil;
#define SBN__NIL_MEMBER_END char unused;
#define SBN__NIL_MEMBER_A_END
#define SBN__NIL_MEMBER_B_END

/* n1, n2 */
#define SBN__VALUE(type, name) name SBN__VALUE_A
#define SBN__VALUE_A(type, name) , name SBN__VALUE_B
#define SBN__VALUE_B(type, name) , name SBN__VALUE_A
#define SBN__VALUE_END 0
#define SBN__VALUE_A_END
#define SBN__VALUE_B_END

/* n1, false, n2, false */
#define SBN__NIL_VALUE(type, name) name, false SBN__NIL_VALUE_A
#define SBN__NIL_VALUE_A(type, name) , name, false SBN__NIL_VALUE_B
#define SBN__NIL_VALUE_B(type, name) , name, false SBN__NIL_VALUE_A
#define SBN__NIL_VALUE_END 0
#define SBN__NIL_VALUE_A_END
#define SBN__NIL_VALUE_B_END

/* , double n1, double n2 */
#define SBN__PARAM_A(type, name) , type name SBN__PARAM_B
#define SBN__PARAM_B(type, name) , type name SBN__PARAM_A
#define SBN__PARAM_A_END
#define SBN__PARAM_B_END

/* , double *ret_result */
#define SBN__PLACE_A(type, name) , type *ret_##name SBN__PLACE_B
#define SBN__PLACE_B(type, name) , type *ret_##name SBN__PLACE_A
#define SBN__PLACE_A_END
#define SBN__PLACE_B_END

/* *ret_result = out->result; */
#define SBN__RESULT_A(type, name) *ret_##name = out->name; SBN__RESULT_B
#define SBN__RESULT_B(type, name) *ret_##name = out->name; SBN__RESULT_A
#define SBN__RESULT_A_END
#define SBN__RESULT_B_END

/* , in->n1, in->n2 */
#define SBN__IN_A(type, name) , in->name SBN__IN_B
#define SBN__IN_B(type, name) , in->name SBN__IN_A
#define SBN__IN_A_END
#define SBN__IN_B_END

/* , &out->result */
#define SBN__OUT_A(type, name) , &out->name SBN__OUT_B
#define SBN__OUT_B(type, name) , &out->name SBN__OUT_A
#define SBN__OUT_A_END
#define SBN__OUT_B_END

/*
 * The structs of both messages, as the tables describe them, and the types of
 * the service's functions. Names are put together where a word begins, since an
 * argument that is handed on is replaced if it is a macro: `unix` is one.
 */
#define SBN__MESSAGES(tag, takes, gives, MEMBER)                               \
    struct tag##_IN {                                                          \
        SBN__LIST(MEMBER takes)                                                \
    };                                                                         \
    struct tag##_completed {                                                   \
        SBN_COMPLETED;                                                         \
        SBN__LIST(MEMBER##_A gives)                                            \
    };                                                                         \
    typedef sbn_status tag##_WHOLE(                                            \
        sbn_request *request SBN__LIST(SBN__PARAM_A takes)                     \
            SBN__LIST(SBN__PLACE_A gives));                                    \
    typedef sbn_status tag##_BEGIN(                                            \
        sbn_request *request SBN__LIST(SBN__PARAM_A takes));                   \
    typedef sbn_status tag##_END(                                              \
        sbn_request *request SBN__LIST(SBN__PLACE_A gives));                   \
    SBN__INVOKE(tag, takes, gives)

/* Names come put together: `op` alone may be a macro, as unix is. */
#define SBN__CALLS(tag, begin, end, client, operation, takes, gives, MEMBER,   \
                   VALUE)                                                      \
    SBN__ASYNC_CALLS(tag, begin, end, client, operation, takes, gives, MEMBER, \
                     VALUE)                                                    \
    SBN__SYNC(tag, client, operation, takes, gives, VALUE)
#define SBN__ASYNC_CALLS(tag, begin, end, client, operation, takes, gives,     \
                         MEMBER, VALUE)                                        \
    SBN__MESSAGES(tag, takes, gives, MEMBER)                                   \
    SBN__ASYNC(tag, begin, end, client, operation, takes, gives, VALUE)

#define SBN__SYNC(tag, client_type, operation, takes, gives, VALUE)            \
    static inline sbn_status tag(                                              \
        client_type *client, sbn_call *call SBN__LIST(SBN__PARAM_A takes)      \
            SBN__LIST(SBN__PLACE_A gives))                                     \
    {                                                                          \
        const struct tag##_IN in = {SBN__LIST(VALUE takes)};                   \
        const void *reply = NULL;                                              \
        sbn_status status =                                                    \
            sbn_call_sync((sbn_client *)client, call,                          \
                          &operation, &in, &reply);                            \
        const struct tag##_completed *out =                                    \
            (const struct tag##_completed *)reply;                             \
                                                                               \
        (void)out;                                                             \
        if (status == SBN_OK) {                                                \
            SBN__LIST(SBN__RESULT_A gives)                                     \
        }                                                                      \
        return status;                                                         \
    }

#define SBN__ASYNC(tag, begin, end, client_type, operation, takes, gives,      \
                   VALUE)                                                      \
    static inline sbn_status begin(                                            \
        client_type *client, sbn_call *call SBN__LIST(SBN__PARAM_A takes),     \
        sbn_call_fn *done, void *state)                                        \
    {                                                                          \
        const struct tag##_IN in = {SBN__LIST(VALUE takes)};                   \
                                                                               \
        return sbn_call_begin((sbn_client *)client, call,                      \
                              &operation, &in, done,                           \
                              state);                                          \
    }                                                                          \
    static inline sbn_status end(                                              \
        sbn_call *call SBN__LIST(SBN__PLACE_A gives))                          \
    {                                                                          \
        const void *reply = NULL;                                              \
        sbn_status status =                                                    \
            sbn_call_end(call, &operation, &reply);                            \
        const struct tag##_completed *out =                                    \
            (const struct tag##_completed *)reply;                             \
                                                                               \
        (void)out;                                                             \
        if (status == SBN_OK) {                                                \
            SBN__LIST(SBN__RESULT_A gives)                                     \
        }                                                                      \
        return status;                                                         \
    }                                                                          \
    static inline sbn_status tag##_async(                                      \
        client_type *client SBN__LIST(SBN__PARAM_A takes), void *user_state)   \
    {                                                                          \
        const struct tag##_IN in = {SBN__LIST(VALUE takes)};                   \
                                                                               \
        return sbn_call_async((sbn_client *)client,                            \
                              &operation, &in,                                 \
                              user_state);                                     \
    }                                                                          \
    typedef void tag##_EVENT(client_type *sender,                              \
                                  const struct tag##_completed *e,             \
                                  void *data);                                 \
    SBN__COMPLETED(tag, client_type)

/* What the tables point to. Each hands arguments on and no more: to optimise
 * them gains nothing that could be measured, and was two thirds of the time that
 * gcc needs for a service of a thousand operations. */
#if defined(__GNUC__) && !defined(__clang__)
#define SBN__HANDS_ON static inline __attribute__((optimize("O0")))
#else
#define SBN__HANDS_ON static inline
#endif
#define SBN__INVOKE(tag, takes, gives)                                         \
    SBN__HANDS_ON sbn_status tag##_INVOKE(                                     \
        sbn_step step, const void *function, sbn_request *request,             \
        const void *from, void *to)                                            \
    {                                                                          \
        const struct tag##_IN *in = (const struct tag##_IN *)from;             \
        struct tag##_completed *out = (struct tag##_completed *)to;            \
                                                                               \
        (void)in, (void)out;                                                   \
        if (step == SBN_STEP_BEGIN)                                            \
            return (*(tag##_BEGIN *const *)function)(                          \
                request SBN__LIST(SBN__IN_A takes));                           \
        if (step == SBN_STEP_END)                                              \
            return (*(tag##_END *const *)function)(                            \
                request SBN__LIST(SBN__OUT_A gives));                          \
        return (*(tag##_WHOLE *const *)function)(                              \
            request SBN__LIST(SBN__IN_A takes) SBN__LIST(SBN__OUT_A gives));   \
    }
#define SBN__COMPLETED(tag, client_type)                                       \
    SBN__HANDS_ON void tag##_COMPLETED(const struct sbn_completion *c)         \
    {                                                                          \
        (*(tag##_EVENT *const *)c->function)(                                  \
            (client_type *)c->sender,                                          \
            (const struct tag##_completed *)c->event, c->data);                \
    }

#endif
