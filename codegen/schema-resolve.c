/* SPDX-License-Identifier: Apache-2.0 */
/* Names become components; what is missing or goes in circles is told. */
#include "codegen/schema.h"

#include <string.h>

#include "codegen/wellknown.h"

static const struct {
    const char *name;
    enum xs_builtin base;
} builtins[] = {
    {NULL, XS_NOT_BUILTIN},
#define XS_BUILTIN(name, id, base, kind) {name, XS_BUILTIN_##base},
#include "codegen/builtins.h"
#undef XS_BUILTIN
};

const char *
xs_builtin_name(enum xs_builtin builtin)
{
    return builtins[builtin].name;
}

static void
add_builtins(struct schemas *schemas)
{
    struct xs_type *types[sizeof(builtins) / sizeof(builtins[0])];
    struct xs_type *type;
    size_t i;

    for (i = 1; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
        type = types[i] = NEW(struct xs_type);
        type->c.name.ns = NS_XSD;
        type->c.name.local = builtins[i].name;
        type->builtin = (enum xs_builtin)i;
        if (i != XS_BUILTIN_ANYTYPE) {
            type->base.name = types[builtins[i].base]->c.name;
            type->base.to = &types[builtins[i].base]->c;
            type->derivation = XS_RESTRICTION;
        }
        map_put(&schemas->spaces[XS_TYPE], qname_text(type->c.name), type);
    }
    schemas->any_type = types[XS_BUILTIN_ANYTYPE];
    schemas->any_type->is_complex = true;
    schemas->any_type->mixed = true;
}

/* The attributes of the xml namespace (XML 1.0, 2.10 and 2.12; XML Base;
 * xml:id), whose schema nobody should have to fetch. */
static void
add_xml_attributes(struct schemas *schemas)
{
    static const struct {
        const char *name, *type;
    } attributes[] = {{"lang", "language"},
                      {"space", "NCName"},
                      {"base", "anyURI"},
                      {"id", "ID"}};
    struct xs_attribute *attribute;
    size_t i;

    for (i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
        attribute = NEW(struct xs_attribute);
        attribute->c.space = XS_ATTRIBUTE;
        attribute->c.name.ns = NS_XML;
        attribute->c.name.local = attributes[i].name;
        attribute->global = true;
        attribute->type.name.ns = NS_XSD;
        attribute->type.name.local = attributes[i].type;
        attribute->type.to =
            schema_find(schemas, XS_TYPE, attribute->type.name);
        map_put(&schemas->spaces[XS_ATTRIBUTE], qname_text(attribute->c.name),
                attribute);
    }
}

void
schemas_init(struct schemas *schemas, struct documents *documents)
{
    memset(schemas, 0, sizeof(*schemas));
    schemas->documents = documents;
    add_builtins(schemas);
    add_xml_attributes(schemas);
    map_put(&schemas->namespaces, NS_XML, schemas);
    map_put(&schemas->namespaces, NS_XSD, schemas);
}

struct xs_component *
schema_find(const struct schemas *schemas, enum xs_space space,
            struct qname name)
{
    return (struct xs_component *)map_get(&schemas->spaces[space],
                                          qname_text(name));
}

/* ---- References ---------------------------------------------------------- */

static const char *const space_names[] = {
    "type", "element", "attribute", "group", "attribute group", "notation"};

/* What the run's files leave undeclared may be well known. */
static void
read_wellknown(struct schemas *schemas)
{
    size_t i;

    for (i = 0; i < schemas->refs.count; i++) {
        const struct xs_ref_entry *entry =
            VEC(&schemas->refs, struct xs_ref_entry, i);

        if (schema_find(schemas, entry->space, entry->ref->name) == NULL)
            schema_read_wellknown(schemas, entry->ref->name.ns);
    }
}

static struct xs_component *
guess(const struct schemas *schemas, const struct xs_ref_entry *entry)
{
    struct xs_component *found =
        schema_guess(schemas, entry->space, entry->ref->name);

    if (found != NULL)
        diag_warning(entry->ref->place, "%s '%s' is not declared; '%s' is used",
                     space_names[entry->space], qname_text(entry->ref->name),
                     qname_text(found->name));
    return found;
}

