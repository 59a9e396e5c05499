/* SPDX-License-Identifier: Apache-2.0 */
/* Documents as they go out: constants, with the marks replaced. */
#include "runtime/rpc/metadata.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/base/inflate.h"
#include "runtime/base/text.h"
#include "runtime/xml/writer.h"

#define DIGITS "0123456789"
#define HEX_DIGITS DIGITS "abcdefABCDEF"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* ---- Addresses ---------------------------------------------------------- */

/* RFC 3986, 3.2.2, but for names that need escaping: "name", "1.2.3.4" or
 * "[::1]", and perhaps a port. */
static bool
is_host(const char *host)
{
    bool literal = host[0] == '[';
    size_t size = literal ? strspn(host + 1, HEX_DIGITS ":.")
                          : strspn(host, LETTERS DIGITS ".-_");
    const char *port = host + size;

    if (size == 0 || strlen(host) > SBN__HOST_MAX)
        return false;
    if (literal) {
        if (memchr(host, ':', size) == NULL || port[1] != ']')
            return false;
        port += 2;
    }
    if (*port == '\0')
        return true;
    size = strspn(port + 1, DIGITS);
    return *port == ':' && port[1 + size] == '\0' && size <= 5 &&
           strtoul(port + 1, NULL, 10) <= UINT16_MAX;
}

sbn_status
sbn__site_init(struct sbn__site *site, const sbn_server *server,
               const struct sbn__service *service,
               const struct sbn__http_head *head)
{
    const char *host = sbn__http_field(head, "Host");

    site->server = server;
    site->service = service;
    /* HTTP/1.0; RFC 9110, 7.2: empty where there is no name, as that of a Unix
     * socket may be */
    if (host == NULL || *host == '\0')
        host = "localhost";
    if (!is_host(host))
        return SBN_EPROTO;
    memcpy(site->host, host, strlen(host) + 1);
    return SBN_OK;
}

void
sbn__site_put_address(const struct sbn__site *site,
                      const struct sbn__service *service, struct sbn__buf *out)
{
    const char *url = service->public_url;

    if (url != NULL) {
        sbn__xml_write_value(out, url, strlen(url));
        return;
    }
    sbn__buf_lit(out, "http://");
    sbn__buf_puts(out, site->host);
    sbn__xml_write_value(out, service->path, strlen(service->path));
}

/* Of the service that is made from the same documents and has this port type;
 * the site's own where there is none. */
static const struct sbn__service *
service_of(const struct sbn__site *site, const char *port_type)
{
    const sbn_server *server = site->server;
    const sbn_contract *contract = site->service->contract;
    uint32_t i;

    if (strcmp(contract->name, port_type) == 0)
        return site->service;
    for (i = 0; i < server->service_count; i++) {
        const struct sbn__service *service = server->services[i];

        if (service->contract->metadata == contract->metadata &&
            strcmp(service->contract->name, port_type) == 0)
            return service;
    }
    return site->service;
}

/* ---- Marks -------------------------------------------------------------- */

enum { NAME_MAX_SIZE = 200 };

struct expansion {
    const struct sbn__site *site;
    enum sbn__document_form form;
    struct sbn__buf *out;
    bool skips;
    char mark; /* 1 or 2: in its name; 0 */
    char name[NAME_MAX_SIZE + 1];
    size_t size;
};

static void
put_schemas(const struct expansion *x)
{
    const sbn_metadata *metadata = x->site->service->contract->metadata;
    uint32_t i;

    if (x->form != SBN__DOCUMENT_SINGLE)
        return;
    for (i = 0; i < metadata->document_count; i++) {
        const sbn_document *document = &metadata->documents[i];

        /* One without a namespace stays apart: its includer gives it one. */
        if (document->name[0] == 'x' && document->ns[0] != '\0')
            sbn__document_put(x->site, document, x->form, x->out);
    }
}

static void
put_document_address(const struct expansion *x)
{
    sbn__site_put_address(x->site, x->site->service, x->out);
    /* The main document has one address: readers tell by it what they have
     * read, and documents import each other. */
    if (strcmp(x->name, "wsdl") == 0) {
        sbn__buf_lit(x->out, "?wsdl");
        return;
    }
    sbn__buf_putc(x->out, '?');
    sbn__buf_append(x->out, x->name, x->name[0] == 'x' ? 3 : 4);
    sbn__buf_putc(x->out, '=');
    sbn__buf_append(x->out, x->name, x->size);
}

static void
end_name(struct expansion *x)
{
    x->name[x->size] = '\0';
    if (!x->skips && x->mark == 1)
        sbn__site_put_address(x->site, service_of(x->site, x->name), x->out);
    else if (!x->skips)
        put_document_address(x);
    x->mark = 0;
}

static void
take_mark(struct expansion *x, char mark)
{
    switch (mark) {
    case 1:
    case 2:
        x->mark = mark;
        x->size = 0;
        break;
    case 4:
        put_schemas(x);
        break;
    case 5:
        x->skips = x->form != SBN__DOCUMENT_LINKED;
        break;
    case 7:
        x->skips = x->form == SBN__DOCUMENT_SINGLE;
        break;
    default:
        x->skips = false;
    }
}

static void
expand(struct expansion *x, const char *text)
{
    static const char marks[] = "\001\002\003\004\005\006\007";
    size_t size;

    for (; *text != '\0'; text++) {
        size = strcspn(text, marks);
        if (x->mark != 0) {
            size_t room = NAME_MAX_SIZE - x->size;

            memcpy(x->name + x->size, text, size < room ? size : room);
            x->size += size < room ? size : room;
        } else if (!x->skips) {
            sbn__buf_append(x->out, text, size);
        }
        text += size;
        if (*text == '\0')
            return;
        if (x->mark != 0)
            end_name(x);
        else
            take_mark(x, *text);
    }
}

void
sbn__document_put(const struct sbn__site *site, const sbn_document *document,
                  enum sbn__document_form form, struct sbn__buf *out)
{
    struct expansion x = {.site = site, .form = form, .out = out};
    struct sbn__buf unpacked;
    const char *const *text;

    for (text = document->text; document->size == 0 && *text != NULL; text++)
        expand(&x, *text);
    if (document->size == 0)
        return;
    sbn__buf_init(&unpacked, out->mem, (size_t)document->size + 1);
    sbn__inflate_text(document->text, document->size, &unpacked);
    sbn__buf_putc(&unpacked, '\0');
    if (unpacked.status == SBN_OK)
        expand(&x, sbn__buf_bytes(&unpacked));
    else if (out->status == SBN_OK)
        out->status = unpacked.status;
    sbn__buf_fini(&unpacked);
}

bool
sbn__document_is_single(const sbn_document *document)
{
    return document->name[0] == 's';
}

const sbn_document *
sbn__document_find(const sbn_metadata *metadata, const char *name, size_t size)
{
    uint32_t i;

    for (i = 0; i < metadata->document_count; i++) {
        const sbn_document *document = &metadata->documents[i];

        if (!sbn__document_is_single(document) &&
            sbn__equal_nocase(name, size, document->name,
                              strlen(document->name)))
            return document;
    }
    return NULL;
}
