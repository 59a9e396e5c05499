/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Several WSDLs become one. A WSDL has one target namespace (WSDL 1.1, 2.1.1),
 * and nothing on the wire tells the namespaces of messages, port types and
 * bindings: what others declare goes into that of the main document, and
 * references follow. Elements and types keep theirs.
 */
#include <string.h>

#include "codegen/metadata.h"

struct merge {
    xmlDocPtr tree;
    xmlNode *root;
    xmlNode *types;          /* of the main document; NULL: it has none */
    const char *ns, *prefix; /* the main namespace; prefix NULL: it is none */
    struct map names;        /* "portType ICalc": declared */
    struct map others;       /* namespaces that are given up */
};

static xmlNode *
root_of(const struct page *page)
{
    return xmlDocGetRootElement(page->tree);
}

/* ---- Whether it can be --------------------------------------------------- */

static bool
is_component(const xmlNode *node)
{
    return node_is(node, NS_WSDL, "message") ||
           node_is(node, NS_WSDL, "portType") ||
           node_is(node, NS_WSDL, "binding") ||
           node_is(node, NS_WSDL, "service");
}

/* Two of one name in different documents would be one. */
static bool
claim_names(struct merge *merge, const xmlNode *root)
{
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, root)
    {
        const char *name = node_attr(child, "name"), *key;

        if (!is_component(child) || name == NULL)
            continue;
        key = mem_printf("%s %s", (const char *)child->name, name);
        if (map_get(&merge->names, key) != NULL)
            return false;
        map_put(&merge->names, key, merge);
    }
    return true;
}

/* A name without a prefix is of no namespace only where there is no default. */
static bool
has_default_ns(const xmlNode *root)
{
    const xmlNs *ns;

    for (ns = root->nsDef; ns != NULL; ns = ns->next)
        if (ns->prefix == NULL)
            return true;
    return false;
}

static bool
declares(const struct vec *pages, const char *prefix)
{
    size_t i;

    for (i = 0; i < pages->count; i++) {
        const xmlNs *ns;

        for (ns = root_of(VEC(pages, struct page, i))->nsDef; ns != NULL;
             ns = ns->next)
            if (ns->prefix != NULL &&
                strcmp((const char *)ns->prefix, prefix) == 0)
                return true;
    }
    return false;
}

/* ---- References ---------------------------------------------------------- */

/* The attribute that names a message, a port type or a binding; NULL: none. */
static const char *
reference_of(const xmlNode *node)
{
    if (node_is(node, NS_WSDL, "binding"))
        return "type";
    if (node_is(node, NS_WSDL, "port"))
        return "binding";
    if (node_is(node, NS_WSDL, "input") || node_is(node, NS_WSDL, "output") ||
        node_is(node, NS_WSDL, "fault") ||
        strcmp((const char *)node->name, "header") == 0 ||
        strcmp((const char *)node->name, "headerfault") == 0)
        return "message";
    return NULL;
}

/* i0:ICalc, of a namespace that is given up, is one of the main namespace. */
static void
redirect(struct merge *merge, xmlNode *node)
{
    const char *name = reference_of(node);
    const char *value = name == NULL ? NULL : node_attr(node, name);
    const char *colon = value == NULL ? NULL : strchr(value, ':');
    const xmlNs *ns;

    if (value == NULL)
        return;
    ns = xmlSearchNs(node->doc, node,
                     colon == NULL ? NULL
                                   : (const xmlChar *)mem_strn(
                                         value, (size_t)(colon - value)));
    if (map_get(&merge->others, ns == NULL ? "" : (const char *)ns->href) ==
        NULL)
        return;
    value = colon == NULL ? value : colon + 1;
    if (merge->prefix != NULL)
        value = mem_printf("%s:%s", merge->prefix, value);
    xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)value);
}

static void
redirect_all(struct merge *merge, xmlNode *node)
{
    xmlNode *child;

    redirect(merge, node);
    for (child = node->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            redirect_all(merge, child);
}

/* What a prefix means at node. */
static const xmlChar *
meaning_of(const struct merge *merge, xmlNode *node, const char *prefix)
{
    const xmlNs *ns = xmlSearchNs(merge->tree, node, (const xmlChar *)prefix);

    return ns == NULL ? NULL : ns->href;
}

/* A prefix of the root that means ns at node as well; it may have to be
 * declared. */
static const char *
root_prefix(struct merge *merge, xmlNode *node, const xmlNs *ns)
{
    const char *prefix = (const char *)ns->prefix;
    const xmlNs *there;
    unsigned number;

    for (there = merge->root->nsDef; there != NULL; there = there->next) {
        const char *known = (const char *)there->prefix;

        if (known != NULL && xmlStrEqual(there->href, ns->href) &&
            xmlStrEqual(meaning_of(merge, node, known), ns->href))
            return known;
    }
    for (number = 0; meaning_of(merge, node, prefix) != NULL; number++)
        prefix = mem_printf("%s%u", (const char *)ns->prefix, number);
    xmlNewNs(merge->root, ns->href, (const xmlChar *)prefix);
    return prefix;
}

/* A name has its prefix from the root: node's soap looks nowhere else. */
static void
lift(struct merge *merge, xmlNode *node, const char *name)
{
    const char *value = node_attr(node, name);
    const char *colon = value == NULL ? NULL : strchr(value, ':');
    const char *prefix;
    const xmlNs *ns;

    if (colon == NULL)
        return;
    prefix = mem_strn(value, (size_t)(colon - value));
    ns = xmlSearchNs(merge->tree, node, (const xmlChar *)prefix);
    if (ns == NULL ||
        xmlStrEqual(meaning_of(merge, merge->root, prefix), ns->href))
        return;
    value = mem_printf("%s:%s", root_prefix(merge, node, ns), colon + 1);
    xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)value);
}

