/* SPDX-License-Identifier: Apache-2.0 */
/* What a C type is in the schema, where it may be missing, and which way it
 * goes. */
#include <string.h>

#include "codegen/contract-data.h"

/* C's name, XML's, the namespace's letter (x: XML Schema, s: Serialization),
 * whether it is there by value, the name for faults; and for XmlSerializer
 * another name, in a namespace of its own (w) or in that of XML Schema. */
static const struct builtin {
    const char *c, *xml;
    char ns;
    bool by_value;
    const char *clr;
    const char *other;
    char other_ns;
} builtins[] = {
    {"bool", "boolean", 'x', true, "Boolean", NULL, 0},
    {"int8_t", "byte", 'x', true, "SByte", NULL, 0},
    {"int16_t", "short", 'x', true, "Int16", NULL, 0},
    {"int32_t", "int", 'x', true, "Int32", NULL, 0},
    {"int64_t", "long", 'x', true, "Int64", NULL, 0},
    {"uint8_t", "unsignedByte", 'x', true, "Byte", NULL, 0},
    {"uint16_t", "unsignedShort", 'x', true, "UInt16", NULL, 0},
    {"uint32_t", "unsignedInt", 'x', true, "UInt32", NULL, 0},
    {"uint64_t", "unsignedLong", 'x', true, "UInt64", NULL, 0},
    {"float", "float", 'x', true, "Single", NULL, 0},
    {"double", "double", 'x', true, "Double", NULL, 0},
    {"char", "string", 'x', false, "String", NULL, 0}, /* behind a pointer */
    {"sbn_decimal", "decimal", 'x', true, "Decimal", NULL, 0},
    {"sbn_datetime", "dateTime", 'x', true, "DateTime", NULL, 0},
    {"sbn_duration", "duration", 's', true, "TimeSpan", "TimeSpan", 'w'},
    {"sbn_guid", "guid", 's', true, "Guid", "guid", 'w'},
    {"sbn_char", "char", 's', true, "Char", "char", 'w'},
    {"sbn_uri", "anyURI", 'x', false, "Uri", NULL, 0},
    {"sbn_bytes", "base64Binary", 'x', false, "Byte_x005B__x005D_", NULL, 0},
    {"sbn_qname", "QName", 'x', false, "XmlQualifiedName", NULL, 0},
    {"sbn_xml", "anyType", 'x', false, "Object", NULL, 0},
    {"sbn_date_only", "dateOnly", 's', true, "DateOnly", "date", 'x'},
    {"sbn_time_only", "timeOnly", 's', true, "TimeOnly", "time", 'x'},
};

const char *
contract_format_key(const struct contract *contract, const char *name)
{
    const struct data_format *format = contract->format;

    if (!format->is_xml)
        return name;
    return mem_printf("%s %s %s", format->is_encoded ? "encoded" : "xml",
                      format->ns, name);
}

static struct data_type *
new_builtin(const struct builtin *known, bool is_xml)
{
    struct data_type *type = NEW(struct data_type);
    char ns = known->ns;

    type->kind = DATA_BUILTIN;
    type->name.local = known->xml;
    if (is_xml && known->other != NULL) {
        ns = known->other_ns;
        type->name.local = known->other;
        type->kind = ns == 'w' ? DATA_SYSTEM : DATA_BUILTIN;
    }
    type->name.ns = ns == 'x'   ? NS_XSD
                    : ns == 'w' ? NS_WSDL_TYPES
                                : NS_SERIALIZATION;
    type->by_value = known->by_value;
    type->clr = known->clr;
    type->is_xml = is_xml;
    return type;
}

struct data_type *
data_builtin(struct contract *contract, const char *name)
{
    bool is_xml = contract->format->is_xml;
    const char *key = is_xml ? mem_printf("xml %s", name) : name;
    struct data_type *type = (struct data_type *)map_get(&contract->types, key);
    size_t i;

    for (i = 0; type == NULL && i < sizeof(builtins) / sizeof(builtins[0]); i++)
        if (strcmp(builtins[i].c, name) == 0) {
            type = new_builtin(&builtins[i], is_xml);
            map_put(&contract->types, is_xml ? key : builtins[i].c, type);
        }
    return type;
}