static void
resolve_refs(struct schemas *schemas)
{
    size_t i;

    for (i = 0; i < schemas->refs.count; i++) {
        struct xs_ref_entry *entry =
            VEC(&schemas->refs, struct xs_ref_entry, i);
        struct xs_component *to =
            schema_find(schemas, entry->space, entry->ref->name);

        /* within a redefinition its own name means the redefined one */
        if (to != NULL && to == entry->owner && to->redefines != NULL)
            to = to->redefines;
        if (to == NULL)
            to = guess(schemas, entry);
        entry->ref->to = to;
    }
}

/* What is undeclared becomes raw, or stays without a component: missing. */
static void
resolve_undeclared(struct schemas *schemas)
{
    size_t i;

    for (i = 0; i < schemas->refs.count; i++) {
        struct xs_ref_entry *entry =
            VEC(&schemas->refs, struct xs_ref_entry, i);

        if (entry->ref->to == NULL && schema_is_needed(schemas, entry))
            entry->ref->to =
                schema_find(schemas, entry->space, entry->ref->name);
        if (entry->ref->to == NULL && schema_is_needed(schemas, entry))
            entry->ref->to = schema_declare_raw(schemas, entry);
    }
    for (i = 0; i < schemas->refs.count; i++) {
        struct xs_ref_entry *entry =
            VEC(&schemas->refs, struct xs_ref_entry, i);

        if (entry->ref->to == NULL && !schema_is_needed(schemas, entry))
            entry->ref->to = schema_declare_unused(schemas, entry);
    }
}

/* Each name once, at its first place. */
static void
tell_missing_names(const struct schemas *schemas)
{
    struct map told = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < schemas->refs.count; i++) {
        const struct xs_ref_entry *entry =
            VEC(&schemas->refs, struct xs_ref_entry, i);
        const char *key;

        if (entry->ref->to != NULL)
            continue;
        key = mem_printf("%s '%s'", space_names[entry->space],
                         qname_text(entry->ref->name));
        if (map_get(&told, key) == NULL)
            diag_error(entry->ref->place, "%s is not declared", key);
        map_put(&told, key, schemas->any_type);
    }
}

