/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules about Begin/End pairs and about operations, those of WCF's contract
 * loader. What breaks one is told, with the functions and their places.
 */
#ifndef SBN_CODEGEN_CONTRACT_RULES_H
#define SBN_CODEGEN_CONTRACT_RULES_H

#include "codegen/contract-model.h"

bool rules_is_operation(const struct member *member);
bool rules_is_async(const struct member *member);

/* Behind begin_ or Begin; NULL: it begins with neither. */
const char *rules_after_begin(const char *name);
/* What the End function of begin is called. */
const char *rules_end_name(const struct member *begin);
/* By its name and its last parameter. */
bool rules_looks_like_end(const struct member *function);

/* Whether a function marked as one has the shape of a Begin function; tag is
 * that of the struct around it. */
bool rules_begin(const struct member *begin, const char *tag);
/* The one End function that stands beside begin; NULL: there is not one. */
struct member *rules_find_end(const struct interface *from,
                              const struct member *begin);
bool rules_end(const struct member *begin, const struct member *end,
               const char *tag);

/* Whether the two forms of an operation say the same. */
bool rules_consistent(const struct operation *sync,
                      const struct operation *async);
/* Tells that a and b are one operation of into and must not be. */
void rules_tell_twice(const struct interface *into, const struct operation *a,
                      const struct operation *b);
void rules_one_way(const struct operation *op);
void rules_faults(const struct operation *op);

#endif
