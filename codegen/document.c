/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/document.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include "codegen/catalog.h"
#include "codegen/files.h"
#include "codegen/wellknown.h"

static bool
is_remote(const char *location)
{
    size_t scheme = strspn(location, "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789+.-");

    return scheme > 1 && location[scheme] == ':';
}

static int
hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A URI reference's path as a file name: percent signs decoded, fragment and
 * query left out. */
static char *
file_name(const char *location)
{
    char *name = mem_strn(location, strcspn(location, "#?"));
    char *in = name, *out = name;

    while (*in != '\0') {
        if (*in == '%' && hex(in[1]) >= 0 && hex(in[2]) >= 0) {
            *out++ = (char)(hex(in[1]) * 16 + hex(in[2]));
            in += 3;
        } else {
            *out++ = *in == '\\' ? '/' : *in;
            in++;
        }
    }
    *out = '\0';
    return name;
}

const char *
document_mapped(const struct documents *documents, const char *name)
{
    return documents->catalog == NULL || name == NULL
               ? NULL
               : catalog_find(documents->catalog, name);
}

const char *
document_relative(const struct documents *documents,
                  const struct document *document, const char *location)
{
    const char *slash = strrchr(document->path, '/');
    const char *mapped = document_mapped(documents, location);

    if (mapped != NULL)
        return mapped;
    if (strncmp(location, "file://", 7) == 0)
        return file_name(location + 7);
    if (strncmp(location, "file:", 5) == 0)
        location += 5;
    if (is_remote(location))
        return NULL;
    if (location[0] == '/' || slash == NULL)
        return file_name(location);
    return mem_printf("%.*s/%s", (int)(slash - document->path), document->path,
                      file_name(location));
}

/* What libxml2 said first. */
struct parse_problem {
    const char *message;
    unsigned line;
};

static void
on_problem(void *data, xmlErrorPtr error)
{
    struct parse_problem *problem = (struct parse_problem *)data;
    size_t size;

    if (problem->message != NULL || error->level < XML_ERR_ERROR)
        return;
    size = strcspn(error->message, "\n");
    problem->message = mem_strn(error->message, size);
    problem->line = error->line > 0 ? (unsigned)error->line : 0;
}

/* libxml2 has more to say than what is told here. */
static void
be_quiet(void *data, xmlErrorPtr error)
{
    (void)data, (void)error;
}

/* libxml2 leaves an ampersand in a namespace's name as a reference. */
static void
decode_namespaces(xmlNode *node)
{
    static const char reference[] = "&#38;";
    xmlNs *ns;
    char *at;

    for (ns = node->nsDef; ns != NULL; ns = ns->next) {
        at = (char *)(uintptr_t)ns->href;
        while (at != NULL && (at = strstr(at, reference)) != NULL) {
            at++; /* keeps the ampersand */
            memmove(at, at + sizeof(reference) - 2,
                    strlen(at + sizeof(reference) - 2) + 1);
        }
    }
    for (node = node->children; node != NULL; node = node->next)
        if (node->type == XML_ELEMENT_NODE)
            decode_namespaces(node);
}

/* Whatever a document type would load: nothing. */
static xmlParserInputPtr
no_entities(const char *url, const char *id, xmlParserCtxtPtr context)
{
    (void)url, (void)id, (void)context;
    return NULL;
}

static xmlDocPtr
parse(const char *path, const char *bytes, size_t size, bool imported)
{
    struct parse_problem problem = {NULL, 0};
    struct place place = {path, 0};
    xmlDocPtr xml;

    xmlSetExternalEntityLoader(no_entities);
    xmlSetStructuredErrorFunc(&problem, on_problem);
    xml = xmlReadMemory(bytes, (int)size, NULL, NULL,
                        XML_PARSE_NONET | XML_PARSE_BIG_LINES |
                            XML_PARSE_COMPACT | XML_PARSE_NOCDATA);
    xmlSetStructuredErrorFunc(NULL, be_quiet);
    place.line = problem.line;
    if (xml != NULL && problem.message != NULL && diag_is_lenient()) {
        diag_warning(place, "%s", problem.message);
    } else if (xml != NULL && problem.message != NULL) {
        /* a prefix that is not declared: against Namespaces in XML */
        xmlFreeDoc(xml);
        xml = NULL;
    }
    if (xml == NULL)
        (imported ? diag_problem : diag_error)(place, "not well-formed XML: %s",
                                               problem.message ? problem.message
                                                               : "no document");
    else if (xmlDocGetRootElement(xml) != NULL)
        decode_namespaces(xmlDocGetRootElement(xml));
    return xml;
}

