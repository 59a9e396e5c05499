/* SPDX-License-Identifier: Apache-2.0 */
/* Structs and enums become data contracts. */
#include "codegen/contract-data.h"

#include <stdlib.h>
#include <string.h>

#include "codegen/text.h"
#include "runtime/base/text.h"

struct data_type *
data_known(const struct contract *contract, const struct decl *decl)
{
    return (struct data_type *)map_get(
        &contract->types,
        contract_format_key(contract, mem_printf("%p", (const void *)decl)));
}

void
data_remember(struct contract *contract, const struct decl *decl,
              struct data_type *type)
{
    map_put(&contract->types,
            contract_format_key(contract, mem_printf("%p", (const void *)decl)),
            type);
    type->format = contract->format;
    type->is_xml = contract->format->is_xml;
    type->is_encoded = contract->format->is_encoded;
}

/* Two types with one XML name would be one in the schema. */
static bool
claim_name(struct contract *contract, struct data_type *type, struct decl *decl)
{
    const char *key = qname_text(type->name);
    struct decl *other = (struct decl *)map_get(&contract->names, key);

    const struct data_type *same =
        (const struct data_type *)map_get(&contract->claims, key);

    if (other == decl && same != NULL && same != type) {
        diag_error(decl->place,
                   "'%s' is called %s both as a data contract and for "
                   "XmlSerializer; .ns of one of them tells them apart",
                   decl->tag, key);
        return false;
    }
    map_put(&contract->claims, key, type);
    if (other != NULL && other != decl) {
        diag_error(decl->place,
                   "'%s' is called %s, as '%s' is (%s:%u); .name or .ns tells "
                   "them apart",
                   decl->tag, key, other->tag, other->place.file,
                   other->place.line);
        return false;
    }
    map_put(&contract->names, key, decl);
    return true;
}

/* BoxOf{0}{#}, with the names of the arguments and what keeps it apart. */
static const char *
generic_name(const struct data_type *type, const char *form)
{
    struct text text = {NULL, 0, 0, 0};
    struct vec namespaces = {NULL, 0, 0};
    size_t i;

    text_put(&text, "");
    for (i = 0; i < type->arguments.count; i++) {
        struct data_use *use = VEC(&type->arguments, struct data_use, i);

        vec_add(&namespaces, mem_str(use->type->name.ns));
    }
    for (; *form != '\0'; form++) {
        const char *end = *form == '{' ? strchr(form, '}') : NULL;

        if (end == form + 2 && form[1] == '#') {
            text_put(&text, contract_digest(&namespaces));
        } else if (end == form + 2 && form[1] >= '0' &&
                   (size_t)(form[1] - '0') < type->arguments.count) {
            text_put(&text, VEC(&type->arguments, struct data_use,
                                (size_t)(form[1] - '0'))
                                ->type->name.local);
        } else {
            text_putn(&text, form, 1);
            continue;
        }
        form = end;
    }
    return text.data;
}

enum { MAX_NESTED = 32 };

/* Whether the name of type, or of what it holds, is not known yet. */
static bool
is_being_named(const struct data_type *type)
{
    return type != NULL &&
           (type->naming || is_being_named(type->args[0].type) ||
            is_being_named(type->args[1].type));
}

/* SBN_TYPE_ARGUMENT, several; what the name says in braces. */
static void
read_arguments(struct contract *contract, struct data_type *type,
               const struct decl *decl, const char *name)
{
    size_t i;

    if (contract->depth >= MAX_NESTED) {
        diag_error(decl->place, "type arguments nest too deep");
        return;
    }
    contract->depth++;
    type->naming = true;
    for (i = 0; i < decl->notes.count; i++) {
        const struct note *note = VEC(&decl->notes, struct note, i);
        struct data_use *use = NEW(struct data_use);

        if (note->kind != NOTE_TYPE_ARGUMENT ||
            !contract_use(contract, note->about, USE_INSIDE, NULL, use, NULL))
            continue;
        if (is_being_named(use->type))
            diag_error(note->place, "'%s' would be in its own name",
                       ctype_text(note->about));
        else
            vec_add(&type->arguments, use);
    }
    type->naming = false;
    contract->depth--;
    if (type->arguments.count > 0 && strchr(name, '{') == NULL)
        diag_error(decl->place,
                   "'%s' has type arguments that its name does not say: "
                   ".name = \"%sOf{0}{#}\"",
                   decl->tag, contract_pascal(decl->tag));
}

