/* SPDX-License-Identifier: Apache-2.0 */
/* IShapes: parameters in every direction, names, nulls, one-way. */
#include <stdio.h>
#include <string.h>

#include "shapes.h"
#include "test/interop/services.h"

static const char *
or_null(const char *text)
{
    return text == NULL ? "null" : text;
}

static sbn_status
inherited(sbn_request *request, const char *who, const char **ret_result)
{
    RETURN_TEXT(ret_result, "hello %s", who == NULL ? "" : who);
}

static sbn_status
inherited_renamed(sbn_request *request, int32_t value, int32_t *ret_result)
{
    *ret_result = (int32_t)((uint32_t)value + 1);
    return SBN_OK;
}

/* ---- Nothing in, nothing out --------------------------------------------- */

static sbn_status
nothing(sbn_request *request)
{
    return SBN_OK;
}

static sbn_status
no_arguments(sbn_request *request, int32_t *ret_result)
{
    *ret_result = 42;
    return SBN_OK;
}

static sbn_status
no_result(sbn_request *request, const char *text, int32_t number)
{
    return SBN_OK;
}

static sbn_status
task_no_result(sbn_request *request, const char *text)
{
    return SBN_OK;
}

static sbn_status
task_result(sbn_request *request, const char *text, const char **ret_result)
{
    RETURN_TEXT(ret_result, "task %s", text == NULL ? "" : text);
}

/* ---- Several --------------------------------------------------------------
 */

/* What the recorded machine took for local time in the years that the calls
 * have: New York's, minutes west of Greenwich, as .NET rounds its mean time. */
enum { LOCAL_MEAN_TIME = 297, STANDARD_TIME = 300 };

/* "2026-01-02T03:04:05" in UTC. */
static const char *
utc_text(sbn_request *request, sbn_datetime when)
{
    int64_t seconds = 0;

    if (when.offset == SBN_NO_OFFSET)
        when.offset = when.year < 1883 ? -LOCAL_MEAN_TIME : -STANDARD_TIME;
    if (sbn_datetime_to_unix(&when, &seconds) != SBN_OK ||
        sbn_datetime_from_unix(seconds, 0, &when) != SBN_OK)
        return "?";
    return text_of(request, "%04d-%02d-%02dT%02d:%02d:%02d", (int)when.year,
                   when.month, when.day, when.hour, when.minute, when.second);
}

static const char *
bytes_text(sbn_request *request, sbn_bytes bytes)
{
    const char *text = "";
    size_t i;

    if (bytes.data == NULL)
        return "null";
    for (i = 0; i < bytes.size && text != NULL; i++)
        text =
            text_of(request, "%s%s%u", text, i == 0 ? "" : ",", bytes.data[i]);
    return text == NULL ? NULL : text_of(request, "[%s]", text);
}

static const char *
point_text(sbn_request *request, const struct shapes_point *point)
{
    return point == NULL ? "null"
                         : text_of(request, "%d,%d", point->x, point->y);
}

static sbn_status
several(sbn_request *request, int32_t a, const char *b, bool c, const double *d,
        sbn_datetime e, sbn_bytes f, const struct shapes_point *g,
        const char **ret_result)
{
    const char *number = d == NULL ? "null" : text_of(request, "%g", *d);
    const char *time = utc_text(request, e), *bytes = bytes_text(request, f);
    const char *point = point_text(request, g);

    if (number == NULL || time == NULL || bytes == NULL || point == NULL)
        return SBN_ENOMEM;
    RETURN_TEXT(ret_result, "%d|%s|%s|%s|%s|%s|%s", a, or_null(b),
                c ? "True" : "False", number, time, bytes, point);
}

/* ---- Out, and in and out ---------------------------------------------------
 */

static sbn_status
outs(sbn_request *request, int32_t x, int32_t *ret_doubled,
     const char **ret_text)
{
    *ret_doubled = (int32_t)((uint32_t)x * 2);
    RETURN_TEXT(ret_text, "number %d", x);
}

