/* SPDX-License-Identifier: Apache-2.0 */
/*
 * WS-MetadataExchange over WS-Transfer's Get: a POST to a service's address
 * with /mex behind it, in SOAP 1.2 with WS-Addressing 1.0 (SOAP 1.1 is taken as
 * well). Its two headers are read here: no service has a contract for them.
 */
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/rpc/metadata.h"
#include "runtime/xml/reader.h"
#include "runtime/xml/writer.h"

#define NS_WSA "http://www.w3.org/2005/08/addressing"
#define NS_TRANSFER "http://schemas.xmlsoap.org/ws/2004/09/transfer"
#define NS_MEX "http://schemas.xmlsoap.org/ws/2004/09/mex"

enum {
    TEXT_MAX = 1000, /* bytes of a header */
    DEPTH_MAX = 32,  /* of elements */
    ENTRY_DEPTH = 3  /* Envelope, Header, entry */
};

struct header {
    char text[TEXT_MAX + 1];
    size_t size;
};

struct sbn__mex {
    const sbn_allocator *mem;
    struct sbn__xml_pool *pool;
    struct sbn__xml_reader *reader;
    enum sbn__soap_version version; /* of the envelope */
    unsigned depth;
    bool in_header;
    struct header *current; /* whose text is read */
    struct header action, message_id;
};

struct sbn__service *
sbn__mex_find(const sbn_server *server, const char *target)
{
    static const char end[] = "/mex";
    struct sbn__service *service;
    size_t size = strcspn(target, "?#");
    char path[1024];

    while (size > 1 && target[size - 1] == '/')
        size--;
    if (size < sizeof(end) - 1 || size >= sizeof(path) ||
        memcmp(target + size - (sizeof(end) - 1), end, sizeof(end) - 1) != 0)
        return NULL;
    size -= sizeof(end) - 1;
    memcpy(path, target, size);
    strcpy(path + size, size == 0 ? "/" : "");
    service = sbn__server_find(server, path);
    return service != NULL && sbn__service_has_metadata(service) ? service
                                                                 : NULL;
}

/* ---- Reading ------------------------------------------------------------ */

static bool
is_named(const struct sbn__xml_element *element, const char *ns,
         const char *local)
{
    return element->ns != NULL && strcmp(element->ns, ns) == 0 &&
           strcmp(element->local, local) == 0;
}

static sbn_status
on_start(void *data, const struct sbn__xml_element *element)
{
    struct sbn__mex *mex = data;

    mex->depth++;
    if (mex->depth == 1 && is_named(element, SBN__NS_SOAP12, "Envelope"))
        mex->version = SBN__SOAP_12;
    else if (mex->depth == 1 && is_named(element, SBN__NS_SOAP11, "Envelope"))
        mex->version = SBN__SOAP_11;
    else if (mex->depth == 1)
        return SBN_EPROTO;
    else if (mex->depth == 2)
        mex->in_header = strcmp(element->local, "Header") == 0;
    else if (mex->depth == ENTRY_DEPTH && mex->in_header &&
             is_named(element, NS_WSA, "Action"))
        mex->current = &mex->action;
    else if (mex->depth == ENTRY_DEPTH && mex->in_header &&
             is_named(element, NS_WSA, "MessageID"))
        mex->current = &mex->message_id;
    return SBN_OK;
}

static sbn_status
on_end(void *data)
{
    struct sbn__mex *mex = data;

    mex->depth--;
    mex->current = NULL;
    return SBN_OK;
}

static sbn_status
on_text(void *data, const char *text, size_t size)
{
    struct sbn__mex *mex = data;
    struct header *header = mex->current;

    if (header == NULL)
        return SBN_OK;
    if (size > TEXT_MAX - header->size)
        return SBN_ELIMIT;
    memcpy(header->text + header->size, text, size);
    header->size += size;
    return SBN_OK;
}

static const struct sbn__xml_events events = {on_start, on_end, on_text};

/* Rare enough for a parser of its own. */
sbn_status
sbn__mex_open(struct sbn_request *request)
{
    const struct sbn__xml_limits limits = {.max_depth = DEPTH_MAX};
    const sbn_allocator *mem = &request->hub->mem;
    struct sbn__mex *mex = sbn__zalloc(mem, sizeof(*mex));
    sbn_status status;

    if (mex == NULL)
        return SBN_ENOMEM;
    mex->mem = mem;
    request->mex = mex;
    status = sbn__xml_pool_new(mem, &mex->pool);
    if (status != SBN_OK)
        return status;
    return sbn__xml_reader_open(mex->pool, &limits, &events, mex, NULL,
                                &mex->reader);
}

