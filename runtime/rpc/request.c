/* SPDX-License-Identifier: Apache-2.0 */
/* A request on the wire: the envelope first, then the HTTP head, whose length
 * is known only then, right before it. */
#include <string.h>

#include "runtime/base/number.h"
#include "runtime/rpc/call.h"
#include "runtime/rpc/client.h"
#include "runtime/soap/message.h"

static void
prepend(struct sbn__buf *buf, const char *text)
{
    sbn__buf_prepend(buf, text, strlen(text));
}

static const char after_action[] = "\"\r\nContent-Length: ";
static const char after_head[] = "\r\n\r\n";

static void
request_write_head(struct sbn__buf *buf, const sbn_client *client,
                   const char *action)
{
    char length[SBN__INT_ROOM];
    size_t digits = sbn__format_uint64(length, sbn__buf_size(buf));

    prepend(buf, after_head);
    sbn__buf_prepend(buf, length, digits);
    prepend(buf, after_action);
    prepend(buf, action);
    sbn__buf_prepend(buf, client->head, client->head_size);
}

sbn_status
sbn__request_write(sbn_client *client, struct sbn__lane *lane, sbn_call *call,
                   const sbn_operation *op, const void *in,
                   struct sbn__buf **ret_buf)
{
    const char *action = op->action == NULL ? "" : op->action;
    size_t head = client->head_size + strlen(action) + SBN__INT_ROOM +
                  sizeof(after_action) + sizeof(after_head);
    struct sbn__buf *buf = sbn__runtime_scratch(lane->rt, head, SIZE_MAX / 2);
    sbn_status status;

    status = sbn__soap_write(buf, SBN__SOAP_11, client->contract, op->in, in,
                             &call->error);
    if (status == SBN_OK)
        status = buf->status;
    if (status != SBN_OK)
        return status;
    request_write_head(buf, client, action);
    *ret_buf = buf;
    return SBN_OK;
}
