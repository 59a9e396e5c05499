/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/check.h"

#include <stdio.h>
#include <string.h>

#include "codegen/catalog.h"
#include "codegen/check-rules.h"
#include "codegen/check-unusual.h"
#include "codegen/model.h"
#include "codegen/prune.h"

enum { WIDTH = 78, MAX_LINES = 8 };

/* ---- Printing ------------------------------------------------------------ */

static void
print_place(struct place place)
{
    if (place.file == NULL)
        return;
    if (place.line == 0)
        printf("%s: ", place.file);
    else
        printf("%s:%u: ", place.file, place.line);
}

/* Names one after the other, in lines; the rest is counted unless all. */
static void
print_words(const struct vec *words, bool all)
{
    size_t column = 0, lines = 1, i;

    printf("   ");
    for (i = 0; i < words->count; i++) {
        const char *word = VEC(words, const char, i);

        if (column > 0 && column + strlen(word) + 4 > WIDTH) {
            if (!all && ++lines > MAX_LINES) {
                printf(" ... and %zu more", words->count - i);
                break;
            }
            printf("\n   ");
            column = 0;
        }
        printf(" %s", word);
        column += strlen(word) + 1;
    }
    putchar('\n');
}

/* ---- Services ------------------------------------------------------------ */

static const char *
transport_name(enum wsdl_transport transport)
{
    static const char *const names[] = {"SOAP 1.1", "SOAP 1.2", "no SOAP"};

    return names[transport];
}

static bool
is_encoded(const struct wsdl_binding *binding)
{
    size_t i;

    for (i = 0; i < binding->operations.count; i++)
        if (VEC(&binding->operations, struct wsdl_binding_operation, i)
                ->input.encoded)
            return true;
    return false;
}

static const char *
style_name(const struct wsdl_binding *binding)
{
    if (binding->transport == WSDL_OTHER)
        return "left out";
    return mem_printf("%s/%s", binding->rpc ? "rpc" : "document",
                      is_encoded(binding) ? "encoded" : "literal");
}

static void
print_services(const struct wsdl *wsdl)
{
    size_t i, k;

    for (i = 0; i < wsdl->services.count; i++) {
        const struct wsdl_service *service =
            VEC(&wsdl->services, struct wsdl_service, i);

        printf("service %s\n", service->name);
        for (k = 0; k < service->ports.count; k++) {
            const struct wsdl_port *port =
                VEC(&service->ports, struct wsdl_port, k);

            printf("    port %s: %s\n", port->name,
                   port->address ? port->address : "no address");
            if (port->binding != NULL)
                printf("        binding %s: %s, %s, port type %s\n",
                       port->binding->name.local,
                       transport_name(port->binding->transport),
                       style_name(port->binding),
                       port->binding->type_name.local
                           ? port->binding->type_name.local
                           : "missing");
        }
    }
}

static void
print_port_types(const struct wsdl *wsdl, bool all)
{
    size_t i, k;

    for (i = 0; i < wsdl->port_types.count; i++) {
        const struct wsdl_port_type *type =
            VEC(&wsdl->port_types, struct wsdl_port_type, i);
        struct vec names = {NULL, 0, 0};

        for (k = 0; k < type->operations.count; k++)
            vec_add(
                &names,
                mem_str(
                    VEC(&type->operations, struct wsdl_operation, k)->name));
        printf("port type %s: %zu operation%s\n", type->name.local, names.count,
               names.count == 1 ? "" : "s");
        if (names.count > 0)
            print_words(&names, all);
    }
}

static void
print_sizes(const struct wsdl *wsdl)
{
    const struct vec *all = &wsdl->schemas.components;
    size_t files = 0, complex = 0, simple = 0, i;

    for (i = 0; i < wsdl->documents->all.count; i++)
        files += !VEC(&wsdl->documents->all, struct document, i)->wellknown;
    for (i = 0; i < all->count; i++) {
        const struct xs_component *component = VEC(all, struct xs_component, i);

        if (component->space != XS_TYPE)
            continue;
        if (((const struct xs_type *)(const void *)component)->is_complex)
            complex++;
        else
            simple++;
    }
    printf("%zu file%s, %zu complex and %zu simple types\n", files,
           files == 1 ? "" : "s", complex, simple);
}

