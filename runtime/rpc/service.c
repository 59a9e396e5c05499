/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/rpc/service.h"

#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/base/text.h"
#include "runtime/rpc/functions.h"

/* ---- Checking --------------------------------------------------------- */

/* Generated functions are named after the operation: "GetURLList" is
 * get_url_list. */
static bool
begins_word(const char *name, size_t i)
{
    bool upper = name[i] >= 'A' && name[i] <= 'Z';
    bool after_upper = i > 0 && name[i - 1] >= 'A' && name[i - 1] <= 'Z';
    bool before_lower = name[i + 1] >= 'a' && name[i + 1] <= 'z';

    return i > 0 && upper && name[i - 1] != '_' &&
           (!after_upper || before_lower);
}

static void
function_name(const char *operation, char out[72])
{
    size_t i, size = 0;

    for (i = 0; operation[i] != '\0' && size < 64; i++) {
        if (begins_word(operation, i))
            out[size++] = '_';
        out[size++] = operation[i] == '-' || operation[i] == '.'
                          ? '_'
                          : sbn__lower(operation[i]);
    }
    out[size] = '\0';
}

/* A member of the service's struct. */
static bool
is_given(const sbn_operation *operation, const void *functions, uint32_t offset)
{
    return operation->invoke != NULL && offset != SBN_NONE &&
           sbn__given_function(functions, offset) != NULL;
}

static bool
has_sync(const sbn_operation *operation, const void *functions)
{
    return is_given(operation, functions, operation->sync_offset);
}

static bool
has_begin(const sbn_operation *operation, const void *functions)
{
    return is_given(operation, functions, operation->begin_offset);
}

static bool
has_end(const sbn_operation *operation, const void *functions)
{
    return is_given(operation, functions, operation->end_offset);
}

static sbn_status
check_operation(const sbn_contract *contract, const sbn_operation *operation,
                const void *functions, char text[SBN__SERVER_TEXT])
{
    bool sync = has_sync(operation, functions);
    bool begin = has_begin(operation, functions);
    bool end = has_end(operation, functions);
    char name[72];

    if (begin == end && (sync || begin))
        return SBN_OK;
    function_name(operation->name, name);
    if (!begin && !end)
        snprintf(text, SBN__SERVER_TEXT,
                 "contract %.64s, operation %.64s: the service implements it "
                 "in neither way; give %s, or begin_%s with end_%s",
                 contract->name, operation->name, name, name, name);
    else if (begin)
        snprintf(text, SBN__SERVER_TEXT,
                 "contract %.64s, operation %.64s: begin_%s has no "
                 "end_%s, which the asynchronous pattern needs to fetch the "
                 "result; give it, or leave begin_%s NULL%s%s",
                 contract->name, operation->name, name, name, name,
                 sync ? "" : " and give ", sync ? "" : name);
    else
        snprintf(text, SBN__SERVER_TEXT,
                 "contract %.64s, operation %.64s: end_%s has no "
                 "begin_%s, which the asynchronous pattern needs to start "
                 "the work; give it, or leave end_%s NULL%s%s",
                 contract->name, operation->name, name, name, name,
                 sync ? "" : " and give ", sync ? "" : name);
    return SBN_EINVAL;
}

sbn_status
sbn__service_check(const sbn_contract *contract, const void *functions,
                   char text[SBN__SERVER_TEXT])
{
    sbn_status status;
    uint32_t i;

    /* Nothing else of a foreign table may be looked at. */
    if (contract->abi != SBN_ABI) {
        snprintf(text, SBN__SERVER_TEXT,
                 "the contract's tables have ABI number %u, this library %u; "
                 "generate them anew with the sebon of this library",
                 (unsigned)contract->abi, (unsigned)SBN_ABI);
        return SBN_EABI;
    }
    for (i = 0; i < contract->operation_count; i++) {
        status = check_operation(contract, &contract->operations[i], functions,
                                 text);
        if (status != SBN_OK)
            return status;
    }
    return SBN_OK;
}

/* ---- Looking up ------------------------------------------------------- */

static uint32_t
element_hash(const char *ns, const char *local)
{
    uint32_t hash = SBN__HASH_START;

    if (local == NULL)
        return hash;
    if (ns != NULL)
        hash = sbn__hash(hash, ns, strlen(ns) + 1);
    return sbn__hash(hash, local, strlen(local));
}

static bool
is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The body's first element; NULL: it has none. */
static const sbn_field *
element_field(const sbn_operation *operation)
{
    const sbn_field *field = operation->in;

    if (field != NULL && (field->flags & SBN_F_GROUP) != 0)
        field = ((const sbn_type *)field->type)->fields;
    return field;
}

static const char *
element_ns(const sbn_contract *contract, const sbn_operation *operation)
{
    const sbn_field *field = element_field(operation);

    return field == NULL ? NULL : contract->namespaces[field->ns];
}

static const char *
element_local(const sbn_operation *operation)
{
    const sbn_field *field = element_field(operation);

    return field == NULL ? NULL : field->name;
}

