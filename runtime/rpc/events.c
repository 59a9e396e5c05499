/* SPDX-License-Identifier: Apache-2.0 */
/* The event-based door: the client owns the call, user_state names it, and the
 * listener that is there at completion is told. */
#include <stddef.h>
#include <string.h>

#include "runtime/rpc/call.h"
#include "runtime/rpc/client.h"
#include "runtime/rpc/functions.h"

/* What every event begins with. */
struct event {
    SBN_COMPLETED;
};

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

/* Of op; at least what all have. */
static size_t
event_size(const sbn_operation *op)
{
    return op->out_size > sizeof(struct event) ? op->out_size
                                               : sizeof(struct event);
}

size_t
sbn__largest_event(const sbn_contract *contract)
{
    size_t size = sizeof(struct event);
    uint32_t i;

    for (i = 0; i < contract->operation_count; i++)
        if (event_size(&contract->operations[i]) > size)
            size = event_size(&contract->operations[i]);
    return size;
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

/* The result with what all events begin with; without one, all else is zero.
 * The listener cannot keep it: the next event may be in the same place. */
static void *
event_of(sbn_call *call, sbn_client *client)
{
    struct event head = {NULL, false, call->state, call};
    void *event = call->status == SBN_OK ? call->out : NULL;

    if (event == NULL)
        event = memset(client->event, 0, event_size(call->op));
    head.cancelled = call->status == SBN_ECANCELED;
    head.error = head.cancelled ? NULL : sbn_call_error(call);
    return memcpy(event, &head, sizeof(head));
}

void
sbn__call_raise(sbn_call *call, sbn_client *client)
{
    struct sbn_completion completion;

    if (client->events == NULL)
        return;
    completion.function =
        sbn__given_function(client->events, call->op->event_offset);
    if (completion.function == NULL)
        return;
    completion.sender = client;
    completion.event = event_of(call, client);
    completion.data = client->events_data;
    call->op->completed(&completion);
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
