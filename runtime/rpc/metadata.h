/* SPDX-License-Identifier: Apache-2.0 */
/* What a service tells about itself: its WSDL and schemas, over GET and over
 * WS-MetadataExchange, and a page for people. */
#ifndef SBN_RPC_METADATA_H
#define SBN_RPC_METADATA_H

#include "runtime/base/buf.h"
#include "runtime/rpc/serve.h"

enum { SBN__HOST_MAX = 255 };

/* Where the request says that the server is. */
struct sbn__site {
    const sbn_server *server;
    const struct sbn__service *service;
    char host[SBN__HOST_MAX + 1]; /* "name:port" */
};

/* SBN_EPROTO: the head's Host is no host. */
sbn_status sbn__site_init(struct sbn__site *site, const sbn_server *server,
                          const struct sbn__service *service,
                          const struct sbn__http_head *head);
/* The address of a service of the server, escaped as XML and HTML have it. */
void sbn__site_put_address(const struct sbn__site *site,
                           const struct sbn__service *service,
                           struct sbn__buf *out);

/* ---- metadata.c --------------------------------------------------------- */

enum sbn__document_form {
    SBN__DOCUMENT_LINKED, /* refers to the others */
    SBN__DOCUMENT_SINGLE, /* has the schemas in it */
    SBN__DOCUMENT_SECTION /* one of several in a message */
};
void sbn__document_put(const struct sbn__site *site,
                       const sbn_document *document,
                       enum sbn__document_form form, struct sbn__buf *out);
/* Whether it is the others in one. */
bool sbn__document_is_single(const sbn_document *document);
/* By its name in any case, which has size bytes; NULL: there is none. */
const sbn_document *sbn__document_find(const sbn_metadata *metadata,
                                       const char *name, size_t size);

/* ---- mex.c -------------------------------------------------------------- */

/* The service whose metadata is asked for at path; NULL: none. */
struct sbn__service *sbn__mex_find(const sbn_server *server,
                                   const char *target);
/* Makes request one for the metadata. SBN_ENOMEM. */
sbn_status sbn__mex_open(struct sbn_request *request);
void sbn__mex_feed(struct sbn_request *request, const char *bytes, size_t size);
/* Answers. */
void sbn__mex_complete(struct sbn_request *request);
/* NULL does nothing. */
void sbn__mex_close(struct sbn__mex *mex);

/* ---- get.c -------------------------------------------------------------- */

/* Answers a GET or HEAD. */
void sbn__get(sbn_server *server, struct sbn__service *service,
              struct sbn__http_transaction *transaction,
              const struct sbn__http_head *head);

/* ---- help.c ------------------------------------------------------------- */

void sbn__help_put(const struct sbn__site *site, struct sbn__buf *out);

/* ---- Made from page/ ---------------------------------------------------- */

/* Lines, ended by NULL. */
extern const char *const sbn__page_style[];
extern const char *const sbn__page_script[];
/* More header lines of the response with the page. */
extern const char sbn__page_fields[];

#endif
