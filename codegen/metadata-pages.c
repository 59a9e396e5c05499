/* SPDX-License-Identifier: Apache-2.0 */
/* Which documents are given out, and where marks go in them. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "codegen/metadata.h"

#define NS_WSA "http://www.w3.org/2005/08/addressing"

/* ---- Which --------------------------------------------------------------- */

static const xmlNode *
root_of(const struct document *document)
{
    return xmlDocGetRootElement(document->xml);
}

static void
add_page(struct vec *pages, const struct document *document, unsigned *wsdls,
         unsigned *schemas)
{
    const xmlNode *root = root_of(document);
    struct page *page;

    if (!document->used || document->wellknown || root == NULL)
        return;
    page = NEW(struct page);
    page->document = document;
    page->is_wsdl = node_is(root, NS_WSDL, "definitions");
    page->ns = node_attr(root, "targetNamespace");
    if (page->ns == NULL)
        page->ns = "";
    if (!page->is_wsdl)
        page->name = mem_printf("xsd%u", (*schemas)++);
    else if (pages->count == 0)
        page->name = "wsdl";
    else
        page->name = mem_printf("wsdl%u", (*wsdls)++);
    vec_add(pages, page);
}

static bool
is_wsdl(const struct document *document)
{
    return document->xml != NULL && root_of(document) != NULL &&
           node_is(root_of(document), NS_WSDL, "definitions");
}

/* The first WSDL with a service, else the first. */
static const struct document *
main_document(const struct model *model)
{
    const struct vec *all = &model->wsdl->documents->all;
    const struct document *first = NULL;
    size_t i;

    for (i = 0; i < all->count; i++) {
        const struct document *document = VEC(all, struct document, i);
        const xmlNode *child;

        if (!document->used || document->wellknown || !is_wsdl(document))
            continue;
        if (first == NULL)
            first = document;
        FOR_EACH_ELEMENT(child, root_of(document))
        {
            if (node_is(child, NS_WSDL, "service"))
                return document;
        }
    }
    return first;
}

static void
collect(const struct model *model, struct vec *pages)
{
    const struct vec *all = &model->wsdl->documents->all;
    const struct document *first = main_document(model);
    unsigned wsdls = 0, schemas = 0;
    size_t i;

    if (first == NULL)
        return;
    add_page(pages, first, &wsdls, &schemas);
    for (i = 0; i < all->count; i++)
        if (VEC(all, struct document, i) != first)
            add_page(pages, VEC(all, struct document, i), &wsdls, &schemas);
}

static const struct page *
page_of(const struct vec *pages, const struct document *document)
{
    size_t i;

    for (i = 0; i < pages->count; i++)
        if (VEC(pages, struct page, i)->document == document)
            return VEC(pages, struct page, i);
    return NULL;
}

static const struct page *
page_of_ns(const struct vec *pages, const char *ns)
{
    size_t i;

    for (i = 0; ns != NULL && i < pages->count; i++) {
        const struct page *page = VEC(pages, struct page, i);

        if (!page->is_wsdl && strcmp(page->ns, ns) == 0)
            return page;
    }
    return NULL;
}

/* ---- Marks --------------------------------------------------------------- */

struct marker {
    const struct model *model;
    const struct vec *pages;
    const struct page *page;
};

/* The page that an import leads to; NULL: none of ours. */
static const struct page *
imported(const struct marker *marker, const char *location, const char *ns)
{
    struct documents *documents = marker->model->wsdl->documents;
    const struct document *document = NULL;
    const char *path = NULL;
    char real[PATH_MAX];

    if (location != NULL)
        path = document_relative(documents, marker->page->document, location);
    if (path != NULL && realpath(path, real) != NULL)
        document = (const struct document *)map_get(&documents->by_real, real);
    if (document != NULL && page_of(marker->pages, document) != NULL)
        return page_of(marker->pages, document);
    return page_of_ns(marker->pages, ns);
}

static void
set(xmlNode *node, const char *name, const char *value)
{
    xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)value);
}

/* kind is the mark that begins the value; settle() puts it where it belongs. */
static void
mark_location(const struct marker *marker, xmlNode *node, const char *name,
              char kind)
{
    const char *location = node_attr(node, name);
    const struct page *page =
        imported(marker, location, node_attr(node, "namespace"));

    if (page != NULL)
        set(node, name, mem_printf("%c%s\003", kind, page->name));
    else if (location != NULL && strstr(location, "://") == NULL)
        xmlUnsetProp(node, (const xmlChar *)name);
}

static const char *
port_type_of(const struct marker *marker, const char *binding)
{
    const struct vec *bindings = &marker->model->wsdl->bindings;
    const char *local = strchr(binding, ':');
    size_t i;

    local = local == NULL ? binding : local + 1;
    for (i = 0; i < bindings->count; i++) {
        const struct wsdl_binding *b = VEC(bindings, struct wsdl_binding, i);

        if (b->type != NULL && strcmp(b->name.local, local) == 0)
            return b->type->name.local;
    }
    return "";
}