static struct data_type *
new_type(struct contract *contract, struct decl *decl, enum data_kind kind)
{
    bool is_xml = contract->format->is_xml;
    const struct note *note =
        note_find(&decl->notes, is_xml ? NOTE_XML_TYPE : NOTE_DATA);
    struct data_type *type = NEW(struct data_type);
    const char *name;

    type->kind = kind;
    type->clr = contract_encode(contract_pascal(decl->tag));
    name = note_text(note, "name", type->clr);
    type->name.local = contract_encode(name);
    type->name.ns = note_text(note, "ns",
                              is_xml                  ? contract->format->ns
                              : decl->data_ns != NULL ? decl->data_ns
                                                      : NS_DATA);
    type->doc = decl->doc;
    data_remember(contract, decl, type);
    if (is_xml)
        return type;
    read_arguments(contract, type, decl, name);
    if (type->arguments.count > 0) {
        type->generic = name;
        type->name.local = contract_encode(generic_name(type, name));
    }
    return type;
}

/* ---- Classes ------------------------------------------------------------- */

static int
compare_members(const void *a, const void *b)
{
    const struct data_member *first = *(const struct data_member *const *)a;
    const struct data_member *second = *(const struct data_member *const *)b;

    if (first->has_order != second->has_order)
        return first->has_order ? 1 : -1;
    if (first->has_order && first->order != second->order)
        return first->order < second->order ? -1 : 1;
    return strcmp(first->name, second->name);
}

/* An element and an attribute may have one name. */
static const char *
member_key(const struct data_member *member)
{
    return mem_printf("%s%s", member->form == MEMBER_ATTRIBUTE ? "@" : "",
                      member->name);
}

static void
check_names(const struct data_type *type, const struct decl *decl)
{
    struct map seen = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < type->members.count; i++) {
        struct data_member *member = VEC(&type->members, struct data_member, i);
        struct data_member *other =
            (struct data_member *)map_get(&seen, member_key(member));

        if (other != NULL)
            diag_error(member->place,
                       "two members of '%s' are called '%s'; the other is at "
                       "%s:%u",
                       decl->tag, member->name, other->place.file,
                       other->place.line);
        if (member->name != NULL)
            map_put(&seen, member_key(member), member);
    }
}

static void
add_base(struct contract *contract, struct data_type *type,
         const struct member *member)
{
    struct data_use use;

    if (!contract_use(contract, member->type, USE_INSIDE, member->name, &use,
                      NULL))
        return;
    if (use.type->kind != DATA_CLASS)
        diag_error(member->place, "'%s' is no struct that can be extended",
                   member->name);
    else if (type->base != NULL)
        diag_error(member->place, "there is a base already");
    else
        type->base = use.type;
}

