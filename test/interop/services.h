/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Services of the contracts that were recorded on .NET: each operation does
 * what the recorded one did. Binding functions take the server and the path.
 */
#ifndef TEST_INTEROP_SERVICES_H
#define TEST_INTEROP_SERVICES_H

#include <sebon.h>

/* How the operations of a calculator are given. */
enum calc_form { CALC_SYNC, CALC_BEGIN_END, CALC_BOTH, CALC_THREADS };

sbn_status bind_calc(sbn_server *server, const char *path, enum calc_form form,
                     sbn_soap_version soap);
sbn_status bind_shapes(sbn_server *server, const char *path,
                       sbn_soap_version soap);
sbn_status bind_messages(sbn_server *server, const char *path,
                         sbn_soap_version soap);
sbn_status bind_untyped(sbn_server *server, const char *path,
                        sbn_soap_version soap);
/* detail: internal errors are told. */
sbn_status bind_faults(sbn_server *server, const char *path,
                       sbn_soap_version soap, bool detail);
/* Three of few operations: /tempuri, /nons, /slash. */
sbn_status bind_small(sbn_server *server);
sbn_status bind_echo(sbn_server *server, const char *path,
                     sbn_soap_version soap);
/* /types/primitives and /types/complex */
sbn_status bind_echoes(sbn_server *server);
/* /xmlser, /rpc/literal and /rpc/datacontract */
sbn_status bind_xml(sbn_server *server);
/* All of corewcf.c, at /corewcf/ and their name. */
sbn_status bind_corewcf(sbn_server *server);

/* Text in the request's memory; NULL: none left. */
const char *text_of(sbn_request *request, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* It becomes a result; SBN_ENOMEM. */
#define RETURN_TEXT(ret, ...)                                                  \
    do {                                                                       \
        *(ret) = text_of(request, __VA_ARGS__);                                \
        return *(ret) == NULL ? SBN_ENOMEM : SBN_OK;                           \
    } while (0)

#endif
