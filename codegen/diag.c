/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/diag.h"

#include <stdarg.h>
#include <stdio.h>

static size_t errors;
static bool lenient;
static struct vec *collected; /* NULL: lines are printed */

static void
print(enum diag_kind kind, struct place place, const char *text)
{
    const char *word = kind == DIAG_WARNING ? "warning" : "error";

    if (place.file == NULL)
        fprintf(stderr, "sebon: %s: %s\n", word, text);
    else if (place.line == 0)
        fprintf(stderr, "%s: %s: %s\n", place.file, word, text);
    else
        fprintf(stderr, "%s:%u: %s: %s\n", place.file, place.line, word, text);
}

static void
say(struct place place, enum diag_kind kind, const char *format, va_list ap)
{
    const char *text = mem_vprintf(format, ap);
    struct diag_line *line;

    if (collected == NULL) {
        print(kind, place, text);
        return;
    }
    line = NEW(struct diag_line);
    line->kind = kind;
    line->place = place;
    line->text = text;
    vec_add(collected, line);
}

void
diag_error(struct place place, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    say(place, DIAG_ERROR, format, ap);
    va_end(ap);
    errors++;
}

void
diag_warning(struct place place, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    say(place, DIAG_WARNING, format, ap);
    va_end(ap);
}

void
diag_problem(struct place place, const char *format, ...)
{
    enum diag_kind kind = collected != NULL ? DIAG_PROBLEM
                          : lenient         ? DIAG_WARNING
                                            : DIAG_ERROR;
    va_list ap;

    va_start(ap, format);
    say(place, kind, format, ap);
    va_end(ap);
    errors += kind == DIAG_ERROR;
}

void
diag_collect(struct vec *lines)
{
    collected = lines;
    lenient = true;
}

void
diag_be_lenient(bool on)
{
    lenient = on;
}

bool
diag_is_lenient(void)
{
    return lenient;
}

size_t
diag_errors(void)
{
    return errors;
}

void
diag_reset(void)
{
    errors = 0;
    lenient = false;
    collected = NULL;
}