/* What is null comes back, what is not comes back as null. */
static sbn_status
refs(sbn_request *request, int32_t number, const char *text,
     const struct shapes_point *point, int32_t *ret_result, int32_t *ret_number,
     const char **ret_text, const struct shapes_point **ret_point)
{
    struct shapes_point *made = NULL;

    if (point == NULL) {
        made = sbn_request_alloc(request, sizeof(*made));
        if (made == NULL)
            return SBN_ENOMEM;
        *made = (struct shapes_point){true, 1, true, 2};
    }
    *ret_result = number;
    *ret_number = (int32_t)((uint32_t)number + 1);
    *ret_text = text == NULL ? "was null" : NULL;
    *ret_point = made;
    return SBN_OK;
}

static sbn_status
try_divide(sbn_request *request, int32_t a, int32_t b, bool *ret_result,
           int32_t *ret_quotient, const int32_t **ret_remainder)
{
    int32_t *remainder = sbn_request_alloc(request, sizeof(*remainder));

    if (remainder == NULL)
        return SBN_ENOMEM;
    *ret_result = b != 0;
    *ret_quotient = b != 0 ? (int32_t)((int64_t)a / b) : 0;
    if (b != 0)
        *remainder = (int32_t)((int64_t)a % b);
    *ret_remainder = b != 0 ? remainder : NULL;
    return SBN_OK;
}

static sbn_status
mixed(sbn_request *request, const char *inout, int32_t in,
      const char **ret_result, const char **ret_inout,
      const struct shapes_array_ofint **ret_out)
{
    struct shapes_array_ofint *out = sbn_request_alloc(request, sizeof(*out));
    size_t count = in > 0 ? (size_t)in : 0, i;

    if (count > 1000)
        return sbn_request_fault(request, SBN_FAULT_SENDER, "too many");
    if (out != NULL)
        out->ints = sbn_request_alloc(request, (count + 1) * sizeof(int32_t));
    if (out == NULL || out->ints == NULL)
        return SBN_ENOMEM;
    for (i = 0; i < count; i++)
        out->ints[i] = (int32_t)i;
    out->int_count = count;
    *ret_out = out;
    *ret_result = inout;
    RETURN_TEXT(ret_inout, "%s/%d", inout == NULL ? "" : inout, in);
}

/* ---- One-way, names --------------------------------------------------------
 */

static sbn_status
notify(sbn_request *request, const char *text, int32_t number)
{
    return SBN_OK;
}

static sbn_status
renamed(sbn_request *request, const char *text, const char **ret_result)
{
    RETURN_TEXT(ret_result, "renamed %s", text == NULL ? "" : text);
}

static sbn_status
odd_action(sbn_request *request, const char *text, const char **ret_result)
{
    RETURN_TEXT(ret_result, "odd %s", text == NULL ? "" : text);
}

static sbn_status
odd_parameters(sbn_request *request, const char *a, int32_t b, bool c,
               const char *d, const char **ret_result)
{
    RETURN_TEXT(ret_result, "%s|%d|%s|%s", a == NULL ? "" : a, b,
                c ? "True" : "False", d == NULL ? "" : d);
}

/* ---- Arrays and nulls -------------------------------------------------------
 */

static sbn_status
sum(sbn_request *request, const struct shapes_array_ofint *values,
    int32_t *ret_result)
{
    uint32_t total = 0;
    size_t i;

    for (i = 0; values != NULL && i < values->int_count; i++)
        total += (uint32_t)values->ints[i];
    *ret_result = values == NULL ? -1 : (int32_t)total;
    return SBN_OK;
}

static sbn_status
join(sbn_request *request, const char *separator,
     const struct shapes_array_ofstring *parts, const char **ret_result)
{
    const char *text = "", *part;
    size_t i;

    for (i = 0; parts != NULL && i < parts->string_count; i++) {
        part = parts->strings[i];
        text = text_of(request, "%s%s%s", text,
                       i > 0 && separator != NULL ? separator : "",
                       part == NULL ? "" : part);
        if (text == NULL)
            return SBN_ENOMEM;
    }
    *ret_result = text;
    return SBN_OK;
}

