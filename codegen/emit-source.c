/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/emit.h"

static void
emit_namespaces(struct text *text, const struct model *model)
{
    size_t i;

    text_put(text, "static const char *const namespaces[] = {\n    NULL,\n");
    for (i = 1; i < model->namespaces.count; i++)
        text_printf(text, "    %s,\n",
                    text_quoted(VEC(&model->namespaces, const char, i)));
    text_put(text, "};\n\n");
}

/* What xsi:type may name. */
static bool
is_known(const struct c_type *type)
{
    return !type->is_enum && !type->is_message && type->xml.local != NULL &&
           (type->flags & SBN_TYPE_POLY);
}

static size_t
count_known(const struct model *model)
{
    size_t count = 0, i;

    for (i = 0; i < model->tables.count; i++)
        count += is_known(VEC(&model->tables, struct c_type, i));
    return count;
}

const char *
emit_known_types(const struct model *model)
{
    size_t count = count_known(model);

    return count == 0 ? "NO_TYPES" : "TYPES";
}

static void
emit_known(struct text *text, const struct model *model)
{
    size_t i;

    if (count_known(model) == 0)
        return;
    text_put(text, "static const sbn_type *const types[] = {\n");
    for (i = 0; i < model->tables.count; i++) {
        const struct c_type *type = VEC(&model->tables, struct c_type, i);

        if (is_known(type))
            text_printf(text, "    %s,\n", emit_type_ref(type));
    }
    text_put(text, "};\n\n");
}

void
emit_source(struct text *text, const struct model *model)
{
    size_t i;

    emit_banner(text, model);
    text_printf(text,
                "#include \"%s.h\"\n\n"
                "#include <sebon/tables.h>\n\n",
                model->file);
    text_rule(text, "Tables");
    if (model->part != PART_TYPES)
        emit_namespaces(text, model);
    if (model->types_file == NULL && model->tables.count > 0) {
        text_printf(text, "#define T(_name) %s##_name\n", model->prefix);
        emit_tables(text, model);
        text_put(text, "\n");
    }
    if (model->part != PART_TYPES)
        emit_known(text, model);
    emit_metadata(text, model);
    for (i = 0; model->part != PART_TYPES && i < model->interfaces.count; i++)
        emit_interface(text, model,
                       VEC(&model->interfaces, struct c_interface, i));
    if (model->interfaces.count == 0)
        text_printf(text,
                    "EMPTY_CONTRACT(%s_contract, \"\", \"\", %s, NULL, NULL, "
                    "0);\n\n",
                    model->prefix, emit_known_types(model));
    text->data[--text->size] = '\0'; /* the last empty line */
    text_fold(text);
}
