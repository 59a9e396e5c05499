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

/* tag: of the struct that holds the message. */
void
emit_message(struct text *text, const struct model *model,
             const struct c_message *message, bool is_request)
{
    const struct c_type *type = message->type;
    const struct c_field *element = message->element;

    if (element == NULL)
        return;
    if (message->wrapped && type->fields.count == 0) {
        text_printf(text, "%s(%s, %u, %s);\n",
                    is_request ? "EMPTY_IN" : "EMPTY_WRAPPER", type->tag,
                    element->ns, text_quoted(element->xml.local));
        return;
    }
    text_printf(text, "#define S %s\n", type->tag);
    if (message->wrapped || message->several)
        emit_fields(text, model, type);
    if (message->wrapped) {
        text_printf(text, "WRAPPER(%u, %s);\n", element->ns,
                    text_quoted(element->xml.local));
    } else if (message->several) {
        text_put(text, "SEVERAL;\n");
    } else {
        text_put(text, "ELEMENT");
        emit_field_entry(text, model, type, element);
        text_put(text, ";\n");
    }
    text_put(text, "#undef S\n");
}

/* ---- Functions ----------------------------------------------------------- */

/* Members of a struct: form "in->%s" gives in->a, in->b. */
static void
add_members(const struct c_type *type, const char *before, const char *form,
            struct vec *args)
{
    size_t i;

    for (i = 0; type != NULL && i < type->fields.count; i++) {
        const struct c_field *field = VEC(&type->fields, struct c_field, i);

        add_arg(args, mem_printf("%s%s%s%s", before, field->member, form,
                                 *form != '\0' ? field->member : ""));
        if (field->count != NULL)
            add_arg(args, mem_printf("%s%s%s%s", before, field->count, form,
                                     *form != '\0' ? field->count : ""));
    }
}

static bool
is_empty_wrapper(const struct c_message *message)
{
    return message->wrapped && message->type->fields.count == 0;
}

static void
emit_in_struct(struct text *text, const struct c_interface *interface,
               const struct c_operation *op)
{
    struct vec members = {NULL, 0, 0};

    emit_message_members(op->in.type, &members);
    if (members.count == 0)
        add_arg(&members, "char unused");
    text_members(text,
                 mem_printf("struct %s_%s_IN {", interface->prefix, op->name),
                 &members);
}

static void
emit_client_operation(struct text *text, const struct model *model,
                      const struct c_interface *interface,
                      const struct c_operation *op, size_t number)
{
    struct vec args = {NULL, 0, 0};
    size_t first, i;

    add_arg(&args, interface->prefix);
    add_arg(&args, op->name);
    add_arg(&args, mem_printf("%zu", number));
    emit_group(&args, "IN", op, emit_params);
    first = args.count;
    add_members(op->in.type, "", "", &args);
    for (i = 0; op->in.type != NULL && i < op->in.type->fields.count; i++)
        if (VEC(&op->in.type->fields, struct c_field, i)->nil != NULL)
            add_arg(&args, "false");
    if (args.count == first)
        add_arg(&args, "0");
    emit_parens(&args, "", first);
    emit_group(&args, "OUT", op, emit_results);
    first = args.count;
    add_members(op->out.type, "*ret_", " = out->", &args);
    if (args.count == first)
        add_arg(&args, "(void)out");
    else
        emit_parens(&args, "", first);
    text_args(text, model->sync ? "CLIENT(" : "CLIENT_ASYNC(", &args, ")");
}

static void
emit_service_operation(struct text *text, const struct c_interface *interface,
                       const struct c_operation *op)
{
    struct vec args = {NULL, 0, 0};
    size_t first;

    add_arg(&args, interface->prefix);
    add_arg(&args, op->name);
    add_arg(&args, op->member);
    first = args.count;
    add_members(op->in.type, "in->", "", &args);
    emit_parens(&args, "IN", first);
    first = args.count;
    add_members(op->out.type, "&out->", "", &args);
    emit_parens(&args, "OUT", first);
    text_args(text, "SERVE(", &args, ")");
}

static void
emit_operation(struct text *text, const struct model *model,
               const struct c_interface *interface,
               const struct c_operation *op, size_t number)
{
    if (!is_empty_wrapper(&op->in))
        emit_in_struct(text, interface, op);
    emit_message(text, model, &op->in, true);
    if (!model->client)
        emit_completed(text, interface, op);
    emit_message(text, model, &op->out, false);
    if (model->client)
        emit_client_operation(text, model, interface, op, number);
    if (model->server)
        emit_service_operation(text, interface, op);
    text_put(text, "\n");
}

/* ---- The contract -------------------------------------------------------- */

