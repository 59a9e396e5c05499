/* SPDX-License-Identifier: Apache-2.0 */
/* What the source file has for one interface: the tables of its operations'
 * messages and of the operations. */
#include "codegen/emit.h"

#include <string.h>

static void
add_arg(struct vec *args, const char *arg)
{
    vec_add(args, (void *)(uintptr_t)arg);
}

/* ---- Messages ------------------------------------------------------------ */

static bool
is_element(const struct c_message *message)
{
    return message->wrapped && message->element != NULL;
}

/* Whether the answer's element is named after the request's. */
static bool
is_pair(const struct c_operation *op)
{
    return is_element(&op->in) && is_element(&op->out) &&
           op->in.element->ns == op->out.element->ns &&
           strcmp(op->out.element->xml.local,
                  mem_printf("%sResponse", op->in.element->xml.local)) == 0;
}

/* Its fields behind the last word, which gets a comma. */
static void
add_fields(struct vec *words, const struct model *model,
           const struct c_type *type)
{
    size_t last = words->count - 1;

    words->items[last] = mem_printf("%s,", VEC(words, const char, last));
    emit_fields(words, model, type);
}

static void
emit_message(struct text *text, const struct model *model,
             const struct c_message *message, const char *direction)
{
    const struct c_field *element = message->element;
    struct vec words = {NULL, 0, 0};
    const char *form = "";

    if (element == NULL)
        return;
    if (message->wrapped) {
        add_arg(&words, mem_printf("%u, %s", element->ns,
                                   text_quoted(element->xml.local)));
        add_fields(&words, model, message->type);
    } else if (message->several) {
        form = "SEVERAL_";
        emit_fields(&words, model, message->type);
    } else {
        form = "BARE_";
        add_arg(&words, emit_field(model, message->type, element));
    }
    text_words(text, mem_printf("%s%s(", form, direction), &words, ");");
}

static void
emit_operation(struct text *text, const struct model *model,
               const struct c_interface *interface,
               const struct c_operation *op)
{
    struct vec words = {NULL, 0, 0};

    if (op->in.element == NULL && op->out.element == NULL)
        return;
    text_printf(text, "#define S %s_%s\n", emit_table_prefix(model, interface),
                op->name);
    if (is_pair(op)) {
        add_arg(&words, mem_printf("%u, %s", op->in.element->ns,
                                   text_quoted(op->in.element->xml.local)));
        add_fields(&words, model, op->in.type);
        add_fields(&words, model, op->out.type);
        text_words(text, "WRAPPED(", &words, ");");
    } else {
        emit_message(text, model, &op->in, "IN");
        emit_message(text, model, &op->out, "OUT");
    }
    text_put(text, "#undef S\n");
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

/* Whether its messages both have elements, and nothing else is special. */
static bool
is_common(const struct c_operation *op)
{
    return op->in.element != NULL && op->out.element != NULL &&
           op->extras == NULL && strcmp(operation_flags(op), "0") == 0 &&
           strcmp(op->member, op->name) == 0;
}

/* shared bytes of the action have the name ACTION */
static void
emit_operation_entry(struct text *text, const struct model *model,
                     const struct c_operation *op, size_t shared)
{
    const char *side = !model->server   ? "CLIENT_"
                       : !model->client ? "SERVICE_"
                                        : "";
    const char *action =
        shared == 0 ? text_quoted(op->action)
                    : mem_printf("ACTION %s", text_quoted(op->action + shared));
    struct vec args = {NULL, 0, 0};
    const char *word;

    add_arg(&args, op->name);
    if (!is_common(op)) {
        word = "OPERATION";
        add_arg(&args, op->member);
        add_arg(&args, bodies(op));
    } else {
        word = shared > 0 && strcmp(op->action + shared, op->xml) == 0 ? "OP"
                                                                       : "OP_";
    }
    add_arg(&args, text_quoted(op->xml));
    if (strcmp(word, "OP") != 0)
        add_arg(&args, action);
    if (!is_common(op)) {
        add_arg(&args, operation_flags(op));
        add_arg(&args,
                op->extras != NULL ? mem_printf("&%s", op->extras) : "NULL");
    }
    text_args(text, mem_printf("    %s%s(", side, word), &args, "),");
}

/* What all actions begin with. */
static void
emit_action(struct text *text, const struct c_interface *interface,
            size_t shared)
{
    const char *action =
        VEC(&interface->operations, struct c_operation, 0)->action;

    text_printf(text, "#define ACTION %s\n",
                text_quoted(mem_strn(action, shared)));
}

static void
emit_operations(struct text *text, const struct model *model,
                const struct c_interface *interface)
{
    size_t shared = shared_action(interface), i;

    if (interface->operations.count == 0)
        return;
    if (shared > 0)
        emit_action(text, interface, shared);
    text_printf(text, "static const sbn_operation %s_OPERATIONS[] = {\n",
                emit_table_prefix(model, interface));
    for (i = 0; i < interface->operations.count; i++)
        emit_operation_entry(text, model,
                             VEC(&interface->operations, struct c_operation, i),
                             shared);
    text_put(text, shared > 0 ? "};\n#undef ACTION\n" : "};\n");
}

static void
emit_contract(struct text *text, const struct model *model,
              const struct c_interface *interface)
{
    struct map known = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < interface->operations.count; i++)
        emit_extras(text, &known,
                    VEC(&interface->operations, struct c_operation, i));
    text_printf(text, "#define P(_name) %s##_name\n",
                emit_table_prefix(model, interface));
    emit_operations(text, model, interface);
    text_printf(text, "%sCONTRACT(%s, %s, %s, %s, %s, %s);\n#undef P\n\n",
                interface->operations.count > 0 ? "" : "EMPTY_",
                emit_contract_name(model, interface),
                text_quoted(interface->xml.local),
                text_quoted(interface->xml.ns ? interface->xml.ns : ""),
                emit_known_types(model), emit_metadata_refs(model, interface),
                versions(interface));
}

void
emit_interface(struct text *text, const struct model *model,
               const struct c_interface *interface)
{
    size_t i;

    text_rule(text, interface->xml.local);
    emit_part_tables(text, model, interface);
    if (model->client)
        text_printf(text, "CLIENT(%s, %s, %s)\n", interface->prefix,
                    text_quoted(interface->url), text_quoted(interface->url12));
    if (model->part == PART_SERVER)
        text_printf(text, "SERVICE_OF(%s, %s)\n", interface->prefix,
                    emit_contract_name(model, interface));
    else if (model->server)
        text_printf(text, "SERVICE(%s)\n", interface->prefix);
    text_put(text, "\n");
    emit_part_functions(text, model, interface);
    for (i = 0; i < interface->operations.count; i++)
        emit_operation(text, model, interface,
                       VEC(&interface->operations, struct c_operation, i));
    if (interface->operations.count > 0)
        text_put(text, "\n");
    emit_docs(text, model, interface);
    emit_contract(text, model, interface);
}
