/* SPDX-License-Identifier: Apache-2.0 */
/* A WSDL on its way. */
#ifndef SBN_CODEGEN_CONTRACT_WSDL_H
#define SBN_CODEGEN_CONTRACT_WSDL_H

#include "codegen/contract-emit.h"

struct wsdl_writer {
    struct text *text;
    const struct service *service;
    struct map messages; /* names of those written */
    const char *ns;       /* the document's; NULL: it stands for all */
    struct vec others;    /* const char *: namespaces of the other documents */
};

/* "tns:", "i0:" ... of a component of ns; "" for none. */
const char *wsdl_prefix(const struct wsdl_writer *writer, const char *ns);

/* Of the message of message's headers. */
const char *wsdl_headers_name(const struct message *message);

void wsdl_put_policies(struct wsdl_writer *writer,
                       const struct interface *interface);
void wsdl_put_bindings(struct wsdl_writer *writer,
                       const struct interface *interface);
void wsdl_put_port(struct wsdl_writer *writer, const struct endpoint *endpoint);

#endif
