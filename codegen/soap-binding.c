/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/soap-binding.h"

#include <string.h>

/* ---- Which parts make the body ------------------------------------------- */

static bool
is_header(const struct wsdl_body *body, const struct wsdl_message *message,
          const struct wsdl_part *part)
{
    size_t i;

    for (i = 0; i < body->headers.count; i++) {
        const struct wsdl_header *header =
            VEC(&body->headers, struct wsdl_header, i);

        if (header->part != NULL && strcmp(header->part, part->name) == 0 &&
            !header->is_fault &&
            qname_equal(header->message_name, message->name))
            return true;
    }
    return false;
}

bool
soap_lists(const char *list, const char *word)
{
    size_t size = strlen(word);

    for (; *list != '\0'; list += strcspn(list, " \t\r\n")) {
        list += strspn(list, " \t\r\n");
        if (strcspn(list, " \t\r\n") == size && strncmp(list, word, size) == 0)
            return true;
    }
    return false;
}

/* Whether parts= says what makes the body: it may name none of the message's
 * parts, which is no answer, but be empty, which is one. */
static bool
tells_parts(const struct wsdl_body *body, const struct wsdl_message *message)
{
    size_t i;

    if (body == NULL || body->parts == NULL)
        return false;
    for (i = 0; i < message->parts.count; i++)
        if (soap_lists(body->parts,
                       VEC(&message->parts, struct wsdl_part, i)->name))
            return true;
    return *body->parts == '\0';
}

void
soap_body_parts(const struct wsdl_body *body,
                const struct wsdl_message *message, struct vec *ret_parts)
{
    bool told = tells_parts(body, message);
    size_t i;

    for (i = 0; i < message->parts.count; i++) {
        struct wsdl_part *part = VEC(&message->parts, struct wsdl_part, i);

        if (told) {
            if (soap_lists(body->parts, part->name))
                vec_add(ret_parts, part);
        } else if (body == NULL || !is_header(body, message, part)) {
            vec_add(ret_parts, part);
        }
    }
}

/* ---- Bindings ------------------------------------------------------------ */

const struct wsdl_binding *
soap_best_binding(const struct wsdl *wsdl, const struct wsdl_port_type *type,
                  bool soap12)
{
    const struct wsdl_binding *best = NULL;
    size_t i;

    for (i = 0; i < wsdl->bindings.count; i++) {
        const struct wsdl_binding *binding =
            VEC(&wsdl->bindings, struct wsdl_binding, i);

        if (binding->type == type && binding->transport != WSDL_OTHER &&
            (best == NULL || (soap12 ? binding->transport > best->transport
                                     : binding->transport < best->transport)))
            best = binding;
    }
    return best;
}

static bool
same_text(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* Overloads are told apart by the names of their messages. */
const struct wsdl_binding_operation *
soap_bound_operation(const struct wsdl_binding *binding,
                     const struct wsdl_operation *op)
{
    const struct wsdl_binding_operation *first = NULL, *at;
    size_t i;

    for (i = 0; binding != NULL && i < binding->operations.count; i++) {
        at = VEC(&binding->operations, struct wsdl_binding_operation, i);
        if (strcmp(at->name, op->name) != 0)
            continue;
        if (op->input != NULL && same_text(at->input_name, op->input->name))
            return at;
        if (first == NULL)
            first = at;
    }
    return first;
}

void
soap_port_types(const struct wsdl *wsdl, struct vec *ret_types)
{
    size_t i;

    for (i = 0; i < wsdl->port_types.count; i++) {
        struct wsdl_port_type *type =
            VEC(&wsdl->port_types, struct wsdl_port_type, i);

        if (soap_best_binding(wsdl, type, false) != NULL)
            vec_add(ret_types, type);
    }
    if (ret_types->count == 0)
        *ret_types = wsdl->port_types;
}
