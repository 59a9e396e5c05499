/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
text_set(struct text_vars *vars, char name, const char *value)
{
    vars->value[name - 'A'] = value;
}

void
text_putn(struct text *text, const char *piece, size_t size)
{
    if (text->room - text->size <= size) {
        size_t room = (text->size + size + 256) * 2;
        char *data = (char *)mem_new(room);

        if (text->size > 0)
            memcpy(data, text->data, text->size);
        text->data = data;
        text->room = room;
    }
    memcpy(text->data + text->size, piece, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void
text_put(struct text *text, const char *piece)
{
    text_putn(text, piece, strlen(piece));
}

void
text_fill(struct text *text, const struct text_vars *vars, const char *form)
{
    const char *dollar;

    while ((dollar = strchr(form, '$')) != NULL) {
        text_putn(text, form, (size_t)(dollar - form));
        if (dollar[1] == '$')
            text_put(text, "$");
        else
            text_put(text, vars->value[dollar[1] - 'A']);
        form = dollar + 2;
    }
    text_put(text, form);
}

void
text_printf(struct text *text, const char *format, ...)
{
    char piece[512];
    va_list ap;
    int size;

    va_start(ap, format);
    size = vsnprintf(piece, sizeof(piece), format, ap);
    va_end(ap);
    if ((size_t)size < sizeof(piece)) {
        text_putn(text, piece, (size_t)size);
    } else {
        char *whole = (char *)mem_new((size_t)size + 1);

        va_start(ap, format);
        vsnprintf(whole, (size_t)size + 1, format, ap);
        va_end(ap);
        text_putn(text, whole, (size_t)size);
    }
}

/* Column of the end of what has been put. */
static size_t
column(const struct text *text)
{
    size_t start = text->size;

    while (start > 0 && text->data[start - 1] != '\n')
        start--;
    return text->size - start;
}

static void
blanks(struct text *text, size_t count)
{
    while (count-- > 0)
        text_putn(text, " ", 1);
}

static size_t
leading_blanks(const char *line)
{
    return strspn(line, " ");
}

void
text_args(struct text *text, const char *head, const struct vec *args,
          const char *tail)
{
    size_t under, i;

    text_put(text, head);
    under = leading_blanks(text->data + text->size - column(text)) + 4;
    for (i = 0; i < args->count; i++) {
        const char *arg = VEC(args, const char, i);
        size_t size = strlen(arg) + 1;

        if (i + 1 == args->count)
            size += strlen(tail) - 1;
        if (i > 0) {
            text_put(text, column(text) + 1 + size > text->width ? "\n" : " ");
        } else if (column(text) + size > text->width &&
                   under + 4 < column(text)) {
            text_put(text, "\n");
        }
        if (text->data[text->size - 1] == '\n')
            blanks(text, under);
        text_put(text, arg);
        if (i + 1 < args->count)
            text_put(text, ",");
    }
    text_put(text, tail);
    text_put(text, "\n");
}

void
text_words(struct text *text, const char *head, const struct vec *words,
           const char *tail)
{
    size_t under, i;

    text_put(text, head);
    under = leading_blanks(text->data + text->size - column(text)) + 4;
    for (i = 0; i < words->count; i++) {
        const char *word = VEC(words, const char, i);
        size_t size = strlen(word);

        if (i + 1 == words->count)
            size += strlen(tail);
        if (column(text) + (i > 0) + size > text->width &&
            under < column(text)) {
            text_put(text, "\n");
            blanks(text, under);
        } else if (i > 0) {
            text_put(text, " ");
        }
        text_put(text, word);
    }
    text_put(text, tail);
    text_put(text, "\n");
}

void
text_lines(struct text *text, const struct vec *items)
{
    size_t i;

    for (i = 0; i < items->count; i++) {
        const char *item = VEC(items, const char, i);

        if (i == 0 || column(text) + strlen(item) + 2 > text->width)
            text_printf(text, "%s    %s", i == 0 ? "" : "\n", item);
        else
            text_printf(text, " %s", item);
        if (i + 1 < items->count)
            text_put(text, ",");
    }
    text_put(text, "\n");
}

void
text_members(struct text *text, const char *head, const struct vec *members)
{
    size_t i;

    text_put(text, head);
    for (i = 0; i < members->count; i++) {
        const char *member = VEC(members, const char, i);

        if (column(text) + strlen(member) + 5 > text->width)
            text_printf(text, "\n    %s;", member);
        else
            text_printf(text, " %s;", member);
    }
    text_put(text, " };\n");
}

/* The next word of *words without what would end a comment; its size, 0: no
 * more. */
static size_t
next_word(const char **words)
{
    *words += strspn(*words, " \t\r\n");
    return strcspn(*words, " \t\r\n");
}

static void
put_word(struct text *text, const char *word, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        text_putn(text, word + i, 1);
        /* neither an end nor a start of a comment, nor a trigraph */
        if (i + 1 < size && ((word[i] == '*' && word[i + 1] == '/') ||
                             (word[i] == '/' && word[i + 1] == '*') ||
                             (word[i] == '?' && word[i + 1] == '?')))
            text_put(text, " ");
    }
}

void
text_rule(struct text *text, const char *title)
{
    text_put(text, "/* ---- ");
    put_word(text, title, strlen(title));
    text_put(text, " ---- */\n\n");
}

void
text_comment(struct text *text, size_t indent, const char *words)
{
    size_t size, start;

    if (words == NULL || (size = next_word(&words)) == 0)
        return;
    start = text->size;
    blanks(text, indent);
    text_put(text, "/*");
    for (; size > 0; words += size, size = next_word(&words)) {
        if (column(text) + 1 + size + 3 > text->width &&
            text->size > start + indent + 2) {
            text_put(text, "\n");
            blanks(text, indent);
            text_put(text, " *");
        }
        text_put(text, " ");
        put_word(text, words, size);
        /* a backslash at a line's end would join it with the next */
        if (words[size - 1] == '\\')
            text_put(text, ".");
    }
    text_put(text, " */\n");
}

const char *
text_brief(const char *words, size_t size)
{
    struct text out = {NULL, 0, 0, 0};
    size_t word, sentence = 0, last = 0;

    if (words == NULL)
        return NULL;
    text_put(&out, "");
    while ((word = next_word(&words)) > 0 && out.size + 1 + word <= size) {
        if (out.size > 0)
            text_put(&out, " ");
        text_putn(&out, words, word);
        words += word;
        last = out.size;
        if (strchr(".!?", words[-1]) != NULL)
            sentence = last;
    }
    if (word == 0)
        return out.data;
    if (sentence > 0)
        return mem_strn(out.data, sentence);
    return last > 0 ? mem_printf("%s ...", out.data) : NULL;
}

/* Where a line is best broken so that width columns are kept: after a comma, an
 * operator or a brace, else at any blank; NULL: nowhere. */
static const char *
fold_place(const char *line, size_t size, size_t width)
{
    const char *best = NULL, *any = NULL, *at;
    bool quoted = false;

    for (at = line + leading_blanks(line);
         at < line + size && (best == NULL || at < line + width); at++) {
        if (*at == '"' && at[-1] != '\\')
            quoted = !quoted;
        if (quoted || *at != ' ')
            continue;
        if (any == NULL || at < line + width)
            any = at;
        if (strchr(",;=?:{", at[-1]) != NULL && at < line + width)
            best = at;
    }
    return best != NULL ? best : any;
}

static void
fold_line(struct text *out, const char *line, size_t size)
{
    size_t indent = leading_blanks(line) + 8, column = 0;
    const char *place;

    /* neither comments nor directives */
    while (line[0] != '#' && line[0] != '/' && strncmp(line, " *", 2) != 0 &&
           column + size > out->width &&
           (place = fold_place(line, size, out->width - column)) != NULL) {
        text_putn(out, line, (size_t)(place - line));
        text_put(out, "\n");
        blanks(out, indent);
        size -= (size_t)(place + 1 - line);
        line = place + 1;
        column = indent;
    }
    text_putn(out, line, size);
}

void
text_fold(struct text *text)
{
    struct text out = {NULL, 0, 0, text->width};
    const char *line = text->data, *end;

    text_put(&out, "");
    for (; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        fold_line(&out, line, (size_t)(end - line));
        text_put(&out, "\n");
    }
    text_put(&out, line);
    *text = out;
}

const char *
text_quoted(const char *words)
{
    struct text text = {NULL, 0, 0, 0};

    if (words == NULL)
        return "NULL";
    text_put(&text, "\"");
    for (; *words != '\0'; words++) {
        unsigned char c = (unsigned char)*words;

        if (c == '"' || c == '\\' ||
            (c == '?' && text.data[text.size - 1] == '?'))
            text_printf(&text, "\\%c", c);
        else if (c < 0x20 || c >= 0x7f)
            text_printf(&text, "\\%03o", c);
        else
            text_putn(&text, words, 1);
    }
    text_put(&text, "\"");
    return text.data;
}
