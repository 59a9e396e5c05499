/* SPDX-License-Identifier: Apache-2.0 */
/* The bindings of a contract, one for each of its endpoints, their policies and
 * ports. */
#include <string.h>

#include "codegen/contract-wsdl.h"

/* An element of the binding that endpoint has. */
static const char *
soap(const struct endpoint *endpoint)
{
    return endpoint->is_soap12 ? "soap12" : "soap";
}

static const char *
style_of(const struct operation *op)
{
    return op->format->is_rpc ? "rpc" : "document";
}

/* One operation of rpc style makes it the style of those that say none. */
static const char *
binding_style(const struct interface *interface)
{
    size_t i;

    for (i = 0; i < interface->told.count; i++)
        if (VEC(&interface->told, struct operation, i)->format->is_rpc)
            return " style=\"rpc\"";
    return "";
}

static void
put_soap(struct wsdl_writer *writer, const struct interface *interface,
         const struct endpoint *endpoint, const char *tag,
         const struct operation *op, const struct message *message)
{
    struct text *text = writer->text;
    size_t i;

    text_printf(text, "      <wsdl:%s", tag);
    if (message->io_name != NULL)
        xml_attr(text, "name", message->io_name);
    text_put(text, ">\n");
    for (i = 0; i < message->headers.count; i++) {
        text_printf(text, "        <%s:header", soap(endpoint));
        xml_attr(text, "message",
                 mem_printf("%s%s", wsdl_prefix(writer, interface->ns),
                            wsdl_headers_name(message)));
        xml_attr(text, "part", VEC(&message->headers, struct part, i)->name);
        text_put(text, " use=\"literal\"/>\n");
    }
    text_printf(text, "        <%s:body use=\"%s\"", soap(endpoint),
                op->format->is_encoded ? "encoded" : "literal");
    if (op->format->is_rpc)
        xml_attr(text, "namespace", message->wrapper.ns);
    if (op->format->is_encoded)
        xml_attr(text, "encodingStyle", NS_SOAP_ENCODING);
    text_printf(text, "/>\n      </wsdl:%s>\n", tag);
}

static void
put_bound_operation(struct wsdl_writer *writer,
                    const struct interface *interface,
                    const struct endpoint *endpoint, const struct operation *op)
{
    struct text *text = writer->text;
    size_t i;

    xml_open(text, 4, "wsdl:operation", op->name);
    text_printf(text, ">\n      <%s:operation", soap(endpoint));
    xml_attr(text, "soapAction", op->action);
    text_printf(text, " style=\"%s\"/>\n", style_of(op));
    put_soap(writer, interface, endpoint, "input", op, op->input);
    if (op->output != NULL)
        put_soap(writer, interface, endpoint, "output", op, op->output);
    for (i = 0; i < op->faults.count; i++) {
        const char *name = VEC(&op->faults, struct fault, i)->name;

        xml_open(text, 6, "wsdl:fault", name);
        text_printf(text, ">\n        <%s:fault use=\"literal\"",
                    soap(endpoint));
        xml_attr(text, "name", name);
        text_put(text, "/>\n      </wsdl:fault>\n");
    }
    text_put(text, "    </wsdl:operation>\n");
}

static void
put_binding(struct wsdl_writer *writer, const struct interface *interface,
            const struct endpoint *endpoint)
{
    struct text *text = writer->text;
    size_t i;

    xml_open(text, 2, "wsdl:binding", endpoint->name);
    xml_attr(text, "type",
             mem_printf("%s%s", wsdl_prefix(writer, interface->ns),
                        interface->name));
    text_put(text, ">\n");
    if (endpoint->has_addressing) {
        text_put(text, "    <wsp:PolicyReference");
        xml_attr(text, "URI", mem_printf("#%s_policy", endpoint->name));
        text_put(text, "/>\n");
    }
    text_printf(text,
                "    <%s:binding "
                "transport=\"http://schemas.xmlsoap.org/soap/http\"%s/>\n",
                soap(endpoint), binding_style(interface));
    for (i = 0; i < interface->told.count; i++)
        put_bound_operation(writer, interface, endpoint,
                            VEC(&interface->told, struct operation, i));
    text_put(text, "  </wsdl:binding>\n");
}

/* What a client must do besides what a binding says: WS-Addressing. */
void
wsdl_put_policies(struct wsdl_writer *writer, const struct interface *interface)
{
    struct text *text = writer->text;
    size_t i;

    for (i = 0; i < interface->endpoints.count; i++) {
        const struct endpoint *endpoint =
            VEC(&interface->endpoints, struct endpoint, i);

        if (!endpoint->has_addressing)
            continue;
        text_put(text, "  <wsp:Policy");
        xml_attr(text, "wsu:Id", mem_printf("%s_policy", endpoint->name));
        text_put(text, ">\n    <wsp:ExactlyOne>\n      <wsp:All>\n"
                       "        <wsaw:UsingAddressing/>\n"
                       "      </wsp:All>\n    </wsp:ExactlyOne>\n"
                       "  </wsp:Policy>\n");
    }
}

void
wsdl_put_bindings(struct wsdl_writer *writer, const struct interface *interface)
{
    size_t i;

    for (i = 0; i < interface->endpoints.count; i++)
        put_binding(writer, interface,
                    VEC(&interface->endpoints, struct endpoint, i));
}

static const char *
address_of(const struct service *service)
{
    return service->address != NULL
               ? service->address
               : mem_printf("http://localhost:8000/%s", service->file);
}

void
wsdl_put_port(struct wsdl_writer *writer, const struct endpoint *endpoint)
{
    struct text *text = writer->text;

    xml_open(text, 4, "wsdl:port", endpoint->name);
    xml_attr(text, "binding",
             mem_printf("%s%s",
                        wsdl_prefix(writer, writer->service->binding_ns),
                        endpoint->name));
    text_printf(text, ">\n      <%s:address", soap(endpoint));
    xml_attr(text, "location", address_of(writer->service));
    text_put(text, "/>\n    </wsdl:port>\n");
}
