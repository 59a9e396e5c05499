/* SPDX-License-Identifier: Apache-2.0 */
/* Data contracts by their declarations. Each is made once; NULL: told. */
#ifndef SBN_CODEGEN_CONTRACT_DATA_H
#define SBN_CODEGEN_CONTRACT_DATA_H

#include "codegen/contract-model.h"

/* What decl is in the format that is being read; NULL: not made yet. */
struct data_type *data_known(const struct contract *contract,
                             const struct decl *decl);
void data_remember(struct contract *contract, const struct decl *decl,
                   struct data_type *type);

/* int32_t, char, sbn_bytes ...; NULL: it is none, and that is not told. */
struct data_type *data_builtin(struct contract *contract, const char *name);
struct data_type *data_class(struct contract *contract, struct decl *decl);
struct data_type *data_enum(struct contract *contract, struct decl *decl);
/* A typedef with SBN_COLLECTION_CONTRACT. */
struct data_type *data_collection(struct contract *contract,
                                  struct decl *decl);
struct data_type *data_array(struct contract *contract,
                             const struct ctype *type);
/* XmlSerializer's; notes (struct note) about it may be NULL. */
struct data_type *data_xml_array(struct contract *contract,
                                 const struct ctype *type,
                                 const struct vec *notes);
struct data_type *data_map(struct contract *contract,
                           const struct ctype *type);
struct data_type *data_pair(struct contract *contract,
                            const struct ctype *type);

/* A union of what XmlSerializer writes one of. */
struct data_type *data_choice(struct contract *contract, struct decl *decl);
/* Adds a member of a type that XmlSerializer writes. */
void data_xml_member(struct contract *contract, struct data_type *type,
                     const struct member *member);
/* Whether it carries a note of XmlSerializer's that makes it one. */
bool data_is_xml_member(const struct member *member);
/* Puts those with an order in it, and refuses what cannot stand together. */
void data_xml_finish(struct data_type *type, const struct decl *decl);

/* The members of all structs that are used, and of what they use in turn. */
void data_fill(struct contract *contract);

#endif
