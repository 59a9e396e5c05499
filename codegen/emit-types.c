/* SPDX-License-Identifier: Apache-2.0 */
/* Enums and structs in the header. */
#include "codegen/emit.h"

static void
emit_enumerator(struct text *text, const char *name, const char *value,
                const char *doc)
{
    text_comment(text, 4, doc);
    text_printf(text, "    %s%s,\n", name, value);
}

static void
emit_enum(struct text *text, const struct c_type *type)
{
    size_t i;

    text_comment(text, 0, type->doc);
    text_printf(text, "enum %s {\n", type->tag);
    for (i = 0; i < type->values.count; i++) {
        const struct c_value *value = VEC(&type->values, struct c_value, i);

        emit_enumerator(text, value->name, "", value->doc);
    }
    text->size -= 2; /* C++98 and C90 want no comma after the last */
    text->data[text->size] = '\0';
    text_put(text, "\n};\n\n");
}

static void
emit_member(struct text *text, const char *indent, const char *type,
            const char *name)
{
    text_printf(text, "%s%s;\n", indent, declare_c(type, name));
}

/* The bools and the count that belong to a value, and the value. */
static void
emit_field_members(struct text *text, const char *indent,
                   const struct c_field *field)
{
    if (field->has != NULL)
        emit_member(text, indent, "bool", field->has);
    if (field->nil != NULL)
        emit_member(text, indent, "bool", field->nil);
    if (field->count != NULL)
        emit_member(text, indent, "size_t", field->count);
    emit_member(text, indent, field_member_type(field), field->member);
}

static void
emit_members(struct text *text, const struct c_type *type)
{
    size_t i;

    if (type->flags & SBN_TYPE_POLY)
        text_put(text, "    const sbn_type *type; /* which derived type this "
                       "is; NULL: this very one */\n");
    for (i = 0; i < type->fields.count; i++) {
        const struct c_field *field = VEC(&type->fields, struct c_field, i);

        text_comment(text, 4, field->doc);
        emit_field_members(text, "    ", field);
    }
    if (type->fields.count == 0 && !(type->flags & SBN_TYPE_POLY))
        text_put(text, "    char unused; /* it has no content */\n");
}

static void
emit_alternatives(struct text *text, const struct c_type *type)
{
    size_t i;

    text_printf(text, "enum %s_which {\n    %s,\n", type->tag, type->none);
    for (i = 0; i < type->fields.count; i++)
        text_printf(text, "    %s%s\n",
                    VEC(&type->fields, struct c_field, i)->which,
                    i + 1 < type->fields.count ? "," : "");
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

        text_comment(text, 8, field->doc);
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
    text_comment(text, 0, type->doc);
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
