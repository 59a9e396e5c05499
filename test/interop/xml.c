/* SPDX-License-Identifier: Apache-2.0 */
/* What XmlSerializer writes: IXmlDoc, and two contracts of rpc style. */
#include <string.h>

#include "rpc_dc.h"
#include "rpc_literal.h"
#include "test/interop/echoing.h"
#include "xml_doc.h"

/* ---- IXmlDoc
 * ----------------------------------------------------------------- */

#define ECHOED(X)     \
    X(echo_book)      \
    X(echo_choosy)    \
    X(echo_vehicle)   \
    X(echo_vehicles)  \
    X(echo_ints)      \
    X(echo_string)    \
    X(echo_nullable)  \
    X(echo_date_time) \
    X(echo_time_span) \
    X(echo_guid)      \
    X(echo_char)      \
    X(echo_double)

#define ECHO_XML(op) ECHO(xml_doc, op)
ECHOED(ECHO_XML)
ECHO_FLAGS(echo_marks, const enum xml_doc_echo_marks_value *)

static sbn_status
echo_mixed(sbn_request *request, sbn_xml value, sbn_xml *ret_result)
{
    return echo_xml(request, &value, "EchoMixedResult", ret_result);
}

static sbn_status
echo_odd(sbn_request *request, sbn_xml value, sbn_xml *ret_result)
{
    return echo_xml(request, &value, "EchoOddResult", ret_result);
}

static sbn_status
outs(sbn_request *request, const char *text, const struct xml_doc_book *book,
     int32_t *ret_result, int32_t *ret_length,
     const struct xml_doc_book **ret_book)
{
    struct xml_doc_book *changed = NULL;

    if (book != NULL) {
        changed = sbn_request_alloc(request, sizeof(*changed));
        if (changed == NULL)
            return SBN_ENOMEM;
        *changed = *book;
        changed->plain = "changed";
    }
    *ret_result = 1;
    *ret_length = text == NULL ? -1 : (int32_t)strlen(text);
    *ret_book = changed;
    return SBN_OK;
}

static sbn_status
nothing(sbn_request *request)
{
    return SBN_OK;
}

static sbn_status
fail(sbn_request *request, const char *why)
{
    const struct xml_doc_xml_fault fault = {.code = 12, .text = why};

    return xml_doc_fault_xml_fault(request, SBN_FAULT_SENDER, "xml fault",
                                   &fault);
}

static sbn_status
contracted(sbn_request *request, enum xml_doc_genre genre,
           const char *const *items, size_t item_count, int32_t *ret_count)
{
    const struct xml_doc_chapter *head =
        xml_doc_request_head_header(request, 0);

    *ret_count = (int32_t)item_count;
    return head == NULL ? SBN_OK : xml_doc_reply_head_header(request, head);
}

static const struct xml_doc_service xml_doc = {
    ECHOED(MEMBER).echo_marks = echo_marks,
    .echo_mixed = echo_mixed,
    .echo_odd = echo_odd,
    .outs = outs,
    .nothing = nothing,
    .fail = fail,
    .contracted = contracted,
};

/* ---- rpc style
 * ---------------------------------------------------------------- */

static sbn_status
add(sbn_request *request, int32_t a, int32_t b, int32_t *ret_result)
{
    *ret_result = (int32_t)((uint32_t)a + (uint32_t)b);
    return SBN_OK;
}

static sbn_status
rpc_outs(sbn_request *request, int32_t x, const char *z, bool *ret_result,
         int32_t *ret_y, const char **ret_z)
{
    *ret_result = x > 0;
    *ret_y = (int32_t)((uint32_t)x * 2);
    RETURN_TEXT(ret_z, "%s?", z == NULL ? "" : z);
}

static sbn_status
greet(sbn_request *request, const char *name, const char **ret_result)
{
    *ret_result = NULL;
    if (name == NULL)
        return SBN_OK;
    RETURN_TEXT(ret_result, "hello %s", name);
}

static sbn_status
echo_person(sbn_request *request, const struct rpc_literal_person *person,
            const struct rpc_literal_person **ret_result)
{
    *ret_result = person;
    return SBN_OK;
}

static sbn_status
echo_literal_ints(sbn_request *request,
                  const struct rpc_literal_array_of_int *values,
                  const struct rpc_literal_array_of_int **ret_result)
{
    *ret_result = values;
    return SBN_OK;
}

static const struct rpc_literal_service rpc_literal = {
    .add = add,
    .greet = greet,
    .echo_person = echo_person,
    .echo_ints = echo_literal_ints,
    .outs = rpc_outs,
    .nothing = nothing,
};

static sbn_status
greet_times(sbn_request *request, const char *name, int32_t times,
            const char **ret_result)
{
    RETURN_TEXT(ret_result, "%s x %d", name == NULL ? "null" : name, times);
}

static sbn_status
echo_point(sbn_request *request, const struct rpc_dc_point *point,
           const struct rpc_dc_point **ret_result)
{
    *ret_result = point;
    return SBN_OK;
}

static sbn_status
echo_contract_ints(sbn_request *request,
                   const struct rpc_dc_array_ofint *values,
                   const struct rpc_dc_array_ofint **ret_result)
{
    *ret_result = values;
    return SBN_OK;
}

static const struct rpc_dc_service rpc_dc = {
    .add = add,
    .greet = greet_times,
    .echo_point = echo_point,
    .echo_ints = echo_contract_ints,
    .outs = rpc_outs,
    .nothing = nothing,
};

sbn_status
bind_xml(sbn_server *server)
{
    sbn_status status = xml_doc_service_bind(server, "/xmlser", &xml_doc, NULL);

    if (status == SBN_OK)
        status = rpc_literal_service_bind(server, "/rpc/literal", &rpc_literal,
                                          NULL);
    if (status == SBN_OK)
        status =
            rpc_dc_service_bind(server, "/rpc/datacontract", &rpc_dc, NULL);
    return status;
}
