/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The head of a message: collects its lines in one block, checks them, and
 * makes a struct sbn__http_head whose texts point into the block. Private to
 * the parser.
 */
#ifndef SBN_HTTP_HEAD_H
#define SBN_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include <sebon/error.h>
#include <sebon/memory.h>

#include "runtime/http/parser.h"
#include "runtime/http/spare.h"

enum { SBN__HTTP_MAX_FIELDS = 256 };

struct sbn__http_head_block {
    const sbn_allocator *mem;
    struct sbn__http_spare *spare; /* NULL: none */
    char *data;
    size_t size, cap;
    size_t line;  /* where the line that is arriving begins */
    size_t lines; /* whole ones */
    size_t taken; /* bytes of this message's lines, trailers and interim
                     responses included */
    size_t limit; /* most that taken may become */
    int refusal;  /* HTTP status for what was wrong */
    enum sbn__http_role role;
    bool skipped; /* an empty line in front of a request */
};

void sbn__http_head_init(struct sbn__http_head_block *block,
                         const sbn_allocator *mem, enum sbn__http_role role,
                         size_t limit);
/* Forgets the lines and gives the memory back; taken stays. */
void sbn__http_head_clear(struct sbn__http_head_block *block);

/* Takes bytes up to the end of the head; *ret_done: it is complete. */
sbn_status sbn__http_head_take(struct sbn__http_head_block *block,
                               const char *bytes, size_t size,
                               size_t *ret_used, bool *ret_done,
                               struct sbn_error *error);
/* The complete head; the framing it announces is checked. (fields.c) */
sbn_status sbn__http_head_parse(struct sbn__http_head_block *block,
                                struct sbn__http_head *ret_head,
                                struct sbn_error *error);

/* Room for size more bytes. SBN_ENOMEM. */
sbn_status sbn__http_head_reserve(struct sbn__http_head_block *block,
                                  size_t size);
/* Sets refusal and error; returns SBN_EPROTO. */
sbn_status sbn__http_head_refuse(struct sbn__http_head_block *block,
                                 struct sbn_error *error, int refusal,
                                 const char *reason);
/* Counts size more bytes of lines; SBN_ELIMIT when that is too many. */
sbn_status sbn__http_head_count(struct sbn__http_head_block *block,
                                size_t size, struct sbn_error *error);
/* RFC 9110, 5.6.2 */
bool sbn__http_is_token(const char *text, size_t size);

#endif
