/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/namemap.h"

#include <string.h>

#include "codegen/diag.h"
#include "codegen/files.h"

struct entry {
    const char *kind, *xml, *c;
};

static struct {
    struct map given;    /* "kind\txml" to the name in C */
    struct vec reserved; /* const char * */
    struct vec noted;    /* struct entry */
    bool recording;
} names;

static const char *
key_of(const char *kind, const char *xml)
{
    return mem_printf("%s\t%s", kind, xml);
}

/* ---- Reading ------------------------------------------------------------- */

/* The part of a line up to the next tab, which *line is moved behind. */
static const char *
next_part(const char **line)
{
    size_t size = strcspn(*line, "\t"), end = size;
    const char *part;

    while (end > 0 && strchr(" \r", (*line)[end - 1]) != NULL)
        end--;
    part = mem_strn(*line, end);
    *line += size;
    *line += strspn(*line, "\t ");
    return part;
}

/* What others are put before may be a keyword, and so may what is put right. */
static bool
is_name(const char *kind, const char *c)
{
    bool alone = strcmp(kind, "type") == 0 || strcmp(kind, "value") == 0 ||
                 strcmp(kind, "interface") == 0;

    return *c != '\0' && name_is_prefix(alone ? c : mem_printf("x_%s", c));
}

static void
read_line(const char *line, struct place place)
{
    const char *kind = next_part(&line), *xml = next_part(&line);
    const char *c = next_part(&line);

    if (*c == '\0' || *line != '\0') {
        diag_error(place, "a line is a kind, an XML name and a C name, with "
                          "tabs between them");
        return;
    }
    if (!is_name(kind, c)) {
        diag_error(place, "'%s' cannot be a name in C", c);
        return;
    }
    map_put(&names.given, key_of(kind, xml), mem_str(c));
    if (strcmp(kind, "type") == 0 || strcmp(kind, "value") == 0)
        vec_add(&names.reserved, mem_str(c));
}

bool
namemap_read(const char *path)
{
    struct place place = {mem_str(path), 0};
    size_t errors = diag_errors(), size;
    const char *why, *text;

    text = file_read(path, &size, &why);
    if (text == NULL) {
        diag_error(place, "cannot read: %s", why);
        return false;
    }
    for (place.line = 1; *text != '\0'; place.line++) {
        size = strcspn(text, "\n");
        if (size > 0 && *text != '#' && *text != '\r')
            read_line(mem_strn(text, size), place);
        text += size;
        text += *text == '\n';
    }
    return diag_errors() == errors;
}

/* ---- Asking and noting --------------------------------------------------- */

void
namemap_record(void)
{
    names.recording = true;
}

void
namemap_reset(void)
{
    memset(&names, 0, sizeof(names));
}

const char *
namemap_find(const char *kind, const char *xml)
{
    if (names.given.count == 0)
        return NULL;
    return (const char *)map_get(&names.given, key_of(kind, xml));
}

void
namemap_reserve(struct scope *scope)
{
    size_t i;

    for (i = 0; i < names.reserved.count; i++)
        scope_add(scope, VEC(&names.reserved, const char, i));
}

/* On one line, without what ends a part. */
static const char *
in_line(const char *text)
{
    char *copy = mem_str(text), *at;

    for (at = copy; *at != '\0'; at++)
        if (*at == '\t' || *at == '\n' || *at == '\r')
            *at = ' ';
    return copy;
}

void
namemap_note(const char *kind, const char *xml, const char *c)
{
    struct entry *entry;

    if (!names.recording)
        return;
    entry = NEW(struct entry);
    entry->kind = kind;
    entry->xml = in_line(xml);
    entry->c = c;
    vec_add(&names.noted, entry);
}

void
namemap_fill(struct text *text)
{
    size_t i;

    text_put(text, "# What is called how: kind, XML name, C name, with tabs "
                   "between them.\n# Names may be changed; sebon generate "
                   "--names follows this file.\n");
    for (i = 0; i < names.noted.count; i++) {
        const struct entry *entry = VEC(&names.noted, struct entry, i);

        text_printf(text, "%s\t%s\t%s\n", entry->kind, entry->xml, entry->c);
    }
}
