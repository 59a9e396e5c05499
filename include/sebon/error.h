/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What went wrong with a call: one object for every cause.
 *
 * An sbn_error belongs to its call (or to the completed-event arguments that
 * carry it); it and all its texts live until that call begins again or is
 * freed, or the event handler returns.
 *
 * Thread: the runtime's.
 */
#ifndef SEBON_ERROR_H
#define SEBON_ERROR_H

#include <stdint.h>

#include <sebon/status.h>
#include <sebon/types.h>

SBN_BEGIN_DECLS

typedef struct sbn_error sbn_error;

/* How far the call had come. X(name, text) */
#define SBN_STAGE_MAP(X)                                                       \
    X(NONE, "before the call")                                                 \
    X(ENCODE, "encode")                                                        \
    X(QUEUE, "wait for a connection")                                          \
    X(RESOLVE, "resolve")                                                      \
    X(CONNECT, "connect")                                                      \
    X(TLS, "TLS handshake")                                                    \
    X(SEND, "send")                                                            \
    X(RECEIVE, "receive")                                                      \
    X(DECODE, "decode")

typedef enum sbn_stage {
#define SBN_STAGE_ENUM(name, text) SBN_STAGE_##name,
    SBN_STAGE_MAP(SBN_STAGE_ENUM)
#undef SBN_STAGE_ENUM
} sbn_stage;

struct sbn_part; /* describe.h */

/* A SOAP fault, SOAP 1.1 and 1.2 in one shape. Texts are NULL when absent. */
typedef struct sbn_fault {
    sbn_qname code;     /* 1.1 faultcode, 1.2 Code/Value */
    sbn_qname subcode;  /* 1.2 Code/Subcode/Value */
    const char *reason; /* 1.1 faultstring, 1.2 the first Reason/Text */
    const char *lang;   /* of reason */
    const char *actor;  /* 1.1 faultactor, 1.2 Role */
    const char *node;   /* 1.2 Node */
    sbn_xml detail;     /* the content of detail/Detail, as XML */
    const struct sbn_part *part; /* what the contract declares detail as, */
    const void *value;           /* and that, decoded; NULL: nothing */
} sbn_fault;

SBN_EXPORT sbn_status
sbn_error_status(const sbn_error *error);

/* One readable sentence with stage, peer and elapsed time, e.g.
 * "Add: connect 192.168.1.10:80: no answer after 5.0 s". Never NULL. */
SBN_EXPORT const char *
sbn_error_text(const sbn_error *error);

SBN_EXPORT sbn_stage
sbn_error_stage(const sbn_error *error);

/* "connect". Static. */
SBN_EXPORT const char *
sbn_stage_text(sbn_stage stage);

/* "host:port" or the socket's path; "" before there was one. */
SBN_EXPORT const char *
sbn_error_peer(const sbn_error *error);

/* From begin to completion, in milliseconds. */
SBN_EXPORT uint32_t
sbn_error_elapsed(const sbn_error *error);

/* The libuv, HTTP parser or libxml2 code behind the status; 0: none. */
SBN_EXPORT int
sbn_error_native(const sbn_error *error);

/* The response's HTTP status; 0: none arrived. */
SBN_EXPORT int
sbn_error_http_status(const sbn_error *error);

/* Where decoding stopped: "/Envelope/Body/AddResponse/AddResult", "" when it
 * did not, with line and column (from 1; 0: unknown). */
SBN_EXPORT const char *
sbn_error_path(const sbn_error *error);
SBN_EXPORT uint32_t
sbn_error_line(const sbn_error *error);
SBN_EXPORT uint32_t
sbn_error_column(const sbn_error *error);

/* NULL unless the status is SBN_EFAULT. */
SBN_EXPORT const sbn_fault *
sbn_error_fault(const sbn_error *error);

/* The decoded detail of a fault that the contract declares: what the field of
 * part is of, in the memory of the error; NULL: it is no such fault. For
 * generated code. */
SBN_EXPORT const void *
sbn_error_detail(const sbn_error *error, const struct sbn_part *part);

SBN_END_DECLS

#endif
