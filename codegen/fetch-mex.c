/* SPDX-License-Identifier: Apache-2.0 */
/* WS-MetadataExchange: WS-Transfer's Get in SOAP 1.2 with WS-Addressing 1.0. */
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include <libxml/parser.h>

#include "codegen/document.h"
#include "codegen/fetch.h"

#define NS_MEX "http://schemas.xmlsoap.org/ws/2004/09/mex"

/* RFC 4122, 4.4; need not be secret, only new. */
static const char *
new_id(void)
{
    unsigned char b[16] = {0};

    if (getrandom(b, sizeof(b), 0) < 0)
        memset(b, 1, sizeof(b));
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    return mem_printf("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
                      "%02x%02x%02x%02x%02x%02x",
                      b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8],
                      b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

static const char *
request(const char *url)
{
    xmlChar *to = xmlEncodeSpecialChars(NULL, (const xmlChar *)url);
    const char *text = mem_printf(
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
        "xmlns:a=\"http://www.w3.org/2005/08/addressing\"><s:Header>"
        "<a:Action s:mustUnderstand=\"1\">http://schemas.xmlsoap.org/ws/2004/"
        "09/transfer/Get</a:Action><a:MessageID>urn:uuid:%s</a:MessageID>"
        "<a:ReplyTo><a:Address>http://www.w3.org/2005/08/addressing/anonymous"
        "</a:Address></a:ReplyTo><a:To s:mustUnderstand=\"1\">%s</a:To>"
        "</s:Header><s:Body/></s:Envelope>",
        new_id(), (const char *)to);

    xmlFree(to);
    return text;
}

/* The document in a section, or at the address that stands in its place. */
static bool
add_section(struct fetching *f, const char *url, const xmlNode *section)
{
    const xmlNode *child = node_next(section->children);
    const char *location;
    const char *bytes;
    size_t size;
    xmlDocPtr xml;
    xmlNode *copy;

    if (child == NULL)
        return false;
    if (node_is(child, NS_MEX, "Location")) {
        location = node_text(child);
        if (location == NULL || !fetch_is_url(location) ||
            strncmp(location, f->base, strlen(f->base)) != 0)
            return false;
        bytes = fetch_get(f, &location, NULL, NULL, &size);
        return bytes != NULL && fetch_add(f, location, bytes, size) != NULL;
    }
    xml = xmlNewDoc((const xmlChar *)"1.0");
    /* Prefixes declared further out come along, also those in values. */
    copy = xmlDocCopyNode((xmlNode *)(uintptr_t)child, xml, 1);
    xmlDocSetRootElement(xml, copy);
    return fetch_add_tree(f, url, xml) != NULL;
}

static size_t
add_sections(struct fetching *f, const char *url, const xmlNode *node)
{
    const xmlNode *child;
    size_t count = 0;

    FOR_EACH_ELEMENT(child, node)
    {
        if (node_is(child, NS_MEX, "MetadataSection"))
            count += add_section(f, url, child);
        else
            count += add_sections(f, url, child);
    }
    return count;
}

/* In a message documents refer to each other by namespace. */
static void
link_by_namespace(struct fetching *f, xmlNode *node)
{
    bool wsdl = node_is(node, NS_WSDL, "import");
    const char *name = wsdl ? "location" : "schemaLocation";
    const char *ns;
    xmlNode *child;
    size_t i;

    if (wsdl || node_is(node, NS_XSD, "import")) {
        ns = node_attr(node, "namespace");
        for (i = 0; ns != NULL && i < f->documents.count; i++) {
            struct fetched *d = VEC(&f->documents, struct fetched, i);

            if (d->is_wsdl != wsdl || d->xml == node->doc ||
                strcmp(d->ns, ns) != 0)
                continue;
            d->referred = true;
            xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)d->url);
            break;
        }
    }
    for (child = node->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            link_by_namespace(f, child);
}

/* The one with the service first; it names the files and the code. */
static void
sort(struct fetching *f)
{
    size_t i;

    for (i = 0; i < f->documents.count; i++) {
        struct fetched *d = VEC(&f->documents, struct fetched, i);
        const xmlNode *child;

        FOR_EACH_ELEMENT(child, xmlDocGetRootElement(d->xml))
        {
            if (node_is(child, NS_WSDL, "service")) {
                f->documents.items[i] = f->documents.items[0];
                f->documents.items[0] = d;
                return;
            }
        }
    }
}

static bool
read_reply(struct fetching *f, const char *url, const char *bytes, size_t size)
{
    xmlDocPtr xml = xmlReadMemory(bytes, (int)size, NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_BIG_LINES |
                                      XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    size_t first = f->documents.count, i;

    if (xml == NULL)
        return false;
    add_sections(f, url, xmlDocGetRootElement(xml));
    xmlFreeDoc(xml);
    if (f->documents.count == first)
        return false;
    for (i = first; i < f->documents.count; i++) {
        struct fetched *d = VEC(&f->documents, struct fetched, i);

        d->url = mem_printf("%s#%zu", d->url, i);
    }
    for (i = first; i < f->documents.count; i++)
        link_by_namespace(f, xmlDocGetRootElement(
                                 VEC(&f->documents, struct fetched, i)->xml));
    sort(f);
    return true;
}

bool
fetch_mex(struct fetching *f, const char *url)
{
    const char *what = mem_printf("MEX %s", url);
    const char *bytes;
    size_t size;

    bytes = fetch_get(f, &url, "application/soap+xml; charset=utf-8",
                      request(url), &size);
    if (bytes == NULL)
        return false;
    if (read_reply(f, url, bytes, size))
        return true;
    fetch_note(f, what, "there is no metadata in the reply");
    return false;
}
