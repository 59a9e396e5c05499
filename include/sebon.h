/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sebon: asynchronous SOAP/WSDL RPC over one libuv loop.
 *
 * All texts are UTF-8, all times milliseconds unless a name says otherwise.
 * A function that fails leaves its ret_ outputs untouched.
 */
#ifndef SEBON_H
#define SEBON_H

#include <sebon/client.h>
#include <sebon/describe.h>
#include <sebon/error.h>
#include <sebon/generated.h>
#include <sebon/host.h>
#include <sebon/http.h>
#include <sebon/marks.h>
#include <sebon/memory.h>
#include <sebon/runtime.h>
#include <sebon/server.h>
#include <sebon/status.h>
#include <sebon/types.h>

/* "0.1.0" of the library in use. */
SBN_BEGIN_DECLS
SBN_EXPORT const char *
sbn_version(void);
SBN_END_DECLS

#endif
