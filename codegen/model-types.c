/* SPDX-License-Identifier: Apache-2.0 */
/* Schema types become C types. */
#include "codegen/model-names.h"

#include <string.h>

#include "codegen/namemap.h"

static const sbn_kind builtin_kinds[] = {
    SBN_K_STRING,
#define XS_BUILTIN(name, id, base, kind) SBN_K_##kind,
#include "codegen/builtins.h"
#undef XS_BUILTIN
};

unsigned
model_namespace(struct model *model, const char *ns)
{
    void *number;

    if (ns == NULL)
        return 0;
    number = map_get(&model->namespace_numbers, ns);
    if (number == NULL) {
        vec_add(&model->namespaces, mem_str(ns));
        number = (void *)(uintptr_t)(model->namespaces.count - 1);
        map_put(&model->namespace_numbers, mem_str(ns), number);
    }
    return (unsigned)(uintptr_t)number;
}

static struct c_type *
add_type(struct model *model, const struct type_name *name)
{
    struct c_type *type = NEW(struct c_type);
    size_t prefix = strlen(model->prefix);

    type->tag = name->tag;
    type->natural = name->natural;
    type->key = name->key;
    type->local = type->tag;
    if (strncmp(type->tag, model->prefix, prefix) == 0 &&
        type->tag[prefix] == '_')
        type->local = type->tag + prefix + 1;
    type->local = scope_take(&model->locals, type->local);
    vec_add(&model->types_made, type);
    namemap_note("type", name->key, name->tag);
    return type;
}

struct c_type *
model_new_type(struct model *model, const char *tag)
{
    return add_type(model, model_take_name(model, tag));
}

/* hint names an anonymous one. */
static struct c_type *
schema_type(struct model *model, const struct xs_type *type, const char *hint)
{
    if (type->c.name.local == NULL)
        return model_new_type(model, hint);
    return add_type(model, model_type_name(model, type));
}

/* ---- Enumerations -------------------------------------------------------- */

static bool
is_textual(sbn_kind kind)
{
    return kind == SBN_K_STRING || kind == SBN_K_TOKEN;
}

static void
add_value(struct model *model, struct c_type *type, const char *prefix,
          const struct xs_facet *facet)
{
    struct c_value *value;
    const char *key;

    /* the same twice is one */
    if (strcmp(facet->name, "enumeration") != 0 ||
        map_get(&type->texts, facet->value) != NULL)
        return;
    value = NEW(struct c_value);
    map_put(&type->texts, facet->value, value);
    value->text = facet->value;
    value->doc = facet->doc;
    key = mem_printf("%s=%s", type->key, facet->value);
    value->name = namemap_find("value", key);
    if (value->name == NULL)
        value->name =
            scope_take(&model->names,
                       mem_printf("%s_%s", prefix, name_upper(facet->value)));
    namemap_note("value", key, value->name);
    vec_add(&type->values, value);
}

static struct c_type *
make_enum(struct model *model, struct xs_type *xs, const char *hint)
{
    struct c_type *type;
    const char *prefix;
    size_t i;

    if (xs->mapped != NULL)
        return (struct c_type *)xs->mapped;
    type = schema_type(model, xs, hint);

    xs->mapped = type;
    type->is_enum = true;
    type->xml = xs->c.name;
    type->doc = xs->c.doc;
    prefix = name_upper(type->tag);
    for (i = 0; i < xs->facets.count; i++)
        add_value(model, type, prefix, VEC(&xs->facets, struct xs_facet, i));
    return type;
}

/* ---- Values -------------------------------------------------------------- */

static struct xs_type *
list_item(struct xs_type *type)
{
    return type->item.to != NULL ? (struct xs_type *)(void *)type->item.to
                                 : type->inline_item;
}

/* The list type that type is or restricts; NULL: it is no list. */
static struct xs_type *
as_list(struct xs_type *type)
{
    while (type != NULL && type->builtin == XS_NOT_BUILTIN) {
        if (type->variety == XS_VARIETY_LIST)
            return type;
        type = type->is_complex && type->inline_base != NULL ? type->inline_base
                                                             : xs_base(type);
    }
    return NULL;
}

