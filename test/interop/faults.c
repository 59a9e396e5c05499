/* SPDX-License-Identifier: Apache-2.0 */
/* IFaults: faults of every kind, declared and not. */
#include <stdio.h>
#include <string.h>

#include "faults.h"
#include "test/interop/services.h"

#define NS_FAULTS "urn:sebon:interop:faults"

static sbn_xml
xml_of(const char *text)
{
    return (sbn_xml){text, text == NULL ? 0 : strlen(text)};
}

static struct faults_oops
oops_of(int32_t code, const char *text)
{
    return (struct faults_oops){.has_code = true,
                                .code = code,
                                .text_nil = text == NULL,
                                .text = text,
                                .where_nil = true};
}

static sbn_status
good(sbn_request *request, const char *text, int32_t number,
     const char **ret_result)
{
    RETURN_TEXT(ret_result, "%s%d", text == NULL ? "" : text, number);
}

/* ---- With details ----------------------------------------------------------
 */

static sbn_status
declared(sbn_request *request, int32_t code, const char *text)
{
    struct faults_oops oops = oops_of(code, text);
    struct faults_point where = {true, 1, true, -1};
    const char *reason =
        text_of(request, "declared: %s", text == NULL ? "" : text);

    oops.where_nil = false;
    oops.where = &where;
    return faults_fault_oops(request, SBN_FAULT_SENDER, reason, &oops);
}

static sbn_status
undeclared(sbn_request *request)
{
    struct faults_oops oops = oops_of(3, "not declared");

    return faults_fault_oops(request, SBN_FAULT_SENDER, "undeclared", &oops);
}

static sbn_status
derived(sbn_request *request)
{
    const char *texts[] = {"a", NULL, "c"};
    struct faults_array_ofstring reasons = {3, texts};
    struct faults_worse worse = {.type = &faults_worse_type,
                                 .has_code = true,
                                 .code = 9,
                                 .text = "derived",
                                 .where_nil = true,
                                 .reasons = &reasons};

    return faults_fault_oops(request, SBN_FAULT_SENDER, "derived detail",
                             (const struct faults_oops *)(const void *)&worse);
}

static sbn_status
null_detail(sbn_request *request)
{
    return faults_fault_oops(request, SBN_FAULT_SENDER, "null detail", NULL);
}

static sbn_status
task_fault(sbn_request *request, int32_t code, int32_t *ret_result)
{
    struct faults_oops oops = oops_of(code, "from a task");

    return faults_fault_oops(request, SBN_FAULT_SENDER, "task fault", &oops);
}

/* An Oops with a code of its own. */
static sbn_status
coded_oops(sbn_request *request, int32_t number, const sbn_fault *fault)
{
    struct faults_oops oops = oops_of(number, NULL);
    sbn_status status =
        faults_fault_oops(request, SBN_FAULT_SENDER, fault->reason, &oops);

    return status == SBN_EFAULT ? sbn_request_fault_with(request, fault)
                                : status;
}

static sbn_status
undeclared_long(sbn_request *request, long value)
{
    sbn_fault fault = {
        .code = {NULL, "Sender"},
        .reason = "an undeclared long",
    };

    fault.detail = xml_of(text_of(
        request,
        "<long xmlns=\"http://schemas.microsoft.com/2003/10/Serialization/\">"
        "%ld</long>",
        value));
    return sbn_request_fault_with(request, &fault);
}

static sbn_status
several(sbn_request *request, int32_t which)
{
    static const sbn_fault busy = {.code = {NS_FAULTS, "Busy"},
                                   .reason = "Oops with code"};
    static const sbn_fault tired = {.code = {NULL, "Receiver"},
                                    .subcode = {NS_FAULTS, "Tired"},
                                    .reason = "Oops with action"};
    const struct faults_other other = {"11111111-2222-3333-4444-555555555555"};
    struct faults_oops oops = oops_of(which, NULL);
    const int32_t number = 4711;

    switch (which) {
    case 0:
        return faults_fault_oops(request, SBN_FAULT_SENDER, "an Oops", &oops);
    case 1:
        return faults_fault_other(request, SBN_FAULT_SENDER, "an Other",
                                  &other);
    case 2:
        return faults_fault_int(request, SBN_FAULT_SENDER, "an int", &number);
    case 3:
        return faults_fault_words(request, SBN_FAULT_SENDER, "a string",
                                  "just words");
    case 4:
        return coded_oops(request, which, &busy);
    case 5:
        return coded_oops(request, which, &tired);
    case 6:
        return undeclared_long(request, 5);
    default:
        return SBN_OK;
    }
}

/* ---- Codes ------------------------------------------------------------------
 */

static sbn_status
plain(sbn_request *request, const char *reason)
{
    return sbn_request_fault(request, SBN_FAULT_SENDER, "%s",
                             reason == NULL ? "" : reason);
}

/* "Sender*" and "Receiver*" are what .NET's FaultCode.CreateSenderFaultCode and
 * its twin make of a subcode; the latter needs one. */
