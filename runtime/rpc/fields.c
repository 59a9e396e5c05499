/* SPDX-License-Identifier: Apache-2.0 */
/* Headers of the HTTP response that operations and inspectors set. */
#include <string.h>

#include "runtime/base/text.h"
#include "runtime/rpc/incoming.h"

/* RFC 9110, 5.6.2. */
static bool
is_token(const char *name)
{
    size_t i;

    for (i = 0; name[i] != '\0'; i++)
        if (!sbn__is_digit(name[i]) &&
            (sbn__lower(name[i]) < 'a' || sbn__lower(name[i]) > 'z') &&
            strchr("!#$%&'*+-.^_`|~", name[i]) == NULL)
            return false;
    return i > 0;
}

static bool
is_value(const char *value)
{
    for (; *value != '\0'; value++)
        if (((unsigned char)*value < ' ' && *value != '\t') || *value == 127)
            return false;
    return true;
}

static bool
is_same_name(const char *a, const char *b)
{
    return sbn__equal_nocase(a, strlen(a), b, strlen(b));
}

/* What frames the response, or is written anyway. */
static bool
is_taken(const char *name)
{
    static const char *const taken[] = {
        "Connection", "Content-Length", "Content-Type", "Date",
        "Keep-Alive", "Trailer",        "Upgrade",      "Transfer-Encoding",
    };
    size_t i;

    for (i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
        if (is_same_name(name, taken[i]))
            return true;
    return false;
}

static struct sbn__reply_field *
find(const struct sbn_request *request, const char *name)
{
    struct sbn__reply_field *field = request->fields;

    while (field != NULL && !is_same_name(field->name, name))
        field = field->next;
    return field;
}

sbn_status
sbn_request_set_http_header(sbn_request *request, const char *name,
                            const char *value)
{
    struct sbn__reply_field *field;
    const char *copy;

    if (name == NULL || !is_token(name) || is_taken(name) ||
        (value != NULL && !is_value(value)))
        return SBN_EINVAL;
    copy = sbn__arena_strdup(&request->arena, value);
    if (copy == NULL && value != NULL)
        return SBN_ENOMEM;
    field = find(request, name);
    if (field == NULL) {
        field = sbn__arena_alloc(&request->arena, sizeof(*field));
        if (field == NULL)
            return SBN_ENOMEM;
        field->name = sbn__arena_strdup(&request->arena, name);
        if (field->name == NULL)
            return SBN_ENOMEM;
        field->next = request->fields;
        request->fields = field;
    }
    field->value = copy;
    return SBN_OK;
}

sbn_status
sbn__request_reply_fields(struct sbn_request *request, const char **ret_lines)
{
    const struct sbn__reply_field *field;
    const char *lines = NULL;

    for (field = request->fields; field != NULL; field = field->next) {
        if (field->value == NULL)
            continue;
        lines = sbn__arena_printf(&request->arena, "%s: %s\r\n%s", field->name,
                                  field->value, lines != NULL ? lines : "");
        if (lines == NULL)
            return SBN_ENOMEM;
    }
    *ret_lines = lines;
    return SBN_OK;
}
