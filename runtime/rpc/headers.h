/* SPDX-License-Identifier: Apache-2.0 */
/* Header entries that a contract declares, as they were read. */
#ifndef SBN_RPC_HEADERS_H
#define SBN_RPC_HEADERS_H

#include <sebon/describe.h>

#include "runtime/soap/codec.h"

struct sbn__header {
    struct sbn__header *next;
    const sbn_part *part;
    void *value;
    const char *ns; /* of the contract */
    sbn_header_marks marks;
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
/* The marks of the n-th entry {ns}local, or NULL. */
const sbn_header_marks *sbn__header_marks(const struct sbn__header *list,
                                          const char *ns, const char *local,
                                          size_t n);
/* The entry that was appended last. */
struct sbn__header_place {
    size_t at;    /* where it begins */
    size_t marks; /* bytes of them, behind its name */
};
/* Appends the entry of part, with part's marks, or nothing when that fails. */
sbn_status sbn__header_write(struct sbn__buf *buf,
                             struct sbn__header_place *last,
                             enum sbn__soap_version version,
                             const sbn_contract *contract, const sbn_part *part,
                             const void *value, struct sbn_error *error);
/* Gives the entry these marks alone. SBN_ESTATE: there is none. */
sbn_status sbn__header_mark(struct sbn__buf *buf,
                            struct sbn__header_place *last,
                            enum sbn__soap_version version,
                            const sbn_header_marks *marks);

#endif
