/* SPDX-License-Identifier: Apache-2.0 */
#include "test/corpus/schema-set.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libxml/hash.h>
#include <libxml/parser.h>
#include <libxml/uri.h>

#define XSD "http://www.w3.org/2001/XMLSchema"
#define WSDL "http://schemas.xmlsoap.org/wsdl/"

enum { MOST = 2000 };

/* A schema document, as it will be written. */
struct part {
    xmlDocPtr doc;
    char *target;  /* NULL: none */
    char *key;     /* where it comes from */
    char *url;     /* what it says is relative to */
    bool included; /* only: not for an import */
};

struct builder {
    struct part parts[MOST];
    size_t part_count;
    char *wsdls[MOST];
    size_t wsdl_count;
    const char *work, *known;
    FILE *main; /* the schema that imports all others */
    struct element {
        char *ns; /* of its type; NULL: none */
        char *type, *name;
    } elements[2 * MOST]; /* of message parts */
    size_t element_count;
    xmlHashTablePtr declared;
};

static void read_schema(struct builder *b, size_t number);

static bool
is(const xmlNode *node, const char *ns, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
           strcmp((const char *)node->ns->href, ns) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

static char *
attribute(xmlNodePtr node, const char *name)
{
    return (char *)xmlGetNoNsProp(node, (const xmlChar *)name);
}

static bool
same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* ---- Documents ----------------------------------------------------------- */

/* A local file's canonical path; NULL: there is none. Freed with free(). */
static char *
local_path(const char *location, const char *base)
{
    xmlChar *uri =
        xmlBuildURI((const xmlChar *)location, (const xmlChar *)base);
    char *plain = uri ? xmlURIUnescapeString((const char *)uri, 0, NULL) : NULL;
    char *path = plain != NULL ? realpath(plain, NULL) : NULL;

    xmlFree(uri);
    xmlFree(plain);
    return path;
}

static xmlDocPtr
parse(const char *path)
{
    return xmlReadFile(path, NULL,
                       XML_PARSE_NONET | XML_PARSE_NOERROR |
                           XML_PARSE_NOWARNING | XML_PARSE_HUGE);
}

/* WSDL's by default is never meant in a schema: the schema's own is. */
static void
repair_default_namespace(xmlNodePtr schema)
{
    xmlAttrPtr target = xmlHasProp(schema, (const xmlChar *)"targetNamespace");
    xmlNsPtr ns;

    for (ns = schema->nsDef; ns != NULL && target != NULL; ns = ns->next) {
        if (ns->prefix != NULL || target->children == NULL ||
            strcmp((const char *)ns->href, WSDL) != 0)
            continue;
        xmlFree((xmlChar *)(uintptr_t)ns->href);
        ns->href = xmlStrdup(target->children->content);
    }
}

/* A copy that stands alone, with what is declared around node. */
static xmlDocPtr
copy_alone(xmlDocPtr doc, xmlNodePtr node)
{
    xmlDocPtr copy = xmlNewDoc((const xmlChar *)"1.0");
    xmlNsPtr *all = xmlGetNsList(doc, node), *at;
    xmlNodePtr root = xmlDocCopyNode(node, copy, 1);

    xmlDocSetRootElement(copy, root);
    for (at = all; at != NULL && *at != NULL; at++) {
        xmlNsPtr known;

        for (known = root->nsDef; known != NULL; known = known->next)
            if (same((const char *)known->prefix, (const char *)(*at)->prefix))
                break;
        if (known == NULL && (*at)->prefix != NULL)
            xmlNewNs(root, (*at)->href, (*at)->prefix);
        else if (known == NULL && *(*at)->href != '\0')
            xmlNewNs(root, (*at)->href, NULL);
    }
    xmlFree(all);
    repair_default_namespace(root);
    return copy;
}

/* Its number; -1: too many. A document that has been added before is not added
 * again. */
static int
add_schema(struct builder *b, xmlDocPtr doc, const char *target,
           const char *key, const char *url, bool included)
{
    struct part *part;
    size_t i;

    for (i = 0; i < b->part_count; i++) {
        part = &b->parts[i];
        if (strcmp(part->key, key) == 0 && same(part->target, target)) {
            part->included = part->included && included;
            xmlFreeDoc(doc);
            return (int)i;
        }
    }
    if (b->part_count == MOST) {
        xmlFreeDoc(doc);
        return -1;
    }
    part = &b->parts[b->part_count++];
    part->doc = doc;
    part->target = target != NULL ? strdup(target) : NULL;
    part->key = strdup(key);
    part->url = strdup(url);
    part->included = included;
    read_schema(b, b->part_count - 1);
    return (int)i;
}

/* The schema in the file at path; outer is taken on by an included one without
 * a namespace. */
static int
add_file(struct builder *b, const char *path, const char *outer, bool included)
{
    xmlDocPtr doc = parse(path);
    xmlNodePtr root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
    char *target;
    int number;

    if (root == NULL || !is(root, XSD, "schema")) {
        xmlFreeDoc(doc);
        return -1;
    }
    target = attribute(root, "targetNamespace");
    number = add_schema(b, doc,
                        target != NULL && *target != '\0' ? target
                        : included                        ? outer
                                                          : NULL,
                        path, path, included);
    xmlFree(target);
    return number;
}

/* The well-known schema about ns. */
static void
add_known(struct builder *b, const char *ns)
{
    char line[4096], path[PATH_MAX], *tab, *file;
    FILE *table;

    if (b->known == NULL)
        return;
    snprintf(path, sizeof(path), "%s/TABLE.tsv", b->known);
    table = fopen(path, "r");
    while (table != NULL && fgets(line, sizeof(line), table) != NULL) {
        tab = strchr(line, '\t');
        if (tab == NULL)
            continue;
        *tab = '\0';
        file = strchr(tab + 1, '\t');
        if (strcmp(line, ns) != 0 || strncmp(tab + 1, "schema", 6) != 0 ||
            file == NULL)
            continue;
        *strchrnul(file + 1, '\t') = '\0';
        snprintf(path, sizeof(path), "%s/%s", b->known, file + 1);
        add_file(b, path, NULL, false);
        break;
    }
    if (table != NULL)
        fclose(table);
}

static bool
has_namespace(const struct builder *b, const char *ns)
{
    size_t i;

    for (i = 0; i < b->part_count; i++)
        if (same(b->parts[i].target, ns))
            return true;
    return false;
}

/* ---- Schemas ------------------------------------------------------------- */

static void
read_import(struct builder *b, size_t number, xmlNodePtr node)
{
    char *location = attribute(node, "schemaLocation");
    char *path =
        location != NULL ? local_path(location, b->parts[number].url) : NULL;

    if (path != NULL)
        add_file(b, path, NULL, false);
    free(path);
    xmlFree(location);
}

static void
read_include(struct builder *b, size_t number, xmlNodePtr node)
{
    char *location = attribute(node, "schemaLocation"), name[32];
    char *path =
        location != NULL ? local_path(location, b->parts[number].url) : NULL;
    int included =
        path != NULL ? add_file(b, path, b->parts[number].target, true) : -1;

    if (included == (int)number) { /* itself, which libxml2 refuses */
        xmlUnlinkNode(node);
        xmlFreeNode(node);
    } else if (included >= 0) {
        snprintf(name, sizeof(name), "d%d.xsd", included);
        xmlSetProp(node, (const xmlChar *)"schemaLocation",
                   (const xmlChar *)name);
    }
    free(path);
    xmlFree(location);
}

/* Blanks around a name are none of it, which libxml2 does not know. */
static void
trim_name(xmlNodePtr node)
{
    char *name =
        node->type == XML_ELEMENT_NODE ? attribute(node, "name") : NULL;
    size_t before = name != NULL ? strspn(name, " \t\r\n") : 0, size;

    if (name != NULL && strpbrk(name, " \t\r\n") != NULL) {
        size = strcspn(name + before, " \t\r\n");
        name[before + size] = '\0';
        xmlSetProp(node, (const xmlChar *)"name",
                   (const xmlChar *)(name + before));
    }
    xmlFree(name);
}

/* A type inside an element has no name, what some do not know. */
static void
drop_name(xmlNodePtr node)
{
    if ((is(node, XSD, "simpleType") || is(node, XSD, "complexType")) &&
        !is(node->parent, XSD, "schema") && !is(node->parent, XSD, "redefine"))
        xmlUnsetProp(node, (const xmlChar *)"name");
}

/* A reference to an element of XML Schema's own, as .NET writes for a schema
 * that travels in the message, becomes a wildcard. */
static void
repair(xmlNodePtr node)
{
    char *ref = is(node, XSD, "element") ? attribute(node, "ref") : NULL;
    char *colon = ref != NULL ? strchr(ref, ':') : NULL;
    xmlNsPtr ns = NULL;
    xmlNodePtr child;

    if (colon != NULL) {
        *colon = '\0';
        ns = xmlSearchNs(node->doc, node, (const xmlChar *)ref);
    }
    if (ns != NULL && strcmp((const char *)ns->href, XSD) == 0) {
        xmlNodeSetName(node, (const xmlChar *)"any");
        xmlUnsetProp(node, (const xmlChar *)"ref");
        xmlSetProp(node, (const xmlChar *)"namespace", (const xmlChar *)XSD);
        xmlSetProp(node, (const xmlChar *)"processContents",
                   (const xmlChar *)"skip");
    }
    xmlFree(ref);
    trim_name(node);
    drop_name(node);
    for (child = node->children; child != NULL; child = child->next)
        repair(child);
}

static void
read_schema(struct builder *b, size_t number)
{
    xmlNodePtr root = xmlDocGetRootElement(b->parts[number].doc), node, next;

    repair(root);
    for (node = root->children; node != NULL; node = next) {
        next = node->next;
        if (is(node, XSD, "include") || is(node, XSD, "redefine"))
            read_include(b, number, node);
        else if (is(node, XSD, "import"))
            read_import(b, number, node);
        else if (node->type == XML_ELEMENT_NODE &&
                 (node->ns == NULL ||
                  strcmp((const char *)node->ns->href, XSD) != 0)) {
            xmlUnlinkNode(node); /* what is no schema is ignored */
            xmlFreeNode(node);
        }
    }
}

/* ---- WSDLs --------------------------------------------------------------- */

const char *
schema_set_part(const char *message, const char *part)
{
    static char name[1000];

    snprintf(name, sizeof(name), "%s..%s", message, part);
    return name;
}

static void
escape(FILE *file, const char *text)
{
    xmlChar *escaped = xmlEncodeSpecialChars(NULL, (const xmlChar *)text);

    fputs((const char *)escaped, file);
    xmlFree(escaped);
}

static bool
has_element(const struct builder *b, const char *name)
{
    size_t i;

    for (i = 0; i < b->element_count; i++)
        if (strcmp(b->elements[i].name, name) == 0)
            return true;
    return false;
}

/* An element of the part's type; of two messages of one name the first's. */
static void
read_part(struct builder *b, xmlNodePtr message, xmlNodePtr part)
{
    char *type = attribute(part, "type"), *name = attribute(part, "name");
    char *of = attribute(message, "name"), *colon;
    struct element *element = &b->elements[b->element_count];
    xmlNsPtr ns;

    if (type != NULL && name != NULL && of != NULL &&
        b->element_count < 2 * MOST &&
        !has_element(b, schema_set_part(of, name))) {
        colon = strchr(type, ':');
        if (colon != NULL)
            *colon = '\0';
        ns = xmlSearchNs(part->doc, part,
                         colon != NULL ? (const xmlChar *)type : NULL);
        element->ns = ns != NULL ? strdup((const char *)ns->href) : NULL;
        element->type = strdup(colon != NULL ? colon + 1 : type);
        element->name = strdup(schema_set_part(of, name));
        b->element_count++;
    }
    xmlFree(type);
    xmlFree(name);
    xmlFree(of);
}

static void
read_wsdl(struct builder *b, const char *path)
{
    xmlNodePtr root, node, child;
    char key[PATH_MAX + 20], *location, *other, *target;
    xmlDocPtr doc;
    size_t i;

    for (i = 0; i < b->wsdl_count; i++)
        if (strcmp(b->wsdls[i], path) == 0)
            return;
    if (b->wsdl_count == MOST)
        return;
    b->wsdls[b->wsdl_count++] = strdup(path);
    doc = parse(path);
    root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
    if (root != NULL && is(root, XSD, "schema"))
        add_file(b, path, NULL, false);
    for (node = root != NULL ? root->children : NULL; node != NULL;
         node = node->next) {
        if (is(node, WSDL, "import")) {
            location = attribute(node, "location");
            other = location != NULL ? local_path(location, path) : NULL;
            if (other != NULL)
                read_wsdl(b, other);
            free(other);
            xmlFree(location);
        }
        for (child = node->children; child != NULL; child = child->next) {
            if (is(node, WSDL, "types") && is(child, XSD, "schema")) {
                snprintf(key, sizeof(key), "%s#%p", path, (void *)child);
                target = attribute(child, "targetNamespace");
                add_schema(b, copy_alone(doc, child),
                           target != NULL && *target != '\0' ? target : NULL,
                           key, path, false);
                xmlFree(target);
            }
            if (is(node, WSDL, "message") && is(child, WSDL, "part"))
                read_part(b, node, child);
        }
    }
    xmlFreeDoc(doc);
}

/* ---- Writing ------------------------------------------------------------- */

/* The first that the run has of a namespace stands for all of it. */
static bool
is_first(const struct builder *b, size_t number)
{
    size_t i;

    for (i = 0; i < number; i++)
        if (!b->parts[i].included &&
            same(b->parts[i].target, b->parts[number].target))
            return false;
    return !b->parts[number].included;
}

/* Where such elements must stand, and do not always. */
static void
move_to_front(xmlNodePtr root, xmlNodePtr node)
{
    xmlUnlinkNode(node);
    if (root->children == NULL)
        xmlAddChild(root, node);
    else
        xmlAddPrevSibling(root->children, node);
}

/* Each document imports all other namespaces, whether it says so or not. */
static void
import_all(struct builder *b, size_t number)
{
    xmlNodePtr root = xmlDocGetRootElement(b->parts[number].doc), node, next;
    bool has_target =
        xmlHasProp(root, (const xmlChar *)"targetNamespace") != NULL;
    xmlNodePtr import;
    size_t i;

    for (node = root->children; node != NULL; node = next) {
        next = node->next;
        if (is(node, XSD, "import")) {
            xmlUnlinkNode(node);
            xmlFreeNode(node);
        } else if (is(node, XSD, "include") || is(node, XSD, "redefine")) {
            move_to_front(root, node);
        }
    }
    for (i = 0; i < b->part_count; i++) {
        if (!is_first(b, i) ||
            same(b->parts[i].target, b->parts[number].target) ||
            (b->parts[i].target == NULL && !has_target))
            continue;
        import =
            xmlNewDocNode(root->doc, root->ns, (const xmlChar *)"import", NULL);
        if (b->parts[i].target != NULL)
            xmlSetProp(import, (const xmlChar *)"namespace",
                       (const xmlChar *)b->parts[i].target);
        move_to_front(root, import);
    }
}

/* What has been declared before is left out: the first counts. */
static void
drop_repeated(struct builder *b, size_t number)
{
    const char *target = b->parts[number].target;
    xmlNodePtr root = xmlDocGetRootElement(b->parts[number].doc), node, next;
    char *name;

    for (node = root->children; node != NULL; node = next) {
        const xmlChar *kind = node->name;

        next = node->next;
        name = node->type == XML_ELEMENT_NODE ? attribute(node, "name") : NULL;
        if (name == NULL)
            continue;
        if (strcmp((const char *)kind, "simpleType") == 0)
            kind = (const xmlChar *)"complexType";
        if (xmlHashAddEntry3(b->declared, kind, (const xmlChar *)name,
                             (const xmlChar *)(target ? target : ""), b) != 0) {
            xmlUnlinkNode(node);
            xmlFreeNode(node);
        }
        xmlFree(name);
    }
}

static FILE *
create(const struct builder *b, const char *name)
{
    char path[PATH_MAX];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", b->work, name);
    file = fopen(path, "w");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    return file;
}

/* The document that includes all about the namespace of part first. */
static void
write_namespace(const struct builder *b, size_t first)
{
    const char *target = b->parts[first].target;
    char name[32];
    FILE *file;
    size_t i;

    snprintf(name, sizeof(name), "n%zu.xsd", first);
    file = create(b, name);
    fprintf(file, "<xs:schema xmlns:xs=\"%s\"", XSD);
    if (target != NULL) {
        fputs(" targetNamespace=\"", file);
        escape(file, target);
        fputs("\"", file);
    }
    fputs(">\n", file);
    for (i = first; i < b->part_count; i++)
        if (!b->parts[i].included && same(b->parts[i].target, target))
            fprintf(file, "<xs:include schemaLocation=\"d%zu.xsd\"/>\n", i);
    fputs("</xs:schema>\n", file);
    fclose(file);
    fputs("<xs:import", b->main);
    if (target != NULL) {
        fputs(" namespace=\"", b->main);
        escape(b->main, target);
        fputs("\"", b->main);
    }
    fprintf(b->main, " schemaLocation=\"%s\"/>\n", name);
}

/* Unless its type is nowhere: libxml2 would refuse all the rest, too. */
static void
write_element(struct builder *b, const struct element *element)
{
    if (element->ns == NULL ||
        !(strcmp(element->ns, XSD) == 0 || has_namespace(b, element->ns)))
        return;
    fprintf(b->main, "<xs:element name=\"%s\" xmlns:t=\"", element->name);
    escape(b->main, element->ns);
    fprintf(b->main, "\" type=\"t:%s\"/>\n", element->type);
}

static void
write_all(struct builder *b)
{
    char name[PATH_MAX];
    size_t i;

    b->main = create(b, "main.xsd");
    fprintf(b->main, "<xs:schema xmlns:xs=\"%s\" targetNamespace=\"%s\">\n",
            XSD, PARTS_NS);
    for (i = 0; i < b->part_count; i++) {
        import_all(b, i);
        drop_repeated(b, i);
        snprintf(name, sizeof(name), "%s/d%zu.xsd", b->work, i);
        xmlSaveFile(name, b->parts[i].doc);
        if (is_first(b, i))
            write_namespace(b, i);
    }
    for (i = 0; i < b->element_count; i++)
        write_element(b, &b->elements[i]);
    fputs("</xs:schema>\n", b->main);
    fclose(b->main);
}

/* Namespaces that are imported without saying from where. */
static void
add_imported(struct builder *b)
{
    xmlNodePtr root, node;
    char *ns;
    size_t i;

    for (i = 0; i < b->part_count; i++) {
        root = xmlDocGetRootElement(b->parts[i].doc);
        for (node = root->children; node != NULL; node = node->next) {
            if (!is(node, XSD, "import"))
                continue;
            ns = attribute(node, "namespace");
            if (ns != NULL && !has_namespace(b, ns))
                add_known(b, ns);
            xmlFree(ns);
        }
    }
}

/* ---- Checking ------------------------------------------------------------ */

/* More digits than libxml2 takes, of which a decimal may have any number. */
static bool
is_long_decimal(const char *message)
{
    const char *value = strstr(message, ": '");
    size_t size = value != NULL ? strspn(value + 3, "+-.0123456789") : 0;

    return size > 24 && value[3 + size] == '\'' &&
           strstr(message, "'xs:decimal'") != NULL;
}

/* xsi:type is enough for a strict wildcard (3.10.4), on which libxml2 differs;
 * an ENTITY takes a DTD, which SOAP does not have. */
static bool
is_excused(const char *message)
{
    return is_long_decimal(message) ||
           strstr(message, "demanded by the strict wildcard") != NULL ||
           strstr(message, "'xs:ENTITY'") != NULL ||
           strstr(message, "'xs:ENTITIES'") != NULL;
}

/* Keeps the first. */
static void
on_problem(void *data, xmlErrorPtr error)
{
    struct schema_set *set = (struct schema_set *)data;
    size_t size;

    if (error->level < XML_ERR_ERROR || set->complaint[0] != '\0' ||
        is_excused(error->message))
        return;
    snprintf(set->complaint, sizeof(set->complaint), "%s", error->message);
    size = strcspn(set->complaint, "\n");
    set->complaint[size] = '\0';
}

static void
ignore_problem(void *data, xmlErrorPtr error)
{
    (void)data, (void)error;
}

void
schema_set_open(struct schema_set *set, const char *wsdl, const char *work,
                const char *known)
{
    struct builder *b = (struct builder *)calloc(1, sizeof(*b));
    xmlSchemaParserCtxtPtr parser;
    char path[PATH_MAX], *real = realpath(wsdl, NULL);
    size_t i;

    memset(set, 0, sizeof(*set));
    xmlSetStructuredErrorFunc(NULL, ignore_problem);
    b->work = work;
    b->known = known;
    if (real != NULL)
        read_wsdl(b, real);
    add_imported(b);
    b->declared = xmlHashCreate(0);
    write_all(b);
    xmlHashFree(b->declared, NULL);
    for (i = 0; i < b->part_count; i++) {
        xmlFreeDoc(b->parts[i].doc);
        free(b->parts[i].target);
        free(b->parts[i].key);
        free(b->parts[i].url);
    }
    for (i = 0; i < b->wsdl_count; i++)
        free(b->wsdls[i]);
    for (i = 0; i < b->element_count; i++) {
        free(b->elements[i].ns);
        free(b->elements[i].type);
        free(b->elements[i].name);
    }
    free(b);
    free(real);
    snprintf(path, sizeof(path), "%s/main.xsd", work);
    parser = xmlSchemaNewParserCtxt(path);
    xmlSchemaSetParserStructuredErrors(parser, on_problem, set);
    set->schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    if (set->schema != NULL)
        set->complaint[0] = '\0';
}

void
schema_set_close(struct schema_set *set)
{
    xmlSchemaFree(set->schema);
    set->schema = NULL;
}

bool
schema_set_check(struct schema_set *set, xmlNodePtr element)
{
    xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(set->schema);
    int result;

    set->complaint[0] = '\0';
    xmlSchemaSetValidStructuredErrors(context, on_problem, set);
    result = xmlSchemaValidateOneElement(context, element);
    xmlSchemaFreeValidCtxt(context);
    if (result < 0 && set->complaint[0] == '\0')
        snprintf(set->complaint, sizeof(set->complaint), "error %d", result);
    return set->complaint[0] == '\0';
}

bool
schema_set_declares(struct schema_set *set, xmlNodePtr element)
{
    xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(set->schema);
    bool declared;

    set->complaint[0] = '\0';
    xmlSchemaSetValidStructuredErrors(context, on_problem, set);
    declared = xmlSchemaValidateOneElement(context, element) == 0 ||
               strstr(set->complaint, "No matching global") == NULL;
    xmlSchemaFreeValidCtxt(context);
    set->complaint[0] = '\0';
    return declared;
}
