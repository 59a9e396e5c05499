/* SPDX-License-Identifier: Apache-2.0 */
/* Files are written when everything is known to be well, all or none. */
#ifndef SBN_CODEGEN_OUTPUT_H
#define SBN_CODEGEN_OUTPUT_H

#include <stdbool.h>

#include "codegen/text.h"

struct output {
    const char *path;
    const struct text *text;
};

/* Writes each beside its place and then moves all of them there. A file that has
 * the same contents already is left alone, with its time. false: it has been
 * told why, and no file was changed. */
bool output_write(const struct output *outputs, size_t count);
/* Makes the folder and those above it. */
bool output_make_folder(const char *path);
/* Whether something could not be written or made. */
bool output_failed(void);

#endif
