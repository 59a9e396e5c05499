/* SPDX-License-Identifier: Apache-2.0 */
/* C text becomes tokens; comments stay with what they are about. */
#include <string.h>

#include "codegen/contract-parse.h"
#include "codegen/text.h"
#include "runtime/base/text.h"

struct scanner {
    struct tokens *tokens;
    size_t room;
    const char *p, *end;
    unsigned line;
    bool line_begins; /* only blanks since the line began */
    const char *doc;
    unsigned doc_end; /* the line it ends on */
};

static bool
is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           sbn__is_digit(c);
}

static bool
fail(const struct scanner *s, unsigned line, const char *what)
{
    struct place place = {s->tokens->file, line};

    diag_error(place, "%s", what);
    return false;
}

static struct token *
add(struct scanner *s, enum token_kind kind, const char *text, size_t size)
{
    struct tokens *tokens = s->tokens;
    struct token *token;

    if (tokens->count + 1 >= s->room) {
        size_t room = s->room * 2 + 64;
        struct token *bigger = (struct token *)mem_new(room * sizeof(*bigger));

        if (tokens->count > 0)
            memcpy(bigger, tokens->at, tokens->count * sizeof(*bigger));
        tokens->at = bigger;
        s->room = room;
    }
    token = &tokens->at[tokens->count++];
    token->kind = kind;
    token->text = mem_strn(text, size);
    token->line = s->line;
    if (s->doc != NULL && s->doc_end + 1 >= s->line)
        token->doc = s->doc;
    s->doc = NULL;
    s->line_begins = false;
    return token;
}

/* ---- Comments ------------------------------------------------------------ */

/* Words without the stars at the start of lines. */
static const char *
comment_words(const char *text, size_t size)
{
    char *words = mem_strn(text, size), *to = words, *from = words;
    bool line_begins = true;

    for (; *from != '\0'; from++) {
        unsigned char c = (unsigned char)*from;

        if (line_begins && (c == '*' || c == '/' || c == '!'))
            continue;
        if (c > ' ' && c != 127)
            line_begins = false;
        if (c == '\n')
            line_begins = true;
        *to++ = c < ' ' || c == 127 ? ' ' : (char)c;
    }
    size = sbn__collapse(words, (size_t)(to - words));
    words[size] = '\0';
    return size == 0 || !sbn__is_utf8(words, size) ? NULL : words;
}

static const char *
join(const char *first, const char *second)
{
    return first == NULL ? second : mem_printf("%s %s", first, second);
}

/* The comment from start on, which ends at s->p, on this line. */
static void
keep_comment(struct scanner *s, const char *start, const char *end,
             unsigned first_line, bool is_line)
{
    const char *words = comment_words(start, (size_t)(end - start));
    struct tokens *tokens = s->tokens;
    struct token *last =
        tokens->count > 0 ? &tokens->at[tokens->count - 1] : NULL;

    if (words == NULL)
        return;
    if (last != NULL && last->line == first_line) {
        last->trail = join(last->trail, words);
        return;
    }
    /* line comments one below the other are one */
    if (is_line && s->doc != NULL && s->doc_end + 1 == first_line)
        s->doc = join(s->doc, words);
    else
        s->doc = words;
    s->doc_end = s->line;
}

static bool
block_comment(struct scanner *s)
{
    const char *start = s->p + 2;
    unsigned first_line = s->line;

    for (s->p = start; s->p + 1 < s->end; s->p++) {
        if (*s->p == '\n')
            s->line++;
        if (s->p[0] == '*' && s->p[1] == '/') {
            keep_comment(s, start, s->p, first_line, false);
            s->p += 2;
            return true;
        }
    }
    return fail(s, first_line, "the comment that begins here does not end");
}

static void
line_comment(struct scanner *s)
{
    const char *start = s->p + 2;

    while (s->p < s->end && *s->p != '\n')
        s->p++;
    keep_comment(s, start, s->p, s->line, true);
}

