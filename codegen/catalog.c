/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/catalog.h"

#include <string.h>

#include "codegen/document.h"
#include "codegen/files.h"

#define NS_CATALOG "urn:oasis:names:tc:entity:xmlns:xml:catalog"
#define BLANKS " \t\r"

/* A catalog being read. */
struct reader {
    struct catalog *catalog;
    const char *path;
};

/* name as the catalog means it: relative to itself. */
static const char *
relative(const struct reader *reader, const char *name)
{
    const char *slash = strrchr(reader->path, '/');

    if (strncmp(name, "file://", 7) == 0)
        return mem_str(name + 7);
    if (name[0] == '/' || slash == NULL)
        return mem_str(name);
    return mem_printf("%.*s/%s", (int)(slash - reader->path), reader->path,
                      name);
}

/* ---- Lines --------------------------------------------------------------- */

static void
read_line(const struct reader *reader, const char *line, unsigned number)
{
    struct place place = {reader->path, number};
    size_t size = strcspn(line, BLANKS);
    const char *name = mem_strn(line, size), *file = line + size;
    size_t end;

    file += strspn(file, BLANKS);
    end = strlen(file);
    while (end > 0 && strchr(BLANKS, file[end - 1]) != NULL)
        end--;
    if (end == 0)
        diag_error(place, "'%s' has no file behind it", name);
    else
        map_put(&reader->catalog->files, name,
                (void *)(uintptr_t)relative(reader, mem_strn(file, end)));
}

static void
read_lines(const struct reader *reader, const char *text)
{
    unsigned number = 1;
    size_t size;

    for (; *text != '\0'; number++) {
        size = strcspn(text, "\n");
        text += strspn(text, BLANKS);
        size = strcspn(text, "\n");
        if (size > 0 && *text != '#')
            read_line(reader, mem_strn(text, size), number);
        text += size;
        text += *text == '\n';
    }
}

/* ---- XML ----------------------------------------------------------------- */

static void
add_rule(const struct reader *reader, struct vec *rules, const char *text,
         const char *uri)
{
    struct catalog_rule *rule = NEW(struct catalog_rule);

    rule->text = text;
    rule->path = relative(reader, uri);
    vec_add(rules, rule);
}

static void
read_entry(const struct reader *reader, const xmlNode *node)
{
    static const struct {
        const char *element, *name, *uri;
    } forms[] = {
        {"system", "systemId", "uri"},
        {"public", "publicId", "uri"},
        {"uri", "name", "uri"},
        {"systemSuffix", "systemIdSuffix", "uri"},
        {"uriSuffix", "uriSuffix", "uri"},
        {"rewriteSystem", "systemIdStartString", "rewritePrefix"},
        {"rewriteURI", "uriStartString", "rewritePrefix"},
    };
    const char *name, *uri;
    size_t i;

    for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (!node_is(node, NS_CATALOG, forms[i].element))
            continue;
        name = node_attr(node, forms[i].name);
        uri = node_attr(node, forms[i].uri);
        if (name == NULL || uri == NULL)
            return;
        if (i < 3)
            map_put(&reader->catalog->files, name,
                    (void *)(uintptr_t)relative(reader, uri));
        else
            add_rule(reader,
                     i < 5 ? &reader->catalog->suffixes
                           : &reader->catalog->starts,
                     name, uri);
    }
}

static void
read_entries(const struct reader *reader, const xmlNode *parent)
{
    const xmlNode *child;

    FOR_EACH_ELEMENT(child, parent)
    {
        if (node_is(child, NS_CATALOG, "group"))
            read_entries(reader, child);
        else
            read_entry(reader, child);
    }
}

/* ---- Both ---------------------------------------------------------------- */

bool
catalog_read(struct catalog *catalog, const char *path)
{
    struct reader reader = {catalog, mem_str(path)};
    struct documents documents = {{NULL, 0, 0}, {NULL, 0, 0}, NULL};
    struct place place = {reader.path, 0};
    size_t errors = diag_errors(), size;
    struct document *document;
    const char *why;
    char *text = file_read(path, &size, &why);

    if (text == NULL) {
        diag_error(place, "cannot read: %s", why);
        return false;
    }
    if (text[strspn(text, " \t\r\n\xef\xbb\xbf")] != '<') {
        read_lines(&reader, text);
    } else {
        place.file = NULL;
        document = document_open(&documents, path, place);
        if (document != NULL)
            read_entries(&reader, xmlDocGetRootElement(document->xml));
        xmlFreeDoc(document == NULL ? NULL : document->xml);
    }
    return diag_errors() == errors;
}

static bool
ends_in(const char *name, const char *end)
{
    size_t size = strlen(name), tail = strlen(end);

    return size >= tail && strcmp(name + size - tail, end) == 0;
}

const char *
catalog_find(const struct catalog *catalog, const char *name)
{
    const char *path = (const char *)map_get(&catalog->files, name);
    const struct catalog_rule *rule;
    size_t i;

    if (path != NULL)
        return path;
    for (i = 0; i < catalog->suffixes.count; i++) {
        rule = VEC(&catalog->suffixes, struct catalog_rule, i);
        if (ends_in(name, rule->text))
            return rule->path;
    }
    for (i = 0; i < catalog->starts.count; i++) {
        rule = VEC(&catalog->starts, struct catalog_rule, i);
        if (strncmp(name, rule->text, strlen(rule->text)) == 0)
            return mem_printf("%s%s", rule->path, name + strlen(rule->text));
    }
    return NULL;
}