static void
lift_all(struct merge *merge, xmlNode *node)
{
    const char *reference = reference_of(node);
    xmlNode *child;

    if (reference != NULL)
        lift(merge, node, reference);
    if (node_is(node, NS_WSDL, "part")) {
        lift(merge, node, "element");
        lift(merge, node, "type");
    }
    for (child = node->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            lift_all(merge, child);
}

/* ---- Contents ------------------------------------------------------------ */

/* The prefixes of from mean the same in node. */
static void
keep_prefixes(xmlNode *node, const xmlNode *from)
{
    const xmlNs *ns;

    for (ns = from->nsDef; ns != NULL; ns = ns->next) {
        const xmlNs *there = xmlSearchNs(node->doc, node, ns->prefix);

        if (there == NULL || !xmlStrEqual(there->href, ns->href))
            xmlNewNs(node, ns->href, ns->prefix);
    }
}

/* A copy of node below parent, where its prefixes mean what they meant. */
static void
add_copy(struct merge *merge, xmlNode *parent, const xmlNode *node)
{
    xmlNode *copy = xmlDocCopyNode((xmlNode *)node, merge->tree, 1);

    xmlAddChild(parent, copy);
    keep_prefixes(copy, node->parent);
    if (node->parent->parent != NULL &&
        node->parent->parent->type == XML_ELEMENT_NODE)
        keep_prefixes(copy, node->parent->parent);
    xmlReconciliateNs(merge->tree, copy);
    redirect_all(merge, copy);
    if (parent == merge->root)
        lift_all(merge, copy);
}

static void
add_types(struct merge *merge, const xmlNode *types)
{
    const xmlNode *child;

    if (merge->types == NULL) {
        /* another document has the schemas: with the mark that is theirs */
        merge->types = xmlNewChild(merge->root, merge->root->ns,
                                   (const xmlChar *)"types", NULL);
        xmlAddChild(merge->types,
                    xmlNewNode(NULL, (const xmlChar *)"sebon-schemas"));
    }
    FOR_EACH_ELEMENT(child, types)
    add_copy(merge, merge->types, child);
}

static void
add_contents(struct merge *merge, const xmlNode *root)
{
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, root)
    {
        if (node_is(child, NS_WSDL, "types"))
            add_types(merge, child);
        else if (!node_is(child, NS_WSDL, "import") &&
                 !node_is(child, NS_WSDL, "documentation"))
            add_copy(merge, merge->root, child);
    }
}

/* Imports of what is now here, and the types that may have been found. */
static void
prepare_root(struct merge *merge)
{
    xmlNode *child, *next;

    for (child = merge->root->children; child != NULL; child = next) {
        const char *location;

        next = child->next;
        if (node_is(child, NS_WSDL, "types"))
            merge->types = child;
        if (!node_is(child, NS_WSDL, "import"))
            continue;
        location = node_attr(child, "location");
        if (location != NULL && *location != '\002')
            continue;
        xmlUnlinkNode(child);
        xmlFreeNode(child);
    }
    redirect_all(merge, merge->root);
}

/* WSDL 1.1, A 4.1: schemas stand before messages, those before port types, ...
 */
static void
sort_root(struct merge *merge)
{
    static const char *const order[] = {"types", "message", "portType",
                                        "binding", "service"};
    size_t i;

    for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        xmlNode *child, *next, *last = merge->root->last;

        for (child = merge->root->children; child != NULL; child = next) {
            next = child == last ? NULL : child->next;
            if (node_is(child, NS_WSDL, order[i])) {
                xmlUnlinkNode(child);
                xmlAddChild(merge->root, child);
            }
        }
    }
}

/* ---- All of it ----------------------------------------------------------- */

static bool
begin(struct merge *merge, const struct vec *pages)
{
    size_t wsdls = 0, i;
    unsigned number;

    merge->ns = VEC(pages, struct page, 0)->ns;
    for (i = 0; i < pages->count; i++) {
        const struct page *page = VEC(pages, struct page, i);

        if (!page->is_wsdl)
            continue;
        wsdls++;
        if (strcmp(page->ns, merge->ns) != 0)
            map_put(&merge->others, page->ns, merge);
        if (!claim_names(merge, root_of(page)) ||
            (*merge->ns == '\0' && has_default_ns(root_of(page))))
            return false;
    }
    for (number = 0; *merge->ns != '\0'; number++) {
        merge->prefix = number == 0 ? "wns" : mem_printf("wns%u", number);
        if (!declares(pages, merge->prefix))
            break;
    }
    return wsdls > 1;
}

xmlDocPtr
metadata_single(const struct vec *pages)
{
    struct merge merge;
    size_t i;

    memset(&merge, 0, sizeof(merge));
    if (pages->count == 0 || !begin(&merge, pages))
        return NULL;
    merge.tree = xmlCopyDoc(VEC(pages, struct page, 0)->tree, 1);
    merge.root = xmlDocGetRootElement(merge.tree);
    if (merge.prefix != NULL)
        xmlNewNs(merge.root, (const xmlChar *)merge.ns,
                 (const xmlChar *)merge.prefix);
    prepare_root(&merge);
    for (i = 1; i < pages->count; i++)
        if (VEC(pages, struct page, i)->is_wsdl)
            add_contents(&merge, root_of(VEC(pages, struct page, i)));
    sort_root(&merge);
    return merge.tree;
}
