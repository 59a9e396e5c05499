/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/emit.h"

#include <string.h>

static void
add_word(struct vec *words, const char *word)
{
    vec_add(words, (void *)(uintptr_t)word);
}

/* A comma behind the last word. */
static void
end_argument(struct vec *words)
{
    words->items[words->count - 1] =
        mem_printf("%s,", VEC(words, const char, words->count - 1));
}

static bool
has_nil(const struct c_message *message)
{
    size_t i;

    for (i = 0; message->type != NULL && i < message->type->fields.count; i++)
        if (VEC(&message->type->fields, struct c_field, i)->nil != NULL)
            return true;
    return false;
}

static void
emit_client(struct text *text, const struct c_interface *interface)
{
    if (interface->url != NULL)
        text_comment(text, 0,
                     interface->url12 == NULL
                         ? mem_printf("url NULL: %s", interface->url)
                         : mem_printf("url NULL: %s, with SOAP 1.2 %s",
                                      interface->url, interface->url12));
    else
        text_comment(text, 0, "url has no default.");
    text_printf(text, "SBN_CLIENT(%s);\n\n", interface->prefix);
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
                   " * three (then the synchronous one runs).\n");
    emit_service_example(text, interface);
    text_put(text, " */\n");
    text_fill(text, &vars, "struct $P_service {\n");
    for (i = 0; i < interface->operations.count; i++) {
        const struct c_operation *op =
            VEC(&interface->operations, struct c_operation, i);

        emit_vars(&vars, interface, op);
        text_set(&vars, 'P', emit_table_prefix(model, interface));
        text_fill(text, &vars,
                  strcmp(op->member, op->name) != 0
                      ? "    SBN_SERVE_AS($P, $M, $O);\n"
                      : "    SBN_SERVE($P, $O);\n");
    }
    if (interface->operations.count == 0)
        text_put(text, "    char unused; /* there are no operations */\n");
    text_printf(text, "};\nSBN_SERVICE(%s);\n\n", interface->prefix);
}

/* What it takes and gives. */
static void
emit_operation(struct text *text, const struct model *model,
               const struct c_interface *interface,
               const struct c_operation *op, size_t number)
{
    const char *doc = text_brief(op->doc, EMIT_DOC);
    struct vec words = {NULL, 0, 0};

    if (doc != NULL || strcmp(name_snake(op->xml), op->name) != 0)
        text_comment(text, 0,
                     doc == NULL ? op->xml
                                 : mem_printf("%s: %s", op->xml, doc));
    add_word(&words,
             mem_printf("%s, %s, %zu,", emit_table_prefix(model, interface),
                        op->name, number));
    emit_pairs(&words, &op->in);
    end_argument(&words);
    emit_pairs(&words, &op->out);
    text_words(text,
               mem_printf("SBN_%sOPERATION%s(",
                          !model->client ? "SERVICE_"
                          : !model->sync ? "ASYNC_"
                                         : "",
                          has_nil(&op->in) || has_nil(&op->out) ? "_NIL" : ""),
               &words, ");");
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
        emit_client(text, interface);
    emit_part_declarations(text, model, interface);
    if (model->client)
        emit_client_example(text, model, interface);
    for (i = 0; i < interface->operations.count; i++)
        emit_operation(text, model, interface,
                       VEC(&interface->operations, struct c_operation, i), i);
    if (interface->operations.count > 0)
        text_put(text, "\n");
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
