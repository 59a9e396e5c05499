/* SPDX-License-Identifier: Apache-2.0 */
/* The event-based door: the client owns the call, user_state names it, and the
 * listener that is there at completion is told. */
#include <stddef.h>

#include "runtime/rpc/call.h"
#include "runtime/rpc/client.h"

sbn_status
sbn_call_async(sbn_client *client, const sbn_operation *op, const void *in,
               void *user_state)
{
    sbn_call *call;
    sbn_status status;

    if (client == NULL || op == NULL || op->completed == NULL)
        return SBN_EINVAL;
    call = sbn__client_take_call(client);
    if (call == NULL)
        return SBN_ENOMEM;
    status = sbn__call_start(client, &client->loop, call, SBN__DOOR_EVENT, op,
                             in, NULL, user_state);
    if (status == SBN_OK)
        return SBN_OK;
    if (status == SBN_ENOMEM || status == SBN_ESTATE) {
        sbn__client_give_back(client, call);
        return status;
    }
    sbn__call_refuse(client, &client->loop, call, status);
    return SBN_OK;
}

sbn_status
sbn_client_listen(sbn_client *client, const void *events, void *data)
{
    if (client == NULL)
        return SBN_EINVAL;
    client->events = events;
    client->events_data = data;
    return SBN_OK;
}

void
sbn_client_cancel_async(sbn_client *client, const void *user_state)
{
    struct sbn__link *link;
    sbn_call *call;

    /* Cancelling queues completions; the list stays as it is. */
    for (link = client->calls.next; link != &client->calls; link = link->next) {
        call = sbn__container(link, sbn_call, link);
        if (call->door == SBN__DOOR_EVENT && call->state == user_state)
            sbn_call_cancel(call);
    }
}
