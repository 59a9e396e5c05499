/* SPDX-License-Identifier: Apache-2.0 */
/* Port types become interfaces; operations become functions with parameters. */
#include "codegen/model.h"

#include <string.h>

#include "codegen/soap-binding.h"
#include "codegen/text.h"

/* An operation being built. */
struct op_builder {
    struct model *model;
    struct c_interface *interface;
    struct c_operation *op;
    struct wsdl_operation *wsdl;
    const struct wsdl_binding_operation *binding; /* NULL: no SOAP binding */
    bool by_value; /* absent scalars are as good as 0 */
};

/* ---- Wrappers ------------------------------------------------------------ */

static bool
wraps_particle(const struct xs_particle *particle)
{
    const struct xs_group *group;
    const struct xs_element *element;
    size_t i;

    if (particle == NULL)
        return true;
    switch (particle->kind) {
    case XS_P_ELEMENT:
        element = (const struct xs_element *)(const void *)particle->ref.to;
        return particle->element != NULL || element == NULL ||
               element->substitutes.count == 0;
    case XS_P_ANY:
        return true;
    case XS_P_GROUP:
        group = (const struct xs_group *)(const void *)particle->ref.to;
        return particle->min == 1 && particle->max == 1 && group != NULL &&
               wraps_particle(group->content);
    case XS_P_SEQUENCE:
        if (particle->min != 1 || particle->max != 1)
            return false;
        for (i = 0; i < particle->children.count; i++)
            if (!wraps_particle(
                    VEC(&particle->children, struct xs_particle, i)))
                return false;
        return true;
    case XS_P_CHOICE:
    case XS_P_ALL:
        break;
    }
    return false;
}

/* Whether the content of an element of type can be an operation's parameters: a
 * sequence of elements and nothing else. */
static bool
wraps_type(const struct xs_type *type)
{
    const struct xs_type *base = xs_base(type);

    return type->is_complex && !type->builtin && !type->mixed &&
           !type->simple_content && !type->abstract &&
           type->derived.count == 0 && type->attributes.count == 0 &&
           type->attribute_groups.count == 0 && type->any_attribute == NULL &&
           (base == NULL || base->builtin) && wraps_particle(type->content);
}

static const struct wsdl_part *
single_element_part(const struct wsdl_param *param,
                    const struct wsdl_body *body)
{
    struct vec parts = {NULL, 0, 0};

    if (param == NULL || param->message == NULL)
        return NULL;
    soap_body_parts(body, param->message, &parts);
    if (parts.count != 1 ||
        VEC(&parts, struct wsdl_part, 0)->element.to == NULL)
        return NULL;
    return VEC(&parts, struct wsdl_part, 0);
}

static struct xs_element *
part_element(const struct wsdl_part *part)
{
    return (struct xs_element *)(void *)part->element.to;
}

/* Whether one direction has the form of a wrapped operation; an absent message
 * does not stand in the way. */
static bool
may_be_wrapped(const struct op_builder *b, const struct wsdl_param *param,
               const struct wsdl_body *body)
{
    const struct wsdl_part *part;

    if (param == NULL ||
        (param->message != NULL && param->message->parts.count == 0))
        return true;
    part = single_element_part(param, body);
    return part != NULL && !part_element(part)->nillable &&
           wraps_type(
               xs_element_type(&b->model->wsdl->schemas, part_element(part)));
}

static bool
is_wrapped(const struct op_builder *b)
{
    const struct wsdl_body *in = b->binding ? &b->binding->input : NULL;
    const struct wsdl_body *out = b->binding ? &b->binding->output : NULL;
    const struct wsdl_part *part;

    if (b->model->message_contract || !may_be_wrapped(b, b->wsdl->input, in) ||
        !may_be_wrapped(b, b->wsdl->output, out))
        return false;
    part = single_element_part(b->wsdl->input, in);
    return part != NULL &&
           (strcmp(part->name, "parameters") == 0 ||
            strcmp(part_element(part)->c.name.local, b->wsdl->name) == 0);
}

/* WCF names its messages so, and then writes every value. */
static bool
follows_wcf(const struct op_builder *b)
{
    const char *name = mem_printf("%s_%s_InputMessage", b->interface->xml.local,
                                  b->wsdl->name);

    return b->model->wsdl->data_contract ||
           (b->wsdl->input != NULL &&
            b->wsdl->input->message_name.local != NULL &&
            strcmp(b->wsdl->input->message_name.local, name) == 0);
}

/* ---- Parameters ---------------------------------------------------------- */

/* Names that the generated functions use themselves. */
static const char *
not_ours(const char *name)
{
    static const char *const ours[] = {
        "client", "call",   "done",  "state", "user_state", "in",
        "out",    "status", "reply", "none",  "request",    "service",
        "events", "e",      "c",     "error", "cancelled",  "operations"};
    size_t i;

    for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
        if (strcmp(name, ours[i]) == 0)
            return mem_printf("%s_", name);
    return name;
}

