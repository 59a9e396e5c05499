/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of the reading interpreter: decoder.c keeps its state, match.c
 * says which field an element belongs to, place.c where the value goes,
 * decode.c follows the elements.
 */
#ifndef SBN_SOAP_DECODE_H
#define SBN_SOAP_DECODE_H

#include <string.h>

#include "runtime/soap/codec.h"

enum { SBN__FRAME_STRUCT, SBN__FRAME_GROUP };

struct sbn__frame {
    uint8_t kind;
    bool nil;      /* xsi:nil: it has only attributes */
    bool again;    /* a group entered for the second time */
    uint32_t next; /* the field that is tried first */
    size_t bits;   /* where in dec->bits its fields are */
    const sbn_field *field;
    const sbn_type *type;
    const sbn_field *text; /* the field of simple content, or NULL */
    char *base;            /* the struct */
};

#define SBN__NOWHERE UINT32_MAX

struct sbn__wanted {
    uint32_t ns;
    const char *local;
    bool any; /* looks for a wildcard, no field having the name */
};

/* What an element asks for by itself. */
struct sbn__asked {
    bool nil;
    const struct sbn__xml_attribute *type;
};

/* ---- decoder.c ----------------------------------------------------------- */
uint32_t sbn__decode_find_ns(struct sbn__decoder *dec, const char *uri);
void sbn__decode_forget(struct sbn__decoder *dec);
sbn_status sbn__decode_too_much(struct sbn__decoder *dec, sbn_status status);
struct sbn__asked sbn__decode_ask(struct sbn__decoder *dec,
                                  const struct sbn__xml_element *element);
sbn_status sbn__decode_push(struct sbn__decoder *dec, int kind,
                            const sbn_field *field, const sbn_type *type,
                            void *base);

/* ---- decode.c ------------------------------------------------------------ */
/* element is field's; ret_met: it counts as present. */
sbn_status sbn__decode_field(struct sbn__decoder *dec, const sbn_field *field,
                             const struct sbn__xml_element *element,
                             char *base, bool *ret_met);

/* ---- match.c ------------------------------------------------------------- */
/* The number of frame's field that takes the element, or SBN__NOWHERE. */
uint32_t sbn__match_field(const struct sbn__decoder *dec,
                          const struct sbn__frame *frame,
                          const struct sbn__wanted *wanted);

/* ---- place.c ------------------------------------------------------------- */
void *sbn__value_place(struct sbn__decoder *dec, const sbn_field *field,
                       char *base, size_t size, bool nil);
sbn_status sbn__read_list(struct sbn__decoder *dec, const sbn_field *field,
                          const char *text, size_t size, char *base);
sbn_status sbn__read_value(struct sbn__decoder *dec, const sbn_field *field,
                           const char *text, size_t size, char *base);
sbn_status sbn__read_attributes(struct sbn__decoder *dec,
                                struct sbn__frame *frame,
                                const struct sbn__xml_element *element);
sbn_status sbn__choose_type(struct sbn__decoder *dec, const sbn_field *field,
                            const struct sbn__asked *asked,
                            const sbn_type **ret_type);

/* ---- anyattr.c ----------------------------------------------------------- */
/* Attributes that no other field of the frame has the name of, into field. */
sbn_status sbn__read_any_attributes(struct sbn__decoder *dec,
                                    const struct sbn__frame *frame,
                                    const struct sbn__xml_element *element,
                                    const sbn_field *field);

/* ---- Small things -------------------------------------------------------- */

/* The number of an interned namespace in the contract. */
static inline uint32_t
sbn__ns_index(struct sbn__decoder *dec, const char *uri)
{
    if (uri != dec->last_uri) {
        dec->last_index = sbn__decode_find_ns(dec, uri);
        dec->last_uri = uri;
    }
    return dec->last_index;
}

static inline uint32_t
sbn__ns_number(struct sbn__decoder *dec, const char *uri)
{
    return uri == NULL ? 0 : sbn__ns_index(dec, uri);
}

static inline bool
sbn__is_choice(const sbn_type *type)
{
    return (type->flags & SBN_TYPE_CHOICE) != 0;
}

static inline struct sbn__frame *
sbn__top(struct sbn__decoder *dec)
{
    return &dec->frames[dec->frame_count - 1];
}

static inline bool
sbn__was_met(const struct sbn__decoder *dec, const struct sbn__frame *frame,
             uint32_t i)
{
    return (dec->bits[frame->bits + i / 64] >> (i % 64) & 1) != 0;
}

static inline void
sbn__mark_met(struct sbn__decoder *dec, const struct sbn__frame *frame,
              uint32_t i)
{
    dec->bits[frame->bits + i / 64] |= (uint64_t)1 << (i % 64);
}

#endif
