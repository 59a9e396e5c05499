/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/rpc/headers.h"

#include <string.h>

#include "runtime/xml/writer.h"

static bool
is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

const sbn_part *
sbn__header_find(const sbn_contract *contract, const sbn_part *const *list,
                 const char *ns, const char *local)
{
    for (; list != NULL && *list != NULL; list++) {
        const sbn_field *field = (*list)->field;

        if (strcmp(field->name, local) == 0 &&
            is_same(contract->namespaces[field->ns], ns))
            return *list;
    }
    return NULL;
}

sbn_status
sbn__header_add(struct sbn__header **list, struct sbn__arena *arena,
                const sbn_contract *contract, const sbn_part *part,
                struct sbn__soap_target *target)
{
    struct sbn__header *header = sbn__arena_alloc(arena, sizeof(*header));

    if (header != NULL)
        header->value = sbn__arena_alloc(arena, part->size);
    if (header == NULL || header->value == NULL)
        return arena->limited ? SBN_ELIMIT : SBN_ENOMEM;
    header->part = part;
    while (*list != NULL)
        list = &(*list)->next;
    *list = header;
    target->contract = contract;
    target->field = part->field;
    target->base = header->value;
    return SBN_OK;
}

const void *
sbn__header_value(const struct sbn__header *list, const sbn_part *part,
                  size_t n)
{
    for (; list != NULL; list = list->next) {
        if (list->part == part && n-- == 0)
            return list->value;
    }
    return NULL;
}

sbn_status
sbn__header_write(struct sbn__buf *buf, const sbn_contract *contract,
                  const sbn_part *part, const void *value,
                  struct sbn_error *error)
{
    size_t size = sbn__buf_size(buf);
    sbn_status status =
        sbn__soap_write_piece(buf, contract, part->field, value, error);

    if (status != SBN_OK) {
        buf->end = buf->start + size;
        buf->status = SBN_OK;
    }
    return status;
}

/* SOAP 1.1, 4.2; SOAP 1.2 Part 1, 5.2. */
static void
put_marks(struct sbn__buf *buf, enum sbn__soap_version version,
          const sbn_header_marks *marks)
{
    if (marks->actor != NULL) {
        sbn__buf_puts(buf,
                      version == SBN__SOAP_12 ? " s:role=\"" : " s:actor=\"");
        sbn__xml_write_value(buf, marks->actor, strlen(marks->actor));
        sbn__buf_putc(buf, '"');
    }
    if (marks->must_understand)
        sbn__buf_lit(buf, " s:mustUnderstand=\"1\"");
    if (marks->relay && version == SBN__SOAP_12)
        sbn__buf_lit(buf, " s:relay=\"1\"");
}

sbn_status
sbn__header_mark(struct sbn__buf *buf, size_t at,
                 enum sbn__soap_version version, const sbn_header_marks *marks)
{
    size_t end = sbn__buf_size(buf), added, rest;
    sbn_status status;
    char *place;

    put_marks(buf, version, marks);
    added = sbn__buf_size(buf) - end;
    /* Room to move them to their place, behind the element's name. */
    if (sbn__buf_reserve(buf, added) == NULL) {
        status = buf->status;
        buf->end = buf->start + end;
        buf->status = SBN_OK;
        return status;
    }
    at += strcspn(sbn__buf_bytes(buf) + at, " />");
    rest = end - at;
    place = sbn__buf_bytes(buf) + at;
    memmove(place + added, place, rest + added);
    memcpy(place, place + added + rest, added);
    return SBN_OK;
}
