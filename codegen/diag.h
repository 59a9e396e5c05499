/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tool has to say about its input, as a compiler says it:
 *
 *     calc.wsdl:42: error: type 'tns:Order' is not declared
 *
 * Errors are counted and the run goes on, so that all of them are told at once.
 */
#ifndef SBN_CODEGEN_DIAG_H
#define SBN_CODEGEN_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "codegen/memory.h"

/* Where something stands; file NULL: nowhere. */
struct place {
    const char *file;
    unsigned line; /* 0: unknown */
};

void diag_error(struct place place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void diag_warning(struct place place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* An error, or a warning once diag_be_lenient(true) was called: what follows does
 * with what there is. */
void diag_problem(struct place place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void diag_be_lenient(bool on);
bool diag_is_lenient(void);

/* Something said. */
enum diag_kind { DIAG_ERROR, DIAG_PROBLEM, DIAG_WARNING };
struct diag_line {
    enum diag_kind kind;
    struct place place;
    const char *text;
};
/* From now on lines are added to it (struct diag_line) and not printed; problems
 * do not count as errors. */
void diag_collect(struct vec *lines);

/* Errors so far. */
size_t diag_errors(void);
/* Forgets them, leniency and where lines go; for a second run in one process. */
void diag_reset(void);

#endif
