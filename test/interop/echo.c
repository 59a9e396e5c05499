/* SPDX-License-Identifier: Apache-2.0 */
/* IEcho, which was recorded at endpoints of several kinds. */
#include <string.h>

#include "echo.h"
#include "test/interop/services.h"

static sbn_status
echo(sbn_request *request, const char *text, const char **ret_result)
{
    *ret_result = text;
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

static sbn_status
echo_bytes(sbn_request *request, sbn_bytes data, sbn_bytes *ret_result)
{
    *ret_result = data;
    return SBN_OK;
}

static sbn_status
echo_blobs(sbn_request *request, const struct echo_blobs *value,
           const struct echo_blobs **ret_result)
{
    *ret_result = value;
    return SBN_OK;
}

/* Nothing that was recorded without the client's time-out sleeps. */
static sbn_status
sleep_(sbn_request *request, int32_t milliseconds, const char **ret_result)
{
    return sbn_request_fail(request, "not here");
}

static sbn_status
who_am_i(sbn_request *request, const char **ret_result)
{
    *ret_result = "";
    return SBN_OK;
}

static sbn_status
notify(sbn_request *request, const char *text)
{
    return SBN_OK;
}

static sbn_status
fail(sbn_request *request, const char *text, const char **ret_result)
{
    const struct echo_oops oops = {.has_code = true,
                                   .code = 1,
                                   .text_nil = text == NULL,
                                   .text = text,
                                   .where_nil = true};
    const char *reason =
        text_of(request, "failed: %s", text == NULL ? "" : text);

    return echo_fault_oops(request, SBN_FAULT_SENDER, reason, &oops);
}

static const struct echo_service service = {
    .echo = echo,
    .repeat = repeat,
    .echo_bytes = echo_bytes,
    .echo_blobs = echo_blobs,
    .sleep = sleep_,
    .who_am_i = who_am_i,
    .notify = notify,
    .fail = fail,
};

sbn_status
bind_echo(sbn_server *server, const char *path, sbn_soap_version soap)
{
    const sbn_service_options options = {.soap = soap};

    return echo_service_bind(server, path, &service, &options);
}
