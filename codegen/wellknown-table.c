/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a table: depth, words, blocks. */
#include "codegen/wellknown-table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codegen/status.h"

enum { INDENT = 4 };

static size_t
depth_of(const char *text)
{
    return strspn(text, " ") / INDENT;
}

/* The first line from at on that says something. */
static size_t
skip_empty(const struct wk_reader *reader, size_t at)
{
    const char *const *lines = reader->table->lines;

    while (lines[at] != NULL && *lines[at] == '\0')
        at++;
    return at;
}

/* A word with what "each" put into its place. */
static char *
filled(const struct wk_reader *reader, const char *word, size_t size)
{
    const char *percent = (const char *)memchr(word, '%', size);
    size_t before;

    if (percent == NULL || reader->each == NULL)
        return mem_strn(word, size);
    before = (size_t)(percent - word);
    return mem_printf("%.*s%s%s", (int)before, word, reader->each,
                      filled(reader, percent + 1, size - before - 1));
}

static void
read_line(const struct wk_reader *reader, size_t at, struct wk_line *line)
{
    const char *text = reader->table->lines[at];

    memset(line, 0, sizeof(*line));
    line->number = (unsigned)at + 1;
    line->depth = depth_of(text);
    while (*(text += strspn(text, " ")) != '\0') {
        size_t size = strcspn(text, " ");

        vec_add(&line->words, filled(reader, text, size));
        text += size;
    }
}

bool
wk_next(struct wk_reader *reader, size_t depth, struct wk_line *line)
{
    size_t at = skip_empty(reader, reader->at);
    const char *text = reader->table->lines[at];

    if (text == NULL || depth_of(text) < depth)
        return false;
    read_line(reader, at, line);
    reader->at = at + 1;
    if (line->depth > depth)
        wk_error(reader, line);
    return true;
}

bool
wk_has_block(const struct wk_reader *reader, const struct wk_line *line)
{
    const char *text = reader->table->lines[skip_empty(reader, reader->at)];

    return text != NULL && depth_of(text) > line->depth;
}

bool
wk_only_attributes(const struct wk_reader *reader, size_t depth)
{
    const char *const *lines = reader->table->lines;
    const char *text;
    size_t at;

    for (at = reader->at; (text = lines[at]) != NULL; at++) {
        if (*text == '\0' || depth_of(text) > depth)
            continue;
        if (depth_of(text) < depth)
            break;
        text += strspn(text, " ");
        if (*text != '@' && strncmp(text, "attributes ", 11) != 0)
            return false;
    }
    return true;
}

const char *
wk_word(const struct wk_line *line, size_t i)
{
    return i < line->words.count ? VEC(&line->words, const char, i) : NULL;
}

bool
wk_says(const struct wk_line *line, size_t i, const char *word)
{
    const char *own = wk_word(line, i);

    return own != NULL && strcmp(own, word) == 0;
}

void
wk_error(const struct wk_reader *reader, const struct wk_line *line)
{
    struct place place = {
        mem_printf("codegen/wellknown/%s.txt", reader->table->name),
        line->number};

    diag_error(place, "'%s' may not stand here", wk_word(line, 0));
}

static void
read_each(struct wk_reader *reader, xmlNodePtr parent,
          const struct wk_line *line, wk_line_fn *read)
{
    const char *outer = reader->each;
    size_t start = reader->at, i;

    for (i = 1; i < line->words.count; i++) {
        reader->at = start;
        reader->each = wk_word(line, i);
        wk_block(reader, parent, line->depth + 1, read);
    }
    reader->each = outer;
}

void
wk_block(struct wk_reader *reader, xmlNodePtr parent, size_t depth,
         wk_line_fn *read)
{
    struct wk_line line;

    while (wk_next(reader, depth, &line)) {
        if (wk_says(&line, 0, "each"))
            read_each(reader, parent, &line, read);
        else if (!read(reader, parent, &line))
            wk_error(reader, &line);
    }
}

/* ---- Writing ------------------------------------------------------------- */

static void *
checked(void *made)
{
    if (made == NULL) {
        fputs("sebon: out of memory\n", stderr);
        exit(EXIT_UNKNOWN);
    }
    return made;
}

xmlNodePtr
wk_add(struct wk_reader *reader, xmlNodePtr parent, const struct wk_line *line,
       const char *name)
{
    xmlNodePtr node = (xmlNodePtr)checked(
        xmlNewDocNode(reader->doc, reader->ns, (const xmlChar *)name, NULL));

    node->line = (unsigned short)line->number;
    if (parent == NULL)
        xmlDocSetRootElement(reader->doc, node);
    else
        xmlAddChild(parent, node);
    return node;
}

void
wk_set(xmlNodePtr node, const char *attribute, const char *value)
{
    checked(
        xmlNewProp(node, (const xmlChar *)attribute, (const xmlChar *)value));
}

const char *
wk_qname(const struct wk_reader *reader, const char *name)
{
    if (strchr(name, ':') != NULL)
        return name;
    return mem_printf("%s:%s", reader->prefix, name);
}

xmlNsPtr
wk_declare(xmlNodePtr node, const char *ns, const char *prefix)
{
    return (xmlNsPtr)checked(
        xmlNewNs(node, (const xmlChar *)ns, (const xmlChar *)prefix));
}
