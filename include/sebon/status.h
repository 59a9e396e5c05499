/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Status codes: what every function that can fail returns.
 *
 * SBN_EINVAL and SBN_ESTATE mean that the program is wrong; every other code
 * means that something outside it (a peer, the network, a limit) was.
 *
 * Thread: any.
 */
#ifndef SEBON_STATUS_H
#define SEBON_STATUS_H

#if defined(_WIN32)
#define SBN_EXPORT
#else
#define SBN_EXPORT __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
#define SBN_BEGIN_DECLS extern "C" {
#define SBN_END_DECLS }
#else
#define SBN_BEGIN_DECLS
#define SBN_END_DECLS
#endif

SBN_BEGIN_DECLS

/* X(name, code, text): the one list. */
#define SBN_STATUS_MAP(X)                                                      \
    X(OK, 0, "success")                                                        \
    X(EINVAL, -1, "invalid argument")                                          \
    X(ESTATE, -2, "not allowed in this state")                                 \
    X(ENOMEM, -3, "out of memory")                                             \
    X(EBUSY, -4, "too many calls pending")                                     \
    X(ECANCELED, -5, "cancelled")                                              \
    X(ETIMEDOUT, -6, "deadline passed")                                        \
    X(ECLOSED, -7, "closed")                                                   \
    X(ERESOLVE, -8, "name look-up failed")                                     \
    X(ECONNECT, -9, "connection failed")                                       \
    X(EIO, -10, "connection lost")                                             \
    X(ETLS, -11, "TLS failed")                                                 \
    X(EHTTP, -12, "unexpected HTTP response")                                  \
    X(EPROTO, -13, "protocol violated")                                        \
    X(EXML, -14, "malformed XML")                                              \
    X(EDECODE, -15, "value does not fit its type")                             \
    X(ELIMIT, -16, "limit exceeded")                                           \
    X(EFAULT, -17, "SOAP fault")                                               \
    X(ELISTEN, -18, "cannot listen")                                           \
    X(EABI, -19, "generated code and library do not match")                    \
    X(EUNSUPPORTED, -20, "not supported")

typedef enum sbn_status {
#define SBN_STATUS_ENUM(name, code, text) SBN_##name = code,
    SBN_STATUS_MAP(SBN_STATUS_ENUM)
#undef SBN_STATUS_ENUM
        SBN_STATUS_MAX_ = 0x7fff
} sbn_status;

/* "SBN_ETIMEDOUT"; "SBN_UNKNOWN" for a code that is not in the list. Static. */
SBN_EXPORT const char *
sbn_status_name(sbn_status status);

/* "deadline passed". Static. */
SBN_EXPORT const char *
sbn_status_text(sbn_status status);

SBN_END_DECLS

#endif
