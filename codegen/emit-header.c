/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/emit.h"

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
    text_put(text, "\n");
}

static void
emit_completed(struct text *text, const struct c_interface *interface,
               const struct c_operation *op)
{
    struct text_vars vars;
    size_t i;

    emit_vars(&vars, interface, op);
    text_fill(text, &vars,
              "struct $P_$O_completed {\n"
              "    const sbn_error *error; /* NULL: it succeeded */\n"
              "    bool cancelled;\n"
              "    void *user_state;\n");
    if (op->out_headers.count > 0)
        text_put(text, "    const sbn_call *call; /* for the reply's headers "
                       "*/\n");
    if (emit_has_results(op))
        text_put(text, "    /* only when error is NULL and not cancelled */\n");
    for (i = 0; op->out.type != NULL && i < op->out.type->fields.count; i++) {
        const struct c_field *field =
            VEC(&op->out.type->fields, struct c_field, i);

        text_printf(text, "    %s;\n",
                    declare_c(field_param_type(field), field->member));
        if (field->count != NULL)
            text_printf(text, "    size_t %s;\n", field->count);
    }
    text_put(text, "};\n\n");
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
        text_fill(text, &vars,
                  "    void (*$O_completed)($P_client *sender,\n"
                  "        const struct $P_$O_completed *e, void *data);\n");
    }
    if (interface->operations.count == 0)
        text_put(text, "    char unused; /* there are no operations */\n");
    text_put(text, "};\n\n");
}

static void
emit_service(struct text *text, const struct c_interface *interface)
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
        struct vec sync = {NULL, 0, 0}, begin = {NULL, 0, 0};
        struct vec end = {NULL, 0, 0};

        add_arg(&sync, "sbn_request *request");
        emit_params(op, &sync);
        emit_results(op, &sync);
        add_arg(&begin, "sbn_request *request");
        emit_params(op, &begin);
        add_arg(&end, "sbn_request *request");
        emit_results(op, &end);
        if (i > 0)
            text_put(text, "\n");
        text_comment(text, 4, op->doc);
        declare(text, mem_printf("    sbn_status (*%s)(", op->member), &sync);
        declare(text, mem_printf("    sbn_status (*begin_%s)(", op->name),
                &begin);
        declare(text, mem_printf("    sbn_status (*end_%s)(", op->name), &end);
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

static void
emit_one(struct text *text, const struct model *model,
         const struct c_interface *interface)
{
    size_t i;

    text_rule(text, mem_printf("%s, %s", interface->xml.local,
                               interface->xml.ns ? interface->xml.ns : ""));
    text_comment(text, 0, interface->doc);
    text_printf(text, "extern const sbn_contract %s_contract;\n\n",
                interface->prefix);
    if (model->client)
        emit_client_head(text, interface);
    emit_part_declarations(text, model, interface);
    for (i = 0; model->client && i < interface->operations.count; i++) {
        const struct c_operation *op =
            VEC(&interface->operations, struct c_operation, i);

        text_rule(text, op->xml);
        text_comment(text, 0, op->doc);
        emit_client_functions(text, model, interface, op);
        emit_completed(text, interface, op);
    }
    if (model->client) {
        text_rule(text, "Events");
        emit_events(text, interface);
    }
    if (model->server) {
        text_rule(text, "Service");
        emit_service(text, interface);
    }
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
                   "#include <sebon.h>\n\n"
                   "SBN_BEGIN_DECLS\n\n");
    emit_types(text, model);
    for (i = 0; i < model->interfaces.count; i++)
        emit_one(text, model, VEC(&model->interfaces, struct c_interface, i));
    if (model->interfaces.count == 0)
        text_printf(text, "extern const sbn_contract %s_contract;\n\n",
                    model->prefix);
    text_put(text, "SBN_END_DECLS\n\n#endif\n");
}
