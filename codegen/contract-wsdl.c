/* SPDX-License-Identifier: Apache-2.0 */
/* The WSDL of a service, in the shape that WCF gives it. */
#include <string.h>

#include "codegen/contract-wsdl.h"

#define NS_WSAW "http://www.w3.org/2006/05/addressing/wsdl"
#define NS_POLICY "http://schemas.xmlsoap.org/ws/2004/09/policy"
#define NS_UTILITY                            \
    "http://docs.oasis-open.org/wss/2004/01/" \
    "oasis-200401-wss-wssecurity-utility-1.0.xsd"

/* ---- Definitions --------------------------------------------------------- */

static void
declare(struct text *text, const char *prefix, const char *ns)
{
    text_put(text, "\n   ");
    xml_attr(text, prefix, ns);
}

typedef bool endpoint_fn(const struct endpoint *endpoint);

static bool
is_soap12(const struct endpoint *endpoint)
{
    return endpoint->is_soap12;
}

static bool
has_addressing(const struct endpoint *endpoint)
{
    return endpoint->has_addressing;
}

static bool
has_endpoint(const struct service *service, endpoint_fn *is)
{
    size_t i, j;

    for (i = 0; i < service->interfaces.count; i++) {
        const struct vec *endpoints =
            &VEC(&service->interfaces, struct interface, i)->endpoints;

        for (j = 0; j < endpoints->count; j++)
            if (is(VEC(endpoints, struct endpoint, j)))
                return true;
    }
    return false;
}

static const char *
own_ns(const struct wsdl_writer *writer)
{
    return writer->ns != NULL ? writer->ns : writer->service->ns;
}

const char *
wsdl_prefix(const struct wsdl_writer *writer, const char *ns)
{
    size_t i;

    if (*ns == '\0' || (writer->ns == NULL && *own_ns(writer) == '\0'))
        return "";
    for (i = 0; i < writer->others.count; i++)
        if (strcmp(VEC(&writer->others, const char, i), ns) == 0)
            return mem_printf("i%zu:", i);
    return "tns:";
}

/* Namespace "": there is none to be named. */
static void
open_definitions(const struct wsdl_writer *writer, const char *name)
{
    const struct service *service = writer->service;
    const char *ns = own_ns(writer);
    struct text *text = writer->text;
    size_t i;

    text_put(text, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                   "<wsdl:definitions");
    if (name != NULL)
        xml_attr(text, "name", name);
    if (*ns != '\0') {
        xml_attr(text, "targetNamespace", ns);
        declare(text, "xmlns:tns", ns);
    }
    for (i = 0; i < writer->others.count; i++)
        if (*VEC(&writer->others, const char, i) != '\0')
            declare(text, mem_printf("xmlns:i%zu", i),
                    VEC(&writer->others, const char, i));
    declare(text, "xmlns:wsdl", NS_WSDL);
    declare(text, "xmlns:soap", NS_SOAP11);
    if (has_endpoint(service, is_soap12))
        declare(text, "xmlns:soap12", NS_SOAP12);
    if (has_endpoint(service, has_addressing)) {
        declare(text, "xmlns:wsp", NS_POLICY);
        declare(text, "xmlns:wsu", NS_UTILITY);
    }
    declare(text, "xmlns:wsaw", NS_WSAW);
    declare(text, "xmlns:xs", NS_XSD);
    text_put(text, ">\n");
}

static void
close_definitions(struct text *text)
{
    text_put(text, "</wsdl:definitions>\n");
}

static void
put_import(struct text *text, const char *ns, const char *file)
{
    text_put(text, "  <wsdl:import");
    xml_attr(text, "namespace", ns);
    xml_attr(text, "location", file);
    text_put(text, "/>\n");
}

/* ---- Messages ------------------------------------------------------------ */

/* A part that is an element, or of a type, of any namespace. */
static void
put_part(struct wsdl_writer *writer, const char *name, const char *is,
         struct qname what)
{
    struct text *text = writer->text;
    bool is_own = strcmp(what.ns, own_ns(writer)) == 0;
    const char *prefix = *what.ns == '\0'               ? ""
                         : strcmp(what.ns, NS_XSD) == 0 ? "xs:"
                         : is_own                       ? "tns:"
                                                        : "q1:";

