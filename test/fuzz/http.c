/* SPDX-License-Identifier: Apache-2.0 */
#include "http.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/base/memory.h"

/* Reads every byte that the parser shows. */
static size_t checksum;

static sbn_status
on_head(void *data, const struct sbn__http_head *head)
{
    size_t i;

    (void)data;
    for (i = 0; i < head->field_count; i++)
        checksum +=
            strlen(head->fields[i].name) + strlen(head->fields[i].value);
    if (head->method != NULL)
        checksum += strlen(head->method) + strlen(head->target);
    if (sbn__http_field(head, "content-type") != NULL)
        checksum++;
    return SBN_OK;
}

static sbn_status
on_body(void *data, const char *bytes, size_t size)
{
    (void)data;
    while (size > 0)
        checksum += (unsigned char)bytes[--size];
    return SBN_OK;
}

void
fuzz_http(enum sbn__http_role role, const uint8_t *bytes, size_t size)
{
    static const struct sbn__http_events events = {on_head, on_body, NULL};
    static const struct sbn__http_limits limits = {4096, 65536};
    struct sbn__http_parser *parser;
    size_t piece = size > 0 ? 1 + bytes[size - 1] % 64 : 1, used = 0, now;
    sbn_status status = SBN_OK;

    if (sbn__http_parser_new(&sbn__default_allocator, role, &limits, &events,
                             NULL, &parser) != SBN_OK)
        abort();
    while (size > 0 && status == SBN_OK) {
        now = size < piece ? size : piece;
        status = sbn__http_parser_feed(parser, (const char *)bytes, now, &used,
                                       NULL);
        if (used > now)
            abort();
        if (status == SBN_OK && used < now)
            sbn__http_parser_next(parser); /* the message is complete */
        bytes += used;
        size -= used;
        if (used == 0 && now > 0 && status == SBN_OK) {
            /* nothing taken right after next: it would never end */
            status = sbn__http_parser_feed(parser, (const char *)bytes, now,
                                           &used, NULL);
            if (status == SBN_OK && used == 0)
                abort();
            bytes += used;
            size -= used;
        }
    }
    if (status == SBN_OK)
        sbn__http_parser_end(parser, NULL);
    sbn__http_parser_free(parser);
}
