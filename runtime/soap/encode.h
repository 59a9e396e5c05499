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
    uint16_t *prefixes;  /* by namespace, which of them it has */
    uint16_t prefix_count;
    uint32_t default_ns; /* of a name without prefix, here */
    bool xsi;            /* i: is used */
    bool xsd;            /* x: is used */
    bool ser;            /* ser: is used */
    bool wrapped;        /* the body's element only holds parameters */
    struct sbn__written *written; /* what z:Ref may refer to; NULL: nothing */
    const char *encoding; /* SOAP 1.1, 5: types are told; NULL: literal */
    bool detail;         /* i: is declared on a struct in any case */
    bool nil_nulls;      /* of the body's element, children that are NULL */
    size_t at;           /* where declarations go, in out; 0: not known yet */
    unsigned depth;
    const struct sbn__step *path;
};

/* SBN_EINVAL, with the path; name (may be NULL) is added to it. */
sbn_status sbn__encode_invalid(struct sbn__encoder *enc, const char *name,
                               const char *text);
/* The prefix of a namespace with the colon; it will be declared. */
void sbn__use_prefix(struct sbn__encoder *enc, uint32_t ns);

/* ---- encode_value.c ------------------------------------------------------ */

enum sbn__presence { SBN__ABSENT, SBN__NIL, SBN__PRESENT, SBN__MISSING };

/* A date that was never set: there is no year or month 0. Midnight is a time.
 */
static inline bool
sbn__is_no_date(const sbn_field *field, const void *value)
{
    const sbn_datetime *date = (const sbn_datetime *)value;

    return field->kind >= SBN_K_DATETIME && field->kind <= SBN_K_GDAY &&
           field->kind != SBN_K_TIME && date->year == 0 && date->month == 0 &&
           date->day == 0;
}

/* Whether field has a value in the struct at base, and where. */
static inline enum sbn__presence
sbn__presence_of(const sbn_field *field, const char *base,
                 const void **ret_value)
{
    const void *value = base + field->offset;
    bool flagged = field->has != SBN_NONE;

    if ((field->flags & SBN_F_REPEATED) != 0) { /* a list; NULL: absent */
        if (field->nil != SBN_NONE && *(const bool *)(base + field->nil))
            return SBN__NIL;
        *ret_value = value;
        return *(const size_t *)(const void *)(base + field->has) == 0 &&
                       *(const void *const *)value == NULL &&
                       (field->flags & SBN_F_OPTIONAL) != 0
                   ? SBN__ABSENT
                   : SBN__PRESENT;
    }
    if (flagged && (field->flags & SBN_F_OPTIONAL) != 0 &&
        !*(const bool *)(base + field->has))
        return SBN__ABSENT;
    if (field->nil != SBN_NONE && *(const bool *)(base + field->nil))
        return SBN__NIL;
    if ((field->flags & SBN_F_POINTER) != 0)
        value = *(const void *const *)value;
    /* a scalar that is always written, but for a date, which has no 0 */
    if (!flagged && (field->flags & SBN_F_OPTIONAL) != 0 && value != NULL &&
        sbn__is_no_date(field, value))
        return SBN__ABSENT;
    if (value != NULL && !sbn__value_is_null(field->kind, value)) {
        *ret_value = value;
        return SBN__PRESENT;
    }
    if (flagged && (field->flags & SBN_F_NILLABLE) != 0)
        return SBN__NIL;
    if ((field->flags & SBN_F_OPTIONAL) != 0 || field->min == 0)
        return SBN__ABSENT;
    return (field->flags & SBN_F_NILLABLE) != 0 ? SBN__NIL : SBN__MISSING;
}

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