static void
drop(xmlNode *node)
{
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

/* An address of this service; what else says where the old one was goes. */
static void
mark_port(const struct marker *marker, xmlNode *port)
{
    const char *binding = node_attr(port, "binding");
    xmlNode *child, *next;

    for (child = port->children; child != NULL; child = next) {
        next = child->next;
        if (node_is(child, NS_WSA, "EndpointReference"))
            drop(child);
        else if (child->type == XML_ELEMENT_NODE &&
                 node_attr(child, "location") != NULL)
            set(child, "location",
                mem_printf("\001%s\003",
                           port_type_of(marker, binding ? binding : "")));
    }
}

static void
mark_types(const struct marker *marker, xmlNode *types)
{
    if (strcmp(marker->page->name, "wsdl") == 0)
        xmlAddChild(types, xmlNewNode(NULL, (const xmlChar *)"sebon-schemas"));
}

/* An include of its own namespace goes where all schemas are in one WSDL; one
 * without a namespace takes the includer's, and must stay. */
static void
mark_include(const struct marker *marker, xmlNode *node)
{
    const struct page *page =
        imported(marker, node_attr(node, "schemaLocation"), NULL);
    bool chameleon = page != NULL && page->ns[0] == '\0';

    while (node->children != NULL)
        drop(node->children);
    mark_location(marker, node, "schemaLocation", chameleon ? '\002' : '\007');
}

static void
mark_element(const struct marker *marker, xmlNode *node)
{
    if (node_is(node, NS_WSDL, "import"))
        mark_location(marker, node, "location", '\002');
    else if (node_is(node, NS_WSDL, "port"))
        mark_port(marker, node);
    else if (node_is(node, NS_WSDL, "types"))
        mark_types(marker, node);
    else if (node_is(node, NS_XSD, "import"))
        mark_location(marker, node, "schemaLocation", '\005');
    else if (node_is(node, NS_XSD, "include"))
        mark_include(marker, node);
    else if (node_is(node, NS_XSD, "redefine"))
        mark_location(marker, node, "schemaLocation", '\002');
}

static bool
is_blank(const xmlNode *node)
{
    const char *text = (const char *)node->content;

    return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

/* Also takes out what only fills the page. */
static void
mark_all(const struct marker *marker, xmlNode *node, bool prose)
{
    xmlNode *child, *next;

    prose = prose || node_is(node, NS_WSDL, "documentation") ||
            node_is(node, NS_XSD, "documentation") ||
            node_is(node, NS_XSD, "appinfo");
    mark_element(marker, node);
    for (child = node->children; child != NULL; child = next) {
        next = child->next;
        if (child->type == XML_COMMENT_NODE || child->type == XML_PI_NODE ||
            (child->type == XML_TEXT_NODE && !prose && is_blank(child)))
            drop(child);
        else if (child->type == XML_ELEMENT_NODE)
            mark_all(marker, child, prose);
    }
}

/* ---- Text ---------------------------------------------------------------- */

/* Marks that cannot be written by way of a tree: around an attribute, around an
 * element, alone. */
static void
settle(struct text *out, const char *text)
{
    static const char schemas[] = "<sebon-schemas/>";
    static const char location[] = " schemaLocation=\"";
    const char *end;

    while (*text != '\0') {
        if (strncmp(text, schemas, sizeof(schemas) - 1) == 0) {
            text_put(out, "\004");
            text += sizeof(schemas) - 1;
        } else if (strncmp(text, location, sizeof(location) - 1) == 0 &&
                   text[sizeof(location) - 1] == '\005') {
            text += sizeof(location);
            end = strchr(text, '"');
            text_put(out, "\005 schemaLocation=\"\002");
            text_putn(out, text, (size_t)(end - text));
            text_put(out, "\"\006");
            text = end + 1;
        } else if (*text == '\007') {
            /* The element has begun in out already, and has no content. */
            const char *tag = out->data + out->size;
            const char *head;

            while (tag > out->data && *tag != '<')
                tag--;
            head = mem_strn(tag, (size_t)(out->data + out->size - tag));
            out->size = (size_t)(tag - out->data);
            end = strchr(text, '>');
            text_put(out, "\007");
            text_put(out, head);
            text_put(out, "\002");
            text_putn(out, text + 1, (size_t)(end - text));
            text_put(out, "\006");
            text = end + 1;
        } else {
            text_putn(out, text++, 1);
        }
    }
}

/* Without what only fills a page. */
static xmlDocPtr
marked(const struct model *model, const struct vec *pages,
       const struct page *page)
{
    struct marker marker = {model, pages, page};
    xmlDocPtr copy = xmlCopyDoc(page->document->xml, 1);

    mark_all(&marker, xmlDocGetRootElement(copy), false);
    return copy;
}

const char *
metadata_text(const struct page *page)
{
    struct text out = {NULL, 0, 0, 0};
    xmlBufferPtr buffer = xmlBufferCreate();

    xmlNodeDump(buffer, page->tree, xmlDocGetRootElement(page->tree), 0, 0);
    text_put(&out, "");
    settle(&out, (const char *)xmlBufferContent(buffer));
    xmlBufferFree(buffer);
    return out.data;
}

/* ---- All of them --------------------------------------------------------- */

bool
metadata_is_there(const struct model *model)
{
    return main_document(model) != NULL;
}

static void
add_single(struct vec *pages)
{
    xmlDocPtr tree = metadata_single(pages);
    struct page *page;

    if (tree == NULL)
        return;
    page = NEW(struct page);
    page->name = "singleWsdl";
    page->ns = VEC(pages, struct page, 0)->ns;
    page->is_wsdl = true;
    page->tree = tree;
    vec_add(pages, page);
}

void
metadata_collect(const struct model *model, struct vec *pages)
{
    size_t i;

    collect(model, pages);
    for (i = 0; i < pages->count; i++) {
        struct page *page = VEC(pages, struct page, i);

        page->tree = marked(model, pages, page);
    }
    add_single(pages);
}

void
metadata_release(struct vec *pages)
{
    size_t i;

    for (i = 0; i < pages->count; i++)
        xmlFreeDoc(VEC(pages, struct page, i)->tree);
}
