/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/rpc/headers.h"

#include <string.h>

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
