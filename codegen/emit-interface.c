/* SPDX-License-Identifier: Apache-2.0 */
/* What the source file has for one interface: for each operation the structs
 * and tables of its messages, what the runtime calls, and what the user calls.
 */
#include "codegen/emit.h"

#include <string.h>

static void
add_arg(struct vec *args, const char *arg)
{
    vec_add(args, (void *)(uintptr_t)arg);
}

/* ---- Messages ------------------------------------------------------------ */

/* On one line where it fits. */
static void
emit_message_struct(struct text *text, const struct c_type *type)
{
    const char *line = mem_printf("struct %s {", type->tag);
    size_t i;

    for (i = 0; i < type->fields.count; i++) {
        const struct c_field *field = VEC(&type->fields, struct c_field, i);

        line = mem_printf("%s %s;", line,
                          declare_c(field_param_type(field), field->member));
        if (field->count != NULL)
            line = mem_printf("%s size_t %s;", line, field->count);
    }
    /* behind what programs give and take */
    for (i = 0; i < type->fields.count; i++) {
        const struct c_field *field = VEC(&type->fields, struct c_field, i);

        if (field->nil != NULL)
            line = mem_printf("%s bool %s;", line, field->nil);
    }
    if (type->fields.count == 0)
        line = mem_printf("%s char unused;", line);
    for (; strlen(line) + 3 > text->width; line++) {
        size_t size = text->width - 4;

        while (size > 0 && line[size - 1] != ';')
            size--;
        if (size == 0)
            break;
        text_putn(text, line, size);
        text_put(text, "\n   ");
        line += size - 1;
    }
    text_printf(text, "%s };\n", line);
}

void
emit_message(struct text *text, const struct model *model,
             const struct c_message *message)
{
    const struct c_type *type = message->type;
    const struct c_field *element = message->element;

    if (element == NULL)
        return;
    emit_message_struct(text, type);
    if (message->several) {
        emit_fields(text, model, type);
        text_printf(text, "SBN_SEVERAL(%s);\n\n", type->local);
    } else if (message->wrapped) {
        if (type->fields.count > 0)
            emit_fields(text, model, type);
        text_printf(text, "%s(%s, %u, %s);\n\n",
                    type->fields.count > 0 ? "SBN_WRAPPER"
                                           : "SBN_EMPTY_WRAPPER",
                    type->local, element->ns, text_quoted(element->xml.local));
    } else {
        text_printf(text, "static const sbn_field %s_element =\n", type->local);
        emit_field_entry(text, model, type, element);
        text_put(text, ";\n\n");
    }
}

/* ---- What the runtime calls ---------------------------------------------- */

/* in->a, in->b or &out->a, &out->b */
static void
add_member_args(const struct c_type *type, const char *form, struct vec *args)
{
    size_t i;

    for (i = 0; type != NULL && i < type->fields.count; i++) {
        const struct c_field *field = VEC(&type->fields, struct c_field, i);

        add_arg(args, mem_printf("%s%s", form, field->member));
        if (field->count != NULL)
            add_arg(args, mem_printf("%s%s", form, field->count));
    }
}

static void
emit_completed(struct text *text, const struct c_interface *interface,
               const struct c_operation *op)
{
    struct vec values = {NULL, 0, 0};
    struct text_vars vars;

    emit_vars(&vars, interface, op);
    text_fill(text, &vars,
              "static void $L$O_completed(const struct sbn_completion *c)\n"
              "{\n");
    if (emit_has_results(op))
        text_fill(text, &vars, "    static struct $L$O_out none;\n");
    text_fill(text, &vars,
              "    const struct $P_events *events = (const struct $P_events "
              "*)c->events;\n");
    if (emit_has_results(op))
        text_fill(text, &vars,
                  "    const struct $L$O_out *out = c->out ? (const struct "
                  "$L$O_out *)c->out : &none;\n");
    add_arg(&values, "c->error");
    add_arg(&values, "c->cancelled");
    add_arg(&values, "c->user_state");
    if (op->out_headers.count > 0)
        add_arg(&values, "c->call");
    add_member_args(op->out.type, "out->", &values);
    text_args(text,
              mem_printf("    const struct %s_%s_completed e = {",
                         interface->prefix, op->name),
              &values, "};");
    text_fill(text, &vars,
              "\n    if (events->$O_completed != NULL)\n"
              "        events->$O_completed(($P_client *)c->sender, &e, "
              "c->data);\n"
              "}\n\n");
}

