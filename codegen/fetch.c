/* SPDX-License-Identifier: Apache-2.0 */
/* Where a URL leads to (what is tried, in svcutil's order), and the requests.
 */
#include "codegen/fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <libxml/parser.h>
#include <libxml/uri.h>

#include <sebon/http.h>

#include "codegen/document.h"

enum { MAX_DOCUMENTS = 2000, MAX_REDIRECTIONS = 5, MAX_SECONDS = 300 };
#define MAX_BYTES ((size_t)64 << 20) /* of one document */
#define UNIX_SCHEME "http+unix://"
#define MAX_ALL_BYTES ((size_t)512 << 20) /* of all */

/* ---- URLs ------------------------------------------------------------------
 */

bool
fetch_is_url(const char *input)
{
    return strncasecmp(input, "http://", 7) == 0 ||
           strncasecmp(input, "https://", 8) == 0 ||
           strncasecmp(input, UNIX_SCHEME, sizeof(UNIX_SCHEME) - 1) == 0;
}

/* "http://host:port" */
static char *
base_of(const char *url)
{
    const char *host = strstr(url, "://") + 3;

    return mem_strn(url, (size_t)(host - url) + strcspn(host, "/?#"));
}

static bool
is_same_base(const struct fetching *f, const char *url)
{
    return fetch_is_url(url) && strcasecmp(base_of(url), f->base) == 0;
}

/* What is behind a Unix socket calls itself localhost. */
static const char *
local_name(const struct fetching *f, const char *url)
{
    static const char local[] = "http://localhost";
    const char *rest = url + sizeof(local) - 1;

    if (strncasecmp(f->base, UNIX_SCHEME, sizeof(UNIX_SCHEME) - 1) != 0 ||
        strncasecmp(url, local, sizeof(local) - 1) != 0 ||
        (*rest != '\0' && *rest != '/' && *rest != '?'))
        return url;
    return mem_printf("%s%s", f->base, rest);
}

static const char *
resolve(const struct fetching *f, const char *location, const char *url)
{
    xmlChar *uri = xmlBuildURI((const xmlChar *)location, (const xmlChar *)url);
    const char *copy =
        uri == NULL ? NULL : local_name(f, mem_str((const char *)uri));

    xmlFree(uri);
    return copy;
}

static bool
ends_with_mex(const char *url)
{
    size_t size = strlen(url);

    while (size > 0 && url[size - 1] == '/')
        size--;
    return size >= 4 && strncasecmp(url + size - 4, "/mex", 4) == 0;
}

/* ---- Requests ---------------------------------------------------------------
 */

void
fetch_note(struct fetching *f, const char *what, const char *why)
{
    vec_add(&f->tried, mem_printf("%s: %s", what, why));
}

static uint32_t
time_left(const struct fetching *f)
{
    long long left = f->end - (long long)time(NULL);

    return left < 1 ? 1 : (uint32_t)(left * 1000);
}

/* One request; NULL: no reply, which has been noted. */
static sbn_http_reply *
ask(struct fetching *f, const char *what, const char *url, const char *type,
    const char *body)
{
    const sbn_http_request request = {
        .url = url,
        .content_type = type,
        .body = body,
        .body_size = body == NULL ? 0 : strlen(body),
        .timeout = time_left(f),
        .max_bytes = MAX_BYTES,
    };
    sbn_http_reply *reply;
    sbn_status status;

    if (time_left(f) == 1)
        status = SBN_ETIMEDOUT;
    else
        status = sbn_http_fetch(&request, &reply);
    if (status == SBN_OK)
        return reply;
    fetch_note(f, what,
               status == SBN_EUNSUPPORTED ? "this scheme is not supported"
                                          : sbn_status_text(status));
    return NULL;
}

/* The next address, when reply is a redirection that may be followed. */
static const char *
redirection(struct fetching *f, const char *what, const char *url,
            const sbn_http_reply *reply)
{
    const char *next;

    if (reply->status < 300 || reply->status > 399 ||
        reply->location[0] == '\0')
        return NULL;
    next = resolve(f, reply->location, url);
    if (next != NULL && is_same_base(f, next))
        return next;
    fetch_note(f, what,
               mem_printf("leads to another host, '%s', which is not followed",
                          reply->location));
    return NULL;
}

