/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this layer share: the table interpreter's two directions,
 * simple values, captured XML. */
#ifndef SBN_SOAP_CODEC_H
#define SBN_SOAP_CODEC_H

#include "runtime/base/text.h"
#include "runtime/soap/message.h"
#include "runtime/xml/writer.h"

/* A flag of tables of our own: of an XML value only the content is kept. */
#define SBN__F_CONTENT (1u << 30)

/* XML Schema's name of a kind, "structure" and "enumeration" among them. */
const char *sbn__kind_name(unsigned kind);
/* The type that every value of the kind has; NULL: several are kept as it. */
const char *sbn__kind_type(unsigned kind);
/* The C type of a kind, by size; 0 for STRUCT. */
size_t sbn__kind_size(unsigned kind);
/* Bytes of one value in memory: of a struct, or of the kind. */
size_t sbn__value_size(const sbn_field *field);
/* Whether NULL can say that there is no value: texts, bytes, names, XML. */
bool sbn__kind_is_pointer(unsigned kind);
/* Whether such a value is NULL. */
bool sbn__value_is_null(unsigned kind, const void *value);

/* "Whoever is next", as an actor and as a role. */
#define SBN__NEXT11 "http://schemas.xmlsoap.org/soap/actor/next"
#define SBN__NEXT12 SBN__NS_SOAP12 "/role/next"

/* ---- Captured XML (rawxml.c) --------------------------------------------- */

struct sbn__raw_scope {
    const char *prefix, *uri; /* as of the reader; NULL: none */
    size_t depth;
};

/* An element is copied as a piece of XML that stands on its own. */
struct sbn__raw {
    const struct sbn__xml_reader *xml;
    struct sbn__buf out;
    struct sbn__buf names; /* of open elements: "prefix:local\0" */
    struct sbn__raw_scope *scopes;
    size_t scope_count, scope_room;
    const sbn_allocator *mem;
    size_t depth; /* 0: nothing is being captured */
    bool content; /* without the outermost element */
    bool open;    /* the last start tag has no > yet */
    sbn_status status;
};

void sbn__raw_init(struct sbn__raw *raw, const sbn_allocator *mem);
void sbn__raw_fini(struct sbn__raw *raw);
/* limit: bytes of the copy. */
void sbn__raw_begin(struct sbn__raw *raw, const struct sbn__xml_reader *xml,
                    bool content, size_t limit);
sbn_status sbn__raw_start(struct sbn__raw *raw,
                          const struct sbn__xml_element *element);
sbn_status sbn__raw_text(struct sbn__raw *raw, const char *text, size_t size);
/* raw->depth is 0 when that was the outermost element. */
sbn_status sbn__raw_end(struct sbn__raw *raw);

/* ---- Decoding (decode.c) ------------------------------------------------- */

struct sbn__frame;
struct sbn__refs;

struct sbn__decoder {
    struct sbn__xml_reader *xml;
    struct sbn__arena *arena;
    struct sbn_error *error;
    const sbn_allocator *mem;
    const sbn_contract *contract;
    bool lenient;           /* names that do not resolve are kept as text */
    struct sbn__refs *refs; /* of an encoded body; NULL: references mean
                               nothing */
    struct sbn__objects {
        struct sbn__object *slots; /* in the arena */
        size_t count, room;
    } objects; /* what z:Ref may refer to */

    struct sbn__frame *frames;
    size_t frame_count, frame_room;
    uint64_t *bits; /* which fields were met, frame by frame */
    size_t bit_count, bit_room;
    size_t skip; /* open elements that are passed over */

    const sbn_field *value; /* of the simple element that is open, or NULL */
    void *place;            /* for its value, or its struct (LIST) */
    struct sbn__buf text;   /* its text, or that of simple content */
    struct sbn__raw raw;
    sbn_xml *raw_place;

    /* Interned namespaces met, and their numbers in the contract. */
    struct sbn__known_ns {
        const char *uri;
        uint32_t index;
    } known[8];
    uint32_t known_next;
    const char *last_uri;
    uint32_t last_index;
    const char *xsi; /* interned; NULL: not met */
};

void sbn__decoder_init(struct sbn__decoder *dec, const sbn_allocator *mem);
void sbn__decoder_fini(struct sbn__decoder *dec);
/* For a new message; keeps what is allocated. */
void sbn__decoder_reset(struct sbn__decoder *dec, struct sbn__xml_reader *xml,
                        struct sbn__arena *arena, struct sbn_error *error);
void sbn__decoder_trim(struct sbn__decoder *dec);

/* field's element starts; its value goes to base. */
sbn_status sbn__decode_root(struct sbn__decoder *dec,
                            const sbn_contract *contract,
                            const sbn_field *field, void *base,
                            const struct sbn__xml_element *element);
/* The elements of field's group come as children, until an end without start.
 */
sbn_status sbn__decode_several(struct sbn__decoder *dec,
                               const sbn_contract *contract,
                               const sbn_field *field, void *base);
sbn_status sbn__decode_start(struct sbn__decoder *dec,
                             const struct sbn__xml_element *element);
sbn_status sbn__decode_text(struct sbn__decoder *dec, const char *text,
                            size_t size);
sbn_status sbn__decode_end(struct sbn__decoder *dec);
/* Between root and its end. */
bool sbn__decode_is_open(const struct sbn__decoder *dec);

/* Whether a message without field's element is complete. */
bool sbn__may_be_absent(const sbn_field *field);

/* Text into the value of field at place. */
sbn_status sbn__value_read(struct sbn__decoder *dec, const sbn_field *field,
                           const char *text, size_t size, void *place);
/* A failure at the reader's place; name (may be NULL) is added to the path. */
sbn_status sbn__decode_fail(struct sbn__decoder *dec, sbn_status status,
                            const char *name, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* After an allocation in the arena failed. */
sbn_status sbn__decode_no_memory(struct sbn__decoder *dec);

/* ---- Encoding (encode.c) ------------------------------------------------- */

/* The value of a simple kind as text; SBN_EINVAL when it has none. A QName's
 * prefix is q with the number, and must be declared by the caller. */
sbn_status sbn__value_write(struct sbn__buf *out, const sbn_field *field,
                            const void *value, bool attribute, unsigned number);

/* <s:Envelope ...><s:Body> and the end of it; headers: entries, or NULL. */
void sbn__write_envelope_start(struct sbn__buf *out,
                               enum sbn__soap_version version,
                               const struct sbn__buf *headers);
void sbn__write_envelope_end(struct sbn__buf *out);

#endif
