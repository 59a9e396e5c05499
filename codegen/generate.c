/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/generate.h"

#include <string.h>

#include "codegen/emit.h"
#include "codegen/output.h"

static const char *
base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

static bool
read_all(struct wsdl *wsdl, const struct vec *files)
{
    struct place nowhere = {NULL, 0};
    size_t i;

    for (i = 0; i < files->count; i++) {
        struct document *document =
            document_open(wsdl->documents, VEC(files, const char, i), nowhere);

        if (document != NULL)
            wsdl_read(wsdl, document);
    }
    if (diag_errors() == 0)
        wsdl_resolve(wsdl);
    return diag_errors() == 0;
}

static void
set_options(struct model *model, const struct generate_options *options)
{
    model->prefix = options->prefix;
    model->prefix_given = options->prefix != NULL;
    model->message_contract = options->message_contract;
    model->client = options->client;
    model->server = options->server;
    if (!options->client && !options->server && !options->types)
        model->client = model->server = true;
    model->types = !model->client && !model->server;
}

static bool
write_all(const struct model *model, const char *folder)
{
    struct text header = {NULL, 0, 0, 80}, source = {NULL, 0, 0, 100};
    struct output outputs[2];

    emit_header(&header, model);
    emit_source(&source, model);
    if (folder == NULL)
        folder = ".";
    if (!output_make_folder(folder))
        return false;
    outputs[0].path = mem_printf("%s/%s.h", folder, model->prefix);
    outputs[0].text = &header;
    outputs[1].path = mem_printf("%s/%s.c", folder, model->prefix);
    outputs[1].text = &source;
    return output_write(outputs, 2);
}

/* Something to generate must have come out. */
static void
check_not_empty(const struct model *model, const char *file)
{
    struct place place = {file, 0};

    if (model->interfaces.count == 0 && model->sorted.count == 0)
        diag_error(place, "there is no port type%s in it",
                   model->types ? " and no type" : "");
    else if (model->interfaces.count == 0 && !model->types)
        diag_error(place, "there is no port type in it; --types gives its "
                          "types");
}

bool
generate(const struct vec *files, const struct generate_options *options)
{
    struct documents documents;
    struct model model;
    struct wsdl wsdl;

    memset(&documents, 0, sizeof(documents));
    memset(&model, 0, sizeof(model));
    wsdl_init(&wsdl, &documents);
    model.wsdl = &wsdl;
    model.source = base_name(VEC(files, const char, 0));
    set_options(&model, options);
    if (read_all(&wsdl, files)) {
        model_build(&model);
        check_not_empty(&model, VEC(files, const char, 0));
        if (diag_errors() == 0)
            write_all(&model, options->out);
    }
    documents_close(&documents);
    return diag_errors() == 0;
}
