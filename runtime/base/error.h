/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The error object behind sbn_error. Every layer that can fail for a reason
 * worth telling is given one and sets it once: the first reason stands.
 * Texts are formatted into the owner's arena; when that has no memory the
 * status's own text stands in.
 */
#ifndef SBN_BASE_ERROR_H
#define SBN_BASE_ERROR_H

#include <sebon/error.h>

#include "runtime/base/arena.h"

struct sbn_error {
    struct sbn__arena *arena; /* where texts go */
    sbn_status status;
    sbn_stage stage;
    int native;
    int http_status;
    uint32_t elapsed; /* ms */
    uint32_t line, column;
    const char *operation; /* NULL: unknown */
    const char *peer;      /* NULL: none */
    const char *path;      /* element path; NULL: none */
    const char *reason;    /* what a layer said; NULL: the status's text */
    const char *text;      /* the whole sentence, made when first asked for */
    sbn_fault *fault;
};

void sbn__error_init(struct sbn_error *error, struct sbn__arena *arena);
/* Forgets everything but the arena. */
void sbn__error_clear(struct sbn_error *error);

/* Sets status, native code and reason unless a reason is set already; error may
 * be NULL. Returns status, so that `return sbn__error_set(...)` reads well. */
sbn_status sbn__error_set(struct sbn_error *error, sbn_status status,
                          int native, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Copies from into to, texts and fault included, into to's arena. */
void sbn__error_copy(struct sbn_error *to, const struct sbn_error *from);

#endif
