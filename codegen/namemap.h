/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is called how: a file of --names. Each line is a kind, what it is in XML
 * and its name in C, between tabs; a # begins a comment:
 *
 *     type    {urn:shop}Order            shop_order
 *     member  {urn:shop}Order.line       lines
 *     value   {urn:shop}Colour=red       SHOP_COLOUR_RED
 *     operation  {urn:shop}Shop.Place    place
 *     interface  {urn:shop}Shop          shop
 *
 * One map for a run; without any of these calls names are what they are.
 */
#ifndef SBN_CODEGEN_NAMEMAP_H
#define SBN_CODEGEN_NAMEMAP_H

#include <stdbool.h>

#include "codegen/names.h"
#include "codegen/text.h"

/* Reads path, which names are taken from from now on. false: something in it is
 * no name, and that has been told. */
bool namemap_read(const char *path);
/* From now on what is told to namemap_note is kept. */
void namemap_record(void);
/* Forgets all of it; for a second run in one process. */
void namemap_reset(void);

/* The name that the file has; NULL: none. */
const char *namemap_find(const char *kind, const char *xml);
/* Keeps names of types and values in the file from being taken by others. */
void namemap_reserve(struct scope *names);
void namemap_note(const char *kind, const char *xml, const char *c);
/* The file for what was noted. */
void namemap_fill(struct text *text);

#endif
