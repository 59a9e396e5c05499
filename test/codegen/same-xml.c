/* SPDX-License-Identifier: Apache-2.0 */
#include "test/codegen/same-xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

static bool
differ(const xmlNode *node, const char *what, const char *a, const char *b)
{
    xmlChar *path = xmlGetNodePath((xmlNodePtr)(uintptr_t)node);

    printf("# %s: %s \"%.200s\", then \"%.200s\"\n", (char *)path, what,
           a == NULL ? "(none)" : a, b == NULL ? "(none)" : b);
    xmlFree(path);
    return false;
}

static const char *
ns_of(const xmlNs *ns)
{
    return ns == NULL || ns->href == NULL ? "" : (const char *)ns->href;
}

/* The namespace that text begins with a prefix of; local is what follows. */
static const char *
resolve(const xmlNode *node, const char *text, const char **ret_local)
{
    const char *colon = strchr(text, ':');
    char prefix[64];
    xmlNsPtr ns;

    *ret_local = text;
    if (colon == NULL || (size_t)(colon - text) >= sizeof(prefix))
        return NULL;
    memcpy(prefix, text, (size_t)(colon - text));
    prefix[colon - text] = '\0';
    ns = xmlSearchNs(node->doc, (xmlNodePtr)(uintptr_t)node,
                     (const xmlChar *)prefix);
    if (ns == NULL)
        return NULL;
    *ret_local = colon + 1;
    return ns_of(ns);
}

/* An xsi:type without prefix is of the default namespace. */
static bool
same_type(const xmlNode *a_node, const char *a, const xmlNode *b_node,
          const char *b)
{
    const char *a_local = a, *b_local = b;
    const char *a_ns = resolve(a_node, a, &a_local);
    const char *b_ns = resolve(b_node, b, &b_local);

    if (a_ns == NULL)
        a_ns = ns_of(
            xmlSearchNs(a_node->doc, (xmlNodePtr)(uintptr_t)a_node, NULL));
    if (b_ns == NULL)
        b_ns = ns_of(
            xmlSearchNs(b_node->doc, (xmlNodePtr)(uintptr_t)b_node, NULL));
    return strcmp(a_local, b_local) == 0 && strcmp(a_ns, b_ns) == 0;
}

/* XmlSerializer's "13:30:00.0000000Z" for a time, which we write "13:30:00Z".
 */
static bool
same_time(const char *a, const char *b)
{
    static const char zeros[] = ".0000000";
    size_t size = strlen("hh:mm:ss"), count = sizeof(zeros) - 1;

    return strlen(a) >= size + count && a[2] == ':' && a[5] == ':' &&
           strncmp(a, b, size) == 0 && strncmp(a + size, zeros, count) == 0 &&
           strcmp(a + size + count, b + size) == 0;
}

static bool
same_value(const xmlNode *a_node, const char *a, const xmlNode *b_node,
           const char *b)
{
    const char *a_local, *b_local, *a_ns, *b_ns;

    if (a == NULL || b == NULL)
        return a == b;
    if (strcmp(a, b) == 0 || same_time(a, b))
        return true;
    a_ns = resolve(a_node, a, &a_local);
    b_ns = resolve(b_node, b, &b_local);
    return a_ns != NULL && b_ns != NULL && strcmp(a_ns, b_ns) == 0 &&
           strcmp(a_local, b_local) == 0;
}

static size_t
count_attributes(const xmlNode *node)
{
    const xmlAttr *at;
    size_t count = 0;

    for (at = node->properties; at != NULL; at = at->next)
        count++;
    return count;
}

static bool
is_type(const xmlAttr *attribute)
{
    return strcmp((const char *)attribute->name, "type") == 0 &&
           strcmp(ns_of(attribute->ns),
                  "http://www.w3.org/2001/XMLSchema-instance") == 0;
}

