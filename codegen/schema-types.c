/* SPDX-License-Identifier: Apache-2.0 */
/* Schema documents: simple and complex types. */
#include "codegen/schema-read.h"

#include <string.h>

static struct xs_type *
type_new(struct schema_reader *reader, const xmlNode *node, bool is_complex)
{
    struct xs_type *type = NEW(struct xs_type);

    schema_component(reader, node, XS_TYPE, &type->c);
    type->is_complex = is_complex;
    type->final = schema_derivations(node, "final", reader->final_default);
    type->block = schema_derivations(node, "block", reader->block_default);
    return type;
}

/* An enumeration's number: .NET writes it beside the value. */
static const char *
enumeration_number(const xmlNode *facet)
{
    const xmlNode *annotation, *appinfo, *child;

    FOR_EACH_ELEMENT(annotation, facet)
    FOR_EACH_ELEMENT(appinfo, annotation)
    FOR_EACH_ELEMENT(child, appinfo)
    if (strcmp((const char *)child->name, "EnumerationValue") == 0)
        return node_text(child);
    return NULL;
}

/* A value written inside instead of as an attribute; NULL: there is none. */
static xmlChar *
facet_text(const struct xs_facet *facet, const xmlNode *node)
{
    const char *text = node_text(node);

    diag_warning(facet->place, "<%s> has no attribute value; %s", facet->name,
                 text != NULL ? "its text is taken" : "it is ignored");
    return text == NULL ? NULL : xmlStrdup((const xmlChar *)text);
}

bool
schema_read_facet(struct schema_reader *reader, const xmlNode *node,
                  struct vec *facets)
{
    static const char *const names[] = {
        "enumeration",  "pattern",      "length",       "minLength",
        "maxLength",    "whiteSpace",   "maxInclusive", "maxExclusive",
        "minInclusive", "minExclusive", "totalDigits",  "fractionDigits",
    };
    struct xs_facet *facet;
    xmlChar *value;
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (node_is(node, NS_XSD, names[i]))
            break;
    if (i == sizeof(names) / sizeof(names[0]))
        return false;
    facet = NEW(struct xs_facet);
    facet->name = names[i];
    facet->place = node_place(reader->document, node);
    facet->fixed = schema_flag(node, "fixed");
    facet->doc = schema_doc(node);
    facet->number = enumeration_number(node);
    /* as it stands: blanks may be part of the value */
    value = xmlGetNoNsProp(node, (const xmlChar *)"value");
    if (value == NULL)
        value = facet_text(facet, node);
    if (value == NULL)
        return true;
    facet->value = mem_str((const char *)value);
    xmlFree(value);
    facet->qname = schema_qname(reader, node, facet->value);
    vec_add(facets, facet);
    return true;
}

/* ---- Simple types -------------------------------------------------------- */

/* What is text at least, but does not say of what type. */
static void
assume_string(struct schema_reader *reader, const xmlNode *node,
              struct xs_ref *ref, const char *what)
{
    ref->name.ns = NS_XSD;
    ref->name.local = "string";
    ref->place = node_place(reader->document, node);
    schema_refer(reader->schemas, XS_TYPE, ref, reader->owner);
    diag_warning(ref->place, "<%s> needs %s; a string is assumed",
                 (const char *)node->name, what);
}

static void
read_simple_restriction(struct schema_reader *reader, const xmlNode *node,
                        struct xs_type *type)
{
    const xmlNode *child;

    type->derivation = XS_RESTRICTION;
    schema_reference(reader, node, "base", XS_TYPE, &type->base);
    FOR_EACH_ELEMENT(child, node)
    {
        if (node_is(child, NS_XSD, "simpleType"))
            type->inline_base = schema_read_simple(reader, child);
        else if (!schema_read_facet(reader, child, &type->facets))
            schema_unexpected(reader, child);
    }
    if (type->base.name.local == NULL && type->inline_base == NULL)
        assume_string(reader, node, &type->base, "a base");
}

static void
read_list(struct schema_reader *reader, const xmlNode *node,
          struct xs_type *type)
{
    const xmlNode *child;

    type->variety = XS_VARIETY_LIST;
    schema_reference(reader, node, "itemType", XS_TYPE, &type->item);
    FOR_EACH_ELEMENT(child, node)
    {
        if (node_is(child, NS_XSD, "simpleType"))
            type->inline_item = schema_read_simple(reader, child);
        else
            schema_unexpected(reader, child);
    }
    if (type->item.name.local == NULL && type->inline_item == NULL)
        assume_string(reader, node, &type->item, "an itemType");
}

