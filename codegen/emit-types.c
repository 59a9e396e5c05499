/* SPDX-License-Identifier: Apache-2.0 */
/* Enums and structs in the header. */
#include "codegen/emit.h"

static bool
has_docs(const struct c_type *type)
{
    size_t i;

    for (i = 0; i < type->values.count; i++)
        if (VEC(&type->values, struct c_value, i)->doc != NULL)
            return true;
    return false;
}

static void
emit_documented_values(struct text *text, const struct c_type *type)
{
    size_t i;

    for (i = 0; i < type->values.count; i++) {
        const struct c_value *value = VEC(&type->values, struct c_value, i);

        text_comment(text, 4, text_brief(value->doc, EMIT_MEMBER_DOC));
        text_printf(text, "    %s%s\n", value->name,
                    i + 1 < type->values.count ? "," : "");
    }
}

/* The values of an enumeration that is kept as text. */
static void
emit_texts(struct text *text, const struct c_type *type)
{
    size_t i;

    for (i = 0; i < type->values.count; i++) {
        const struct c_value *value = VEC(&type->values, struct c_value, i);

        text_comment(text, 0, text_brief(value->doc, EMIT_MEMBER_DOC));
        text_printf(text, "#define %s %s\n", value->name,
                    text_quoted(value->text));
    }
    text_put(text, "\n");
}

static void
emit_enum(struct text *text, const struct c_type *type)
{
    struct vec names = {NULL, 0, 0};
    size_t i;

    text_comment(text, 0, text_brief(type->doc, EMIT_DOC));
    if (type->is_text) {
        emit_texts(text, type);
        return;
    }
    text_printf(text, "enum %s {\n", type->tag);
    if (has_docs(type)) {
        emit_documented_values(text, type);
    } else {
        for (i = 0; i < type->values.count; i++)
            vec_add(&names,
                    mem_str(VEC(&type->values, struct c_value, i)->name));
        text_lines(text, &names);
    }
    text_put(text, "};\n\n");
}

/* The bools and the count that belong to a value, and the value. */
static void
emit_field_members(struct text *text, const char *indent,
                   const struct c_field *field)
{
    text_put(text, indent);
    if (field->has != NULL && field->has != field->member)
        text_printf(text, "bool %s; ", field->has);
    if (field->nil != NULL)
        text_printf(text, "bool %s; ", field->nil);
    if (field->count != NULL)
        text_printf(text, "size_t %s; ", field->count);
    text_printf(text, "%s;\n",
                declare_c(field_member_type(field), field->member));
}

static void
emit_members(struct text *text, const struct c_type *type)
{
    size_t i;

    if (type->flags & SBN_TYPE_POLY)
        text_put(text,
                 "    const sbn_type *type; /* the derived one, or NULL */\n");
    for (i = 0; i < type->fields.count; i++) {
        const struct c_field *field = VEC(&type->fields, struct c_field, i);

        text_comment(text, 4, text_brief(field->doc, EMIT_MEMBER_DOC));
        emit_field_members(text, "    ", field);
    }
    if (type->fields.count == 0 && !(type->flags & SBN_TYPE_POLY))
        text_put(text, "    char unused; /* it has no content */\n");
}

static void
emit_alternatives(struct text *text, const struct c_type *type)
{
    struct vec names = {NULL, 0, 0};
    size_t i;

    vec_add(&names, mem_str(type->none));
    for (i = 0; i < type->fields.count; i++)
        vec_add(&names, mem_str(VEC(&type->fields, struct c_field, i)->which));
    text_printf(text, "enum %s_which {\n", type->tag);
    text_lines(text, &names);
    text_put(text, "};\n\n");
}

static void
emit_choice(struct text *text, const struct c_type *type)
{
    size_t i;

    emit_alternatives(text, type);
    text_printf(text, "struct %s {\n    enum %s_which which;\n    union {\n",
                type->tag, type->tag);
    for (i = 0; i < type->fields.count; i++) {
        const struct c_field *field = VEC(&type->fields, struct c_field, i);

        text_comment(text, 8, text_brief(field->doc, EMIT_MEMBER_DOC));
        if (field->in_struct)
            text_put(text, "        struct {\n");
        emit_field_members(text, field->in_struct ? "            " : "        ",
                           field);
        if (field->in_struct)
            text_printf(text, "        } %s;\n", field->member);
    }
    text_put(text, "    } as;\n};\n\n");
}

static void
emit_struct(struct text *text, const struct c_type *type)
{
    text_comment(text, 0, text_brief(type->doc, EMIT_DOC));
    if (type->flags & SBN_TYPE_CHOICE) {
        emit_choice(text, type);
        return;
    }
    text_printf(text, "struct %s {\n", type->tag);
    emit_members(text, type);
    text_put(text, "};\n\n");
}

static void
emit_externals(struct text *text, const struct model *model)
{
    bool any = false;
    size_t i;

    for (i = 0; i < model->sorted.count; i++) {
        const struct c_type *type = VEC(&model->sorted, struct c_type, i);

        if (!type->is_external)
            continue;
        if (!any)
            text_put(text, "/* Descriptions: what a member `type` points to. "
                           "*/\n");
        any = true;
        text_printf(text, "extern const %s %s_%s;\n",
                    type->is_enum ? "sbn_enum" : "sbn_type", type->tag,
                    type->is_enum ? "enum" : "type");
    }
    if (any)
        text_put(text, "\n");
}

void
emit_types(struct text *text, const struct model *model)
{
    size_t i;

    if (model->sorted.count == 0)
        return;
    text_rule(text, "Types");
    for (i = 0; i < model->sorted.count; i++) {
        const struct c_type *type = VEC(&model->sorted, struct c_type, i);

        if (type->is_enum)
            emit_enum(text, type);
        else
            emit_struct(text, type);
    }
    emit_externals(text, model);
}
