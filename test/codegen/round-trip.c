/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tables say is what the schema says: for each operation of the WSDLs
 * in test/data, messages are filled, written, checked by libxml2's validator
 * against the WSDL's own schema, read, and written again to the same bytes.
 */
#include <libxml/xmlschemas.h>

#include "attributes.h"
#include "bare.h"
#include "choice.h"
#include "names.h"
#include "nested.h"
#include "reader.h"
#include "recursive.h"
#include "split.h"
#include "types.h"

#include "runtime/base/memory.h"
#include "runtime/soap/message.h"

#include "test/codegen/fill.h"
#include "test/codegen/validate.h"
#include "test/support/test.h"

/* The message being read. */
struct reading {
    const sbn_contract *contract;
    const sbn_field *field;
    void *base;
};

static sbn_status
on_body(void *data, const char *ns, const char *local,
        struct sbn__soap_target *target)
{
    const struct reading *reading = (const struct reading *)data;

    (void)ns, (void)local;
    target->contract = reading->contract;
    target->field = reading->field;
    target->base = reading->base;
    return SBN_OK;
}

static const struct sbn__soap_events events = {on_body};

static void
tell(const char *operation, const struct sbn_error *error,
     const struct sbn__buf *bytes)
{
    printf("# %s: %s at %s\n# %.*s\n", operation,
           error->reason ? error->reason : "?", error->path ? error->path : "?",
           (int)sbn__buf_size(bytes), sbn__buf_bytes(bytes));
}

static void
read_back(struct reading *reading, const char *operation,
          const struct sbn__buf *bytes, struct sbn__arena *arena)
{
    struct sbn__soap_read_options options = {0};
    struct sbn__soap_reader *reader;
    struct sbn__soap_pool *pool;
    struct sbn_error error;
    sbn_status status;

    sbn__error_init(&error, arena);
    options.arena = arena;
    options.error = &error;
    options.limits.max_depth = 100;
    options.events = &events;
    options.data = reading;
    CHECK_OK(sbn__soap_pool_new(&sbn__default_allocator, &pool));
    CHECK_OK(sbn__soap_reader_open(pool, &options, &reader));
    status = sbn__soap_reader_feed(reader, sbn__buf_bytes(bytes),
                                   sbn__buf_size(bytes), true);
    if (status != SBN_OK)
        tell(operation, &error, bytes);
    CHECK_OK(status);
    sbn__soap_reader_close(reader);
    sbn__soap_pool_free(pool);
}

static void
write_message(const struct reading *reading, const char *operation,
              struct sbn__buf *bytes, struct sbn__arena *arena)
{
    struct sbn_error error;
    sbn_status status;

    sbn__error_init(&error, arena);
    status = sbn__soap_write(bytes, SBN__SOAP_11, reading->contract,
                             reading->field, reading->base, &error);
    if (status != SBN_OK)
        tell(operation, &error, bytes);
    CHECK_OK(status);
}

/* Shows where they part. */
static void
check_same(const char *operation, const struct sbn__buf *first,
           const struct sbn__buf *second)
{
    const char *a = sbn__buf_bytes(first), *b = sbn__buf_bytes(second);
    size_t size = sbn__buf_size(first), at = 0, from;

    if (size == sbn__buf_size(second) && memcmp(a, b, size) == 0)
        return;
    while (at < size && at < sbn__buf_size(second) && a[at] == b[at])
        at++;
    from = at < 60 ? 0 : at - 60;
    test_fail(__FILE__, __LINE__, "%s: wrote ...%.120s, then ...%.120s",
              operation, a + from, b + from);
}

static void
check_message(const sbn_contract *contract, const sbn_operation *op,
              const sbn_field *field, size_t size, enum fill_mode mode,
              struct validator *validator)
{
    struct reading reading = {contract, field, NULL};
    struct sbn__buf first, second;
    struct sbn__arena arena;
    struct fill fill = {&arena, contract, mode, false, (unsigned)mode};

    if (field == NULL)
        return;
    sbn__arena_init(&arena, &sbn__default_allocator, 1 << 26);
    sbn__buf_init(&first, &sbn__default_allocator, 1 << 26);
    sbn__buf_init(&second, &sbn__default_allocator, 1 << 26);
    reading.base = sbn__arena_alloc(&arena, size);
    fill_field(&fill, field, (char *)reading.base, 0);
    write_message(&reading, op->name, &first, &arena);
    if (!validator_check(validator, sbn__buf_bytes(&first),
                         sbn__buf_size(&first)))
        test_fail(__FILE__, __LINE__, "%s: not valid: %.*s", op->name,
                  (int)sbn__buf_size(&first), sbn__buf_bytes(&first));
    reading.base = sbn__arena_alloc(&arena, size);
    read_back(&reading, op->name, &first, &arena);
    write_message(&reading, op->name, &second, &arena);
    check_same(op->name, &first, &second);
    sbn__buf_fini(&first);
    sbn__buf_fini(&second);
    sbn__arena_fini(&arena);
}

static void
check(const sbn_contract *contract, const char *wsdl)
{
    struct validator validator;
    uint32_t i;
    int mode;

    validator_init(&validator, wsdl);
    for (i = 0; i < contract->operation_count; i++) {
        const sbn_operation *op = &contract->operations[i];

        for (mode = 0; mode < FILL_MODES; mode++) {
            check_message(contract, op, op->in, op->in_size,
                          (enum fill_mode)mode, &validator);
            check_message(contract, op, op->out, op->out_size,
                          (enum fill_mode)mode, &validator);
        }
    }
    validator_fini(&validator);
}

TEST(built_in_types_lists_unions_and_enumerations)
{
    check(&types_contract, "test/data/wsdl/types.wsdl");
}

TEST(nested_repeated_optional_and_nillable_elements)
{
    check(&nested_contract, "test/data/wsdl/nested.wsdl");
}

TEST(bare_bodies)
{
    check(&bare_contract, "test/data/wsdl/bare.wsdl");
}

TEST(attributes_and_simple_content)
{
    check(&attributes_contract, "test/data/wsdl/attributes.wsdl");
}

TEST(types_that_contain_themselves)
{
    check(&recursive_contract, "test/data/wsdl/recursive.wsdl");
}

TEST(choices_groups_substitution_derived_types_and_wildcards)
{
    check(&choice_contract, "test/data/wsdl/choice.wsdl");
}

TEST(names_that_are_not_names_in_c)
{
    check(&names_contract, "test/data/wsdl/names.wsdl");
}

TEST(schemas_in_several_files)
{
    check(&split_contract, NULL);
}

TEST(rpc_with_literal_parts)
{
    check(&reader_contract, NULL);
    check(&writer_contract, NULL);
}
