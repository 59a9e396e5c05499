/* SPDX-License-Identifier: Apache-2.0 */
/* Header entries that a contract declares, as they were read. */
#ifndef SBN_RPC_HEADERS_H
#define SBN_RPC_HEADERS_H

#include <sebon/describe.h>
#include <sebon/server.h>

#include "runtime/soap/message.h"

struct sbn__header {
    struct sbn__header *next;
    const sbn_part *part;
    void *value;
};

/* The part of list (may be NULL) whose element this is; NULL: none. */
const sbn_part *sbn__header_find(const sbn_contract *contract,
                                 const sbn_part *const *list, const char *ns,
                                 const char *local);
/* An entry of part is going to be decoded into target; it is appended to list.
 * SBN_ENOMEM, SBN_ELIMIT. */
sbn_status sbn__header_add(struct sbn__header **list, struct sbn__arena *arena,
                           const sbn_contract *contract, const sbn_part *part,
                           struct sbn__soap_target *target);
/* The value of the n-th entry of part, or NULL. */
const void *sbn__header_value(const struct sbn__header *list,
                              const sbn_part *part, size_t n);
/* Appends part's element to buf, or nothing when that fails. */
sbn_status sbn__header_write(struct sbn__buf *buf,
                             const sbn_contract *contract,
                             const sbn_part *part, const void *value,
                             struct sbn_error *error);
/* Puts marks into the start tag of the entry that begins at offset at. */
sbn_status sbn__header_mark(struct sbn__buf *buf, size_t at,
                            enum sbn__soap_version version,
                            const sbn_header_marks *marks);

#endif
