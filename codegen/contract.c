/* SPDX-License-Identifier: Apache-2.0 */
/* A contract header becomes WSDL, schemas and C. */
#include "codegen/contract.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "codegen/contract-emit.h"
#include "codegen/generate.h"
#include "codegen/names.h"
#include "codegen/output.h"

enum { MAX_FILE = 4 << 20 };

/* ---- Reading ------------------------------------------------------------- */

static bool
read_text(const char *file, struct text *text)
{
    struct place place = {file, 0};
    char piece[16384];
    FILE *from = fopen(file, "rb");
    size_t size;
    bool good;

    text_put(text, "");
    if (from == NULL) {
        diag_error(place, "cannot read: %s", strerror(errno));
        return false;
    }
    while (text->size <= MAX_FILE &&
           (size = fread(piece, 1, sizeof(piece), from)) > 0)
        text_putn(text, piece, size);
    good = !ferror(from);
    fclose(from);
    if (!good)
        diag_error(place, "cannot read it to its end");
    else if (text->size > MAX_FILE)
        diag_error(place, "is larger than any contract");
    return diag_errors() == 0;
}

static bool
read_contract(const char *file, struct header *header,
              struct contract *contract)
{
    struct text text = {NULL, 0, 0, 0};
    struct tokens tokens;

    memset(header, 0, sizeof(*header));
    memset(contract, 0, sizeof(*contract));
    return read_text(file, &text) &&
           contract_tokens(&tokens, file, text.data, text.size) &&
           contract_parse(header, &tokens) && contract_model(contract, header);
}

/* ---- Writing ------------------------------------------------------------- */

struct run {
    const struct contract_options *options;
    const char *folder;
    struct vec outputs; /* struct output */
};

static struct text *
add_output(struct run *run, const char *name)
{
    struct output *output = NEW(struct output);
    struct text *text = NEW(struct text);

    text->width = 100;
    output->path = mem_printf("%s/%s", run->folder, name);
    output->text = text;
    vec_add(&run->outputs, output);
    return text;
}

static void
write_split(struct run *run, const struct service *service,
            const struct schema_set *set)
{
    struct vec files = {NULL, 0, 0}, spaces = {NULL, 0, 0};
    struct vec names = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < set->schemas.count; i++)
        vec_add(&files, mem_printf("%s-xsd%zu.xsd", service->file, i));
    contract_wsdl_spaces(service, &spaces);
    for (i = 0; i < spaces.count; i++)
        vec_add(&names,
                i == 0 ? mem_printf("%s.wsdl", service->file)
                       : mem_printf("%s-wsdl%zu.wsdl", service->file, i - 1));
    for (i = 0; i < spaces.count; i++)
        contract_wsdl_linked(add_output(run, VEC(&names, const char, i)),
                             service, set, &files, &spaces, &names,
                             VEC(&spaces, const char, i));
    for (i = 0; i < set->schemas.count; i++) {
        struct text *text = add_output(run, VEC(&files, const char, i));

        text_put(text, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        contract_schema_write(
            text, set, VEC(&set->schemas, struct schema_text, i), 0, &files);
    }
}

static void
write_service(struct run *run, const struct service *service)
{
    struct schema_set set;

    contract_schemas(&set, service);
    if (!run->options->single)
        write_split(run, service, &set);
    contract_wsdl_single(
        add_output(
            run, mem_printf(run->options->single ? "%s.wsdl" : "%s-single.wsdl",
                            service->file)),
        service, &set);
}

static bool
write_outputs(const struct run *run)
{
    size_t count = run->outputs.count, i;
    struct output *outputs =
        (struct output *)mem_new((count + 1) * sizeof(*outputs));

    for (i = 0; i < count; i++)
        outputs[i] = *VEC(&run->outputs, struct output, i);
    return output_make_folder(run->folder) && output_write(outputs, count);
}

/* The contract that is read first: documents of others are imported before the
 * service's own contracts, those by way of the bindings' document. */
static const struct interface *
first_read(const struct service *service)
{
    const struct interface *first = NULL;
    int least = 3;
    size_t i;

    for (i = 0; i < service->interfaces.count; i++) {
        const struct interface *interface =
            VEC(&service->interfaces, struct interface, i);
        int rank = strcmp(interface->ns, service->ns) == 0           ? 2
                   : strcmp(interface->ns, service->binding_ns) == 0 ? 1
                                                                     : 0;

        if (rank < least) {
            first = interface;
            least = rank;
        }
    }
    return first;
}

/* Files of C are called after the contract, not after the service. */
static bool
check_code(const struct contract *contract)
{
    struct map seen = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < contract->services.count; i++) {
        struct service *service = VEC(&contract->services, struct service, i);
        const char *prefix = name_prefix(first_read(service)->name);
        const struct service *other =
            (const struct service *)map_get(&seen, prefix);

        if (other != NULL)
            diag_error(service->place,
                       "services '%s' and '%s' (%s:%u) would both be %s.c; "
                       "--no-code writes their documents alone",
                       service->name, other->name, other->place.file,
                       other->place.line, prefix);
        map_put(&seen, prefix, service);
    }
    return diag_errors() == 0;
}

static void
add_marks(struct vec *marks, const struct message *message)
{
    size_t i;

    for (i = 0; message != NULL && i < message->headers.count; i++) {
        const struct part *part = VEC(&message->headers, struct part, i);
        struct header_mark *mark;

        if (!part->must_understand && !part->relay && part->actor == NULL)
            continue;
        mark = NEW(struct header_mark);
        mark->ns = part->element.ns;
        mark->local = part->element.local;
        mark->must_understand = part->must_understand;
        mark->relay = part->relay;
        mark->actor = part->actor;
        vec_add(marks, mark);
    }
}

/* What header entries ask for, which a WSDL has no place for. */
static void
collect_marks(const struct service *service, struct vec *marks)
{
    size_t i, k;

    for (i = 0; i < service->interfaces.count; i++) {
        const struct interface *interface =
            VEC(&service->interfaces, struct interface, i);

        for (k = 0; k < interface->operations.count; k++) {
            const struct operation *op =
                VEC(&interface->operations, struct operation, k);

            add_marks(marks, op->input);
            add_marks(marks, op->output);
        }
    }
}

/* What `sebon generate` makes of the documents. */
static bool
write_code(const struct run *run, const struct service *service)
{
    struct generate_options options = {.sync = true};
    struct vec files = {NULL, 0, 0};

    options.out = run->folder;
    options.metadata = run->options->metadata;
    collect_marks(service, &options.marks);
    vec_add(&files, mem_printf("%s/%s.wsdl", run->folder, service->file));
    return generate(&files, &options);
}

bool
contract_run(const char *file, const struct contract_options *options)
{
    struct run run = {
        options, options->out != NULL ? options->out : ".", {NULL, 0, 0}};
    struct contract contract;
    struct header header;
    size_t i;

    if (!read_contract(file, &header, &contract))
        return false;
    if (!options->no_code && !options->check && !check_code(&contract))
        return false;
    for (i = 0; i < contract.services.count; i++)
        write_service(&run, VEC(&contract.services, struct service, i));
    if (diag_errors() > 0)
        return false;
    if (options->check)
        return true;
    if (!write_outputs(&run))
        return false;
    for (i = 0; i < contract.services.count && !options->no_code; i++)
        if (!write_code(&run, VEC(&contract.services, struct service, i)))
            return false;
    return true;
}
