/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/check-rules.h"

#include <string.h>

#define NS_POLICY "http://schemas.xmlsoap.org/ws/2004/09/policy"

static bool
is_soap(const xmlNode *node, const char *name)
{
    return node_is(node, NS_SOAP11, name) || node_is(node, NS_SOAP12, name);
}

/* Two children called name, with the same attribute name. */
static void
check_twice(const struct document *document, const xmlNode *parent,
            const char *child_name)
{
    struct map seen = {NULL, 0, 0};
    const xmlNode *child;
    const char *name;

    FOR_EACH_ELEMENT(child, parent)
    {
        if (!node_is(child, NS_WSDL, child_name))
            continue;
        name = node_attr(child, "name");
        if (name == NULL)
            continue;
        if (map_get(&seen, name) != NULL)
            diag_problem(node_place(document, child),
                         "<%s> has a second %s '%s'",
                         (const char *)parent->name, child_name, name);
        map_put(&seen, name, &seen);
    }
}

/* ---- Messages and port types --------------------------------------------- */

static void
check_message(const struct document *document, const xmlNode *message)
{
    const xmlNode *part;

    check_twice(document, message, "part");
    FOR_EACH_ELEMENT(part, message)
    {
        if (node_is(part, NS_WSDL, "part") &&
            node_attr(part, "element") != NULL &&
            node_attr(part, "type") != NULL)
            diag_problem(node_place(document, part),
                         "part '%s' has an element and a type",
                         node_attr(part, "name"));
    }
}

static void
check_operation(const struct document *document, const xmlNode *op)
{
    size_t inputs = 0, outputs = 0;
    const xmlNode *child;

    check_twice(document, op, "fault");
    FOR_EACH_ELEMENT(child, op)
    {
        inputs += node_is(child, NS_WSDL, "input");
        outputs += node_is(child, NS_WSDL, "output");
        if (inputs > 1 || outputs > 1) {
            diag_problem(node_place(document, child),
                         "operation '%s' has a second <%s>",
                         node_attr(op, "name"), (const char *)child->name);
            return;
        }
    }
}

static void
check_port_type(const struct document *document, const xmlNode *type)
{
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, type)
    if (node_is(child, NS_WSDL, "operation"))
        check_operation(document, child);
}

/* ---- Bindings ------------------------------------------------------------ */

static const struct wsdl_part *
find_part(const struct wsdl_message *message, const char *name, size_t size)
{
    size_t i;

    for (i = 0; i < message->parts.count; i++) {
        const struct wsdl_part *part =
            VEC(&message->parts, struct wsdl_part, i);

        if (strlen(part->name) == size && memcmp(part->name, name, size) == 0)
            return part;
    }
    return NULL;
}

/* WSDL 1.1, 3.5: parts= names parts of the message. */
static void
check_parts(const struct document *document, const xmlNode *body,
            const struct wsdl_message *message)
{
    const char *at = node_attr(body, "parts");
    size_t size;

    if (at == NULL || message == NULL)
        return;
    for (; *(at += strspn(at, " \t\r\n")) != '\0'; at += size) {
        size = strcspn(at, " \t\r\n");
        if (find_part(message, at, size) == NULL)
            diag_warning(node_place(document, body),
                         "message '%s' has no part '%.*s'; it is ignored",
                         message->name.local, (int)size, at);
    }
}

static void
check_direction(const struct document *document, const xmlNode *node,
                const struct wsdl_message *message)
{
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, node)
    {
        if (is_soap(child, "body"))
            check_parts(document, child, message);
        else
            check_direction(document, child, message);
    }
}

