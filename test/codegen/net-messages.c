/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Microsoft's client and server said to each other: each well-formed SOAP
 * 1.1 request and reply of the recorded groups is read with the tables
 * generated from its own WSDL, and written back equal as XML but for prefixes
 * (rpc/encoded is only read).
 */
#include <stdio.h>
#include <stdlib.h>

#include "apm.h"
#include "both.h"
#include "calc.h"
#include "contracts.h"
#include "messages.h"
#include "nons.h"
#include "primitives.h"
#include "rpcdc.h"
#include "rpcencoded.h"
#include "rpcliteral.h"
#include "shapes.h"
#include "slash.h"
#include "task.h"
#include "tempuri.h"
#include "versions.h"
#include "xmlser.h"

#include "runtime/base/memory.h"
#include "runtime/rpc/headers.h"

#include "test/codegen/print-values.h"
#include "test/codegen/same-xml.h"
#include "test/support/test.h"

#define FOLDER "../shared/reference/wcf-data/net"

static const struct service {
    const char *path;
    const sbn_contract *contract;
    bool read_only;
} services[] = {
    {"/servicemodelsamples/service", &calc_contract, false},
    {"/calc/apm", &apm_contract, false},
    {"/calc/both", &both_contract, false},
    {"/calc/task", &task_contract, false},
    {"/types/primitives", &primitives_contract, false},
    {"/types/complex", &contracts_contract, false},
    /* made by a client that knows members this contract does not */
    {"/types/versions", &versions_contract, true},
    {"/shapes", &shapes_contract, false},
    {"/nons", &nons_contract, false},
    {"/slash", &slash_contract, false},
    {"/tempuri", &tempuri_contract, false},
    {"/messages", &messages_contract, false},
    {"/xmlser", &xmlser_contract, false},
    {"/rpc/literal", &rpcliteral_contract, false},
    {"/rpc/encoded", &rpcencoded_contract, true},
    {"/rpc/datacontract", &rpcdc_contract, false},
};

struct exchange {
    const struct service *service;
    const sbn_operation *operation;
    char name[160]; /* "calc-sync.01" */
};

/* ---- Recorded files ------------------------------------------------------ */

/* "%20" and so on, in place. */
static size_t
decode_percent(char *text, size_t size)
{
    size_t from, to = 0;
    unsigned byte;

    for (from = 0; from < size; from++, to++) {
        text[to] = text[from];
        if (text[from] == '%' && sscanf(text + from + 1, "%2x", &byte) == 1) {
            text[to] = (char)byte;
            from += 2;
        }
    }
    return to;
}

/* The value of a head's field up to its line's end; NULL: it has none. */
static const char *
field(const char *head, const char *name, size_t *ret_size)
{
    const char *at = strstr(head, name);

    if (at == NULL)
        return NULL;
    at += strlen(name);
    *ret_size = strcspn(at, "\r\n");
    return at;
}

static size_t
join_chunks(char *body)
{
    char *to = body, *from = body;
    size_t size;

    while ((size = strtoul(from, &from, 16)) > 0) {
        from = strstr(from, "\r\n") + 2;
        memmove(to, from, size);
        to += size;
        from += size + 2;
    }
    *to = '\0';
    return (size_t)(to - body);
}

/* The body of a recorded message, in the file's memory; NULL: there is none. */
static char *
read_message(const char *name, const char *kind, char **ret_file,
             size_t *ret_size)
{
    char *path = NULL, *body, *file;
    size_t size;
    FILE *there;

    *ret_file = NULL;
    if (asprintf(&path, FOLDER "/exchanges/%s.%s.http", name, kind) < 0)
        return NULL;
    there = fopen(test_source_path(path), "rb");
    if (there == NULL) {
        free(path);
        return NULL;
    }
    fclose(there);
    *ret_file = file = test_read_file(path, &size);
    free(path);
    body = strstr(file, "\r\n\r\n");
    if (body == NULL)
        return NULL;
    *body = '\0';
    body += 4;
    *ret_size = size - (size_t)(body - file);
    if (strstr(file, "Transfer-Encoding: chunked") != NULL)
        *ret_size = join_chunks(body);
    return *ret_size == 0 ? NULL : body;
}

/* ---- Reading and writing ------------------------------------------------- */

/* What is read, and the header entries of it as they are written again. */
struct reading {
    const sbn_contract *contract;
    const sbn_field *field;
    const sbn_part *const *headers; /* declared; NULL: none */
    void *base;
    bool encoded;
    struct sbn__arena arena;
    struct sbn__header *entries;
    struct sbn_error error;
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
    target->encoded = reading->encoded;
    return SBN_OK;
}

static sbn_status
on_header(void *data, const char *ns, const char *local,
          struct sbn__soap_target *target)
{
    struct reading *reading = (struct reading *)data;
    const sbn_part *part =
        sbn__header_find(reading->contract, reading->headers, ns, local);

