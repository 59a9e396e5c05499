/* SPDX-License-Identifier: Apache-2.0 */
/* From the HTTP request to a decoded one: service, action, operation. */
#include <string.h>

#include "runtime/base/text.h"
#include "runtime/rpc/media.h"
#include "runtime/rpc/metadata.h"
#include "runtime/rpc/serve.h"

/* ---- The action ------------------------------------------------------- */

static int
hex_value(char c)
{
    c = sbn__lower(c);
    if (sbn__is_digit(c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Without quotes; the size is told, the text is the head's. */
static const char *
unquote(const char *value, size_t *ret_size)
{
    size_t size = strlen(value);

    if (size >= 2 && value[0] == '"' && value[size - 1] == '"') {
        value++;
        size -= 2;
    }
    *ret_size = size;
    return value;
}

/* The byte that text escapes; 0: none, which no action has. */
static char
escaped_byte(const char *text)
{
    if (text[0] != '%' || hex_value(text[1]) < 0 || hex_value(text[2]) < 0)
        return '\0';
    return (char)(hex_value(text[1]) << 4 | hex_value(text[2]));
}

/* RFC 3986, 2.1; a broken escape stays as it is. */
static void
percent_decode(char *text)
{
    char *out = text, byte;

    for (; *text != '\0'; text++) {
        byte = escaped_byte(text);
        if (byte != '\0')
            text += 2;
        *out++ = byte != '\0' ? byte : *text;
    }
    *out = '\0';
}

/* A field that came twice is a list of two, and names no operation (RFC 9110,
 * 5.3). */
static sbn_status
soap_action(struct sbn_request *request, const struct sbn__http_head *head,
            const char **ret_value)
{
    const char *value = NULL;
    size_t i;

    for (i = 0; i < head->field_count; i++) {
        const char *name = head->fields[i].name;

        if (!sbn__equal_nocase(name, strlen(name), "SOAPAction", 10))
            continue;
        value = value == NULL ? head->fields[i].value
                              : sbn__arena_printf(&request->arena, "%s,%s",
                                                  value, head->fields[i].value);
        if (value == NULL)
            return SBN_ENOMEM;
    }
    *ret_value = value;
    return SBN_OK;
}

/* SOAP 1.1, 6.1.1 and RFC 3902, 5. The head's fields live until the response
 * is given, but end with a quote; hence the copy. */
static sbn_status
request_set_action(struct sbn_request *request,
                   const struct sbn__http_head *head,
                   const struct sbn__media *media)
{
    const char *value = media->action;
    sbn_status status = SBN_OK;
    size_t size;
    char *copy;

    if (value == NULL)
        status = soap_action(request, head, &value);
    if (status != SBN_OK || value == NULL)
        return status;
    value = unquote(value, &size);
    copy = sbn__arena_strndup(&request->arena, value, size);
    if (copy == NULL)
        return SBN_ENOMEM;
    request->action = copy;
    return SBN_OK;
}

/* Clients of .NET escape what an URI would; so the text as it came first. */
static enum sbn__found
find_by_action(struct sbn_request *request, const sbn_operation **ret_operation)
{
    enum sbn__found found;
    char *copy;

    found = sbn__service_by_action(request->service, request->action,
                                   strlen(request->action), ret_operation);
    if (found != SBN__FOUND_NONE || strchr(request->action, '%') == NULL)
        return found;
    copy = sbn__arena_strdup(&request->arena, request->action);
    if (copy == NULL)
        return found;
    percent_decode(copy);
    return sbn__service_by_action(request->service, copy, strlen(copy),
                                  ret_operation);
}

/* ---- The body's element ----------------------------------------------- */

static sbn_status
refuse(struct sbn_request *request, enum sbn__refusal refusal)
{
    request->refusal = refusal;
    return SBN_EPROTO;
}

/* By the action; without one, or where several operations share it, by the
 * body's element. */
static sbn_status
find_operation(struct sbn_request *request, const char *ns, const char *local)
{
    const sbn_operation *operation = NULL;
    enum sbn__found found = SBN__FOUND_SEVERAL;

    if (request->action[0] != '\0')
        found = find_by_action(request, &operation);
    if (found == SBN__FOUND_SEVERAL)
        found =
            sbn__service_by_element(request->service, ns, local, &operation);
    if (found != SBN__FOUND_ONE && request->service->options.untyped != NULL)
        operation = &sbn__untyped_operation;
    else if (found != SBN__FOUND_ONE)
        return refuse(request, REFUSAL_ACTION);
    request->operation = operation;
    return SBN_OK;
}

/* What the program wants to see before anything is decoded. */
static sbn_status
inspect(struct sbn_request *request)
{
    const sbn_inspector *inspector = request->service->options.inspector;
    sbn_status status;

    if (inspector == NULL || inspector->before_dispatch == NULL)
        return SBN_OK;
    sbn__runtime_enter(request->runtime);
    status = inspector->before_dispatch(request, inspector->data);
    sbn__runtime_leave(request->runtime);
    if (status != SBN_OK)
        request->refusal = REFUSAL_INSPECTOR;
    return status;
}

/* ---- Where the body goes ---------------------------------------------- */

/* The reader wants to know the body's element, and where its namespace is in a
 * contract; one is made for this message. */
struct any_body {
    sbn_contract contract;
    const char *namespaces[2];
    sbn_field field;
};

static sbn_status
target_any(struct sbn_request *request, struct sbn__soap_target *target)
{
    struct any_body *any = sbn__arena_alloc(&request->arena, sizeof(*any));

    if (any == NULL)
        return SBN_ENOMEM;
    any->namespaces[1] = request->body.ns;
    any->contract.namespaces = any->namespaces;
    any->contract.namespace_count = 2;
    any->field = *sbn__untyped_operation.in;
    any->field.name = request->body.local;
    any->field.ns = 1;
    target->contract = &any->contract;
    target->field = &any->field;
    return SBN_OK;
}

/* The names as the reader has them go with it. */
static sbn_status
keep_body_name(struct sbn_request *request)
{
    sbn_qname *body = &request->body;
    bool has_ns = body->ns != NULL;

    if (body->local == NULL)
        return SBN_OK;
    body->ns = sbn__arena_strdup(&request->arena, body->ns);
    body->local = sbn__arena_strdup(&request->arena, body->local);
    return body->local == NULL || (has_ns && body->ns == NULL) ? SBN_ENOMEM
                                                               : SBN_OK;
}

static sbn_status
find_target(struct sbn_request *request, struct sbn__soap_target *target)
{
    const sbn_contract *contract = request->service->contract;
    const sbn_operation *operation = request->operation;
    sbn_status status;

    if (operation == &sbn__untyped_operation) {
        status = keep_body_name(request);
        return status != SBN_OK || request->body.local == NULL
                   ? status
                   : target_any(request, target);
    }
    if (!sbn__operation_takes(contract, operation, request->body.ns,
                              request->body.local))
        return refuse(request, REFUSAL_BODY);
    target->contract = contract;
    target->field = operation->in;
    if (operation->in != NULL) {
        request->body.ns = contract->namespaces[operation->in->ns];
        request->body.local = operation->in->name;
    }
    return SBN_OK;
}

/* RFC 7303, 3.2: what the Content-Type says goes for the document; one that
 * says another thing of itself would be read wrongly by somebody. */
static bool
is_encoded_as(enum sbn__charset charset, const char *encoding)
{
    size_t size = encoding == NULL ? 0 : strlen(encoding);

    if (encoding == NULL || charset == SBN__CHARSET_ANY)
        return true;
    if (charset == SBN__CHARSET_UTF_16)
        return size >= 6 && sbn__equal_nocase(encoding, 6, "utf-16", 6);
    return sbn__equal_nocase(encoding, size, "utf-8", 5) ||
           sbn__equal_nocase(encoding, size, "utf8", 4) ||
           sbn__equal_nocase(encoding, size, "us-ascii", 8);
}

static sbn_status
on_soap_body(void *data, const char *ns, const char *local,
             struct sbn__soap_target *target)
{
    struct sbn_request *request = data;
    const sbn_operation *operation;
    sbn_status status;

    if (sbn__soap_reader_version(request->reader) != request->version ||
        !is_encoded_as(request->charset,
                       sbn__soap_reader_encoding(request->reader)))
        return refuse(request, REFUSAL_MEDIA);
    request->body.ns = ns;
    request->body.local = local;
    status = inspect(request);
    if (status == SBN_OK)
        status = find_operation(request, ns, local);
    if (status == SBN_OK)
        status = find_target(request, target);
    if (status != SBN_OK)
        return status;
    operation = request->operation;
    request->in = sbn__arena_alloc(&request->arena, operation->in_size);
    request->out = sbn__arena_alloc(&request->arena, operation->out_size);
    if (request->in == NULL || request->out == NULL)
        return request->arena.limited ? SBN_ELIMIT : SBN_ENOMEM;
    target->encoded = (operation->flags & SBN_OP_ENCODED_IN) != 0;
    target->base = request->in;
    return SBN_OK;
}

/* Entries come before the body, which may be what tells the operation: those
 * that any operation declares are read. */
static sbn_status
on_soap_header(void *data, const char *ns, const char *local,
               struct sbn__soap_target *target)
{
    struct sbn_request *request = data;
    const sbn_contract *contract = request->service->contract;
    const sbn_part *part = NULL;
    uint32_t i;

    for (i = 0; i < contract->operation_count && part == NULL; i++) {
        const sbn_extras *extras = contract->operations[i].extras;

        if (extras != NULL)
            part = sbn__header_find(contract, extras->in_headers, ns, local);
    }
    if (part == NULL)
        return SBN_OK;
    return sbn__header_add(&request->entries, &request->arena, contract, part,
                           target);
}

static const struct sbn__soap_events soap_events = {.on_body = on_soap_body};

/* ---- HTTP events ------------------------------------------------------ */

static sbn_status
request_open_reader(struct sbn_request *request)
{
    struct sbn__soap_read_options options = {
        .arena = &request->arena,
        .error = &request->error,
        .events = &soap_events,
        .on_header = on_soap_header,
        .data = request,
    };

    options.limits.max_depth = request->server->options.max_depth;
    return sbn__soap_reader_open(request->server->soap, &options,
                                 &request->reader);
}

/* Whether the service's options rule the version out; MEX is always 1.2. */
static bool
is_refused(const struct sbn__service *service, enum sbn__soap_version version)
{
    sbn_soap_version only = service->options.soap;

    return only != SBN_SOAP_DEFAULT &&
           (only == SBN_SOAP_12) != (version == SBN__SOAP_12);
}

static sbn_status
request_start(struct sbn_request *request, const struct sbn__http_head *head,
              bool mex, int *reterr_status)
{
    struct sbn__media media;
    sbn_status status;

    *reterr_status = 503;
    status = sbn__media_parse(sbn__http_field(head, "Content-Type"),
                              &request->arena, &media);
    if (status == SBN_OK && !mex && is_refused(request->service, media.version))
        status = SBN_EUNSUPPORTED;
    if (status == SBN_EUNSUPPORTED)
        *reterr_status = 415;
    if (status != SBN_OK)
        return status;
    request->version = media.version;
    request->charset = media.charset;
    /* An empty one brings no bytes that could be the last. */
    request->left = head->content_length > 0 ? head->content_length : -1;
    status = request_set_action(request, head, &media);
    if (status != SBN_OK)
        return status;
    return mex ? sbn__mex_open(request) : request_open_reader(request);
}

static void
answer_method(sbn_server *server, struct sbn__service *service,
              struct sbn__http_transaction *transaction,
              const struct sbn__http_head *head)
{
    bool gives =
        !service->options.no_help_page || sbn__service_has_metadata(service);

    if (strcmp(head->method, "GET") == 0 || strcmp(head->method, "HEAD") == 0)
        sbn__get(server, service, transaction, head);
    else
        sbn__answer_empty(transaction, 405,
                          gives ? "Allow: GET, HEAD, POST\r\n"
                                : "Allow: POST\r\n");
}

static sbn_status
on_http_request(void *data, struct sbn__http_transaction *transaction,
                const struct sbn__http_head *head, void **ret_owner)
{
    sbn_server *server = data;
    struct sbn__service *service = sbn__server_find(server, head->target);
    struct sbn__service *told = NULL;
    struct sbn_request *request;
    int http_status;

    *ret_owner = NULL;
    if (service == NULL)
        service = told = sbn__mex_find(server, head->target);
    if (service == NULL) {
        sbn__answer_empty(transaction, 404, NULL);
        return SBN_OK;
    }
    if (strcmp(head->method, "POST") != 0) {
        answer_method(server, service, transaction, head);
        return SBN_OK;
    }
    request = sbn__server_take_request(server);
    if (request == NULL) {
        sbn__answer_empty(transaction, 503, NULL);
        return SBN_OK;
    }
    request->service = service;
    request->data = service->options.data;
    if (request_start(request, head, told != NULL, &http_status) != SBN_OK) {
        sbn__answer_empty(transaction, http_status, NULL);
        sbn__server_release_request(request);
        return SBN_OK;
    }
    request->transaction = transaction;
    *ret_owner = request;
    return SBN_OK;
}

/*
 * What comes after a failure is passed over: the answer waits for the end of
 * the request, so that the connection can be used again.
 *
 * The reader is told which bytes are the last where that is known: it need not
 * collect pieces then, and a message that came at once is parsed at once.
 */
static void
on_http_body(void *owner, const char *bytes, size_t size)
{
    struct sbn_request *request = owner;

    if (request == NULL || request->read != SBN_OK)
        return;
    if (request->mex != NULL) {
        sbn__mex_feed(request, bytes, size);
        return;
    }
    if (request->left > 0)
        request->left -= (int64_t)size;
    request->read =
        sbn__soap_reader_feed(request->reader, bytes, size, request->left == 0);
    request->received += size;
    if (!sbn__server_count(request) && request->read == SBN_OK) {
        request->refusal = REFUSAL_TOO_BUSY;
        request->read = SBN_ENOMEM;
    }
}

static void
on_http_complete(void *owner)
{
    struct sbn_request *request = owner;
    const struct sbn__soap_unknown *unknown;

    if (request == NULL)
        return;
    if (request->mex != NULL) {
        sbn__mex_complete(request);
        return;
    }
    if (request->read == SBN_OK && request->left != 0)
        request->read = sbn__soap_reader_feed(request->reader, "", 0, true);
    if (request->read != SBN_OK) {
        sbn__answer_refusal(request);
        sbn__server_release_request(request);
        return;
    }
    unknown = sbn__soap_reader_not_understood(request->reader);
    if (unknown != NULL) {
        sbn__answer_not_understood(request, unknown);
        sbn__server_release_request(request);
        return;
    }
    /* A parser is worth more than the request that waits for its operation. */
    sbn__soap_reader_close(request->reader);
    request->reader = NULL;
    request->received = 0;
    sbn__server_count(request);
    sbn__request_operate(request);
}

static void
on_http_abort(void *owner)
{
    struct sbn_request *request = owner;

    if (request == NULL)
        return;
    if (request->dispatched) {
        sbn__request_abort(request);
        return;
    }
    /* Nobody has seen it yet. */
    if (sbn__list_is_empty(&request->turn))
        sbn__answer_empty(request->transaction, 400, NULL);
    else
        sbn__answer_busy(request);
    sbn__server_release_request(request);
}

const struct sbn__http_server_events sbn__server_http_events = {
    .on_request = on_http_request,
    .on_body = on_http_body,
    .on_complete = on_http_complete,
    .on_abort = on_http_abort,
};
