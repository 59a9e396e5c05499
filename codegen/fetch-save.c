/* SPDX-License-Identifier: Apache-2.0 */
/* Documents become files that refer to each other. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <libxml/parser.h>

#include "codegen/document.h"
#include "codegen/fetch.h"
#include "codegen/output.h"

/* ---- Names ------------------------------------------------------------------
 */

static bool
is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* At most 60 characters that any file system takes. */
static const char *
plain(const char *text, size_t size)
{
    char *name = mem_strn(text, size < 60 ? size : 60);
    size_t i;

    for (i = 0; name[i] != '\0'; i++)
        if (!is_plain(name[i]))
            name[i] = '_';
    return name[0] == '\0' ? "metadata" : name;
}

/* The last segment of the path: "service" of http://h/a/service?wsdl, and with
 * what the query asks for "service-wsdl0". */
static const char *
stem_of(const struct fetched *document)
{
    const char *path = strstr(document->url, "://") + 3;
    size_t size = strcspn(path, "?#"), start;
    const char *value = strchr(path + size, '=');
    const char *stem;

    while (size > 0 && path[size - 1] == '/')
        size--;
    for (start = size; start > 0 && path[start - 1] != '/'; start--)
        ;
    if (size - start > 5 && (strncasecmp(path + size - 5, ".wsdl", 5) == 0 ||
                             strncasecmp(path + size - 4, ".xsd", 4) == 0))
        size -= path[size - 5] == '.' ? 5 : 4;
    if (start == 0)
        start = size; /* only the host */
    stem = plain(path + start, size - start);
    if (path[strcspn(path, "?#")] == '?' && value != NULL)
        stem = mem_printf("%s-%s", stem,
                          plain(value + 1, strcspn(value + 1, "&#")));
    return stem;
}

/* File systems may not tell case. */
static bool
is_taken(const struct fetching *f, const char *name)
{
    size_t i;

    for (i = 0; i < f->documents.count; i++) {
        const struct fetched *d = VEC(&f->documents, struct fetched, i);

        if (d->name != NULL && strcasecmp(d->name, name) == 0)
            return true;
    }
    return false;
}

static void
name_all(struct fetching *f)
{
    size_t i, number;

    for (i = 0; i < f->documents.count; i++) {
        struct fetched *d = VEC(&f->documents, struct fetched, i);
        const char *stem = stem_of(d), *end = d->is_wsdl ? "wsdl" : "xsd";
        const char *name = mem_printf("%s.%s", stem, end);

        for (number = 1; is_taken(f, name); number++)
            name = mem_printf("%s-%zu.%s", stem, number, end);
        d->name = name;
    }
}

/* ---- Writing ----------------------------------------------------------------
 */

static const char *
name_of(const struct fetching *f, const char *url)
{
    size_t i;

    for (i = 0; url != NULL && i < f->documents.count; i++) {
        const struct fetched *d = VEC(&f->documents, struct fetched, i);

        if (strcmp(d->url, url) == 0)
            return d->name;
    }
    return NULL;
}

static void
rename_imports(const struct fetching *f, xmlNode *node)
{
    static const char *const names[] = {"location", "schemaLocation"};
    const char *name;
    xmlNode *child;
    size_t i;

    if (node_is(node, NS_WSDL, "import") || node_is(node, NS_XSD, "import") ||
        node_is(node, NS_XSD, "include") || node_is(node, NS_XSD, "redefine"))
        for (i = 0; i < 2; i++) {
            name = name_of(f, node_attr(node, names[i]));
            if (name != NULL)
                xmlSetProp(node, (const xmlChar *)names[i],
                           (const xmlChar *)name);
        }
    for (child = node->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            rename_imports(f, child);
}

static struct text *
text_of(const struct fetching *f, const struct fetched *document)
{
    struct text *text = NEW(struct text);
    xmlChar *bytes = NULL;
    int size = 0;

    rename_imports(f, xmlDocGetRootElement(document->xml));
    xmlDocDumpMemoryEnc(document->xml, &bytes, &size, "utf-8");
    text_putn(text, bytes == NULL ? "" : (const char *)bytes, (size_t)size);
    xmlFree(bytes);
    return text;
}

bool
fetch_save(struct fetching *f, const char *folder)
{
    struct output *outputs =
        (struct output *)mem_new(f->documents.count * sizeof(*outputs));
    size_t i;

    name_all(f);
    if (!output_make_folder(folder))
        return false;
    for (i = 0; i < f->documents.count; i++) {
        const struct fetched *d = VEC(&f->documents, struct fetched, i);

        outputs[i].path = mem_printf("%s/%s", folder, d->name);
        outputs[i].text = text_of(f, d);
    }
    return output_write(outputs, f->documents.count);
}

/* ---- A folder for a while
 * ------------------------------------------------------ */

static char *temporary;

bool
fetch(const char *url, struct vec *files)
{
    const char *parent = getenv("TMPDIR");

    if (temporary == NULL) {
        temporary =
            mem_printf("%s/sebon-XXXXXX",
                       parent != NULL && *parent != '\0' ? parent : "/tmp");
        if (mkdtemp(temporary) == NULL) {
            fprintf(stderr, "sebon: error: cannot make a folder '%s': %s\n",
                    temporary, strerror(errno));
            temporary = NULL;
            return false;
        }
    }
    return fetch_to_folder(url, temporary, files);
}

void
fetch_cleanup(void)
{
    DIR *folder;
    struct dirent *entry;

    if (temporary == NULL)
        return;
    folder = opendir(temporary);
    while (folder != NULL && (entry = readdir(folder)) != NULL)
        if (entry->d_name[0] != '.')
            unlink(mem_printf("%s/%s", temporary, entry->d_name));
    if (folder != NULL)
        closedir(folder);
    rmdir(temporary);
    temporary = NULL;
}
