/* SPDX-License-Identifier: Apache-2.0 */
/* Two elements that a schema takes for the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/soap/message.h"
#include "test/corpus/equal.h"

#define NS_ENCODING "http://schemas.xmlsoap.org/soap/encoding/"

static bool
part(struct comparison *cmp, xmlNodePtr at, const char *what, const char *a,
     const char *b)
{
    snprintf(cmp->where, sizeof(cmp->where),
             "%s of <%s>: '%.60s' became '%.60s'", what, (const char *)at->name,
             a ? a : "nothing", b ? b : "nothing");
    return false;
}

static void
pass_over(struct comparison *cmp, xmlNodePtr parent, const char *name)
{
    if (cmp->more++ == 0)
        snprintf(cmp->where, sizeof(cmp->where), "%s in <%s>", name,
                 (const char *)parent->name);
}

static bool
same(const xmlChar *a, const xmlChar *b)
{
    return a == NULL || b == NULL ? a == b : xmlStrEqual(a, b);
}

/* ---- Values -------------------------------------------------------------- */

/* Collapses white space. */
static void
collapse(char *text)
{
    char *to = text;
    bool blank = true;

    for (; *text != '\0'; text++) {
        bool is_blank = strchr(" \t\r\n", *text) != NULL;

        if (!is_blank)
            *to++ = *text;
        else if (!blank)
            *to++ = ' ';
        blank = is_blank;
    }
    if (to > text - strlen(text) && blank && to[-1] == ' ')
        to--;
    *to = '\0';
}

static bool
is_number(const char *text, double *ret_value)
{
    char *end;

    if (strspn(text, "+-0123456789.eEINF") != strlen(text) || *text == '\0')
        return false;
    *ret_value = strtod(text, &end);
    return *end == '\0';
}

/* "prefix:local" in the scope of node. */
static bool
same_qname(xmlNodePtr a_node, const char *a, xmlNodePtr b_node, const char *b)
{
    const char *a_colon = strchr(a, ':'), *b_colon = strchr(b, ':');
    const char *a_local = a_colon ? a_colon + 1 : a;
    const char *b_local = b_colon ? b_colon + 1 : b;
    xmlChar *a_prefix, *b_prefix;
    xmlNsPtr a_ns, b_ns;

    if (strcmp(a_local, b_local) != 0)
        return false;
    a_prefix =
        a_colon ? xmlStrndup((const xmlChar *)a, (int)(a_colon - a)) : NULL;
    b_prefix =
        b_colon ? xmlStrndup((const xmlChar *)b, (int)(b_colon - b)) : NULL;
    a_ns = xmlSearchNs(a_node->doc, a_node, a_prefix);
    b_ns = xmlSearchNs(b_node->doc, b_node, b_prefix);
    xmlFree(a_prefix);
    xmlFree(b_prefix);
    return (a_colon == NULL || a_ns != NULL) &&
           (b_colon == NULL || b_ns != NULL) &&
           same(a_ns ? a_ns->href : NULL, b_ns ? b_ns->href : NULL);
}

/* A list's words one by one. */
static bool
same_word(xmlNodePtr a_node, const char *a, xmlNodePtr b_node, const char *b)
{
    double x, y;

    if (strcmp(a, b) == 0)
        return true;
    if ((strcmp(a, "true") == 0 && strcmp(b, "1") == 0) ||
        (strcmp(a, "1") == 0 && strcmp(b, "true") == 0) ||
        (strcmp(a, "false") == 0 && strcmp(b, "0") == 0) ||
        (strcmp(a, "0") == 0 && strcmp(b, "false") == 0))
        return true;
    if (is_number(a, &x) && is_number(b, &y))
        return x == y || (float)x == (float)y;
    return same_qname(a_node, a, b_node, b);
}

static bool
is_hex(const char *text)
{
    return strspn(text, "0123456789abcdefABCDEF") == strlen(text);
}

/* Without blanks, which are nothing to base64. */
static bool
same_unspaced(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strspn(a, " ");
        b += strspn(b, " ");
        if (*a != *b || *a == '\0')
            return *a == *b;
    }
}

/* Times with a fraction's zeros at its end, with Z for no offset. */
static bool
same_time(const char *a, const char *b)
{
    char plain[2][100];
    const char *const texts[] = {a, b};
    int i;

    for (i = 0; i < 2; i++) {
        const char *dot = strchr(texts[i], '.');
        size_t before = dot ? (size_t)(dot - texts[i]) : strlen(texts[i]);
        size_t digits = dot ? strspn(dot + 1, "0123456789") : 0;
        const char *zone = dot ? dot + 1 + digits : "";
        size_t kept = digits;

        if (strlen(texts[i]) > 80)
            return false;
        while (kept > 0 && dot[kept] == '0')
            kept--;
        snprintf(plain[i], sizeof(plain[i]), "%.*s%s%.*s%s", (int)before,
                 texts[i], kept > 0 ? "." : "", (int)kept, dot ? dot + 1 : "",
                 zone);
        before = strlen(plain[i]);
        if (before > 6 && (strcmp(plain[i] + before - 6, "+00:00") == 0 ||
                           strcmp(plain[i] + before - 6, "-00:00") == 0))
            strcpy(plain[i] + before - 6, "Z");
    }
    return strcmp(plain[0], plain[1]) == 0;
}