static void
simple_value(struct model *model, struct c_field *field, struct xs_type *type,
             const char *hint)
{
    struct xs_type *list = as_list(type), *at;

    if (list != NULL) {
        /* items of a list that repeats have nowhere to be told apart */
        if ((field->flags & SBN_F_REPEATED) || list_item(list) == NULL) {
            field->kind = SBN_K_TOKEN;
            return;
        }
        field->flags |= SBN_F_REPEATED | SBN_F_LIST;
        simple_value(model, field, list_item(list), hint);
        if (field->kind == SBN_K_STRING) /* blanks part the items */
            field->kind = SBN_K_TOKEN;
        return;
    }
    field->kind = model_pattern_kind(type, builtin_kinds[xs_primitive(type)]);
    if (!is_textual(builtin_kinds[xs_primitive(type)]))
        return;
    for (at = type; at != NULL && at->builtin == XS_NOT_BUILTIN;
         at = xs_base(at)) {
        if (xs_has_values(at) && model->lenient) {
            make_enum(model, at, hint)->is_text = true;
            return;
        }
        if (xs_has_values(at)) {
            field->kind = SBN_K_ENUM;
            field->type = make_enum(model, at, hint);
            return;
        }
    }
}

/* A schema with what it describes: what .NET's IXmlSerializable and DataSet are
 * declared as, and may be anything. */
static bool
has_schema_inside(const struct xs_type *type)
{
    const struct xs_particle *content = type->content, *first;

    if (content == NULL || content->kind != XS_P_SEQUENCE ||
        content->children.count < 2)
        return false;
    first = VEC(&content->children, struct xs_particle, 0);
    return first->kind == XS_P_ELEMENT && first->ref.name.local != NULL &&
           first->ref.name.ns != NULL &&
           strcmp(first->ref.name.ns, NS_XSD) == 0 &&
           strcmp(first->ref.name.local, "schema") == 0;
}

/* Whether an element of type is kept as the XML it is. */
bool
model_is_raw(const struct xs_type *type)
{
    for (; type != NULL && type->is_complex; type = xs_base(type)) {
        if (type->builtin == XS_BUILTIN_ANYTYPE)
            return false;
        if (type->mixed || has_schema_inside(type))
            return true;
    }
    return false;
}

/* Simple content without attributes is as good as a simple type. */
static bool
is_plain(const struct xs_type *type)
{
    for (; type != NULL && type->is_complex; type = xs_base(type)) {
        if (model_is_encoding(type) && type->simple_content)
            continue; /* its attributes are for references */
        if (!type->simple_content || type->attributes.count > 0 ||
            type->attribute_groups.count > 0 || type->derived.count > 0 ||
            type->any_attribute != NULL)
            return false;
    }
    return type != NULL;
}

void
model_value(struct model *model, struct c_field *field, struct xs_type *type,
            const char *hint)
{
    if (type->builtin == XS_BUILTIN_ANYTYPE || model_is_raw(type)) {
        field->kind = SBN_K_XML;
    } else if (type->is_complex && !is_plain(type)) {
        field->kind = SBN_K_STRUCT;
        field->type = model_struct(model, type, hint);
    } else {
        simple_value(model, field, type, hint);
    }
}

struct c_field *
model_element(struct model *model, const char *owner,
              struct xs_element *element, uint32_t min, uint32_t max)
{
    struct c_field *field = NEW(struct c_field);
    struct xs_type *type = xs_element_type(&model->wsdl->schemas, element);

    field->xml = element->c.name;
    field->ns = model_namespace(model, field->xml.ns);
    field->doc = element->c.doc;
    field->min = min;
    field->max = max == XS_UNBOUNDED ? 0 : max;
    field->def =
        element->fixed_value ? element->fixed_value : element->default_value;
    if (min == 0)
        field->flags |= SBN_F_OPTIONAL;
    if (max > 1)
        field->flags |= SBN_F_REPEATED;
    if (element->nillable)
        field->flags |= SBN_F_NILLABLE;
    model_value(model, field, type,
                mem_printf("%s_%s", owner, name_snake(field->xml.local)));
    return field;
}

/* ---- Structs ------------------------------------------------------------- */

/* Whether an element may be of a type derived from type in its place. */
bool
model_is_substitutable(const struct xs_type *type)
{
    return type->used && type->derived.count > 0;
}

static bool
is_poly(const struct xs_type *type)
{
    for (; type != NULL && type->is_complex && !type->builtin;
         type = xs_base(type))
        if (model_is_substitutable(type))
            return true;
    return false;
}

