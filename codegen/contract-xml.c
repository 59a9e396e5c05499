/* SPDX-License-Identifier: Apache-2.0 */
/* Types as XmlSerializer writes them: elements in the order they are declared
 * in, attributes, text, choices and whatever else there is. */
#include <stdlib.h>
#include <string.h>

#include "codegen/contract-data.h"

/* ---- Types of XML Schema by name ----------------------------------------- */

/* .data_type: what may be said of text, bytes and times. */
static bool
is_data_type(const struct data_type *of, const char *name)
{
    static const char *const texts[] = {"anyURI",
                                        "duration",
                                        "ENTITIES",
                                        "ENTITY",
                                        "gDay",
                                        "gMonth",
                                        "gMonthDay",
                                        "gYear",
                                        "gYearMonth",
                                        "ID",
                                        "IDREF",
                                        "IDREFS",
                                        "integer",
                                        "language",
                                        "Name",
                                        "NCName",
                                        "negativeInteger",
                                        "NMTOKEN",
                                        "NMTOKENS",
                                        "nonNegativeInteger",
                                        "nonPositiveInteger",
                                        "normalizedString",
                                        "NOTATION",
                                        "positiveInteger",
                                        "string",
                                        "token"};
    size_t i;

    if (strcmp(of->name.ns, NS_XSD) != 0)
        return false;
    if (strcmp(of->name.local, "base64Binary") == 0)
        return strcmp(name, "hexBinary") == 0 ||
               strcmp(name, of->name.local) == 0;
    if (strcmp(of->name.local, "dateTime") == 0)
        return strcmp(name, "date") == 0 || strcmp(name, "time") == 0 ||
               strcmp(name, "dateTime") == 0;
    if (strcmp(of->name.local, "string") != 0)
        return false;
    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (strcmp(texts[i], name) == 0)
            return true;
    return false;
}

static bool
apply_data_type(struct contract *contract, const struct note *note,
                struct data_use *use)
{
    const struct note_option *option = note_option(note, "data_type");
    const char *key;
    struct data_type *type;

    if (option == NULL)
        return true;
    if (!is_data_type(use->type, option->text)) {
        diag_error(option->place, "'%s' is no .data_type of what is xs:%s",
                   option->text, use->type->name.local);
        return false;
    }
    key = mem_printf("xml xs:%s", option->text);
    type = (struct data_type *)map_get(&contract->types, key);
    if (type == NULL) {
        type = NEW(struct data_type);
        *type = *use->type;
        type->name.local = option->text;
        map_put(&contract->types, key, type);
    }
    use->type = type;
    return true;
}

static void
apply_nullable(const struct note *note, struct data_use *use)
{
    if (note_flag(note, "is_nullable", false))
        use->nillable = use->is_there = true;
}

/* ---- Arrays -------------------------------------------------------------- */

/* int gives Int */
static const char *
capital(const char *name)
{
    char *result = mem_str(name);

    if (*result >= 'a' && *result <= 'z')
        *result = (char)(*result - 'a' + 'A');
    return result;
}

static bool
same_items(const struct data_type *type, const struct data_use *use,
           const char *item)
{
    return type->kind == DATA_ARRAY && type->args[0].type == use->type &&
           type->args[0].nillable == use->nillable &&
           strcmp(type->item, item) == 0;
}

/* ArrayOfInt, and ArrayOfInt1 where its items are others than that's. */
static struct data_type *
named_array(struct contract *contract, const struct data_use *use,
            const char *item)
{
    const char *base = mem_printf(
        "ArrayOf%s%s", use->nillable && use->type->by_value ? "NullableOf" : "",
        capital(use->type->kind == DATA_ANY ? use->type->clr
                                            : use->type->name.local));
    struct data_type *type;
    const char *key, *name;
    unsigned next = 0;

    for (;; next++) {
        name = next == 0 ? base : mem_printf("%s%u", base, next);
        key = contract_format_key(contract, mem_printf("array %s", name));
        type = (struct data_type *)map_get(&contract->types, key);
        if (type == NULL)
            break;
        if (same_items(type, use, item))
            return type;
    }
    type = NEW(struct data_type);
    type->kind = DATA_ARRAY;
    type->name.local = type->clr = name;
    type->name.ns = contract->format->ns;
    type->format = contract->format;
    type->is_xml = true;
    type->is_encoded = contract->format->is_encoded;
    type->args[0] = *use;
    type->item = item;
    map_put(&contract->types, key, type);
    return type;
}