struct document *
document_open(struct documents *documents, const char *path, struct place from)
{
    struct document *document;
    char real[PATH_MAX];
    const char *why = NULL;
    size_t size = 0;
    char *bytes = NULL;

    if (realpath(path, real) == NULL)
        why = strerror(errno);
    else if ((document = (struct document *)map_get(&documents->by_real,
                                                    real)) != NULL)
        return document->xml == NULL ? NULL : document;
    else
        bytes = file_read(real, &size, &why);
    if (bytes == NULL) {
        (from.file != NULL ? diag_problem : diag_error)(
            from, "cannot read '%s': %s", path, why);
        return NULL;
    }
    document = NEW(struct document);
    document->path = mem_str(path);
    document->real = mem_str(real);
    document->xml = parse(document->path, bytes, size, from.file != NULL);
    map_put(&documents->by_real, document->real, document);
    vec_add(&documents->all, document);
    return document->xml == NULL ? NULL : document;
}

struct document *
document_wellknown(struct documents *documents, const char *ns)
{
    struct document *document;

    if (!wellknown_has(ns))
        return NULL;
    document = (struct document *)map_get(&documents->by_real, ns);
    if (document != NULL)
        return document;
    document = NEW(struct document);
    document->path = document->real = mem_str(ns);
    document->xml = wellknown_document(ns);
    document->wellknown = true;
    map_put(&documents->by_real, document->real, document);
    vec_add(&documents->all, document);
    return document;
}

void
documents_close(struct documents *documents)
{
    size_t i;

    for (i = 0; i < documents->all.count; i++)
        xmlFreeDoc(VEC(&documents->all, struct document, i)->xml);
    xmlCleanupParser();
}

struct place
node_place(const struct document *document, const xmlNode *node)
{
    long line = xmlGetLineNo((xmlNode *)(uintptr_t)node);
    struct place place = {document->path, line > 0 ? (unsigned)line : 0};

    return place;
}

const char *
node_ns(const xmlNode *node)
{
    return node->ns == NULL ? NULL : (const char *)node->ns->href;
}

bool
node_is(const xmlNode *node, const char *ns, const char *name)
{
    const char *own = node_ns(node);

    return node->type == XML_ELEMENT_NODE && own != NULL &&
           strcmp(own, ns) == 0 && strcmp((const char *)node->name, name) == 0;
}

const xmlNode *
node_next(const xmlNode *node)
{
    while (node != NULL && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

/* Takes ownership of value. */
static const char *
trimmed(xmlChar *value)
{
    const char *text = (const char *)value;
    size_t size;
    char *copy;

    if (value == NULL)
        return NULL;
    text += strspn(text, " \t\r\n");
    size = strlen(text);
    while (size > 0 && strchr(" \t\r\n", text[size - 1]) != NULL)
        size--;
    copy = mem_strn(text, size);
    xmlFree(value);
    return copy;
}

const char *
node_attr(const xmlNode *node, const char *name)
{
    return trimmed(xmlGetNoNsProp(node, (const xmlChar *)name));
}

const char *
node_attr_ns(const xmlNode *node, const char *ns, const char *name)
{
    return trimmed(
        xmlGetNsProp(node, (const xmlChar *)name, (const xmlChar *)ns));
}

const char *
node_text(const xmlNode *node)
{
    const char *text = trimmed(xmlNodeGetContent(node));

    return text == NULL || *text == '\0' ? NULL : text;
}

bool
document_exists(const char *path)
{
    return access(path, F_OK) == 0;
}
