/* SPDX-License-Identifier: Apache-2.0 */
/* Schema documents: elements, attributes, groups and particles. */
#include "codegen/schema-read.h"

#include <string.h>

static struct xs_type *
inline_type(struct schema_reader *reader, const xmlNode *child)
{
    if (node_is(child, NS_XSD, "simpleType"))
        return schema_read_simple(reader, child);
    if (node_is(child, NS_XSD, "complexType"))
        return schema_read_complex(reader, child);
    return NULL;
}

/* default and fixed keep their blanks. */
static const char *
raw_attr(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    const char *copy = mem_str((const char *)value);

    xmlFree(value);
    return copy;
}

/* ---- Elements ------------------------------------------------------------ */

static struct xs_identity *
read_identity(struct schema_reader *reader, const xmlNode *node)
{
    struct xs_identity *identity = NEW(struct xs_identity);
    const char *refer = node_attr(node, "refer");
    const xmlNode *child;

    identity->kind = mem_str((const char *)node->name);
    identity->name.ns = reader->target;
    identity->name.local = node_attr(node, "name");
    if (refer != NULL)
        identity->refer.name = schema_qname(reader, node, refer);
    FOR_EACH_ELEMENT(child, node)
    {
        const char *path = node_attr(child, "xpath");

        if (node_is(child, NS_XSD, "selector"))
            identity->selector = path;
        else if (node_is(child, NS_XSD, "field") && path != NULL)
            vec_add(&identity->fields, mem_str(path));
        else
            schema_unexpected(reader, child);
    }
    return identity;
}

/* Whether a local declaration is in the target namespace. */
static bool
in_target(const xmlNode *node, bool qualified)
{
    const char *form = node_attr(node, "form");

    return form == NULL ? qualified : strcmp(form, "qualified") == 0;
}

struct xs_element *
schema_read_element(struct schema_reader *reader, const xmlNode *node,
                    bool global)
{
    struct xs_element *element = NEW(struct xs_element);
    struct xs_type *type, *bare = NULL;
    const xmlNode *child;

    schema_component(reader, node, XS_ELEMENT, &element->c);
    element->global = global;
    vec_add(&reader->schemas->elements, element);
    if (!global && !in_target(node, reader->elements_qualified))
        element->c.name.ns = NULL;
    schema_reference(reader, node, "type", XS_TYPE, &element->type);
    schema_reference(reader, node, "substitutionGroup", XS_ELEMENT,
                     &element->substitution_group);
    element->default_value = raw_attr(node, "default");
    element->fixed_value = raw_attr(node, "fixed");
    element->nillable = schema_flag(node, "nillable");
    element->abstract = schema_flag(node, "abstract");
    element->final = schema_derivations(node, "final", reader->final_default);
    element->block = schema_derivations(node, "block", reader->block_default);
    FOR_EACH_ELEMENT(child, node)
    {
        type = inline_type(reader, child);
        if (type == NULL && element->inline_type == NULL &&
            element->type.name.local == NULL)
            bare = schema_read_bare_type(reader, child);
        if (bare != NULL) {
            element->inline_type = bare; /* has read all there is */
            break;
        }
        if (type != NULL && element->type.name.local != NULL)
            diag_warning(node_place(reader->document, child),
                         "element '%s' has a type attribute and a type inside, "
                         "which is ignored",
                         element->c.name.local);
        else if (type != NULL)
            element->inline_type = type;
        else if (node_is(child, NS_XSD, "unique") ||
                 node_is(child, NS_XSD, "key") ||
                 node_is(child, NS_XSD, "keyref"))
            vec_add(&element->identities, read_identity(reader, child));
        else
            schema_unexpected(reader, child);
    }
    return element;
}

/* ---- Attributes ---------------------------------------------------------- */

struct xs_attribute *
schema_read_attribute(struct schema_reader *reader, const xmlNode *node,
                      bool global)
{
    struct xs_attribute *attribute = NEW(struct xs_attribute);
    const xmlNode *child;

    schema_component(reader, node, XS_ATTRIBUTE, &attribute->c);
    attribute->global = global;
    if (!global && !in_target(node, reader->attributes_qualified))
        attribute->c.name.ns = NULL;
    schema_reference(reader, node, "type", XS_TYPE, &attribute->type);
    attribute->default_value = raw_attr(node, "default");
    attribute->fixed_value = raw_attr(node, "fixed");
    FOR_EACH_ELEMENT(child, node)
    {
        if (node_is(child, NS_XSD, "simpleType"))
            attribute->inline_type = schema_read_simple(reader, child);
        else
            schema_unexpected(reader, child);
    }
    return attribute;
}

