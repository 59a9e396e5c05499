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
    if (diag_errors() == 0) {
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
    model->no_metadata = options->no_metadata;
    model->sync = options->sync;
    model->client = options->client;
    model->server = options->server;
    if (!options->client && !options->server && !options->types)
        model->client = model->server = true;
    model->types = !model->client && !model->server;
}

/* ---- Writing ------------------------------------------------------------- */

static bool
write_all(const struct run *run)
{
    const struct model *model = &run->model;
    const char *folder = run->options->out ? run->options->out : ".";
    struct text header = {NULL, 0, 0, 80}, source = {NULL, 0, 0, 100};
    struct text rule = {NULL, 0, 0, 0}, names = {NULL, 0, 0, 0};
    struct output outputs[4];
    size_t count = 2;

    emit_header(&header, model);
    emit_source(&source, model);
    if (!output_make_folder(folder))
        return false;
    outputs[0].path = mem_printf("%s/%s.h", folder, model->file);
    outputs[0].text = &header;
    outputs[1].path = mem_printf("%s/%s.c", folder, model->file);
    outputs[1].text = &source;
    if (run->options->depfile != NULL) {
        depfile_fill(&rule, outputs, count, &run->documents, &run->read);
        outputs[count].path = run->options->depfile;
        outputs[count++].text = &rule;
    }
    if (run->options->names != NULL && !document_exists(run->options->names)) {
        namemap_fill(&names);
        outputs[count].path = run->options->names;
        outputs[count++].text = &names;
    }
    return output_write(outputs, count);
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
    struct prune prune;

    if (options->operations.count > 0 &&
        !prune_operations(&run->wsdl, &options->operations, run->first, &prune))
        return;
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
        prune_tell(&run->wsdl, &prune, run->first);
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
