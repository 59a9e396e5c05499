/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SOAP 1.1, 5 and SOAP 1.2 Part 2, 3: bodies with references. The body's
 * elements are captured first, since a reference comes before what it means;
 * then the first is decoded, and what a reference means is read where the
 * reference stands, as often as it does. A struct behind a pointer is read once
 * and shared, so that circles have an end.
 */
#ifndef SBN_SOAP_REFS_H
#define SBN_SOAP_REFS_H

#include "runtime/soap/decode.h"

struct sbn__fragment;

struct sbn__refs {
    struct sbn__xml_pool *xml;
    struct sbn__xml_limits limits;
    struct sbn__fragment *first, *last; /* in the arena */
    size_t budget; /* bytes of fragments that may still be read */
    uint32_t depth; /* of references inside of what references mean */
};

void sbn__refs_reset(struct sbn__refs *refs, struct sbn__xml_pool *xml,
                     const struct sbn__xml_limits *limits);

/* An element of the body starts, one inside it, text, one ends. */
sbn_status sbn__refs_start(struct sbn__decoder *dec,
                           const struct sbn__xml_element *element);
sbn_status sbn__refs_inside(struct sbn__decoder *dec,
                            const struct sbn__xml_element *element);
sbn_status sbn__refs_text(struct sbn__decoder *dec, const char *text,
                          size_t size);
sbn_status sbn__refs_end(struct sbn__decoder *dec);
/* The body ends: its first element is field's, and goes to base. */
sbn_status sbn__refs_decode(struct sbn__decoder *dec,
                            const sbn_contract *contract,
                            const sbn_field *field, void *base);

/* The attribute that makes an element a reference, or NULL. */
const struct sbn__xml_attribute *
sbn__refs_find(const struct sbn__xml_element *element);
/* field's element is a reference: what it means is decoded. */
sbn_status sbn__refs_follow(struct sbn__decoder *dec, const sbn_field *field,
                            const struct sbn__xml_element *element,
                            const struct sbn__xml_attribute *href, char *base,
                            bool *ret_met);

#endif