static void
read_union(struct schema_reader *reader, const xmlNode *node,
           struct xs_type *type)
{
    const char *names = node_attr(node, "memberTypes");
    const xmlNode *child;

    type->variety = XS_VARIETY_UNION;
    while (names != NULL && *(names += strspn(names, " \t\r\n")) != '\0') {
        size_t size = strcspn(names, " \t\r\n");
        struct xs_ref *ref = NEW(struct xs_ref);

        ref->name = schema_qname(reader, node, mem_strn(names, size));
        ref->place = node_place(reader->document, node);
        schema_refer(reader->schemas, XS_TYPE, ref, reader->owner);
        vec_add(&type->members, ref);
        names += size;
    }
    FOR_EACH_ELEMENT(child, node)
    {
        if (node_is(child, NS_XSD, "simpleType"))
            vec_add(&type->inline_members, schema_read_simple(reader, child));
        else
            schema_unexpected(reader, child);
    }
}

struct xs_type *
schema_read_simple(struct schema_reader *reader, const xmlNode *node)
{
    struct xs_type *type = type_new(reader, node, false);
    const xmlNode *child;
    bool has_content = false;

    FOR_EACH_ELEMENT(child, node)
    {
        if (node_is(child, NS_XSD, "restriction"))
            read_simple_restriction(reader, child, type);
        else if (node_is(child, NS_XSD, "list"))
            read_list(reader, child, type);
        else if (node_is(child, NS_XSD, "union"))
            read_union(reader, child, type);
        else {
            schema_unexpected(reader, child);
            continue;
        }
        has_content = true;
    }
    if (!has_content) {
        type->derivation = XS_RESTRICTION;
        assume_string(reader, node, &type->base,
                      "a restriction, list or union");
    }
    return type;
}

/* ---- Complex types ------------------------------------------------------- */

/* A child of extension, restriction or the short form. */
static void
read_content_child(struct schema_reader *reader, const xmlNode *child,
                   struct xs_type *type)
{
    if (schema_read_attribute_use(reader, child, &type->attributes,
                                  &type->attribute_groups,
                                  &type->any_attribute))
        return;
    if (!type->simple_content) {
        if (!schema_read_content(reader, child, &type->content))
            schema_unexpected(reader, child);
    } else if (node_is(child, NS_XSD, "simpleType")) {
        type->inline_base = schema_read_simple(reader, child);
    } else if (!schema_read_facet(reader, child, &type->facets)) {
        schema_unexpected(reader, child);
    }
}

static void
read_content(struct schema_reader *reader, const xmlNode *node,
             struct xs_type *type)
{
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, node)
    read_content_child(reader, child, type);
}

/* Whether type is any type with nothing but attributes added: still of any
 * content. */
static bool
is_any_extended(const struct xs_type *type)
{
    static const struct qname any = {NS_XSD, "anyType"};

    return !type->simple_content && type->derivation == XS_EXTENSION &&
           qname_equal(type->base.name, any) &&
           (type->content == NULL || type->content->children.count == 0);
}

static bool
is_derivation(const xmlNode *node)
{
    return node_is(node, NS_XSD, "extension") ||
           node_is(node, NS_XSD, "restriction");
}

static bool
is_content(const xmlNode *node)
{
    return node_is(node, NS_XSD, "simpleContent") ||
           node_is(node, NS_XSD, "complexContent");
}

static void
read_derivation(struct schema_reader *reader, const xmlNode *node,
                struct xs_type *type)
{
    type->derivation =
        node_is(node, NS_XSD, "extension") ? XS_EXTENSION : XS_RESTRICTION;
    schema_reference(reader, node, "base", XS_TYPE, &type->base);
    if (type->base.name.local == NULL && type->simple_content) {
        assume_string(reader, node, &type->base, "a base");
    } else if (type->base.name.local == NULL) {
        type->derivation = 0;
        diag_warning(node_place(reader->document, node),
                     "<%s> needs a base; only what it has itself is taken",
                     (const char *)node->name);
    }
    read_content(reader, node, type);
    if (is_any_extended(type))
        type->mixed = true;
}