/* .NET's name of what an object parameter is, by its xsi:type. */
static const char *
type_name(const sbn_xml *object)
{
    static const char *const names[][2] = {{":string\"", "String"},
                                           {":int\"", "Int32"},
                                           {":boolean\"", "Boolean"}};
    size_t i;

    if (object->text == NULL || strstr(object->text, ":nil=\"true\"") != NULL)
        return "null";
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strstr(object->text, names[i][0]) != NULL)
            return names[i][1];
    }
    return "Object";
}

static sbn_status
tell_nulls(sbn_request *request, const char *s, const int32_t *n,
           const struct shapes_point *p, const struct shapes_array_ofint *a,
           sbn_xml o, sbn_bytes b, const char **ret_result)
{
    const char *ints = "null", *bytes = "null";

    if (a != NULL)
        ints = text_of(request, "Int32[] of %zu", a->int_count);
    if (b.data != NULL)
        bytes = text_of(request, "Byte[] of %zu", b.size);
    if (ints == NULL || bytes == NULL)
        return SBN_ENOMEM;
    RETURN_TEXT(ret_result, "%s,%s,%s,%s,%s,%s", s == NULL ? "null" : "String",
                n == NULL ? "null" : "Int32", p == NULL ? "null" : "Point",
                ints, type_name(&o), bytes);
}

static sbn_status
return_null(sbn_request *request, const char *kind, const char **ret_result)
{
    *ret_result = kind != NULL && strcmp(kind, "empty") == 0 ? "" : NULL;
    return SBN_OK;
}

static sbn_status
return_null_point(sbn_request *request, const struct shapes_point **ret_result)
{
    *ret_result = NULL;
    return SBN_OK;
}

static sbn_status
return_null_array(sbn_request *request,
                  const struct shapes_array_ofint **ret_result)
{
    *ret_result = NULL;
    return SBN_OK;
}

static const struct shapes_service service = {
    .inherited = inherited,
    .inherited_renamed = inherited_renamed,
    .nothing = nothing,
    .no_arguments = no_arguments,
    .no_result = no_result,
    .several = several,
    .outs = outs,
    .refs = refs,
    .try_divide = try_divide,
    .mixed = mixed,
    .notify = notify,
    .renamed = renamed,
    .odd_action = odd_action,
    .odd_parameters = odd_parameters,
    .sum = sum,
    .join = join,
    .tell_nulls = tell_nulls,
    .return_null = return_null,
    .return_null_point = return_null_point,
    .return_null_array = return_null_array,
    .task_no_result = task_no_result,
    .task_result = task_result,
};

/* ---- An operation that its WSDL does not have -------------------------------
 */

/* What is between the start and the end tag of the element, NULL: it is not
 * there. */
static const char *
content_of(sbn_request *request, const sbn_xml *xml, const char *name)
{
    const char *tag = text_of(request, "<%s>", name), *start, *end;

    start = tag == NULL || xml->text == NULL ? NULL : strstr(xml->text, tag);
    if (start == NULL)
        return NULL;
    start += strlen(tag);
    end = strchr(start, '<');
    return text_of(request, "%.*s", (int)(end - start), start);
}

/* RelativeAction: any reply action will do, so no WSDL tells of it. */
static sbn_status
relative_action(sbn_request *request, sbn_xml body, sbn_xml *ret_body)
{
    const sbn_fault unknown = {
        .code = {"http://schemas.microsoft.com/ws/2005/05/addressing/none",
                 "ActionNotSupported"},
        .reason = "No operation has this action.",
    };
    const char *text = content_of(request, &body, "text");

    if (strcmp(sbn_request_action(request), "relative") != 0)
        return sbn_request_fault_with(request, &unknown);
    ret_body->text =
        text_of(request,
                "<RelativeActionResponse xmlns=\"urn:sebon:interop:shapes\">"
                "<RelativeActionResult>relative %s</RelativeActionResult>"
                "</RelativeActionResponse>",
                text == NULL ? "" : text);
    if (ret_body->text == NULL)
        return SBN_ENOMEM;
    ret_body->size = strlen(ret_body->text);
    return SBN_OK;
}

static const sbn_untyped_service others = {.call = relative_action};

sbn_status
bind_shapes(sbn_server *server, const char *path, sbn_soap_version soap)
{
    const sbn_service_options options = {.soap = soap, .untyped = &others};

    return shapes_service_bind(server, path, &service, &options);
}
