/* SPDX-License-Identifier: Apache-2.0 */
/* Messages of any kind, told apart by their actions. */
#include <string.h>

#include "test/interop/services.h"

#define NS_UNTYPED "urn:sebon:interop:untyped"

static sbn_status
give(sbn_xml *ret_body, const char *text)
{
    if (text == NULL)
        return SBN_ENOMEM;
    ret_body->text = text;
    ret_body->size = strlen(text);
    return SBN_OK;
}

/* Text as it stands in XML. */
static const char *
escaped(sbn_request *request, const char *text)
{
    char *out = sbn_request_alloc(request, strlen(text) * 5 + 1), *at = out;

    if (out == NULL)
        return NULL;
    for (; *text != '\0'; text++) {
        if (*text == '<' || *text == '>' || *text == '&')
            at = stpcpy(at, *text == '<'   ? "&lt;"
                            : *text == '>' ? "&gt;"
                                           : "&amp;");
        else
            *at++ = *text;
    }
    return out;
}

/* What was seen: the action and the body, as text. */
static sbn_status
tell(sbn_request *request, const sbn_xml *body, sbn_xml *ret_body)
{
    const char *action = sbn_request_action(request), *text;

    if (sbn_request_http_header(request, "SOAPAction") == NULL &&
        action[0] == '\0')
        action = "(none)";
    action = escaped(request, action);
    text = body->text == NULL ? "(empty)" : escaped(request, body->text);
    if (action == NULL || text == NULL)
        return SBN_ENOMEM;
    return give(ret_body, text_of(request,
                                  "<u:seen xmlns:u=\"" NS_UNTYPED
                                  "\"><u:action>%s</u:action>"
                                  "<u:body>%s</u:body></u:seen>",
                                  action, text));
}

static sbn_status
call(sbn_request *request, sbn_xml body, sbn_xml *ret_body)
{
    const sbn_fault caught = {
        .code = {"urn:custom", "Caught"},
        .reason = "caught by *",
    };
    const char *action = sbn_request_action(request);

    if (strcmp(action, NS_UNTYPED "/Produce") == 0)
        return give(ret_body, "<string xmlns=\"http://schemas.microsoft.com/"
                              "2003/10/Serialization/\">produced text"
                              "</string>");
    if (strcmp(action, NS_UNTYPED "/Swallow") == 0 ||
        strcmp(action, "urn:custom:empty") == 0)
        return SBN_OK;
    if (strcmp(action, "urn:custom:fault") == 0)
        return sbn_request_fault_with(request, &caught);
    if (strcmp(action, "urn:custom:null") == 0) {
        sbn_request_no_reply(request);
        return SBN_OK;
    }
    return tell(request, &body, ret_body);
}

static const sbn_untyped_service service = {.call = call};

sbn_status
bind_untyped(sbn_server *server, const char *path, sbn_soap_version soap)
{
    const sbn_service_options options = {.soap = soap, .untyped = &service};

    return sbn_service_bind_untyped(server, path, &options);
}
