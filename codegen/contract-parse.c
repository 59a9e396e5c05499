/* SPDX-License-Identifier: Apache-2.0 */
/* Declarations of a contract header. What carries no annotation may be
 * anything: it is stepped over when it is not understood. */
#include "codegen/contract-parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- The parser's own ---------------------------------------------------- */

const struct token *
parser_peek(const struct parser *parser, size_t ahead)
{
    size_t at = parser->at + ahead;

    return &parser->tokens
                ->at[at < parser->tokens->count ? at : parser->tokens->count];
}

struct place
parser_place(const struct parser *parser)
{
    struct place place = {parser->tokens->file, parser_peek(parser, 0)->line};

    return place;
}

bool
parser_is(const struct parser *parser, const char *text)
{
    const struct token *token = parser_peek(parser, 0);

    return token->kind != TOKEN_TEXT && token->kind != TOKEN_CHARACTER &&
           token->kind != TOKEN_END && strcmp(token->text, text) == 0;
}

bool
parser_take(struct parser *parser, const char *text)
{
    if (!parser_is(parser, text))
        return false;
    parser->at++;
    return true;
}

bool
parser_fail(struct parser *parser, const char *format, ...)
{
    char text[256];
    va_list ap;

    if (parser->wrong != NULL)
        return false;
    va_start(ap, format);
    vsnprintf(text, sizeof(text), format, ap);
    va_end(ap);
    parser->wrong = mem_str(text);
    parser->where = parser_place(parser);
    return false;
}

bool
parser_expect(struct parser *parser, const char *text)
{
    const struct token *token = parser_peek(parser, 0);

    if (parser_take(parser, text))
        return true;
    if (token->kind == TOKEN_END)
        return parser_fail(parser, "expected '%s' before the end of the file",
                           text);
    return parser_fail(parser, "expected '%s' before '%s'", text, token->text);
}

bool
parser_skip_brackets(struct parser *parser)
{
    size_t depth = 0;

    do {
        const char *text = parser_peek(parser, 0)->text;

        if (parser_peek(parser, 0)->kind == TOKEN_END)
            return false;
        if (parser_peek(parser, 0)->kind == TOKEN_MARK) {
            if (strchr("([{", *text) != NULL)
                depth++;
            if (strchr(")]}", *text) != NULL)
                depth--;
        }
        parser->at++;
    } while (depth > 0);
    return true;
}

/* Behind the next ';' at this depth or a function's body, or before a '}' that
 * ends it. */
static void
skip_statement(struct parser *parser)
{
    bool after_params = false;

    while (parser_peek(parser, 0)->kind != TOKEN_END) {
        bool is_body = after_params && parser_is(parser, "{");

        if (parser_is(parser, "}") || parser_take(parser, ";"))
            return;
        after_params = parser_is(parser, "(");
        if (after_params || is_body || parser_is(parser, "[") ||
            parser_is(parser, "{"))
            parser_skip_brackets(parser);
        else
            parser->at++;
        if (is_body)
            return;
    }
}

static void
tell(struct parser *parser)
{
    if (parser->wrong != NULL)
        diag_error(parser->where, "%s", parser->wrong);
    parser->wrong = NULL;
}

static void
drop(struct parser *parser)
{
    parser->wrong = NULL;
}

/* Of what begins with the token at first and ends with the one before here. */
static const char *
doc_of(const struct parser *parser, size_t first)
{
    const struct token *tokens = parser->tokens->at;

    if (tokens[first].doc != NULL)
        return tokens[first].doc;
    return parser->at > first ? tokens[parser->at - 1].trail : NULL;
}

/* ---- Members ------------------------------------------------------------- */

static bool
parse_param(struct parser *parser, struct member *function)
{
    struct param *param = NEW(struct param);

    if (!parse_notes(parser, &param->notes))
        return false;
    param->place = parser_place(parser);
    if (parser_is(parser, "."))
        return parser_fail(parser, "a contract has no variable arguments");
    param->type = parse_type(parser);
    if (param->type == NULL)
        return false;
    if (parser_peek(parser, 0)->kind == TOKEN_NAME) {
        param->place = parser_place(parser);
        param->name = parser_peek(parser, 0)->text;
        parser->at++;
    }
    if (parser_is(parser, "["))
        return parser_fail(parser, "an array is written SBN_ARRAY(%s)",
                           ctype_whole_text(param->type));
    vec_add(&function->params, param);
    return true;
}

/* From the bracket of the parameters on. */
static bool
parse_params(struct parser *parser, struct member *function)
{
    if (!parser_expect(parser, "("))
        return false;
    if (parser_is(parser, "void") &&
        strcmp(parser_peek(parser, 1)->text, ")") == 0) {
        parser->at += 2;
        return true;
    }
    if (parser_take(parser, ")"))
        return true;
    do {
        if (!parse_param(parser, function))
            return false;
    } while (parser_take(parser, ","));
    return parser_expect(parser, ")");
}

