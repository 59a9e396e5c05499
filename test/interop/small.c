/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of few operations, in namespaces of all kinds. */
#include "nons.h"
#include "slash.h"
#include "tempuri.h"
#include "test/interop/services.h"

static sbn_status
echo(sbn_request *request, const char *text, const char **ret_result)
{
    *ret_result = text;
    return SBN_OK;
}

static sbn_status
echo_point(sbn_request *request, const struct nons_point *p,
           const struct nons_point **ret_result)
{
    *ret_result = p;
    return SBN_OK;
}

static const struct tempuri_service tempuri = {.echo = echo};
static const struct nons_service nons = {.echo = echo,
                                         .echo_point = echo_point};
static const struct slash_service slash = {.echo = echo};

sbn_status
bind_small(sbn_server *server)
{
    sbn_status status =
        tempuri_service_bind(server, "/tempuri", &tempuri, NULL);

    if (status == SBN_OK)
        status = nons_service_bind(server, "/nons", &nons, NULL);
    if (status == SBN_OK)
        status = slash_service_bind(server, "/slash", &slash, NULL);
    return status;
}