static void
add_attribute(struct model *model, struct c_type *owner,
              const struct xs_attribute_use *use)
{
    struct xs_attribute *attribute =
        use->attribute != NULL ? use->attribute
                               : (struct xs_attribute *)(void *)use->ref.to;
    struct c_field *field;
    size_t i;

    if (attribute == NULL || use->prohibited || xs_is_identity(use))
        return;
    for (i = 0; i < owner->fields.count; i++) {
        field = VEC(&owner->fields, struct c_field, i);
        if ((field->flags & SBN_F_ATTRIBUTE) &&
            qname_equal(field->xml, attribute->c.name))
            return;
    }
    field = NEW(struct c_field);
    field->xml = attribute->c.name;
    field->ns = model_namespace(model, field->xml.ns);
    field->doc = attribute->c.doc;
    field->flags = SBN_F_ATTRIBUTE;
    field->max = 1;
    field->min = use->required ? 1 : 0;
    if (!use->required)
        field->flags |= SBN_F_OPTIONAL;
    field->def = use->fixed_value         ? use->fixed_value
                 : use->default_value     ? use->default_value
                 : attribute->fixed_value ? attribute->fixed_value
                                          : attribute->default_value;
    if (field->def != NULL)
        field->flags |= SBN_F_DEFAULT;
    model_value(
        model, field, xs_attribute_type(&model->wsdl->schemas, attribute),
        mem_printf("%s_%s", owner->natural, name_snake(field->xml.local)));
    model_add_field(owner, field, name_snake(field->xml.local));
}

static void
add_attributes(struct model *model, struct c_type *owner,
               const struct vec *attributes, const struct vec *groups)
{
    size_t i;

    for (i = 0; i < attributes->count; i++)
        add_attribute(model, owner,
                      VEC(attributes, struct xs_attribute_use, i));
    for (i = 0; i < groups->count; i++) {
        struct xs_attribute_group *group =
            (struct xs_attribute_group *)(void *)VEC(groups, struct xs_ref, i)
                ->to;

        if (group == NULL || group->taken_by == owner)
            continue;
        group->taken_by = owner;
        add_attributes(model, owner, &group->attributes,
                       &group->attribute_groups);
    }
}

static void
add_text(struct model *model, struct c_type *owner, struct xs_type *xs)
{
    struct c_field *field = NEW(struct c_field);

    field->flags = SBN_F_TEXT;
    field->min = field->max = 1;
    simple_value(model, field, xs, mem_printf("%s_value", owner->natural));
    model_add_field(owner, field, "value");
}

static bool
has_any_attribute(const struct xs_wildcard *any, const struct vec *groups)
{
    size_t i;

    for (i = 0; any == NULL && i < groups->count; i++) {
        struct xs_attribute_group *group =
            (struct xs_attribute_group *)(void *)VEC(groups, struct xs_ref, i)
                ->to;

        if (group != NULL && !group->any_asked) {
            group->any_asked = true;
            group->has_any = has_any_attribute(group->any_attribute,
                                               &group->attribute_groups);
        }
        if (group != NULL && group->has_any)
            return true;
    }
    return any != NULL;
}

/* Once in a struct, base types included. */
static void
add_any_attribute(struct c_type *owner, const struct xs_type *xs)
{
    unsigned both = SBN_F_ATTRIBUTE | SBN_F_ANY;
    struct c_field *field;
    size_t i;

    if (!has_any_attribute(xs->any_attribute, &xs->attribute_groups))
        return;
    for (i = 0; i < owner->fields.count; i++)
        if ((VEC(&owner->fields, struct c_field, i)->flags & both) == both)
            return;
    field = NEW(struct c_field);
    field->kind = SBN_K_XML;
    field->flags = both | SBN_F_OPTIONAL;
    field->max = 1;
    field->doc = "attributes the schema does not name, as in a start tag";
    model_add_field(owner, field, "any_attributes");
}

/* An element that is nil has its attributes all the same, so that it cannot be
 * told by a pointer that is NULL: xsi:nil is one of them. */
static void
add_nil(struct model *model, struct c_type *owner, const struct xs_type *xs)
{
    struct qname name = {"http://www.w3.org/2001/XMLSchema-instance", "nil"};
    struct c_field *field;
    bool attributes = false;
    size_t i;

    for (i = 0; i < owner->fields.count; i++)
        if (VEC(&owner->fields, struct c_field, i)->flags & SBN_F_ATTRIBUTE)
            attributes = true;
    if (!xs->nillable || !attributes || (owner->flags & SBN_TYPE_NIL))
        return;
    owner->flags |= SBN_TYPE_NIL;
    field = NEW(struct c_field);
    field->xml = name;
    field->ns = model_namespace(model, name.ns);
    field->kind = SBN_K_BOOL;
    field->flags = SBN_F_ATTRIBUTE | SBN_F_OPTIONAL;
    field->max = 1;
    field->doc = "nothing but attributes (xsi:nil)";
    field->member = field->has = scope_take_word(&owner->members, "nil");
    vec_add(&owner->fields, field);
}

/* A base that no other type stands for may have a member of the name that the
 * derived type's own mark has. */