static struct xs_attribute_use *
read_use(struct schema_reader *reader, const xmlNode *node)
{
    struct xs_attribute_use *use = NEW(struct xs_attribute_use);
    const char *text = node_attr(node, "use");
    const char *array = node_attr_ns(node, NS_WSDL, "arrayType");

    use->place = node_place(reader->document, node);
    use->required = text != NULL && strcmp(text, "required") == 0;
    use->prohibited = text != NULL && strcmp(text, "prohibited") == 0;
    use->default_value = raw_attr(node, "default");
    use->fixed_value = raw_attr(node, "fixed");
    if (array != NULL)
        use->array_type = schema_qname(reader, node, array);
    schema_reference(reader, node, "ref", XS_ATTRIBUTE, &use->ref);
    if (use->ref.name.local == NULL) {
        use->attribute = schema_read_attribute(reader, node, false);
        if (use->attribute->c.name.local == NULL)
            diag_error(use->place, "<attribute> needs a name or ref");
    }
    return use;
}

bool
schema_read_attribute_use(struct schema_reader *reader, const xmlNode *node,
                          struct vec *attributes, struct vec *groups,
                          struct xs_wildcard **any)
{
    if (node_is(node, NS_XSD, "attribute")) {
        struct xs_attribute_use *use = read_use(reader, node);

        if (use->attribute == NULL || use->attribute->c.name.local != NULL)
            vec_add(attributes, use);
        return true;
    }
    if (node_is(node, NS_XSD, "attributeGroup")) {
        struct xs_ref *ref = NEW(struct xs_ref);

        schema_reference(reader, node, "ref", XS_ATTRIBUTE_GROUP, ref);
        if (ref->name.local == NULL)
            diag_error(node_place(reader->document, node),
                       "<attributeGroup> needs a ref");
        else
            vec_add(groups, ref);
        return true;
    }
    if (node_is(node, NS_XSD, "anyAttribute")) {
        *any = schema_read_wildcard(reader, node);
        return true;
    }
    return false;
}

struct xs_attribute_group *
schema_read_attribute_group(struct schema_reader *reader, const xmlNode *node)
{
    struct xs_attribute_group *group = NEW(struct xs_attribute_group);
    const xmlNode *child;

    schema_component(reader, node, XS_ATTRIBUTE_GROUP, &group->c);
    FOR_EACH_ELEMENT(child, node)
    if (!schema_read_attribute_use(reader, child, &group->attributes,
                                   &group->attribute_groups,
                                   &group->any_attribute))
        schema_unexpected(reader, child);
    return group;
}

/* ---- Particles ----------------------------------------------------------- */

struct xs_wildcard *
schema_read_wildcard(struct schema_reader *reader, const xmlNode *node)
{
    struct xs_wildcard *any = NEW(struct xs_wildcard);

    any->place = node_place(reader->document, node);
    any->ns = node_attr(node, "namespace");
    any->process = node_attr(node, "processContents");
    any->target = reader->target;
    if (any->ns == NULL)
        any->ns = "##any";
    if (any->process == NULL)
        any->process = "strict";
    return any;
}

/* minOccurs, maxOccurs: a number, "unbounded", or what is left out. */
static uint32_t
read_occurs(struct schema_reader *reader, const xmlNode *node,
            const char *attribute)
{
    const char *text = node_attr(node, attribute), *at;
    uint64_t value = 0;

    if (text == NULL)
        return 1;
    /* drafts had a star */
    if (attribute[1] == 'a' &&
        (strcmp(text, "unbounded") == 0 || strcmp(text, "*") == 0))
        return XS_UNBOUNDED;
    for (at = text; *at >= '0' && *at <= '9' && value < XS_UNBOUNDED; at++)
        value = value * 10 + (uint64_t)(*at - '0');
    if (at == text || *at != '\0') {
        if (*text != '\0' && (*at < '0' || *at > '9'))
            diag_problem(node_place(reader->document, node),
                         "%s is '%s', which is no number", attribute, text);
        return 1;
    }
    return value >= XS_UNBOUNDED ? XS_UNBOUNDED : (uint32_t)value;
}