/* One direction of an operation that is not overloaded. */
static const struct wsdl_param *
param_of(const struct wsdl_port_type *type, const char *name, bool output)
{
    const struct wsdl_operation *found = NULL, *op;
    size_t i;

    for (i = 0; type != NULL && i < type->operations.count; i++) {
        op = VEC(&type->operations, struct wsdl_operation, i);
        if (strcmp(op->name, name) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = op;
    }
    if (found == NULL)
        return NULL;
    return output ? found->output : found->input;
}

static const struct wsdl_message *
message_of(const struct wsdl_port_type *type, const char *name, bool output)
{
    const struct wsdl_param *param = param_of(type, name, output);

    return param == NULL ? NULL : param->message;
}

/* WSDL 1.1, 2.5: a binding's message is the port type's of that name, for which
 * 2.4.5 has a default. */
static void
check_name(const struct document *document, const xmlNode *node,
           const struct wsdl_param *param, const char *op)
{
    const char *name = node_attr(node, "name"), *expected;

    if (name == NULL || *name == '\0' || param == NULL)
        return;
    expected = param->name;
    if (expected == NULL && strcmp(name, op) != 0)
        expected = mem_printf("%s%s", op,
                              node_is(node, NS_WSDL, "output") ? "Response"
                                                               : "Request");
    if (expected != NULL && strcmp(name, expected) != 0)
        diag_warning(node_place(document, node),
                     "<%s> '%s' is taken for operation '%s', whose <%s> is "
                     "called '%s'",
                     (const char *)node->name, name, op,
                     (const char *)node->name, expected);
}

/* Without soap:body the namespace of an rpc wrapper is anybody's guess. */
static void
check_not_empty(const struct document *document, const xmlNode *node,
                const struct wsdl_message *message)
{
    if (node_next(node->children) == NULL && message != NULL &&
        message->parts.count > 0)
        diag_problem(node_place(document, node),
                     "<%s> does not say where the parts of message '%s' go",
                     (const char *)node->name, message->name.local);
}

/* An operation bound without one of its messages. An element of the schema
 * says by itself what is sent; parts with a type do not. */
static void
check_not_left_out(const struct document *document, const xmlNode *op,
                   const struct wsdl_message *message, const char *direction)
{
    size_t i;

    for (i = 0; message != NULL && i < message->parts.count; i++) {
        const struct wsdl_part *part =
            VEC(&message->parts, struct wsdl_part, i);

        if (part->type.name.local == NULL)
            continue;
        diag_problem(node_place(document, op),
                     "operation '%s' has no <%s> to say where the parts of "
                     "message '%s' go",
                     node_attr(op, "name"), direction, message->name.local);
        return;
    }
}

static void
check_bound(const struct document *document, const xmlNode *op,
            const struct wsdl_port_type *type, bool rpc)
{
    const char *name = node_attr(op, "name");
    bool bound[2] = {false, false};
    const xmlNode *child;
    size_t i;

    if (name == NULL)
        return;
    FOR_EACH_ELEMENT(child, op)
    {
        bool output = node_is(child, NS_WSDL, "output");
        const struct wsdl_message *message = message_of(type, name, output);

        if (!output && !node_is(child, NS_WSDL, "input"))
            continue;
        bound[output] = true;
        check_name(document, child, param_of(type, name, output), name);
        check_direction(document, child, message);
        if (rpc)
            check_not_empty(document, child, message);
    }
    for (i = 0; i < 2; i++)
        if (!bound[i])
            check_not_left_out(document, op, message_of(type, name, i == 1),
                               i == 1 ? "output" : "input");
}

static void
check_binding(const struct wsdl *wsdl, const struct document *document,
              const xmlNode *node)
{
    const char *text = node_attr(node, "type");
    const struct wsdl_port_type *type = NULL;
    bool soap = false, rpc = false;
    const xmlNode *child;

    if (text != NULL)
        type = (const struct wsdl_port_type *)map_get(
            &wsdl->port_type_names, qname_text(node_qname(node, text)));
    FOR_EACH_ELEMENT(child, node)
    if (is_soap(child, "binding")) {
        const char *style = node_attr(child, "style");

        soap = true;
        rpc = style != NULL && strcmp(style, "rpc") == 0;
    }
    FOR_EACH_ELEMENT(child, node)
    if (soap && node_is(child, NS_WSDL, "operation"))
        check_bound(document, child, type, rpc);
}

/* ---- Policies ------------------------------------------------------------ */

/* WS-PolicyAttachment 1.2, 4.1: the attribute is for elements whose schema has
 * no room for a policy inside; elsewhere nobody would apply it. References
 * inside are seen all the same and harm nobody. */
static void
check_policies(const struct document *document, const xmlNode *node,
               bool in_port_type)
{
    bool operation = node_is(node, NS_WSDL, "operation");
    const xmlNode *child;
    bool allowed = node_is(node, NS_WSDL, "portType") ||
                   node_is(node, NS_WSDL, "part") ||
                   (in_port_type && !operation);

    if (node_ns(node) == NULL || strcmp(node_ns(node), NS_WSDL) != 0)
        return;
    if (!allowed && node_attr_ns(node, NS_POLICY, "PolicyURIs") != NULL)
        diag_problem(node_place(document, node),
                     "<%s> may not have an attribute PolicyURIs",
                     (const char *)node->name);
    FOR_EACH_ELEMENT(child, node)
    {
        if (in_port_type && !operation && node_is(child, NS_POLICY, "Policy"))
            diag_problem(node_place(document, child),
                         "<%s> may not have a policy inside",
                         (const char *)node->name);
        check_policies(document, child,
                       in_port_type || node_is(node, NS_WSDL, "portType"));
    }
}

/* ---- Text ---------------------------------------------------------------- */

/* Where WSDL has nothing but elements, text is a remark in the wrong place, or
 * what is left of an element. */
static void
check_no_text(const struct document *document, const xmlNode *node)
{
    const xmlNode *child;

    if (node_ns(node) == NULL || strcmp(node_ns(node), NS_WSDL) != 0 ||
        node_is(node, NS_WSDL, "documentation"))
        return;
    for (child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) {
            check_no_text(document, child);
        } else if (child->type == XML_TEXT_NODE && !xmlIsBlankNode(child)) {
            diag_problem(node_place(document, node),
                         "<%s> has text inside, where only elements may stand",
                         (const char *)node->name);
            return;
        }
    }
}

