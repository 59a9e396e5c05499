/* SPDX-License-Identifier: Apache-2.0 */
/* The runtime's pool of SOAP readers, shared by its clients and servers. */
#ifndef SBN_RPC_SOAP_POOL_H
#define SBN_RPC_SOAP_POOL_H

#include <sebon/runtime.h>

struct sbn__soap_pool;

/* Made on first use; goes with the runtime. NULL: no memory. */
struct sbn__soap_pool *sbn__rpc_soap_pool(sbn_runtime *rt);

#endif
