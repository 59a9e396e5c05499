/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about port types and their SOAP bindings. */
#ifndef SBN_CODEGEN_SOAP_BINDING_H
#define SBN_CODEGEN_SOAP_BINDING_H

#include "codegen/wsdl.h"

/* The port types with a SOAP binding; without any, all. */
void soap_port_types(const struct wsdl *wsdl, struct vec *ret_types);

/* The binding to speak to a port type: SOAP 1.1 before 1.2 unless soap12, first
 * before later. NULL: there is none. */
const struct wsdl_binding *soap_best_binding(const struct wsdl *wsdl,
                                             const struct wsdl_port_type *type,
                                             bool soap12);

/* What binding, which may be NULL, says of op; NULL: nothing. */
const struct wsdl_binding_operation *
soap_bound_operation(const struct wsdl_binding *binding,
                     const struct wsdl_operation *op);

/* Those parts (struct wsdl_part) of message that make the body; body NULL: no
 * binding. */
void soap_body_parts(const struct wsdl_body *body,
                     const struct wsdl_message *message, struct vec *ret_parts);

/* Whether the blank-separated list names word. */
bool soap_lists(const char *list, const char *word);

#endif