static bool
same_value(xmlNodePtr a_node, char *a, xmlNodePtr b_node, char *b)
{
    char *a_next, *b_next;

    collapse(a);
    collapse(b);
    if (strcmp(a, b) == 0 || same_unspaced(a, b) ||
        (is_hex(a) && strcasecmp(a, b) == 0) || same_time(a, b))
        return true;
    for (;;) {
        a_next = strchr(a, ' ');
        b_next = strchr(b, ' ');
        if ((a_next == NULL) != (b_next == NULL))
            return false;
        if (a_next != NULL)
            *a_next = *b_next = '\0';
        if (!same_word(a_node, a, b_node, b))
            return false;
        if (a_next == NULL)
            return true;
        a = a_next + 1;
        b = b_next + 1;
    }
}

static bool
values_same(struct comparison *cmp, xmlNodePtr a, char *a_text, xmlNodePtr b,
            char *b_text, const char *what)
{
    char shown[2][64];
    bool good;

    snprintf(shown[0], sizeof(shown[0]), "%s", a_text ? a_text : "");
    snprintf(shown[1], sizeof(shown[1]), "%s", b_text ? b_text : "");
    good =
        (cmp->exact && xmlChildElementCount(a) == 0
             ? strcmp(a_text, b_text) == 0 || same_qname(a, a_text, b, b_text)
             : same_value(a, a_text, b, b_text)) ||
        part(cmp, a, what, shown[0], shown[1]);
    return good;
}

/* ---- Attributes ---------------------------------------------------------- */

static bool
is_xsi(const xmlAttr *attr, const char *name)
{
    return attr->ns != NULL &&
           strcmp((const char *)attr->ns->href, SBN__NS_XSI) == 0 &&
           strcmp((const char *)attr->name, name) == 0;
}

/* Such as mustUnderstand of header entries. */
static bool
is_soap(const xmlAttr *attr)
{
    return attr->ns != NULL &&
           (strcmp((const char *)attr->ns->href, SBN__NS_SOAP11) == 0 ||
            strcmp((const char *)attr->ns->href, SBN__NS_SOAP12) == 0);
}

/* What says nothing about the value. */
static bool
is_passed_over(const struct comparison *cmp, const xmlAttr *attr)
{
    return is_xsi(attr, "schemaLocation") ||
           is_xsi(attr, "noNamespaceSchemaLocation") ||
           strcmp((const char *)attr->name, "encodingStyle") == 0 ||
           is_soap(attr) ||
           (cmp->encoded &&
            (is_xsi(attr, "type") ||
             strcmp((const char *)attr->name, "arrayType") == 0));
}

static bool
attributes_same(struct comparison *cmp, xmlNodePtr a, xmlNodePtr b)
{
    xmlAttrPtr attr, other;
    bool good = true;

    for (attr = a->properties; attr != NULL && good; attr = attr->next) {
        xmlChar *value, *written;

        if (is_passed_over(cmp, attr))
            continue;
        other = xmlHasNsProp(b, attr->name, attr->ns ? attr->ns->href : NULL);
        value = xmlNodeListGetString(a->doc, attr->children, 1);
        if (value == NULL)
            value = xmlStrdup((const xmlChar *)"");
        if (other == NULL) {
            if (is_xsi(attr, "nil") && strcmp((char *)value, "false") == 0)
                ;
            else if (cmp->within)
                pass_over(cmp, a, (const char *)attr->name);
            else
                good =
                    part(cmp, a, (const char *)attr->name, (char *)value, NULL);
        } else {
            written = xmlNodeListGetString(b->doc, other->children, 1);
            if (written == NULL)
                written = xmlStrdup((const xmlChar *)"");
            good = values_same(cmp, a, (char *)value, b, (char *)written,
                               (const char *)attr->name);
            xmlFree(written);
        }
        xmlFree(value);
    }
    /* one without namespace may be a default's */
    for (attr = b->properties; attr != NULL && good; attr = attr->next)
        if (!is_passed_over(cmp, attr) && attr->ns != NULL &&
            xmlHasNsProp(a, attr->name, attr->ns ? attr->ns->href : NULL) ==
                NULL)
            good = part(cmp, a, (const char *)attr->name, NULL, "something");
    return good;
}

/* ---- Elements ------------------------------------------------------------ */

