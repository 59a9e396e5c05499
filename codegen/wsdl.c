/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/wsdl.h"

#include <string.h>

#include "codegen/wellknown.h"

#define NS_WSAW "http://www.w3.org/2006/05/addressing/wsdl"
#define NS_WSAM "http://www.w3.org/2007/05/addressing/metadata"
#define NS_WSA04 "http://schemas.xmlsoap.org/ws/2004/08/addressing"

/* A definitions element being read. */
struct reader {
    struct wsdl *wsdl;
    struct document *document;
    const char *target;
};

void
wsdl_init(struct wsdl *wsdl, struct documents *documents)
{
    memset(wsdl, 0, sizeof(*wsdl));
    wsdl->documents = documents;
    schemas_init(&wsdl->schemas, documents);
}

static const char *
documentation(const xmlNode *node)
{
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, node)
    if (node_is(child, NS_WSDL, "documentation"))
        return node_text(child);
    return NULL;
}

static struct qname
own_name(struct reader *reader, const xmlNode *node)
{
    struct qname name = {reader->target, node_attr(node, "name")};

    if (name.local == NULL || *name.local == '\0') {
        diag_error(node_place(reader->document, node), "<%s> needs a name",
                   (const char *)node->name);
        name.local = "";
    }
    return name;
}

static struct qname
attr_qname(struct reader *reader, const xmlNode *node, const char *attribute)
{
    const char *text = node_attr(node, attribute);
    struct qname name = {NULL, NULL};

    if (text == NULL || *text == '\0')
        diag_problem(node_place(reader->document, node), "<%s> needs a %s",
                     (const char *)node->name, attribute);
    else
        name = node_qname(node, text);
    return name;
}

/* Adds value under name, unless something else has it already. */
static void
declare(struct map *map, struct vec *all, struct qname name, struct place place,
        void *value)
{
    const char *key = qname_text(name);

    if (map_get(map, key) != NULL) {
        diag_warning(place, "'%s' is defined a second time and ignored", key);
        return;
    }
    map_put(map, key, value);
    vec_add(all, value);
}

/* ---- Messages ------------------------------------------------------------ */

static void
part_ref(struct reader *reader, const xmlNode *node, const char *attribute,
         enum xs_space space, struct xs_ref *ref)
{
    const char *text = node_attr(node, attribute);

    if (text == NULL || *text == '\0')
        return;
    ref->name = node_qname(node, text);
    ref->place = node_place(reader->document, node);
    schema_refer(&reader->wsdl->schemas, space, ref, NULL);
}

static void
read_message(struct reader *reader, const xmlNode *node)
{
    struct wsdl_message *message = NEW(struct wsdl_message);
    const xmlNode *child;

    message->name = own_name(reader, node);
    message->place = node_place(reader->document, node);
    FOR_EACH_ELEMENT(child, node)
    {
        struct wsdl_part *part;

        if (!node_is(child, NS_WSDL, "part"))
            continue;
        part = NEW(struct wsdl_part);
        part->place = node_place(reader->document, child);
        part->name = own_name(reader, child).local;
        part_ref(reader, child, "element", XS_ELEMENT, &part->element);
        part_ref(reader, child, "type", XS_TYPE, &part->type);
        vec_add(&message->parts, part);
    }
    declare(&reader->wsdl->message_names, &reader->wsdl->messages,
            message->name, message->place, message);
}

/* ---- Port types ---------------------------------------------------------- */

static struct wsdl_param *
read_param(struct reader *reader, const xmlNode *node)
{
    struct wsdl_param *param = NEW(struct wsdl_param);

    param->place = node_place(reader->document, node);
    param->name = node_attr(node, "name");
    param->message_name = attr_qname(reader, node, "message");
    param->action = node_attr_ns(node, NS_WSAM, "Action");
    if (param->action == NULL)
        param->action = node_attr_ns(node, NS_WSAW, "Action");
    if (param->action == NULL)
        param->action = node_attr_ns(node, NS_WSA04, "Action");
    return param;
}

static struct wsdl_operation *
read_operation(struct reader *reader, const xmlNode *node)
{
    struct wsdl_operation *operation = NEW(struct wsdl_operation);
    const xmlNode *child;

    operation->name = own_name(reader, node).local;
    operation->place = node_place(reader->document, node);
    operation->doc = documentation(node);
    operation->parameter_order = node_attr(node, "parameterOrder");
    FOR_EACH_ELEMENT(child, node)
    {
        if (node_is(child, NS_WSDL, "input"))
            operation->input = read_param(reader, child);
        else if (node_is(child, NS_WSDL, "fault"))
            vec_add(&operation->faults, read_param(reader, child));
        else if (node_is(child, NS_WSDL, "output")) {
            operation->output_first = operation->input == NULL;
            operation->output = read_param(reader, child);
        }
    }
    return operation;
}

