/* SPDX-License-Identifier: Apache-2.0 */
/* The model becomes text: a header and a source file. */
#ifndef SBN_CODEGEN_EMIT_H
#define SBN_CODEGEN_EMIT_H

#include "codegen/model.h"
#include "codegen/text.h"

void emit_header(struct text *text, const struct model *model);
void emit_source(struct text *text, const struct model *model);

/* Bytes of documentation that stand before an operation or type, and before a
 * member. */
enum { EMIT_DOC = 140, EMIT_MEMBER_DOC = 70 };

/* ---- Shared by the emitters ---------------------------------------------- */

/* The first comment of both files. */
void emit_banner(struct text *text, const struct model *model);
/* Enums and structs that operations use. */
void emit_types(struct text *text, const struct model *model);
/* Their tables. */
void emit_tables(struct text *text, const struct model *model);
/* The list of a struct's fields: words for text_words. */
void emit_fields(struct vec *words, const struct model *model,
                 const struct c_type *type);
/* One of them: "(ONE, id, 1, \"id\", INT32)" */
const char *emit_field(const struct model *model, const struct c_type *owner,
                       const struct c_field *field);
/* "&shop_order_TYPE", "NULL" */
const char *emit_type_ref(const struct c_type *type);
/* The types of a contract: "TYPES" or "NO_TYPES". */
const char *emit_known_types(const struct model *model);
/* The documents that a service gives out. */
void emit_metadata(struct text *text, const struct model *model);
/* What they say of an interface and its operations. */
void emit_docs(struct text *text, const struct model *model,
               const struct c_interface *interface);
/* Both, in the contract's table. */
const char *emit_metadata_refs(const struct model *model,
                               const struct c_interface *interface);
/* Static functions, tables and public functions of an interface. */
void emit_interface(struct text *text, const struct model *model,
                    const struct c_interface *interface);

/* Headers and faults: in the header; in the source. */
void emit_part_declarations(struct text *text, const struct model *model,
                            const struct c_interface *interface);
void emit_part_tables(struct text *text, const struct model *model,
                      const struct c_interface *interface);
void emit_part_functions(struct text *text, const struct model *model,
                         const struct c_interface *interface);
/* The table of an operation's extras, if it has some that known, which begins
 * empty, does not have yet. */
void emit_extras(struct text *text, struct map *known, struct c_operation *op);

/* Words for what a program gives or takes of a message: form makes each of a
 * type and a name. type may be NULL. */
typedef const char *emit_form(const char *type, const char *name);
void emit_each(struct vec *words, const struct c_type *type, emit_form *form);
/* What a message's fields are to a program, for text_words: "(double, n1)" or
 * "SBN_NOTHING". */
void emit_pairs(struct vec *words, const struct c_message *message);
/* What the words declare, of one operation: a comment; lines of one. */
void emit_client_example(struct text *text, const struct model *model,
                         const struct c_interface *interface);
void emit_service_example(struct text *text,
                          const struct c_interface *interface);
/* The members of a message's struct. */
void emit_message_members(const struct c_type *type, struct vec *members);

/* What the tables of an interface, and words in the header, are named by: a
 * service alone has names of its own, so that a program can have a client of
 * the same, too. */
const char *emit_table_prefix(const struct model *model,
                              const struct c_interface *interface);
/* The symbol of an interface's contract; a server's own when client and server
 * are apart, so that a program can have both. */
const char *emit_contract_name(const struct model *model,
                               const struct c_interface *interface);

/* $P prefix, $O operation */
void emit_vars(struct text_vars *vars, const struct c_interface *interface,
               const struct c_operation *op);

#endif