static bool
parse_name(struct parser *parser, struct member *member)
{
    const struct token *token = parser_peek(parser, 0);

    if (token->kind != TOKEN_NAME)
        return parser_fail(parser, "expected a name before '%s'", token->text);
    member->name = token->text;
    member->place = parser_place(parser);
    parser->at++;
    return true;
}

/* Behind the annotations: a value or a pointer to a function, and ';'. */
static bool
parse_declarator(struct parser *parser, struct member *member)
{
    member->type = parse_type(parser);
    if (member->type == NULL)
        return false;
    if (parser_take(parser, "(")) {
        member->is_function = true;
        if (!parser_expect(parser, "*") || !parse_name(parser, member) ||
            !parser_expect(parser, ")") || !parse_params(parser, member))
            return false;
        member->is_void = member->type->kind == CTYPE_NAME &&
                          member->type->pointers == 0 &&
                          strcmp(member->type->name, "void") == 0;
        return parser_expect(parser, ";");
    }
    if (!parse_name(parser, member))
        return false;
    if (parser_is(parser, "("))
        return parser_fail(parser, "an operation is a pointer: (*%s)(...)",
                           member->name);
    if (parser_is(parser, "["))
        return parser_fail(parser, "an array is written SBN_ARRAY(%s)",
                           ctype_whole_text(member->type));
    return parser_expect(parser, ";");
}

/* Up to the closing brace, which is taken. */
static void
parse_members(struct parser *parser, struct decl *decl)
{
    while (!parser_is(parser, "}") &&
           parser_peek(parser, 0)->kind != TOKEN_END) {
        struct member *member = NEW(struct member);
        size_t first = parser->at;

        member->place = parser_place(parser);
        if (parse_notes(parser, &member->notes) &&
            parse_declarator(parser, member)) {
            member->doc = doc_of(parser, first);
            vec_add(&decl->members, member);
            continue;
        }
        if (member->notes.count > 0 ||
            parser_peek(parser, 0)->kind == TOKEN_END ||
            strncmp(parser->tokens->at[first].text, "SBN_", 4) == 0)
            tell(parser);
        drop(parser);
        parser->at = first;
        skip_statement(parser);
    }
    if (!parser_expect(parser, "}"))
        tell(parser);
}

static bool
parse_enumerator(struct parser *parser, struct decl *decl, int64_t *next)
{
    struct enumerator *item = NEW(struct enumerator);
    size_t first = parser->at;

    if (!parse_notes(parser, &item->notes))
        return false;
    item->place = parser_place(parser);
    if (parser_peek(parser, 0)->kind != TOKEN_NAME)
        return parser_fail(parser, "expected an enumerator before '%s'",
                           parser_peek(parser, 0)->text);
    item->name = parser_peek(parser, 0)->text;
    parser->at++;
    item->value = *next;
    item->is_known = true;
    if (parser_take(parser, "=") && !parse_value(parser, &item->value))
        return parser_fail(parser,
                           "the value of %s is not a constant that "
                           "can be worked out",
                           item->name);
    *next = (int64_t)((uint64_t)item->value + 1);
    map_put(&parser->values, item->name, &item->value);
    if (!parser_is(parser, "}") && !parser_expect(parser, ","))
        return false;
    item->doc = doc_of(parser, first);
    vec_add(&decl->enumerators, item);
    return true;
}

/* From the opening brace to behind the closing one. */
static bool
parse_enumerators(struct parser *parser, struct decl *decl)
{
    int64_t next = 0;

    if (!parser_expect(parser, "{"))
        return false;
    while (!parser_is(parser, "}"))
        if (!parse_enumerator(parser, decl, &next))
            return false;
    parser->at++;
    return true;
}

/* ---- Declarations -------------------------------------------------------- */

/* Two bodies of one tag; what is not annotated may stand in an #else. */
static void
check_once(const struct decl *decl, const struct decl *other)
{
    if (other != NULL && decl->notes.count > 0 && other->notes.count > 0)
        diag_error(decl->place, "'%s' is declared twice; the other is at %s:%u",
                   decl->tag, other->place.file, other->place.line);
}

static void
add_decl(struct parser *parser, struct decl *decl)
{
    struct header *header = parser->header;
    bool has_members = decl->kind == DECL_STRUCT || decl->kind == DECL_UNION;
    const struct map *map = has_members               ? &header->structs
                            : decl->kind == DECL_ENUM ? &header->enums
                                                      : &header->typedefs;

    if (decl->tag != NULL)
        check_once(decl, (const struct decl *)map_get(map, decl->tag));
    vec_add(&header->decls, decl);
    if (has_members && decl->tag != NULL)
        map_put(&header->structs, decl->tag, decl);
    if (decl->kind == DECL_ENUM && decl->tag != NULL)
        map_put(&header->enums, decl->tag, decl);
    if (decl->kind == DECL_TYPEDEF)
        map_put(&header->typedefs, decl->tag, decl);
    if (decl->alias != NULL)
        map_put(&header->typedefs, decl->alias, decl);
}