    return part == NULL ? SBN_OK
                        : sbn__header_add(&reading->entries, &reading->arena,
                                          reading->contract, part, target);
}

static bool
is_declared(const char *ns, const char *local, void *data)
{
    struct reading *reading = (struct reading *)data;

    return sbn__header_find(reading->contract, reading->headers, ns, local) !=
           NULL;
}

static const struct sbn__soap_events events = {.on_body = on_body};

static void
reading_init(struct reading *reading, const struct service *service,
             const sbn_operation *op, bool reply)
{
    const sbn_extras *extras = op->extras;

    memset(reading, 0, sizeof(*reading));
    sbn__arena_init(&reading->arena, &sbn__default_allocator, 1 << 26);
    sbn__error_init(&reading->error, &reading->arena);
    reading->contract = service->contract;
    reading->field = reply ? op->out : op->in;
    reading->base =
        sbn__arena_alloc(&reading->arena, reply ? op->out_size : op->in_size);
    reading->encoded =
        (op->flags & (reply ? SBN_OP_ENCODED_OUT : SBN_OP_ENCODED_IN)) != 0;
    if (extras != NULL)
        reading->headers = reply ? extras->out_headers : extras->in_headers;
}

static sbn_status
read_envelope(struct reading *reading, const char *bytes, size_t size)
{
    struct sbn__soap_read_options options = {0};
    struct sbn__soap_reader *reader;
    struct sbn__soap_pool *pool;
    sbn_status status;

    options.arena = &reading->arena;
    options.error = &reading->error;
    options.limits.max_depth = 100;
    options.events = &events;
    options.on_header = on_header;
    options.data = reading;
    CHECK_OK(sbn__soap_pool_new(&sbn__default_allocator, &pool));
    CHECK_OK(sbn__soap_reader_open(pool, &options, &reader));
    status = sbn__soap_reader_feed(reader, bytes, size, true);
    sbn__soap_reader_close(reader);
    sbn__soap_pool_free(pool);
    return status;
}

static sbn_status
write_entry(struct sbn__buf *headers, struct reading *reading,
            const struct sbn__header *entry)
{
    struct sbn__header_place place;
    sbn_status status =
        sbn__header_write(headers, &place, SBN__SOAP_11, reading->contract,
                          entry->part, entry->value, &reading->error);

    return status == SBN_OK
               ? sbn__header_mark(headers, &place, SBN__SOAP_11, &entry->marks)
               : status;
}

static sbn_status
write_envelope(struct reading *reading, struct sbn__buf *out)
{
    struct sbn__soap_message message = {
        .version = SBN__SOAP_11,
        .contract = reading->contract,
        .field = reading->field,
        .base = reading->base,
        .encoded = reading->encoded,
        .error = &reading->error,
    };
    const struct sbn__header *entry;
    struct sbn__buf headers;
    sbn_status status = SBN_OK;

    sbn__buf_init(&headers, &sbn__default_allocator, 1 << 20);
    for (entry = reading->entries; entry != NULL && status == SBN_OK;
         entry = entry->next)
        status = write_entry(&headers, reading, entry);
    message.headers = &headers;
    if (status == SBN_OK)
        status = sbn__soap_write_message(out, &message);
    sbn__buf_fini(&headers);
    return status;
}

/* ---- The figures --------------------------------------------------------- */

static struct {
    unsigned read, same, failed, faults, malformed;
} counts;

static void
tell(const struct exchange *exchange, const char *kind, const char *what,
     const struct sbn_error *error)
{
    counts.failed++;
    printf("# %s.%s: %s: %s %s\n", exchange->name, kind, what,
           error->path == NULL ? "" : error->path,
           error->reason == NULL ? "" : error->reason);
}

/* What was read, written again. */
static void
check_written(const struct exchange *exchange, const char *kind,
              struct reading *reading, const char *bytes, size_t size)
{
    struct sbn__buf out;

    sbn__buf_init(&out, &sbn__default_allocator, 1 << 26);
    if (write_envelope(reading, &out) != SBN_OK)
        tell(exchange, kind, "not written", &reading->error);
    else if (!same_xml(bytes, size, sbn__buf_bytes(&out), sbn__buf_size(&out),
                       is_declared, reading))
        tell(exchange, kind, "not the same", &reading->error);
    else
        counts.same++;
    sbn__buf_fini(&out);
}

