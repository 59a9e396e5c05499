/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays and maps, which get their names from what they hold. */
#include <string.h>

#include "codegen/contract-data.h"

static const struct data_use no_use;

/* What stands for use in a name that is made of names. */
static const char *
name_part(const struct data_use *use)
{
    const char *local =
        use->type->kind == DATA_ANY ? use->type->clr : use->type->name.local;

    return use->nillable && use->type->by_value
               ? mem_printf("NullableOf%s", local)
               : local;
}

/* Where .NET has what is named so: Nullable<int> is System's. */
static const char *
name_ns(const struct data_use *use)
{
    return use->nillable && use->type->by_value ? NS_DATA "System"
                                                : use->type->name.ns;
}

/* Keeps apart what has the same names in other namespaces; b may be NULL. */
static const char *
digest(const char *a, const char *b)
{
    struct vec namespaces = {NULL, 0, 0};

    vec_add(&namespaces, mem_str(a));
    if (b != NULL)
        vec_add(&namespaces, mem_str(b));
    return contract_digest(&namespaces);
}

static bool
use_args(struct contract *contract, const struct ctype *type, size_t count,
         struct data_use *args)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (!contract_use(contract, type->args[i], USE_INSIDE, NULL, &args[i],
                          NULL))
            return false;
        if (args[i].type->kind == DATA_STREAM ||
            args[i].type->kind == DATA_UNTYPED) {
            diag_error(type->place, "'%s' cannot be a part of data",
                       ctype_text(type->args[i]));
            return false;
        }
    }
    return true;
}

static bool
same_use(const struct data_use *a, const struct data_use *b)
{
    return a->type == b->type && a->nillable == b->nillable;
}

/* The type of that name, made now unless it is there. */
static struct data_type *
named(struct contract *contract, enum data_kind kind, const char *ns,
      const char *local, const struct data_use *args, struct place place)
{
    struct data_type *type;
    struct qname name;
    const char *key;

    name.ns = ns;
    name.local = local;
    key = qname_text(name);
    type = (struct data_type *)map_get(&contract->types, key);
    if (type != NULL && (!same_use(&type->args[0], &args[0]) ||
                         !same_use(&type->args[1], &args[1]))) {
        diag_error(place,
                   "two collections of different types are called %s; "
                   "SBN_COLLECTION_CONTRACT tells them apart",
                   key);
        return NULL;
    }
    if (type != NULL)
        return type;
    type = NEW(struct data_type);
    type->kind = kind;
    type->name = name;
    type->clr = local;
    type->args[0] = args[0];
    type->args[1] = args[1];
    map_put(&contract->types, key, type);
    return type;
}

struct data_type *
data_array(struct contract *contract, const struct ctype *type)
{
    struct data_use args[2] = {no_use, no_use};
    const char *ns, *item, *end = "";
    struct data_type *array;

    if (contract->format->is_xml)
        return data_xml_array(contract, type, contract->array_notes);
    if (!use_args(contract, type, 1, args))
        return NULL;
    /* bytes are base64Binary, never an array */
    if (args[0].type == data_builtin(contract, "uint8_t") && !args[0].nillable)
        return data_builtin(contract, "sbn_bytes");
    item = args[0].type->name.local;
    ns = args[0].type->name.ns;
    if (args[0].type->by_value && args[0].nillable) {
        ns = NS_DATA "System";
        end = digest(args[0].type->name.ns, NULL);
    } else if (args[0].type->kind == DATA_ANY) {
        ns = NS_DATA "System.Xml";
    } else if (contract_is_builtin_ns(ns)) {
        ns = NS_ARRAYS;
    }
    array = named(contract, DATA_ARRAY, ns,
                  mem_printf("ArrayOf%s%s", name_part(&args[0]), end), args,
                  type->place);
    if (array == NULL)
        return NULL;
    array->item = args[0].type->kind == DATA_ANY ? args[0].type->clr : item;
    return array;
}

