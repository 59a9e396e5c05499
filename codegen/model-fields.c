/* SPDX-License-Identifier: Apache-2.0 */
/* Fields: their members in a struct, and the C types of these. */
#include "codegen/model.h"

#include <string.h>

#include "codegen/namemap.h"

/* ---- Members ------------------------------------------------------------- */

bool
field_is_nullable(const struct c_field *field)
{
    switch (field->kind) {
    case SBN_K_STRING:
    case SBN_K_TOKEN:
    case SBN_K_DECIMAL:
    case SBN_K_INTEGER:
    case SBN_K_BASE64:
    case SBN_K_HEX:
    case SBN_K_QNAME:
    case SBN_K_XML:
        return true;
    default:
        return (field->flags & SBN_F_POINTER) != 0;
    }
}

/* Structs that may be missing, of a derived type, or in several places are
 * behind a pointer; sorting adds those that would contain themselves. */
static void
choose_pointer(struct c_field *field)
{
    bool repeated = (field->flags & SBN_F_REPEATED) != 0;
    bool nillable = (field->flags & SBN_F_NILLABLE) != 0;

    if (repeated && nillable && !field_is_nullable(field))
        field->flags |= SBN_F_POINTER; /* of each item */
    if (field->kind != SBN_K_STRUCT || (field->flags & SBN_F_GROUP))
        return;
    if ((field->type->flags & SBN_TYPE_REFERENCE) ||
        (field->type->from != NULL &&
         model_is_substitutable(field->type->from)))
        field->flags |= SBN_F_POINTER;
    if (!repeated && (nillable || (field->flags & SBN_F_OPTIONAL)))
        field->flags |= SBN_F_POINTER;
}

/* What a file of names calls a member. */
static const char *
member_key(struct c_type *type, const struct c_field *field, const char *name)
{
    const char *mark = field->flags & SBN_F_ATTRIBUTE ? "@" : "";

    if (field->xml.local != NULL)
        name = field->xml.local;
    else
        mark = "#";
    return mem_printf("%s.%s%s", type->key, mark,
                      scope_take(&type->keys, name));
}

/* The value's own name; *name becomes what the names beside it are made of. Of
 * an array, a file has the name of one. */
static void
name_member(struct c_type *type, struct c_field *field, const char **name)
{
    bool repeated = (field->flags & SBN_F_REPEATED) != 0;
    const char *key = member_key(type, field, *name);
    const char *given = namemap_find("member", key);

    field->member =
        scope_take_word(&type->members, repeated ? name_plural(*name) : *name);
    if (given != NULL && strcmp(given, repeated ? *name : field->member) != 0) {
        *name = given;
        field->member = scope_take_word(&type->members,
                                        repeated ? name_plural(*name) : *name);
    }
    namemap_note("member", key, repeated ? *name : field->member);
    if (repeated)
        field->count =
            scope_take(&type->members, mem_printf("%s_count", *name));
}

void
model_add_field(struct c_type *type, struct c_field *field, const char *name)
{
    bool choice = (type->flags & SBN_TYPE_CHOICE) != 0;
    bool optional = (field->flags & SBN_F_OPTIONAL) != 0;
    bool nullable;

    choose_pointer(field);
    name_member(type, field, &name);
    nullable = field_is_nullable(field);
    if (!(field->flags & SBN_F_REPEATED)) {
        if (optional && !nullable && !choice && !(field->flags & SBN_F_GROUP))
            field->has = scope_take(&type->members, mem_printf("has_%s", name));
        if ((field->flags & SBN_F_NILLABLE) && (optional || !nullable))
            field->nil = scope_take(&type->members, mem_printf("%s_nil", name));
    } else if ((field->flags & SBN_F_LIST) && (field->flags & SBN_F_NILLABLE)) {
        field->nil = scope_take(&type->members, mem_printf("%s_nil", name));
    }
    field->in_struct = choice && (field->count != NULL || field->nil != NULL);
    vec_add(&type->fields, field);
}

/* Whether absent and nil are two things, and NULL is both. */
static bool
needs_nil(const struct c_field *field)
{
    unsigned both = SBN_F_OPTIONAL | SBN_F_NILLABLE;

    if (field->flags & SBN_F_REPEATED)
        return (field->flags & SBN_F_LIST) && (field->flags & SBN_F_NILLABLE);
    return (field->flags & both) == both && field_is_nullable(field);
}

/* Of the bool that macros make out of a parameter's name. */
static const char *
nil_name(const char *member)
{
    return mem_printf("%s_nil", member);
}

void
model_add_param(struct c_type *type, struct c_field *field, const char *name,
                bool by_value)
{
    bool repeated = (field->flags & SBN_F_REPEATED) != 0;
    unsigned wanted = SBN_F_NILLABLE | (by_value ? 0 : SBN_F_OPTIONAL);

    if (field->kind == SBN_K_STRUCT && !repeated)
        field->flags |= SBN_F_POINTER;
    choose_pointer(field);
    if (!repeated && !field_is_nullable(field) && (field->flags & wanted))
        field->flags |= SBN_F_POINTER;
    name_member(type, field, &name);
    while (scope_has(&type->members, nil_name(field->member)))
        field->member =
            scope_take_word(&type->members, mem_printf("%s_", field->member));
    if (needs_nil(field))
        field->nil = nil_name(field->member);
    /* where one has it, all have it */
    scope_add(&type->members, nil_name(field->member));
    if (field->count != NULL)
        scope_add(&type->members, nil_name(field->count));
    vec_add(&type->fields, field);
}

/* ---- C types ------------------------------------------------------------- */

const char *
field_base_type(const struct c_field *field)
{
    static const char *const names[] = {
        "bool",         "int8_t",       "int16_t",
        "int32_t",      "int64_t",      "uint8_t",
        "uint16_t",     "uint32_t",     "uint64_t",
        "float",        "double",       "sbn_decimal",
        "sbn_decimal",  "const char *", "const char *",
        NULL,           "sbn_datetime", "sbn_datetime",
        "sbn_datetime", "sbn_datetime", "sbn_datetime",
        "sbn_datetime", "sbn_datetime", "sbn_datetime",
        "sbn_duration", "sbn_bytes",    "sbn_bytes",
        "sbn_qname",    "sbn_xml",      NULL};

    if (field->kind == SBN_K_ENUM)
        return mem_printf("enum %s", field->type->tag);
    if (field->kind == SBN_K_STRUCT)
        return mem_printf("struct %s", field->type->tag);
    return names[field->kind];
}

/* type * */
static const char *
pointer_to(const char *type)
{
    bool is_pointer = type[strlen(type) - 1] == '*';

    return mem_printf(is_pointer ? "%s*" : "%s *", type);
}

const char *
field_member_type(const struct c_field *field)
{
    const char *type = field_base_type(field);

    if (field->flags & SBN_F_POINTER)
        type = pointer_to(type);
    if (field->flags & SBN_F_REPEATED)
        type = pointer_to(type);
    return type;
}

/* const for what type points to. */
static const char *
constant(const char *type)
{
    if (type[strlen(type) - 1] == '*')
        return mem_printf("%sconst", type);
    return mem_printf("const %s", type);
}

const char *
field_param_type(const struct c_field *field)
{
    const char *type = field_base_type(field);

    if (field->flags & SBN_F_POINTER)
        type = pointer_to(constant(type));
    if (field->flags & SBN_F_REPEATED)
        type = pointer_to(constant(type));
    return type;
}

const char *
declare_c(const char *type, const char *name)
{
    bool is_pointer = type[strlen(type) - 1] == '*';

    return mem_printf(is_pointer ? "%s%s" : "%s %s", type, name);
}
