/* SPDX-License-Identifier: Apache-2.0 */
/* A WSDL on its way. */
#ifndef SBN_CODEGEN_CONTRACT_WSDL_H
#define SBN_CODEGEN_CONTRACT_WSDL_H

#include "codegen/contract-emit.h"

struct wsdl_writer {
    struct text *text;
    const struct service *service;
    struct map messages; /* names of those written */
    /* Prefixes: "tns:", or one for the other document of two. */
    const char *service_prefix, *binding_prefix;
};

/* Of the message of message's headers. */
const char *wsdl_headers_name(const struct message *message);

void wsdl_put_policies(struct wsdl_writer *writer,
                       const struct interface *interface);
void wsdl_put_bindings(struct wsdl_writer *writer,
                       const struct interface *interface);
void wsdl_put_port(struct wsdl_writer *writer, const struct endpoint *endpoint);

#endif