static const char *
take_body(struct fetching *f, const char *what, const sbn_http_reply *reply,
          size_t *ret_size)
{
    char *body;

    if (reply->status != 200) {
        fetch_note(f, what, mem_printf("%d %s", reply->status, reply->reason));
        return NULL;
    }
    f->bytes += reply->size;
    if (f->bytes > MAX_ALL_BYTES) {
        fetch_note(f, what, "there is too much of it all together");
        return NULL;
    }
    body = (char *)mem_new(reply->size + 1);
    memcpy(body, reply->body, reply->size);
    *ret_size = reply->size;
    return body;
}

const char *
fetch_get(struct fetching *f, const char **url, const char *type,
          const char *body, size_t *ret_size)
{
    const char *what = mem_printf("%s %s", body == NULL ? "GET" : "MEX", *url);
    const char *at = *url, *next, *bytes;
    sbn_http_reply *reply;
    int steps;

    for (steps = 0; steps <= MAX_REDIRECTIONS; steps++) {
        reply = ask(f, what, at, type, body);
        if (reply == NULL)
            return NULL;
        next = redirection(f, what, at, reply);
        bytes = next == NULL ? take_body(f, what, reply, ret_size) : NULL;
        sbn_http_reply_free(reply);
        if (next == NULL) {
            *url = at;
            return bytes;
        }
        at = next;
    }
    fetch_note(f, what, "too many redirections");
    return NULL;
}

/* ---- Documents
 * --------------------------------------------------------------- */

static void
silent(void *data, xmlErrorPtr error)
{
    (void)data, (void)error;
}

struct fetched *
fetch_add_tree(struct fetching *f, const char *url, struct _xmlDoc *xml)
{
    const xmlNode *root = xmlDocGetRootElement(xml);
    struct fetched *document = NEW(struct fetched);

    document->is_wsdl = root != NULL && node_is(root, NS_WSDL, "definitions");
    if (!document->is_wsdl &&
        (root == NULL || !node_is(root, NS_XSD, "schema"))) {
        xmlFreeDoc(xml);
        return NULL;
    }
    document->url = url;
    document->xml = xml;
    document->ns = node_attr(root, "targetNamespace");
    if (document->ns == NULL)
        document->ns = "";
    vec_add(&f->documents, document);
    return document;
}

struct fetched *
fetch_add(struct fetching *f, const char *url, const char *bytes, size_t size)
{
    xmlDocPtr xml;

    xmlSetStructuredErrorFunc(NULL, silent);
    xml = xmlReadMemory(bytes, (int)size, NULL, NULL,
                        XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    xmlSetStructuredErrorFunc(NULL, NULL);
    return xml == NULL ? NULL : fetch_add_tree(f, url, xml);
}

static struct fetched *
find(const struct fetching *f, const char *url)
{
    size_t i;

    for (i = 0; i < f->documents.count; i++)
        if (strcmp(VEC(&f->documents, struct fetched, i)->url, url) == 0)
            return VEC(&f->documents, struct fetched, i);
    return NULL;
}

/* A document at an address. */
static bool
try_get(struct fetching *f, const char *url)
{
    const char *what = mem_printf("GET %s", url), *bytes;
    size_t size;

    if (find(f, url) != NULL)
        return true;
    bytes = fetch_get(f, &url, NULL, NULL, &size);
    if (bytes == NULL)
        return false;
    if (fetch_add(f, url, bytes, size) == NULL) {
        fetch_note(f, what, "it is neither WSDL nor XML Schema");
        return false;
    }
    return true;
}

static void follow(struct fetching *f, const struct fetched *document,
                   xmlNode *node);

/* What another document is imported from; what cannot be had stays as it is,
 * and the generator says whether it is missed. */
static void
follow_location(struct fetching *f, const struct fetched *document,
                xmlNode *node, const char *name)
{
    const char *location = node_attr(node, name), *url;
    struct fetched *known;

    if (location == NULL || *location == '\0')
        return;
    url = resolve(f, location, document->url);
    if (url == NULL || !fetch_is_url(url)) {
        /* Nothing from the network reaches for a file of this machine. */
        xmlUnsetProp(node, (const xmlChar *)name);
        return;
    }
    known = find(f, url);
    if (known == NULL)
        url = mem_strn(url, strcspn(url, "#"));
    xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)url);
    if (known == NULL &&
        (!is_same_base(f, url) || f->documents.count >= MAX_DOCUMENTS ||
         !try_get(f, url)))
        return;
    known = find(f, url);
    if (known == NULL) /* a redirection led elsewhere */
        known = VEC(&f->documents, struct fetched, f->documents.count - 1);
    known->referred = true;
    xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)known->url);
}