/* form: "" or "_BEGIN" or "_END" behind SBN_INVOKE; member: the one of the
 * service struct */
static void
emit_invoke(struct text *text, const struct c_interface *interface,
            const struct c_operation *op, const char *form, const char *member,
            bool takes, bool gives)
{
    struct vec args = {NULL, 0, 0}, call = {NULL, 0, 0};
    struct text inner = {NULL, 0, 0, SIZE_MAX};

    add_arg(&call, "request");
    if (takes)
        add_member_args(op->in.type, "in->", &call);
    if (gives)
        add_member_args(op->out.type, "&out->", &call);
    text_args(&inner, mem_printf("%s(", member), &call, ")");
    add_arg(&args, mem_printf("%s_service", interface->prefix));
    add_arg(&args, mem_printf("%s%s", interface->local, op->name));
    if (takes)
        add_arg(&args, op->in.type ? op->in.type->tag : "sbn_nothing");
    if (gives)
        add_arg(&args, op->out.type ? op->out.type->tag : "sbn_nothing");
    if (inner.size + 4 <= text->width) {
        add_arg(&args, mem_strn(inner.data, inner.size - 1));
        text_args(text, mem_printf("SBN_INVOKE%s(", form), &args, ")");
        return;
    }
    text_args(text, mem_printf("SBN_INVOKE%s(", form), &args, ",");
    text_args(text, mem_printf("    %s(", member), &call, "))");
}

/* ---- What the user calls ------------------------------------------------- */

/* "const struct add_in in = {n1, n2};" */
static void
emit_in(struct text *text, const struct c_interface *interface,
        const struct c_operation *op)
{
    struct vec values = {NULL, 0, 0};
    size_t i;

    if (op->in.element == NULL)
        return;
    add_member_args(op->in.type, "", &values);
    for (i = 0; i < op->in.type->fields.count; i++)
        if (VEC(&op->in.type->fields, struct c_field, i)->nil != NULL)
            add_arg(&values, "false");
    if (values.count == 0)
        add_arg(&values, "0");
    text_args(text,
              mem_printf("    const struct %s%s_in in = {", interface->local,
                         op->name),
              &values, "};");
}

static const char *
in_arg(const struct c_operation *op)
{
    return op->in.element == NULL ? "NULL" : "&in";
}

static const char *
op_arg(const struct c_interface *interface, const struct c_operation *op)
{
    return mem_printf("&%soperations[%s]", interface->local, op->index);
}

static void
open_function(struct text *text, const struct c_interface *interface,
              const char *before, const struct c_operation *op,
              const char *after, const struct vec *params)
{
    text_args(text,
              mem_printf("sbn_status %s_%s%s%s(", interface->prefix, before,
                         op->name, after),
              params, ")");
    text_put(text, "{\n");
}

static void
emit_take_one(struct text *text, const struct c_interface *interface,
              const struct c_operation *op, const char *member)
{
    text_printf(text,
                "        *ret_%s = ((const struct %s%s_out *)reply)->%s;\n",
                member, interface->local, op->name, member);
}

/* status = call(args), and the results when it is SBN_OK. */
static void
emit_take_results(struct text *text, const struct c_interface *interface,
                  const struct c_operation *op, const char *call,
                  struct vec *args)
{
    const struct c_type *out = op->out.type;
    bool one;
    size_t i;

