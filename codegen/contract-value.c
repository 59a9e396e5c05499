/* SPDX-License-Identifier: Apache-2.0 */
/* Constant expressions: what stands behind the = of an enumerator. */
#include <string.h>

#include "codegen/contract-parse.h"
#include "runtime/base/text.h"

enum { MAX_DEPTH = 64 };

static bool binary(struct parser *parser, unsigned level, uint64_t *ret_value);

/* 0x1F, 017, 42, with any suffix. */
static bool
number(const char *text, uint64_t *ret_value)
{
    unsigned base = 10;
    uint64_t value = 0;

    if (*text == '0' && sbn__lower(text[1]) == 'x') {
        base = 16;
        text += 2;
    } else if (*text == '0') {
        base = 8;
    }
    for (; *text != '\0'; text++) {
        char c = sbn__lower(*text);
        unsigned digit = sbn__is_digit(c)       ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                                                : 99;

        if (digit >= base)
            break;
        if (value > (UINT64_MAX - digit) / base)
            return false;
        value = value * base + digit;
    }
    *ret_value = value;
    return strspn(text, "uUlL") == strlen(text);
}

static bool
unary(struct parser *parser, uint64_t *ret_value)
{
    const struct token *token = parser_peek(parser, 0);
    const int64_t *known;
    bool good;

    if (parser->depth >= MAX_DEPTH)
        return false;
    parser->depth++;
    good = true;
    parser->at += token->kind != TOKEN_END;
    if (token->kind == TOKEN_NUMBER) {
        good = number(token->text, ret_value);
    } else if (token->kind == TOKEN_CHARACTER) {
        good = strlen(token->text) == 1;
        *ret_value = (unsigned char)token->text[0];
    } else if (token->kind == TOKEN_NAME) {
        known = (const int64_t *)map_get(&parser->values, token->text);
        good = known != NULL;
        *ret_value = good ? (uint64_t)*known : 0;
    } else if (strcmp(token->text, "(") == 0) {
        good = binary(parser, 0, ret_value) && parser_take(parser, ")");
    } else if (strcmp(token->text, "-") == 0) {
        good = unary(parser, ret_value);
        *ret_value = 0 - *ret_value;
    } else if (strcmp(token->text, "+") == 0) {
        good = unary(parser, ret_value);
    } else if (strcmp(token->text, "~") == 0) {
        good = unary(parser, ret_value);
        *ret_value = ~*ret_value;
    } else {
        good = false;
    }
    parser->depth--;
    return good;
}

/* The operator here, if it binds at level: '|' '^' '&' '<' '>' '+' '-' '*'. */
static char
operator_at(struct parser *parser, unsigned level)
{
    static const char *const levels[] = {"|", "^", "&", "<>", "+-", "*"};
    const struct token *token = parser_peek(parser, 0);

    if (token->kind != TOKEN_MARK ||
        strchr(levels[level], *token->text) == NULL)
        return '\0';
    if (level != 3)
        return *token->text;
    return strcmp(parser_peek(parser, 1)->text, token->text) == 0 ? *token->text
                                                                  : '\0';
}

static bool
apply(char operator_char, uint64_t a, uint64_t b, uint64_t *ret_value)
{
    switch (operator_char) {
    case '|':
        *ret_value = a | b;
        return true;
    case '^':
        *ret_value = a ^ b;
        return true;
    case '&':
        *ret_value = a & b;
        return true;
    case '<':
        *ret_value = b < 64 ? a << b : 0;
        return b < 64;
    case '>':
        *ret_value = b < 64 ? a >> b : 0;
        return b < 64;
    case '+':
        *ret_value = a + b;
        return true;
    case '-':
        *ret_value = a - b;
        return true;
    default:
        *ret_value = a * b;
        return true;
    }
}

static bool
binary(struct parser *parser, unsigned level, uint64_t *ret_value)
{
    uint64_t right;
    char c;

    if (level == 6)
        return unary(parser, ret_value);
    if (!binary(parser, level + 1, ret_value))
        return false;
    while ((c = operator_at(parser, level)) != '\0') {
        parser->at += level == 3 ? 2 : 1;
        right = 0;
        if (!binary(parser, level + 1, &right) ||
            !apply(c, *ret_value, right, ret_value))
            return false;
    }
    return true;
}

bool
parse_value(struct parser *parser, int64_t *ret_value)
{
    uint64_t value = 0;

    if (!binary(parser, 0, &value))
        return false;
    *ret_value = (int64_t)value;
    return true;
}
