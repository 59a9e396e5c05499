/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files. */
#ifndef SBN_CODEGEN_FILES_H
#define SBN_CODEGEN_FILES_H

#include <stddef.h>

/* The bytes of a regular file, NUL-terminated; NULL: *why tells. */
char *file_read(const char *path, size_t *ret_size, const char **why);
/* What is behind the last slash. */
const char *file_base_name(const char *path);

#endif
