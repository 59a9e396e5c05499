/* SPDX-License-Identifier: Apache-2.0 */
/*
 * .NET's references (IsReference of a data contract): an object has z:Id where
 * it is written, and z:Ref to that wherever else it belongs. Read, those
 * pointers point to one struct; written, a struct that several point to is
 * written once. WCF writes each parameter by itself, and looks for what z:Ref
 * means in the same one.
 */
#ifndef SBN_SOAP_IDENTITY_H
#define SBN_SOAP_IDENTITY_H

#include "runtime/soap/decode.h"
#include "runtime/soap/encode.h"

/* The attributes of an object's element; NULL: it has none. */
struct sbn__identity {
    const struct sbn__xml_attribute *id, *ref;
};

struct sbn__identity sbn__identity_of(const struct sbn__xml_element *element);
/* field's element has z:Ref: its place gets what that means. */
sbn_status sbn__identity_follow(struct sbn__decoder *dec,
                                const sbn_field *field, char *base,
                                const struct sbn__xml_attribute *ref);
/* The struct at value is what has z:Id; the last one of a name is meant. */
sbn_status sbn__identity_note(struct sbn__decoder *dec,
                              const struct sbn__xml_attribute *id,
                              const sbn_type *type, void *value);

/* The attribute of the struct at value; *ret_again: it has been written. */
sbn_status sbn__identity_write(struct sbn__encoder *enc, const void *value,
                               bool *ret_again);
void sbn__identity_close(struct sbn__encoder *enc);

#endif