    if (!emit_has_results(op)) {
        add_arg(args, "NULL");
        text_args(text, mem_printf("    return %s(", call), args, ");");
        text_put(text, "}\n\n");
        return;
    }
    add_arg(args, "&reply");
    text_put(text, "    const void *reply;\n");
    text_args(text, mem_printf("    sbn_status status = %s(", call), args,
              ");");
    one = out->fields.count == 1 &&
          VEC(&out->fields, struct c_field, 0)->count == NULL;
    text_printf(text, "\n    if (status == SBN_OK)%s\n", one ? "" : " {");
    for (i = 0; i < out->fields.count; i++) {
        const struct c_field *field = VEC(&out->fields, struct c_field, i);

        emit_take_one(text, interface, op, field->member);
        if (field->count != NULL)
            emit_take_one(text, interface, op, field->count);
    }
    text_printf(text, "%s    return status;\n}\n\n", one ? "" : "    }\n");
}

static void
emit_sync(struct text *text, const struct c_interface *interface,
          const struct c_operation *op)
{
    struct vec params = {NULL, 0, 0}, args = {NULL, 0, 0};

    add_arg(&params, mem_printf("%s_client *client", interface->prefix));
    add_arg(&params, "sbn_call *call");
    emit_params(op, &params);
    emit_results(op, &params);
    open_function(text, interface, "", op, "", &params);
    emit_in(text, interface, op);
    if (op->in.element != NULL && !emit_has_results(op))
        text_put(text, "\n");
    add_arg(&args, "(sbn_client *)client");
    add_arg(&args, "call");
    add_arg(&args, op_arg(interface, op));
    add_arg(&args, in_arg(op));
    emit_take_results(text, interface, op, "sbn_call_sync", &args);
}

static void
emit_begin(struct text *text, const struct c_interface *interface,
           const struct c_operation *op)
{
    struct vec params = {NULL, 0, 0}, args = {NULL, 0, 0};

    add_arg(&params, mem_printf("%s_client *client", interface->prefix));
    add_arg(&params, "sbn_call *call");
    emit_params(op, &params);
    add_arg(&params, "sbn_call_fn *done");
    add_arg(&params, "void *state");
    open_function(text, interface, "begin_", op, "", &params);
    emit_in(text, interface, op);
    if (op->in.element != NULL)
        text_put(text, "\n");
    add_arg(&args, "(sbn_client *)client");
    add_arg(&args, "call");
    add_arg(&args, op_arg(interface, op));
    add_arg(&args, in_arg(op));
    add_arg(&args, "done");
    add_arg(&args, "state");
    text_args(text, "    return sbn_call_begin(", &args, ");");
    text_put(text, "}\n\n");
}

static void
emit_end(struct text *text, const struct c_interface *interface,
         const struct c_operation *op)
{
    struct vec params = {NULL, 0, 0}, args = {NULL, 0, 0};

    add_arg(&params, "sbn_call *call");
    emit_results(op, &params);
    open_function(text, interface, "end_", op, "", &params);
    add_arg(&args, "call");
    add_arg(&args, op_arg(interface, op));
    emit_take_results(text, interface, op, "sbn_call_end", &args);
}

static void
emit_async(struct text *text, const struct c_interface *interface,
           const struct c_operation *op)
{
    struct vec params = {NULL, 0, 0}, args = {NULL, 0, 0};

    add_arg(&params, mem_printf("%s_client *client", interface->prefix));
    emit_params(op, &params);
    add_arg(&params, "void *user_state");
    open_function(text, interface, "", op, "_async", &params);
    emit_in(text, interface, op);
    if (op->in.element != NULL)
        text_put(text, "\n");
    add_arg(&args, "(sbn_client *)client");
    add_arg(&args, op_arg(interface, op));
    add_arg(&args, in_arg(op));
    add_arg(&args, "user_state");
    text_args(text, "    return sbn_call_async(", &args, ");");
    text_put(text, "}\n\n");
}

