/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "codegen/memory.h"

/* Bytes; ten times the largest schema anyone has shown us. */
#define MAX_FILE_SIZE (256u << 20)

char *
file_read(const char *path, size_t *ret_size, const char **why)
{
    FILE *file = fopen(path, "rb");
    struct stat st;
    char *bytes = NULL;

    if (file == NULL) {
        *why = strerror(errno);
        return NULL;
    }
    if (fstat(fileno(file), &st) != 0) {
        *why = strerror(errno);
    } else if (!S_ISREG(st.st_mode)) {
        *why = "not a regular file";
    } else if ((size_t)st.st_size > MAX_FILE_SIZE) {
        *why = "file too large";
    } else {
        bytes = (char *)mem_new((size_t)st.st_size + 1);
        *ret_size = fread(bytes, 1, (size_t)st.st_size, file);
        if (ferror(file)) {
            *why = strerror(errno);
            bytes = NULL;
        }
    }
    fclose(file);
    return bytes;
}

const char *
file_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}
