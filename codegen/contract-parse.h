/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A contract header as it is written: tokens, annotations, types and
 * declarations. What they mean is contract-model.h's.
 */
#ifndef SBN_CODEGEN_CONTRACT_PARSE_H
#define SBN_CODEGEN_CONTRACT_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "codegen/diag.h"
#include "codegen/memory.h"

/* ---- Tokens -------------------------------------------------------------- */

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,
    TOKEN_NUMBER,
    TOKEN_TEXT, /* a string literal, decoded */
    TOKEN_CHARACTER,
    TOKEN_MARK /* one character; dots and shifts are several */
};

struct token {
    enum token_kind kind;
    const char *text; /* NUL-terminated */
    unsigned line;
    const char *doc;   /* the comment before it; NULL: none */
    const char *trail; /* the comment after it on its line */
};

struct tokens {
    const char *file;
    struct token *at;
    size_t count; /* the last is TOKEN_END, without being counted */
};

/* The tokens of text without comments and preprocessor lines. false: told. */
bool contract_tokens(struct tokens *tokens, const char *file, const char *text,
                     size_t size);

/* ---- Declarations -------------------------------------------------------- */

enum note_kind {
    NOTE_SERVICE,
    NOTE_OPERATION,
    NOTE_FAULT,
    NOTE_RETURN,
    NOTE_PARAMETER,
    NOTE_DATA,
    NOTE_MEMBER,
    NOTE_ENUM_MEMBER,
    NOTE_COLLECTION,
    NOTE_BASE,
    NOTE_KNOWN_TYPE,
    NOTE_MESSAGE,
    NOTE_HEADER,
    NOTE_HEADER_ARRAY,
    NOTE_BODY_MEMBER,
    NOTE_NAMESPACE,
    NOTE_TYPE_ARGUMENT,
    NOTE_DATA_FORMAT,
    NOTE_XML_FORMAT,
    NOTE_XML_TYPE,
    NOTE_XML_CHOICE,
    NOTE_XML_ELEMENT,
    NOTE_XML_ATTRIBUTE,
    NOTE_XML_TEXT,
    NOTE_XML_ARRAY,
    NOTE_XML_ARRAY_ITEM,
    NOTE_XML_ANY_ELEMENT,
    NOTE_XML_ANY_ATTRIBUTE,
    NOTE_KINDS
};

enum note_option_kind { NOTE_TEXT, NOTE_FLAG, NOTE_NUMBER };

struct note_option {
    const char *name; /* as in the table: required is is_required */
    const char *text;
    int64_t number; /* of a flag: 0 or 1 */
    struct place place;
};

/* SBN_SOMETHING(...) */
struct note {
    enum note_kind kind;
    struct place place;
    struct vec options;  /* struct note_option */
    struct ctype *about; /* of a fault or a known type */
};

/* "SBN_DATA_MEMBER" */
const char *note_word(enum note_kind kind);
bool note_is_word(const char *word, enum note_kind *ret_kind);
/* Of notes (struct note), the first of that kind; NULL: none. */
struct note *note_find(const struct vec *notes, enum note_kind kind);
/* NULL: not given; note may be NULL. */
const struct note_option *note_option(const struct note *note,
                                      const char *name);
const char *note_text(const struct note *note, const char *name,
                      const char *otherwise);
bool note_flag(const struct note *note, const char *name, bool otherwise);

enum ctype_kind {
    CTYPE_NAME,   /* a typedef or a built-in type */
    CTYPE_STRUCT, /* struct tag */
    CTYPE_UNION,
    CTYPE_ENUM,
    CTYPE_ARRAY, /* of args[0] */
    CTYPE_MAP,   /* from args[0] to args[1] */
    CTYPE_PAIR
};

struct ctype {
    enum ctype_kind kind;
    struct place place;
    const char *name; /* or tag; "int32_t" for int, "char" for char */
    struct ctype *args[2];
    bool is_const;
    unsigned pointers;
};

/* As C has it, for comparing and for messages; without const. */
const char *ctype_text(const struct ctype *type);
/* With what its pointers point to. */
const char *ctype_whole_text(const struct ctype *type);

struct param {
    struct ctype *type;
    const char *name; /* NULL: none */
    struct place place;
    struct vec notes;
};

struct member {
    const char *name;
    struct place place;
    const char *doc;
    struct vec notes;
    struct ctype *type; /* of a function: what it returns; NULL: void */
    bool is_function;
    bool is_void; /* a function that returns nothing */
    struct vec params; /* struct param */
};

struct enumerator {
    const char *name;
    struct place place;
    const char *doc;
    struct vec notes;
    bool is_known; /* its value could be worked out */
    int64_t value;
};

enum decl_kind { DECL_STRUCT, DECL_UNION, DECL_ENUM, DECL_TYPEDEF };

struct decl {
    enum decl_kind kind;
    const char *tag;   /* of the struct, enum or typedef */
    const char *alias; /* the typedef around a struct; NULL: none */
    struct place place;
    const char *doc;
    const char *data_ns; /* SBN_CONTRACT_NAMESPACE before it; NULL: none */
    struct vec notes;
    bool has_body;
    struct vec members;     /* struct member */
    struct vec enumerators; /* struct enumerator */
    struct ctype *type;     /* of a typedef */
    void *meaning;          /* of a service: set by the model */
};

struct header {
    const char *file;
    struct vec decls;    /* struct decl, in order */
    struct map structs;  /* struct decl by tag; unions, too */
    struct map enums;
    struct map typedefs; /* and aliases */
};

/* false: told. */
bool contract_parse(struct header *header, const struct tokens *tokens);

/* ---- Shared by the files that do it -------------------------------------- */

struct parser {
    const struct tokens *tokens;
    size_t at;
    struct header *header;
    struct map values; /* int64_t * by enumerator */
    unsigned depth;
    const char *data_ns;
    /* What went wrong first, until somebody tells or drops it. */
    struct place where;
    const char *wrong;
};

const struct token *parser_peek(const struct parser *parser, size_t ahead);
bool parser_is(const struct parser *parser, const char *text);
bool parser_take(struct parser *parser, const char *text);
/* false, and what was expected is kept. */
bool parser_expect(struct parser *parser, const char *text);
bool parser_fail(struct parser *parser, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct place parser_place(const struct parser *parser);
/* From an opening bracket to behind its closing one; false at the end. */
bool parser_skip_brackets(struct parser *parser);

/* One SBN_SOMETHING(...), the word included. NULL: kept. */
struct note *parse_note(struct parser *parser);
/* All that stand here. false: kept. */
bool parse_notes(struct parser *parser, struct vec *notes);
/* NULL: kept. void is CTYPE_NAME "void". */
struct ctype *parse_type(struct parser *parser);
/* A constant expression; false: it is not one we understand. */
bool parse_value(struct parser *parser, int64_t *ret_value);

#endif