/* ---- The contract -------------------------------------------------------- */

/* What SBN_IN_OUT and its kin give. */
static const char *
bodies(const struct c_operation *op)
{
    const char *in = op->in.element ? op->in.type->local : NULL;
    const char *out = op->out.element ? op->out.type->local : NULL;

    if (in != NULL && out != NULL)
        return mem_printf("SBN_IN_OUT(%s, %s)", in, out);
    if (in != NULL)
        return mem_printf("SBN_IN_ONLY(%s)", in);
    if (out != NULL)
        return mem_printf("SBN_OUT_ONLY(%s)", out);
    return "SBN_NO_BODY";
}

static const char *
operation_flags(const struct c_operation *op)
{
    struct text flags = {NULL, 0, 0, SIZE_MAX};

    if (op->one_way)
        text_put(&flags, "SBN_OP_ONE_WAY");
    if (op->encoded_in)
        text_printf(&flags, "%sSBN_OP_ENCODED_IN", flags.size ? " | " : "");
    if (op->encoded_out)
        text_printf(&flags, "%sSBN_OP_ENCODED_OUT", flags.size ? " | " : "");
    return flags.size == 0 ? "0" : flags.data;
}

/* SBN_SOAP_ */
static const char *
versions(const struct c_interface *interface)
{
    static const char *const names[] = {"SBN_SOAP_11", "SBN_SOAP_11",
                                        "SBN_SOAP_12",
                                        "SBN_SOAP_11 | SBN_SOAP_12"};

    return names[interface->soap & 3];
}

static void
emit_operation_entry(struct text *text, const struct model *model,
                     const struct c_interface *interface,
                     const struct c_operation *op)
{
    struct vec args = {NULL, 0, 0};

    add_arg(&args, text_quoted(op->xml));
    add_arg(&args, text_quoted(op->action));
    add_arg(&args, operation_flags(op));
    add_arg(&args, bodies(op));
    add_arg(&args, model->client ? mem_printf("%s%s_completed",
                                              interface->local, op->name)
                                 : "NULL");
    add_arg(&args, model->server
                       ? mem_printf("SBN_INVOKES(%s_service, %s, %s, %s%s)",
                                    interface->prefix, op->member, op->name,
                                    interface->local, op->name)
                       : "SBN_NO_INVOKES");
    add_arg(&args, op->extras != NULL ? mem_printf("&%s", op->extras) : "NULL");
    text_args(text, "    {", &args, "},");
}

static void
emit_contract(struct text *text, const struct model *model,
              const struct c_interface *interface)
{
    size_t count = interface->operations.count, i;
    struct text_vars vars;

    emit_vars(&vars, interface, NULL);
    emit_docs(text, model, interface);
    for (i = 0; i < count; i++)
        emit_extras(text, VEC(&interface->operations, struct c_operation, i));
    if (count > 0) {
        text_fill(text, &vars,
                  "static const sbn_operation $Loperations[] = {\n");
        for (i = 0; i < count; i++)
            emit_operation_entry(
                text, model, interface,
                VEC(&interface->operations, struct c_operation, i));
        text_put(text, "};\n\n");
    }
    text_printf(text,
                "const sbn_contract %s_contract = {\n"
                "    SBN_ABI, %s, %s,\n"
                "    namespaces, %zu, %zu, %s%s, %s, %s, %s,\n};\n\n",
                interface->prefix, text_quoted(interface->xml.local),
                text_quoted(interface->xml.ns ? interface->xml.ns : ""),
                model->namespaces.count, count,
                count > 0 ? interface->local : "",
                count > 0 ? "operations" : "NULL", emit_known_types(model),
                emit_metadata_refs(model, interface), versions(interface));
}