static bool
same_namespace(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Whether something in the namespace ns is referred to and not declared. */
static bool
lacks(const struct schemas *schemas, const char *ns)
{
    size_t i;

    if (map_get(&schemas->lacking, ns ? ns : "") != NULL)
        return true;
    for (i = 0; i < schemas->refs.count; i++) {
        const struct xs_ref *ref =
            VEC(&schemas->refs, struct xs_ref_entry, i)->ref;

        if (ref->to == NULL && same_namespace(ref->name.ns, ns))
            return true;
    }
    return false;
}

/* A file that is not here matters when something is missing in its namespace.
 */
static void
tell_missing_document(const struct schemas *schemas,
                      const struct schema_missing *missing)
{
    const char *known = wellknown_namespace_of(missing->location);

    if (lacks(schemas, missing->ns))
        diag_problem(missing->place,
                     "'%s' is not a file here, and nothing is fetched from "
                     "elsewhere",
                     missing->location);
    else if (known == NULL && !wellknown_has(missing->ns) &&
             (missing->include ||
              map_get(&schemas->namespaces, missing->ns ? missing->ns : "") ==
                  NULL))
        diag_warning(missing->place,
                     "'%s' is not a file here; nothing refers to it",
                     missing->location);
}

static void
tell_missing_documents(const struct schemas *schemas)
{
    size_t i;

    for (i = 0; i < schemas->missing.count; i++)
        tell_missing_document(schemas,
                              VEC(&schemas->missing, struct schema_missing, i));
}

/* ---- Circles ------------------------------------------------------------- */

static struct xs_type *
as_type(const struct xs_ref *ref, struct xs_type *inside)
{
    return ref->to != NULL ? (struct xs_type *)(void *)ref->to : inside;
}

/* Cuts a type's base where following it would come back to the type. */
static void
check_bases(struct xs_type *type)
{
    struct xs_type *at = type, *base;

    type->visiting = true;
    for (; (base = as_type(&at->base, at->inline_base)) != NULL; at = base) {
        if (base == type) {
            diag_problem(type->c.place, "type '%s' derives from itself",
                         qname_text(type->c.name));
            at->base.to = NULL;
            at->inline_base = NULL;
            break;
        }
        if (base->visiting && base != type)
            break;
    }
    type->visiting = false;
}

/* Whether type is reached again through members and items of type. */
static bool
check_parts(struct xs_type *type)
{
    struct xs_type *part;
    size_t i;

    if (type->visiting) {
        diag_problem(type->c.place, "type '%s' is a part of itself",
                     qname_text(type->c.name));
        return false;
    }
    if (type->checked)
        return true;
    type->checked = type->visiting = true;
    part = as_type(&type->item, type->inline_item);
    if (part != NULL && !check_parts(part))
        type->item.to = NULL;
    for (i = 0; i < type->members.count; i++) {
        struct xs_ref *ref = VEC(&type->members, struct xs_ref, i);

        part = as_type(ref, NULL);
        if (part != NULL && !check_parts(part))
            ref->to = NULL;
    }
    type->visiting = false;
    return true;
}

/* XML Schema Part 1, 3.8.6: a group must not contain itself. */
static bool
check_particle(struct xs_particle *particle)
{
    struct xs_group *group;
    bool good = true;
    size_t i;

    if (particle->kind == XS_P_GROUP && particle->ref.to != NULL) {
        group = (struct xs_group *)(void *)particle->ref.to;
        if (group->visiting) {
            diag_problem(particle->place, "group '%s' contains itself",
                         qname_text(group->c.name));
            particle->ref.to = NULL;
            return false;
        }
        if (group->content != NULL && !group->checked) {
            group->checked = group->visiting = true;
            good = check_particle(group->content);
            group->visiting = false;
        }
    }
    for (i = 0; i < particle->children.count; i++)
        good &= check_particle(VEC(&particle->children, struct xs_particle, i));
    return good;
}

static void
check_group(struct xs_group *group)
{
    if (group->content == NULL || group->checked)
        return;
    group->checked = group->visiting = true;
    check_particle(group->content);
    group->visiting = false;
}

#define GROUP_LIMIT 65536 /* particles: no more are written by hand */

/* Groups that refer to groups several times grow beyond all bounds; weigh says
 * how much there is, when circles are cut. */
static uint32_t
weigh(const struct xs_particle *particle)
{
    struct xs_group *group = (struct xs_group *)(void *)particle->ref.to;
    uint32_t sum = 1;
    size_t i;

    if (particle->kind == XS_P_GROUP && group != NULL &&
        group->content != NULL) {
        if (group->weight == 0)
            group->weight = weigh(group->content);
        sum += group->weight;
    }
    for (i = 0; i < particle->children.count && sum <= GROUP_LIMIT; i++)
        sum += weigh(VEC(&particle->children, struct xs_particle, i));
    return sum <= GROUP_LIMIT ? sum : GROUP_LIMIT + 1;
}

static void
check_weights(const struct schemas *schemas)
{
    size_t i;

    for (i = 0; i < schemas->components.count; i++) {
        struct xs_component *component =
            VEC(&schemas->components, struct xs_component, i);
        struct xs_group *group = (struct xs_group *)(void *)component;

        if (component->space != XS_GROUP || group->content == NULL ||
            weigh(group->content) <= GROUP_LIMIT)
            continue;
        diag_problem(component->place,
                     "group '%s' stands for more than %d elements",
                     qname_text(component->name), GROUP_LIMIT);
        group->content = NULL;
    }
}

static void
check_attribute_group(struct xs_attribute_group *group)
{
    size_t i;

    if (group->checked)
        return;
    group->checked = group->visiting = true;
    for (i = 0; i < group->attribute_groups.count; i++) {
        struct xs_ref *ref = VEC(&group->attribute_groups, struct xs_ref, i);
        struct xs_attribute_group *inner =
            (struct xs_attribute_group *)(void *)ref->to;

        if (inner == NULL)
            continue;
        if (inner->visiting) {
            diag_problem(ref->place, "attribute group '%s' contains itself",
                         qname_text(inner->c.name));
            ref->to = NULL;
        } else {
            check_attribute_group(inner);
        }
    }
    group->visiting = false;
}

static void
check_substitution(struct xs_element *element)
{
    struct xs_element *head = element;
    size_t steps = 0;

    while (head->substitution_group.to != NULL && steps++ < 1000) {
        head = (struct xs_element *)(void *)head->substitution_group.to;
        if (head == element) {
            diag_problem(element->c.place, "element '%s' substitutes itself",
                         qname_text(element->c.name));
            element->substitution_group.to = NULL;
            return;
        }
    }
}

/* ---- Links back ---------------------------------------------------------- */

static void
link_type(struct xs_type *type)
{
    struct xs_type *base;

    check_bases(type);
    check_parts(type);
    base = as_type(&type->base, type->inline_base);
    if (base != NULL && base->is_complex && !base->builtin)
        vec_add(&base->derived, type);
}

static void
link_element(struct xs_element *element)
{
    check_substitution(element);
    if (element->substitution_group.to != NULL)
        vec_add(&((struct xs_element *)(void *)element->substitution_group.to)
                     ->substitutes,
                element);
}

static void
link_component(struct xs_component *component)
{
    switch (component->space) {
    case XS_TYPE:
        link_type((struct xs_type *)(void *)component);
        break;
    case XS_ELEMENT:
        link_element((struct xs_element *)(void *)component);
        break;
    case XS_GROUP:
        check_group((struct xs_group *)(void *)component);
        break;
    case XS_ATTRIBUTE_GROUP:
        check_attribute_group((struct xs_attribute_group *)(void *)component);
        break;
    case XS_ATTRIBUTE:
    case XS_NOTATION:
    case XS_SPACE_COUNT:
        break;
    }
}

/* Marks the types of local elements, of those that are referred to, and of the
 * parts of messages, which are the references that stand in no component. */
static void
mark_used(struct schemas *schemas)
{
    struct xs_element *element;
    size_t i;

    for (i = 0; i < schemas->elements.count; i++) {
        element = VEC(&schemas->elements, struct xs_element, i);
        if (!element->global)
            xs_element_type(schemas, element)->used = true;
    }
    for (i = 0; i < schemas->refs.count; i++) {
        struct xs_ref_entry *entry =
            VEC(&schemas->refs, struct xs_ref_entry, i);

        element = (struct xs_element *)(void *)entry->ref->to;
        if (entry->space == XS_ELEMENT && element != NULL)
            xs_element_type(schemas, element)->used = true;
        if (entry->space == XS_TYPE && entry->owner == NULL &&
            entry->ref->to != NULL)
            ((struct xs_type *)(void *)entry->ref->to)->used = true;
    }
}

void
schema_resolve(struct schemas *schemas)
{
    size_t i;

    read_wellknown(schemas);
    resolve_refs(schemas);
    if (schemas->only_wanted)
        schema_reach(schemas);
    resolve_undeclared(schemas);
    tell_missing_documents(schemas);
    tell_missing_names(schemas);
    for (i = 0; i < schemas->components.count; i++)
        link_component(VEC(&schemas->components, struct xs_component, i));
    check_weights(schemas);
    mark_used(schemas);
}

/* ---- Questions ----------------------------------------------------------- */

struct xs_type *
xs_base(const struct xs_type *type)
{
    return type->base.to != NULL ? (struct xs_type *)(void *)type->base.to
                                 : type->inline_base;
}

struct xs_type *
xs_element_type(const struct schemas *schemas, const struct xs_element *element)
{
    size_t steps;

    /* 3.3.2: without a type, the type of what it substitutes */
    for (steps = 0; steps < 1000; steps++) {
        if (element->inline_type != NULL)
            return element->inline_type;
        if (element->type.to != NULL)
            return (struct xs_type *)(void *)element->type.to;
        if (element->substitution_group.to == NULL)
            break;
        element = (struct xs_element *)(void *)element->substitution_group.to;
    }
    return schemas->any_type;
}

struct xs_type *
xs_attribute_type(const struct schemas *schemas,
                  const struct xs_attribute *attribute)
{
    struct qname any = {NS_XSD, "anySimpleType"};

    if (attribute->inline_type != NULL)
        return attribute->inline_type;
    if (attribute->type.to != NULL)
        return (struct xs_type *)(void *)attribute->type.to;
    return (struct xs_type *)(void *)schema_find(schemas, XS_TYPE, any);
}

enum xs_builtin
xs_primitive(const struct xs_type *type)
{
    while (type != NULL && type->builtin == XS_NOT_BUILTIN) {
        if (!type->is_complex && type->variety != XS_VARIETY_ATOMIC)
            return XS_BUILTIN_ANYSIMPLETYPE;
        /* simple content restricted by a type inside */
        if (type->is_complex && type->inline_base != NULL)
            type = type->inline_base;
        else
            type = xs_base(type);
    }
    return type == NULL ? XS_BUILTIN_ANYSIMPLETYPE : type->builtin;
}
