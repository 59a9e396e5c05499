/* SPDX-License-Identifier: Apache-2.0 */
/* Structs and enums become data contracts. */
#include "codegen/contract-data.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/base/text.h"

/* Two types with one XML name would be one in the schema. */
static bool
claim_name(struct contract *contract, struct data_type *type, struct decl *decl)
{
    const char *key = qname_text(type->name);
    struct decl *other = (struct decl *)map_get(&contract->names, key);

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

static struct data_type *
new_type(struct decl *decl, enum data_kind kind, const struct note *note)
{
    struct data_type *type = NEW(struct data_type);

    type->kind = kind;
    type->clr = contract_encode(contract_pascal(decl->tag));
    type->name.local = contract_encode(note_text(note, "name", type->clr));
    type->name.ns =
        note_text(note, "ns", decl->data_ns != NULL ? decl->data_ns : NS_DATA);
    type->doc = decl->doc;
    decl->meaning = type;
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

static void
check_names(const struct data_type *type, const struct decl *decl)
{
    struct map seen = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < type->members.count; i++) {
        struct data_member *member = VEC(&type->members, struct data_member, i);
        struct data_member *other =
            (struct data_member *)map_get(&seen, member->name);

        if (other != NULL)
            diag_error(member->place,
                       "two members of '%s' are called '%s'; the other is at "
                       "%s:%u",
                       decl->tag, member->name, other->place.file,
                       other->place.line);
        map_put(&seen, member->name, member);
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
check_bases(struct decl *decl)
{
    struct data_type *type = (struct data_type *)decl->meaning;
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

struct data_type *
data_class(struct contract *contract, struct decl *decl)
{
    const struct note *note = note_find(&decl->notes, NOTE_DATA);
    struct data_type *type = (struct data_type *)decl->meaning;

    if (type != NULL)
        return type;
    type = new_type(decl, DATA_CLASS, note);
    type->is_value_type = note_flag(note, "is_value_type", false);
    type->is_reference = note_flag(note, "is_reference", false);
    if (claim_name(contract, type, decl))
        vec_add(&contract->pending, decl);
    return type;
}

static void
fill(struct contract *contract, struct decl *decl)
{
    struct data_type *type = (struct data_type *)decl->meaning;
    size_t i;

    for (i = 0; i < decl->members.count; i++) {
        struct member *member = VEC(&decl->members, struct member, i);

        if (note_find(&member->notes, NOTE_BASE) != NULL)
            add_base(contract, type, member);
        else if (note_find(&member->notes, NOTE_MEMBER) != NULL)
            add_member(contract, type, member);
    }
    check_names(type, decl);
    if (type->members.count > 0)
        qsort(type->members.items, type->members.count, sizeof(void *),
              compare_members);
    contract_known(contract, &decl->notes, &type->known);
}

void
data_fill(struct contract *contract)
{
    struct vec *pending = &contract->pending;
    size_t i;

    for (i = 0; i < pending->count; i++)
        fill(contract, VEC(pending, struct decl, i));
    for (i = 0; i < pending->count; i++)
        check_bases(VEC(pending, struct decl, i));
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
    struct data_value *value = NEW(struct data_value);
    size_t i;

    value->name = note_text(note_find(&item->notes, NOTE_ENUM_MEMBER), "value",
                            value_name(decl, item->name));
    value->value = item->value;
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

struct data_type *
data_enum(struct contract *contract, struct decl *decl)
{
    const struct note *note = note_find(&decl->notes, NOTE_DATA);
    struct data_type *type = (struct data_type *)decl->meaning;
    bool some = false;
    size_t i;

    if (type != NULL)
        return type;
    type = new_type(decl, DATA_ENUM, note);
    type->by_value = true;
    type->is_flags = note_flag(note, "is_flags", false);
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
