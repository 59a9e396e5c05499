/* SPDX-License-Identifier: Apache-2.0 */
/* What a server answers: results, faults, and bare HTTP statuses. */
#include <string.h>

#include "runtime/rpc/serve.h"
#include "runtime/xml/writer.h"

/* WCF's own, which its clients and people know. */
#define NS_DISPATCHER                                                         \
    "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation" \
    "/dispatcher"
#define NS_NO_ADDRESSING \
    "http://schemas.microsoft.com/ws/2005/05/addressing/none"

#define INTERNAL_FAULT                                                       \
    "The service failed to process the request because of an internal "      \
    "error.  It keeps the cause to itself unless the option include_detail " \
    "of the service is set."

/* A fault in words of SOAP 1.2; SOAP 1.1 has one code, the narrower. */
struct fault_kind {
    bool sender;
    const char *ns, *local; /* local NULL: Sender or Receiver alone */
};

static const struct fault_kind internal_fault = {false, NS_DISPATCHER,
                                                 "InternalServiceFault"};
static const struct fault_kind unreadable_fault = {true, NS_DISPATCHER,
                                                   "DeserializationFailed"};
static const struct fault_kind action_fault = {true, NS_NO_ADDRESSING,
                                               "ActionNotSupported"};

/* ---- HTTP ------------------------------------------------------------- */

void
sbn__answer_empty(struct sbn__http_transaction *transaction, int status,
                  const char *extra)
{
    sbn__http_respond(transaction, status, NULL, extra, NULL);
}

static struct sbn__http_transaction *
take_transaction(struct sbn_request *request)
{
    struct sbn__http_transaction *transaction = request->transaction;

    request->transaction = NULL;
    return transaction;
}

/* Without the headers that the program set a response would say something
 * else. */
static void
answer_status(struct sbn_request *request, int status)
{
    const char *fields = NULL;

    if (sbn__request_reply_fields(request, &fields) != SBN_OK)
        status = 503;
    sbn__answer_empty(take_transaction(request), status, fields);
}

void
sbn__answer_busy(struct sbn_request *request)
{
    sbn__answer_empty(take_transaction(request), 503, "Retry-After: 1\r\n");
}

/* A last word of the program's on what goes out. */
static void
inspect(struct sbn_request *request, sbn_status status)
{
    const sbn_inspector *inspector = request->service->options.inspector;

    if (inspector == NULL || inspector->before_reply == NULL)
        return;
    sbn__runtime_enter(request->runtime);
    inspector->before_reply(request, status, inspector->data);
    sbn__runtime_leave(request->runtime);
}

static struct sbn__buf *
answer_buf(struct sbn_request *request)
{
    return sbn__runtime_scratch(request->runtime, SBN__HTTP_HEAD_ROOM,
                                request->server->options.max_memory);
}

static void
answer_envelope(struct sbn_request *request, int status, struct sbn__buf *body)
{
    const char *type = request->version == SBN__SOAP_12
                           ? "application/soap+xml; charset=utf-8"
                           : "text/xml; charset=utf-8";

    const char *fields = NULL;

    if (sbn__request_reply_fields(request, &fields) != SBN_OK)
        sbn__answer_empty(take_transaction(request), 503, NULL);
    else
        sbn__http_respond(take_transaction(request), status, type, fields,
                          body);
}

/* ---- Faults ----------------------------------------------------------- */

static void
answer_fault(struct sbn_request *request, const sbn_fault *fault)
{
    struct sbn__buf *body = answer_buf(request);
    sbn_status status;

    status =
        sbn__soap_write_fault(body, request->version, &request->headers, fault);
    if (status == SBN_OK)
        answer_envelope(request, 500, body);
    else
        answer_status(request, status == SBN_ENOMEM ? 503 : 500);
}

/* reason NULL: there was no memory for it. */
static void
answer_fault_of(struct sbn_request *request, const struct fault_kind *kind,
                const char *reason, sbn_xml detail)
{
    const sbn_fault fault = {
        .code = {NULL, kind->sender ? "Sender" : "Receiver"},
        .subcode = {kind->ns, kind->local},
        .reason = reason,
        .lang = "en-US",
        .detail = detail,
    };

    if (reason == NULL) {
        answer_status(request, 503);
        return;
    }
    answer_fault(request, &fault);
}

#define NS_SYSTEM "http://schemas.datacontract.org/2004/07/System.ServiceModel"

/* WCF's ExceptionDetail, which its clients read: what went wrong, and the name
 * of the status. For those who were let in on it; without memory there is
 * none. */
