/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text under construction: lines, indentation, templates and argument lists
 * that are broken at the margin.
 */
#ifndef SBN_CODEGEN_TEXT_H
#define SBN_CODEGEN_TEXT_H

#include <stddef.h>

#include "codegen/memory.h"

struct text {
    char *data; /* NUL-terminated */
    size_t size, room;
    size_t width; /* lines are broken before it */
};

/* What $A .. $Z in a template stand for. */
struct text_vars {
    const char *value[26];
};
void text_set(struct text_vars *vars, char name, const char *value);

void text_put(struct text *text, const char *piece);
void text_putn(struct text *text, const char *piece, size_t size);
/* A template: $A .. $Z are replaced, $$ is a dollar; the rest stands as is. */
void text_fill(struct text *text, const struct text_vars *vars,
               const char *form);
/* One piece of a line with printf's formats. */
void text_printf(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * head, the arguments (const char *) with commas, tail, newline; broken before
 * width, the continuation lines indented by four more than head.
 */
void text_args(struct text *text, const char *head, const struct vec *args,
               const char *tail);

/* The same with words that have their commas, if any: blanks between them. */
void text_words(struct text *text, const char *head, const struct vec *words,
                const char *tail);

/* Items with commas between them, on lines of their own. */
void text_lines(struct text *text, const struct vec *items);

/* head, the members (const char *), each with a semicolon, and what closes a
 * struct; broken before width. */
void text_members(struct text *text, const char *head,
                  const struct vec *members);

/* "  / * ---- title ---- * /", an empty line after it. */
void text_rule(struct text *text, const char *title);

/* A block comment of words, filled to the width, each line after indent blanks;
 * nothing when words has none. */
void text_comment(struct text *text, size_t indent, const char *words);
/* The beginning of words, at most size bytes: whole sentences where there are
 * some, else cut between words and followed by dots. NULL gives NULL. */
const char *text_brief(const char *words, size_t size);

/* Breaks the lines that are too wide all the same, where C allows it: long names
 * leave no other way. */
void text_fold(struct text *text);

/* words as a C string literal, quotes included. NULL gives NULL. */
const char *text_quoted(const char *words);

#endif
