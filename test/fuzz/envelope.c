/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A SOAP message against the tables of its body's element, and what was decoded
 * written again and read once more: both must say the same.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "runtime/base/memory.h"
#include "runtime/soap/message.h"

#include "attributes.h"
#include "choice.h"
#include "nested.h"
#include "recursive.h"
#include "types.h"

struct message {
    struct sbn__arena arena;
    struct sbn_error error;
    const sbn_contract *contract;
    const sbn_field *field;
    void *base;
};

static const sbn_contract *const contracts[] = {
    &attributes_contract, &choice_contract, &nested_contract,
    &recursive_contract, &types_contract};

/* The body element of one direction of op, if its name is local. */
static bool
try_element(struct message *message, const sbn_contract *contract,
            const sbn_field *field, size_t size, const char *local)
{
    if (field == NULL || strcmp(field->name, local) != 0)
        return false;
    message->contract = contract;
    message->field = field;
    message->base = sbn__arena_alloc(&message->arena, size);
    return true;
}

static bool
find_element(struct message *message, const sbn_contract *contract,
             const char *local)
{
    uint32_t i;

    for (i = 0; i < contract->operation_count; i++) {
        const sbn_operation *op = &contract->operations[i];

        if (try_element(message, contract, op->in, op->in_size, local) ||
            try_element(message, contract, op->out, op->out_size, local))
            return true;
    }
    return false;
}

/* The input or output element of that name, of any contract. */
static sbn_status
on_body(void *data, const char *ns, const char *local,
        struct sbn__soap_target *target)
{
    struct message *message = data;
    size_t i;

    (void)ns;
    message->field = NULL;
    target->contract = contracts[0];
    target->field = NULL;
    if (local == NULL)
        return SBN_OK;
    for (i = 0; i < sizeof(contracts) / sizeof(contracts[0]); i++)
        if (find_element(message, contracts[i], local))
            break;
    if (message->field == NULL)
        return SBN_EPROTO;
    if (message->base == NULL)
        return SBN_ELIMIT;
    target->contract = message->contract;
    target->field = message->field;
    target->base = message->base;
    return SBN_OK;
}

static const struct sbn__soap_events events = {on_body};

static sbn_status
decode(struct sbn__soap_pool *pool, struct message *message, const char *bytes,
       size_t size, size_t cut)
{
    struct sbn__soap_read_options options = {
        &message->arena, &message->error, {64, 64}, &events, NULL, message};
    struct sbn__soap_reader *reader;
    sbn_status status;

    sbn__arena_init(&message->arena, &sbn__default_allocator, 1 << 20);
    sbn__error_init(&message->error, &message->arena);
    message->field = NULL;
    if (sbn__soap_reader_open(pool, &options, &reader) != SBN_OK)
        abort();
    status = sbn__soap_reader_feed(reader, bytes, cut, false);
    if (status == SBN_OK)
        status = sbn__soap_reader_feed(reader, bytes + cut, size - cut, true);
    sbn__soap_reader_close(reader);
    return status;
}

static void
write_and_reread(struct sbn__soap_pool *pool, const struct message *message)
{
    struct message again;
    struct sbn__buf out;

    sbn__buf_init(&out, &sbn__default_allocator, 16 << 20);
    if (sbn__soap_write(&out, SBN__SOAP_11, message->contract, message->field,
                        message->base, NULL) == SBN_OK) {
        if (decode(pool, &again, sbn__buf_bytes(&out), sbn__buf_size(&out),
                   0) != SBN_OK)
            abort(); /* we do not understand ourselves */
        sbn__arena_fini(&again.arena);
    }
    sbn__buf_fini(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct sbn__soap_pool *pool;
    struct message message;

    if (pool == NULL &&
        sbn__soap_pool_new(&sbn__default_allocator, &pool) != SBN_OK)
        abort();
    if (decode(pool, &message, (const char *)bytes, size,
               size > 0 ? bytes[size / 2] % size : 0) == SBN_OK &&
        message.field != NULL)
        write_and_reread(pool, &message);
    sbn__arena_fini(&message.arena);
    return 0;
}
