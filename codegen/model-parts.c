/* SPDX-License-Identifier: Apache-2.0 */
/* Header entries and fault details become parts, one for each element, whatever
 * the number of operations that have it. */
#include "codegen/model.h"

#include <string.h>

#include "codegen/generate.h"
#include "codegen/text.h"

struct xs_element *
model_part_element(const struct wsdl_part *part)
{
    struct xs_element *element = NEW(struct xs_element);

    element->c.space = XS_ELEMENT;
    element->c.name.local = part->name;
    element->type = part->type;
    element->c.place = part->place;
    if (part->type.to == NULL)
        diag_error(part->place, "part '%s' needs an element or a type",
                   part->name);
    return element;
}

/* ---- Names --------------------------------------------------------------- */

/* The functions of a part; %s: the interface's prefix and the part's name. */
static const char *const forms[][4] = {
    {"%s_set_%s", "%s_%s", "%s_request_%s", "%s_reply_%s"},
    {"%s_fault_%s", "%s_%s_detail", NULL, NULL}};

/* NULL: there are not so many. */
static const char *
form(size_t i, bool is_fault, const char *prefix, const char *name)
{
    struct text text = {NULL, 0, 0, SIZE_MAX};

    if (i >= 4 || forms[is_fault][i] == NULL)
        return NULL;
    text_printf(&text, forms[is_fault][i], prefix, name);
    return text.data;
}

static bool
is_free(const struct scope *names, bool is_fault, const char *prefix,
        const char *name)
{
    const char *function;
    size_t i;

    for (i = 0; (function = form(i, is_fault, prefix, name)) != NULL; i++)
        if (scope_has(names, function))
            return false;
    return true;
}

/* "session_header", "math_fault": what it is, unless the name says so. */
static const char *
wanted_name(const struct xs_element *element, bool is_fault)
{
    const char *name = name_snake(element->c.name.local);
    const char *kind = is_fault ? "fault" : "header";
    size_t size = strlen(name), end = strlen(kind);

    if (size >= end && strcmp(name + size - end, kind) == 0)
        return name;
    return is_fault ? name : mem_printf("%s_%s", name, kind);
}

static const char *
take_name(struct model *model, const char *prefix, const char *wanted,
          bool is_fault)
{
    const char *name = wanted, *function;
    unsigned n;
    size_t i;

    for (n = 2; !is_free(&model->names, is_fault, prefix, name); n++)
        name = mem_printf("%s_%u", wanted, n);
    for (i = 0; (function = form(i, is_fault, prefix, name)) != NULL; i++)
        scope_add(&model->names, function);
    return name;
}

/* ---- Parts --------------------------------------------------------------- */

static struct c_part *
find_part(const struct c_interface *interface, struct qname xml, bool is_fault)
{
    size_t i;

    for (i = 0; i < interface->parts.count; i++) {
        struct c_part *part = VEC(&interface->parts, struct c_part, i);

        if (part->is_fault == is_fault && qname_equal(part->xml, xml))
            return part;
    }
    return NULL;
}

static void
fill_part(struct model *model, const struct c_interface *interface,
          struct c_part *part, struct xs_element *element)
{
    struct c_type *type = NEW(struct c_type);

    type->is_message = true;
    type->tag = mem_printf("%s_%s_%s", interface->prefix, part->name,
                           part->is_fault ? "FAULT" : "HEADER");
    vec_add(&model->types_made, type);
    part->message.type = type;
    part->message.element =
        model_element(model, interface->prefix, element, 1, 1);
    model_add_param(type, part->message.element, "value", false);
}

static const struct header_mark *
find_mark(const struct model *model, struct qname xml)
{
    size_t i;

    for (i = 0; model->marks != NULL && i < model->marks->count; i++) {
        const struct header_mark *mark =
            VEC(model->marks, struct header_mark, i);
        struct qname name = {mark->ns, mark->local};

        if (qname_equal(name, xml))
            return mark;
    }
    return NULL;
}

static struct c_part *
make_part(struct model *model, struct c_interface *interface,
          const struct wsdl_part *wsdl, bool is_fault)
{
    struct xs_element *element = (struct xs_element *)(void *)wsdl->element.to;
    struct c_part *part;

    if (element == NULL && wsdl->type.to == NULL)
        return NULL;
    if (element == NULL)
        element = model_part_element(wsdl);
    part = find_part(interface, element->c.name, is_fault);
    if (part != NULL)
        return part;
    part = NEW(struct c_part);
    part->xml = element->c.name;
    part->is_fault = is_fault;
    part->mark = is_fault ? NULL : find_mark(model, part->xml);
    part->name = take_name(model, interface->prefix,
                           wanted_name(element, is_fault), is_fault);
    fill_part(model, interface, part, element);
    vec_add(&interface->parts, part);
    return part;
}

static void
add_once(struct vec *parts, struct c_part *part)
{
    size_t i;

    for (i = 0; i < parts->count; i++)
        if (VEC(parts, struct c_part, i) == part)
            return;
    vec_add(parts, part);
}

/* Entries of one direction; header faults come with replies. */
static void
add_headers(struct model *model, struct c_interface *interface,
            struct c_operation *op, const struct wsdl_body *body, bool is_input)
{
    size_t i;

    for (i = 0; i < body->headers.count; i++) {
        const struct wsdl_header *header =
            VEC(&body->headers, struct wsdl_header, i);
        const struct wsdl_part *wsdl = wsdl_header_part(model->wsdl, header);
        struct c_part *part = NULL;

        if (wsdl != NULL)
            part = make_part(model, interface, wsdl, false);
        if (part == NULL)
            continue;
        if (is_input && !header->is_fault) {
            part->in_request = true;
            add_once(&op->in_headers, part);
        } else {
            part->in_reply = true;
            add_once(&op->out_headers, part);
        }
    }
}

static void
add_fault(struct model *model, struct c_interface *interface,
          struct c_operation *op, const struct wsdl_param *fault)
{
    struct c_part *part;

    if (fault->message == NULL || fault->message->parts.count == 0)
        return;
    part = make_part(model, interface,
                     VEC(&fault->message->parts, struct wsdl_part, 0), true);
    if (part != NULL)
        add_once(&op->faults, part);
}

void
model_parts(struct model *model, struct c_interface *interface,
            struct c_operation *op, const struct wsdl_operation *wsdl,
            const struct wsdl_binding_operation *binding)
{
    size_t i;

    if (binding != NULL) {
        add_headers(model, interface, op, &binding->input, true);
        add_headers(model, interface, op, &binding->output, false);
    }
    for (i = 0; !op->one_way && i < wsdl->faults.count; i++)
        add_fault(model, interface, op,
                  VEC(&wsdl->faults, struct wsdl_param, i));
    if (op->in_headers.count + op->out_headers.count + op->faults.count > 0)
        op->extras = mem_printf("%s_%s_EXTRAS", interface->prefix, op->name);
}
