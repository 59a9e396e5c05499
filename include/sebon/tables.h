/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The language that generated source files are written in: tables
 * (sebon/describe.h) and functions in one line each. Only generated sources
 * include this; its words are short, and some are not in the library's name
 * space.
 *
 * A struct is described between `#define S its_tag` and `#undef S`:
 *
 *     #define S shop_order
 *     FIELDS {
 *         ATTR(id, 0, "id", STRING),
 *         ONE(count, 1, "count", INT32),
 *         MANY(lines, line_count, 1, "line", STRUCT(shop_line)),
 *     };
 *     TYPE(1, "Order");
 *     #undef S
 *
 * What is defined for it ends in capitals, which no name made from XML does:
 * shop_order_FIELDS, shop_order_TYPE.
 */
#ifndef SEBON_TABLES_H
#define SEBON_TABLES_H

#include <stddef.h>

#include <sebon/client.h>
#include <sebon/describe.h>
#include <sebon/generated.h>
#include <sebon/server.h>

#define SBN__PASTE(a, b) a##b
#define SBN__JOIN(a, b) SBN__PASTE(a, b)

/* ---- Kinds ---------------------------------------------------------------- */

/* The K of a field: a kind of describe.h without SBN_K_, or a type. PUBLIC
 * ones are declared in the header. */
#define SBN__K_BOOL SBN_K_BOOL, NULL
#define SBN__K_INT8 SBN_K_INT8, NULL
#define SBN__K_INT16 SBN_K_INT16, NULL
#define SBN__K_INT32 SBN_K_INT32, NULL
#define SBN__K_INT64 SBN_K_INT64, NULL
#define SBN__K_UINT8 SBN_K_UINT8, NULL
#define SBN__K_UINT16 SBN_K_UINT16, NULL
#define SBN__K_UINT32 SBN_K_UINT32, NULL
#define SBN__K_UINT64 SBN_K_UINT64, NULL
#define SBN__K_FLOAT SBN_K_FLOAT, NULL
#define SBN__K_DOUBLE SBN_K_DOUBLE, NULL
#define SBN__K_DECIMAL SBN_K_DECIMAL, NULL
#define SBN__K_INTEGER SBN_K_INTEGER, NULL
#define SBN__K_STRING SBN_K_STRING, NULL
#define SBN__K_TOKEN SBN_K_TOKEN, NULL
#define SBN__K_DATETIME SBN_K_DATETIME, NULL
#define SBN__K_DATE SBN_K_DATE, NULL
#define SBN__K_TIME SBN_K_TIME, NULL
#define SBN__K_GYEAR SBN_K_GYEAR, NULL
#define SBN__K_GYEARMONTH SBN_K_GYEARMONTH, NULL
#define SBN__K_GMONTH SBN_K_GMONTH, NULL
#define SBN__K_GMONTHDAY SBN_K_GMONTHDAY, NULL
#define SBN__K_GDAY SBN_K_GDAY, NULL
#define SBN__K_DURATION SBN_K_DURATION, NULL
#define SBN__K_BASE64 SBN_K_BASE64, NULL
#define SBN__K_HEX SBN_K_HEX, NULL
#define SBN__K_QNAME SBN_K_QNAME, NULL
#define SBN__K_XML SBN_K_XML, NULL
#define SBN__K_STRUCT(tag) SBN_K_STRUCT, &tag##_TYPE
#define SBN__K_ENUM(tag) SBN_K_ENUM, &tag##_ENUM
#define SBN__K_PUBLIC(tag) SBN_K_STRUCT, &tag##_type
#define SBN__K_PUBLIC_ENUM(tag) SBN_K_ENUM, &tag##_enum

/* ---- Fields --------------------------------------------------------------- */

/* Where a member of S is. */
#define AT(member) ((uint32_t)offsetof(struct S, member))
#define NO SBN_NONE

#define SBN__FIELD(m, ns, name, K, flags, has, nil, min, max, def)             \
    SBN__FIELD_OF(m, ns, name, K, flags, has, nil, min, max, def)
