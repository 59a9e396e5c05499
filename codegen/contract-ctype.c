/* SPDX-License-Identifier: Apache-2.0 */
/* Types as C writes them. */
#include <string.h>

#include "codegen/contract-parse.h"

enum { MAX_NESTED = 32 };

/* What the words of the arithmetic types say. */
struct words {
    unsigned chars, ints, shorts, longs, signeds, unsigneds, floats, doubles;
    unsigned bools, voids, other;
};

static bool
count_word(struct words *words, const char *word)
{
    static const struct {
        const char *word;
        size_t at;
    } known[] = {{"char", offsetof(struct words, chars)},
                 {"int", offsetof(struct words, ints)},
                 {"short", offsetof(struct words, shorts)},
                 {"long", offsetof(struct words, longs)},
                 {"signed", offsetof(struct words, signeds)},
                 {"unsigned", offsetof(struct words, unsigneds)},
                 {"float", offsetof(struct words, floats)},
                 {"double", offsetof(struct words, doubles)},
                 {"bool", offsetof(struct words, bools)},
                 {"_Bool", offsetof(struct words, bools)},
                 {"void", offsetof(struct words, voids)}};
    size_t i;

    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (strcmp(word, known[i].word) == 0) {
            ++*(unsigned *)((char *)words + known[i].at);
            words->other++;
            return true;
        }
    return false;
}

/* The fixed-width name; long has no width of its own and stays. */
static const char *
word_type(const struct words *w)
{
    bool is_unsigned = w->unsigneds > 0;

    if (w->voids > 0)
        return "void";
    if (w->bools > 0)
        return "bool";
    if (w->floats > 0)
        return "float";
    if (w->doubles > 0)
        return w->longs > 0 ? "long double" : "double";
    if (w->chars > 0)
        return is_unsigned ? "uint8_t" : w->signeds > 0 ? "int8_t" : "char";
    if (w->shorts > 0)
        return is_unsigned ? "uint16_t" : "int16_t";
    if (w->longs > 1)
        return is_unsigned ? "uint64_t" : "int64_t";
    if (w->longs == 1)
        return is_unsigned ? "unsigned long" : "long";
    return is_unsigned ? "uint32_t" : "int32_t";
}

/* SBN_ARRAY(T), SBN_MAP(K, V), SBN_PAIR(K, V) behind the word. */
static bool
parse_args(struct parser *parser, struct ctype *type, enum ctype_kind kind)
{
    size_t i, count = kind == CTYPE_ARRAY ? 1 : 2;

    type->kind = kind;
    if (!parser_expect(parser, "("))
        return false;
    if (parser->depth >= MAX_NESTED)
        return parser_fail(parser, "types nest too deep");
    for (i = 0; i < count; i++) {
        if (i > 0 && !parser_expect(parser, ","))
            return false;
        parser->depth++;
        type->args[i] = parse_type(parser);
        parser->depth--;
        if (type->args[i] == NULL)
            return false;
    }
    return parser_expect(parser, ")");
}

/* struct tag, enum tag */
static bool
parse_tagged(struct parser *parser, struct ctype *type, enum ctype_kind kind)
{
    const struct token *token = parser_peek(parser, 0);

    if (token->kind != TOKEN_NAME)
        return parser_fail(parser, "expected a tag before '%s'", token->text);
    type->kind = kind;
    type->name = token->text;
    parser->at++;
    return true;
}

static bool
parse_base(struct parser *parser, struct ctype *type, const char *word)
{
    if (strcmp(word, "struct") == 0)
        return parse_tagged(parser, type, CTYPE_STRUCT);
    if (strcmp(word, "enum") == 0)
        return parse_tagged(parser, type, CTYPE_ENUM);
    if (strcmp(word, "SBN_ARRAY") == 0)
        return parse_args(parser, type, CTYPE_ARRAY);
    if (strcmp(word, "SBN_MAP") == 0)
        return parse_args(parser, type, CTYPE_MAP);
    if (strcmp(word, "SBN_PAIR") == 0)
        return parse_args(parser, type, CTYPE_PAIR);
    if (strcmp(word, "union") == 0)
        return parse_tagged(parser, type, CTYPE_UNION);
    type->kind = CTYPE_NAME;
    type->name = word;
    return true;
}

/* The words up to a pointer or a name. */
static bool
parse_specifiers(struct parser *parser, struct ctype *type)
{
    struct words words;
    bool has_base = false;

    memset(&words, 0, sizeof(words));
    while (parser_peek(parser, 0)->kind == TOKEN_NAME) {
        const char *word = parser_peek(parser, 0)->text;

        if (strcmp(word, "const") == 0) {
            type->is_const = true;
        } else if (strcmp(word, "volatile") == 0 ||
                   strcmp(word, "extern") == 0 || strcmp(word, "static") == 0) {
            /* says nothing about it */
        } else if (!has_base && count_word(&words, word)) {
            /* counted */
        } else if (!has_base && words.other == 0) {
            has_base = true;
            parser->at++;
            if (!parse_base(parser, type, word))
                return false;
            continue;
        } else {
            break;
        }
        parser->at++;
    }
    if (!has_base && words.other == 0)
        return parser_fail(parser, "expected a type before '%s'",
                           parser_peek(parser, 0)->text);
    if (!has_base)
        type->name = word_type(&words);
    return true;
}

struct ctype *
parse_type(struct parser *parser)
{
    struct ctype *type = NEW(struct ctype);

    type->place = parser_place(parser);
    if (!parse_specifiers(parser, type))
        return NULL;
    for (;;) {
        if (parser_take(parser, "*")) {
            if (++type->pointers > MAX_NESTED) {
                parser_fail(parser, "too many pointers");
                return NULL;
            }
        } else if (!parser_take(parser, "const") &&
                   !parser_take(parser, "restrict") &&
                   !parser_take(parser, "volatile")) {
            return type;
        }
    }
}

const char *
ctype_text(const struct ctype *type)
{
    switch (type->kind) {
    case CTYPE_STRUCT:
        return mem_printf("struct %s", type->name);
    case CTYPE_UNION:
        return mem_printf("union %s", type->name);
    case CTYPE_ENUM:
        return mem_printf("enum %s", type->name);
    case CTYPE_ARRAY:
        return mem_printf("SBN_ARRAY(%s)", ctype_whole_text(type->args[0]));
    case CTYPE_MAP:
    case CTYPE_PAIR:
        return mem_printf(
            "%s(%s, %s)", type->kind == CTYPE_MAP ? "SBN_MAP" : "SBN_PAIR",
            ctype_whole_text(type->args[0]), ctype_whole_text(type->args[1]));
    default:
        return type->name;
    }
}

const char *
ctype_whole_text(const struct ctype *type)
{
    char stars[MAX_NESTED + 3] = " ";
    unsigned i;

    for (i = 0; i < type->pointers && i <= MAX_NESTED; i++)
        stars[i + 1] = '*';
    stars[i + 1] = '\0';
    return mem_printf("%s%s%s", type->is_const ? "const " : "",
                      ctype_text(type), type->pointers > 0 ? stars : "");
}
