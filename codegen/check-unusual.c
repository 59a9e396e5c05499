/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/check-unusual.h"

#include <string.h>

#define NS_MIME "http://schemas.xmlsoap.org/wsdl/mime/"
#define NS_HTTP "http://schemas.xmlsoap.org/wsdl/http/"
#define NS_POLICY04 "http://schemas.xmlsoap.org/ws/2004/09/policy"
#define NS_POLICY15 "http://www.w3.org/ns/ws-policy"

/* An element, perhaps one with a certain attribute. */
static const struct form {
    const char *ns, *element;      /* element NULL: any of ns */
    const char *attribute, *value; /* NULL: none; value NULL: any, "!..": not */
    const char *what, *how;
} forms[] = {
    {NS_SOAP11, "body", "use", "encoded", "rpc/encoded messages",
     "read with references and xsi:type, written plain"},
    {NS_SOAP12, "body", "use", "encoded", "rpc/encoded messages",
     "read with references and xsi:type, written plain"},
    {NS_SOAP11, "header", NULL, NULL, "SOAP headers", NULL},
    {NS_SOAP12, "header", NULL, NULL, "SOAP headers", NULL},
    {NS_SOAP11, "headerfault", NULL, NULL, "SOAP header faults", NULL},
    {NS_SOAP12, "headerfault", NULL, NULL, "SOAP header faults", NULL},
    {NS_SOAP12, "binding", NULL, NULL, "SOAP 1.2 bindings", NULL},
    {NS_MIME, "multipartRelated", NULL, NULL, "MIME parts",
     "only what soap:body has is read"},
    {NS_HTTP, "binding", NULL, NULL, "HTTP bindings without SOAP", "left out"},
    {NS_POLICY04, "Policy", NULL, NULL, "policies", "not applied"},
    {NS_POLICY15, "Policy", NULL, NULL, "policies", "not applied"},
    {NS_XSD, "complexType", "mixed", "true", "mixed content", "kept as XML"},
    {NS_XSD, "complexContent", "mixed", "true", "mixed content", "kept as XML"},
    {NS_XSD, "any", NULL, NULL, "wildcards", "kept as XML"},
    {NS_XSD, "anyAttribute", NULL, NULL, "wildcard attributes", "kept as XML"},
    {NS_XSD, "choice", "maxOccurs", "!1", "repeated choices",
     "arrays that keep the order"},
    {NS_XSD, "sequence", "maxOccurs", "!1", "repeated sequences",
     "arrays of structs"},
    {NS_XSD, "union", NULL, NULL, "unions", "text"},
    {NS_XSD, "list", NULL, NULL, "lists", "arrays"},
    {NS_XSD, "redefine", NULL, NULL, "redefinitions", NULL},
    {NS_XSD, "complexType", "abstract", "true", "abstract types",
     "a member tells the derived type"},
    {NS_XSD, "element", "substitutionGroup", NULL, "substitution groups",
     "choices"},
    {NS_XSD, "element", "fixed", NULL, "fixed values", NULL},
    {NS_XSD, "key", NULL, NULL, "identity constraints", "not checked"},
    {NS_XSD, "keyref", NULL, NULL, "identity constraints", "not checked"},
    {NS_XSD, "unique", NULL, NULL, "identity constraints", "not checked"},
    {NS_XSD, "notation", NULL, NULL, "notations", "not used"},
};

static bool
fits(const struct form *form, const xmlNode *node)
{
    const char *text;

    if (!node_is(node, form->ns, form->element))
        return false;
    if (form->attribute == NULL)
        return true;
    text = node_attr(node, form->attribute);
    if (text == NULL || form->value == NULL)
        return text != NULL;
    if (form->value[0] == '!')
        return strcmp(text, form->value + 1) != 0;
    return strcmp(text, form->value) == 0 ||
           (strcmp(form->value, "true") == 0 && strcmp(text, "1") == 0);
}

static void
add(struct vec *found, const char *what, const char *how, struct place place)
{
    struct unusual *unusual;
    size_t i;

    for (i = 0; i < found->count; i++) {
        unusual = VEC(found, struct unusual, i);
        if (strcmp(unusual->what, what) == 0) {
            unusual->count++;
            return;
        }
    }
    unusual = NEW(struct unusual);
    unusual->what = what;
    unusual->how = how;
    unusual->count = 1;
    unusual->first = place;
    vec_add(found, unusual);
}

static void
walk(const struct document *document, const xmlNode *node, struct vec *found)
{
    const xmlNode *child;
    size_t i;

    for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (fits(&forms[i], node))
            add(found, forms[i].what, forms[i].how, node_place(document, node));
    FOR_EACH_ELEMENT(child, node)
    walk(document, child, found);
}

/* What only the whole shows. */
static void
find_overloads(const struct wsdl *wsdl, struct vec *found)
{
    size_t i, k;

    for (i = 0; i < wsdl->port_types.count; i++) {
        const struct vec *ops =
            &VEC(&wsdl->port_types, struct wsdl_port_type, i)->operations;
        struct map names = {NULL, 0, 0};

        for (k = 0; k < ops->count; k++) {
            struct wsdl_operation *op = VEC(ops, struct wsdl_operation, k);

            if (map_get(&names, op->name) != NULL)
                add(found, "overloaded operations", "their names get numbers",
                    op->place);
            if (op->output_first)
                add(found, "operations that the service begins", "left out",
                    op->place);
            map_put(&names, op->name, op);
        }
    }
}

void
check_unusual(const struct wsdl *wsdl, struct vec *ret_found)
{
    size_t i;

    find_overloads(wsdl, ret_found);
    for (i = 0; i < wsdl->documents->all.count; i++) {
        const struct document *document =
            VEC(&wsdl->documents->all, struct document, i);

        if (document->xml != NULL && !document->wellknown)
            walk(document, xmlDocGetRootElement(document->xml), ret_found);
    }
}
