/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codegen/diag.h"

static bool failed;

bool
output_failed(void)
{
    return failed;
}

static void
tell(const char *path, const char *what)
{
    struct place place = {path, 0};

    failed = true;
    diag_error(place, "%s: %s", what, strerror(errno));
}

bool
output_make_folder(const char *path)
{
    char *part = mem_str(path), *slash = part;
    struct stat st;

    while ((slash = strchr(slash + 1, '/')) != NULL) {
        *slash = '\0';
        mkdir(part, 0777); /* what matters is told below */
        *slash = '/';
    }
    if (mkdir(path, 0777) != 0 &&
        (errno != EEXIST || stat(path, &st) != 0 || !S_ISDIR(st.st_mode))) {
        tell(path, "cannot make the folder");
        return false;
    }
    return true;
}

static bool
is_same(const char *path, const struct text *text)
{
    FILE *file = fopen(path, "rb");
    char *old = (char *)mem_new(text->size + 2);
    size_t size;

    if (file == NULL)
        return false;
    size = fread(old, 1, text->size + 1, file);
    fclose(file);
    return size == text->size && memcmp(old, text->data, size) == 0;
}

/* A new file beside path; NULL: told. */
static const char *
write_beside(const char *path, const struct text *text)
{
    char *name = mem_printf("%s.XXXXXX", path);
    mode_t mask = umask(0);
    int fd = mkstemp(name);
    FILE *file;
    bool good;

    umask(mask);
    file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (file == NULL) {
        tell(path, "cannot write");
        return NULL;
    }
    good = fwrite(text->data, 1, text->size, file) == text->size;
    good = fchmod(fd, 0666 & ~mask) == 0 && good;
    good = fclose(file) == 0 && good;
    if (good)
        return name;
    tell(path, "cannot write");
    unlink(name);
    return NULL;
}

bool
output_write(const struct output *outputs, size_t count)
{
    const char **beside = (const char **)mem_new((count + 1) * sizeof(*beside));
    bool good = true;
    size_t i;

    for (i = 0; good && i < count; i++) {
        if (is_same(outputs[i].path, outputs[i].text))
            continue;
        beside[i] = write_beside(outputs[i].path, outputs[i].text);
        good = beside[i] != NULL;
    }
    for (i = 0; i < count; i++) {
        if (beside[i] == NULL)
            continue;
        if (good && rename(beside[i], outputs[i].path) != 0) {
            tell(outputs[i].path, "cannot write");
            good = false;
        }
        if (!good)
            unlink(beside[i]);
    }
    return good;
}
