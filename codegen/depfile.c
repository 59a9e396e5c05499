/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/depfile.h"

/* A path as make wants it. */
static void
put_path(struct text *text, const char *path)
{
    for (; *path != '\0'; path++) {
        if (*path == '$')
            text_put(text, "$");
        else if (*path == ' ' || *path == '#' || *path == '%')
            text_put(text, "\\");
        text_putn(text, path, 1);
    }
}

void
depfile_fill(struct text *text, const struct vec *outputs,
             const struct documents *documents, const struct vec *more)
{
    size_t i;

    for (i = 0; i < outputs->count; i++) {
        put_path(text, VEC(outputs, struct output, i)->path);
        text_put(text, i + 1 < outputs->count ? " " : ":");
    }
    for (i = 0; i < documents->all.count; i++) {
        const struct document *document =
            VEC(&documents->all, struct document, i);

        if (document->wellknown)
            continue;
        text_put(text, " \\\n  ");
        put_path(text, document->path);
    }
    for (i = 0; i < more->count; i++) {
        text_put(text, " \\\n  ");
        put_path(text, VEC(more, const char, i));
    }
    text_put(text, "\n");
}