static void
add_member(struct contract *contract, struct data_type *type,
           const struct member *member)
{
    const struct note *note = note_find(&member->notes, NOTE_MEMBER);
    struct data_member *to = NEW(struct data_member);
    const struct note_option *order = note_option(note, "order");

    if (member->is_function) {
        diag_error(member->place, "'%s' is a function, not data", member->name);
        return;
    }
    if (!contract_use(contract, member->type, USE_INSIDE, member->name,
                      &to->use, NULL))
        return;
    if (to->use.type->kind == DATA_STREAM ||
        to->use.type->kind == DATA_UNTYPED) {
        diag_error(member->place, "'%s' cannot be a part of data",
                   ctype_text(member->type));
        return;
    }
    if (order != NULL && order->number < 0)
        diag_error(order->place, ".order is negative");
    to->name =
        contract_encode(note_text(note, "name", contract_pascal(member->name)));
    to->place = member->place;
    to->doc = member->doc;
    to->has_order = order != NULL;
    to->order = order != NULL ? order->number : 0;
    to->emit_default = note_flag(note, "emit_default_value", true);
    contract_apply(note, &to->use, &to->required);
    vec_add(&type->members, to);
}

/* What it extends may not lead back to it. */
static void
check_bases(const struct decl *decl, struct data_type *type)
{
    const struct data_type *base = type->base, *slow = type->base;
    bool step = false;

    /* the second walker meets the first where a circle does not hold type */
    for (; base != NULL; base = base->base, step = !step) {
        if (base == type) {
            diag_error(decl->place, "'%s' extends itself", decl->tag);
            type->base = NULL;
            return;
        }
        if (step && (slow = slow->base) == base)
            return;
    }
}

/* Its members are read when all that is used has been named. */
struct pending {
    struct decl *decl;
    struct data_type *type;
};

static void
add_pending(struct contract *contract, struct decl *decl,
            struct data_type *type)
{
    struct pending *pending = NEW(struct pending);

    pending->decl = decl;
    pending->type = type;
    vec_add(&contract->pending, pending);
}

struct data_type *
data_class(struct contract *contract, struct decl *decl)
{
    const struct note *note = note_find(&decl->notes, NOTE_DATA);
    struct data_type *type = data_known(contract, decl);

    if (type != NULL)
        return type;
    type = new_type(contract, decl, DATA_CLASS);
    type->is_value_type = note_flag(note, "is_value_type", false);
    type->is_reference = note_flag(note, "is_reference", false);
    if (claim_name(contract, type, decl))
        add_pending(contract, decl, type);
    return type;
}

struct data_type *
data_choice(struct contract *contract, struct decl *decl)
{
    struct data_type *type = data_known(contract, decl);

    if (type != NULL)
        return type;
    type = new_type(contract, decl, DATA_CHOICE);
    add_pending(contract, decl, type);
    return type;
}

static void
fill(struct contract *contract, const struct decl *decl, struct data_type *type)
{
    size_t i;

    contract->format = type->format;
    for (i = 0; i < decl->members.count; i++) {
        struct member *member = VEC(&decl->members, struct member, i);

        if (note_find(&member->notes, NOTE_BASE) != NULL)
            add_base(contract, type, member);
        else if (type->is_xml && data_is_xml_member(member))
            data_xml_member(contract, type, member);
        else if (!type->is_xml &&
                 note_find(&member->notes, NOTE_MEMBER) != NULL)
            add_member(contract, type, member);
    }
    check_names(type, decl);
    if (type->is_xml)
        data_xml_finish(type, decl);
    else if (type->members.count > 0)
        qsort(type->members.items, type->members.count, sizeof(void *),
              compare_members);
    contract_known(contract, &decl->notes, &type->known);
}

void
data_fill(struct contract *contract)
{
    struct vec *pending = &contract->pending;
    size_t i;

    for (i = 0; i < pending->count; i++) {
        const struct pending *next = VEC(pending, struct pending, i);

        fill(contract, next->decl, next->type);
    }
    for (i = 0; i < pending->count; i++) {
        const struct pending *next = VEC(pending, struct pending, i);

        check_bases(next->decl, next->type);
    }
}

void
contract_known(struct contract *contract, const struct vec *notes,
               struct vec *known)
{
    struct data_use use;
    size_t i;

    for (i = 0; i < notes->count; i++) {
        const struct note *note = VEC(notes, struct note, i);

        if (note->kind == NOTE_KNOWN_TYPE &&
            contract_use(contract, note->about, USE_INSIDE, NULL, &use, NULL))
            vec_add(known, use.type);
    }
}