    xml_open(text, 4, "wsdl:part", name);
    xml_attr(text, is, mem_printf("%s%s", prefix, what.local));
    if (strcmp(prefix, "q1:") == 0)
        xml_attr(text, "xmlns:q1", what.ns);
    text_put(text, "/>\n");
}

static void
put_body_parts(struct wsdl_writer *writer, const struct message *message)
{
    size_t i;

    if (message->style == MESSAGE_WRAPPED) {
        put_part(writer, "parameters", "element", message->wrapper);
        return;
    }
    for (i = 0; i < message->parts.count; i++) {
        const struct part *part = VEC(&message->parts, struct part, i);

        if (message->style == MESSAGE_BARE)
            put_part(writer, part->name, "element", part->element);
        else
            put_part(writer,
                     message->style == MESSAGE_RPC ? part->element.local
                                                   : part->name,
                     "type", part->use.type->name);
    }
}

static void
open_message(struct text *text, const char *name, bool empty)
{
    xml_open(text, 2, "wsdl:message", name);
    text_put(text, empty ? "/>\n" : ">\n");
}

const char *
wsdl_headers_name(const struct message *message)
{
    return mem_printf("%s_Headers", message->name);
}

/* One that several operations have is written once. */
static bool
is_first(struct wsdl_writer *writer, const struct message *message)
{
    const struct message *other =
        (const struct message *)map_get(&writer->messages, message->name);

    if (other != NULL && other != message)
        diag_error(message->decl->place,
                   "'%s' is the message '%s' of contracts of two namespaces, "
                   "which one WSDL cannot have; .name tells them apart",
                   message->decl->tag, message->name);
    if (other == NULL)
        map_put(&writer->messages, message->name, (void *)message);
    return other == NULL;
}

static void
put_message(struct wsdl_writer *writer, const struct message *message)
{
    bool empty = message != NULL && message->style != MESSAGE_WRAPPED &&
                 message->parts.count == 0;
    size_t i;

    if (message == NULL || !is_first(writer, message))
        return;
    open_message(writer->text, message->name, empty);
    put_body_parts(writer, message);
    if (!empty)
        text_put(writer->text, "  </wsdl:message>\n");
    if (message->headers.count == 0)
        return;
    open_message(writer->text, wsdl_headers_name(message), false);
    for (i = 0; i < message->headers.count; i++) {
        const struct part *part = VEC(&message->headers, struct part, i);

        put_part(writer, part->name, "element", part->element);
    }
    text_put(writer->text, "  </wsdl:message>\n");
}

static const char *
fault_message(const struct interface *interface, const struct operation *op,
              const struct fault *fault)
{
    return mem_printf("%s_%s_%s_FaultMessage", interface->name, op->name,
                      fault->name);
}

static void
put_messages(struct wsdl_writer *writer, const struct interface *interface)
{
    size_t i, j;

    for (i = 0; i < interface->told.count; i++) {
        const struct operation *op = VEC(&interface->told, struct operation, i);

        put_message(writer, op->input);
        put_message(writer, op->output);
        for (j = 0; j < op->faults.count; j++) {
            const struct fault *fault = VEC(&op->faults, struct fault, j);

            open_message(writer->text, fault_message(interface, op, fault),
                         false);
            put_part(writer, "detail", "element", fault->element);
            text_put(writer->text, "  </wsdl:message>\n");
        }
    }
}

/* ---- Port types ---------------------------------------------------------- */

static void
put_direction(struct wsdl_writer *writer, const char *ns, const char *tag,
              const char *action, const char *name, const char *message)
{
    struct text *text = writer->text;

    text_printf(text, "      <wsdl:%s", tag);
    if (action != NULL && strcmp(action, "*") != 0)
        xml_attr(text, "wsaw:Action", action);
    if (name != NULL)
        xml_attr(text, "name", name);
    xml_attr(text, "message",
             mem_printf("%s%s", wsdl_prefix(writer, ns), message));
    text_put(text, "/>\n");
}