/* AddResult, addReturn and return are the result of Add. */
static const char *
param_name(const struct op_builder *b, const char *xml, bool is_output)
{
    size_t size = strlen(b->wsdl->name);

    if (is_output && strncmp(xml, b->wsdl->name, size) == 0)
        xml += size;
    if (is_output && (strcmp(xml, "Result") == 0 ||
                      strcmp(xml, "Return") == 0 || strcmp(xml, "return") == 0))
        return "result";
    return not_ours(name_snake(*xml == '\0' ? b->wsdl->name : xml));
}

static void
add_params(struct op_builder *b, struct c_type *type,
           const struct xs_particle *particle, bool is_output)
{
    struct xs_element *element;
    struct c_field *field;
    size_t i;

    if (particle == NULL || particle->max == 0)
        return;
    switch (particle->kind) {
    case XS_P_ELEMENT:
        element = particle->element != NULL
                      ? particle->element
                      : (struct xs_element *)(void *)particle->ref.to;
        if (element == NULL)
            return;
        field = model_element(
            b->model, mem_printf("%s_%s", b->interface->prefix, b->op->name),
            element, particle->min, particle->max);
        model_add_param(type, field,
                        param_name(b, element->c.name.local, is_output),
                        b->by_value);
        break;
    case XS_P_ANY:
        field = NEW(struct c_field);
        field->kind = SBN_K_XML;
        field->flags = SBN_F_ANY | (particle->min == 0 ? SBN_F_OPTIONAL : 0) |
                       (particle->max > 1 ? SBN_F_REPEATED : 0);
        field->min = particle->min;
        field->max = particle->max == XS_UNBOUNDED ? 0 : particle->max;
        model_add_param(type, field, "any", b->by_value);
        break;
    case XS_P_GROUP:
        if (particle->ref.to != NULL)
            add_params(b, type,
                       ((struct xs_group *)(void *)particle->ref.to)->content,
                       is_output);
        break;
    default:
        for (i = 0; i < particle->children.count; i++)
            add_params(b, type, VEC(&particle->children, struct xs_particle, i),
                       is_output);
        break;
    }
}

/* ---- Messages ------------------------------------------------------------ */

static struct c_type *
message_type(struct op_builder *b, bool is_output)
{
    struct c_type *type = NEW(struct c_type);

    type->is_message = true;
    type->tag = scope_take(&b->model->locals,
                           mem_printf("%s%s_%s", b->interface->local,
                                      b->op->name, is_output ? "out" : "in"));
    type->local = type->tag;
    vec_add(&b->model->types_made, type);
    return type;
}

static struct c_field *
wrapper_field(struct op_builder *b, struct c_type *type, struct qname name)
{
    struct c_field *field = NEW(struct c_field);

    field->xml = name;
    field->ns = model_namespace(b->model, name.ns);
    field->kind = SBN_K_STRUCT;
    field->type = type;
    field->min = field->max = 1;
    return field;
}

static void
wrapped_message(struct op_builder *b, struct c_message *message,
                struct xs_element *element, bool is_output)
{
    struct xs_type *type = xs_element_type(&b->model->wsdl->schemas, element);

    message->wrapped = true;
    message->type = message_type(b, is_output);
    message->type->ns = model_namespace(b->model, element->c.name.ns);
    message->element = wrapper_field(b, message->type, element->c.name);
    add_params(b, message->type, type->content, is_output);
}

static void
bare_message(struct op_builder *b, struct c_message *message,
             struct xs_element *element, bool is_output)
{
    const char *name = param_name(b, element->c.name.local, is_output);

    if (b->model->message_contract)
        name = is_output ? "response" : "parameters";
    message->type = message_type(b, is_output);
    message->element =
        model_element(b->model, b->interface->prefix, element, 1, 1);
    model_add_param(message->type, message->element, name, false);
}

/* An unqualified element of the part's name and type. */
static struct xs_element *
element_of_part(const struct wsdl_part *part)
{
    struct xs_element *element = NEW(struct xs_element);

    element->c.name.local = part->name;
    element->type = part->type;
    element->c.place = part->place;
    if (part->type.to == NULL)
        diag_error(part->place, "part '%s' needs an element or a type",
                   part->name);
    return element;
}

/* A document is an element; WSDL 1.1 (3.5) leaves open what a type alone is. */
static bool
accept_type(const struct wsdl_part *part)
{
    if (part->type.to != NULL)
        diag_warning(part->place,
                     "part '%s' of a document has a type and no element; an "
                     "element '%s' without namespace is assumed",
                     part->name, part->name);
    else
        diag_error(part->place, "part '%s' needs an element or a type",
                   part->name);
    return part->type.to != NULL;
}

