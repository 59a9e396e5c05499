/* SPDX-License-Identifier: Apache-2.0 */
/* Messages become structs, whose members are an operation's parameters. */
#include "codegen/model-message.h"

#include <string.h>

#include "codegen/soap-binding.h"

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

bool
message_is_wrapped(const struct op_builder *b)
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

bool
message_follows_wcf(const struct op_builder *b)
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
    type->tag = mem_printf("%s_%s_%s", b->interface->prefix, b->op->name,
                           is_output ? "completed" : "IN");
    type->key = mem_printf("%s.%s.%s", qname_text(b->interface->xml),
                           b->op->xml, is_output ? "out" : "in");
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
        name = is_output ? "result" : "parameters";
    message->type = message_type(b, is_output);
    message->element =
        model_element(b->model, b->interface->prefix, element, 1, 1);
    model_add_param(message->type, message->element, name, false);
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

/* The parts in the order of the operation's parameterOrder. What that does not
 * list comes behind, but for results, which come first (WSDL 1.1, 2.4.6). */
static void
order_parts(const struct op_builder *b, const struct vec *parts, bool is_output,
            struct vec *ret_parts)
{
    const char *order = b->wsdl->parameter_order;
    size_t i, size;
    int pass;

    for (pass = 0; pass < 2; pass++) {
        const char *at = order == NULL ? "" : order;

        for (i = 0; (pass == 0) == is_output && i < parts->count; i++) {
            struct wsdl_part *part = VEC(parts, struct wsdl_part, i);

            if (order == NULL || !soap_lists(order, part->name))
                vec_add(ret_parts, part);
        }
        for (; (pass == 1) == is_output && *at != '\0'; at += size) {
            at += strspn(at, " \t\r\n");
            size = strcspn(at, " \t\r\n");
            for (i = 0; i < parts->count; i++) {
                struct wsdl_part *part = VEC(parts, struct wsdl_part, i);

                if (strlen(part->name) == size &&
                    strncmp(part->name, at, size) == 0)
                    vec_add(ret_parts, part);
            }
        }
    }
}

/* .NET leaves out what is null, or says nil; others do one of both. */
static struct c_field *
part_field(struct op_builder *b, const struct wsdl_part *part)
{
    struct xs_element *element = part_element(part);
    struct c_field *field;

    if (element == NULL)
        element = model_part_element(part);
    field = model_element(
        b->model, mem_printf("%s_%s", b->interface->prefix, b->op->name),
        element, 1, 1);
    field->min = 0;
    field->flags |= SBN_F_OPTIONAL;
    if (field_is_nullable(field) || field->kind == SBN_K_STRUCT)
        field->flags |= SBN_F_NILLABLE;
    return field;
}

/* A number that is nil is 0 to the program, and nil when written back. */
static void
add_rpc_param(struct op_builder *b, struct c_type *type,
              const struct wsdl_part *part, bool is_output)
{
    const char *name = param_name(b, part->name, is_output);
    struct c_field *field = part_field(b, part);

    model_add_param(type, field, name, true);
    if (field->flags & (SBN_F_NILLABLE | SBN_F_REPEATED))
        return;
    field->flags |= SBN_F_NILLABLE;
    field->nil = mem_printf("%s_nil", field->member);
}

/* With whole messages: a struct of its own for the parts. */
static void
rpc_contract(struct op_builder *b, struct c_message *message, struct qname name,
             const struct vec *parts, bool is_output)
{
    struct c_type *type = model_new_type(
        b->model, mem_printf("%s_%s_%s", b->interface->prefix, b->op->name,
                             is_output ? "response" : "request"));
    size_t i;

    for (i = 0; i < parts->count; i++) {
        const struct wsdl_part *part = VEC(parts, struct wsdl_part, i);

        model_add_field(type, part_field(b, part),
                        param_name(b, part->name, is_output));
    }
    message->type = message_type(b, is_output);
    message->element = wrapper_field(b, type, name);
    model_add_param(message->type, message->element,
                    is_output ? "result" : "parameters", false);
}

/* rpc: the wrapper is named after the operation, the parts are unqualified
 * (WS-I Basic Profile 1.1, R2735). */
static void
rpc_message(struct op_builder *b, struct c_message *message,
            const struct vec *parts, const struct wsdl_body *body,
            bool is_output)
{
    struct qname name = {body->ns, b->wsdl->name};
    struct vec ordered = {NULL, 0, 0};
    size_t i;

    if (name.ns != NULL && *name.ns == '\0')
        name.ns = NULL;
    if (is_output)
        name.local = mem_printf("%sResponse", name.local);
    order_parts(b, parts, is_output, &ordered);
    if (b->model->message_contract) {
        rpc_contract(b, message, name, &ordered, is_output);
        return;
    }
    message->wrapped = true;
    message->type = message_type(b, is_output);
    message->element = wrapper_field(b, message->type, name);
    for (i = 0; i < ordered.count; i++)
        add_rpc_param(b, message->type, VEC(&ordered, struct wsdl_part, i),
                      is_output);
}

/* A body of several elements, which WS-I forbids and services have. */
static void
several_message(struct op_builder *b, struct c_message *message,
                const struct vec *parts, bool is_output)
{
    struct qname none = {NULL, NULL};
    size_t i;

    message->several = true;
    message->type = message_type(b, is_output);
    message->element = wrapper_field(b, message->type, none);
    for (i = 0; i < parts->count; i++) {
        const struct wsdl_part *part = VEC(parts, struct wsdl_part, i);
        struct xs_element *element = part_element(part);

        if (element == NULL && part->type.to == NULL)
            continue;
        if (element == NULL)
            element = model_part_element(part);
        model_add_param(
            message->type,
            model_element(b->model, b->interface->prefix, element, 1, 1),
            param_name(b, part->name, is_output), false);
    }
}

void
message_build(struct op_builder *b, struct c_message *message,
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
    if (parts.count > 1) {
        several_message(b, message, &parts, is_output);
        return;
    }
    if (part->element.to == NULL && !accept_type(part))
        return;
    if (part->element.to == NULL)
        bare_message(b, message, model_part_element(part), is_output);
    else if (wrapped)
        wrapped_message(b, message, part_element(part), is_output);
    else
        bare_message(b, message, part_element(part), is_output);
}