/* struct tag { or enum tag { : with a body, the tag may be missing. */
static bool
has_body(const struct parser *parser)
{
    return strcmp(parser_peek(parser, 1)->text, "{") == 0 ||
           strcmp(parser_peek(parser, 2)->text, "{") == 0;
}

static bool
parse_body(struct parser *parser, struct decl *decl)
{
    decl->has_body = true;
    decl->kind = parser_is(parser, "enum")    ? DECL_ENUM
                 : parser_is(parser, "union") ? DECL_UNION
                                              : DECL_STRUCT;
    parser->at++;
    decl->place = parser_place(parser);
    if (!parser_is(parser, "{")) {
        decl->tag = parser_peek(parser, 0)->text;
        parser->at++;
    }
    if (decl->kind == DECL_ENUM)
        return parse_enumerators(parser, decl);
    if (!parser_expect(parser, "{"))
        return false;
    parse_members(parser, decl);
    return true;
}

/* Behind typedef, of a type that has a name or a tag. */
static bool
parse_typedef(struct parser *parser, struct decl *decl)
{
    decl->kind = DECL_TYPEDEF;
    decl->type = parse_type(parser);
    if (decl->type == NULL)
        return false;
    decl->place = parser_place(parser);
    if (parser_peek(parser, 0)->kind != TOKEN_NAME)
        return parser_fail(parser, "expected a name before '%s'",
                           parser_peek(parser, 0)->text);
    decl->tag = parser_peek(parser, 0)->text;
    parser->at++;
    return parser_expect(parser, ";");
}

/* Behind the annotations. */
static bool
parse_decl(struct parser *parser, struct decl *decl)
{
    bool is_typedef = parser_take(parser, "typedef");

    decl->place = parser_place(parser);
    if ((parser_is(parser, "struct") || parser_is(parser, "union") ||
         parser_is(parser, "enum")) &&
        has_body(parser)) {
        if (!parse_body(parser, decl))
            return false;
        if (is_typedef && parser_peek(parser, 0)->kind == TOKEN_NAME) {
            decl->alias = parser_peek(parser, 0)->text;
            parser->at++;
            if (decl->tag == NULL)
                decl->tag = decl->alias;
        }
        return parser_expect(parser, ";");
    }
    if (is_typedef)
        return parse_typedef(parser, decl);
    return parser_fail(
        parser,
        "expected a struct, a union, an enum or a typedef before "
        "'%s'",
        parser_peek(parser, 0)->text);
}

/* extern "C" { stays open; its end is a lone brace. */
static bool
skip_linkage(struct parser *parser)
{
    if (!parser_is(parser, "extern") ||
        parser_peek(parser, 1)->kind != TOKEN_TEXT)
        return parser_take(parser, "}") || parser_take(parser, ";") ||
               parser_take(parser, "SBN_BEGIN_DECLS") ||
               parser_take(parser, "SBN_END_DECLS");
    parser->at += 2;
    parser_take(parser, "{");
    return true;
}

/* true: it was one. */
static bool
take_namespace(struct parser *parser)
{
    struct note *note;

    if (!parser_is(parser, note_word(NOTE_NAMESPACE)))
        return false;
    note = parse_note(parser);
    if (note == NULL) {
        tell(parser);
        skip_statement(parser);
        return true;
    }
    parser->data_ns = note_text(note, "ns", NULL);
    if (parser->data_ns == NULL)
        diag_error(note->place, "%s wants .ns", note_word(NOTE_NAMESPACE));
    parser_take(parser, ";");
    return true;
}

static void
parse_one(struct parser *parser)
{
    struct decl *decl = NEW(struct decl);
    size_t first = parser->at;
    bool noted = strncmp(parser_peek(parser, 0)->text, "SBN_", 4) == 0;

    decl->data_ns = parser->data_ns;
    if (parse_notes(parser, &decl->notes) && parse_decl(parser, decl)) {
        decl->doc = parser->tokens->at[first].doc;
        add_decl(parser, decl);
        return;
    }
    if (noted)
        tell(parser);
    drop(parser);
    if (parser->at == first)
        parser->at += parser_peek(parser, 0)->kind != TOKEN_END;
    else if (!noted)
        parser->at = first;
    skip_statement(parser);
}

bool
contract_parse(struct header *header, const struct tokens *tokens)
{
    struct parser parser;

    memset(&parser, 0, sizeof(parser));
    parser.tokens = tokens;
    parser.header = header;
    header->file = tokens->file;
    while (parser_peek(&parser, 0)->kind != TOKEN_END)
        if (!skip_linkage(&parser) && !take_namespace(&parser))
            parse_one(&parser);
    return diag_errors() == 0;
}
