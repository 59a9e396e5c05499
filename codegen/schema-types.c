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
    if (value == NULL) {
        diag_error(facet->place, "<%s> needs a value", facet->name);
        return true;
    }
    facet->value = mem_str((const char *)value);
    xmlFree(value);
    facet->qname = schema_qname(reader, node, facet->value);
    vec_add(facets, facet);
    return true;
}

/* ---- Simple types -------------------------------------------------------- */

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
        diag_error(node_place(reader->document, node),
                   "<restriction> needs a base");
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
        diag_error(node_place(reader->document, node),
                   "<list> needs an itemType");
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
        else if (node_is(child, NS_XSD, "annotation"))
            continue;
        else
            schema_unexpected(reader, child);
        has_content = true;
    }
    if (!has_content)
        diag_error(type->c.place,
                   "<simpleType> needs a restriction, list or union");
    return type;
}

/* ---- Complex types ------------------------------------------------------- */

static void
add_content(struct schema_reader *reader, struct xs_type *type,
            const xmlNode *node, struct xs_particle *particle)
{
    if (type->content != NULL)
        schema_unexpected(reader, node);
    else
        type->content = particle;
}

/* What extension, restriction and the short form have in common. */
static void
read_content(struct schema_reader *reader, const xmlNode *node,
             struct xs_type *type)
{
    struct xs_particle *particle;
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, node)
    {
        if (schema_read_attribute_use(reader, child, &type->attributes,
                                      &type->attribute_groups,
                                      &type->any_attribute))
            continue;
        if (type->simple_content) {
            if (node_is(child, NS_XSD, "simpleType"))
                type->inline_base = schema_read_simple(reader, child);
            else if (!schema_read_facet(reader, child, &type->facets))
                schema_unexpected(reader, child);
            continue;
        }
        if (node_is(child, NS_XSD, "element") ||
            node_is(child, NS_XSD, "any")) {
            schema_unexpected(reader, child);
            continue;
        }
        particle = schema_read_particle(reader, child);
        if (particle != NULL)
            add_content(reader, type, child, particle);
        else
            schema_unexpected(reader, child);
    }
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

static void
read_derivation(struct schema_reader *reader, const xmlNode *node,
                struct xs_type *type)
{
    const xmlNode *child;
    bool found = false;

    type->simple_content = node_is(node, NS_XSD, "simpleContent");
    if (node_attr(node, "mixed") != NULL)
        type->mixed = schema_flag(node, "mixed");
    FOR_EACH_ELEMENT(child, node)
    {
        if (node_is(child, NS_XSD, "annotation"))
            continue;
        if (node_is(child, NS_XSD, "extension"))
            type->derivation = XS_EXTENSION;
        else if (node_is(child, NS_XSD, "restriction"))
            type->derivation = XS_RESTRICTION;
        else {
            schema_unexpected(reader, child);
            continue;
        }
        found = true;
        schema_reference(reader, child, "base", XS_TYPE, &type->base);
        if (type->base.name.local == NULL)
            diag_error(node_place(reader->document, child), "<%s> needs a base",
                       (const char *)child->name);
        read_content(reader, child, type);
    }
    if (is_any_extended(type))
        type->mixed = true;
    if (!found)
        diag_error(node_place(reader->document, node),
                   "<%s> needs an extension or restriction",
                   (const char *)node->name);
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
        if (node_is(child, NS_XSD, "simpleContent") ||
            node_is(child, NS_XSD, "complexContent")) {
            read_derivation(reader, child, type);
            return type;
        }
    }
    read_content(reader, node, type);
    return type;
}
