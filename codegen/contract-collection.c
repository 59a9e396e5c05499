/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays and maps, which get their names from what they hold. */
#include <stdint.h>
#include <string.h>

#include "codegen/contract-data.h"

static bool
is_builtin_ns(const char *ns)
{
    return strcmp(ns, NS_XSD) == 0 || strcmp(ns, NS_SERIALIZATION) == 0;
}

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

/* Keeps apart what has the same names in other namespaces. */
static const char *
digest(const struct data_use *a, const struct data_use *b)
{
    static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *text, *a_ns = a->type->name.ns, *b_ns = b->type->name.ns;
    uint64_t hash = 14695981039346656037u;
    char result[9];
    size_t i;

    if (is_builtin_ns(a_ns) && is_builtin_ns(b_ns))
        return "";
    for (text = mem_printf("%s %s", a_ns, b_ns); *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    for (i = 0; i < 8; i++, hash /= 62)
        result[i] = letters[hash % 62];
    result[8] = '\0';
    return mem_str(result);
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
    struct data_use args[2] = {{NULL, false}, {NULL, false}};
    const char *ns, *item, *end = "";
    struct data_type *array;

    if (!use_args(contract, type, 1, args))
        return NULL;
    /* bytes are base64Binary, never an array */
    if (args[0].type == data_builtin(contract, "uint8_t") && !args[0].nillable)
        return data_builtin(contract, "sbn_bytes");
    item = args[0].type->name.local;
    ns = args[0].type->name.ns;
    if (args[0].type->by_value && args[0].nillable) {
        ns = NS_DATA "System";
        end = digest(&args[0], &args[0]);
    } else if (args[0].type->kind == DATA_ANY) {
        ns = NS_DATA "System.Xml";
    } else if (is_builtin_ns(ns)) {
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

struct data_type *
data_map(struct contract *contract, const struct ctype *type)
{
    struct data_use args[2] = {{NULL, false}, {NULL, false}};
    struct data_type *map;
    const char *item;

    if (!use_args(contract, type, 2, args))
        return NULL;
    item = mem_printf("KeyValueOf%s%s%s", name_part(&args[0]),
                      name_part(&args[1]), digest(&args[0], &args[1]));
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
    struct data_use args[2] = {{NULL, false}, {NULL, false}};
    struct data_type *pair;

    if (!use_args(contract, type, 2, args))
        return NULL;
    pair = named(contract, DATA_PAIR, NS_DATA "System.Collections.Generic",
                 mem_printf("KeyValuePairOf%s%s%s", name_part(&args[0]),
                            name_part(&args[1]), digest(&args[0], &args[1])),
                 args, type->place);
    if (pair != NULL)
        pair->by_value = true;
    return pair;
}

struct data_type *
data_collection(struct contract *contract, struct decl *decl)
{
    const struct note *note = note_find(&decl->notes, NOTE_COLLECTION);
    struct data_type *type = (struct data_type *)decl->meaning;
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
    decl->meaning = type;
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