/* Those whose schema is fixed, but is written only when they are used. */
static struct data_type *
special(struct contract *contract, const char *name)
{
    static const struct {
        const char *c;
        enum data_kind kind;
        const char *ns, *xml, *clr;
        bool by_value;
    } known[] = {
        {"sbn_datetime_offset", DATA_OFFSET, NS_DATA "System", "DateTimeOffset",
         "DateTimeOffset", true},
        {"sbn_xml_element", DATA_ANY, NS_XSD, "anyType", "XmlElement", false},
        {"sbn_stream", DATA_STREAM, NS_MESSAGE, "StreamBody", "Stream", true},
        {"sbn_message", DATA_UNTYPED, NS_MESSAGE, "MessageBody", "Message",
         true},
        {"sbn_dataset", DATA_DATASET, "", "DataSet", "DataSet", false},
    };
    const char *key = contract_format_key(contract, name);
    struct data_type *type = (struct data_type *)map_get(&contract->types, key);
    size_t i;

    for (i = 0; type == NULL && i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(known[i].c, name) != 0)
            continue;
        type = NEW(struct data_type);
        type->kind = known[i].kind;
        type->name.ns = known[i].ns;
        type->name.local = known[i].xml;
        type->clr = known[i].clr;
        type->by_value = known[i].by_value;
        type->is_xml = contract->format->is_xml;
        map_put(&contract->types, mem_str(key), type);
    }
    return type;
}

/* ---- Typedefs ------------------------------------------------------------ */

const struct ctype *
contract_resolve(const struct contract *contract, const struct ctype *type)
{
    unsigned steps;

    for (steps = 0; steps < 32 && type->kind == CTYPE_NAME; steps++) {
        const struct decl *decl = (const struct decl *)map_get(
            &contract->header->typedefs, type->name);
        struct ctype *next;

        if (decl == NULL || note_find(&decl->notes, NOTE_COLLECTION) != NULL)
            break;
        next = NEW(struct ctype);
        if (decl->kind == DECL_TYPEDEF) {
            *next = *decl->type;
        } else {
            next->kind = decl->kind == DECL_ENUM    ? CTYPE_ENUM
                         : decl->kind == DECL_UNION ? CTYPE_UNION
                                                    : CTYPE_STRUCT;
            next->name = decl->tag;
        }
        next->place = type->place;
        next->pointers += type->pointers;
        next->is_const = next->is_const || type->is_const;
        type = next;
    }
    return type;
}

/* ---- Base types ---------------------------------------------------------- */

static struct data_type *
fail(const struct ctype *type, const char *what)
{
    diag_error(type->place, "'%s' %s", ctype_text(type), what);
    return NULL;
}

static struct data_type *
named_type(struct contract *contract, const struct ctype *type)
{
    const char *name = type->name;
    struct decl *decl =
        (struct decl *)map_get(&contract->header->typedefs, name);
    struct data_type *known;

    if (decl != NULL && note_find(&decl->notes, NOTE_COLLECTION) != NULL)
        return data_collection(contract, decl);
    known = data_builtin(contract, name);
    if (known == NULL)
        known = special(contract, name);
    if (known != NULL && known->is_xml && known->kind == DATA_OFFSET)
        return fail(type, "is for data contracts; XmlSerializer has none like "
                          "it");
    if (known != NULL)
        return known;
    if (strcmp(name, "long") == 0 || strcmp(name, "unsigned long") == 0)
        return fail(type, "has not the same size everywhere; int32_t and "
                          "int64_t have");
    if (strcmp(name, "sbn_async_callback") == 0 ||
        strcmp(name, "sbn_async_result") == 0)
        return fail(type, "is for Begin and End functions: the operation lacks "
                          ".async_pattern = true");
    if (strcmp(name, "void") == 0)
        return fail(type, "says nothing about what it is");
    return fail(type, "is no type of a contract");
}

static struct data_type *
struct_type(struct contract *contract, const struct ctype *type)
{
    struct decl *decl =
        (struct decl *)map_get(&contract->header->structs, type->name);

    if (decl == NULL || decl->kind != DECL_STRUCT)
        return fail(type, "is not declared in this file");
    if (note_find(&decl->notes, NOTE_MESSAGE) != NULL)
        return fail(type, "is a whole message, which stands alone: as the only "
                          "parameter, behind a pointer to const, or as what is "
                          "returned");
    if (note_find(&decl->notes, NOTE_SERVICE) != NULL)
        return fail(type, "is a service contract, not data");
    if (contract->format->is_xml) {
        if (note_find(&decl->notes, NOTE_XML_TYPE) == NULL)
            return fail(type, "is no type for XmlSerializer; SBN_XML_TYPE() "
                              "before it makes it one");
        return data_class(contract, decl);
    }
    if (note_find(&decl->notes, NOTE_DATA) == NULL)
        return fail(type, "is no data contract; SBN_DATA_CONTRACT() before it "
                          "makes it one");
    return data_class(contract, decl);
}

static struct data_type *
enum_type(struct contract *contract, const struct ctype *type)
{
    struct decl *decl =
        (struct decl *)map_get(&contract->header->enums, type->name);

    if (decl == NULL)
        return fail(type, "is not declared in this file");
    return data_enum(contract, decl);
}

