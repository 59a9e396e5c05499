/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/net/runtime.h"
#include "runtime/rpc/soap_pool.h"
#include "runtime/soap/message.h"

static void
destroy_pool(void *object)
{
    sbn__soap_pool_free(object);
}

struct sbn__soap_pool *
sbn__rpc_soap_pool(sbn_runtime *rt)
{
    struct sbn__soap_pool *pool = sbn__runtime_get(rt, SBN__SLOT_SOAP);

    if (pool != NULL)
        return pool;
    if (sbn__soap_pool_new(sbn__runtime_mem(rt), &pool) != SBN_OK)
        return NULL;
    sbn__runtime_set(rt, SBN__SLOT_SOAP, pool, destroy_pool);
    return pool;
}