static sbn_xml
exception_detail(struct sbn_request *request, const char *text,
                 sbn_status status)
{
    sbn_xml detail = {NULL, 0};
    struct sbn__buf out;

    if (!request->service->options.include_detail || text == NULL)
        return detail;
    sbn__buf_init(&out, &request->hub->mem, request->arena.limit);
    sbn__buf_lit(&out, "<ExceptionDetail xmlns=\"" NS_SYSTEM
                       "\" xmlns:i=\"" SBN__NS_XSI "\">"
                       "<HelpLink i:nil=\"true\"/>"
                       "<InnerException i:nil=\"true\"/><Message>");
    sbn__xml_write_text(&out, text, strlen(text));
    sbn__buf_lit(&out, "</Message><StackTrace i:nil=\"true\"/><Type>");
    sbn__buf_puts(&out, sbn_status_name(status));
    sbn__buf_lit(&out, "</Type></ExceptionDetail>");
    if (out.status == SBN_OK)
        detail.text = sbn__arena_strndup(&request->arena, sbn__buf_bytes(&out),
                                         sbn__buf_size(&out));
    detail.size = detail.text != NULL ? sbn__buf_size(&out) : 0;
    sbn__buf_fini(&out);
    return detail;
}

/* text: what only those hear who were let in on it; may be NULL. */
static void
answer_internal(struct sbn_request *request, sbn_status status,
                const char *text)
{
    sbn_xml detail = exception_detail(request, text, status);

    if (!request->service->options.include_detail || text == NULL)
        text = INTERNAL_FAULT;
    answer_fault_of(request, &internal_fault, text, detail);
}

#define UNREADABLE                                                      \
    "The formatter threw an exception while trying to deserialize the " \
    "message: "

static void
answer_unreadable(struct sbn_request *request)
{
    const char *text = sbn_error_text(&request->error);
    const char *reason =
        sbn__arena_printf(&request->arena, UNREADABLE "%s", text);

    /* What made the message too big may have left no room for a text. */
    if (reason == NULL && request->read == SBN_ELIMIT)
        reason = UNREADABLE "it exceeds a limit of the service";
    answer_fault_of(request, &unreadable_fault, reason,
                    exception_detail(request, text, request->read));
}

static void
answer_unknown_action(struct sbn_request *request)
{
    answer_fault_of(
        request, &action_fault,
        sbn__arena_printf(
            &request->arena,
            "The message with Action '%s' cannot be processed at the "
            "receiver, due to a ContractFilter mismatch at the "
            "EndpointDispatcher. This may be because of either a contract "
            "mismatch (mismatched Actions between sender and receiver) or a "
            "binding/security mismatch between the sender and the receiver.  "
            "Check that sender and receiver have the same contract and the "
            "same binding (including security requirements, e.g. Message, "
            "Transport, None).",
            request->action),
        (sbn_xml){NULL, 0});
}

static void
answer_wrong_body(struct sbn_request *request)
{
    const sbn_operation *operation = request->operation;

    answer_internal(
        request, SBN_EPROTO,
        sbn__arena_printf(&request->arena,
                          "The body of the message is not that of operation "
                          "%s, which the action '%s' names.",
                          operation->name, request->action));
}

/* SOAP 1.2 Part 1, 5.4.8: what was not understood, in header blocks. Of many
 * the first few tell enough; without memory there are none. */
static void
put_not_understood(struct sbn__buf *out,
                   const struct sbn__soap_unknown *unknown)
{
    size_t size = sbn__buf_size(out);
    int left = 20;

    for (; unknown != NULL && left > 0; unknown = unknown->next, left--) {
        const sbn_qname *name = &unknown->name;

        sbn__buf_lit(out, "<s:NotUnderstood qname=\"");
        if (name->ns != NULL)
            sbn__buf_lit(out, "h:");
        sbn__xml_write_value(out, name->local, strlen(name->local));
        if (name->ns != NULL) {
            sbn__buf_lit(out, "\" xmlns:h=\"");
            sbn__xml_write_value(out, name->ns, strlen(name->ns));
        }
        sbn__buf_lit(out, "\"/>");
    }
    if (out->status != SBN_OK) {
        out->end = out->start + size;
        out->status = SBN_OK;
    }
}

