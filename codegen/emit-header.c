/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/emit.h"

#include <string.h>

/* "sbn_status calculator_add(...);" for one of an operation's functions. */
static void
declare(struct text *text, const char *head, const struct vec *args)
{
    text_args(text, head, args, ");");
}

static void
add_arg(struct vec *args, const char *arg)
{
    vec_add(args, (void *)(uintptr_t)arg);
}

static void
emit_client_functions(struct text *text, const struct model *model,
                      const struct c_interface *interface,
                      const struct c_operation *op)
{
    const char *client = mem_printf("%s_client *client", interface->prefix);
    struct vec sync = {NULL, 0, 0}, begin = {NULL, 0, 0}, end = {NULL, 0, 0};
    struct vec async = {NULL, 0, 0};

    add_arg(&sync, client);
    add_arg(&sync, "sbn_call *call");
    emit_params(op, &sync);
    emit_results(op, &sync);
    add_arg(&begin, client);
    add_arg(&begin, "sbn_call *call");
    emit_params(op, &begin);
    add_arg(&begin, "sbn_call_fn *done");
    add_arg(&begin, "void *state");
    add_arg(&end, "sbn_call *call");
    emit_results(op, &end);
    add_arg(&async, client);
    emit_params(op, &async);
    add_arg(&async, "void *user_state");
    if (model->sync)
        declare(text,
                mem_printf("sbn_status %s_%s(", interface->prefix, op->name),
                &sync);
    declare(text,
            mem_printf("sbn_status %s_begin_%s(", interface->prefix, op->name),
            &begin);
    declare(text,
            mem_printf("sbn_status %s_end_%s(", interface->prefix, op->name),
            &end);
    declare(text,
            mem_printf("sbn_status %s_%s_async(", interface->prefix, op->name),
            &async);
}

static void
emit_client_head(struct text *text, const struct c_interface *interface)
{
    struct text_vars vars;

    emit_vars(&vars, interface, NULL);
    text_fill(text, &vars,
              "typedef struct $P_client $P_client;\n"
              "struct $P_events;\n\n");
    if (interface->url != NULL)
        text_comment(text, 0,
                     interface->url12 == NULL
                         ? mem_printf("url NULL: %s", interface->url)
                         : mem_printf("url NULL: %s, with SOAP 1.2 %s",
                                      interface->url, interface->url12));
    else
        text_comment(text, 0, "url has no default.");
    text_fill(
        text, &vars,
        "sbn_status $P_client_new(sbn_runtime *runtime, const char *url,\n"
        "    const sbn_client_options *options, $P_client **ret_client);\n"
        "void $P_client_free($P_client *client);\n"
        "/* The same client, for the functions all services share. */\n"
        "sbn_client *$P_client_base($P_client *client);\n"
        "/* Completed events go to the members of events that are not NULL. "
        "*/\n"
        "sbn_status $P_client_listen($P_client *client,\n"
        "    const struct $P_events *events, void *data);\n\n");
}

static void
emit_events(struct text *text, const struct c_interface *interface)
{
    struct text_vars vars;
    size_t i;

    emit_vars(&vars, interface, NULL);
    text_fill(text, &vars, "struct $P_events {\n");
    for (i = 0; i < interface->operations.count; i++) {
        emit_vars(&vars, interface,
                  VEC(&interface->operations, struct c_operation, i));
        text_fill(text, &vars, "    SBN_EVENT($P, $O);\n");
    }
    if (interface->operations.count == 0)
        text_put(text, "    char unused; /* there are no operations */\n");
    text_put(text, "};\n\n");
}

static void
emit_service(struct text *text, const struct model *model,
             const struct c_interface *interface)
{
    struct text_vars vars;
    size_t i;

    emit_vars(&vars, interface, NULL);
    text_put(text, "/* Of each operation give the synchronous function, or "
                   "begin with end, or all\n"
                   " * three (then the synchronous one runs). */\n");
    text_fill(text, &vars, "struct $P_service {\n");
    for (i = 0; i < interface->operations.count; i++) {
        const struct c_operation *op =
            VEC(&interface->operations, struct c_operation, i);
        struct vec args = {NULL, 0, 0};
        bool as = strcmp(op->member, op->name) != 0;

        if (!model->client)
            text_comment(text, 4, text_brief(op->doc, EMIT_DOC));
        add_arg(&args, op->member);
        if (as)
            add_arg(&args, op->name);
        emit_group(&args, "SBN_IN", op, emit_params);
        emit_group(&args, "SBN_OUT", op, emit_results);
        declare(text, as ? "    SBN_OPERATION_AS(" : "    SBN_OPERATION(",
                &args);
    }
    if (interface->operations.count == 0)
        text_put(text, "    char unused; /* there are no operations */\n");
    text_fill(
        text, &vars,
        "};\n"
        "sbn_status $P_service_bind(sbn_server *server, const char *path,\n"
        "    const struct $P_service *service,\n"
        "    const sbn_service_options *options);\n\n");
}

/* Its functions and what its event tells. */
static void
emit_operation(struct text *text, const struct model *model,
               const struct c_interface *interface,
               const struct c_operation *op)
{
    const char *doc = text_brief(op->doc, EMIT_DOC);

    if (doc != NULL || strcmp(name_snake(op->xml), op->name) != 0)
        text_comment(text, 0,
                     doc == NULL ? op->xml
                                 : mem_printf("%s: %s", op->xml, doc));
    emit_client_functions(text, model, interface, op);
    emit_completed(text, interface, op);
    text_put(text, "\n");
}

static void
emit_one(struct text *text, const struct model *model,
         const struct c_interface *interface)
{
    size_t i;

    text_rule(text, mem_printf("%s, %s", interface->xml.local,
                               interface->xml.ns ? interface->xml.ns : ""));
    text_comment(text, 0, text_brief(interface->doc, EMIT_DOC));
    text_printf(text, "extern const sbn_contract %s;\n\n",
                emit_contract_name(model, interface));
    if (model->client)
        emit_client_head(text, interface);
    emit_part_declarations(text, model, interface);
    for (i = 0; model->client && i < interface->operations.count; i++)
        emit_operation(text, model, interface,
                       VEC(&interface->operations, struct c_operation, i));
    if (model->client)
        emit_events(text, interface);
    if (model->server)
        emit_service(text, model, interface);
}

void
emit_header(struct text *text, const struct model *model)
{
    const char *guard = mem_printf("%s_H", name_upper(model->file));
    size_t i;

    emit_banner(text, model);
    text_printf(text, "#ifndef %s\n#define %s\n\n", guard, guard);
    text_put(text, "#include <stdbool.h>\n"
                   "#include <stddef.h>\n"
                   "#include <stdint.h>\n\n"
                   "#include <sebon.h>\n\n");
    if (model->types_file != NULL)
        text_printf(text, "#include \"%s.h\"\n\n", model->types_file);
    text_put(text, "SBN_BEGIN_DECLS\n\n");
    if (model->types_file == NULL)
        emit_types(text, model);
    for (i = 0; model->part != PART_TYPES && i < model->interfaces.count; i++)
        emit_one(text, model, VEC(&model->interfaces, struct c_interface, i));
    if (model->interfaces.count == 0)
        text_printf(text, "extern const sbn_contract %s_contract;\n\n",
                    model->prefix);
    text_put(text, "SBN_END_DECLS\n\n#endif\n");
}