/* bytes are base64Binary, never an array */
static bool
is_bytes(const struct contract *contract, const struct ctype *type)
{
    const struct ctype *item = contract_resolve(contract, type->args[0]);

    return item->kind == CTYPE_NAME && item->pointers == 0 &&
           strcmp(item->name, "uint8_t") == 0;
}

/* Once for each item, without an element around them: it has no type. */
static struct data_type *
nameless_array(const struct data_use *item)
{
    struct data_type *type = NEW(struct data_type);

    type->kind = DATA_ARRAY;
    type->name.local = type->name.ns = "";
    type->is_xml = true;
    type->args[0] = *item;
    return type;
}

struct data_type *
data_xml_array(struct contract *contract, const struct ctype *type,
               const struct vec *notes)
{
    static const struct vec none;
    const struct note *item;
    struct data_use use;
    const char *name;

    notes = notes == NULL ? &none : notes;
    item = note_find(notes, NOTE_XML_ARRAY_ITEM);
    contract->array_notes = NULL; /* they are not about what is inside of it */
    if (is_bytes(contract, type))
        return data_builtin(contract, "sbn_bytes");
    if (!contract_use(contract, type->args[0], USE_INSIDE, NULL, &use, NULL) ||
        !apply_data_type(contract, item, &use))
        return NULL;
    if (use.type->kind == DATA_STREAM || use.type->kind == DATA_UNTYPED) {
        diag_error(type->place, "'%s' cannot be a part of data",
                   ctype_text(type->args[0]));
        return NULL;
    }
    if (note_find(notes, NOTE_XML_ELEMENT) != NULL)
        return nameless_array(&use);
    name = use.type->kind == DATA_ANY ? use.type->clr : use.type->name.local;
    use.nillable =
        note_flag(item, "is_nullable", use.nillable || !use.type->by_value);
    return named_array(contract, &use,
                       contract_encode(note_text(item, "name", name)));
}

/* ---- What a value is ----------------------------------------------------- */

bool
contract_xml_use(struct contract *contract, const struct ctype *written,
                 const struct vec *notes, const char *name,
                 struct data_use *use, bool *ret_many)
{
    const struct ctype *type = contract_resolve(contract, written);
    const struct note *element = note_find(notes, NOTE_XML_ELEMENT);
    const struct note *array = note_find(notes, NOTE_XML_ARRAY);
    bool is_array = type->kind == CTYPE_ARRAY && !is_bytes(contract, type);
    const struct data_use none = {NULL, false, false};

    *use = none;
    *ret_many = is_array && element != NULL;
    if (is_array && element == NULL) {
        use->type = data_xml_array(contract, type, notes);
        apply_nullable(array, use);
        return use->type != NULL;
    }
    if (array != NULL) {
        diag_error(array->place, "'%s' is no SBN_ARRAY",
                   ctype_whole_text(type));
        return false;
    }
    if (!contract_use(contract, *ret_many ? type->args[0] : written, USE_INSIDE,
                      name, use, NULL))
        return false;
    if (use->type->kind == DATA_STREAM || use->type->kind == DATA_UNTYPED)
        return true; /* whether it may stand there is asked elsewhere */
    apply_nullable(element, use);
    return apply_data_type(contract, element, use);
}

/* ---- Members ------------------------------------------------------------- */

static const struct {
    enum note_kind note;
    enum member_form form;
} forms[] = {{NOTE_XML_ELEMENT, MEMBER_ELEMENT},
             {NOTE_XML_ARRAY, MEMBER_ELEMENT},
             {NOTE_XML_ATTRIBUTE, MEMBER_ATTRIBUTE},
             {NOTE_XML_TEXT, MEMBER_TEXT},
             {NOTE_XML_ANY_ELEMENT, MEMBER_ANY_ELEMENT},
             {NOTE_XML_ANY_ATTRIBUTE, MEMBER_ANY_ATTRIBUTE}};
