/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a message was read as, in JSON: an object for a struct, with the names
 * that its table has for XML; simple values are strings, with their kind before
 * a colon; nil is null, and what is absent is not there.
 *
 *   "$type"   the derived type, by name
 *   "$at"     of a struct that several pointers may point to: which it is
 *   "$again"  in place of such a struct's content: it was printed before
 *   "$text", "$xml", "$attributes"  simple content, captured elements and
 *             attributes; "$group" a group that repeats
 */
#ifndef TEST_CODEGEN_PRINT_VALUES_H
#define TEST_CODEGEN_PRINT_VALUES_H

#include <stdio.h>

#include <sebon/describe.h>

/* The value of field in the struct at base; null when there is none. */
void print_value(FILE *out, const sbn_contract *contract,
                 const sbn_field *field, const void *base);

#endif