static sbn_status
code(sbn_request *request, const char *name, const char *ns,
     const char *sub_name, const char *sub_ns)
{
    sbn_fault fault = {.code = {ns, name}, .subcode = {sub_ns, sub_name}};

    if (name == NULL)
        return SBN_EINVAL;
    if (name[strlen(name) - 1] == '*') {
        fault.code.ns = NULL;
        fault.code.local =
            text_of(request, "%.*s", (int)strlen(name) - 1, name);
        if (name[0] == 'R' && sub_name == NULL)
            return sbn_request_fail(request, "a subcode is needed");
    }
    fault.reason =
        text_of(request, "code %s%s%s", name, sub_name == NULL ? "" : " / ",
                sub_name == NULL ? "" : sub_name);
    return sbn_request_fault_with(request, &fault);
}

static const char *
or_none(const char *text)
{
    return text == NULL || text[0] == '\0' ? NULL : text;
}

static sbn_status
actor(sbn_request *request, const char *actor_, const char *node)
{
    struct faults_oops oops = oops_of(7, "detail in an undeclared fault");
    const sbn_fault fault = {
        .code = {NULL, "Receiver"},
        .subcode = {NS_FAULTS, "Relay"},
        .reason = "fault with actor",
        .actor = or_none(actor_),
        .node = or_none(node),
    };
    sbn_status status =
        faults_fault_oops(request, SBN_FAULT_RECEIVER, fault.reason, &oops);

    return status == SBN_EFAULT ? sbn_request_fault_with(request, &fault)
                                : status;
}

static sbn_status
own_action(sbn_request *request, const char *action)
{
    const sbn_fault fault = {
        .code = {NS_FAULTS, "Own"},
        .reason = "own action",
    };

    return sbn_request_fault_with(request, &fault);
}

static sbn_status
two_languages(sbn_request *request)
{
    const sbn_fault fault = {
        .code = {NULL, "Sender"},
        .subcode = {NS_FAULTS, "OutOfStock"},
        .reason = "No bread left.",
        .lang = "en-US",
    };

    return sbn_request_fault_with(request, &fault);
}

static sbn_status
default_(sbn_request *request)
{
    return sbn_request_fault(request, SBN_FAULT_SENDER,
                             "The creator of this fault did not specify a "
                             "Reason.");
}

static sbn_status
raw(sbn_request *request, const char *xml_detail, const char **ret_result)
{
    const sbn_fault fault = {
        .code = {NULL, "Sender"},
        .reason = "raw detail",
        .detail = xml_of(xml_detail),
    };

    return sbn_request_fault_with(request, &fault);
}

/* ---- Failures
 * ---------------------------------------------------------------- */

static sbn_status
unhandled(sbn_request *request, const char *message)
{
    return sbn_request_fail(request, "%s", message == NULL ? "" : message);
}

static sbn_status
inner(sbn_request *request)
{
    return sbn_request_fail(request, "outer <&>");
}

static sbn_status
not_implemented(sbn_request *request, int32_t x, int32_t *ret_result)
{
    return sbn_request_fail(request,
                            "The method or operation is not implemented.");
}

/* No XML can stand for it: the piece is no element of its name. */
static sbn_status
bad_result(sbn_request *request, int32_t x,
           const struct faults_unserializable **ret_result)
{
    struct faults_unserializable *result =
        sbn_request_alloc(request, sizeof(*result));

    if (result == NULL)
        return SBN_ENOMEM;
    result->secret = xml_of("neither element nor nothing");
    *ret_result = result;
    return SBN_OK;
}

static sbn_status
needs_required(sbn_request *request, const struct faults_required *value,
               const struct faults_required **ret_result)
{
    *ret_result = value;
    return SBN_OK;
}

static sbn_status
echo_point(sbn_request *request, const struct faults_point *p,
           const struct faults_point **ret_result)
{
    *ret_result = p;
    return SBN_OK;
}

static sbn_status
one_way_fault(sbn_request *request, const char *text)
{
    return sbn_request_fault(request, SBN_FAULT_SENDER, "nobody hears this");
}

static const struct faults_service service = {
    .good = good,
    .declared = declared,
    .undeclared = undeclared,
    .derived = derived,
    .null_detail = null_detail,
    .several = several,
    .task_fault = task_fault,
    .plain = plain,
    .code = code,
    .actor = actor,
    .own_action = own_action,
    .two_languages = two_languages,
    .default_ = default_,
    .raw = raw,
    .unhandled = unhandled,
    .inner = inner,
    .not_implemented = not_implemented,
    .bad_result = bad_result,
    .needs_required = needs_required,
    .echo_point = echo_point,
    .one_way_fault = one_way_fault,
};

sbn_status
bind_faults(sbn_server *server, const char *path, sbn_soap_version soap,
            bool detail)
{
    const sbn_service_options options = {.soap = soap,
                                         .include_detail = detail};

    return faults_service_bind(server, path, &service, &options);
}