/* ---- All ----------------------------------------------------------------- */

static void
check_definitions(const struct wsdl *wsdl, const struct document *document,
                  const xmlNode *root)
{
    const xmlNode *child;

    check_policies(document, root, false);
    FOR_EACH_ELEMENT(child, root)
    {
        if (node_is(child, NS_WSDL, "message"))
            check_message(document, child);
        else if (node_is(child, NS_WSDL, "portType"))
            check_port_type(document, child);
        else if (node_is(child, NS_WSDL, "binding"))
            check_binding(wsdl, document, child);
        else
            continue;
        check_no_text(document, child);
    }
}

/* XML Schema Part 1, 3.14.6: a simple type derives from a simple type. */
static void
check_simple_types(const struct wsdl *wsdl)
{
    const struct vec *all = &wsdl->schemas.components;
    size_t i;

    for (i = 0; i < all->count; i++) {
        const struct xs_component *component = VEC(all, struct xs_component, i);
        const struct xs_type *type =
            (const struct xs_type *)(const void *)component;

        if (component->space == XS_TYPE && !type->is_complex &&
            type->derivation == XS_RESTRICTION && xs_base(type) != NULL &&
            xs_base(type)->is_complex)
            diag_problem(component->place,
                         "simple type '%s' cannot restrict '%s', which is "
                         "complex",
                         qname_text(component->name),
                         qname_text(xs_base(type)->c.name));
    }
}

void
check_rules(const struct wsdl *wsdl)
{
    size_t i;

    for (i = 0; i < wsdl->documents->all.count; i++) {
        const struct document *document =
            VEC(&wsdl->documents->all, struct document, i);
        const xmlNode *root;

        if (document->xml == NULL || !document->used || document->wellknown)
            continue;
        root = xmlDocGetRootElement(document->xml);
        if (root != NULL && node_is(root, NS_WSDL, "definitions"))
            check_definitions(wsdl, document, root);
    }
    check_simple_types(wsdl);
}