static void
read_children(struct schema_reader *reader, const xmlNode *node,
              struct xs_particle *particle)
{
    struct xs_particle *part;
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, node)
    {
        part = schema_read_particle(reader, child);
        if (part != NULL)
            vec_add(&particle->children, part);
        else
            schema_unexpected(reader, child);
    }
}

static bool
particle_kind(const xmlNode *node, enum xs_particle_kind *ret_kind)
{
    static const char *const names[] = {"element", "sequence", "choice",
                                        "all",     "group",    "any"};
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (node_is(node, NS_XSD, names[i])) {
            *ret_kind = (enum xs_particle_kind)i;
            return true;
        }
    }
    return false;
}

static void
read_element_particle(struct schema_reader *reader, const xmlNode *node,
                      struct xs_particle *particle)
{
    schema_reference(reader, node, "ref", XS_ELEMENT, &particle->ref);
    if (particle->ref.name.local != NULL)
        return;
    particle->element = schema_read_element(reader, node, false);
    if (particle->element->c.name.local == NULL)
        diag_error(particle->place, "<element> needs a name or ref");
}

struct xs_particle *
schema_read_particle(struct schema_reader *reader, const xmlNode *node)
{
    struct xs_particle *particle;
    enum xs_particle_kind kind;

    if (!particle_kind(node, &kind))
        return NULL;
    particle = NEW(struct xs_particle);
    particle->kind = kind;
    particle->place = node_place(reader->document, node);
    particle->min = read_occurs(reader, node, "minOccurs");
    particle->max = read_occurs(reader, node, "maxOccurs");
    if (particle->max < particle->min) {
        if (node_attr(node, "maxOccurs") != NULL &&
            node_attr(node, "minOccurs") != NULL)
            diag_warning(particle->place,
                         "minOccurs is above maxOccurs; %s is taken",
                         particle->max == 0 ? "maxOccurs" : "minOccurs");
        particle->max = particle->max == 0 ? 0 : particle->min;
    }
    switch (kind) {
    case XS_P_ELEMENT:
        read_element_particle(reader, node, particle);
        break;
    case XS_P_GROUP:
        schema_reference(reader, node, "ref", XS_GROUP, &particle->ref);
        if (particle->ref.name.local == NULL)
            diag_error(particle->place, "<group> needs a ref");
        break;
    case XS_P_ANY:
        particle->any = schema_read_wildcard(reader, node);
        break;
    case XS_P_SEQUENCE:
    case XS_P_CHOICE:
    case XS_P_ALL:
        read_children(reader, node, particle);
        break;
    }
    return particle;
}

/* A sequence that nobody wrote around what stands side by side. */
static void
append(struct xs_particle **content, struct xs_particle *particle)
{
    struct xs_particle *sequence = *content;

    if (sequence == NULL || !sequence->implied) {
        sequence = NEW(struct xs_particle);
        sequence->kind = XS_P_SEQUENCE;
        sequence->place = particle->place;
        sequence->min = sequence->max = 1;
        sequence->implied = true;
        if (*content != NULL)
            vec_add(&sequence->children, *content);
        *content = sequence;
    }
    vec_add(&sequence->children, particle);
}

bool
schema_read_content(struct schema_reader *reader, const xmlNode *node,
                    struct xs_particle **content)
{
    struct xs_particle *particle = schema_read_particle(reader, node);
    bool bare;

    if (particle == NULL)
        return false;
    bare = particle->kind == XS_P_ELEMENT || particle->kind == XS_P_ANY;
    if (*content == NULL && !bare) {
        *content = particle;
        return true;
    }
    schema_misplaced(reader, node,
                     bare ? "it is taken as part of a sequence"
                          : "it is taken behind what there is");
    append(content, particle);
    return true;
}

struct xs_group *
schema_read_group(struct schema_reader *reader, const xmlNode *node)
{
    struct xs_group *group = NEW(struct xs_group);
    const xmlNode *child;

    schema_component(reader, node, XS_GROUP, &group->c);
    FOR_EACH_ELEMENT(child, node)
    {
        if (!schema_read_content(reader, child, &group->content))
            schema_unexpected(reader, child);
    }
    return group;
}
