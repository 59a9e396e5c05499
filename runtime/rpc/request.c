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
static const char no_action[] = "\r\nContent-Length: ";
static const char before_action[] = "; action=\"";
static const char after_head[] = "\r\n\r\n";

static void
request_write_head(struct sbn__buf *buf, const sbn_client *client,
                   const char *action)
{
    char length[SBN__INT_ROOM];
    size_t digits = sbn__format_uint64(length, sbn__buf_size(buf));

    prepend(buf, after_head);
    sbn__buf_prepend(buf, length, digits);
    if (client->version == SBN__SOAP_11) {
        prepend(buf, after_action);
        prepend(buf, action);
    } else if (*action == '\0') {
        prepend(buf, no_action);
    } else { /* RFC 3902, 5 */
        prepend(buf, after_action);
        prepend(buf, action);
        prepend(buf, before_action);
    }
    sbn__buf_prepend(buf, client->head, client->head_size);
}

sbn_status
sbn__request_write(sbn_client *client, struct sbn__lane *lane, sbn_call *call,
                   const sbn_operation *op, const void *in,
                   struct sbn__buf **ret_buf)
{
    const char *action = op->action == NULL ? "" : op->action;
    size_t head = client->head_size + strlen(action) + SBN__INT_ROOM +
                  sizeof(after_action) + sizeof(before_action) +
                  sizeof(after_head);
    struct sbn__buf *buf = sbn__runtime_scratch(lane->rt, head, SIZE_MAX / 2);
    struct sbn__soap_message message = {
        .version = client->version,
        .contract = client->contract,
        .field = op->in,
        .base = in,
        .encoded = (op->flags & SBN_OP_ENCODED_IN) != 0,
        .headers = sbn__call_given_headers(client, call),
        .error = &call->error,
    };
    sbn_status status;

    status = sbn__soap_write_message(buf, &message);
    if (status == SBN_OK)
        status = buf->status;
    if (status != SBN_OK)
        return status;
    request_write_head(buf, client, action);
    *ret_buf = buf;
    return SBN_OK;
}
