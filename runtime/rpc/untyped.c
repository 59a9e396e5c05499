/* SPDX-License-Identifier: Apache-2.0 */
/* The operation for messages of any kind, described as generated code would. */
#include <stdio.h>

#include "runtime/rpc/service.h"

#define UNTYPED(service) ((const sbn_untyped_service *)(service))

static sbn_status
invoke(sbn_request *request, const void *service, const void *in, void *out)
{
    return UNTYPED(service)->call(request, *(const sbn_xml *)in, out);
}

static sbn_status
invoke_begin(sbn_request *request, const void *service, const void *in)
{
    return UNTYPED(service)->begin_call(request, *(const sbn_xml *)in);
}

static sbn_status
invoke_end(sbn_request *request, const void *service, void *out)
{
    return UNTYPED(service)->end_call(request, out);
}

static const sbn_field any = {
    NULL, 0, SBN_K_XML, 0, SBN_F_ANY, 0, SBN_NONE, SBN_NONE, 1, 1, NULL, NULL,
};

const sbn_operation sbn__untyped_operation = {
    .name = "*",
    .action = "*",
    .in_size = sizeof(sbn_xml),
    .out_size = sizeof(sbn_xml),
    .in = &any,
    .out = &any,
    .sync_offset = SBN_AT(sbn_untyped_service, call),
    .begin_offset = SBN_AT(sbn_untyped_service, begin_call),
    .end_offset = SBN_AT(sbn_untyped_service, end_call),
    .invoke = invoke,
    .invoke_begin = invoke_begin,
    .invoke_end = invoke_end,
};

static const char *const no_namespace[] = {NULL};

const sbn_contract sbn__untyped_contract = {
    .abi = SBN_ABI,
    .name = "",
    .ns = "",
    .namespaces = no_namespace,
    .namespace_count = 1,
};

sbn_status
sbn__untyped_check(const sbn_untyped_service *untyped,
                   char text[SBN__SERVER_TEXT])
{
    bool begin = untyped->begin_call != NULL, end = untyped->end_call != NULL;

    if (begin == end && (begin || untyped->call != NULL))
        return SBN_OK;
    snprintf(text, SBN__SERVER_TEXT,
             "the untyped service needs call, or begin_call with end_call; it "
             "has %s",
             begin ? "begin_call without end_call"
             : end ? "end_call without begin_call"
                   : "neither");
    return SBN_EINVAL;
}
