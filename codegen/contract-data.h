/* SPDX-License-Identifier: Apache-2.0 */
/* Data contracts by their declarations. Each is made once; NULL: told. */
#ifndef SBN_CODEGEN_CONTRACT_DATA_H
#define SBN_CODEGEN_CONTRACT_DATA_H

#include "codegen/contract-model.h"

/* int32_t, char, sbn_bytes ...; NULL: it is none, and that is not told. */
struct data_type *data_builtin(struct contract *contract, const char *name);
struct data_type *data_class(struct contract *contract, struct decl *decl);
struct data_type *data_enum(struct contract *contract, struct decl *decl);
/* A typedef with SBN_COLLECTION_CONTRACT. */
struct data_type *data_collection(struct contract *contract,
                                  struct decl *decl);
struct data_type *data_array(struct contract *contract,
                             const struct ctype *type);
struct data_type *data_map(struct contract *contract,
                           const struct ctype *type);
struct data_type *data_pair(struct contract *contract,
                            const struct ctype *type);

/* The members of all structs that are used, and of what they use in turn. */
void data_fill(struct contract *contract);

#endif