/* ---- Enums --------------------------------------------------------------- */

/* COLOUR_DARK_RED of enum colour gives DarkRed. */
static const char *
value_name(const struct decl *decl, const char *name)
{
    size_t size = strlen(decl->tag);
    char *lower;
    size_t i;

    if (strlen(name) > size + 1 && name[size] == '_' &&
        sbn__equal_nocase(name, size, decl->tag, size))
        name += size + 1;
    lower = mem_str(name);
    for (i = 0; lower[i] != '\0'; i++) {
        if (lower[i] >= 'a' && lower[i] <= 'z')
            return name; /* it has a form of its own */
        lower[i] = sbn__lower(lower[i]);
    }
    return contract_pascal(lower);
}

static void
add_value(struct data_type *type, const struct decl *decl,
          const struct enumerator *item)
{
    const struct note *note = note_find(&item->notes, NOTE_ENUM_MEMBER);
    const struct note_option *number = note_option(note, "number");
    struct data_value *value = NEW(struct data_value);
    size_t i;

    value->name = note_text(note, "value", value_name(decl, item->name));
    /* C's enumerators are ints, and .NET's may be larger */
    value->value = number != NULL ? number->number : item->value;
    value->doc = item->doc;
    for (i = 0; i < type->values.count; i++)
        if (strcmp(VEC(&type->values, struct data_value, i)->name,
                   value->name) == 0)
            diag_error(item->place, "two values of '%s' are called '%s'",
                       decl->tag, value->name);
    if (type->is_flags && strpbrk(value->name, " \t\r\n") != NULL)
        diag_error(item->place,
                   "'%s' has a blank in it, which separates the "
                   "values of flags",
                   value->name);
    vec_add(&type->values, value);
}

/* Of an enum that .NET keeps in something else than an int. */
static void
set_underlying(struct contract *contract, struct data_type *type,
               const struct note *note)
{
    static const char *const integers[] = {"int8_t",   "int16_t", "int32_t",
                                           "int64_t",  "uint8_t", "uint16_t",
                                           "uint32_t", "uint64_t"};
    const struct note_option *option = note_option(note, "underlying");
    size_t i;

    if (option == NULL)
        return;
    for (i = 0; i < sizeof(integers) / sizeof(integers[0]); i++)
        if (strcmp(option->text, integers[i]) == 0 && i != 2)
            type->underlying = data_builtin(contract, integers[i]);
    if (type->underlying == NULL && strcmp(option->text, "int32_t") != 0)
        diag_error(option->place,
                   "'%s' is no integer type: int8_t .. uint64_t are",
                   option->text);
}

struct data_type *
data_enum(struct contract *contract, struct decl *decl)
{
    const struct note *note = note_find(
        &decl->notes, contract->format->is_xml ? NOTE_XML_TYPE : NOTE_DATA);
    struct data_type *type = data_known(contract, decl);
    bool some = false;
    size_t i;

    if (type != NULL)
        return type;
    type = new_type(contract, decl, DATA_ENUM);
    type->by_value = true;
    type->is_flags = note_flag(note, "is_flags", false);
    set_underlying(contract, type, note);
    if (!claim_name(contract, type, decl))
        return type;
    for (i = 0; i < decl->enumerators.count; i++)
        some = some ||
               note_find(&VEC(&decl->enumerators, struct enumerator, i)->notes,
                         NOTE_ENUM_MEMBER) != NULL;
    /* once one is marked, only those that are marked are part of it */
    for (i = 0; i < decl->enumerators.count; i++) {
        struct enumerator *item = VEC(&decl->enumerators, struct enumerator, i);

        if (!some || note_find(&item->notes, NOTE_ENUM_MEMBER) != NULL)
            add_value(type, decl, item);
    }
    return type;
}