static bool
same_attributes(const xmlNode *a, const xmlNode *b)
{
    const xmlAttr *at;
    bool same = count_attributes(a) == count_attributes(b);

    if (!same)
        return differ(a, "number of attributes", "", "another");
    for (at = a->properties; at != NULL && same; at = at->next) {
        xmlNodePtr node = (xmlNodePtr)(uintptr_t)a;
        xmlNodePtr other = (xmlNodePtr)(uintptr_t)b;
        const xmlChar *ns = at->ns == NULL ? NULL : at->ns->href;
        xmlChar *x = ns == NULL ? xmlGetNoNsProp(node, at->name)
                                : xmlGetNsProp(node, at->name, ns);
        xmlChar *y = ns == NULL ? xmlGetNoNsProp(other, at->name)
                                : xmlGetNsProp(other, at->name, ns);

        same =
            same_value(a, (const char *)x, b, (const char *)y) ||
            (x != NULL && y != NULL && is_type(at) &&
             same_type(a, (const char *)x, b, (const char *)y)) ||
            differ(a, (const char *)at->name, (const char *)x, (const char *)y);
        xmlFree(x);
        xmlFree(y);
    }
    return same;
}

static const xmlNode *
next_element(const xmlNode *node)
{
    while (node != NULL && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

static bool
same_text(const xmlNode *a, const xmlNode *b)
{
    xmlChar *x = xmlNodeGetContent((xmlNodePtr)(uintptr_t)a);
    xmlChar *y = xmlNodeGetContent((xmlNodePtr)(uintptr_t)b);
    bool same = same_value(a, (const char *)x, b, (const char *)y) ||
                differ(a, "text", (const char *)x, (const char *)y);

    xmlFree(x);
    xmlFree(y);
    return same;
}

static bool
same_element(const xmlNode *a, const xmlNode *b)
{
    const xmlNode *x = next_element(a->children);
    const xmlNode *y = next_element(b->children);

    if (!xmlStrEqual(a->name, b->name) ||
        strcmp(ns_of(a->ns), ns_of(b->ns)) != 0)
        return differ(a, "element", (const char *)a->name,
                      (const char *)b->name);
    if (!same_attributes(a, b))
        return false;
    if (x == NULL && y == NULL)
        return same_text(a, b);
    while (x != NULL && y != NULL) {
        if (!same_element(x, y))
            return false;
        x = next_element(x->next);
        y = next_element(y->next);
    }
    if (x != NULL || y != NULL)
        return differ(a, "child", x == NULL ? NULL : (const char *)x->name,
                      y == NULL ? NULL : (const char *)y->name);
    return true;
}

/* ---- Header entries ------------------------------------------------------ */

static void
drop(xmlNodePtr node)
{
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

static void
keep_wanted(xmlNodePtr envelope,
            bool (*wanted)(const char *ns, const char *local, void *data),
            void *data)
{
    xmlNodePtr header, entry, next;

    header = (xmlNodePtr)(uintptr_t)next_element(envelope->children);
    if (header == NULL || strcmp((const char *)header->name, "Header") != 0)
        return;
    for (entry = header->children; entry != NULL; entry = next) {
        next = entry->next;
        if (entry->type != XML_ELEMENT_NODE ||
            !wanted(ns_of(entry->ns), (const char *)entry->name, data))
            drop(entry);
    }
    if (header->children == NULL)
        drop(header);
}

static xmlDocPtr
parse(const char *bytes, size_t size)
{
    return xmlReadMemory(bytes, (int)size, NULL, NULL,
                         XML_PARSE_HUGE | XML_PARSE_NOERROR);
}

bool
is_well_formed(const char *bytes, size_t size)
{
    xmlDocPtr doc = parse(bytes, size);
    bool good = doc != NULL;

    xmlFreeDoc(doc);
    return good;
}

bool
same_xml(const char *a, size_t a_size, const char *b, size_t b_size,
         bool (*wanted)(const char *ns, const char *local, void *data),
         void *data)
{
    xmlDocPtr one = parse(a, a_size), two = parse(b, b_size);
    bool same = false;

    if (one == NULL || two == NULL) {
        printf("# %s is not well-formed\n", one == NULL ? "first" : "second");
    } else {
        keep_wanted(xmlDocGetRootElement(one), wanted, data);
        same =
            same_element(xmlDocGetRootElement(one), xmlDocGetRootElement(two));
    }
    xmlFreeDoc(one);
    xmlFreeDoc(two);
    return same;
}
