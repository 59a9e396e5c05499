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
    size_t used_size;    /* bytes of that */
    uint32_t default_ns; /* of a name without prefix, here */
    bool xsi;            /* i: is used */
    bool xsd;            /* x: is used */
    const char *encoding; /* SOAP 1.1, 5: types are told; NULL: literal */
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

/* ---- encode_value.c ------------------------------------------------------ */

enum sbn__presence { SBN__ABSENT, SBN__NIL, SBN__PRESENT, SBN__MISSING };

/* Whether field has a value in the struct at base, and where. */
enum sbn__presence sbn__presence_of(const sbn_field *field, const char *base,
                                    const void **ret_value);

/* The items of a field in one text; an item that is no value is told by
 * SBN_EINVAL. value: where the pointer to the items is. */
struct sbn__items {
    const char *first;
    size_t count, size;
    bool pointers; /* the items are behind pointers */
};

/* The items of a list, or the one value that field has. */
struct sbn__items sbn__items_of(const sbn_field *field, const void *value,
                                const char *base);
/* Declares the prefixes of QNames, from number first. */
void sbn__declare_qnames(struct sbn__encoder *enc, const sbn_field *field,
                         const struct sbn__items *items, unsigned first);
sbn_status sbn__write_items(struct sbn__encoder *enc, const sbn_field *field,
                            const struct sbn__items *items, bool attribute,
                            unsigned first);
sbn_status sbn__encode_attributes(struct sbn__encoder *enc,
                                  const sbn_type *type, const char *base);

/* ---- encode_soap.c ------------------------------------------------------- */

/* The type of a value, and the size of an array, in a start tag. */
void sbn__put_encoded_type(struct sbn__encoder *enc, const sbn_field *field,
                           const void *value);

/* ---- encode.c ------------------------------------------------------------ */

/* i:type */
void sbn__put_xsi_type(struct sbn__encoder *enc, const sbn_type *type);
/* As declared, or the derived one that the struct says it is. */
const sbn_type *sbn__type_of(const sbn_field *field, const void *value);
/* What stands for the field of the struct at base. */
sbn_status sbn__encode_field(struct sbn__encoder *enc, const sbn_field *field,
                             const char *base);

#endif