static xmlNodePtr
next_element(xmlNodePtr node)
{
    while (node != NULL && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

/* The text directly inside. */
static char *
own_text(xmlNodePtr node)
{
    xmlBufferPtr all = xmlBufferCreate();
    xmlNodePtr child;
    char *text;

    for (child = node->children; child != NULL; child = child->next)
        if (child->type == XML_TEXT_NODE ||
            child->type == XML_CDATA_SECTION_NODE)
            xmlBufferCat(all, child->content);
    text = strdup((const char *)xmlBufferContent(all));
    xmlBufferFree(all);
    return text;
}

static bool
same_name(xmlNodePtr a, xmlNodePtr b)
{
    return xmlStrEqual(a->name, b->name) &&
           same(a->ns ? a->ns->href : NULL, b->ns ? b->ns->href : NULL);
}

/* The element in parent with the name of node; NULL: there is none, or more. */
static xmlNodePtr
only_one(xmlNodePtr parent, xmlNodePtr node)
{
    xmlNodePtr at, found = NULL;

    for (at = next_element(parent->children); at != NULL;
         at = next_element(at->next)) {
        if (!same_name(at, node))
            continue;
        if (found != NULL)
            return NULL;
        found = at;
    }
    return found;
}

/* Whether elements stand in another order, which is right for xs:all; each is
 * there once. Where it is wrong, the validator says so. */
static bool
is_another_order(xmlNodePtr a, xmlNodePtr b)
{
    xmlNodePtr at, other = next_element(b->children);
    bool is_another = false;

    if (xmlChildElementCount(a) != xmlChildElementCount(b))
        return false;
    for (at = next_element(a->children); at != NULL;
         at = next_element(at->next)) {
        if (only_one(a, at) == NULL || only_one(b, at) == NULL)
            return false;
        is_another = is_another || !same_name(at, other);
        other = next_element(other->next);
    }
    return is_another;
}

static bool
is_nil(const xmlNode *node)
{
    return node->properties != NULL && is_xsi(node->properties, "nil");
}

/* What is written though the sample has it not: a scalar of a WCF service,
 * which is always written (that it means the same as its absence shows when the
 * values in memory are compared); or nil. */
static bool
may_be_more(const struct comparison *cmp, const xmlNode *written)
{
    return next_element(written->children) == NULL &&
           (written->properties == NULL ? cmp->defaults
                                        : cmp->within && is_nil(written));
}

static xmlNodePtr
without_scalars(struct comparison *cmp, xmlNodePtr written, xmlNodePtr expected)
{
    while (written != NULL &&
           (expected == NULL || !same_name(expected, written)) &&
           may_be_more(cmp, written)) {
        if (written->properties != NULL)
            pass_over(cmp, written->parent, (const char *)written->name);
        written = next_element(written->next);
    }
    return written;
}

/* Passes over what the sample alone has. */
static xmlNodePtr
without_more(struct comparison *cmp, xmlNodePtr sample, xmlNodePtr written)
{
    if (!cmp->within)
        return sample;
    while (sample != NULL && (written == NULL || !same_name(sample, written))) {
        pass_over(cmp, sample->parent, (const char *)sample->name);
        sample = next_element(sample->next);
    }
    return sample;
}

static bool
nodes_same(struct comparison *cmp, xmlNodePtr a, xmlNodePtr b)
{
    char *a_text = own_text(a), *b_text = own_text(b);
    /* SOAP 1.1, 5.4.2: what items are called means nothing */
    bool is_array = xmlHasNsProp(a, (const xmlChar *)"arrayType",
                                 (const xmlChar *)NS_ENCODING) != NULL;
    bool any_order = !is_array && !cmp->exact && is_another_order(a, b);
    xmlNodePtr x, y;
    bool good;

    good = attributes_same(cmp, a, b) &&
           values_same(cmp, a, a_text, b, b_text, "text");
    free(a_text);
    free(b_text);
    x = next_element(a->children);
    y = next_element(b->children);
    if (any_order && cmp->within)
        pass_over(cmp, a, "the order");
    if (!any_order && !is_array)
        x = without_more(cmp, x, y);
    while (good && x != NULL && y != NULL) {
        if (!is_array)
            y = any_order ? only_one(b, x) : without_scalars(cmp, y, x);
        if (y == NULL)
            break;
        good = is_array || same_name(x, y)
                   ? nodes_same(cmp, x, y)
                   : part(cmp, a, "content", (const char *)x->name,
                          (const char *)y->name);
        x = next_element(x->next);
        y = any_order ? x : next_element(y->next);
        if (!any_order && !is_array)
            x = without_more(cmp, x, y);
    }
    if (!any_order && !is_array)
        y = without_scalars(cmp, y, x);
    if (good && (x != NULL || y != NULL))
        good = part(cmp, a, "content", x ? (const char *)x->name : NULL,
                    y ? (const char *)y->name : NULL);
    return good;
}

bool
elements_equal(xmlNodePtr a, xmlNodePtr b, struct comparison *cmp)
{
    if (a == NULL || b == NULL) {
        snprintf(cmp->where, sizeof(cmp->where), "%s", "an empty body");
        return a == b;
    }
    return same_name(a, b) ? nodes_same(cmp, a, b)
                           : part(cmp, a, "name", (const char *)a->name,
                                  (const char *)b->name);
}