/* A line for net-values.py, which knows what was sent. */
static void
print_read(const struct exchange *exchange, const char *kind,
           const struct reading *reading)
{
    const char *path = getenv("SEBON_NET_VALUES");
    FILE *out = path == NULL ? NULL : fopen(path, "a");
    const struct sbn__header *entry;
    const char *before = "";

    if (out == NULL)
        return;
    fprintf(out, "%s\t%s\t{\"headers\":[", exchange->name, kind);
    for (entry = reading->entries; entry != NULL; entry = entry->next) {
        const sbn_header_marks *marks = &entry->marks;

        fprintf(out, "%s{\"must\":%s,\"actor\":\"%s\",\"value\":", before,
                marks->must_understand ? "true" : "false",
                marks->actor == NULL ? "" : marks->actor);
        print_value(out, reading->contract, entry->part->field, entry->value);
        fputc('}', out);
        before = ",";
    }
    fputs("],\"body\":", out);
    print_value(out, reading->contract, reading->field, reading->base);
    fputs("}\n", out);
    fclose(out);
}

static void
check_body(const struct exchange *exchange, const char *kind, const char *bytes,
           size_t size, bool reply)
{
    struct reading reading;
    sbn_status status;

    if (!is_well_formed(bytes, size)) {
        counts.malformed++;
        return;
    }
    reading_init(&reading, exchange->service, exchange->operation, reply);
    status = read_envelope(&reading, bytes, size);
    if (status == SBN_EFAULT) {
        counts.faults++;
    } else if (status != SBN_OK) {
        tell(exchange, kind, "not read", &reading.error);
    } else {
        counts.read++;
        print_read(exchange, kind, &reading);
        if (!exchange->service->read_only)
            check_written(exchange, kind, &reading, bytes, size);
    }
    sbn__arena_fini(&reading.arena);
}

static const sbn_operation *
find_operation(const sbn_contract *contract, char *head)
{
    size_t size, i;
    const char *found = field(head, "SOAPAction: \"", &size);
    char *action = head + (found == NULL ? 0 : found - head);

    if (found == NULL)
        return NULL;
    size = decode_percent(action, size);
    for (i = 0; action != NULL && i < contract->operation_count; i++) {
        const sbn_operation *op = &contract->operations[i];

        if (strlen(op->action) == size - 1 &&
            memcmp(op->action, action, size - 1) == 0)
            return op;
    }
    return NULL;
}

static void
check_exchange(struct exchange *exchange)
{
    char *file, *body;
    size_t size = 0;

    body = read_message(exchange->name, "request", &file, &size);
    if (file != NULL)
        exchange->operation = find_operation(exchange->service->contract, file);
    if (exchange->operation != NULL && body != NULL)
        check_body(exchange, "request", body, size, false);
    else if (file != NULL)
        printf("# %s: no operation, or no body\n", exchange->name);
    free(file);
    if (exchange->operation == NULL)
        return;
    body = read_message(exchange->name, "response", &file, &size);
    if (body != NULL)
        check_body(exchange, "response", body, size, true);
    free(file);
}

/* ---- The index ----------------------------------------------------------- */

static const struct service *
find_service(const char *path, size_t size)
{
    size_t i;

    for (i = 0; i < sizeof(services) / sizeof(services[0]); i++)
        if (strlen(services[i].path) == size &&
            memcmp(services[i].path, path, size) == 0)
            return &services[i];
    return NULL;
}

/* group: "calc-" */
static void
check_line(const char *line, const char *group)
{
    struct exchange exchange = {NULL, NULL, ""};
    size_t scenario = strcspn(line, "\t"), number, path;
    const char *at = line + scenario + 1;

    number = strcspn(at, "\t");
    path = strcspn(at + number + 1, "\t");
    exchange.service = find_service(at + number + 1, path);
    if (strncmp(line, group, strlen(group)) != 0 || exchange.service == NULL)
        return;
    snprintf(exchange.name, sizeof(exchange.name), "%.*s.%.*s", (int)scenario,
             line, (int)number, at);
    check_exchange(&exchange);
}

static void
check_group(const char *group)
{
    size_t size;
    char *index = test_read_file(FOLDER "/INDEX.tsv", &size), *line;

    for (line = index; *line != '\0'; line += strcspn(line, "\n") + 1)
        check_line(line, group);
    free(index);
    printf("# %s: %u read, %u of them written back the same, %u faults, "
           "%u no XML 1.0, %u wrong\n",
           group, counts.read, counts.same, counts.faults, counts.malformed,
           counts.failed);
    CHECK_INT(counts.read, >, 0);
    CHECK_INT(counts.failed, ==, 0);
}

TEST(calculators)
{
    check_group("calc-");
}

TEST(primitives)
{
    check_group("prim-");
}

TEST(data_contracts)
{
    check_group("type-");
}

TEST(shapes_of_operations)
{
    check_group("shape-");
}

TEST(message_contracts)
{
    check_group("message-");
}

TEST(xml_serializer)
{
    check_group("xmlser-");
}

TEST(rpc)
{
    check_group("rpc-");
}