void
sbn__answer_not_understood(struct sbn_request *request,
                           const struct sbn__soap_unknown *unknown)
{
    const sbn_qname *header = &unknown->name;
    sbn_fault fault = {.lang = "en-US"};

    if ((request->operation->flags & SBN_OP_ONE_WAY) != 0) {
        answer_status(request, 202);
        return;
    }
    inspect(request, SBN_EFAULT);
    fault.code.local = "MustUnderstand";
    fault.reason = sbn__arena_printf(
        &request->arena,
        "The header '%s' from the namespace '%s' has to be understood, and "
        "this service does not understand it.",
        header->local, header->ns != NULL ? header->ns : "");
    if (request->version == SBN__SOAP_12)
        put_not_understood(&request->headers, unknown);
    if (fault.reason == NULL)
        answer_status(request, 503);
    else
        answer_fault(request, &fault);
}

/* ---- Failures of the program ------------------------------------------- */

/* What the program returned instead of SBN_OK. */
static void
answer_program_failure(struct sbn_request *request, sbn_status status)
{
    const sbn_operation *operation = request->operation;

    if (request->faulted)
        answer_fault(request, &request->fault);
    else if (request->failure != NULL)
        answer_internal(request, status, request->failure);
    else if (status == SBN_ENOMEM)
        answer_status(request, 503);
    else
        answer_internal(request, status,
                        sbn__arena_printf(
                            &request->arena, "%s %s failed: %s (%s)",
                            operation != NULL ? "Operation" : "The",
                            operation != NULL ? operation->name : "inspector",
                            sbn_status_text(status), sbn_status_name(status)));
}

/* ---- Refusals --------------------------------------------------------- */

/* The HTTP status of a message that is answered without a fault; 0: it gets
 * one. */
static int
refusal_status(const struct sbn_request *request)
{
    if (request->read == SBN_ENOMEM)
        return 503;
    if (request->refusal == REFUSAL_MEDIA)
        return 400;
    if (request->http_status != 0)
        return request->http_status;
    if (request->refusal == REFUSAL_INSPECTOR)
        return 0;
    if (request->refusal == REFUSAL_NONE &&
        !sbn__soap_reader_in_body(request->reader))
        return 400;
    /* Faults of one-way operations are never told. */
    if (request->operation != NULL &&
        (request->operation->flags & SBN_OP_ONE_WAY) != 0)
        return 202;
    return 0;
}

void
sbn__answer_refusal(struct sbn_request *request)
{
    int status = refusal_status(request);

    if (request->refusal == REFUSAL_TOO_BUSY) {
        sbn__answer_busy(request);
        return;
    }
    if (status == 0 || status == request->http_status)
        inspect(request, SBN_EFAULT);
    if (status != 0)
        answer_status(request, status);
    else if (request->refusal == REFUSAL_INSPECTOR)
        answer_program_failure(request, request->read);
    else if (request->refusal == REFUSAL_ACTION)
        answer_unknown_action(request);
    else if (request->refusal == REFUSAL_BODY)
        answer_wrong_body(request);
    else if (request->read == SBN_EFAULT)
        answer_internal(request, SBN_EFAULT, "The message is a fault.");
    else
        answer_unreadable(request);
}

/* ---- Results ---------------------------------------------------------- */

static void
answer_out(struct sbn_request *request)
{
    const sbn_operation *operation = request->operation;
    struct sbn__buf *body = answer_buf(request);
    struct sbn__soap_message message = {
        .version = request->version,
        .contract = request->service->contract,
        .field = operation->out,
        .base = request->out,
        .encoded = (operation->flags & SBN_OP_ENCODED_OUT) != 0,
        .nil_nulls = (operation->flags & SBN_OP_ENCODED_OUT) == 0,
        .headers = &request->headers,
        .error = &request->error,
    };
    sbn_status status = sbn__soap_write_message(body, &message);

    if (status == SBN_OK)
        answer_envelope(request, 200, body);
    else if (status == SBN_ENOMEM)
        answer_status(request, 503);
    else
        answer_internal(request, status,
                        sbn__arena_printf(
                            &request->arena,
                            "The result of operation %s cannot be sent: %s",
                            operation->name, sbn_error_text(&request->error)));
}

/* A fault that was given counts, whatever was returned. */
static sbn_status
outcome(const struct sbn_request *request, sbn_status status)
{
    if (request->faulted || (request->failure != NULL && status == SBN_OK))
        return SBN_EFAULT;
    return status;
}

void
sbn__answer_result(struct sbn_request *request, sbn_status status)
{
    inspect(request, outcome(request, status));
    /* Once more: the inspector may have said something, too. */
    status = outcome(request, status);
    /* Also when the client has gone: it may have ended its side only. */
    if (status != SBN_OK)
        answer_program_failure(request, status);
    else if (request->no_reply)
        answer_status(request, 202);
    else
        answer_out(request);
}