static void
read_port_type(struct reader *reader, const xmlNode *node)
{
    struct wsdl_port_type *type = NEW(struct wsdl_port_type);
    const xmlNode *child;

    type->name = own_name(reader, node);
    type->place = node_place(reader->document, node);
    type->doc = documentation(node);
    FOR_EACH_ELEMENT(child, node)
    if (node_is(child, NS_WSDL, "operation"))
        vec_add(&type->operations, read_operation(reader, child));
    declare(&reader->wsdl->port_type_names, &reader->wsdl->port_types,
            type->name, type->place, type);
}

/* ---- Bindings ------------------------------------------------------------ */

static bool
is_soap(const xmlNode *node, const char *name)
{
    return node_is(node, NS_SOAP11, name) || node_is(node, NS_SOAP12, name);
}

static bool
says(const xmlNode *node, const char *attribute, const char *value)
{
    const char *text = node_attr(node, attribute);

    return text != NULL && strcmp(text, value) == 0;
}

static void
read_header(struct reader *reader, const xmlNode *node, struct wsdl_body *body,
            bool is_fault)
{
    struct wsdl_header *header = NEW(struct wsdl_header);
    const char *message = node_attr(node, "message");
    const xmlNode *child;

    header->place = node_place(reader->document, node);
    header->part = node_attr(node, "part");
    if (message != NULL)
        header->message_name = node_qname(node, message);
    header->is_fault = is_fault;
    vec_add(&body->headers, header);
    FOR_EACH_ELEMENT(child, node)
    if (is_soap(child, "headerfault"))
        read_header(reader, child, body, true);
}

static bool
is_encoded(struct reader *reader, const xmlNode *body)
{
    const char *use = node_attr(body, "use");
    bool encoded = says(body, "use", "encoded");

    if (use == NULL || encoded || says(body, "use", "literal"))
        return encoded;
    encoded = node_attr(body, "encodingStyle") != NULL;
    diag_warning(node_place(reader->document, body),
                 "use '%s' is neither literal nor encoded; '%s' is assumed",
                 use, encoded ? "encoded" : "literal");
    return encoded;
}

/* Bodies may stand inside mime:multipartRelated/mime:part. */
static void
read_body(struct reader *reader, const xmlNode *node, struct wsdl_body *body)
{
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, node)
    {
        if (is_soap(child, "body")) {
            body->present = true;
            body->encoded = is_encoded(reader, child);
            /* WSDL 1.1, 3.5 leaves open what its absence means; to the
             * toolkits it means the WSDL's own */
            body->ns = node_attr(child, "namespace");
            if (body->ns == NULL)
                body->ns = reader->target;
            body->parts = node_attr(child, "parts");
        } else if (is_soap(child, "header")) {
            read_header(reader, child, body, false);
        } else if (strcmp((const char *)child->name, "multipartRelated") == 0 ||
                   strcmp((const char *)child->name, "part") == 0) {
            read_body(reader, child, body);
        }
    }
}

static struct wsdl_binding_operation *
read_binding_operation(struct reader *reader, const xmlNode *node,
                       const struct wsdl_binding *binding)
{
    struct wsdl_binding_operation *op = NEW(struct wsdl_binding_operation);
    const xmlNode *child;

    op->name = own_name(reader, node).local;
    op->place = node_place(reader->document, node);
    op->rpc = binding->rpc;
    FOR_EACH_ELEMENT(child, node)
    {
        if (is_soap(child, "operation")) {
            op->action = node_attr(child, "soapAction");
            if (node_attr(child, "style") != NULL)
                op->rpc = says(child, "style", "rpc");
        } else if (node_is(child, NS_WSDL, "input")) {
            op->input_name = node_attr(child, "name");
            read_body(reader, child, &op->input);
        } else if (node_is(child, NS_WSDL, "output")) {
            op->output_name = node_attr(child, "name");
            read_body(reader, child, &op->output);
        }
    }
    return op;
}

