/* SPDX-License-Identifier: Apache-2.0 */
/* Failures that operations tell: faults of their own, and internal errors. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/rpc/incoming.h"

/* NULL: no memory. */
static char *
format_text(struct sbn__arena *arena, const char *format, va_list args)
{
    va_list again;
    char *text;
    int size;

    va_copy(again, args);
    size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (size < 0)
        return NULL;
    text = sbn__arena_bytes(arena, (size_t)size + 1);
    if (text != NULL)
        vsnprintf(text, (size_t)size + 1, format, args);
    return text;
}

sbn_status
sbn_request_fault(sbn_request *request, sbn_fault_code code, const char *reason,
                  ...)
{
    sbn_fault *fault = &request->fault;
    sbn_xml detail = fault->detail;
    va_list args;

    memset(fault, 0, sizeof(*fault));
    va_start(args, reason);
    fault->reason = format_text(&request->arena, reason, args);
    va_end(args);
    /* The code is worth telling even without memory for the text. */
    if (fault->reason == NULL)
        fault->reason = sbn_status_text(SBN_EFAULT);
    fault->code.local = code == SBN_FAULT_SENDER ? "Sender" : "Receiver";
    fault->detail = detail;
    request->faulted = true;
    return SBN_EFAULT;
}

static void
set_detail(struct sbn_request *request, const char *text, size_t size)
{
    request->fault.detail.text =
        sbn__arena_strndup(&request->arena, text, size);
    request->fault.detail.size = size;
}

/* What cannot be written is the service's mistake, and told as such. */
sbn_status
sbn_request_fault_detail(sbn_request *request, sbn_fault_code code,
                         const char *reason, const sbn_part *part,
                         const void *value)
{
    struct sbn__buf text;
    sbn_status status;

    if (request->service == NULL) /* there is nobody to tell */
        return sbn_request_fault(request, code, "%s", "");
    sbn__buf_init(&text, &request->hub->mem, request->arena.limit);
    status = sbn__soap_write_detail(&text, request->service->contract,
                                    part->field, value, &request->error);
    if (status == SBN_OK) {
        set_detail(request, sbn__buf_bytes(&text), sbn__buf_size(&text));
        if (request->fault.detail.text == NULL)
            status = SBN_ENOMEM;
    }
    sbn__buf_fini(&text);
    if (status != SBN_OK)
        return status;
    return sbn_request_fault(request, code, "%s", reason == NULL ? "" : reason);
}

/* A copy of text, NULL of NULL; *lost: there was no memory for one. */
static const char *
keep(struct sbn_request *request, const char *text, bool *lost)
{
    const char *copy = sbn__arena_strdup(&request->arena, text);

    *lost |= text != NULL && copy == NULL;
    return copy;
}

sbn_status
sbn_request_fault_with(sbn_request *request, const sbn_fault *fault)
{
    sbn_fault copy = {.detail = request->fault.detail};
    bool lost = false;

    copy.code.ns = keep(request, fault->code.ns, &lost);
    copy.code.local = keep(request, fault->code.local, &lost);
    copy.subcode.ns = keep(request, fault->subcode.ns, &lost);
    copy.subcode.local = keep(request, fault->subcode.local, &lost);
    copy.reason = keep(request, fault->reason, &lost);
    copy.lang = keep(request, fault->lang, &lost);
    copy.actor = keep(request, fault->actor, &lost);
    copy.node = keep(request, fault->node, &lost);
    if (lost)
        return SBN_ENOMEM;
    request->fault = copy;
    if (fault->detail.text != NULL) {
        set_detail(request, fault->detail.text, fault->detail.size);
        if (request->fault.detail.text == NULL)
            return SBN_ENOMEM;
    }
    request->faulted = true;
    return SBN_EFAULT;
}

sbn_status
sbn_request_fail(sbn_request *request, const char *text, ...)
{
    va_list args;

    va_start(args, text);
    request->failure = format_text(&request->arena, text, args);
    va_end(args);
    if (request->failure == NULL)
        request->failure = sbn_status_text(SBN_ENOMEM);
    request->faulted = false;
    return SBN_EFAULT;
}