/* rpc: the wrapper is named after the operation, the parts are unqualified
 * (WS-I Basic Profile 1.1, R2735). */
static void
rpc_message(struct op_builder *b, struct c_message *message,
            const struct vec *parts, const struct wsdl_body *body,
            bool is_output)
{
    struct qname name = {body->ns, b->wsdl->name};
    size_t i;

    if (name.ns != NULL && *name.ns == '\0')
        name.ns = NULL;
    if (is_output)
        name.local = mem_printf("%sResponse", name.local);
    message->wrapped = true;
    message->type = message_type(b, is_output);
    message->element = wrapper_field(b, message->type, name);
    for (i = 0; i < parts->count; i++) {
        const struct wsdl_part *part = VEC(parts, struct wsdl_part, i);
        struct xs_element *element = part_element(part);
        struct c_field *field;

        if (element == NULL)
            element = element_of_part(part);
        field = model_element(
            b->model, mem_printf("%s_%s", b->interface->prefix, b->op->name),
            element, 1, 1);
        model_add_param(message->type, field,
                        param_name(b, part->name, is_output), true);
    }
}

static void
build_message(struct op_builder *b, struct c_message *message,
              const struct wsdl_param *param, bool wrapped, bool is_output)
{
    static const struct wsdl_body no_body = {
        false, false, NULL, NULL, {NULL, 0, 0}};
    const struct wsdl_body *body = &no_body;
    struct vec parts = {NULL, 0, 0};
    struct wsdl_part *part;

    if (param == NULL || param->message == NULL)
        return;
    if (b->binding != NULL)
        body = is_output ? &b->binding->output : &b->binding->input;
    soap_body_parts(body, param->message, &parts);
    if (b->binding != NULL && b->binding->rpc) {
        rpc_message(b, message, &parts, body, is_output);
        return;
    }
    if (parts.count == 0)
        return;
    part = VEC(&parts, struct wsdl_part, 0);
    if (parts.count > 1)
        diag_warning(param->place,
                     "message '%s' has %zu body parts; a document has one: "
                     "'%s' is used",
                     param->message_name.local, parts.count, part->name);
    if (part->element.to == NULL && !accept_type(part))
        return;
    if (part->element.to == NULL)
        bare_message(b, message, element_of_part(part), is_output);
    else if (wrapped)
        wrapped_message(b, message, part_element(part), is_output);
    else
        bare_message(b, message, part_element(part), is_output);
}

/* ---- Operations ---------------------------------------------------------- */

static bool
is_free(const struct scope *names, const char *prefix, const char *name)
{
    static const char *const forms[] = {"%s_%s", "%s_begin_%s", "%s_end_%s",
                                        "%s_%s_async", "%s_%s_completed"};
    size_t i;

    for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct text text = {NULL, 0, 0, 0};

        text_printf(&text, forms[i], prefix, name);
        if (scope_has(names, text.data))
            return false;
    }
    return true;
}

static void
take_all(struct scope *names, const char *prefix, const char *name)
{
    scope_add(names, mem_printf("%s_%s", prefix, name));
    scope_add(names, mem_printf("%s_begin_%s", prefix, name));
    scope_add(names, mem_printf("%s_end_%s", prefix, name));
    scope_add(names, mem_printf("%s_%s_async", prefix, name));
    scope_add(names, mem_printf("%s_%s_completed", prefix, name));
}

/* The operation's five functions and its struct get their names at once. */
static const char *
operation_name(struct op_builder *b)
{
    const char *wanted = name_snake(b->wsdl->name), *name = wanted;
    unsigned n;

    for (n = 2; !is_free(&b->model->names, b->interface->prefix, name); n++)
        name = mem_printf("%s_%u", wanted, n);
    take_all(&b->model->names, b->interface->prefix, name);
    return name;
}

/* In capitals; "" for the only one. */
static const char *
interface_upper(const struct c_interface *interface)
{
    return *interface->local == '\0' ? "" : name_upper(interface->prefix);
}

static void
build_operation(struct model *model, struct c_interface *interface,
                struct wsdl_operation *wsdl,
                const struct wsdl_binding_operation *binding)
{
    struct c_operation *op = NEW(struct c_operation);
    struct op_builder b = {model, interface, op, wsdl, binding, false};
    bool wrapped;

    op->xml = wsdl->name;
    op->name = operation_name(&b);
    op->member = name_safe(op->name);
    op->index = scope_take(&model->locals,
                           mem_printf("%s%sOP_%s", interface_upper(interface),
                                      *interface->local != '\0' ? "_" : "",
                                      name_upper(op->name)));
    op->doc = wsdl->doc;
    op->action = binding != NULL ? binding->action : NULL;
    if (op->action == NULL && wsdl->input != NULL)
        op->action = wsdl->input->action;
    if (op->action == NULL)
        op->action = "";
    op->one_way = wsdl->output == NULL;
    b.by_value = follows_wcf(&b);
    wrapped = is_wrapped(&b);
    build_message(&b, &op->in, wsdl->input, wrapped, false);
    build_message(&b, &op->out, wsdl->output, wrapped, true);
    vec_add(&interface->operations, op);
}

