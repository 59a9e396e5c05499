/* SPDX-License-Identifier: Apache-2.0 */
/* GET on a service's address: metadata, health, the page for people. */
#include <string.h>

#include "runtime/base/text.h"
#include "runtime/rpc/metadata.h"

enum { QUERY_MAX = 2048 };

#define XML_TYPE "text/xml; charset=UTF-8"
#define XML_DECLARATION "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"

/* The first parameter of a query. */
struct query {
    const char *key, *value;
    size_t key_size, value_size; /* value_size 0: none */
};

static void
query_parse(const char *target, struct query *q)
{
    size_t size;

    q->key = strchr(target, '?');
    q->key = q->key == NULL ? "" : q->key + 1;
    size = strcspn(q->key, "&#");
    q->key_size = strcspn(q->key, "=&#");
    q->value = q->key + q->key_size;
    if (*q->value == '=')
        q->value++;
    q->value_size = size - (size_t)(q->value - q->key);
}

static bool
is_key(const struct query *q, const char *key)
{
    return sbn__equal_nocase(q->key, q->key_size, key, strlen(key));
}

static struct sbn__buf *
open_buf(const struct sbn__site *site)
{
    return sbn__runtime_scratch(site->server->rt, SBN__HTTP_HEAD_ROOM,
                                SIZE_MAX / 2);
}

static void
give(struct sbn__http_transaction *transaction, const char *type,
     const char *fields, struct sbn__buf *buf)
{
    if (buf->status != SBN_OK)
        sbn__answer_empty(transaction, 503, "Retry-After: 1\r\n");
    else
        sbn__http_respond(transaction, 200, type, fields, buf);
}

static void
give_document(const struct sbn__site *site,
              struct sbn__http_transaction *transaction,
              const sbn_document *document, enum sbn__document_form form)
{
    struct sbn__buf *buf;

    if (document == NULL) {
        sbn__answer_empty(transaction, 404, NULL);
        return;
    }
    buf = open_buf(site);
    sbn__buf_lit(buf, XML_DECLARATION);
    sbn__document_put(site, document, form, buf);
    give(transaction, XML_TYPE, NULL, buf);
}

/* That is all the WSDLs in one; NULL: there are not several, or it could not be
 * made. */
static const sbn_document *
single_document(const sbn_metadata *metadata)
{
    uint32_t i;

    for (i = 1; i < metadata->document_count; i++)
        if (sbn__document_is_single(&metadata->documents[i]))
            return &metadata->documents[i];
    return NULL;
}

/* What reads DISCO, Mono's svcutil, makes nothing of WSDLs that import each
 * other: it is led to the single one. */
static void
give_disco(const struct sbn__site *site,
           struct sbn__http_transaction *transaction)
{
    const sbn_metadata *metadata = site->service->contract->metadata;
    struct sbn__buf *buf = open_buf(site);

    sbn__buf_lit(buf, XML_DECLARATION
                 "<discovery xmlns=\"http://schemas.xmlsoap.org/disco/\">"
                 "<contractRef ref=\"");
    sbn__site_put_address(site, site->service, buf);
    sbn__buf_puts(buf,
                  single_document(metadata) != NULL ? "?singleWsdl" : "?wsdl");
    sbn__buf_lit(buf, "\" docRef=\"");
    sbn__site_put_address(site, site->service, buf);
    sbn__buf_lit(buf, "\" xmlns=\"http://schemas.xmlsoap.org/disco/scl/\"/>"
                      "</discovery>");
    give(transaction, XML_TYPE, NULL, buf);
}

static void
give_health(const struct sbn__site *site,
            struct sbn__http_transaction *transaction)
{
    struct sbn__buf *buf = open_buf(site);
    bool open = site->server->state == SERVER_OPEN;

    sbn__buf_puts(buf, open ? "OK\n" : "closing\n");
    if (buf->status != SBN_OK)
        sbn__answer_empty(transaction, 503, NULL);
    else
        sbn__http_respond(transaction, open ? 200 : 503, "text/plain",
                          "Cache-Control: no-store\r\n", buf);
}

static void
give_help(const struct sbn__site *site,
          struct sbn__http_transaction *transaction)
{
    struct sbn__buf *buf = open_buf(site);

    sbn__help_put(site, buf);
    give(transaction, "text/html; charset=UTF-8", sbn__page_fields, buf);
}

/* Several WSDLs come with a document that is all of them. Where they cannot be
 * one, because they have different things of one name, the main one goes on
 * referring to the others. */
static void
give_single(const struct sbn__site *site,
            struct sbn__http_transaction *transaction)
{
    const sbn_metadata *metadata = site->service->contract->metadata;
    enum sbn__document_form form = SBN__DOCUMENT_SINGLE;
    const sbn_document *document = single_document(metadata);
    uint32_t i;

    for (i = 1; document == NULL && i < metadata->document_count; i++)
        if (metadata->documents[i].name[0] == 'w')
            form = SBN__DOCUMENT_LINKED;
    give_document(site, transaction,
                  document != NULL ? document : &metadata->documents[0], form);
}

/* false: the query asks for no document. */
static bool
get_document(const struct sbn__site *site,
             struct sbn__http_transaction *transaction, const struct query *q)
{
    const sbn_metadata *metadata = site->service->contract->metadata;
    bool wsdl = is_key(q, "wsdl");

    if (wsdl && q->value_size == 0)
        give_document(site, transaction, &metadata->documents[0],
                      SBN__DOCUMENT_LINKED);
    else if (wsdl || is_key(q, "xsd"))
        give_document(site, transaction,
                      sbn__document_find(metadata, q->value, q->value_size),
                      SBN__DOCUMENT_LINKED);
    else if (is_key(q, "singleWsdl"))
        give_single(site, transaction);
    else if (is_key(q, "disco"))
        give_disco(site, transaction);
    else
        return false;
    return true;
}

static void
get(const struct sbn__site *site, struct sbn__http_transaction *transaction,
    const struct query *q)
{
    const struct sbn__service *service = site->service;
    bool has_metadata = sbn__service_has_metadata(service);

    if (is_key(q, "health"))
        give_health(site, transaction);
    else if (has_metadata && get_document(site, transaction, q))
        return;
    else if (!service->options.no_help_page)
        give_help(site, transaction);
    else if (has_metadata)
        give_document(site, transaction,
                      &service->contract->metadata->documents[0],
                      SBN__DOCUMENT_LINKED);
    else
        sbn__answer_empty(transaction, 405, "Allow: POST\r\n");
}

void
sbn__get(sbn_server *server, struct sbn__service *service,
         struct sbn__http_transaction *transaction,
         const struct sbn__http_head *head)
{
    struct sbn__site site;
    struct query q;

    query_parse(head->target, &q);
    if (strlen(q.key) > QUERY_MAX)
        sbn__answer_empty(transaction, 414, NULL);
    else if (sbn__site_init(&site, server, service, head) != SBN_OK)
        sbn__answer_empty(transaction, 400, NULL);
    else
        get(&site, transaction, &q);
}
