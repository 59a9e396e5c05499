/* SPDX-License-Identifier: Apache-2.0 */
/* The synchronous door: begin on a private loop, and turn it until the call is
 * done. The program's loop does not turn meanwhile, so no callback of the
 * program can run. */
#include <stddef.h>

#include "runtime/rpc/call.h"
#include "runtime/rpc/client.h"

static sbn_status
sync_open(sbn_client *client)
{
    sbn_runtime_options options = {.allocator = &client->mem};
    sbn_runtime *rt;
    sbn_status status;

    if (client->sync.rt != NULL)
        return SBN_OK;
    status = sbn_runtime_new(&options, &rt);
    if (status != SBN_OK)
        return status;
    status = sbn__lane_open(client, &client->sync, rt);
    if (status != SBN_OK)
        sbn_runtime_free(rt);
    return status;
}

static sbn_status
sync_begin(sbn_client *client, sbn_call *call, const sbn_operation *op,
           const void *in)
{
    sbn_status status;

    if (client->loop.rt != NULL && sbn__runtime_is_dispatching(client->loop.rt))
        return sbn__call_fail(client, call, SBN__DOOR_SYNC, op, SBN_ESTATE,
                              "a synchronous call inside a callback would hold "
                              "up the callback's own loop; begin the call "
                              "instead");
    if (client->closed)
        return sbn__call_fail(client, call, SBN__DOOR_SYNC, op, SBN_ESTATE,
                              "the runtime is closed");
    status = sync_open(client);
    if (status != SBN_OK)
        return sbn__call_fail(client, call, SBN__DOOR_SYNC, op, status,
                              "no loop for synchronous calls");
    /* Connections that the server closed since the last call are noticed now,
     * and not by the request that is written to them. */
    sbn_runtime_dispatch(client->sync.rt);
    return sbn__call_start(client, &client->sync, call, SBN__DOOR_SYNC, op, in,
                           NULL, NULL);
}

sbn_status
sbn_call_sync(sbn_client *client, sbn_call *call, const sbn_operation *op,
              const void *in, const void **ret_out)
{
    sbn_status status;

    if (client == NULL || op == NULL)
        return SBN_EINVAL;
    if (call == NULL)
        call = sbn__client_take_own(client);
    if (call == NULL)
        return SBN_ENOMEM;
    if (sbn_call_is_active(call))
        return SBN_ESTATE;
    status = sync_begin(client, call, op, in);
    if (status != SBN_OK)
        return status;
    while (sbn_call_is_active(call))
        sbn__runtime_turn(client->sync.rt);
    return sbn_call_end(call, op, ret_out);
}
