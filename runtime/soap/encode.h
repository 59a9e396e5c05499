/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of the writing interpreter: write.c makes the message, encode.c
 * the values in it. */
#ifndef SBN_SOAP_ENCODE_H
#define SBN_SOAP_ENCODE_H

#include <string.h>

#include "runtime/base/number.h"
#include "runtime/soap/codec.h"

/* Where the encoder is, for errors; innermost first, on the stack. */
struct sbn__step {
    const struct sbn__step *outer;
    const char *name;
    size_t index; /* of an item, from 1; 0: none */
};

struct sbn__encoder {
    struct sbn__buf *out;
    const sbn_contract *contract;
    struct sbn_error *error;
    uint64_t *used;      /* bits of namespaces that need a prefix */
    uint32_t default_ns; /* of a name without prefix, here */
    bool xsi;            /* i: is used */
    size_t at;           /* where declarations go, in out; 0: not known yet */
    unsigned depth;
    const struct sbn__step *path;
};

/* SBN_EINVAL, with the path; name (may be NULL) is added to it. */
sbn_status sbn__encode_invalid(struct sbn__encoder *enc, const char *name,
                               const char *text);
/* The prefix of a namespace; use_prefix with the colon, and it is declared. */
void sbn__put_prefix(struct sbn__buf *out, uint32_t ns);
void sbn__use_prefix(struct sbn__encoder *enc, uint32_t ns);
/* What stands for the field of the struct at base. */
sbn_status sbn__encode_field(struct sbn__encoder *enc, const sbn_field *field,
                             const char *base);

#endif
