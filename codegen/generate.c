/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/generate.h"

#include <string.h>

#include "codegen/catalog.h"
#include "codegen/check-rules.h"
#include "codegen/depfile.h"
#include "codegen/emit.h"
#include "codegen/files.h"
#include "codegen/namemap.h"
#include "codegen/output.h"
#include "codegen/prune.h"

/* A run. */
struct run {
    const struct generate_options *options;
    struct documents documents;
    struct catalog catalog;
    struct wsdl wsdl;
    struct model model;
    struct prune pruned;
    const char *first; /* file */
    struct vec read;   /* const char *: files that are no documents */
};

/* ---- Reading ------------------------------------------------------------- */

static void
read_catalog(struct run *run)
{
    if (run->options->catalog == NULL)
        return;
    vec_add(&run->read, mem_str(run->options->catalog));
    if (catalog_read(&run->catalog, run->options->catalog))
        run->documents.catalog = &run->catalog;
}

/* The file that --names gives is followed where it exists, else written. */
static bool
read_names(struct run *run)
{
    const char *path = run->options->names;

    if (path == NULL)
        return true;
    if (!document_exists(path)) {
        namemap_record();
        return true;
    }
    vec_add(&run->read, mem_str(path));
    return namemap_read(path);
}

/* What a file that cannot be parsed declares would all seem to be missing. */
static bool
all_parsed(const struct documents *documents)
{
    size_t i;

    for (i = 0; i < documents->all.count; i++)
        if (VEC(&documents->all, struct document, i)->xml == NULL &&
            !diag_is_lenient())
            return false;
    return documents->all.count > 0;
}

/* --operations; before names are looked up, since what only the others need may
 * be missing. */
static bool
prune(struct run *run)
{
    const struct vec *operations = &run->options->operations;

    if (operations->count == 0)
        return true;
    wsdl_read_wellknown(&run->wsdl);
    return prune_operations(&run->wsdl, operations, run->first, &run->pruned);
}

/* Everything that is wrong is told before anything is given up. */
static bool
read_all(struct run *run, const struct vec *files)
{
    struct place nowhere = {NULL, 0};
    size_t i;

    read_catalog(run);
    for (i = 0; i < files->count; i++) {
        struct document *document =
            document_open(&run->documents, VEC(files, const char, i), nowhere);

        if (document != NULL)
            wsdl_read(&run->wsdl, document);
    }
    if (all_parsed(&run->documents)) {
        if (!prune(run))
            return false;
        wsdl_resolve(&run->wsdl);
        check_rules(&run->wsdl);
    }
    if (run->options->lenient)
        prune_unusable(&run->wsdl);
    return diag_errors() == 0;
}

static void
set_options(struct model *model, const struct generate_options *options)
{
    model->prefix = options->prefix;
    model->prefix_given = options->prefix != NULL;
    model->prefixes = &options->namespaces;
    model->message_contract = options->message_contract;
    model->metadata = options->metadata;
    model->marks = &options->marks;
    model->sync = options->sync;
    model->lenient = options->lenient;
    model->split = options->split;
    model->client = options->client;
    model->server = options->server;
    if (!options->client && !options->server && !options->types)
        model->client = model->server = true;
    model->types = !model->client && !model->server;
}

/* ---- Writing ------------------------------------------------------------- */

/* A header and a source. */
static void
add_pair(struct vec *outputs, const char *folder, const struct model *model)
{
    struct output *header = NEW(struct output), *source = NEW(struct output);
    struct text *text;

    header->path = mem_printf("%s/%s.h", folder, model->file);
    header->text = text = NEW(struct text);
    text->width = 80;
    emit_header(text, model);
    vec_add(outputs, header);
    source->path = mem_printf("%s/%s.c", folder, model->file);
    source->text = text = NEW(struct text);
    text->width = 100;
    emit_source(text, model);
    vec_add(outputs, source);
}

/* One of several pairs. */
static void
add_part(struct vec *outputs, const char *folder, const struct model *model,
         enum model_part part, const char *name)
{
    struct model one = *model;

    one.part = part;
    one.client = part == PART_CLIENT;
    one.server = part == PART_SERVER;
    one.file = mem_printf("%s_%s", model->file, name);
    if (part != PART_TYPES)
        one.types_file = mem_printf("%s_types", model->file);
    add_pair(outputs, folder, &one);
}

