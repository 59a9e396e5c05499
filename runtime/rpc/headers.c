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
    header->ns = contract->namespaces[part->field->ns];
    while (*list != NULL)
        list = &(*list)->next;
    *list = header;
    target->contract = contract;
    target->field = part->field;
    target->base = header->value;
    target->marks = &header->marks;
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

const sbn_header_marks *
sbn__header_marks(const struct sbn__header *list, const char *ns,
                  const char *local, size_t n)
{
    if (local == NULL)
        return NULL;
    for (; list != NULL; list = list->next) {
        if (is_same(list->ns, ns) && is_same(list->part->field->name, local) &&
            n-- == 0)
            return &list->marks;
    }
    return NULL;
}

/* SOAP 1.1, 4.2; SOAP 1.2 Part 1, 5.2. */
static void
put_marks(struct sbn__buf *buf, enum sbn__soap_version version,
          const sbn_header_marks *marks)
{
    bool is_12 = version == SBN__SOAP_12;
    const char *actor = marks->actor;

    if (actor != NULL && actor[0] != '\0') {
        if (strcmp(actor, is_12 ? SBN__NEXT11 : SBN__NEXT12) == 0)
            actor = is_12 ? SBN__NEXT12 : SBN__NEXT11;
        sbn__buf_puts(buf, is_12 ? " s:role=\"" : " s:actor=\"");
        sbn__xml_write_value(buf, actor, strlen(actor));
        sbn__buf_putc(buf, '"');
    }
    if (marks->must_understand)
        sbn__buf_lit(buf, " s:mustUnderstand=\"1\"");
    if (marks->relay && is_12)
        sbn__buf_lit(buf, " s:relay=\"1\"");
}

static sbn_status
cut_back(struct sbn__buf *buf, size_t size, sbn_status status)
{
    buf->end = buf->start + size;
    buf->status = SBN_OK;
    return status;
}

sbn_status
sbn__header_mark(struct sbn__buf *buf, struct sbn__header_place *last,
                 enum sbn__soap_version version, const sbn_header_marks *marks)
{
    size_t end = sbn__buf_size(buf), added, at;
    char *place;

    if (end == 0)
        return SBN_ESTATE;
    put_marks(buf, version, marks);
    added = sbn__buf_size(buf) - end;
    /* Room to move them to their place, behind the element's name. */
    if (sbn__buf_reserve(buf, added) == NULL)
        return cut_back(buf, end, buf->status);
    at = last->at + strcspn(sbn__buf_bytes(buf) + last->at, " />");
    place = sbn__buf_bytes(buf) + at;
    /* what it is marked with gives way */
    memmove(place, place + last->marks, end + added - at - last->marks);
    end -= last->marks;
    buf->end -= last->marks;
    memmove(place + added, place, end + added - at);
    memcpy(place, place + added + (end - at), added);
    last->marks = added;
    return SBN_OK;
}

sbn_status
sbn__header_write(struct sbn__buf *buf, struct sbn__header_place *last,
                  enum sbn__soap_version version, const sbn_contract *contract,
                  const sbn_part *part, const void *value,
                  struct sbn_error *error)
{
    struct sbn__header_place place = {sbn__buf_size(buf), 0};
    sbn_status status =
        sbn__soap_write_piece(buf, contract, part->field, value, error);

    if (status == SBN_OK && part->marks != NULL)
        status = sbn__header_mark(buf, &place, version, part->marks);
    if (status != SBN_OK)
        return cut_back(buf, place.at, status);
    *last = place;
    return SBN_OK;
}
