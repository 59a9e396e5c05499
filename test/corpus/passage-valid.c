/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a message is valid by the schemas of its WSDL. */
#include <string.h>

#include "test/corpus/passage.h"

static xmlNodePtr
next_named(xmlNodePtr node, const char *element, const char *name)
{
    xmlChar *text;
    bool found = false;

    for (; node != NULL && !found; node = found ? node : node->next) {
        if (node->type != XML_ELEMENT_NODE ||
            strcmp((const char *)node->name, element) != 0)
            continue;
        text = xmlGetNoNsProp(node, (const xmlChar *)"name");
        found = text != NULL && strcmp((const char *)text, name) == 0;
        xmlFree(text);
    }
    return node;
}

/* The message, by local name, that the port type has for the operation. */
static xmlChar *
message_of(const struct run *run, const struct passage *passage, bool reply)
{
    xmlNodePtr type = next_named(xmlDocGetRootElement(run->wsdl)->children,
                                 "portType", passage->contract->name);
    xmlNodePtr op =
        type ? next_named(type->children, "operation", passage->op->name)
             : NULL;
    xmlNodePtr param = passage_child(op, reply ? "output" : "input");
    xmlChar *name =
        param ? xmlGetNoNsProp(param, (const xmlChar *)"message") : NULL;
    const xmlChar *colon = name ? xmlStrchr(name, ':') : NULL;
    xmlChar *local = colon ? xmlStrdup(colon + 1) : NULL;

    if (local == NULL)
        return name;
    xmlFree(name);
    return local;
}

/* What no schema declares: as an element of the part's type. */
static bool
check_part(struct run *run, xmlNodePtr part, const xmlChar *message,
           xmlNsPtr ns)
{
    xmlChar *name = xmlStrdup(part->name);
    bool good;

    xmlNodeSetName(part, (const xmlChar *)schema_set_part((const char *)message,
                                                          (const char *)name));
    xmlSetNs(part, ns);
    good = schema_set_check(&run->schemas, part);
    xmlNodeSetName(part, name);
    xmlSetNs(part, NULL);
    xmlFree(name);
    return good;
}

/* Whether the body's element is named as rpc wants it. */
static bool
is_wrapper(const struct passage *passage, xmlNodePtr body)
{
    size_t size = strlen(passage->op->name);
    const char *name = (const char *)body->name;

    return body->ns != NULL ||
           (strncmp(name, passage->op->name, size) == 0 &&
            (name[size] == '\0' || strcmp(name + size, "Response") == 0));
}

/* Of a wrapper that no schema has, its parts; of a document, its only part. */
static bool
check_parts(struct run *run, struct passage *passage, xmlNodePtr body,
            const xmlChar *message)
{
    xmlNsPtr ns = xmlNewNs(body, (const xmlChar *)PARTS_NS,
                           (const xmlChar *)"sebon-parts");
    xmlNodePtr part;
    bool good = true;

    if (!is_wrapper(passage, body))
        good = check_part(run, body, message, ns);
    else
        for (part = passage_child(body, NULL); part != NULL && good;
             part = part->next)
            if (part->type == XML_ELEMENT_NODE)
                good = part->ns == NULL ? check_part(run, part, message, ns)
                                        : schema_set_check(&run->schemas, part);
    return good;
}

static bool
has_style(xmlNodePtr node, const char *style)
{
    xmlChar *value =
        node != NULL ? xmlGetNoNsProp(node, (const xmlChar *)"style") : NULL;
    bool has = value != NULL && strcmp((const char *)value, style) == 0;

    xmlFree(value);
    return has;
}

static bool
is_binding_of(xmlNodePtr node, const char *type)
{
    xmlChar *value = node->type == XML_ELEMENT_NODE
                         ? xmlGetNoNsProp(node, (const xmlChar *)"type")
                         : NULL;
    const char *local =
        value != NULL ? strrchr((const char *)value, ':') : NULL;
    bool is = value != NULL && strcmp((const char *)node->name, "binding") == 0;

    is = is && strcmp(local ? local + 1 : (const char *)value, type) == 0;
    xmlFree(value);
    return is;
}

/* Whether a binding has the operation as rpc: what holds the parts is no
 * element of a schema, though there may be one of that name. */
static bool
is_rpc(const struct run *run, const struct passage *passage)
{
    xmlNodePtr node = xmlDocGetRootElement(run->wsdl)->children, op;

    for (; node != NULL; node = node->next) {
        if (!is_binding_of(node, passage->contract->name))
            continue;
        op = next_named(node->children, "operation", passage->op->name);
        op = passage_child(op, "operation"); /* soap:operation */
        if (has_style(op, "rpc") ||
            (has_style(passage_child(node, "binding"), "rpc") &&
             !has_style(op, "document")))
            return true;
    }
    return false;
}

char
passage_validate(struct run *run, struct passage *passage, xmlDocPtr document,
                 const char *step, bool reply)
{
    xmlChar *message = message_of(run, passage, reply);
    xmlNodePtr body = message_body(document);
    bool rpc = is_rpc(run, passage);
    char result = '1';

    if (run->schemas.schema == NULL || passage->encoded)
        result = '-';
    for (; body != NULL && result == '1'; body = body->next) {
        if (body->type != XML_ELEMENT_NODE)
            continue;
        if (!rpc && schema_set_declares(&run->schemas, body))
            result = schema_set_check(&run->schemas, body) ? '1' : '0';
        else if (message == NULL)
            result = '-';
        else
            result = check_parts(run, passage, body, message) ? '1' : '0';
    }
    if (result == '0')
        passage_complain(passage, step, run->schemas.complaint, NULL);
    xmlFree(message);
    return result;
}
