/* SPDX-License-Identifier: Apache-2.0 */
/* Messages of operations, for model-service.c. */
#ifndef SBN_CODEGEN_MODEL_MESSAGE_H
#define SBN_CODEGEN_MODEL_MESSAGE_H

#include "codegen/model.h"

/* An operation being built. */
struct op_builder {
    struct model *model;
    struct c_interface *interface;
    struct c_operation *op;
    struct wsdl_operation *wsdl;
    const struct wsdl_binding_operation *binding; /* NULL: no SOAP binding */
    bool by_value; /* absent scalars are as good as 0 */
};

/* Whether its messages' elements wrap parameters. */
bool message_is_wrapped(const struct op_builder *b);
/* Whether WCF made it, which names its messages its own way and writes every
 * value. */
bool message_follows_wcf(const struct op_builder *b);
/* Fills in what goes one way; param NULL: nothing does. */
void message_build(struct op_builder *b, struct c_message *message,
                   const struct wsdl_param *param, bool wrapped,
                   bool is_output);

#endif
