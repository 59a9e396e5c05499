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
enum { EMIT_DOC = 150, EMIT_MEMBER_DOC = 76 };

/* ---- Shared by the emitters ---------------------------------------------- */

/* The first comment of both files. */
void emit_banner(struct text *text, const struct model *model);
/* Enums and structs that operations use. */
void emit_types(struct text *text, const struct model *model);
/* Their tables. */
void emit_tables(struct text *text, const struct model *model);
/* The fields[] of a struct that has some. */
void emit_fields(struct text *text, const struct model *model,
                 const struct c_type *type);
/* The fields[] and the type of a struct. */
void emit_struct_table(struct text *text, const struct model *model,
                       const struct c_type *type);
/* One entry of a field table, indented, without what follows it. */
void emit_field_entry(struct text *text, const struct model *model,
                      const struct c_type *owner, const struct c_field *field);
/* "&shop_order_TYPE", "NULL" */
const char *emit_type_ref(const struct c_type *type);
/* The types of a contract: "types, 3" or "NULL, 0". */
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

/* The fields and the element of a message. */
void emit_message(struct text *text, const struct model *model,
                  const struct c_message *message, bool is_request);
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

/* The declarations of an operation's parameters, after what args has. */
void emit_params(const struct c_operation *op, struct vec *args);
/* Of the places for its results. */
void emit_results(const struct c_operation *op, struct vec *args);
/* Whether it has any. */
bool emit_has_results(const struct c_operation *op);

/* What fill adds to args, in the parentheses of word, or an empty argument. */
void emit_group(struct vec *args, const char *word, const struct c_operation *op,
                void (*fill)(const struct c_operation *op, struct vec *args));
/* The same for what args has from first on. */
void emit_parens(struct vec *args, const char *word, size_t first);
/* The struct that a completed event gives. */
void emit_completed(struct text *text, const struct c_interface *interface,
                    const struct c_operation *op);
/* The members of a message's struct. */
void emit_message_members(const struct c_type *type, struct vec *members);

/* The symbol of an interface's contract; a server's own when client and server
 * are apart, so that a program can have both. */
const char *emit_contract_name(const struct model *model,
                               const struct c_interface *interface);

/* $P prefix, $O operation */
void emit_vars(struct text_vars *vars, const struct c_interface *interface,
               const struct c_operation *op);

#endif