static void
add_sources(struct vec *outputs, const char *folder, const struct model *model)
{
    if (!model->split || model->types) {
        add_pair(outputs, folder, model);
        return;
    }
    add_part(outputs, folder, model, PART_TYPES, "types");
    if (model->client)
        add_part(outputs, folder, model, PART_CLIENT, "client");
    if (model->server)
        add_part(outputs, folder, model, PART_SERVER, "server");
}

static void
add_text(struct vec *outputs, const char *path, struct text *text)
{
    struct output *output = NEW(struct output);

    output->path = path;
    output->text = text;
    vec_add(outputs, output);
}

static bool
write_outputs(const struct vec *outputs)
{
    struct output *all =
        (struct output *)mem_new((outputs->count + 1) * sizeof(*all));
    size_t i;

    for (i = 0; i < outputs->count; i++)
        all[i] = *VEC(outputs, struct output, i);
    return output_write(all, outputs->count);
}

static bool
write_all(const struct run *run)
{
    const struct generate_options *options = run->options;
    const char *folder = options->out ? options->out : ".";
    struct vec outputs = {NULL, 0, 0};
    struct text *text;

    add_sources(&outputs, folder, &run->model);
    if (!output_make_folder(folder))
        return false;
    if (options->depfile != NULL) {
        text = NEW(struct text);
        depfile_fill(text, &outputs, &run->documents, &run->read);
        add_text(&outputs, options->depfile, text);
    }
    if (options->names != NULL && !document_exists(options->names)) {
        text = NEW(struct text);
        namemap_fill(text);
        add_text(&outputs, options->names, text);
    }
    return write_outputs(&outputs);
}

/* Whether there are operations that the service begins. */
static bool
has_notifications(const struct wsdl *wsdl)
{
    size_t i, k;

    for (i = 0; i < wsdl->port_types.count; i++) {
        const struct wsdl_port_type *type =
            VEC(&wsdl->port_types, struct wsdl_port_type, i);

        for (k = 0; k < type->operations.count; k++)
            if (VEC(&type->operations, struct wsdl_operation, k)->output_first)
                return true;
    }
    return false;
}

/* Something to generate must have come out. */
static void
check_not_empty(const struct model *model, const char *file)
{
    struct place place = {file, 0};
    size_t operations = 0, i;

    if (model->interfaces.count == 0 && model->sorted.count == 0)
        diag_error(place, "there is no port type%s in it",
                   model->types ? " and no type" : "");
    else if (model->interfaces.count == 0 && !model->types)
        diag_error(place, "there is no port type in it; --types gives its "
                          "types");
    for (i = 0; i < model->interfaces.count; i++)
        operations +=
            VEC(&model->interfaces, struct c_interface, i)->operations.count;
    if (model->interfaces.count > 0 && operations == 0 &&
        has_notifications(model->wsdl))
        diag_error(place, "the service begins all operations of it");
}

/* Without any port type, when that is no error, the types are what is left. */
static void
fall_back(struct run *run)
{
    struct place place = {run->first, 0};
    struct model *model = &run->model;

    if (!run->options->lenient || run->wsdl.port_types.count > 0 ||
        model->types)
        return;
    diag_warning(place, "there is no port type in it; its types are all that "
                        "is generated");
    model->client = model->server = false;
    model->types = true;
    if (model->prefix == NULL && run->wsdl.bindings.count > 0)
        model->prefix = name_prefix(
            VEC(&run->wsdl.bindings, struct wsdl_binding, 0)->name.local);
}

static void
build_and_write(struct run *run)
{
    const struct generate_options *options = run->options;

    fall_back(run);
    if (!read_names(run))
        return;
    model_build(&run->model);
    run->model.file = options->file != NULL ? options->file : run->model.prefix;
    if (!options->lenient)
        check_not_empty(&run->model, run->first);
    if (diag_errors() > 0 || !write_all(run))
        return;
    if (options->operations.count > 0)
        prune_tell(&run->wsdl, &run->pruned, run->first);
}

bool
generate(const struct vec *files, const struct generate_options *options)
{
    struct run run;

    memset(&run, 0, sizeof(run));
    run.options = options;
    run.first = VEC(files, const char, 0);
    namemap_reset();
    diag_be_lenient(options->lenient);
    wsdl_init(&run.wsdl, &run.documents);
    run.model.wsdl = &run.wsdl;
    run.model.source = file_base_name(run.first);
    set_options(&run.model, options);
    if (read_all(&run, files))
        build_and_write(&run);
    documents_close(&run.documents);
    return diag_errors() == 0;
}