/* ---- Interfaces ---------------------------------------------------------- */

static const char *
binding_url(const struct wsdl *wsdl, const struct wsdl_binding *binding)
{
    size_t i, k;

    for (i = 0; binding != NULL && i < wsdl->services.count; i++) {
        const struct wsdl_service *service =
            VEC(&wsdl->services, struct wsdl_service, i);

        for (k = 0; k < service->ports.count; k++) {
            const struct wsdl_port *port =
                VEC(&service->ports, struct wsdl_port, k);

            if (port->binding == binding && port->address != NULL)
                return port->address;
        }
    }
    return NULL;
}

/* What every interface declares beside its operations. */
static void
take_service_names(struct model *model, const char *prefix)
{
    static const char *const forms[] = {
        "client", "client_new", "client_free",  "client_base", "client_listen",
        "events", "service",    "service_bind", "contract"};
    size_t i;

    for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        scope_add(&model->names, mem_printf("%s_%s", prefix, forms[i]));
}

static struct c_interface *
interface_new(struct model *model, const struct wsdl_port_type *type,
              bool alone)
{
    struct c_interface *interface = NEW(struct c_interface);
    const char *prefix = name_prefix(type->name.local);

    interface->xml = type->name;
    interface->doc = type->doc;
    interface->local = "";
    if (alone) {
        interface->prefix = model->prefix;
    } else {
        if (strcmp(prefix, model->prefix) != 0 && model->prefix_given)
            prefix = mem_printf("%s_%s", model->prefix, prefix);
        while (scope_has(&model->names, mem_printf("%s_client", prefix)))
            prefix = mem_printf("%s_2", prefix);
        interface->prefix = prefix;
        interface->local = mem_printf("%s_", prefix);
    }
    take_service_names(model, interface->prefix);
    return interface;
}

static void
build_interface(struct model *model, const struct wsdl_port_type *type,
                struct c_interface *interface)
{
    const struct wsdl_binding *binding =
        soap_best_binding(model->wsdl, type, false);
    size_t i;

    interface->url = binding_url(model->wsdl, binding);
    for (i = 0; i < type->operations.count; i++) {
        struct wsdl_operation *op =
            VEC(&type->operations, struct wsdl_operation, i);
        const struct wsdl_binding_operation *bound =
            soap_bound_operation(binding, op);

        if (op->output_first)
            diag_warning(op->place,
                         "operation '%s' is begun by the service and left out",
                         op->name);
        else if (binding != NULL && bound == NULL)
            diag_warning(op->place,
                         "operation '%s' is not in the binding and left out",
                         op->name);
        else
            build_operation(model, interface, op, bound);
    }
    vec_add(&model->interfaces, interface);
}

static void
build_all_types(struct model *model)
{
    const struct vec *all = &model->wsdl->schemas.components;
    size_t i;

    for (i = 0; i < all->count; i++) {
        struct xs_component *component = VEC(all, struct xs_component, i);
        struct c_field field = {
            {NULL, NULL}, 0,    SBN_K_STRING, 0,    0,    0,    NULL, NULL,
            NULL,         NULL, NULL,         NULL, NULL, NULL, false};

        if (component->space == XS_TYPE)
            model_value(model, &field, (struct xs_type *)(void *)component,
                        NULL);
        else if (component->space == XS_ELEMENT)
            model_element(model, model->prefix,
                          (struct xs_element *)(void *)component, 1, 1);
    }
}

void
model_build(struct model *model)
{
    struct vec types = {NULL, 0, 0}, interfaces = {NULL, 0, 0};
    size_t i;

    vec_add(&model->namespaces, NULL);
    scope_add(&model->locals, "namespaces");
    soap_port_types(model->wsdl, &types);
    if (model->prefix == NULL)
        model->prefix =
            types.count > 0
                ? name_prefix(VEC(&types, struct wsdl_port_type, 0)->name.local)
                : "types";
    if (!model->types)
        for (i = 0; i < types.count; i++)
            vec_add(&interfaces,
                    interface_new(model, VEC(&types, struct wsdl_port_type, i),
                                  types.count == 1));
    for (i = 0; i < interfaces.count; i++)
        build_interface(model, VEC(&types, struct wsdl_port_type, i),
                        VEC(&interfaces, struct c_interface, i));
    if (model->types)
        build_all_types(model);
    model_fill(model);
    model_sort(model);
    if (model->types)
        for (i = 0; i < model->sorted.count; i++)
            VEC(&model->sorted, struct c_type, i)->is_external = true;
}