static struct data_type *
base_type(struct contract *contract, const struct ctype *type)
{
    switch (type->kind) {
    case CTYPE_STRUCT:
        return struct_type(contract, type);
    case CTYPE_UNION:
        return fail(type,
                    "is a union, which is no type of a contract; one "
                    "with SBN_XML_CHOICE is a member of what XmlSerializer "
                    "writes");
    case CTYPE_ENUM:
        return enum_type(contract, type);
    case CTYPE_ARRAY:
        return data_array(contract, type);
    case CTYPE_MAP:
        return data_map(contract, type);
    case CTYPE_PAIR:
        return data_pair(contract, type);
    default:
        return named_type(contract, type);
    }
}

/* ---- Pointers ------------------------------------------------------------ */

static bool
is_called(const struct ctype *type, const char *name)
{
    return type->kind == CTYPE_NAME && strcmp(type->name, name) == 0;
}

/* The pointers that belong to the type itself: const char *, and of what is
 * only known by pointer. */
static unsigned
own_pointers(const struct ctype *type)
{
    return is_called(type, "char") || is_called(type, "sbn_stream") ||
                   is_called(type, "sbn_message")
               ? 1
               : 0;
}

static bool
wrong_pointers(const struct ctype *type, const char *name)
{
    diag_error(type->place, "'%s'%s%s is pointed to too often",
               ctype_whole_text(type), name != NULL ? " of " : "",
               name != NULL ? name : "");
    return false;
}

static bool
check_char(const struct ctype *type)
{
    if (!is_called(type, "char") || type->pointers > 0)
        return true;
    diag_error(type->place, "'char' alone is no type of a contract: int8_t is "
                            "a number, sbn_char a character");
    return false;
}

/* What is left of pointers after those of the type's own: out, missing. */
static bool
use_pointers(const struct ctype *type, enum use_role role, const char *name,
             struct data_use *use, enum use_direction *direction)
{
    unsigned left = type->pointers - own_pointers(type);
    bool reference = !use->type->by_value || type->kind == CTYPE_STRUCT;
    bool is_out = false, behind;

    if (role == USE_IN && type->kind != CTYPE_NAME && left == 1)
        is_out = !type->is_const;
    else if (role == USE_IN && left == 1)
        is_out = own_pointers(type) > 0 || !type->is_const;
    else if (role == USE_IN && left == 2)
        is_out = true;
    left -= is_out ? 1 : 0;
    behind = left > 0;
    if (left > 1 ||
        (behind && !use->type->by_value && type->kind != CTYPE_STRUCT))
        return wrong_pointers(type, name);
    /* a struct by value is there; behind a pointer anything may be missing */
    use->nillable = type->kind == CTYPE_STRUCT ? behind : behind || reference;
    if (use->type->is_xml) {
        /* what may be missing is left out, unless it is a value */
        use->nillable = behind && use->type->by_value;
        use->is_there =
            use->type->by_value || (type->kind == CTYPE_STRUCT && !behind);
    }
    if (direction != NULL)
        *direction = !is_out ? GOES_IN
                     : name != NULL && strncmp(name, "ret_", 4) == 0
                         ? GOES_OUT
                         : GOES_BOTH;
    return true;
}

bool
contract_use(struct contract *contract, const struct ctype *written,
             enum use_role role, const char *name, struct data_use *ret_use,
             enum use_direction *ret_direction)
{
    const struct ctype *type = contract_resolve(contract, written);
    struct data_use use = {NULL, false, false};

    ret_use->type = NULL;
    if (!check_char(type))
        return false;
    use.type = base_type(contract, type);
    if (use.type == NULL)
        return false;
    if (type->pointers < own_pointers(type)) {
        diag_error(type->place, "'%s' stands behind a pointer",
                   ctype_text(type));
        return false;
    }
    if (!use_pointers(type, role, name, &use, ret_direction))
        return false;
    *ret_use = use;
    return true;
}

void
contract_apply(const struct note *note, struct data_use *use,
               bool *ret_required)
{
    use->nillable = note_flag(note, "nillable", use->nillable);
    *ret_required = note_flag(note, "is_required", *ret_required);
}

struct decl *
contract_choice_of(const struct contract *contract, const struct ctype *written)
{
    const struct ctype *type = contract_resolve(contract, written);
    struct decl *decl =
        type->kind != CTYPE_UNION
            ? NULL
            : (struct decl *)map_get(&contract->header->structs, type->name);

    return decl != NULL && note_find(&decl->notes, NOTE_XML_CHOICE) != NULL
               ? decl
               : NULL;
}

struct decl *
contract_message_of(const struct contract *contract,
                    const struct ctype *written)
{
    const struct ctype *type = contract_resolve(contract, written);
    struct decl *decl;

    if (type->kind != CTYPE_STRUCT)
        return NULL;
    decl = (struct decl *)map_get(&contract->header->structs, type->name);
    return decl != NULL && note_find(&decl->notes, NOTE_MESSAGE) != NULL ? decl
                                                                         : NULL;
}