enum { FORMS = sizeof(forms) / sizeof(forms[0]) };

/* The one note that makes member a part of the type; NULL: none. */
static const struct note *
form_note(const struct member *member, enum member_form *ret_form)
{
    const struct note *found = NULL, *note;
    size_t i;

    for (i = 0; i < FORMS; i++) {
        note = note_find(&member->notes, forms[i].note);
        if (note == NULL)
            continue;
        if (found != NULL) {
            diag_error(note->place, "'%s' cannot be %s and %s", member->name,
                       note_word(found->kind), note_word(note->kind));
            return NULL;
        }
        found = note;
        *ret_form = forms[i].form;
    }
    return found;
}

bool
data_is_xml_member(const struct member *member)
{
    size_t i;

    for (i = 0; i < FORMS; i++)
        if (note_find(&member->notes, forms[i].note) != NULL)
            return true;
    return false;
}

/* An attribute or text: a value without content of its own. */
static bool
is_simple(const struct data_type *type)
{
    return (type->kind == DATA_BUILTIN &&
            strcmp(type->name.local, "anyType") != 0) ||
           type->kind == DATA_SYSTEM || type->kind == DATA_ENUM;
}

/* A union among the elements, alone or in an array. */
static bool
add_choice(struct contract *contract, const struct member *member,
           struct data_member *to)
{
    const struct ctype *type = contract_resolve(contract, member->type);
    struct decl *decl = contract_choice_of(
        contract, type->kind == CTYPE_ARRAY ? type->args[0] : type);

    if (decl == NULL)
        return false;
    to->form = MEMBER_CHOICE;
    to->many = type->kind == CTYPE_ARRAY;
    to->use.type = data_choice(contract, decl);
    to->required = !to->many;
    to->name = mem_printf("|%s", member->name); /* it has none in XML */
    return true;
}

/* sbn_xml: elements of any names, or attributes */
static bool
add_any(struct contract *contract, const struct member *member,
        struct data_member *to)
{
    const struct ctype *type = contract_resolve(contract, member->type);

    to->many = type->kind == CTYPE_ARRAY;
    if (to->many)
        type = contract_resolve(contract, type->args[0]);
    to->name = mem_printf("|%s", member->name);
    if (type->kind == CTYPE_NAME && type->pointers == 0 &&
        (strcmp(type->name, "sbn_xml_element") == 0 ||
         strcmp(type->name, "sbn_xml") == 0))
        return true;
    diag_error(member->place, "'%s' is not sbn_xml_element", member->name);
    return false;
}

static bool
is_unqualified(const struct note *note)
{
    const struct note_option *form = note_option(note, "form");

    if (form != NULL && strcmp(form->text, "unqualified") != 0 &&
        strcmp(form->text, "qualified") != 0)
        diag_error(form->place, ".form is \"qualified\" or \"unqualified\"");
    return form != NULL && strcmp(form->text, "unqualified") == 0;
}

/* Of an enumeration a default is one of its values. */
static bool
check_default(const struct note *note, const struct data_type *type)
{
    const struct note_option *option = note_option(note, "default_value");
    size_t i;

    if (option == NULL || (is_simple(type) && type->kind != DATA_ENUM))
        return true;
    for (i = 0; type->kind == DATA_ENUM && i < type->values.count; i++)
        if (strcmp(VEC(&type->values, struct data_value, i)->name,
                   option->text) == 0)
            return true;
    diag_error(option->place, ".default_value '%s' is no value of '%s'",
               option->text, type->name.local);
    return false;
}

/* An element, an attribute or text. */
static bool
add_value(struct contract *contract, const struct data_type *type,
          const struct member *member, const struct note *note,
          struct data_member *to)
{
    bool left_out = note_flag(note, "has_specified", false);

