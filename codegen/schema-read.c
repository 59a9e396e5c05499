/* SPDX-License-Identifier: Apache-2.0 */
/* Schema documents: what they include and import, and their top level. */
#include "codegen/schema-read.h"

#include <string.h>

static bool
same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool
qname_equal(struct qname a, struct qname b)
{
    return same(a.ns, b.ns) && same(a.local, b.local);
}

const char *
qname_text(struct qname name)
{
    if (name.ns == NULL)
        return name.local == NULL ? "" : name.local;
    return mem_printf("{%s}%s", name.ns, name.local ? name.local : "");
}

struct qname
node_qname(const xmlNode *node, const char *text)
{
    const char *colon = strchr(text, ':');
    xmlNodePtr where = (xmlNodePtr)(uintptr_t)node;
    struct qname name = {NULL, NULL};
    const char *prefix = NULL;
    xmlNsPtr ns;

    if (colon != NULL)
        prefix = mem_strn(text, (size_t)(colon - text));
    ns = xmlSearchNs(node->doc, where, (const xmlChar *)prefix);
    if (ns != NULL && ns->href != NULL && *ns->href != '\0')
        name.ns = (const char *)ns->href;
    else if (prefix != NULL)
        name.ns = mem_printf("undeclared prefix '%s'", prefix);
    name.local = mem_str(colon != NULL ? colon + 1 : text);
    return name;
}

struct qname
schema_qname(struct schema_reader *reader, const xmlNode *node,
             const char *text)
{
    struct qname name = node_qname(node, text);

    if (name.ns == NULL && reader->chameleon)
        name.ns = reader->target;
    return name;
}

void
schema_refer(struct schemas *schemas, enum xs_space space, struct xs_ref *ref,
             struct xs_component *owner)
{
    struct xs_ref_entry *entry = NEW(struct xs_ref_entry);

    entry->space = space;
    entry->ref = ref;
    entry->owner = owner;
    vec_add(&schemas->refs, entry);
}

void
schema_reference(struct schema_reader *reader, const xmlNode *node,
                 const char *attribute, enum xs_space space, struct xs_ref *ref)
{
    const char *text = node_attr(node, attribute);

    if (text == NULL || *text == '\0')
        return;
    ref->name = schema_qname(reader, node, text);
    ref->place = node_place(reader->document, node);
    schema_refer(reader->schemas, space, ref, reader->owner);
}

const char *
schema_doc(const xmlNode *node)
{
    const xmlNode *child, *grandchild;
    const char *all = NULL, *text;

    FOR_EACH_ELEMENT(child, node)
    {
        if (!node_is(child, NS_XSD, "annotation"))
            continue;
        FOR_EACH_ELEMENT(grandchild, child)
        {
            if (!node_is(grandchild, NS_XSD, "documentation"))
                continue;
            text = node_text(grandchild);
            if (text != NULL)
                all = all == NULL ? text : mem_printf("%s %s", all, text);
        }
    }
    return all;
}

void
schema_component(struct schema_reader *reader, const xmlNode *node,
                 enum xs_space space, struct xs_component *component)
{
    component->space = space;
    component->name.local = node_attr(node, "name");
    if (component->name.local != NULL)
        component->name.ns = reader->target;
    component->place = node_place(reader->document, node);
    component->doc = schema_doc(node);
}

void
schema_unexpected(struct schema_reader *reader, const xmlNode *node)
{
    if (node_is(node, NS_XSD, "annotation"))
        return;
    if (node_ns(node) == NULL || strcmp(node_ns(node), NS_XSD) != 0)
        diag_warning(node_place(reader->document, node),
                     "<%s> is no XML Schema and ignored",
                     (const char *)node->name);
    else
        schema_misplaced(reader, node, "it is ignored");
}

void
schema_misplaced(struct schema_reader *reader, const xmlNode *node,
                 const char *how)
{
    diag_warning(node_place(reader->document, node),
                 "<%s> does not belong in <%s>; %s", (const char *)node->name,
                 (const char *)node->parent->name, how);
}

