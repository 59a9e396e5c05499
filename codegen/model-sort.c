/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Order: C wants a struct that is a member defined before, and a table declared
 * before it is mentioned. What goes in circles is cut by a pointer and by an
 * external table.
 */
#include "codegen/model.h"

enum { NEW_TYPE, ON_THE_WAY, DONE };

static bool
is_inside(const struct c_field *field)
{
    return field->type != NULL &&
           !(field->flags & (SBN_F_POINTER | SBN_F_REPEATED));
}

static void
sort_struct(struct model *model, struct c_type *type)
{
    size_t i;

    type->order = ON_THE_WAY;
    for (i = 0; i < type->fields.count; i++) {
        struct c_field *field = VEC(&type->fields, struct c_field, i);

        if (field->type == NULL)
            continue;
        if (field->type->is_enum && field->type->order == NEW_TYPE)
            sort_struct(model, field->type);
        if (!is_inside(field))
            continue;
        if (field->type->order == ON_THE_WAY)
            field->flags |= SBN_F_POINTER;
        else if (field->type->order == NEW_TYPE)
            sort_struct(model, field->type);
    }
    type->order = DONE;
    if (!type->is_message)
        vec_add(&model->sorted, type);
}

static void
sort_table(struct model *model, struct c_type *type)
{
    size_t i;

    type->table_order = ON_THE_WAY;
    for (i = 0; i < type->fields.count; i++) {
        struct c_field *field = VEC(&type->fields, struct c_field, i);

        if (field->type == NULL)
            continue;
        if (field->type->table_order == NEW_TYPE)
            sort_table(model, field->type);
        else if (field->type->table_order == ON_THE_WAY)
            field->type->is_external = true;
    }
    if (type->base != NULL && type->base->table_order == NEW_TYPE)
        sort_table(model, type->base);
    else if (type->base != NULL && type->base->table_order == ON_THE_WAY)
        type->base->is_external = true;
    type->table_order = DONE;
    if (!type->is_message)
        vec_add(&model->tables, type);
}

/* xsi:type needs to know what derives from what that is in use; nothing else
 * does. */
static void
drop_bases(struct model *model)
{
    size_t i;

    for (i = 0; i < model->types_made.count; i++) {
        struct c_type *type = VEC(&model->types_made, struct c_type, i);

        while ((type->flags & SBN_TYPE_POLY) && type->base != NULL &&
               type->base->only_base)
            type->base = type->base->base;
    }
    for (i = 0; i < model->types_made.count; i++) {
        struct c_type *type = VEC(&model->types_made, struct c_type, i);

        if (!(type->flags & SBN_TYPE_POLY))
            type->base = NULL;
    }
}

void
model_sort(struct model *model)
{
    size_t i;

    drop_bases(model);
    for (i = 0; i < model->types_made.count; i++) {
        struct c_type *type = VEC(&model->types_made, struct c_type, i);

        if (type->order == NEW_TYPE && !type->only_base)
            sort_struct(model, type);
    }
    for (i = 0; i < model->types_made.count; i++) {
        struct c_type *type = VEC(&model->types_made, struct c_type, i);

        if (type->table_order == NEW_TYPE && !type->only_base)
            sort_table(model, type);
    }
}
