/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptor tables (include/sebon/describe.h) in the source file. */
#include "codegen/emit.h"

#include <string.h>

static const char *const kinds[] = {
    "BOOL",     "INT8",   "INT16",      "INT32",  "INT64",     "UINT8",
    "UINT16",   "UINT32", "UINT64",     "FLOAT",  "DOUBLE",    "DECIMAL",
    "INTEGER",  "STRING", "TOKEN",      "ENUM",   "DATETIME",  "DATE",
    "TIME",     "GYEAR",  "GYEARMONTH", "GMONTH", "GMONTHDAY", "GDAY",
    "DURATION", "BASE64", "HEX",        "QNAME",  "XML",       "STRUCT"};

static const char *
flags_text(unsigned flags)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {{SBN_F_OPTIONAL, "OPTIONAL"},   {SBN_F_REPEATED, "REPEATED"},
                 {SBN_F_NILLABLE, "NILLABLE"},   {SBN_F_POINTER, "POINTER"},
                 {SBN_F_ATTRIBUTE, "ATTRIBUTE"}, {SBN_F_TEXT, "TEXT"},
                 {SBN_F_LIST, "LIST"},           {SBN_F_ANY, "ANY"},
                 {SBN_F_GROUP, "GROUP"},         {SBN_F_DEFAULT, "DEFAULT"}};
    const char *all = NULL;
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (!(flags & names[i].flag))
            continue;
        all = all == NULL ? mem_printf("SBN_F_%s", names[i].name)
                          : mem_printf("%s | SBN_F_%s", all, names[i].name);
    }
    return all == NULL ? "0" : all;
}

static const char *
symbol(const struct c_type *type)
{
    const char *kind = type->is_enum ? "enum" : "type";

    return mem_printf("%s_%s", type->is_external ? type->tag : type->local,
                      kind);
}

const char *
emit_type_ref(const struct model *model, const struct c_type *type)
{
    (void)model;
    return type == NULL ? "NULL" : mem_printf("&%s", symbol(type));
}

/* Where member is in the struct. */
static const char *
path_to(const struct c_type *owner, const struct c_field *field,
        const char *member)
{
    if (!(owner->flags & SBN_TYPE_CHOICE))
        return member;
    if (field->in_struct)
        return mem_printf("as.%s.%s", field->member, member);
    return mem_printf("as.%s", member);
}

static const char *
field_entry(const struct model *model, const struct c_type *owner,
            const struct c_field *field)
{
    const char *member = path_to(owner, field, field->member);
    const char *type = emit_type_ref(model, field->type);
    unsigned flags = field->flags;
    const char *head =
        mem_printf("struct %s, %s, %u, %s, %s", owner->tag, member, field->ns,
                   text_quoted(field->xml.local), kinds[field->kind]);

    if (field->def == NULL && field->nil == NULL && field->count != NULL)
        return mem_printf("SBN_FIELD_MANY(%s, %s, %s, %u, %u, %s)", head,
                          flags_text(flags & ~(unsigned)SBN_F_REPEATED),
                          path_to(owner, field, field->count), field->min,
                          field->max, type);
    if (field->def == NULL && field->nil == NULL && field->has != NULL)
        return mem_printf("SBN_FIELD_HAS(%s, %s, %s, %s)", head,
                          flags_text(flags), path_to(owner, field, field->has),
                          type);
    if (field->def == NULL && field->nil == NULL)
        return mem_printf("SBN_FIELD(%s, %s, %s)", head, flags_text(flags),
                          type);
    return mem_printf(
        "SBN_FIELD_FULL(%s, %s, %s, %s, %u, %u, %s, %s)", head,
        flags_text(flags),
        field->has != NULL || field->count != NULL
            ? mem_printf(
                  "SBN_AT(struct %s, %s)", owner->tag,
                  path_to(owner, field, field->has ? field->has : field->count))
            : "SBN_NONE",
        field->nil != NULL ? mem_printf("SBN_AT(struct %s, %s)", owner->tag,
                                        path_to(owner, field, field->nil))
                           : "SBN_NONE",
        field->min, field->max, type, text_quoted(field->def));
}