/* Of rpc style: in which order the parts of both messages are parameters. What
 * goes out stands before what goes both ways and follows it there. */
static void
put_parameter_order(struct text *text, const struct operation *op)
{
    struct text order = {NULL, 0, 0, 0};
    size_t i, j, next = 0;

    if (!op->format->is_rpc || op->input->decl != NULL)
        return;
    for (i = 0; i < op->in.count; i++) {
        const char *name = VEC(&op->in, struct argument, i)->name;

        for (j = next; j < op->out.count; j++)
            if (strcmp(VEC(&op->out, struct argument, j)->name, name) == 0)
                break;
        if (j < op->out.count) {
            for (; next < j; next++)
                text_printf(&order, " %s",
                            VEC(&op->out, struct argument, next)->name);
            next++;
        }
        text_printf(&order, " %s", name);
    }
    for (; next < op->out.count; next++)
        text_printf(&order, " %s", VEC(&op->out, struct argument, next)->name);
    if (order.size > 0)
        xml_attr(text, "parameterOrder", order.data + 1);
}

static void
put_operation(struct wsdl_writer *writer, const struct interface *interface,
              const struct operation *op)
{
    struct text *text = writer->text;
    size_t i;

    xml_open(text, 4, "wsdl:operation", op->name);
    put_parameter_order(text, op);
    text_put(text, ">\n");
    xml_doc(text, 6, "wsdl:documentation", op->doc);
    put_direction(writer, interface->ns, "input", op->action,
                  op->input->io_name, op->input->name);
    if (op->output != NULL)
        put_direction(writer, interface->ns, "output", op->reply_action,
                      op->output->io_name, op->output->name);
    for (i = 0; i < op->faults.count; i++) {
        const struct fault *fault = VEC(&op->faults, struct fault, i);

        put_direction(writer, interface->ns, "fault", fault->action,
                      fault->name, fault_message(interface, op, fault));
    }
    text_put(text, "    </wsdl:operation>\n");
}

static void
put_port_type(struct wsdl_writer *writer, const struct interface *interface)
{
    struct text *text = writer->text;
    size_t i;

    xml_open(text, 2, "wsdl:portType", interface->name);
    text_put(text, ">\n");
    xml_doc(text, 4, "wsdl:documentation", interface->doc);
    for (i = 0; i < interface->told.count; i++)
        put_operation(writer, interface,
                      VEC(&interface->told, struct operation, i));
    text_put(text, "  </wsdl:portType>\n");
}

/* ---- Services ------------------------------------------------------------ */

static void
put_service(struct wsdl_writer *writer)
{
    const struct service *service = writer->service;
    struct text *text = writer->text;
    size_t i, j;

    xml_open(text, 2, "wsdl:service", service->name);
    text_put(text, ">\n");
    for (i = 0; i < service->interfaces.count; i++) {
        const struct vec *endpoints =
            &VEC(&service->interfaces, struct interface, i)->endpoints;

        for (j = 0; j < endpoints->count; j++)
            wsdl_put_port(writer, VEC(endpoints, struct endpoint, j));
    }
    text_put(text, "  </wsdl:service>\n");
}

/* ---- Documents ----------------------------------------------------------- */

typedef void each_fn(struct wsdl_writer *writer,
                     const struct interface *interface);

/* Of the document's namespace, or of all. */
static void
for_each(struct wsdl_writer *writer, const char *ns, each_fn *put)
{
    const struct vec *interfaces = &writer->service->interfaces;
    size_t i;

    for (i = 0; i < interfaces->count; i++) {
        const struct interface *interface =
            VEC(interfaces, struct interface, i);

        if (ns == NULL || strcmp(interface->ns, ns) == 0)
            put(writer, interface);
    }
}