bool
sbn__operation_takes(const sbn_contract *contract,
                     const sbn_operation *operation, const char *ns,
                     const char *local)
{
    return is_same(element_local(operation), local) &&
           is_same(element_ns(contract, operation), ns);
}

static enum sbn__found
found_another(enum sbn__found found)
{
    return found == SBN__FOUND_NONE ? SBN__FOUND_ONE : SBN__FOUND_SEVERAL;
}

enum sbn__found
sbn__service_by_action(const struct sbn__service *service, const char *action,
                       size_t size, const sbn_operation **ret_operation)
{
    uint32_t hash = sbn__hash(SBN__HASH_START, action, size);
    uint32_t cursor = UINT32_MAX, number;
    enum sbn__found found = SBN__FOUND_NONE;
    const sbn_operation *operation;

    while ((number = sbn__index_next(&service->actions, hash, &cursor)) !=
           UINT32_MAX) {
        operation = &service->contract->operations[number];
        if (strlen(operation->action) != size ||
            memcmp(operation->action, action, size) != 0)
            continue;
        *ret_operation = operation;
        found = found_another(found);
    }
    return found;
}

enum sbn__found
sbn__service_by_element(const struct sbn__service *service, const char *ns,
                        const char *local, const sbn_operation **ret_operation)
{
    uint32_t hash = element_hash(ns, local);
    uint32_t cursor = UINT32_MAX, number;
    enum sbn__found found = SBN__FOUND_NONE;
    const sbn_operation *operation;

    while ((number = sbn__index_next(&service->elements, hash, &cursor)) !=
           UINT32_MAX) {
        operation = &service->contract->operations[number];
        if (!sbn__operation_takes(service->contract, operation, ns, local))
            continue;
        *ret_operation = operation;
        found = found_another(found);
    }
    return found;
}

const void *
sbn__service_functions(const struct sbn__service *service,
                       const sbn_operation *operation)
{
    return operation == &sbn__untyped_operation ? service->options.untyped
                                                : service->functions;
}

bool
sbn__service_runs_sync(const struct sbn__service *service,
                       const sbn_operation *operation)
{
    const void *functions = sbn__service_functions(service, operation);

    if (!has_sync(operation, functions))
        return false;
    return !service->options.prefer_async || !has_begin(operation, functions);
}

bool
sbn__service_has_metadata(const struct sbn__service *service)
{
    return service->contract->metadata != NULL && !service->options.no_metadata;
}

/* ---- Making ----------------------------------------------------------- */

size_t
sbn__service_path_size(const char *path, size_t size)
{
    while (size > 1 && path[size - 1] == '/')
        size--;
    return size;
}

static sbn_status
add_operation(struct sbn__service *service, uint32_t number)
{
    const sbn_operation *operation = &service->contract->operations[number];
    const char *action = operation->action;
    sbn_status status = SBN_OK;

    if (action != NULL && action[0] != '\0')
        status = sbn__index_add(
            &service->actions,
            sbn__hash(SBN__HASH_START, action, strlen(action)), number);
    if (status == SBN_OK)
        status = sbn__index_add(
            &service->elements,
            element_hash(element_ns(service->contract, operation),
                         element_local(operation)),
            number);
    return status;
}

sbn_status
sbn__service_new(const sbn_allocator *mem, const char *path,
                 const sbn_contract *contract, const void *functions,
                 const sbn_service_options *options,
                 struct sbn__service **ret_service)
{
    struct sbn__service *service = sbn__zalloc(mem, sizeof(*service));
    sbn_status status = SBN_OK;
    uint32_t i;

    if (service == NULL)
        return SBN_ENOMEM;
    sbn__index_init(&service->actions, mem);
    sbn__index_init(&service->elements, mem);
    service->contract = contract;
    service->functions = functions;
    sbn__list_init(&service->queue);
    if (options != NULL)
        service->options = *options;
    if (service->options.max_concurrent_calls == 0)
        service->options.max_concurrent_calls = UINT32_MAX;
    if (service->options.max_queued_calls == 0)
        service->options.max_queued_calls = 1000;
    if (service->options.no_queue)
        service->options.max_queued_calls = 0;
    service->path =
        sbn__strndup(mem, path, sbn__service_path_size(path, strlen(path)));
    if (service->options.public_url != NULL)
        service->public_url = sbn__strdup(mem, service->options.public_url);
    if (service->path == NULL ||
        (service->options.public_url != NULL && service->public_url == NULL))
        status = SBN_ENOMEM;
    for (i = 0; i < contract->operation_count && status == SBN_OK; i++)
        status = add_operation(service, i);
    if (status != SBN_OK) {
        sbn__service_free(mem, service);
        return status;
    }
    *ret_service = service;
    return SBN_OK;
}

void
sbn__service_free(const sbn_allocator *mem, struct sbn__service *service)
{
    if (service == NULL)
        return;
    sbn__defer_cancel(&service->pump);
    sbn__index_fini(&service->actions);
    sbn__index_fini(&service->elements);
    sbn__free(mem, service->public_url);
    sbn__free(mem, service->path);
    sbn__free(mem, service);
}