    if (!contract_xml_use(contract, member->type, &member->notes, member->name,
                          &to->use, &to->many))
        return false;
    if (note->kind != NOTE_XML_ELEMENT &&
        !apply_data_type(contract, note, &to->use))
        return false;
    if (to->use.type->kind == DATA_STREAM ||
        to->use.type->kind == DATA_UNTYPED) {
        diag_error(member->place, "'%s' cannot be a part of data",
                   ctype_text(member->type));
        return false;
    }
    if (to->form != MEMBER_ELEMENT &&
        (!is_simple(to->use.type) || to->use.nillable)) {
        diag_error(member->place,
                   "'%s' is %s, so it is a value without elements that is not "
                   "behind a pointer",
                   member->name, note_word(note->kind));
        return false;
    }
    if (!check_default(note, to->use.type))
        return false;
    to->default_value = note_text(note, "default_value", NULL);
    to->required =
        to->use.is_there && !left_out && !to->many && to->default_value == NULL;
    to->unqualified = is_unqualified(note) || type->is_encoded;
    to->ns = note_text(note, "ns", NULL);
    if (to->ns != NULL && strcmp(to->ns, type->name.ns) == 0)
        to->ns = NULL;
    to->name = to->form == MEMBER_TEXT
                   ? mem_printf("|%s", member->name)
                   : contract_encode(note_text(note, "name",
                                               contract_pascal(member->name)));
    return true;
}

void
data_xml_member(struct contract *contract, struct data_type *type,
                const struct member *member)
{
    struct data_member *to = NEW(struct data_member);
    const struct note *note = form_note(member, &to->form);
    const struct note_option *order = note_option(note, "order");
    bool good;

    if (note == NULL)
        return;
    if (member->is_function) {
        diag_error(member->place, "'%s' is a function, not data", member->name);
        return;
    }
    if (type->is_encoded && to->form != MEMBER_ELEMENT) {
        diag_error(note->place, "%s has no place in SOAP's encoding",
                   note_word(note->kind));
        return;
    }
    to->place = member->place;
    to->doc = member->doc;
    to->emit_default = true;
    to->has_order = order != NULL;
    to->order = order != NULL ? order->number : 0;
    if (to->form == MEMBER_ANY_ELEMENT || to->form == MEMBER_ANY_ATTRIBUTE)
        good = add_any(contract, member, to);
    else
        good =
            (to->form == MEMBER_ELEMENT && add_choice(contract, member, to)) ||
            add_value(contract, type, member, note, to);
    if (good)
        vec_add(&type->members, to);
}

/* By .order, the others as they are declared before them. */
static void
sort_members(struct vec *members)
{
    size_t i, at;

    for (i = 1; i < members->count; i++) {
        struct data_member *member = VEC(members, struct data_member, i);

        for (at = i; at > 0; at--) {
            struct data_member *before =
                VEC(members, struct data_member, at - 1);

            if (!before->has_order ||
                (member->has_order && before->order <= member->order))
                break;
            members->items[at] = before;
        }
        members->items[at] = member;
    }
}

void
data_xml_finish(struct data_type *type, const struct decl *decl)
{
    bool has_text = false;
    size_t i;

    for (i = 0; i < type->members.count; i++) {
        const struct data_member *member =
            VEC(&type->members, struct data_member, i);

        if (member->form == MEMBER_TEXT && has_text)
            diag_error(member->place, "'%s' has text twice", decl->tag);
        has_text = has_text || member->form == MEMBER_TEXT;
        if (type->kind == DATA_CHOICE && member->form != MEMBER_ELEMENT &&
            member->form != MEMBER_TEXT)
            diag_error(member->place, "'%s' is a choice among elements",
                       decl->tag);
    }
    if (type->kind == DATA_CHOICE && type->members.count == 0)
        diag_error(decl->place, "'%s' has nothing to choose from", decl->tag);
    if (has_text && type->base != NULL)
        diag_error(decl->place,
                   "'%s' extends another type, so it has no text of its own",
                   decl->tag);
    sort_members(&type->members);
}
