/* SPDX-License-Identifier: Apache-2.0 */
/* Messages: the envelope around the content, by an operation's binding. */
#include "codegen/sample.h"

#include <stdio.h>
#include <string.h>

#include "codegen/sample-parts.h"
#include "codegen/soap-binding.h"

#define NS_ENVELOPE11 "http://schemas.xmlsoap.org/soap/envelope/"
#define NS_ENVELOPE12 "http://www.w3.org/2003/05/soap-envelope"

/* Where a message stands in its WSDL. */
struct message {
    const struct wsdl *wsdl;
    const struct wsdl_port_type *type;
    const struct wsdl_operation *op;
    const struct wsdl_param *param;
    const struct wsdl_body *body; /* NULL: no SOAP binding */
    bool rpc, soap12, reply;
};

/* ---- Names --------------------------------------------------------------- */

const char *
sample_prefix(struct sample *sample, const char *ns)
{
    size_t i;

    if (strcmp(ns, NS_XML) == 0)
        return "xml";
    for (i = 0; i < sample->namespaces.count; i++)
        if (strcmp(VEC(&sample->namespaces, const char, i), ns) == 0)
            break;
    if (i == sample->namespaces.count)
        vec_add(&sample->namespaces, (void *)(uintptr_t)ns);
    if (strcmp(ns, NS_XSI) == 0)
        return "xsi";
    return strcmp(ns, NS_XSD) == 0 ? "xsd" : mem_printf("n%zu", i + 1);
}

const char *
sample_name(struct sample *sample, struct qname name)
{
    if (name.ns == NULL)
        return name.local;
    return mem_printf("%s:%s", sample_prefix(sample, name.ns), name.local);
}

/* ---- Bodies -------------------------------------------------------------- */

/* The element of a part, or one that its type makes. */
static const struct xs_element *
part_element(const struct wsdl_part *part)
{
    struct xs_element *element;

    if (part->element.to != NULL)
        return (const struct xs_element *)(const void *)part->element.to;
    if (part->type.to == NULL)
        return NULL;
    element = NEW(struct xs_element);
    element->c.name.local = part->name;
    element->type = part->type;
    return element;
}

static void
write_part(struct sample *sample, const struct wsdl_part *part)
{
    const struct xs_element *element = part_element(part);

    if (element != NULL)
        sample_element(sample, element, sample->minimal);
}

/* WS-I Basic Profile 1.1, R2735: parts are in no namespace. */
static void
write_rpc(struct sample *sample, const struct message *message,
          const struct vec *parts)
{
    struct qname name = {message->body->ns, message->op->name};
    const char *tag;
    size_t i;

    if (name.ns != NULL && *name.ns == '\0')
        name.ns = NULL;
    if (message->reply)
        name.local = mem_printf("%sResponse", name.local);
    tag = sample_name(sample, name);
    sample_start_line(sample);
    text_printf(&sample->body, "<%s", tag);
    if (message->body->encoded)
        text_printf(&sample->body, " soap:encodingStyle=\"%s\"", NS_ENCODING11);
    text_put(&sample->body, ">");
    sample->depth++;
    for (i = 0; i < parts->count; i++)
        write_part(sample, VEC(parts, struct wsdl_part, i));
    sample->depth--;
    sample_start_line(sample);
    text_printf(&sample->body, "</%s>", tag);
}

static void
write_body(struct sample *sample, const struct message *message)
{
    struct vec parts = {NULL, 0, 0};
    size_t i;

    if (message->param == NULL || message->param->message == NULL)
        return;
    soap_body_parts(message->body, message->param->message, &parts);
    if (message->rpc)
        write_rpc(sample, message, &parts);
    else
        for (i = 0; i < parts.count; i++)
            write_part(sample, VEC(&parts, struct wsdl_part, i));
}

/* ---- Headers ------------------------------------------------------------- */

static void
write_header(struct sample *sample, const struct message *message,
             const struct wsdl_header *header)
{
    const struct wsdl_message *of = (const struct wsdl_message *)map_get(
        &message->wsdl->message_names, qname_text(header->message_name));
    size_t i;

    for (i = 0; of != NULL && header->part != NULL && i < of->parts.count; i++)
        if (strcmp(VEC(&of->parts, struct wsdl_part, i)->name, header->part) ==
            0)
            write_part(sample, VEC(&of->parts, struct wsdl_part, i));
}

static void
write_headers(struct sample *sample, const struct message *message)
{
    size_t i;

    if (message->body == NULL || message->body->headers.count == 0)
        return;
    text_put(&sample->body, "\n  <soap:Header>");
    sample->depth = 2;
    for (i = 0; i < message->body->headers.count; i++)
        write_header(sample, message,
                     VEC(&message->body->headers, struct wsdl_header, i));
    text_put(&sample->body, "\n  </soap:Header>");
}

/* ---- Envelopes ----------------------------------------------------------- */