/* entry, broken at its commas before column 100. */
static void
put_entry(struct text *text, const char *entry)
{
    size_t column = 4;

    text_put(text, "    ");
    while (strlen(entry) + column > 98) {
        const char *at = entry, *best = NULL;
        bool quoted = false;

        for (; *at != '\0' && (size_t)(at - entry) + column < 98; at++) {
            if (*at == '"' && (at == entry || at[-1] != '\\'))
                quoted = !quoted;
            if (!quoted && (*at == ',' || *at == '|') && at[1] == ' ')
                best = at;
        }
        if (best == NULL)
            break;
        text_putn(text, entry, (size_t)(best + 1 - entry));
        text_put(text, "\n        ");
        entry = best + 2;
        column = 8;
    }
    text_put(text, entry);
}

void
emit_field_entry(struct text *text, const struct model *model,
                 const struct c_type *owner, const struct c_field *field)
{
    put_entry(text, field_entry(model, owner, field));
}

void
emit_fields(struct text *text, const struct model *model,
            const struct c_type *type)
{
    int pass;
    size_t i;

    text_printf(text, "static const sbn_field %s_fields[] = {\n", type->local);
    /* attributes stand first in a table */
    for (pass = 0; pass < 2; pass++) {
        for (i = 0; i < type->fields.count; i++) {
            const struct c_field *field = VEC(&type->fields, struct c_field, i);
            bool attribute = (field->flags & SBN_F_ATTRIBUTE) != 0;

            if (attribute != (pass == 0))
                continue;
            emit_field_entry(text, model, type, field);
            text_put(text, ",\n");
        }
    }
    text_put(text, "};\n");
}

static const char *
type_flags(unsigned flags)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {{SBN_TYPE_CHOICE, "CHOICE"},
                 {SBN_TYPE_ALL, "ALL"},
                 {SBN_TYPE_POLY, "POLY"},
                 {SBN_TYPE_ARRAY, "ARRAY"}};
    const char *all = NULL;
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (!(flags & names[i].flag))
            continue;
        all = all == NULL ? mem_printf("SBN_TYPE_%s", names[i].name)
                          : mem_printf("%s | SBN_TYPE_%s", all, names[i].name);
    }
    return all == NULL ? "0" : all;
}

void
emit_struct_table(struct text *text, const struct model *model,
                  const struct c_type *type)
{
    const char *linkage = type->is_external ? "" : "static ";
    struct vec args = {NULL, 0, 0};

    if (type->fields.count == 0) {
        text_printf(text,
                    "%sconst sbn_type %s = {\n    %s, %u, %s, sizeof(struct "
                    "%s), 0, NULL, %s,\n};\n",
                    linkage, symbol(type), text_quoted(type->xml.local),
                    type->ns, type_flags(type->flags), type->tag,
                    emit_type_ref(model, type->base));
        return;
    }
    emit_fields(text, model, type);
    vec_add(&args, mem_printf("struct %s", type->tag));
    vec_add(&args, mem_printf("%u", type->ns));
    vec_add(&args, mem_str(text_quoted(type->xml.local)));
    vec_add(&args, mem_str(type_flags(type->flags)));
    vec_add(&args, mem_printf("%s_fields", type->local));
    vec_add(&args, mem_str(emit_type_ref(model, type->base)));
    text_args(
        text,
        mem_printf("%sconst sbn_type %s = SBN_STRUCT(", linkage, symbol(type)),
        &args, ");");
}

static void
emit_enum_table(struct text *text, const struct c_type *type)
{
    size_t i;

    text_printf(text, "static const char *const %s_texts[] = {\n", type->local);
    for (i = 0; i < type->values.count; i++)
        text_printf(text, "    %s,\n",
                    text_quoted(VEC(&type->values, struct c_value, i)->text));
    text_printf(text, "};\n%sconst sbn_enum %s = {%s_texts, %zu};\n\n",
                type->is_external ? "" : "static ", symbol(type), type->local,
                type->values.count);
}

void
emit_tables(struct text *text, const struct model *model)
{
    size_t i;

    for (i = 0; i < model->tables.count; i++) {
        const struct c_type *type = VEC(&model->tables, struct c_type, i);

        if (type->is_enum)
            emit_enum_table(text, type);
        else
            emit_struct_table(text, model, type);
        if (!type->is_enum)
            text_put(text, "\n");
    }
}
