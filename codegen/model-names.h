/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SBN_CODEGEN_MODEL_NAMES_H
#define SBN_CODEGEN_MODEL_NAMES_H

#include "codegen/model.h"

/* Names the operations of a port type, whose functions begin with prefix. */
void model_name_operations(struct model *model, const char *prefix,
                           const struct wsdl_port_type *type);
const char *model_operation_name(const struct model *model,
                                 const struct wsdl_operation *op);

/* What a type is called. */
struct type_name {
    const char *tag;     /* in C */
    const char *natural; /* in C, when no file of names gives another */
    const char *key;     /* in a file of names */
};

/* Names all named types, when the operations have their names. */
void model_name_types(struct model *model);
const struct type_name *model_type_name(struct model *model,
                                        const struct xs_type *type);
/* What is inside a named type, without a name of its own, is called after. */
const char *model_inner_name(const struct model *model,
                             const struct xs_type *type);
/* Of a type that has no name in XML: free, and as like wanted as can be. */
const struct type_name *model_take_name(struct model *model,
                                        const char *wanted);

#endif