/* complexContent or simpleContent */
static void
read_derived(struct schema_reader *reader, const xmlNode *node,
             struct xs_type *type)
{
    const xmlNode *child;
    bool found = false, empty = true;

    type->simple_content = node_is(node, NS_XSD, "simpleContent");
    if (node_attr(node, "mixed") != NULL)
        type->mixed = schema_flag(node, "mixed");
    FOR_EACH_ELEMENT(child, node)
    {
        if (node_is(child, NS_XSD, "annotation"))
            continue;
        if (is_derivation(child)) {
            read_derivation(reader, child, type);
            found = true;
            continue;
        }
        schema_misplaced(reader, child, "it is taken as the type's");
        read_content_child(reader, child, type);
        empty = false;
    }
    if (found)
        return;
    if (type->simple_content) {
        type->derivation = XS_EXTENSION;
        assume_string(reader, node, &type->base, "an extension or restriction");
    } else if (empty) {
        diag_warning(node_place(reader->document, node),
                     "<%s> needs an extension or restriction",
                     (const char *)node->name);
    }
}

/* A derivation that stands in the type without complexContent or simpleContent
 * around it. */
static void
read_bare_derivation(struct schema_reader *reader, const xmlNode *node,
                     struct xs_type *type)
{
    const char *base = node_attr(node, "base");
    struct qname name = {NULL, NULL};

    if (base != NULL)
        name = schema_qname(reader, node, base);
    type->simple_content = name.ns != NULL && strcmp(name.ns, NS_XSD) == 0 &&
                           strcmp(name.local, "anyType") != 0;
    schema_misplaced(reader, node,
                     type->simple_content ? "it is taken as simple content"
                                          : "it is taken as complex content");
    read_derivation(reader, node, type);
}

static void
read_derived_type(struct schema_reader *reader, const xmlNode *node,
                  const xmlNode *content, struct xs_type *type)
{
    const xmlNode *child;

    if (is_derivation(content))
        read_bare_derivation(reader, content, type);
    else
        read_derived(reader, content, type);
    FOR_EACH_ELEMENT(child, node)
    {
        if (child == content || node_is(child, NS_XSD, "annotation"))
            continue;
        if (is_derivation(child) || is_content(child)) {
            schema_unexpected(reader, child);
            continue;
        }
        schema_misplaced(reader, child, "it is taken as the type's");
        read_content_child(reader, child, type);
    }
}

struct xs_type *
schema_read_complex(struct schema_reader *reader, const xmlNode *node)
{
    struct xs_type *type = type_new(reader, node, true);
    const xmlNode *child;

    type->mixed = schema_flag(node, "mixed");
    type->abstract = schema_flag(node, "abstract");
    FOR_EACH_ELEMENT(child, node)
    {
        if (is_derivation(child) || is_content(child)) {
            read_derived_type(reader, node, child, type);
            return type;
        }
    }
    read_content(reader, node, type);
    return type;
}

bool
xs_has_values(const struct xs_type *type)
{
    size_t i;

    for (i = 0; i < type->facets.count; i++)
        if (strcmp(VEC(&type->facets, struct xs_facet, i)->name,
                   "enumeration") == 0)
            return true;
    return false;
}

struct xs_type *
schema_read_bare_type(struct schema_reader *reader, const xmlNode *child)
{
    static const char *const simple[] = {"restriction", "list", "union"};
    static const char *const complex[] = {
        "sequence",       "choice",         "all",
        "group",          "element",        "any",
        "extension",      "simpleContent",  "attribute",
        "complexContent", "attributeGroup", "anyAttribute"};
    struct xs_type *type = NULL;
    size_t i;

    for (i = 0; i < sizeof(simple) / sizeof(simple[0]); i++)
        if (node_is(child, NS_XSD, simple[i])) {
            schema_misplaced(reader, child, "it is taken as a simple type's");
            type = schema_read_simple(reader, child->parent);
        }
    for (i = 0; i < sizeof(complex) / sizeof(complex[0]); i++)
        if (node_is(child, NS_XSD, complex[i])) {
            if (!is_derivation(child)) /* it tells itself */
                schema_misplaced(reader, child,
                                 "it is taken as a complex type's");
            type = schema_read_complex(reader, child->parent);
        }
    if (type != NULL)
        type->c.name.ns = type->c.name.local = NULL; /* the element's */
    return type;
}
