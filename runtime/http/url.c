/* SPDX-License-Identifier: Apache-2.0 */
/* http and http+unix URLs, RFC 3986 as far as they need it. */
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/base/number.h"
#include "runtime/base/text.h"
#include "runtime/http/client.h"

struct part {
    const char *text;
    size_t size;
};

static bool
part_is(struct part part, const char *text)
{
    return sbn__equal_nocase(part.text, part.size, text, strlen(text));
}

static bool
is_alnum(char c)
{
    c = sbn__lower(c);
    return sbn__is_digit(c) || (c >= 'a' && c <= 'z');
}

/* Cuts "scheme://" off. */
static sbn_status
take_scheme(const char **text, bool *ret_is_unix)
{
    struct part scheme = {*text, strcspn(*text, ":/?#")};
    size_t i;

    if (scheme.size == 0 || scheme.text[scheme.size] != ':')
        return SBN_EINVAL;
    for (i = 0; i < scheme.size; i++)
        if (!is_alnum(scheme.text[i]) &&
            memchr("+-.", scheme.text[i], 3) == NULL)
            return SBN_EINVAL;
    if (!part_is(scheme, "http") && !part_is(scheme, "http+unix"))
        return SBN_EUNSUPPORTED;
    *text += scheme.size;
    if (strncmp(*text, "://", 3) != 0)
        return SBN_EINVAL;
    *text += 3;
    *ret_is_unix = scheme.size > 4;
    return SBN_OK;
}

/* White space, control characters and what is not ASCII would have to be
 * percent-encoded; in a request line they could end it. */
static bool
is_plain(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text <= 0x20 || (unsigned char)*text >= 0x7f)
            return false;
    return true;
}

/* Splits host and port; the host is without brackets. */
static sbn_status
split_authority(struct part authority, struct part *ret_host,
                uint16_t *ret_port, bool *ret_is_ipv6)
{
    const char *end = authority.text + authority.size, *p = authority.text;
    struct part host = {p, 0};
    uint64_t port = 80;
    bool ipv6 = p < end && *p == '[';

    if (ipv6) {
        host.text = ++p;
        while (p < end && (is_alnum(*p) || *p == ':' || *p == '.'))
            p++;
        host.size = (size_t)(p - host.text);
        if (p == end || *p++ != ']')
            return SBN_EINVAL;
    } else {
        while (p < end && (is_alnum(*p) || memchr("-._~", *p, 4) != NULL))
            p++;
        host.size = (size_t)(p - host.text);
    }
    if (host.size == 0 || (p < end && *p++ != ':'))
        return SBN_EINVAL;
    if (p < end &&
        (!sbn__is_digit(*p) ||
         sbn__parse_uint64(p, (size_t)(end - p), 65535, &port) != SBN_OK ||
         port == 0))
        return SBN_EINVAL;
    *ret_host = host;
    *ret_port = (uint16_t)port;
    *ret_is_ipv6 = ipv6;
    return SBN_OK;
}

static int
hex_digit(char c)
{
    if (sbn__is_digit(c))
        return c - '0';
    c = sbn__lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A socket's path, percent-decoded. */
static sbn_status
decode_path(const sbn_allocator *mem, struct part part, char **ret_path)
{
    char *path = sbn__alloc(mem, part.size + 1);
    size_t i, size = 0;

    if (path == NULL)
        return SBN_ENOMEM;
    for (i = 0; i < part.size; i++) {
        int high, low;

        path[size] = part.text[i];
        if (part.text[i] == '%') {
            high = i + 2 < part.size ? hex_digit(part.text[i + 1]) : -1;
            low = high >= 0 ? hex_digit(part.text[i + 2]) : -1;
            if (low < 0 || high * 16 + low == 0)
                break;
            path[size] = (char)(high * 16 + low);
            i += 2;
        }
        size++;
    }
    path[size] = '\0';
    if (i < part.size || size == 0) {
        sbn__free(mem, path);
        return SBN_EINVAL;
    }
    *ret_path = path;
    return SBN_OK;
}

/* RFC 9112, 3.2: as in the URL, without the scheme's own port. */
static char *
host_field(const sbn_allocator *mem, struct part host, uint16_t port,
           bool is_ipv6)
{
    char *text = sbn__alloc(mem, host.size + 2 + 1 + SBN__INT_ROOM + 1);
    size_t size = 0;

    if (text == NULL)
        return NULL;
    if (is_ipv6)
        text[size++] = '[';
    memcpy(text + size, host.text, host.size);
    size += host.size;
    if (is_ipv6)
        text[size++] = ']';
    if (port != 80) {
        text[size++] = ':';
        size += sbn__format_uint64(text + size, port);
    }
    text[size] = '\0';
    return text;
}

static sbn_status
set_authority(const sbn_allocator *mem, struct part authority, bool is_unix,
              struct sbn__url *url)
{
    struct part host;
    sbn_status st;
    bool ipv6;

    if (is_unix) {
        st = decode_path(mem, authority, &url->host);
        if (st == SBN_OK)
            url->authority = sbn__strdup(mem, "localhost");
    } else {
        st = split_authority(authority, &host, &url->port, &ipv6);
        if (st == SBN_OK) {
            url->host = sbn__strndup(mem, host.text, host.size);
            url->authority = host_field(mem, host, url->port, ipv6);
        }
    }
    if (st == SBN_OK && (url->host == NULL || url->authority == NULL))
        return SBN_ENOMEM;
    return st;
}

/* Path and query, at least "/"; the fragment is the client's own. */
static char *
make_target(const sbn_allocator *mem, const char *text)
{
    size_t size = strcspn(text, "#"), slash = *text != '/';
    char *target = sbn__alloc(mem, slash + size + 1);

    if (target == NULL)
        return NULL;
    target[0] = '/';
    memcpy(target + slash, text, size);
    target[slash + size] = '\0';
    return target;
}

sbn_status
sbn__url_parse(const sbn_allocator *mem, const char *text,
               struct sbn__url *ret_url)
{
    struct sbn__url url = {NULL, 0, NULL, NULL};
    struct part authority;
    bool is_unix;
    sbn_status st;

    if (!is_plain(text))
        return SBN_EINVAL;
    st = take_scheme(&text, &is_unix);
    if (st != SBN_OK)
        return st;
    authority.text = text;
    authority.size = strcspn(text, "/?#");
    st = set_authority(mem, authority, is_unix, &url);
    if (st == SBN_OK) {
        url.target = make_target(mem, text + authority.size);
        if (url.target == NULL)
            st = SBN_ENOMEM;
    }
    if (st != SBN_OK)
        sbn__url_fini(mem, &url);
    else
        *ret_url = url;
    return st;
}

void
sbn__url_fini(const sbn_allocator *mem, struct sbn__url *url)
{
    sbn__free(mem, url->host);
    sbn__free(mem, url->authority);
    sbn__free(mem, url->target);
    memset(url, 0, sizeof(*url));
}