void
sbn__mex_close(struct sbn__mex *mex)
{
    if (mex == NULL)
        return;
    sbn__xml_reader_close(mex->reader);
    if (mex->pool != NULL)
        sbn__xml_pool_free(mex->pool);
    sbn__free(mex->mem, mex);
}

void
sbn__mex_feed(struct sbn_request *request, const char *bytes, size_t size)
{
    if (request->read == SBN_OK)
        request->read =
            sbn__xml_reader_feed(request->mex->reader, bytes, size, false);
}

/* ---- Answering ---------------------------------------------------------- */

static void
put_section(const struct sbn__site *site, const sbn_document *document,
            struct sbn__buf *out)
{
    sbn__buf_lit(out, "<wsx:MetadataSection Dialect=\"");
    if (document->name[0] == 'x')
        sbn__buf_lit(out, SBN__NS_XSD);
    else
        sbn__buf_lit(out, "http://schemas.xmlsoap.org/wsdl/");
    sbn__buf_lit(out, "\" Identifier=\"");
    sbn__xml_write_value(out, document->ns, strlen(document->ns));
    sbn__buf_lit(out, "\" xmlns=\"\">");
    sbn__document_put(site, document, SBN__DOCUMENT_SECTION, out);
    sbn__buf_lit(out, "</wsx:MetadataSection>");
}

static void
put_reply(const struct sbn__site *site, const struct sbn__mex *mex,
          struct sbn__buf *out)
{
    const sbn_metadata *metadata = site->service->contract->metadata;
    uint32_t i;

    sbn__buf_lit(out, "<s:Envelope xmlns:s=\"");
    sbn__buf_puts(out, mex->version == SBN__SOAP_12 ? SBN__NS_SOAP12
                                                    : SBN__NS_SOAP11);
    sbn__buf_lit(out, "\" xmlns:a=\"" NS_WSA "\"><s:Header>"
                      "<a:Action s:mustUnderstand=\"1\">" NS_TRANSFER
                      "/GetResponse</a:Action>");
    if (mex->message_id.size > 0) {
        sbn__buf_lit(out, "<a:RelatesTo>");
        sbn__xml_write_text(out, mex->message_id.text, mex->message_id.size);
        sbn__buf_lit(out, "</a:RelatesTo>");
    }
    sbn__buf_lit(out, "</s:Header><s:Body><Metadata xmlns=\"" NS_MEX
                      "\" xmlns:wsx=\"" NS_MEX "\">");
    for (i = 0; i < metadata->document_count; i++)
        if (!sbn__document_is_single(&metadata->documents[i]))
            put_section(site, &metadata->documents[i], out);
    sbn__buf_lit(out, "</Metadata></s:Body></s:Envelope>");
}

static bool
asks_for_it(const struct sbn_request *request)
{
    static const char get[] = NS_TRANSFER "/Get";
    const struct header *action = &request->mex->action;

    if (action->size == 0)
        return strcmp(request->action, get) == 0;
    return action->size == sizeof(get) - 1 &&
           memcmp(action->text, get, action->size) == 0;
}

static void
give_metadata(struct sbn_request *request)
{
    struct sbn__http_transaction *transaction = request->transaction;
    struct sbn__site site;
    struct sbn__buf *buf;

    if (sbn__site_init(&site, request->server, request->service,
                       sbn__http_transaction_head(transaction)) != SBN_OK) {
        sbn__answer_empty(transaction, 400, NULL);
        return;
    }
    buf = sbn__runtime_scratch(request->runtime, SBN__HTTP_HEAD_ROOM,
                               SIZE_MAX / 2);
    put_reply(&site, request->mex, buf);
    if (buf->status != SBN_OK)
        sbn__answer_empty(transaction, 503, NULL);
    else
        sbn__http_respond(transaction, 200,
                          request->version == SBN__SOAP_12
                              ? "application/soap+xml; charset=utf-8"
                              : "text/xml; charset=utf-8",
                          NULL, buf);
}

void
sbn__mex_complete(struct sbn_request *request)
{
    struct sbn__mex *mex = request->mex;

    if (request->read == SBN_OK)
        request->read = sbn__xml_reader_feed(mex->reader, "", 0, true);
    if (request->read != SBN_OK || mex->version != request->version) {
        sbn__answer_empty(request->transaction,
                          request->read == SBN_ENOMEM ? 503 : 400, NULL);
    } else if (asks_for_it(request)) {
        give_metadata(request);
    } else {
        request->refusal = REFUSAL_ACTION;
        if (mex->action.size > 0)
            request->action = mex->action.text;
        request->read = SBN_EPROTO;
        sbn__answer_refusal(request);
    }
    sbn__server_release_request(request);
}