static void
reset_types(const struct schemas *schemas)
{
    struct xs_component *component;
    size_t i;

    for (i = 0; i < schemas->components.count; i++) {
        component = VEC(&schemas->components, struct xs_component, i);
        if (component->space == XS_TYPE)
            ((struct xs_type *)(void *)component)->shown = 0;
    }
    for (i = 0; i < schemas->elements.count; i++) {
        struct xs_element *element =
            VEC(&schemas->elements, struct xs_element, i);

        if (element->inline_type != NULL)
            element->inline_type->shown = 0;
    }
}

static void
print_start(const struct sample *sample, const struct message *message)
{
    size_t i;

    printf("<!-- %s of %s, %s -->\n<soap:Envelope xmlns:soap=\"%s\"",
           message->reply ? "reply" : "request", message->op->name,
           message->type->name.local,
           message->soap12 ? NS_ENVELOPE12 : NS_ENVELOPE11);
    for (i = 0; i < sample->namespaces.count; i++) {
        const char *ns = VEC(&sample->namespaces, const char, i);
        struct text escaped = {NULL, 0, 0, 0};

        sample_escaped(&escaped, ns);
        printf("\n    xmlns:%s=\"%s\"",
               strcmp(ns, NS_XSI) == 0   ? "xsi"
               : strcmp(ns, NS_XSD) == 0 ? "xsd"
                                         : mem_printf("n%zu", i + 1),
               escaped.data);
    }
    puts(">");
}

static void
print_message(const struct message *message,
              const struct sample_options *options)
{
    struct sample sample;

    memset(&sample, 0, sizeof(sample));
    sample.schemas = &message->wsdl->schemas;
    sample.minimal = options->minimal;
    sample.variant = options->variant;
    sample.encoded = message->body != NULL && message->body->encoded;
    reset_types(sample.schemas);
    write_headers(&sample, message);
    text_put(&sample.body, "\n  <soap:Body>");
    sample.depth = 2;
    write_body(&sample, message);
    text_put(&sample.body, "\n  </soap:Body>");
    print_start(&sample, message);
    printf("%s\n</soap:Envelope>\n", sample.body.data + 1);
}

/* ---- Operations ---------------------------------------------------------- */

static bool
is_wanted(const struct wsdl_operation *op, const struct sample_options *options)
{
    return !op->output_first && (!options->reply || op->output != NULL) &&
           (options->operation == NULL ||
            strcmp(options->operation, op->name) == 0);
}

/* The number of messages. */
static size_t
print_port_type(const struct wsdl *wsdl, const struct wsdl_port_type *type,
                const struct sample_options *options)
{
    const struct wsdl_binding *binding =
        soap_best_binding(wsdl, type, options->soap12);
    size_t count = 0, i;

    for (i = 0; i < type->operations.count; i++) {
        struct message message = {wsdl, type,  NULL,  NULL,
                                  NULL, false, false, options->reply};
        const struct wsdl_binding_operation *bound;

        message.op = VEC(&type->operations, struct wsdl_operation, i);
        bound = soap_bound_operation(binding, message.op);
        if (!is_wanted(message.op, options) ||
            (binding != NULL && bound == NULL))
            continue;
        message.param = options->reply ? message.op->output : message.op->input;
        if (bound != NULL) {
            message.body = options->reply ? &bound->output : &bound->input;
            message.rpc = bound->rpc;
        }
        message.soap12 = binding != NULL ? binding->transport == WSDL_SOAP12
                                         : options->soap12;
        print_message(&message, options);
        count++;
    }
    return count;
}

static void
print_all(const struct wsdl *wsdl, const struct sample_options *options,
          const char *file)
{
    struct place place = {file, 0};
    struct vec types = {NULL, 0, 0};
    size_t count = 0, i;

    soap_port_types(wsdl, &types);
    for (i = 0; i < types.count; i++)
        count += print_port_type(wsdl, VEC(&types, struct wsdl_port_type, i),
                                 options);
    if (count == 0 && options->operation != NULL)
        diag_error(place, "there is no operation '%s' in it%s",
                   options->operation,
                   options->reply ? " that has a reply" : "");
    else if (count == 0 && !options->reply)
        diag_error(place, "there is no operation in it");
}

bool
sample(const struct vec *files, const struct sample_options *options)
{
    struct place nowhere = {NULL, 0};
    struct documents documents;
    struct document *document;
    struct wsdl wsdl;
    size_t i;

    memset(&documents, 0, sizeof(documents));
    wsdl_init(&wsdl, &documents);
    for (i = 0; i < files->count; i++) {
        document =
            document_open(&documents, VEC(files, const char, i), nowhere);
        if (document != NULL)
            wsdl_read(&wsdl, document);
    }
    if (diag_errors() == 0)
        wsdl_resolve(&wsdl);
    if (diag_errors() == 0) {
        sample_heights(&wsdl.schemas);
        print_all(&wsdl, options, VEC(files, const char, 0));
    }
    documents_close(&documents);
    return diag_errors() == 0;
}
