/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/diag.h"

#include <stdarg.h>
#include <stdio.h>

static size_t errors;
static bool lenient;

static void
say(struct place place, const char *kind, const char *format, va_list ap)
{
    if (place.file == NULL)
        fprintf(stderr, "sebon: %s: ", kind);
    else if (place.line == 0)
        fprintf(stderr, "%s: %s: ", place.file, kind);
    else
        fprintf(stderr, "%s:%u: %s: ", place.file, place.line, kind);
    vfprintf(stderr, format, ap);
    fputc('\n', stderr);
}

void
diag_error(struct place place, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    say(place, "error", format, ap);
    va_end(ap);
    errors++;
}

void
diag_warning(struct place place, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    say(place, "warning", format, ap);
    va_end(ap);
}

void
diag_problem(struct place place, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    say(place, lenient ? "warning" : "error", format, ap);
    va_end(ap);
    errors += !lenient;
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
}