#define SBN__FIELD_OF(m, ns, name, kind, type, flags, has, nil, min, max, def) \
    {                                                                          \
        name, ns, kind, 0, flags, AT(m), has, nil, min, max, type, def         \
    }

/*
 * Entries of FIELDS: m is the member, ns the number of the namespace.
 *
 *   ONE     a value that is always there
 *   OPT     one that may be absent, which the value itself tells
 *   PTR     one that may be absent, by pointer
 *   HAS     one that may be absent, which has_m tells
 *   NIL     one that may be absent or nil; m_nil tells nil
 *   HASNIL  the same where has_m tells absent
 *   PTRNIL  the same by pointer
 *   MANY    any number
 *   ATTR    an attribute that may be absent
 *   HASATTR the same where has_m tells
 *   FLAGS   none of these, without other members
 *   MANY_   none of these, with a count
 *   FULL    none of these; has and nil are NO or AT(member)
 */
#define ONE(m, ns, name, K)                                                    \
    SBN__FIELD(m, ns, name, SBN__K_##K, 0, NO, NO, 1, 1, NULL)
#define OPT(m, ns, name, K)                                                    \
    SBN__FIELD(m, ns, name, SBN__K_##K, SBN_F_OPTIONAL, NO, NO, 0, 1, NULL)
#define PTR(m, ns, name, K)                                                    \
    SBN__FIELD(m, ns, name, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_POINTER, NO,    \
               NO, 0, 1, NULL)
#define HAS(m, ns, name, K)                                                    \
    SBN__FIELD(m, ns, name, SBN__K_##K, SBN_F_OPTIONAL, AT(has_##m), NO, 0, 1, \
               NULL)
#define NIL(m, ns, name, K)                                                    \
    SBN__FIELD(m, ns, name, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_NILLABLE, NO,   \
               AT(m##_nil), 0, 1, NULL)
#define HASNIL(m, ns, name, K)                                                 \
    SBN__FIELD(m, ns, name, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_NILLABLE,       \
               AT(has_##m), AT(m##_nil), 0, 1, NULL)
#define PTRNIL(m, ns, name, K)                                                 \
    SBN__FIELD(m, ns, name, SBN__K_##K,                                        \
               SBN_F_OPTIONAL | SBN_F_NILLABLE | SBN_F_POINTER, NO,            \
               AT(m##_nil), 0, 1, NULL)
#define MANY(m, count, ns, name, K)                                            \
    SBN__FIELD(m, ns, name, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_REPEATED,       \
               AT(count), NO, 0, 0, NULL)
#define ATTR(m, ns, name, K)                                                   \
    SBN__FIELD(m, ns, name, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_ATTRIBUTE, NO,  \
               NO, 0, 1, NULL)
#define HASATTR(m, ns, name, K)                                                \
    SBN__FIELD(m, ns, name, SBN__K_##K, SBN_F_OPTIONAL | SBN_F_ATTRIBUTE,      \
               AT(has_##m), NO, 0, 1, NULL)
#define FLAGS(m, ns, name, K, flags)                                           \
    SBN__FIELD(m, ns, name, SBN__K_##K, flags, NO, NO,                         \
               ((flags)&SBN_F_OPTIONAL) ? 0 : 1, 1, NULL)
#define MANY_(m, count, ns, name, K, flags, min, max)                          \
    SBN__FIELD(m, ns, name, SBN__K_##K, (flags) | SBN_F_REPEATED, AT(count),   \
               NO, min, max, NULL)
#define FULL(m, ns, name, K, flags, has, nil, min, max, def)                   \
    SBN__FIELD(m, ns, name, SBN__K_##K, flags, has, nil, min, max, def)

/* ---- Types ---------------------------------------------------------------- */

#define FIELDS static const sbn_field SBN__JOIN(S, _FIELDS)[] =

#define SBN__TYPE(name, ns, flags, base)                                       \
    {                                                                          \
        name, ns, flags, sizeof(struct S),                                     \
            (uint32_t)(sizeof(SBN__JOIN(S, _FIELDS)) / sizeof(sbn_field)),     \
            SBN__JOIN(S, _FIELDS), base                                        \
    }
#define SBN__EMPTY(name, ns, flags, base)                                      \
    {                                                                          \
        name, ns, flags, sizeof(struct S), 0, NULL, base                       \
    }
#define SBN__ELEMENT(name, ns)                                                 \
    {                                                                          \
        name, ns, SBN_K_STRUCT, 0, 0, 0, SBN_NONE, SBN_NONE, 1, 1,             \
            &SBN__JOIN(S, _TYPE), NULL                                         \
    }

/* The type of S, and those with flags (SBN_TYPE_) and a base type, declared in
 * the header or not, with fields or EMPTY. */
#define TYPE(ns, name)                                                         \
    static const sbn_type SBN__JOIN(S, _TYPE) = SBN__TYPE(name, ns, 0, NULL)
#define TYPE_(ns, name, flags, base)                                           \
    static const sbn_type SBN__JOIN(S, _TYPE) = SBN__TYPE(name, ns, flags, base)
#define PUBLIC_TYPE(ns, name, flags, base)                                     \
    const sbn_type SBN__JOIN(S, _type) = SBN__TYPE(name, ns, flags, base)
#define EMPTY_TYPE(ns, name, flags, base)                                      \
    static const sbn_type SBN__JOIN(S, _TYPE) =                                \
        SBN__EMPTY(name, ns, flags, base)
#define PUBLIC_EMPTY_TYPE(ns, name, flags, base)                               \
    const sbn_type SBN__JOIN(S, _type) = SBN__EMPTY(name, ns, flags, base)

/* The body element whose content S is: the parameters of an operation. */
#define WRAPPER(ns, name)                                                      \
    TYPE(ns, NULL);                                                            \
    static const sbn_field SBN__JOIN(S, _ELEMENT) = SBN__ELEMENT(name, ns)
/* The same for a struct that has nothing from XML, and for one that is not
 * declared yet. */
#define EMPTY_IN(tag, ns, name)                                                \
    struct tag {                                                               \
        char unused;                                                           \
    };                                                                         \
    EMPTY_WRAPPER(tag, ns, name)
#define EMPTY_WRAPPER(tag, ns, name)                                           \
    static const sbn_type tag##_TYPE = {NULL, ns,   0,   sizeof(struct tag),   \
                                        0,    NULL, NULL};                     \
    static const sbn_field tag##_ELEMENT = {                                   \
        name, ns, SBN_K_STRUCT, 0, 0, 0, SBN_NONE, SBN_NONE, 1, 1,             \
        &tag##_TYPE, NULL}
/* The body element that is the only member of S; a field follows. */
#define ELEMENT static const sbn_field SBN__JOIN(S, _ELEMENT) =

/* The several body elements that S holds. */
#define SEVERAL                                                                \
    TYPE(0, NULL);                                                             \
    static const sbn_field SBN__JOIN(S, _ELEMENT) = {                          \
        NULL, 0, SBN_K_STRUCT, 0, SBN_F_GROUP, 0, SBN_NONE, SBN_NONE, 1, 1,    \
            &SBN__JOIN(S, _TYPE), NULL}

/* An enumeration: the texts of its values. */
#define SBN__ENUM(tag)                                                         \
    {                                                                          \
        tag##_TEXTS, (uint32_t)(sizeof(tag##_TEXTS) / sizeof(char *))          \
    }
#define ENUM(tag, ...)                                                         \
    static const char *const tag##_TEXTS[] = {__VA_ARGS__};                    \
    static const sbn_enum tag##_ENUM = SBN__ENUM(tag)
#define PUBLIC_ENUM(tag, ...)                                                  \
    static const char *const tag##_TEXTS[] = {__VA_ARGS__};                    \
    const sbn_enum tag##_enum = SBN__ENUM(tag)

/* ---- Headers and faults --------------------------------------------------- */

/* tag_PART: the element that is the only member of struct tag. */
#define PART(tag)                                                              \
    static const sbn_part tag##_PART = {&tag##_ELEMENT, sizeof(struct tag)}

/* ---- Operations ----------------------------------------------------------- */

/*
 * The parameters of operation op of service P are in struct P_op_IN, its
 * results in struct P_op_completed.
 *
 * CLIENT defines what calls it, the operation of number n: P_op, P_begin_op,
 * P_end_op, P_op_async, and P_op_COMPLETED for the library. params and rets are
 * IN(...) and OUT(...) or nothing, values what struct P_op_IN is filled
 * with, results what takes the results from `out`.
 */
#define IN(...) , __VA_ARGS__
#define OUT(...) , __VA_ARGS__
#define SBN__BRACES(...)                                                       \
    {                                                                          \
        __VA_ARGS__                                                            \
    }
#define SBN__OP(P, n) &P##_contract.operations[n]

#define CLIENT(P, op, n, params, values, rets, results)                        \
    static void P##_##op##_COMPLETED(const struct sbn_completion *c)           \
    {                                                                          \
        const struct P##_events *events = (const struct P##_events *)c->events;\
        static struct P##_##op##_completed none;                               \
        struct P##_##op##_completed e =                                        \
            c->out != NULL ? *(const struct P##_##op##_completed *)c->out      \
                           : none;                                             \
                                                                               \
        e.error = c->error;                                                    \
        e.cancelled = c->cancelled;                                            \
        e.user_state = c->user_state;                                          \
        e.call = c->call;                                                      \
        if (events->op##_completed != NULL)                                    \
            events->op##_completed((P##_client *)c->sender, &e, c->data);      \
    }                                                                          \
    sbn_status P##_##op(P##_client *client, sbn_call *call params rets)        \
    {                                                                          \
        const struct P##_##op##_IN in = SBN__BRACES values;                    \
        const void *reply = NULL;                                              \
        sbn_status status = sbn_call_sync((sbn_client *)client, call,          \
                                          SBN__OP(P, n), &in, &reply);         \
        const struct P##_##op##_completed *out =                               \
            (const struct P##_##op##_completed *)reply;                        \
                                                                               \
        if (status == SBN_OK)                                                  \
            results;                                                           \
        return status;                                                         \
    }                                                                          \
    sbn_status P##_begin_##op(P##_client *client, sbn_call *call params,       \
                              sbn_call_fn *done, void *state)                  \
    {                                                                          \
        const struct P##_##op##_IN in = SBN__BRACES values;                    \
                                                                               \
        return sbn_call_begin((sbn_client *)client, call, SBN__OP(P, n), &in,  \
                              done, state);                                    \
    }                                                                          \
    sbn_status P##_end_##op(sbn_call *call rets)                               \
    {                                                                          \
        const void *reply = NULL;                                              \
        sbn_status status = sbn_call_end(call, SBN__OP(P, n), &reply);         \
        const struct P##_##op##_completed *out =                               \
            (const struct P##_##op##_completed *)reply;                        \
                                                                               \
        if (status == SBN_OK)                                                  \
            results;                                                           \
        return status;                                                         \
    }                                                                          \
    sbn_status P##_##op##_async(P##_client *client params, void *user_state)   \
    {                                                                          \
        const struct P##_##op##_IN in = SBN__BRACES values;                    \
                                                                               \
        return sbn_call_async((sbn_client *)client, SBN__OP(P, n), &in,        \
                              user_state);                                     \
    }
/* Without the synchronous one. */
#define CLIENT_ASYNC(P, op, n, params, values, rets, results)                  \
    static void P##_##op##_COMPLETED(const struct sbn_completion *c)           \
    {                                                                          \
        const struct P##_events *events = (const struct P##_events *)c->events;\
        static struct P##_##op##_completed none;                               \
        struct P##_##op##_completed e =                                        \
            c->out != NULL ? *(const struct P##_##op##_completed *)c->out      \
                           : none;                                             \
                                                                               \
        e.error = c->error;                                                    \
        e.cancelled = c->cancelled;                                            \
        e.user_state = c->user_state;                                          \
        e.call = c->call;                                                      \
        if (events->op##_completed != NULL)                                    \
            events->op##_completed((P##_client *)c->sender, &e, c->data);      \
    }                                                                          \
    sbn_status P##_begin_##op(P##_client *client, sbn_call *call params,       \
                              sbn_call_fn *done, void *state)                  \
    {                                                                          \
        const struct P##_##op##_IN in = SBN__BRACES values;                    \
                                                                               \
        return sbn_call_begin((sbn_client *)client, call, SBN__OP(P, n), &in,  \
                              done, state);                                    \
    }                                                                          \
    sbn_status P##_end_##op(sbn_call *call rets)                               \
    {                                                                          \
        const void *reply = NULL;                                              \
        sbn_status status = sbn_call_end(call, SBN__OP(P, n), &reply);         \
        const struct P##_##op##_completed *out =                               \
            (const struct P##_##op##_completed *)reply;                        \
                                                                               \
        if (status == SBN_OK)                                                  \
            results;                                                           \
        return status;                                                         \
    }                                                                          \
    sbn_status P##_##op##_async(P##_client *client params, void *user_state)   \
    {                                                                          \
        const struct P##_##op##_IN in = SBN__BRACES values;                    \
                                                                               \
        return sbn_call_async((sbn_client *)client, SBN__OP(P, n), &in,        \
                              user_state);                                     \
    }

/*
 * SERVE defines what calls the service's functions for the library. member is
 * the synchronous one's name; args and rets are IN(...) and OUT(...) or
 * nothing, of `in` and `out`.
 */
#define SERVE(P, op, member, args, rets)                                       \
    static sbn_status P##_##op##_INVOKE(sbn_request *request,                  \
                                        const void *service, const void *i,    \
                                        void *o)                               \
    {                                                                          \
        const struct P##_##op##_IN *in = (const struct P##_##op##_IN *)i;      \
        struct P##_##op##_completed *out = (struct P##_##op##_completed *)o;   \
                                                                               \
        (void)in, (void)out;                                                   \
        return ((const struct P##_service *)service)->member(request args rets);\
    }                                                                          \
    static sbn_status P##_##op##_INVOKE_BEGIN(                                 \
        sbn_request *request, const void *service, const void *i)              \
    {                                                                          \
        const struct P##_##op##_IN *in = (const struct P##_##op##_IN *)i;      \
                                                                               \
        (void)in;                                                              \
        return ((const struct P##_service *)service)->begin_##op(request args);\
    }                                                                          \
    static sbn_status P##_##op##_INVOKE_END(sbn_request *request,              \
                                            const void *service, void *o)      \
    {                                                                          \
        struct P##_##op##_completed *out = (struct P##_##op##_completed *)o;   \
                                                                               \
        (void)out;                                                             \
        return ((const struct P##_service *)service)->end_##op(request rets);  \
    }                                                                          \
    enum {                                                                     \
        P##_##op##_SYNC = (int)offsetof(struct P##_service, member),           \
        P##_##op##_BEGIN = (int)offsetof(struct P##_service, begin_##op),      \
        P##_##op##_END = (int)offsetof(struct P##_service, end_##op)           \
    };

/*
 * An operation's entry in its table. body says which messages have a body
 * element: IN_OUT, IN_ONLY, OUT_ONLY or NO_BODY. Few are WITH flags (SBN_OP_)
 * and extras (headers and faults).
 */
#define SBN__IN_OUT(op)                                                        \
    sizeof(struct op##_IN), sizeof(struct op##_completed), &op##_IN_ELEMENT,   \
        &op##_completed_ELEMENT
#define SBN__IN_ONLY(op) sizeof(struct op##_IN), 0, &op##_IN_ELEMENT, NULL
#define SBN__OUT_ONLY(op)                                                      \
    0, sizeof(struct op##_completed), NULL, &op##_completed_ELEMENT
#define SBN__NO_BODY(op) 0, 0, NULL, NULL

#define SBN__CALLED(op) op##_COMPLETED
#define SBN__NOT_CALLED(op) NULL
#define SBN__SERVED(op)                                                        \
    op##_SYNC, op##_BEGIN, op##_END, op##_INVOKE, op##_INVOKE_BEGIN,           \
        op##_INVOKE_END
#define SBN__NOT_SERVED(op) 0, 0, 0, NULL, NULL, NULL
#define SBN__ENTRY(op, body, name, action, flags, extras, called, served)      \
    {                                                                          \
        name, action, flags, body(op), called(op), served(op), extras          \
    }

#define OPERATION(P, op, body, name, action)                                   \
    OPERATION_WITH(P, op, body, name, action, 0, NULL)
#define OPERATION_WITH(P, op, body, name, action, flags, extras)               \
    SBN__ENTRY(P##_##op, SBN__##body, name, action, flags, extras,             \
               SBN__CALLED, SBN__SERVED)
/* Where only the client, or only the service, is generated. */
#define CLIENT_OPERATION(P, op, body, name, action)                            \
    CLIENT_OPERATION_WITH(P, op, body, name, action, 0, NULL)
#define CLIENT_OPERATION_WITH(P, op, body, name, action, flags, extras)        \
    SBN__ENTRY(P##_##op, SBN__##body, name, action, flags, extras,             \
               SBN__CALLED, SBN__NOT_SERVED)
#define SERVICE_OPERATION(P, op, body, name, action)                           \
    SERVICE_OPERATION_WITH(P, op, body, name, action, 0, NULL)
#define SERVICE_OPERATION_WITH(P, op, body, name, action, flags, extras)       \
    SBN__ENTRY(P##_##op, SBN__##body, name, action, flags, extras,             \
               SBN__NOT_CALLED, SBN__SERVED)

/* ---- Services ------------------------------------------------------------- */

/* What the header declares beside operations; default_url may be NULL, and
 * another for SOAP 1.2. */
#define CLIENT_FUNCTIONS(P, default_url)                                       \
    CLIENT_FUNCTIONS_12(P, default_url, default_url)
#define CLIENT_FUNCTIONS_12(P, default_url, default_url_12)                    \
    sbn_status P##_client_new(sbn_runtime *runtime, const char *url,           \
                              const sbn_client_options *options,               \
                              P##_client **ret_client)                         \
    {                                                                          \
        sbn_client *client;                                                    \
        sbn_status status;                                                     \
                                                                               \
        if (url == NULL && options != NULL && options->soap == SBN_SOAP_12)    \
            url = default_url_12;                                              \
        if (url == NULL)                                                       \
            url = default_url;                                                 \
        status = sbn_client_new(runtime, url, options, &P##_contract, &client);\
        if (status == SBN_OK)                                                  \
            *ret_client = (P##_client *)client;                                \
        return status;                                                         \
    }                                                                          \
    void P##_client_free(P##_client *client)                                   \
    {                                                                          \
        sbn_client_free((sbn_client *)client);                                 \
    }                                                                          \
    sbn_client *P##_client_base(P##_client *client)                            \
    {                                                                          \
        return (sbn_client *)client;                                           \
    }                                                                          \
    sbn_status P##_client_listen(P##_client *client,                           \
                                 const struct P##_events *events, void *data)  \
    {                                                                          \
        return sbn_client_listen((sbn_client *)client, events, data);          \
    }
#define SERVICE_FUNCTIONS(P) SERVICE_FUNCTIONS_OF(P, P##_contract)
/* Where client and service are in files of their own. */
#define SERVICE_FUNCTIONS_OF(P, contract)                                      \
    sbn_status P##_service_bind(sbn_server *server, const char *path,          \
                                const struct P##_service *service,             \
                                const sbn_service_options *options)            \
    {                                                                          \
        return sbn_service_bind(server, path, &contract, service, options);    \
    }

#endif