static void
print_unusual(const struct wsdl *wsdl)
{
    struct vec found = {NULL, 0, 0};
    size_t i;

    check_unusual(wsdl, &found);
    if (found.count > 0)
        puts("unusual:");
    for (i = 0; i < found.count; i++) {
        const struct unusual *unusual = VEC(&found, struct unusual, i);

        printf("    ");
        print_place(unusual->first);
        printf("%s", unusual->what);
        if (unusual->count > 1)
            printf(", %zu in all", unusual->count);
        if (unusual->how != NULL)
            printf(" (%s)", unusual->how);
        putchar('\n');
    }
}

/* ---- What was said ------------------------------------------------------- */

static size_t
count_lines(const struct vec *lines, enum diag_kind first, enum diag_kind last)
{
    size_t count = 0, i;

    for (i = 0; i < lines->count; i++) {
        enum diag_kind kind = VEC(lines, struct diag_line, i)->kind;

        count += kind >= first && kind <= last;
    }
    return count;
}

static void
print_lines(const struct vec *lines, enum diag_kind first, enum diag_kind last,
            const char *title, bool all)
{
    size_t shown = 0, count = count_lines(lines, first, last), i;

    if (count > 0)
        printf("%s:\n", title);
    for (i = 0; i < lines->count; i++) {
        const struct diag_line *line = VEC(lines, struct diag_line, i);

        if (line->kind < first || line->kind > last)
            continue;
        if (!all && shown == 2 * MAX_LINES) {
            printf("    ... and %zu more\n", count - shown);
            break;
        }
        printf("    ");
        print_place(line->place);
        puts(line->text);
        shown++;
    }
}

static bool
print_verdict(const struct vec *lines)
{
    size_t errors = count_lines(lines, DIAG_ERROR, DIAG_ERROR);
    size_t problems = count_lines(lines, DIAG_PROBLEM, DIAG_PROBLEM);

    if (errors > 0)
        puts("nothing can be generated");
    else if (problems > 0)
        puts("only generate --lenient goes on");
    else
        puts(lines->count > 0 ? "all else is generated"
                              : "all of it is generated");
    return errors + problems == 0;
}

/* ---- The command --------------------------------------------------------- */

/* For what it has to say. */
static void
build_model(struct wsdl *wsdl)
{
    struct model model;

    memset(&model, 0, sizeof(model));
    model.wsdl = wsdl;
    model.client = model.server = model.sync = true;
    if (wsdl->port_types.count == 0) {
        model.client = model.server = false;
        model.types = true;
    }
    model_build(&model);
}

static void
read_files(struct wsdl *wsdl, const struct vec *files)
{
    struct place nowhere = {NULL, 0};
    size_t i;

    for (i = 0; i < files->count; i++) {
        struct document *document =
            document_open(wsdl->documents, VEC(files, const char, i), nowhere);

        if (document != NULL)
            wsdl_read(wsdl, document);
    }
    if (diag_errors() > 0)
        return;
    wsdl_resolve(wsdl);
    check_rules(wsdl);
}

bool
check(const struct vec *files, const struct check_options *options)
{
    struct documents documents;
    struct catalog catalog;
    struct vec lines = {NULL, 0, 0};
    struct wsdl wsdl;
    bool good;

    memset(&documents, 0, sizeof(documents));
    memset(&catalog, 0, sizeof(catalog));
    diag_collect(&lines);
    if (options->catalog != NULL && catalog_read(&catalog, options->catalog))
        documents.catalog = &catalog;
    wsdl_init(&wsdl, &documents);
    read_files(&wsdl, files);
    print_services(&wsdl);
    print_port_types(&wsdl, options->all);
    print_sizes(&wsdl);
    print_unusual(&wsdl);
    prune_unusable(&wsdl);
    if (diag_errors() == 0)
        build_model(&wsdl);
    print_lines(&lines, DIAG_ERROR, DIAG_PROBLEM, "missing or wrong",
                options->all);
    print_lines(&lines, DIAG_WARNING, DIAG_WARNING,
                "left out, assumed or kept as XML", options->all);
    good = print_verdict(&lines);
    documents_close(&documents);
    return good;
}
