/* SPDX-License-Identifier: Apache-2.0 */
/* Port types become interfaces; operations become functions with parameters. */
#include <string.h>

#include "codegen/model-message.h"
#include "codegen/model-names.h"
#include "codegen/namemap.h"
#include "codegen/soap-binding.h"
#include "codegen/text.h"

/* ---- Operations ---------------------------------------------------------- */

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
    op->name = model_operation_name(model, wsdl);
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
    op->encoded_in = binding != NULL && binding->input.encoded;
    op->encoded_out = binding != NULL && binding->output.encoded;
    b.by_value = message_follows_wcf(&b);
    wrapped = message_is_wrapped(&b);
    message_build(&b, &op->in, wsdl->input, wrapped, false);
    message_build(&b, &op->out, wsdl->output, wrapped, true);
    model_parts(model, interface, op, wsdl, binding);
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

/* The versions its bindings speak; a URL of its own for 1.2 where that differs.
 */
static void
find_versions(const struct model *model, const struct wsdl_port_type *type,
              struct c_interface *interface)
{
    const struct wsdl *wsdl = model->wsdl;
    const char *url;
    size_t i;

    for (i = 0; i < wsdl->bindings.count; i++) {
        const struct wsdl_binding *binding =
            VEC(&wsdl->bindings, struct wsdl_binding, i);

        if (binding->type != type || binding->transport == WSDL_OTHER)
            continue;
        interface->soap |= binding->transport == WSDL_SOAP12
                               ? (unsigned)SBN_SOAP_12
                               : (unsigned)SBN_SOAP_11;
        url = binding_url(wsdl, binding);
        if (binding->transport == WSDL_SOAP12 && interface->url12 == NULL &&
            url != NULL && interface->url != NULL &&
            strcmp(url, interface->url) != 0)
            interface->url12 = url;
    }
}

/* What every interface declares beside its operations. */
static void
take_service_names(struct model *model, const char *prefix)
{
    static const char *const forms[] = {
        "client", "client_new", "client_free",  "client_base", "client_listen",
        "events", "service",    "service_bind", "contract"};
    size_t i;

    for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        scope_add(&model->names, mem_printf("%s_%s", prefix, forms[i]));
        scope_add(&model->naturals, mem_printf("%s_%s", prefix, forms[i]));
    }
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
        if (namemap_find("interface", qname_text(type->name)) != NULL)
            prefix = namemap_find("interface", qname_text(type->name));
        interface->prefix = prefix;
        interface->local = mem_printf("%s_", prefix);
    }
    namemap_note("interface", qname_text(type->name), interface->prefix);
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
    find_versions(model, type, interface);
    find_versions(model, type, interface);
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
build_type(struct model *model, struct xs_component *component)
{
    struct c_field field = {{NULL, NULL}, 0,    SBN_K_STRING, 0,    0,    0,
                            NULL,         NULL, NULL,         NULL, NULL, NULL,
                            NULL,         NULL, false};
    struct xs_type *type = (struct xs_type *)(void *)component;

    if (component->space == XS_TYPE)
        model_value(model, &field, type, model_inner_name(model, type));
    else if (component->space == XS_ELEMENT)
        model_element(model, model->prefix,
                      (struct xs_element *)(void *)component, 1, 1);
}

static void
build_all_types(struct model *model)
{
    const struct vec *all = &model->wsdl->schemas.components;
    size_t i;

    for (i = 0; i < all->count; i++)
        build_type(model, VEC(all, struct xs_component, i));
}

/* Those of the messages of the operations that were kept. */
static void
build_wanted_types(struct model *model)
{
    const struct vec *all = &model->wsdl->messages;
    size_t i, k;

    for (i = 0; i < all->count; i++) {
        const struct wsdl_message *message = VEC(all, struct wsdl_message, i);

        for (k = 0; k < message->parts.count; k++) {
            const struct wsdl_part *part =
                VEC(&message->parts, struct wsdl_part, k);

            if (part->element.wanted && part->element.to != NULL)
                build_type(model, part->element.to);
            if (part->type.wanted && part->type.to != NULL)
                build_type(model, part->type.to);
        }
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
        model_name_operations(model,
                              VEC(&interfaces, struct c_interface, i)->prefix,
                              VEC(&types, struct wsdl_port_type, i));
    model_name_types(model);
    for (i = 0; i < interfaces.count; i++)
        build_interface(model, VEC(&types, struct wsdl_port_type, i),
                        VEC(&interfaces, struct c_interface, i));
    if (model->types && model->wsdl->pruned)
        build_wanted_types(model);
    else if (model->types)
        build_all_types(model);
    model_fill(model);
    model_sort(model);
    if (model->types || model->split)
        for (i = 0; i < model->sorted.count; i++)
            VEC(&model->sorted, struct c_type, i)->is_external = true;
}