static struct c_field *
inherited(struct c_type *type, struct c_field *field)
{
    struct c_field *copy;

    if (!scope_has(&type->members, field->member)) {
        scope_add(&type->members, field->member);
        return field;
    }
    copy = NEW(struct c_field);
    *copy = *field;
    copy->member = scope_take_word(&type->members, field->member);
    if (field->has == field->member)
        copy->has = copy->member;
    return copy;
}

/* The fields of a base type stand first. */
static void
inherit(struct c_type *type, struct c_type *base)
{
    size_t i;

    type->flags |= base->flags & SBN_TYPE_NIL;
    for (i = 0; i < base->fields.count; i++) {
        struct c_field *field = VEC(&base->fields, struct c_field, i);

        vec_add(&type->fields, inherited(type, field));
        if (field->has != NULL && field->has != field->member)
            scope_add(&type->members, field->has);
        if (field->nil != NULL)
            scope_add(&type->members, field->nil);
        if (field->count != NULL)
            scope_add(&type->members, field->count);
    }
}

static void
map_derived(struct model *model, struct xs_type *type)
{
    size_t i;

    for (i = 0; i < type->derived.count; i++) {
        struct xs_type *derived = VEC(&type->derived, struct xs_type, i);

        if (derived->c.name.local != NULL && !model_is_raw(derived))
            model_struct(model, derived, NULL);
    }
}

/* A restriction allows less than its base, in the same struct. One that begins
 * anew (from anyType) does not get here. */
static bool
restricts_base(const struct xs_type *xs, const struct xs_type *base)
{
    return xs->derivation == XS_RESTRICTION && base != NULL && !base->builtin &&
           base->is_complex && !xs->simple_content;
}

static struct c_type *
new_struct(struct model *model, struct xs_type *xs, const char *hint)
{
    struct c_type *type = schema_type(model, xs, hint);
    xs->mapped = type;
    type->from = xs;
    type->xml = xs->c.name;
    type->ns = model_namespace(model, type->xml.ns);
    type->doc = xs->c.doc;
    if (xs_has_identity(xs))
        type->flags |= SBN_TYPE_REFERENCE;
    if (is_poly(xs)) {
        type->flags |= SBN_TYPE_POLY;
        type->is_external = true;
    }
    return type;
}

struct c_type *
model_struct(struct model *model, struct xs_type *xs, const char *hint)
{
    struct c_type *type = (struct c_type *)xs->mapped;

    if (type == NULL)
        type = new_struct(model, xs, hint);
    type->only_base = false;
    return type;
}

/* A base gives its fields; where what derives from it stands in its place, it
 * is a type like others. */
static struct c_type *
base_struct(struct model *model, struct xs_type *xs)
{
    struct c_type *type = (struct c_type *)xs->mapped;

    if (type == NULL) {
        type = new_struct(model, xs, NULL);
        type->only_base = (type->flags & SBN_TYPE_POLY) == 0;
    }
    return type;
}

/* Types that mention each other are made first and filled in later. */
static void
fill(struct model *model, struct c_type *type)
{
    struct xs_type *xs = type->from, *base;

    if (xs == NULL || type->is_filled)
        return;
    type->is_filled = true;
    if (type->flags & SBN_TYPE_POLY)
        scope_add(&type->members, "type");
    if (model_is_soap_array(xs)) {
        model_soap_array(model, type, xs);
        return;
    }
    base = xs_base(xs);
    if (base != NULL && base->is_complex && !base->builtin &&
        !model_is_raw(base)) {
        type->base = base_struct(model, base);
        fill(model, type->base);
        inherit(type, type->base);
    }
    add_attributes(model, type, &xs->attributes, &xs->attribute_groups);
    add_any_attribute(type, xs);
    add_nil(model, type, xs);
    if (xs->simple_content && type->base == NULL)
        add_text(model, type, xs);
    if (!xs->simple_content && !restricts_base(xs, base))
        model_content(model, type, xs->content);
    /* what derives from a derived type may stand there as well */
    if (is_poly(xs))
        map_derived(model, xs);
}

static void
note_nillable(const struct schemas *schemas)
{
    size_t i;

    for (i = 0; i < schemas->elements.count; i++) {
        const struct xs_element *element =
            VEC(&schemas->elements, struct xs_element, i);
        struct xs_type *type =
            element->nillable ? xs_element_type(schemas, element) : NULL;

        if (type != NULL)
            type->nillable = true;
    }
}

void
model_fill(struct model *model)
{
    size_t i;

    note_nillable(&model->wsdl->schemas);
    for (i = 0; i < model->types_made.count; i++)
        fill(model, VEC(&model->types_made, struct c_type, i));
}
