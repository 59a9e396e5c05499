/* SPDX-License-Identifier: Apache-2.0 */
/* Names become messages, port types and bindings; what is missing is told. */
#include "codegen/wsdl.h"

#include <string.h>

#include "codegen/wellknown.h"

/* What has the local name, when nothing else does. */
static void *
only_one(const struct map *map, struct qname name, struct place place,
         const char *kind)
{
    const char *key = NULL, *end;
    void *found = NULL;
    size_t i;

    for (i = 0; i < map->room; i++) {
        if (map->slots[i].key == NULL)
            continue;
        end = strrchr(map->slots[i].key, '}');
        end = end == NULL ? map->slots[i].key : end + 1;
        if (strcmp(end, name.local) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = map->slots[i].value;
        key = map->slots[i].key;
    }
    if (found != NULL)
        diag_warning(place, "%s '%s' is not defined; '%s' is used", kind,
                     qname_text(name), key);
    return found;
}

/* A name without namespace, in a file without target namespace, is often given
 * a prefix all the same. */
static void *
find(const struct map *map, struct qname name, struct place place,
     const char *kind)
{
    void *found;

    if (name.local == NULL)
        return NULL; /* told when it was read */
    found = map_get(map, qname_text(name));
    if (found == NULL)
        found = map_get(map, name.local);
    if (found == NULL && qname_is_loose(name))
        found = only_one(map, name, place, kind);
    if (found == NULL)
        diag_problem(place, "%s '%s' is not defined", kind, qname_text(name));
    return found;
}

/* What a message of an operation refers to. */
static void
want(struct wsdl_message *message)
{
    size_t i;

    for (i = 0; message != NULL && i < message->parts.count; i++) {
        struct wsdl_part *part = VEC(&message->parts, struct wsdl_part, i);

        part->element.wanted = part->type.wanted = true;
    }
}

static void
resolve_param(struct wsdl *wsdl, struct wsdl_param *param)
{
    if (param == NULL)
        return;
    param->message = (struct wsdl_message *)find(
        &wsdl->message_names, param->message_name, param->place, "message");
    want(param->message);
}

static void
resolve_port_type(struct wsdl *wsdl, struct wsdl_port_type *type)
{
    size_t i, k;

    for (i = 0; i < type->operations.count; i++) {
        struct wsdl_operation *op =
            VEC(&type->operations, struct wsdl_operation, i);

        resolve_param(wsdl, op->input);
        resolve_param(wsdl, op->output);
        for (k = 0; k < op->faults.count; k++)
            resolve_param(wsdl, VEC(&op->faults, struct wsdl_param, k));
    }
}

static void
resolve_service(struct wsdl *wsdl, struct wsdl_service *service)
{
    size_t i;

    for (i = 0; i < service->ports.count; i++) {
        struct wsdl_port *port = VEC(&service->ports, struct wsdl_port, i);

        /* what a client connects to is not guessed */
        if (port->binding_name.ns != NULL &&
            strcmp(port->binding_name.ns, NS_WSDL) == 0)
            diag_problem(port->place, "binding '%s' is not defined",
                         qname_text(port->binding_name));
        else
            port->binding = (struct wsdl_binding *)find(&wsdl->binding_names,
                                                        port->binding_name,
                                                        port->place, "binding");
    }
}

/* The documents that files import and that are not here, as far as they are
 * well known. */
void
wsdl_read_wellknown(struct wsdl *wsdl)
{
    const struct schema_missing *missing;
    struct document *document;
    size_t i;

    for (i = 0; i < wsdl->missing.count; i++) {
        missing = VEC(&wsdl->missing, struct schema_missing, i);
        document = document_wellknown(wsdl->documents, missing->ns);
        if (document != NULL)
            wsdl_read(wsdl, document);
    }
}

static void
tell_missing(const struct wsdl *wsdl)
{
    size_t i;

    for (i = 0; i < wsdl->missing.count; i++) {
        const struct schema_missing *missing =
            VEC(&wsdl->missing, struct schema_missing, i);

        if (!wellknown_has(missing->ns) &&
            (missing->ns == NULL ||
             map_get(&wsdl->schemas.namespaces, missing->ns) == NULL))
            diag_problem(missing->place,
                         "'%s' is not a file here, and nothing "
                         "is fetched from elsewhere",
                         missing->location);
    }
}

/* The operation of a binding's port type; NULL: none, or overloaded. */
static const struct wsdl_operation *
port_type_operation(const struct wsdl_binding *binding, const char *name)
{
    const struct wsdl_operation *found = NULL, *op;
    size_t i;

    for (i = 0; binding->type != NULL && i < binding->type->operations.count;
         i++) {
        op = VEC(&binding->type->operations, struct wsdl_operation, i);
        if (strcmp(op->name, name) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = op;
    }
    return found;
}

static bool
has_operation(const struct wsdl_binding *binding, const char *name)
{
    size_t i;

    for (i = 0; binding->type != NULL && i < binding->type->operations.count;
         i++)
        if (strcmp(
                VEC(&binding->type->operations, struct wsdl_operation, i)->name,
                name) == 0)
            return true;
    return false;
}

/* WSDL 1.1, 3.7: message and part together name a header's part. Without a
 * message only the operation's own can be meant. */
static void
complete_headers(struct wsdl *wsdl, struct wsdl_body *body,
                 const struct wsdl_param *param)
{
    size_t i;

    for (i = 0; i < body->headers.count; i++) {
        struct wsdl_header *header = VEC(&body->headers, struct wsdl_header, i);

        if (header->message_name.local != NULL) {
            want((struct wsdl_message *)map_get(
                &wsdl->message_names, qname_text(header->message_name)));
            continue;
        }
        if (param != NULL && param->message != NULL) {
            header->message_name = param->message->name;
            diag_warning(header->place,
                         "<header> needs a message; the operation's own, '%s', "
                         "is taken",
                         qname_text(header->message_name));
        } else {
            diag_warning(header->place, "<header> needs a message; left out");
        }
    }
}

static void
resolve_binding(struct wsdl *wsdl, struct wsdl_binding *binding)
{
    const struct wsdl_operation *op;
    size_t i;

    binding->type = (struct wsdl_port_type *)find(&wsdl->port_type_names,
                                                  binding->type_name,
                                                  binding->place, "port type");
    for (i = 0; i < binding->operations.count; i++) {
        struct wsdl_binding_operation *bound =
            VEC(&binding->operations, struct wsdl_binding_operation, i);

        if (wsdl->pruned && !has_operation(binding, bound->name))
            continue;
        op = port_type_operation(binding, bound->name);
        complete_headers(wsdl, &bound->input, op != NULL ? op->input : NULL);
        complete_headers(wsdl, &bound->output, op != NULL ? op->output : NULL);
    }
}

void
wsdl_resolve(struct wsdl *wsdl)
{
    size_t i;

    wsdl_read_wellknown(wsdl);
    tell_missing(wsdl);
    if (!wsdl->pruned)
        schema_resolve(&wsdl->schemas);
    for (i = 0; i < wsdl->port_types.count; i++)
        resolve_port_type(wsdl,
                          VEC(&wsdl->port_types, struct wsdl_port_type, i));
    for (i = 0; i < wsdl->bindings.count; i++)
        resolve_binding(wsdl, VEC(&wsdl->bindings, struct wsdl_binding, i));
    if (wsdl->pruned) {
        /* messages have told what is wanted */
        wsdl->schemas.only_wanted = true;
        schema_resolve(&wsdl->schemas);
    }
    for (i = 0; i < wsdl->services.count; i++)
        resolve_service(wsdl, VEC(&wsdl->services, struct wsdl_service, i));
    wsdl->data_contract =
        map_get(&wsdl->schemas.namespaces, NS_SERIALIZATION) != NULL;
}

struct wsdl_part *
wsdl_header_part(const struct wsdl *wsdl, const struct wsdl_header *header)
{
    const struct wsdl_message *message;
    size_t i;

    if (header->message_name.local == NULL || header->part == NULL)
        return NULL;
    message = (const struct wsdl_message *)map_get(
        &wsdl->message_names, qname_text(header->message_name));
    for (i = 0; message != NULL && i < message->parts.count; i++) {
        struct wsdl_part *part = VEC(&message->parts, struct wsdl_part, i);

        if (part->name != NULL && strcmp(part->name, header->part) == 0)
            return part;
    }
    diag_warning(header->place,
                 "the header's message '%s' has no part '%s'; left out",
                 qname_text(header->message_name), header->part);
    return NULL;
}
