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

/* tag without the prefix that tables have a name for, where a macro's argument
 * may be the rest: no other macro has its name. NULL: tag as it is. */
static const char *
without_prefix(const struct model *model, const char *tag)
{
    size_t size = strlen(model->prefix);
    const char *rest = tag + size + 1;

    if (strncmp(tag, model->prefix, size) != 0 || tag[size] != '_' ||
        *rest < 'a' || *rest > 'z' || strcmp(name_safe(rest), rest) != 0)
        return NULL;
    return rest;
}

/* The K of a field. */
static const char *
kind_text(const struct model *model, const struct c_field *field)
{
    const char *word = kinds[field->kind], *tag, *rest;

    if (field->type == NULL)
        return word;
    tag = field->type->tag;
    if (field->type->is_external)
        return mem_printf("%s(%s)",
                          field->type->is_enum ? "PUBLIC_ENUM" : "PUBLIC", tag);
    rest = without_prefix(model, tag);
    return rest != NULL ? mem_printf("%s(%s)", word, rest)
                        : mem_printf("%s_(%s)", word, tag);
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

/* What a word for a field says of it: the bools beside it, its flags without
 * REPEATED, how often it occurs, and what names it. */
static const struct field_word {
    const char *word;
    unsigned flags;
    bool has, nil, count;
    unsigned min, max; /* max 0: any number */
    enum { NAMED, KIND, BARE } form;
} field_words[] = {
    {"ONE", 0, false, false, false, 1, 1, NAMED},
    {"ONENIL", SBN_F_NILLABLE, false, false, false, 1, 1, NAMED},
    {"OPT", SBN_F_OPTIONAL, false, false, false, 0, 1, NAMED},
    {"NIL", SBN_F_OPTIONAL | SBN_F_NILLABLE, false, true, false, 0, 1, NAMED},
    {"REF", SBN_F_POINTER, false, false, false, 1, 1, NAMED},
    {"REFNIL", SBN_F_NILLABLE | SBN_F_POINTER, false, false, false, 1, 1,
     NAMED},
    {"PTR", SBN_F_OPTIONAL | SBN_F_POINTER, false, false, false, 0, 1, NAMED},
    {"PTRNIL", SBN_F_OPTIONAL | SBN_F_NILLABLE | SBN_F_POINTER, false, true,
     false, 0, 1, NAMED},
    {"HAS", SBN_F_OPTIONAL, true, false, false, 0, 1, NAMED},
    {"HASNIL", SBN_F_OPTIONAL | SBN_F_NILLABLE, true, true, false, 0, 1, NAMED},
    {"MANY", SBN_F_OPTIONAL, false, false, true, 0, 0, NAMED},
    {"MANYNIL", SBN_F_OPTIONAL | SBN_F_NILLABLE, false, false, true, 0, 0,
     NAMED},
    {"MANYREF", SBN_F_OPTIONAL | SBN_F_POINTER, false, false, true, 0, 0,
     NAMED},
    {"MANYREFNIL", SBN_F_OPTIONAL | SBN_F_NILLABLE | SBN_F_POINTER, false,
     false, true, 0, 0, NAMED},
    {"SOME", 0, false, false, true, 1, 0, NAMED},
    {"ATTR", SBN_F_OPTIONAL | SBN_F_ATTRIBUTE, false, false, false, 0, 1,
     NAMED},
    {"HASATTR", SBN_F_OPTIONAL | SBN_F_ATTRIBUTE, true, false, false, 0, 1,
     NAMED},
    {"MUSTATTR", SBN_F_ATTRIBUTE, false, false, false, 1, 1, NAMED},
    {"TEXT", SBN_F_TEXT, false, false, false, 1, 1, KIND},
    {"ANY", SBN_F_OPTIONAL | SBN_F_ANY, false, false, false, 0, 1, BARE},
    {"ANYS", SBN_F_OPTIONAL | SBN_F_ANY, false, false, true, 0, 0, BARE},
    {"ANYATTR", SBN_F_OPTIONAL | SBN_F_ATTRIBUTE | SBN_F_ANY, false, false,
     false, 0, 1, BARE},
};

static bool
is_named(const char *name, const char *form, const char *member)
{
    return name == NULL || strcmp(name, mem_printf(form, member)) == 0;
}

/* NULL: none fits. */
static const struct field_word *
find_word(const struct c_type *owner, const struct c_field *field)
{
    bool choice = (owner->flags & SBN_TYPE_CHOICE) != 0;
    unsigned flags = field->flags & ~(unsigned)SBN_F_REPEATED;
    size_t i;

    if (field->def != NULL ||
        (choice && (field->has != NULL || field->nil != NULL)) ||
        !is_named(field->has, "has_%s", field->member) ||
        !is_named(field->nil, "%s_nil", field->member))
        return NULL;
    for (i = 0; i < sizeof(field_words) / sizeof(field_words[0]); i++) {
        const struct field_word *word = &field_words[i];

        if (word->flags == flags && word->has == (field->has != NULL) &&
            word->nil == (field->nil != NULL) &&
            word->count == (field->count != NULL) && word->min == field->min &&
            word->max == field->max &&
            (word->form == NAMED) == (field->xml.local != NULL) &&
            (word->form == NAMED || field->ns == 0) &&
            (word->form != BARE || field->kind == SBN_K_XML))
            return word;
    }
    return NULL;
}

static const char *
short_entry(const struct field_word *word, const char *member,
            const char *count, const char *what, const char *kind)
{
    const char *both =
        count == NULL ? member : mem_printf("%s, %s", member, count);

    if (word->form == NAMED)
        return mem_printf("(%s, %s, %s)", word->word, both, what);
    if (word->form == KIND)
        return mem_printf("(%s, %s, %s)", word->word, both, kind);
    return mem_printf("(%s, %s)", word->word, both);
}

/* The words for all that has none of its own. */
static const char *
full_entry(const struct c_type *owner, const struct c_field *field,
           const char *member, const char *count, const char *what)
{
    const char *has = count, *nil = NULL;

    if (field->has != NULL)
        has = path_to(owner, field, field->has);
    if (field->nil != NULL)
        nil = path_to(owner, field, field->nil);
    return mem_printf("(FULL%s, %s, %s, %s, %s%s%s%s%u, %u, %s)",
                      has == NULL   ? nil == NULL ? "" : "NIL"
                      : nil == NULL ? "HAS"
                                    : "BOTH",
                      member, what, flags_text(field->flags),
                      has == NULL ? "" : has, has == NULL ? "" : ", ",
                      nil == NULL ? "" : nil, nil == NULL ? "" : ", ",
                      field->min, field->max, text_quoted(field->def));
}

const char *
emit_field(const struct model *model, const struct c_type *owner,
           const struct c_field *field)
{
    const char *member = path_to(owner, field, field->member);
    const char *count =
        field->count == NULL ? NULL : path_to(owner, field, field->count);
    const struct field_word *word = find_word(owner, field);
    const char *kind = kind_text(model, field);
    const char *what = mem_printf("%u, %s, %s", field->ns,
                                  text_quoted(field->xml.local), kind);
    unsigned flags = field->flags & ~(unsigned)SBN_F_REPEATED;

    if (word != NULL)
        return short_entry(word, member, count, what, kind);
    if (field->def != NULL || field->nil != NULL || field->has != NULL)
        return full_entry(owner, field, member, count, what);
    if (count == NULL && field->max == 1 &&
        field->min == ((flags & SBN_F_OPTIONAL) ? 0 : 1))
        return mem_printf("(FLAGS, %s, %s, %s)", member, what,
                          flags_text(flags));
    if (count == NULL)
        return full_entry(owner, field, member, count, what);
    if (flags == SBN_F_OPTIONAL && field->min == 0 && field->max != 0)
        return mem_printf("(ATMOST, %s, %s, %s, %u)", member, count, what,
                          field->max);
    return mem_printf("(COUNTED, %s, %s, %s, %s, %u, %u)", member, count, what,
                      flags_text(flags), field->min, field->max);
}

void
emit_fields(struct vec *words, const struct model *model,
            const struct c_type *type)
{
    int pass;
    size_t i;

    /* attributes stand first in a table */
    for (pass = 0; pass < 2; pass++) {
        for (i = 0; i < type->fields.count; i++) {
            const struct c_field *field = VEC(&type->fields, struct c_field, i);
            bool attribute = (field->flags & SBN_F_ATTRIBUTE) != 0;

            if (attribute == (pass == 0))
                vec_add(words, mem_str(emit_field(model, type, field)));
        }
    }
    if (type->fields.count == 0)
        vec_add(words, mem_str("SBN_NOTHING"));
}

static const char *
type_flags(unsigned flags)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {{SBN_TYPE_CHOICE, "CHOICE"},       {SBN_TYPE_ALL, "ALL"},
                 {SBN_TYPE_POLY, "POLY"},           {SBN_TYPE_ARRAY, "ARRAY"},
                 {SBN_TYPE_REFERENCE, "REFERENCE"}, {SBN_TYPE_NIL, "NIL"}};
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

static void
emit_struct_table(struct text *text, const struct model *model,
                  const struct c_type *type)
{
    const char *what =
        mem_printf("%u, %s", type->ns, text_quoted(type->xml.local));
    struct vec words = {NULL, 0, 0};
    const char *word = type->is_external ? "PUBLIC_TYPE" : "TYPE_";

    if (!type->is_external && type->flags == 0 && type->base == NULL) {
        word = "TYPE";
        vec_add(&words, mem_printf("%s,", what));
    } else {
        vec_add(&words, mem_printf("%s, %s, %s,", what, type_flags(type->flags),
                                   emit_type_ref(type->base)));
    }
    emit_fields(&words, model, type);
    text_printf(text, "#define S %s\n", type->tag);
    text_words(text, mem_printf("%s(", word), &words, ");");
    text_put(text, "#undef S\n");
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
    text_args(text, type->is_external ? "PUBLIC_VALUES(" : "VALUES(", &args,
              ");");
}

void
emit_tables(struct text *text, const struct model *model)
{
    size_t i;

    for (i = 0; i < model->tables.count; i++) {
        const struct c_type *type = VEC(&model->tables, struct c_type, i);

        if (type->is_text)
            continue;
        if (type->is_enum)
            emit_enum_table(text, type);
        else
            emit_struct_table(text, model, type);
    }
}
