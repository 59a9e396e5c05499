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

const char *
emit_type_ref(const struct c_type *type)
{
    return type == NULL ? "NULL"
                        : mem_printf("&%s_%s", type->tag,
                                     type->is_external ? "type" : "TYPE");
}

/* The K of a field. */
static const char *
kind_text(const struct c_field *field)
{
    const char *word = kinds[field->kind];

    if (field->type == NULL)
        return word;
    if (field->type->is_external)
        word = field->type->is_enum ? "PUBLIC_ENUM" : "PUBLIC";
    return mem_printf("%s(%s)", word, field->type->tag);
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

/* Which bools and what flags a short entry says, and its name. */
static const struct short_entry {
    const char *word;
    unsigned flags;
    bool has, nil;
} short_entries[] = {
    {"ONE", 0, false, false},
    {"OPT", SBN_F_OPTIONAL, false, false},
    {"PTR", SBN_F_OPTIONAL | SBN_F_POINTER, false, false},
    {"HAS", SBN_F_OPTIONAL, true, false},
    {"NIL", SBN_F_OPTIONAL | SBN_F_NILLABLE, false, true},
    {"HASNIL", SBN_F_OPTIONAL | SBN_F_NILLABLE, true, true},
    {"PTRNIL", SBN_F_OPTIONAL | SBN_F_NILLABLE | SBN_F_POINTER, false, true},
    {"ATTR", SBN_F_OPTIONAL | SBN_F_ATTRIBUTE, false, false},
    {"HASATTR", SBN_F_OPTIONAL | SBN_F_ATTRIBUTE, true, false},
};

static bool
is_named(const char *name, const char *form, const char *member)
{
    return name == NULL || strcmp(name, mem_printf(form, member)) == 0;
}

/* NULL: none fits. */
static const char *
short_word(const struct c_type *owner, const struct c_field *field)
{
    bool choice = (owner->flags & SBN_TYPE_CHOICE) != 0;
    size_t i;

    if (field->def != NULL || field->count != NULL || field->max != 1 ||
        field->min != ((field->flags & SBN_F_OPTIONAL) ? 0 : 1) ||
        (choice && (field->has != NULL || field->nil != NULL)) ||
        !is_named(field->has, "has_%s", field->member) ||
        !is_named(field->nil, "%s_nil", field->member))
        return NULL;
    for (i = 0; i < sizeof(short_entries) / sizeof(short_entries[0]); i++) {
        const struct short_entry *entry = &short_entries[i];

        if (entry->flags == field->flags &&
            entry->has == (field->has != NULL) &&
            entry->nil == (field->nil != NULL))
            return entry->word;
    }
    return NULL;
}

/* AT(member) or NO. */
static const char *
place_of(const struct c_type *owner, const struct c_field *field,
         const char *member)
{
    return member == NULL ? "NO"
                          : mem_printf("AT(%s)", path_to(owner, field, member));
}

static const char *
field_entry(const struct c_type *owner, const struct c_field *field)
{
    const char *member = path_to(owner, field, field->member);
    const char *word = short_word(owner, field);
    const char *what =
        mem_printf("%u, %s, %s", field->ns, text_quoted(field->xml.local),
                   kind_text(field));
    const char *flags = flags_text(field->flags);

    if (word != NULL)
        return mem_printf("%s(%s, %s)", word, member, what);
    if (field->def == NULL && field->nil == NULL && field->count != NULL &&
        field->has == NULL) {
        const char *count = path_to(owner, field, field->count);

        flags = flags_text(field->flags & ~(unsigned)SBN_F_REPEATED);
        if (field->flags == (SBN_F_OPTIONAL | SBN_F_REPEATED) &&
            field->min == 0 && field->max == 0)
            return mem_printf("MANY(%s, %s, %s)", member, count, what);
        return mem_printf("MANY_(%s, %s, %s, %s, %u, %u)", member, count, what,
                          flags, field->min, field->max);
    }
    if (field->def == NULL && field->nil == NULL && field->has == NULL)
        return mem_printf("FLAGS(%s, %s, %s)", member, what, flags);
    return mem_printf(
        "FULL(%s, %s, %s, %s, %s, %u, %u, %s)", member, what, flags,
        place_of(owner, field, field->has ? field->has : field->count),
        place_of(owner, field, field->nil), field->min, field->max,
        text_quoted(field->def));
}

void
emit_field_entry(struct text *text, const struct model *model,
                 const struct c_type *owner, const struct c_field *field)
{
    (void)model;
    text_printf(text, " %s", field_entry(owner, field));
}

void
emit_fields(struct text *text, const struct model *model,
            const struct c_type *type)
{
    struct vec entries = {NULL, 0, 0};
    int pass;
    size_t i;

    /* attributes stand first in a table */
    for (pass = 0; pass < 2; pass++) {
        for (i = 0; i < type->fields.count; i++) {
            const struct c_field *field = VEC(&type->fields, struct c_field, i);
            bool attribute = (field->flags & SBN_F_ATTRIBUTE) != 0;

            if (attribute == (pass == 0))
                vec_add(&entries, mem_str(field_entry(type, field)));
        }
    }
    (void)model;
    if (entries.count == 1) {
        text_printf(text, "FIELDS { %s };\n", VEC(&entries, char, 0));
        return;
    }
    text_put(text, "FIELDS {\n");
    text_lines(text, &entries);
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
                 {SBN_TYPE_ARRAY, "ARRAY"},
                 {SBN_TYPE_REFERENCE, "REFERENCE"}};
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
    const char *what =
        mem_printf("%u, %s", type->ns, text_quoted(type->xml.local));
    bool empty = type->fields.count == 0;

    text_printf(text, "#define S %s\n", type->tag);
    if (!empty)
        emit_fields(text, model, type);
    if (!empty && !type->is_external && type->flags == 0 && type->base == NULL)
        text_printf(text, "TYPE(%s);\n", what);
    else
        text_printf(text, "%s%s(%s, %s, %s);\n",
                    type->is_external ? "PUBLIC_" : "",
                    empty               ? "EMPTY_TYPE"
                    : type->is_external ? "TYPE"
                                        : "TYPE_",
                    what, type_flags(type->flags), emit_type_ref(type->base));
    text_put(text, "#undef S\n\n");
}

static void
emit_enum_table(struct text *text, const struct c_type *type)
{
    struct vec args = {NULL, 0, 0};
    size_t i;

    vec_add(&args, mem_str(type->tag));
    for (i = 0; i < type->values.count; i++)
        vec_add(&args, mem_str(text_quoted(
                           VEC(&type->values, struct c_value, i)->text)));
    text_args(text, type->is_external ? "PUBLIC_ENUM(" : "ENUM(", &args, ");");
    text_put(text, "\n");
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
    }
}