/* Up to the end of the line, and of those that a backslash joins to it. */
static bool
preprocessor_line(struct scanner *s)
{
    while (s->p < s->end && *s->p != '\n') {
        if (*s->p == '\\' && s->p + 1 < s->end && s->p[1] == '\n') {
            s->line++;
            s->p += 2;
        } else if (*s->p == '/' && s->p + 1 < s->end && s->p[1] == '*') {
            if (!block_comment(s))
                return false;
        } else {
            s->p++;
        }
    }
    s->doc = NULL;
    return true;
}

/* ---- Literals ------------------------------------------------------------ */

static unsigned
digit_value(char c)
{
    if (sbn__is_digit(c))
        return (unsigned)(c - '0');
    c = sbn__lower(c);
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 99;
}

/* Behind the backslash; s->p goes behind the escape. */
static char
escape(struct scanner *s)
{
    static const char from[] = "abfnrtv", to[] = "\a\b\f\n\r\t\v";
    const char *known;
    unsigned value = 0, base = *s->p == 'x' ? 16 : 8, count;
    char c = *s->p;

    known = c == '\0' ? NULL : strchr(from, c);
    if (known != NULL) {
        s->p++;
        return to[known - from];
    }
    if (c != 'x' && digit_value(c) > 7) {
        s->p++;
        return c;
    }
    s->p += c == 'x';
    for (count = 0; s->p < s->end && count < (base == 16 ? 2u : 3u) &&
                    digit_value(*s->p) < base;
         count++)
        value = value * base + digit_value(*s->p++);
    return (char)(unsigned char)value;
}

/* From an opening quote. */
static bool
literal(struct scanner *s)
{
    char quote = *s->p++;
    struct text text = {NULL, 0, 0, 0};

    text_put(&text, "");
    for (;;) {
        char c = s->p < s->end ? *s->p : '\n';

        if (c == '\n')
            return fail(s, s->line, "the text that begins here does not end");
        s->p++;
        if (c == quote)
            break;
        if (c == '\\' && s->p < s->end) {
            if (*s->p == '\n') {
                s->line++;
                s->p++;
                continue;
            }
            c = escape(s);
        }
        if (c == '\0')
            return fail(s, s->line, "a NUL in a text");
        text_putn(&text, &c, 1);
    }
    if (!sbn__is_utf8(text.data, text.size))
        return fail(s, s->line, "a text that is not UTF-8");
    add(s, quote == '"' ? TOKEN_TEXT : TOKEN_CHARACTER, text.data, text.size);
    return true;
}

static void
word(struct scanner *s)
{
    const char *start = s->p;
    bool number = sbn__is_digit(*start);

    while (s->p < s->end && is_name(*s->p))
        s->p++;
    add(s, number ? TOKEN_NUMBER : TOKEN_NAME, start, (size_t)(s->p - start));
}

static bool
scan_one(struct scanner *s)
{
    char c = *s->p, next = s->p + 1 < s->end ? s->p[1] : '\0';

    if (c == '\n') {
        s->line++;
        s->p++;
        s->line_begins = true;
    } else if (sbn__is_space(c) || c == '\f' || c == '\v') {
        s->p++;
    } else if (c == '\\' && (next == '\n' || next == '\r')) {
        s->p++;
    } else if (c == '/' && next == '*') {
        return block_comment(s);
    } else if (c == '/' && next == '/') {
        line_comment(s);
    } else if (c == '#' && s->line_begins) {
        return preprocessor_line(s);
    } else if (c == '"' || c == '\'') {
        return literal(s);
    } else if (is_name(c)) {
        word(s);
    } else if (c < ' ' || c == 127) {
        return fail(s, s->line, "a control character");
    } else {
        add(s, TOKEN_MARK, s->p, 1);
        s->p++;
    }
    return true;
}

bool
contract_tokens(struct tokens *tokens, const char *file, const char *text,
                size_t size)
{
    struct scanner s = {tokens, 0, text, text + size, 1, true, NULL, 0};

    tokens->file = file;
    tokens->at = NULL;
    tokens->count = 0;
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        s.p += 3;
    while (s.p < s.end)
        if (!scan_one(&s))
            return false;
    add(&s, TOKEN_END, "", 0);
    tokens->count--;
    return true;
}