bool
schema_flag(const xmlNode *node, const char *attribute)
{
    const char *text = node_attr(node, attribute);

    return text != NULL &&
           (strcmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

unsigned
schema_derivations(const xmlNode *node, const char *attribute,
                   unsigned otherwise)
{
    static const struct {
        const char *name;
        unsigned flag;
    } names[] = {
        {"#all", XS_ALL_DERIVATIONS},
        {"extension", XS_EXTENSION},
        {"restriction", XS_RESTRICTION},
        {"substitution", XS_SUBSTITUTION},
        {"list", XS_LIST},
        {"union", XS_UNION},
    };
    const char *text = node_attr(node, attribute);
    unsigned flags = 0;
    size_t i;

    if (text == NULL)
        return otherwise;
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strstr(text, names[i].name) != NULL)
            flags |= names[i].flag;
    return flags;
}

/* ---- The top level ------------------------------------------------------- */

static struct xs_component *
read_notation(struct schema_reader *reader, const xmlNode *node)
{
    struct xs_component *notation = NEW(struct xs_component);

    schema_component(reader, node, XS_NOTATION, notation);
    return notation;
}

static struct xs_component *
read_component(struct schema_reader *reader, const xmlNode *node)
{
    if (node_is(node, NS_XSD, "element"))
        return &schema_read_element(reader, node, true)->c;
    if (node_is(node, NS_XSD, "complexType"))
        return &schema_read_complex(reader, node)->c;
    if (node_is(node, NS_XSD, "simpleType"))
        return &schema_read_simple(reader, node)->c;
    if (node_is(node, NS_XSD, "attribute"))
        return &schema_read_attribute(reader, node, true)->c;
    if (node_is(node, NS_XSD, "group"))
        return &schema_read_group(reader, node)->c;
    if (node_is(node, NS_XSD, "attributeGroup"))
        return &schema_read_attribute_group(reader, node)->c;
    if (node_is(node, NS_XSD, "notation"))
        return read_notation(reader, node);
    schema_unexpected(reader, node);
    return NULL;
}

/* Whether two declarations say the same: the same text in two files is no
 * conflict (WSDLs often carry a schema twice). */
static bool
declare_twice(const struct xs_component *first,
              const struct xs_component *second)
{
    return first->place.line == second->place.line &&
           strcmp(first->place.file, second->place.file) == 0;
}

static void
declare(struct schema_reader *reader, struct xs_component *component,
        bool redefine)
{
    struct map *space = &reader->schemas->spaces[component->space];
    const char *key = qname_text(component->name);
    struct xs_component *known = (struct xs_component *)map_get(space, key);

    if (component->name.local == NULL || *component->name.local == '\0') {
        diag_problem(component->place, "a global component needs a name");
        return;
    }
    if (known != NULL && known->place.file == NULL && !redefine)
        known = NULL; /* one of ours: the file knows better */
    if (known != NULL && !redefine) {
        if (!declare_twice(known, component) && !reader->document->wellknown)
            diag_warning(component->place,
                         "'%s' is declared a second time and ignored; the "
                         "first is at %s:%u",
                         key, known->place.file, known->place.line);
        return;
    }
    component->redefines = known;
    map_put(space, key, component);
    vec_add(&reader->schemas->components, component);
}

static void
read_global(struct schema_reader *reader, const xmlNode *node, bool redefine)
{
    struct xs_component *component, *outer = reader->owner;
    /* references inside are the component's own: a redefinition's to itself
     * means what it replaces */
    struct xs_ref_entry *entry;
    size_t first = reader->schemas->refs.count, i;

    component = read_component(reader, node);
    reader->owner = outer;
    if (component == NULL)
        return;
    for (i = first; i < reader->schemas->refs.count; i++) {
        entry = VEC(&reader->schemas->refs, struct xs_ref_entry, i);
        entry->owner = component;
    }
    declare(reader, component, redefine);
}

/* ---- Other documents ----------------------------------------------------- */

static void read_document(struct schemas *schemas, struct document *document,
                          const xmlNode *node, const char *includer_ns,
                          bool included);

static void
add_missing(struct schema_reader *reader, const xmlNode *node,
            const char *location, const char *ns, bool include)
{
    struct schema_missing *missing = NEW(struct schema_missing);

    missing->place = node_place(reader->document, node);
    missing->location = location;
    missing->ns = ns;
    missing->include = include;
    vec_add(&reader->schemas->missing, missing);
}

/* The document a schemaLocation names; NULL: told, or remembered as missing. */
static struct document *
open_location(struct schema_reader *reader, const xmlNode *node,
              const char *location, const char *ns, bool include)
{
    const struct documents *documents = reader->schemas->documents;
    const char *path = document_relative(documents, reader->document, location);

    if ((path == NULL || !document_exists(path)) && !include &&
        document_mapped(documents, ns) != NULL)
        path = document_mapped(documents, ns);
    if (path == NULL || !document_exists(path)) {
        add_missing(reader, node, location, ns, include);
        return NULL;
    }
    return document_open(reader->schemas->documents, path,
                         node_place(reader->document, node));
}

static const xmlNode *
schema_root(struct schema_reader *reader, const xmlNode *node,
            struct document *document)
{
    const xmlNode *root = xmlDocGetRootElement(document->xml);

    if (root != NULL && node_is(root, NS_XSD, "schema"))
        return root;
    diag_problem(node_place(reader->document, node),
                 "'%s' is not an XML Schema", document->path);
    return NULL;
}

static void
read_import(struct schema_reader *reader, const xmlNode *node)
{
    const char *location = node_attr(node, "schemaLocation");
    const char *ns = node_attr(node, "namespace");
    struct document *document;
    const xmlNode *root;

    if (location == NULL || *location == '\0')
        location = document_mapped(reader->schemas->documents, ns);
    if (location == NULL)
        return;
    document = open_location(reader, node, location, ns, false);
    if (document == NULL)
        return;
    root = xmlDocGetRootElement(document->xml);
    if (root != NULL && node_is(root, NS_WSDL, "definitions"))
        return; /* its schemas are found by namespace */
    root = schema_root(reader, node, document);
    if (root != NULL)
        read_document(reader->schemas, document, root, NULL, false);
}

static void
read_include(struct schema_reader *reader, const xmlNode *node)
{
    const char *location = node_attr(node, "schemaLocation");
    struct document *document;
    const xmlNode *root;

    if (location == NULL || *location == '\0') {
        diag_problem(node_place(reader->document, node),
                     "<%s> needs a schemaLocation", (const char *)node->name);
        return;
    }
    document = open_location(reader, node, location, reader->target, true);
    if (document == NULL)
        return;
    root = schema_root(reader, node, document);
    if (root != NULL)
        read_document(reader->schemas, document, root, reader->target, true);
}

static void
read_redefine(struct schema_reader *reader, const xmlNode *node)
{
    const xmlNode *child;

    read_include(reader, node);
    FOR_EACH_ELEMENT(child, node)
    if (!node_is(child, NS_XSD, "annotation"))
        read_global(reader, child, true);
}

/* Once for a document and the namespace it takes on (a chameleon may take on
 * several). */
static bool
is_read(struct schemas *schemas, const struct document *document,
        const xmlNode *node, const char *target)
{
    const char *key = mem_printf("%s#%p#%s", document->real, (const void *)node,
                                 target ? target : "");

    if (map_get(&schemas->read, key) != NULL)
        return true;
    map_put(&schemas->read, key, schemas);
    return false;
}

static bool
is_qualified(const xmlNode *schema, const char *attribute)
{
    const char *form = node_attr(schema, attribute);

    return form != NULL && strcmp(form, "qualified") == 0;
}

static void
read_document(struct schemas *schemas, struct document *document,
              const xmlNode *node, const char *includer_ns, bool included)
{
    struct schema_reader reader = {schemas, document, NULL, false, false,
                                   false,   0,        0,    NULL};
    const xmlNode *child;

    reader.target = node_attr(node, "targetNamespace");
    if (reader.target != NULL && *reader.target == '\0')
        reader.target = NULL;
    if (reader.target == NULL && included) {
        reader.target = includer_ns;
        reader.chameleon = includer_ns != NULL;
    } else if (included && !same(reader.target, includer_ns)) {
        diag_warning(node_place(document, node),
                     "is included for namespace '%s' but has '%s': taken as "
                     "imported",
                     includer_ns ? includer_ns : "", reader.target);
    }
    if (is_read(schemas, document, node, reader.target))
        return;
    document->used = true;
    map_put(&schemas->namespaces, reader.target ? reader.target : "", schemas);
    reader.elements_qualified = is_qualified(node, "elementFormDefault");
    reader.attributes_qualified = is_qualified(node, "attributeFormDefault");
    reader.block_default = schema_derivations(node, "blockDefault", 0);
    reader.final_default = schema_derivations(node, "finalDefault", 0);
    FOR_EACH_ELEMENT(child, node)
    {
        if (node_is(child, NS_XSD, "import"))
            read_import(&reader, child);
        else if (node_is(child, NS_XSD, "include"))
            read_include(&reader, child);
        else if (node_is(child, NS_XSD, "redefine"))
            read_redefine(&reader, child);
        else if (!node_is(child, NS_XSD, "annotation"))
            read_global(&reader, child, false);
    }
}

void
schema_read(struct schemas *schemas, struct document *document,
            const xmlNode *node)
{
    read_document(schemas, document, node, NULL, false);
}

void
schema_read_wellknown(struct schemas *schemas, const char *ns)
{
    struct document *document = document_wellknown(schemas->documents, ns);
    const xmlNode *root;

    if (document == NULL)
        return;
    root = xmlDocGetRootElement(document->xml);
    if (node_is(root, NS_XSD, "schema"))
        schema_read(schemas, document, root);
}
