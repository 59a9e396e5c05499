/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of few operations, in namespaces of all kinds. */
#include <string.h>

#include "echo.h"
#include "no_namespace.h"
#include "slash_contract.h"
#include "tempuri.h"
#include "test/interop/services.h"

static sbn_status
echo(sbn_request *request, const char *text, const char **ret_result)
{
    *ret_result = text;
    return SBN_OK;
}

static sbn_status
echo_point(sbn_request *request, const struct no_namespace_point *p,
           const struct no_namespace_point **ret_result)
{
    *ret_result = p;
    return SBN_OK;
}

static sbn_status
repeat(sbn_request *request, const char *text, int32_t times,
       const char **ret_result)
{
    size_t size = text == NULL ? 0 : strlen(text);
    int32_t i;
    char *out;

    if (times < 0 || times > 100000)
        return sbn_request_fault(request, SBN_FAULT_SENDER, "how often?");
    out = sbn_request_alloc(request, size * (size_t)times + 1);
    if (out == NULL)
        return SBN_ENOMEM;
    for (i = 0; i < times && size > 0; i++)
        memcpy(out + size * (size_t)i, text, size);
    *ret_result = out;
    return SBN_OK;
}

static const struct tempuri_service tempuri = {.echo = echo};
static const struct no_namespace_service nons = {.echo = echo,
                                                 .echo_point = echo_point};
static const struct slash_contract_service slash = {.echo = echo};
static const struct echo_service repeating = {.echo = echo, .repeat = repeat};

sbn_status
bind_small(sbn_server *server)
{
    sbn_status status =
        tempuri_service_bind(server, "/tempuri", &tempuri, NULL);

    if (status == SBN_OK)
        status = no_namespace_service_bind(server, "/nons", &nons, NULL);
    if (status == SBN_OK)
        status = slash_contract_service_bind(server, "/slash", &slash, NULL);
    return status;
}

sbn_status
bind_echo(sbn_server *server, const char *path)
{
    return echo_service_bind(server, path, &repeating, NULL);
}