static void
read_binding(struct reader *reader, const xmlNode *node)
{
    struct wsdl_binding *binding = NEW(struct wsdl_binding);
    const xmlNode *child;

    binding->name = own_name(reader, node);
    binding->place = node_place(reader->document, node);
    binding->type_name = attr_qname(reader, node, "type");
    binding->transport = WSDL_OTHER;
    /* some write it behind the operations, whose style it tells */
    FOR_EACH_ELEMENT(child, node)
    if (is_soap(child, "binding")) {
        binding->transport =
            node_is(child, NS_SOAP11, "binding") ? WSDL_SOAP11 : WSDL_SOAP12;
        binding->rpc = says(child, "style", "rpc");
    }
    FOR_EACH_ELEMENT(child, node)
    if (node_is(child, NS_WSDL, "operation"))
        vec_add(&binding->operations,
                read_binding_operation(reader, child, binding));
    declare(&reader->wsdl->binding_names, &reader->wsdl->bindings,
            binding->name, binding->place, binding);
}

/* ---- Services ------------------------------------------------------------ */

static void
read_service(struct reader *reader, const xmlNode *node)
{
    struct wsdl_service *service = NEW(struct wsdl_service);
    const xmlNode *child, *address;

    service->name = own_name(reader, node).local;
    service->place = node_place(reader->document, node);
    service->doc = documentation(node);
    FOR_EACH_ELEMENT(child, node)
    {
        struct wsdl_port *port;

        if (!node_is(child, NS_WSDL, "port"))
            continue;
        port = NEW(struct wsdl_port);
        port->name = own_name(reader, child).local;
        port->place = node_place(reader->document, child);
        port->binding_name = attr_qname(reader, child, "binding");
        FOR_EACH_ELEMENT(address, child)
        if (is_soap(address, "address"))
            port->address = node_attr(address, "location");
        vec_add(&service->ports, port);
    }
    vec_add(&reader->wsdl->services, service);
}

/* ---- Documents ----------------------------------------------------------- */

static void
read_import(struct reader *reader, const xmlNode *node)
{
    const char *location = node_attr(node, "location");
    const char *ns = node_attr(node, "namespace");
    struct place place = node_place(reader->document, node);
    struct document *document;
    const char *path;

    if (wellknown_namespace_of(location) != NULL)
        ns = wellknown_namespace_of(location);
    if (location == NULL && wellknown_has(ns))
        location = ns;
    if (location == NULL || *location == '\0')
        return;
    path =
        document_relative(reader->wsdl->documents, reader->document, location);
    if ((path == NULL || !document_exists(path)) &&
        document_mapped(reader->wsdl->documents, ns) != NULL)
        path = document_mapped(reader->wsdl->documents, ns);
    if (path == NULL || !document_exists(path)) {
        struct schema_missing *missing = NEW(struct schema_missing);

        missing->place = place;
        missing->location = location;
        missing->ns = ns;
        vec_add(&reader->wsdl->missing, missing);
        return;
    }
    document = document_open(reader->wsdl->documents, path, place);
    if (document != NULL)
        wsdl_read(reader->wsdl, document);
}

static void
read_types(struct reader *reader, const xmlNode *node)
{
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, node)
    if (node_is(child, NS_XSD, "schema"))
        schema_read(&reader->wsdl->schemas, reader->document, child);
    else if (strcmp((const char *)child->name, "schema") == 0)
        diag_warning(node_place(reader->document, child),
                     "a <schema> of '%s' is not read",
                     node_ns(child) ? node_ns(child) : "");
}

static void
read_definitions(struct reader *reader, const xmlNode *root)
{
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, root)
    {
        if (node_is(child, NS_WSDL, "import"))
            read_import(reader, child);
        else if (node_is(child, NS_WSDL, "types"))
            read_types(reader, child);
        else if (node_is(child, NS_WSDL, "message"))
            read_message(reader, child);
        else if (node_is(child, NS_WSDL, "portType"))
            read_port_type(reader, child);
        else if (node_is(child, NS_WSDL, "binding"))
            read_binding(reader, child);
        else if (node_is(child, NS_WSDL, "service"))
            read_service(reader, child);
    }
}

void
wsdl_read(struct wsdl *wsdl, struct document *document)
{
    const xmlNode *root = xmlDocGetRootElement(document->xml);
    struct reader reader = {wsdl, document, NULL};

    if (document->used)
        return;
    document->used = true;
    if (node_is(root, NS_XSD, "schema")) {
        schema_read(&wsdl->schemas, document, root);
    } else if (node_is(root, NS_WSDL, "definitions")) {
        reader.target = node_attr(root, "targetNamespace");
        if (reader.target != NULL && *reader.target == '\0')
            reader.target = NULL;
        read_definitions(&reader, root);
    } else {
        diag_error(node_place(document, root),
                   "<%s> is neither a WSDL 1.1 <definitions> nor an XML "
                   "<schema>",
                   (const char *)root->name);
    }
}