static void
emit_indices(struct text *text, const struct c_interface *interface)
{
    struct vec names = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < interface->operations.count; i++)
        add_arg(&names,
                VEC(&interface->operations, struct c_operation, i)->index);
    if (names.count > 0) {
        text_args(text, "enum { ", &names, " };");
        text_put(text, "\n");
    }
}

static void
emit_client(struct text *text, const struct c_interface *interface)
{
    struct text_vars vars;

    emit_vars(&vars, interface, NULL);
    text_fill(
        text, &vars,
        "sbn_status $P_client_new(sbn_runtime *runtime, const char *url,\n"
        "    const sbn_client_options *options, $P_client **ret_client)\n"
        "{\n"
        "    sbn_client *client;\n"
        "    sbn_status status;\n\n");
    if (interface->url12 != NULL)
        text_printf(text,
                    "    if (url == NULL && options != NULL && "
                    "options->soap == SBN_SOAP_12)\n        url = %s;\n",
                    text_quoted(interface->url12));
    if (interface->url != NULL)
        text_printf(text, "    if (url == NULL)\n        url = %s;\n",
                    text_quoted(interface->url));
    text_fill(
        text, &vars,
        "    status = sbn_client_new(runtime, url, options, &$P_contract, "
        "&client);\n"
        "    if (status == SBN_OK)\n"
        "        *ret_client = ($P_client *)client;\n"
        "    return status;\n"
        "}\n\n"
        "void $P_client_free($P_client *client)\n"
        "{\n"
        "    sbn_client_free((sbn_client *)client);\n"
        "}\n\n"
        "sbn_client *$P_client_base($P_client *client)\n"
        "{\n"
        "    return (sbn_client *)client;\n"
        "}\n\n"
        "sbn_status $P_client_listen($P_client *client,\n"
        "    const struct $P_events *events, void *data)\n"
        "{\n"
        "    return sbn_client_listen((sbn_client *)client, events, data);\n"
        "}\n\n");
}

static void
emit_bind(struct text *text, const struct c_interface *interface)
{
    struct text_vars vars;

    emit_vars(&vars, interface, NULL);
    text_fill(
        text, &vars,
        "sbn_status $P_service_bind(sbn_server *server, const char *path,\n"
        "    const struct $P_service *service,\n"
        "    const sbn_service_options *options)\n"
        "{\n"
        "    return sbn_service_bind(server, path, &$P_contract, "
        "service, options);\n"
        "}\n\n");
}

void
emit_interface(struct text *text, const struct model *model,
               const struct c_interface *interface)
{
    size_t count = interface->operations.count, i;

    text_rule(text, mem_printf("%s: messages and what the library calls",
                               interface->xml.local));
    emit_part_tables(text, model, interface);
    for (i = 0; i < count; i++) {
        const struct c_operation *op =
            VEC(&interface->operations, struct c_operation, i);

        emit_message(text, model, &op->in);
        emit_message(text, model, &op->out);
        if (model->client)
            emit_completed(text, interface, op);
        if (model->server) {
            emit_invoke(text, interface, op, "", op->member, true, true);
            emit_invoke(text, interface, op, "_BEGIN",
                        mem_printf("begin_%s", op->name), true, false);
            emit_invoke(text, interface, op, "_END",
                        mem_printf("end_%s", op->name), false, true);
            text_put(text, "\n");
        }
    }
    if (model->client)
        emit_indices(text, interface);
    emit_contract(text, model, interface);
    text_rule(text, mem_printf("%s: what you call", interface->xml.local));
    if (model->server)
        emit_bind(text, interface);
    if (model->client)
        emit_client(text, interface);
    emit_part_functions(text, model, interface);
    for (i = 0; model->client && i < count; i++) {
        const struct c_operation *op =
            VEC(&interface->operations, struct c_operation, i);

        if (model->sync)
            emit_sync(text, interface, op);
        emit_begin(text, interface, op);
        emit_end(text, interface, op);
        emit_async(text, interface, op);
    }
}
