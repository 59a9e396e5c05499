/* SPDX-License-Identifier: Apache-2.0 */
/* The operation for messages of any kind, described as generated code would. */
#include <stdio.h>

#include "runtime/rpc/service.h"

typedef sbn_status call_fn(sbn_request *request, sbn_xml body,
                           sbn_xml *ret_body);
typedef sbn_status begin_fn(sbn_request *request, sbn_xml body);
typedef sbn_status end_fn(sbn_request *request, sbn_xml *ret_body);

static sbn_status
invoke(sbn_step step, const void *function, sbn_request *request,
       const void *in, void *out)
{
    const sbn_xml *body = in;

    switch (step) {
    case SBN_STEP_BEGIN:
        return (*(begin_fn *const *)function)(request, *body);
    case SBN_STEP_END:
        return (*(end_fn *const *)function)(request, out);
    case SBN_STEP_WHOLE:
        break;
    }
    return (*(call_fn *const *)function)(request, *body, out);
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