static void
follow(struct fetching *f, const struct fetched *document, xmlNode *node)
{
    xmlNode *child;

    if (node_is(node, NS_WSDL, "import"))
        follow_location(f, document, node, "location");
    else if (node_is(node, NS_XSD, "import") ||
             node_is(node, NS_XSD, "include") ||
             node_is(node, NS_XSD, "redefine"))
        follow_location(f, document, node, "schemaLocation");
    for (child = node->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            follow(f, document, child);
}

/* Documents are added behind the one that is looked at. */
static void
follow_all(struct fetching *f)
{
    size_t i;

    for (i = 0; i < f->documents.count; i++) {
        struct fetched *document = VEC(&f->documents, struct fetched, i);

        follow(f, document, xmlDocGetRootElement(document->xml));
    }
}

/* ---- What is tried
 * ------------------------------------------------------------ */

static bool
find_metadata(struct fetching *f)
{
    const char *url = f->url;
    size_t size = strlen(url);

    if (strchr(url, '?') != NULL)
        return try_get(f, url);
    while (size > 0 && url[size - 1] == '/')
        size--;
    if (ends_with_mex(url))
        return fetch_mex(f, url) ||
               try_get(f, mem_printf("%.*s?wsdl", (int)size - 4, url));
    return try_get(f, url) || try_get(f, mem_printf("%s?wsdl", url)) ||
           fetch_mex(f, url) ||
           fetch_mex(f, mem_printf("%.*s/mex", (int)size, url));
}

static bool
fail(const struct fetching *f)
{
    size_t i;

    fprintf(stderr, "sebon: error: cannot obtain metadata from '%s'; tried\n",
            f->url);
    for (i = 0; i < f->tried.count; i++)
        fprintf(stderr, "  %s\n", VEC(&f->tried, const char, i));
    fputs("Is the address right, does the service run, and does it publish "
          "its metadata?\n",
          stderr);
    return false;
}

static void
add_files(const struct fetching *f, const char *folder, struct vec *files)
{
    size_t i;

    for (i = 0; i < f->documents.count; i++) {
        const struct fetched *d = VEC(&f->documents, struct fetched, i);

        if (i == 0 || !d->referred)
            vec_add(files, mem_printf("%s/%s", folder, d->name));
    }
}

bool
fetch_inputs(struct vec *files)
{
    struct vec all = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < files->count; i++) {
        const char *input = VEC(files, const char, i);

        if (!fetch_is_url(input))
            vec_add(&all, files->items[i]);
        else if (!fetch(input, &all))
            return false;
    }
    *files = all;
    return true;
}

bool
fetch_to_folder(const char *url, const char *folder, struct vec *files)
{
    struct fetching f = {.url = url};
    bool good;
    size_t i;

    f.base = base_of(url);
    f.end = (long long)time(NULL) + MAX_SECONDS;
    good = find_metadata(&f);
    if (good)
        follow_all(&f);
    good = good ? fetch_save(&f, folder) : fail(&f);
    if (good)
        add_files(&f, folder, files);
    for (i = 0; i < f.documents.count; i++)
        xmlFreeDoc(VEC(&f.documents, struct fetched, i)->xml);
    return good;
}
