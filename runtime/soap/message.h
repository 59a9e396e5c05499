/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SOAP messages: envelope in, values out, and back. Bodies are decoded and
 * encoded by descriptor tables (describe.h), while the bytes arrive.
 */
#ifndef SBN_SOAP_MESSAGE_H
#define SBN_SOAP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <sebon/describe.h>
#include <sebon/error.h>

#include "runtime/base/arena.h"
#include "runtime/base/buf.h"
#include "runtime/base/error.h"
#include "runtime/xml/reader.h"

enum sbn__soap_version { SBN__SOAP_11 = 11, SBN__SOAP_12 = 12 };

#define SBN__NS_SOAP11 "http://schemas.xmlsoap.org/soap/envelope/"
#define SBN__NS_SOAP12 "http://www.w3.org/2003/05/soap-envelope"
#define SBN__NS_ENC11 "http://schemas.xmlsoap.org/soap/encoding/"
#define SBN__NS_ENC12 "http://www.w3.org/2003/05/soap-encoding"
#define SBN__NS_XSI "http://www.w3.org/2001/XMLSchema-instance"
#define SBN__NS_XSD "http://www.w3.org/2001/XMLSchema"
#define SBN__NS_SERIALIZATION \
    "http://schemas.microsoft.com/2003/10/Serialization/"

struct sbn__soap_pool;
struct sbn__soap_reader;

struct sbn__soap_target {
    const sbn_contract *contract;
    const sbn_field *field; /* the body element; NULL: the body is empty */
    void *base;             /* the struct it is decoded into, zeroed */
    bool encoded;           /* by SOAP 1.1, 5: has references to resolve */
    bool any_name;          /* what the element is called means nothing */
    sbn_header_marks *marks; /* where an entry's go; NULL: nowhere */
};

struct sbn__soap_events {
    /*
     * The body's first element has been met and is no Fault: says what it is
     * decoded into. The reader checks that its name is target->field's.
     * ns is NULL for none. Also called with NULL, NULL for an empty Body.
     * Anything but SBN_OK refuses it.
     */
    sbn_status (*on_body)(void *data, const char *ns, const char *local,
                          struct sbn__soap_target *target);
};

struct sbn__soap_read_options {
    struct sbn__arena *arena; /* for all that is decoded */
    struct sbn_error *error;  /* fault, path, line and column go here */
    struct sbn__xml_limits limits;
    const struct sbn__soap_events *events;
    /*
     * A header entry has been met: says what it is decoded into, and counts as
     * understood then; with target->field left NULL it is passed over. May be
     * NULL.
     */
    sbn_status (*on_header)(void *data, const char *ns, const char *local,
                            struct sbn__soap_target *target);
    void *data;
};

sbn_status sbn__soap_pool_new(const sbn_allocator *mem,
                              struct sbn__soap_pool **ret_pool);
void sbn__soap_pool_free(struct sbn__soap_pool *pool);

sbn_status sbn__soap_reader_open(struct sbn__soap_pool *pool,
                                 const struct sbn__soap_read_options *options,
                                 struct sbn__soap_reader **ret_reader);
/* As sbn__xml_reader_feed; with last also checks that an envelope was read.
 * SBN_EFAULT   the message is a fault (error->fault has it); told with last
 * SBN_EPROTO   not a SOAP envelope, or one against its rules
 * SBN_EDECODE  a value does not fit its type, or a required one is missing */
sbn_status sbn__soap_reader_feed(struct sbn__soap_reader *reader,
                                 const char *bytes, size_t size, bool last);
void sbn__soap_reader_close(struct sbn__soap_reader *reader);

/* Of the envelope; 0 before it was met. */
enum sbn__soap_version
sbn__soap_reader_version(const struct sbn__soap_reader *reader);
/* As the XML declaration names the encoding, or NULL; from on_body on. */
const char *sbn__soap_reader_encoding(const struct sbn__soap_reader *reader);

/* The header entries with mustUnderstand for the ultimate receiver that nobody
 * understood (SOAP 1.1, 4.2.3), in their order; NULL: none. In the arena. */
struct sbn__soap_unknown {
    const struct sbn__soap_unknown *next;
    sbn_qname name;
};
const struct sbn__soap_unknown *
sbn__soap_reader_not_understood(const struct sbn__soap_reader *reader);
/* Whether the start tag of the body's first element has been passed (errors
 * before it are 400, after it faults). */
bool sbn__soap_reader_in_body(const struct sbn__soap_reader *reader);

/* Looks in a fault's detail for one of parts (ends with NULL), and decodes it:
 * *ret_part is NULL when there is none. SBN_EDECODE and so on, as above. */
sbn_status sbn__soap_read_detail(struct sbn__soap_pool *pool,
                                 const sbn_contract *contract,
                                 const sbn_part *const *parts,
                                 const sbn_xml *detail,
                                 struct sbn__arena *arena,
                                 const sbn_part **ret_part, void **ret_value);

struct sbn__soap_message {
    enum sbn__soap_version version;
    const sbn_contract *contract;
    const sbn_field *field; /* NULL: an empty body */
    const void *base;
    bool encoded;                   /* by SOAP 1.1, 5, without references */
    bool nil_nulls; /* nillable children of field that are NULL are nil */
    const struct sbn__buf *headers; /* entries; NULL: none */
    struct sbn_error *error;        /* may be NULL */
};

/* A whole envelope with field's value out of base as its body. SBN_EINVAL: a
 * required value is missing or out of range, error has its path; SBN_ENOMEM,
 * SBN_ELIMIT by out. */
sbn_status sbn__soap_write_message(struct sbn__buf *out,
                                   const struct sbn__soap_message *message);
/* The same without what few messages have. */
sbn_status sbn__soap_write(struct sbn__buf *out,
                           enum sbn__soap_version version,
                           const sbn_contract *contract,
                           const sbn_field *field, const void *base,
                           struct sbn_error *error);
/* An element that stands on its own, as header entries and details do; a detail
 * that is a struct declares i: in any case, as .NET's do. */
sbn_status sbn__soap_write_piece(struct sbn__buf *out,
                                 const sbn_contract *contract,
                                 const sbn_field *field, const void *base,
                                 struct sbn_error *error);
sbn_status sbn__soap_write_detail(struct sbn__buf *out,
                                  const sbn_contract *contract,
                                  const sbn_field *field, const void *base,
                                  struct sbn_error *error);
/* A whole envelope with a fault; headers may be NULL. */
sbn_status sbn__soap_write_fault(struct sbn__buf *out,
                                 enum sbn__soap_version version,
                                 const struct sbn__buf *headers,
                                 const sbn_fault *fault);

#endif
