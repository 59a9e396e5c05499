/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names in namespaces of which we know everything, and that are not there: the
 * drafts' types in XML Schema's own, "xs:schema" where a schema travels in a
 * message, parts of WSDL and what else people take from the well-known ones.
 * They must not keep the rest from being generated. When told to be lenient,
 * the same is done for every name that is missing.
 */
#include "codegen/schema.h"

#include <string.h>

#include "codegen/wellknown.h"

/* Types that were in drafts of XML Schema and are still written. */
static const char *const drafts[] = {"CDATA",
                                     "binary",
                                     "century",
                                     "month",
                                     "ur-type",
                                     "recurringDay",
                                     "recurringDuration",
                                     "recurringDate",
                                     "timeDuration",
                                     "timeInstant",
                                     "timePeriod",
                                     "uriReference",
                                     "year",
                                     NULL};

static bool
is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* Of XML Schema's own names a wrong type is anything, a wrong element is a
 * mistake but for a schema that travels in a message. */
static bool
may_be_raw(enum xs_space space, struct qname name)
{
    if (name.ns == NULL || name.local == NULL)
        return false;
    if (qname_is_xsd(name))
        return space == XS_TYPE ||
               (space == XS_ELEMENT && strcmp(name.local, "schema") == 0);
    return strcmp(name.ns, NS_WSDL) == 0 || wellknown_has(name.ns);
}

static void
to_type(struct xs_ref *ref, struct xs_type *type)
{
    ref->name = type->c.name;
    ref->to = &type->c;
}

static void
begin(struct xs_component *component, const struct xs_ref_entry *entry)
{
    component->space = entry->space;
    component->name = entry->ref->name;
    component->place = entry->ref->place;
}

static struct xs_component *
raw_element(struct schemas *schemas, const struct xs_ref_entry *entry)
{
    struct xs_element *element = NEW(struct xs_element);

    begin(&element->c, entry);
    element->global = true;
    to_type(&element->type, schemas->any_type);
    vec_add(&schemas->elements, element);
    return &element->c;
}

static struct xs_component *
raw_attribute(struct xs_type *text, const struct xs_ref_entry *entry)
{
    struct xs_attribute *attribute = NEW(struct xs_attribute);

    begin(&attribute->c, entry);
    attribute->global = true;
    to_type(&attribute->type, text);
    return &attribute->c;
}

/* All the content there may be. */
static struct xs_component *
raw_group(const struct xs_ref_entry *entry)
{
    struct xs_group *group = NEW(struct xs_group);

    begin(&group->c, entry);
    group->content = NEW(struct xs_particle);
    group->content->kind = XS_P_ANY;
    group->content->place = entry->ref->place;
    group->content->max = XS_UNBOUNDED;
    group->content->any = NEW(struct xs_wildcard);
    group->content->any->ns = "##any";
    group->content->any->process = "skip";
    group->content->any->place = entry->ref->place;
    return &group->c;
}

static struct xs_component *
raw_attribute_group(const struct xs_ref_entry *entry)
{
    struct xs_attribute_group *group = NEW(struct xs_attribute_group);

    begin(&group->c, entry);
    return &group->c;
}

/* NULL: nothing can stand for it. */
static struct xs_component *
make(struct schemas *schemas, const struct xs_ref_entry *entry,
     struct xs_component *type)
{
    static const struct qname simple = {NS_XSD, "anySimpleType"};
    struct xs_component *text = schema_find(schemas, XS_TYPE, simple);

    switch (entry->space) {
    case XS_TYPE:
        return type != NULL ? type : text;
    case XS_ELEMENT:
        return raw_element(schemas, entry);
    case XS_ATTRIBUTE:
        return raw_attribute((struct xs_type *)(void *)text, entry);
    case XS_GROUP:
        return raw_group(entry);
    case XS_ATTRIBUTE_GROUP:
        return raw_attribute_group(entry);
    default:
        return NULL;
    }
}

struct xs_component *
schema_declare_raw(struct schemas *schemas, const struct xs_ref_entry *entry)
{
    const struct qname name = entry->ref->name;
    bool known = may_be_raw(entry->space, name);
    struct xs_component *made;

    if (name.local == NULL || (!known && !diag_is_lenient()) ||
        ((entry->space == XS_GROUP || entry->space == XS_ATTRIBUTE_GROUP) &&
         !diag_is_lenient()))
        return NULL;
    made = make(schemas, entry,
                qname_is_xsd(name) && is_one_of(name.local, drafts)
                    ? NULL
                    : &schemas->any_type->c);
    if (made == NULL)
        return NULL;
    if (!known)
        map_put(&schemas->lacking, name.ns ? name.ns : "", made);
    if (known)
        diag_warning(entry->ref->place,
                     "nothing is known of '%s'; it is kept as it is",
                     qname_text(name));
    else
        diag_problem(entry->ref->place,
                     "'%s' is not declared; it is kept as it is",
                     qname_text(name));
    map_put(&schemas->spaces[entry->space], qname_text(name), made);
    return made;
}

struct xs_component *
schema_declare_unused(struct schemas *schemas, const struct xs_ref_entry *entry)
{
    return entry->ref->name.local == NULL ? NULL : make(schemas, entry, NULL);
}
