/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/rpc/media.h"

#include <string.h>

#include "runtime/base/text.h"

struct span {
    const char *text;
    size_t size;
};

/* RFC 9110, 5.6.2: what a token is made of. */
static bool
is_token_char(char c)
{
    return (sbn__lower(c) >= 'a' && sbn__lower(c) <= 'z') || sbn__is_digit(c) ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static const char *
skip_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

/* NULL: there is none. */
static const char *
take_token(const char *at, struct span *ret)
{
    const char *start = at;

    while (is_token_char(*at))
        at++;
    ret->text = start;
    ret->size = (size_t)(at - start);
    return at == start ? NULL : at;
}

/* The text between the quotes, as it stands; NULL: it does not end. */
static const char *
take_quoted(const char *at, struct span *ret)
{
    const char *start = ++at;

    while (*at != '"') {
        if (*at == '\\' && at[1] != '\0')
            at++;
        if (*at == '\0')
            return NULL;
        at++;
    }
    ret->text = start;
    ret->size = (size_t)(at - start);
    return at + 1;
}

static bool
is_word(const struct span *span, const char *word)
{
    return sbn__equal_nocase(span->text, span->size, word, strlen(word));
}

/* SBN__CHARSET_ANY: none of those. */
static enum sbn__charset
known_charset(const struct span *value)
{
    if (is_word(value, "utf-8"))
        return SBN__CHARSET_UTF_8;
    return is_word(value, "utf-16") || is_word(value, "utf-16le") ||
                   is_word(value, "utf-16be")
               ? SBN__CHARSET_UTF_16
               : SBN__CHARSET_ANY;
}

/* Without the backslashes of quoted pairs. */
static sbn_status
keep(struct sbn__arena *arena, const struct span *value, const char **ret)
{
    char *copy = sbn__arena_bytes(arena, value->size + 1);
    size_t i, size = 0;

    if (copy == NULL)
        return arena->limited ? SBN_ELIMIT : SBN_ENOMEM;
    for (i = 0; i < value->size; i++) {
        if (value->text[i] == '\\' && i + 1 < value->size)
            i++;
        copy[size++] = value->text[i];
    }
    copy[size] = '\0';
    *ret = copy;
    return SBN_OK;
}

/* "; name=value" at at; a lone ";" at the end is passed over. NULL: malformed.
 */
static const char *
take_parameter(const char *at, struct span *name, struct span *value)
{
    name->text = "";
    name->size = 0;
    at = skip_blanks(at + 1);
    if (*at == '\0' || *at == ';')
        return at;
    at = take_token(at, name);
    if (at == NULL || *at != '=')
        return NULL;
    at++;
    at = *at == '"' ? take_quoted(at, value) : take_token(at, value);
    return at == NULL ? NULL : skip_blanks(at);
}

static const char *
take_type(const char *at, enum sbn__soap_version *ret_version)
{
    struct span type, subtype;

    at = take_token(skip_blanks(at), &type);
    if (at == NULL || *at != '/')
        return NULL;
    at = take_token(at + 1, &subtype);
    if (at == NULL)
        return NULL;
    if (is_word(&type, "text") && is_word(&subtype, "xml"))
        *ret_version = SBN__SOAP_11;
    else if (is_word(&type, "application") && is_word(&subtype, "soap+xml"))
        *ret_version = SBN__SOAP_12;
    else
        return NULL;
    return skip_blanks(at);
}

sbn_status
sbn__media_parse(const char *value, struct sbn__arena *arena,
                 struct sbn__media *ret_media)
{
    struct sbn__media media = {.version = SBN__SOAP_11};
    struct span name = {NULL, 0}, parameter = {NULL, 0};
    const char *at = value;
    sbn_status status;

    if (at == NULL || (at = take_type(at, &media.version)) == NULL)
        return SBN_EUNSUPPORTED;
    while (*at == ';') {
        at = take_parameter(at, &name, &parameter);
        if (at == NULL)
            return SBN_EUNSUPPORTED;
        if (is_word(&name, "charset")) {
            media.charset = known_charset(&parameter);
            if (media.charset == SBN__CHARSET_ANY)
                return SBN_EUNSUPPORTED;
        }
        if (is_word(&name, "action") && media.version == SBN__SOAP_12) {
            status = keep(arena, &parameter, &media.action);
            if (status != SBN_OK)
                return status;
        }
    }
    if (*at != '\0')
        return SBN_EUNSUPPORTED;
    *ret_media = media;
    return SBN_OK;
}