void
contract_wsdl_single(struct text *text, const struct service *service,
                     const struct schema_set *set)
{
    struct wsdl_writer writer = {.text = text, .service = service};
    size_t i;

    open_definitions(&writer, service->name);
    for_each(&writer, NULL, wsdl_put_policies);
    text_put(text, "  <wsdl:types>\n");
    for (i = 0; i < set->schemas.count; i++)
        contract_schema_write(
            text, set, VEC(&set->schemas, struct schema_text, i), 4, NULL);
    text_put(text, "  </wsdl:types>\n");
    for_each(&writer, NULL, put_messages);
    for_each(&writer, NULL, put_port_type);
    for_each(&writer, NULL, wsdl_put_bindings);
    put_service(&writer);
    close_definitions(text);
}

/* A schema of nothing but imports, of a namespace of its own. */
static void
put_imports(const struct wsdl_writer *writer, const struct vec *files,
            const struct schema_set *set)
{
    struct text *text = writer->text;
    size_t i;

    text_put(text, "  <wsdl:types>\n    <xs:schema");
    xml_attr(text, "targetNamespace", contract_under(writer->ns, "Imports"));
    text_put(text, ">\n");
    for (i = 0; i < set->schemas.count; i++) {
        const char *ns = VEC(&set->schemas, struct schema_text, i)->ns;

        text_put(text, "      <xs:import");
        xml_attr(text, "schemaLocation", VEC(files, const char, i));
        if (*ns != '\0')
            xml_attr(text, "namespace", ns);
        text_put(text, "/>\n");
    }
    text_put(text, "    </xs:schema>\n  </wsdl:types>\n");
}

static void
add_space(struct vec *spaces, const char *ns)
{
    size_t i;

    for (i = 0; i < spaces->count; i++)
        if (strcmp(VEC(spaces, const char, i), ns) == 0)
            return;
    vec_add(spaces, mem_str(ns));
}

void
contract_wsdl_spaces(const struct service *service, struct vec *spaces)
{
    size_t i;

    add_space(spaces, service->ns);
    add_space(spaces, service->binding_ns);
    for (i = 0; i < service->interfaces.count; i++)
        add_space(spaces, VEC(&service->interfaces, struct interface, i)->ns);
}

/* The service leads to its bindings, and those to all contracts. */
static void
put_links(struct wsdl_writer *writer, const struct vec *spaces,
          const struct vec *files)
{
    const char *bindings = writer->service->binding_ns;
    bool has_bindings = strcmp(writer->ns, bindings) == 0;
    size_t i;

    for (i = 0; i < spaces->count; i++) {
        const char *ns = VEC(spaces, const char, i);

        if (strcmp(ns, writer->ns) != 0 &&
            (has_bindings || strcmp(ns, bindings) == 0))
            put_import(writer->text, ns, VEC(files, const char, i));
    }
}

static bool
has_contract(const struct service *service, const char *ns)
{
    size_t i;

    for (i = 0; i < service->interfaces.count; i++)
        if (strcmp(VEC(&service->interfaces, struct interface, i)->ns, ns) == 0)
            return true;
    return false;
}

void
contract_wsdl_linked(struct text *text, const struct service *service,
                     const struct schema_set *set,
                     const struct vec *schema_files, const struct vec *spaces,
                     const struct vec *files, const char *ns)
{
    struct wsdl_writer writer = {.text = text, .service = service, .ns = ns};
    bool is_main = strcmp(ns, service->ns) == 0;
    bool has_bindings = strcmp(ns, service->binding_ns) == 0;
    size_t i;

    for (i = 0; (is_main || has_bindings) && i < spaces->count; i++)
        if (strcmp(VEC(spaces, const char, i), ns) != 0)
            vec_add(&writer.others, spaces->items[i]);
    open_definitions(&writer, is_main ? service->name : NULL);
    if (has_bindings)
        for_each(&writer, NULL, wsdl_put_policies);
    if (is_main || has_bindings)
        put_links(&writer, spaces, files);
    if (is_main || has_contract(service, ns))
        put_imports(&writer, schema_files, set);
    for_each(&writer, ns, put_messages);
    for_each(&writer, ns, put_port_type);
    if (has_bindings)
        for_each(&writer, NULL, wsdl_put_bindings);
    if (is_main)
        put_service(&writer);
    close_definitions(text);
}
