/* SPDX-License-Identifier: Apache-2.0 */
/* IMessages: whole messages with headers, wrapped and not. */
#include "messages.h"
#include "test/interop/services.h"

static const char *
or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static const sbn_header_marks must_understand = {.must_understand = true};
static const sbn_header_marks for_role = {.actor = "urn:sebon:interop:role"};

/* ---- Wrapped
 * ----------------------------------------------------------------- */

/* Each tag that came goes back as Seen. */
static sbn_status
reply_seen(sbn_request *request)
{
    sbn_status status = SBN_OK;
    const char *tag;
    size_t n;

    for (n = 0; status == SBN_OK; n++) {
        tag = messages_request_tag_header(request, n);
        if (tag == NULL)
            break;
        status = messages_reply_seen_header(request, tag);
    }
    return status;
}

static const char *
count_text(sbn_request *request, const struct messages_array_of_point *lines)
{
    return lines == NULL ? "" : text_of(request, "%zu", lines->point_count);
}

static sbn_status
place(sbn_request *request, sbn_decimal total,
      const struct messages_array_of_point *lines, const char *customer,
      const char **ret_id, const char **ret_summary)
{
    const char *count = count_text(request, lines);
    sbn_status status = reply_seen(request);

    if (status == SBN_OK)
        status = messages_reply_server_header(request, "interop");
    if (status == SBN_OK)
        status = messages_reply_version_header(request, 3);
    if (status == SBN_OK)
        status = sbn_request_mark_header(request, &must_understand);
    if (status != SBN_OK)
        return status;
    if (count == NULL)
        return SBN_ENOMEM;
    *ret_id = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    RETURN_TEXT(ret_summary, "%s: %s lines, %s", or_empty(customer), count,
                or_empty(total));
}

static sbn_status
only_header(sbn_request *request)
{
    return messages_reply_only_header_2(
        request, messages_request_only_header_2(request, 0));
}

static sbn_status
dynamic(sbn_request *request, const char *text, const char **ret_text)
{
    sbn_status status = messages_reply_hint_header(request, "answer");

    if (status == SBN_OK)
        status = sbn_request_mark_header(request, &must_understand);
    if (status == SBN_OK)
        status = messages_reply_numbers_header(request, 7);
    if (status == SBN_OK)
        status = messages_reply_numbers_header(request, 8);
    if (status == SBN_OK)
        status = sbn_request_mark_header(request, &for_role);
    *ret_text = text;
    return status;
}

/* ---- Not wrapped
 * --------------------------------------------------------------- */

static sbn_status
bare(sbn_request *request, const struct messages_point *point,
     const struct messages_point **ret_point)
{
    *ret_point = point;
    return SBN_OK;
}

static sbn_status
bare_two(sbn_request *request, const char *one, int32_t two,
         const char **ret_one, int32_t *ret_two)
{
    const char *note = messages_request_note_header(request, 0);
    sbn_status status;

    note = text_of(request, "%s!", or_empty(note));
    if (note == NULL)
        return SBN_ENOMEM;
    status = messages_reply_note_header(request, note);
    if (status != SBN_OK)
        return status;
    *ret_two = (int32_t)((uint32_t)two + 1);
    RETURN_TEXT(ret_one, "%s!", or_empty(one));
}

static sbn_status
bare_empty(sbn_request *request)
{
    return SBN_OK;
}

static sbn_status
fire(sbn_request *request, const char *one, int32_t two)
{
    return SBN_OK;
}

static const struct messages_service service = {
    .place = place,
    .bare = bare,
    .bare_two = bare_two,
    .bare_empty = bare_empty,
    .only_header = only_header,
    .dynamic = dynamic,
    .fire = fire,
};

sbn_status
bind_messages(sbn_server *server, const char *path, sbn_soap_version soap)
{
    const sbn_service_options options = {.soap = soap};

    return messages_service_bind(server, path, &service, &options);
}