/* XmlSerializer knows no maps. */
static bool
has_no_xml(const struct contract *contract, const struct ctype *type)
{
    if (contract->format->is_xml)
        diag_error(type->place,
                   "'%s' is for data contracts; to XmlSerializer it is an "
                   "SBN_ARRAY of structs",
                   ctype_text(type));
    return !contract->format->is_xml;
}

struct data_type *
data_map(struct contract *contract, const struct ctype *type)
{
    struct data_use args[2] = {no_use, no_use};
    struct data_type *map;
    const char *item;

    if (!has_no_xml(contract, type) || !use_args(contract, type, 2, args))
        return NULL;
    item =
        mem_printf("KeyValueOf%s%s%s", name_part(&args[0]), name_part(&args[1]),
                   digest(name_ns(&args[0]), name_ns(&args[1])));
    map = named(contract, DATA_MAP, NS_ARRAYS, mem_printf("ArrayOf%s", item),
                args, type->place);
    if (map == NULL)
        return NULL;
    map->item = item;
    map->key = "Key";
    map->value = "Value";
    return map;
}

struct data_type *
data_pair(struct contract *contract, const struct ctype *type)
{
    struct data_use args[2] = {no_use, no_use};
    struct data_type *pair;

    if (!has_no_xml(contract, type) || !use_args(contract, type, 2, args))
        return NULL;
    pair = named(contract, DATA_PAIR, NS_DATA "System.Collections.Generic",
                 mem_printf("KeyValuePairOf%s%s%s", name_part(&args[0]),
                            name_part(&args[1]),
                            digest(name_ns(&args[0]), name_ns(&args[1]))),
                 args, type->place);
    if (pair == NULL || pair->generic != NULL)
        return pair;
    pair->by_value = pair->is_value_type = true;
    pair->generic = "KeyValuePairOf{0}{1}{#}";
    vec_add(&pair->arguments, &pair->args[0]);
    vec_add(&pair->arguments, &pair->args[1]);
    return pair;
}

struct data_type *
data_collection(struct contract *contract, struct decl *decl)
{
    const struct note *note = note_find(&decl->notes, NOTE_COLLECTION);
    struct data_type *type = data_known(contract, decl);
    const struct data_type *plain;
    struct data_use use;

    if (type != NULL)
        return type;
    if (decl->kind != DECL_TYPEDEF || decl->type->pointers > 0 ||
        (decl->type->kind != CTYPE_ARRAY && decl->type->kind != CTYPE_MAP)) {
        diag_error(decl->place, "'%s' is no typedef of SBN_ARRAY or SBN_MAP",
                   decl->tag);
        return NULL;
    }
    /* it must not be found again on the way to what it holds */
    type = NEW(struct data_type);
    data_remember(contract, decl, type);
    type->name.local =
        contract_encode(note_text(note, "name", contract_pascal(decl->tag)));
    type->name.ns =
        note_text(note, "ns", decl->data_ns != NULL ? decl->data_ns : NS_DATA);
    type->clr = contract_encode(contract_pascal(decl->tag));
    type->doc = decl->doc;
    if (contract->depth >= 32) {
        diag_error(decl->place, "collections nest too deep");
        return NULL;
    }
    contract->depth++;
    contract_use(contract, decl->type, USE_INSIDE, NULL, &use, NULL);
    contract->depth--;
    if (use.type == NULL)
        return NULL;
    plain = use.type;
    if (plain->kind != DATA_ARRAY && plain->kind != DATA_MAP) {
        diag_error(decl->place, "'%s' is no collection", decl->tag);
        return NULL;
    }
    type->kind = plain->kind;
    type->args[0] = plain->args[0];
    type->args[1] = plain->args[1];
    type->item = contract_encode(note_text(note, "item_name", plain->item));
    type->key = contract_encode(note_text(note, "key_name", "Key"));
    type->value = contract_encode(note_text(note, "value_name", "Value"));
    return type;
}