static const char *
bodies(const struct c_operation *op)
{
    if (op->in.element != NULL)
        return op->out.element != NULL ? "IN_OUT" : "IN_ONLY";
    return op->out.element != NULL ? "OUT_ONLY" : "NO_BODY";
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

/* How much all actions begin with, up to a slash; 0: not worth a name. */
static size_t
shared_action(const struct c_interface *interface)
{
    const char *first = NULL;
    size_t size = 0, i;

    for (i = 0; i < interface->operations.count; i++) {
        const char *action =
            VEC(&interface->operations, struct c_operation, i)->action;
        size_t same = 0;

        if (first == NULL) {
            first = action;
            size = strlen(action);
        }
        while (same < size && action[same] == first[same])
            same++;
        size = same;
    }
    while (size > 0 && first[size - 1] != '/' && first[size - 1] != ':' &&
           first[size - 1] != '#')
        size--;
    return interface->operations.count > 1 && size > 8 ? size : 0;
}

/* shared bytes of the action have the name ACTION */
static void
emit_operation_entry(struct text *text, const struct model *model,
                     const struct c_interface *interface,
                     const struct c_operation *op, size_t shared)
{
    const char *flags = operation_flags(op);
    bool with = op->extras != NULL || strcmp(flags, "0") != 0;
    struct vec args = {NULL, 0, 0};

    add_arg(&args, interface->prefix);
    add_arg(&args, op->name);
    add_arg(&args, bodies(op));
    add_arg(&args, text_quoted(op->xml));
    add_arg(&args, shared == 0 ? text_quoted(op->action)
                               : mem_printf("ACTION %s",
                                            text_quoted(op->action + shared)));
    if (with) {
        add_arg(&args, flags);
        add_arg(&args,
                op->extras != NULL ? mem_printf("&%s", op->extras) : "NULL");
    }
    text_args(text,
              mem_printf("    %sOPERATION%s(",
                         !model->server   ? "CLIENT_"
                         : !model->client ? "SERVICE_"
                                          : "",
                         with ? "_WITH" : ""),
              &args, "),");
}

static void
emit_contract(struct text *text, const struct model *model,
              const struct c_interface *interface)
{
    size_t count = interface->operations.count, i;
    size_t shared = shared_action(interface);
    struct map known = {NULL, 0, 0};
    struct text_vars vars;

    emit_vars(&vars, interface, NULL);
    for (i = 0; i < count; i++)
        emit_extras(text, &known,
                    VEC(&interface->operations, struct c_operation, i));
    if (shared > 0)
        text_printf(
            text, "#define ACTION %s\n",
            text_quoted(mem_strn(
                VEC(&interface->operations, struct c_operation, 0)->action,
                shared)));
    if (count > 0) {
        text_fill(text, &vars,
                  "static const sbn_operation $P_OPERATIONS[] = {\n");
        for (i = 0; i < count; i++)
            emit_operation_entry(
                text, model, interface,
                VEC(&interface->operations, struct c_operation, i), shared);
        text_put(text, "};\n");
        text_put(text, shared > 0 ? "#undef ACTION\n\n" : "\n");
    }
    text_printf(
        text,
        "const sbn_contract %s = {\n"
        "    SBN_ABI, %s, %s,\n"
        "    namespaces, %zu, %zu, %s%s, %s, %s, %s,\n};\n\n",
        emit_contract_name(model, interface), text_quoted(interface->xml.local),
        text_quoted(interface->xml.ns ? interface->xml.ns : ""),
        model->namespaces.count, count, count > 0 ? interface->prefix : "",
        count > 0 ? "_OPERATIONS" : "NULL", emit_known_types(model),
        emit_metadata_refs(model, interface), versions(interface));
}

static void
emit_client_functions(struct text *text, const struct c_interface *interface)
{
    if (interface->url12 != NULL)
        text_printf(text, "CLIENT_FUNCTIONS_12(%s, %s,\n    %s)\n",
                    interface->prefix, text_quoted(interface->url),
                    text_quoted(interface->url12));
    else
        text_printf(text, "CLIENT_FUNCTIONS(%s, %s)\n", interface->prefix,
                    text_quoted(interface->url));
}

void
emit_interface(struct text *text, const struct model *model,
               const struct c_interface *interface)
{
    size_t i;

    text_rule(text, interface->xml.local);
    emit_part_tables(text, model, interface);
    if (model->client)
        emit_client_functions(text, interface);
    if (model->part == PART_SERVER)
        text_printf(text, "SERVICE_FUNCTIONS_OF(%s, %s)\n", interface->prefix,
                    emit_contract_name(model, interface));
    else if (model->server)
        text_printf(text, "SERVICE_FUNCTIONS(%s)\n", interface->prefix);
    text_put(text, "\n");
    emit_part_functions(text, model, interface);
    for (i = 0; i < interface->operations.count; i++)
        emit_operation(text, model, interface,
                       VEC(&interface->operations, struct c_operation, i), i);
    emit_docs(text, model, interface);
    emit_contract(text, model, interface);
}
