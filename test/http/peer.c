/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "runtime/base/buf.h"
#include "test/http/peer.h"

/* ---- A raw stream
 * ------------------------------------------------------------- */

static void
raw_on_connect(void *data)
{
    struct raw *raw = data;

    raw->connected = true;
    sbn__stream_read_start(raw->stream);
}

static void
raw_on_read(void *data, const char *bytes, size_t size)
{
    struct raw *raw = data;

    text_put(&raw->in, bytes, size);
}

static void
raw_on_end(void *data, sbn_status status, int native, const char *text)
{
    struct raw *raw = data;

    raw->ended = true;
    raw->status = status;
}

static const struct sbn__stream_events raw_events = {
    .on_connect = raw_on_connect, .on_read = raw_on_read, .on_end = raw_on_end};

void
raw_connect(sbn_runtime *rt, struct raw *raw, uint16_t port)
{
    memset(raw, 0, sizeof(*raw));
    text_puts(&raw->in, "");
    CHECK_OK(sbn__stream_connect(rt, "127.0.0.1", port, 5000, &raw_events, raw,
                                 &raw->stream));
    RUN_UNTIL(rt, raw->connected);
}

void
raw_accept(struct raw *raw, struct sbn__stream *stream)
{
    memset(raw, 0, sizeof(*raw));
    text_puts(&raw->in, "");
    raw->stream = stream;
    raw->connected = true;
    sbn__stream_set_events(stream, &raw_events, raw);
    sbn__stream_read_start(stream);
}

void
raw_send(struct raw *raw, const char *text)
{
    CHECK_OK(sbn__stream_write(raw->stream, text, strlen(text)));
}

bool
raw_has(const struct raw *raw, const char *text)
{
    return strstr(raw->in.data, text) != NULL;
}

void
raw_close(struct raw *raw)
{
    sbn__stream_close(raw->stream);
    raw->stream = NULL;
    text_fini(&raw->in);
}

/* ---- A plain socket
 * ------------------------------------------------------------ */

static struct sockaddr_in
local(uint16_t port)
{
    struct sockaddr_in address = {0};

    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int
plain_connect(uint16_t port)
{
    struct sockaddr_in address = local(port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    CHECK(fd >= 0);
    CHECK_INT(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
    return fd;
}

int
plain_listen(uint16_t *ret_port)
{
    struct sockaddr_in address = local(0);
    socklen_t size = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    CHECK(fd >= 0);
    CHECK_INT(bind(fd, (struct sockaddr *)&address, size), ==, 0);
    CHECK_INT(listen(fd, 16), ==, 0);
    CHECK_INT(getsockname(fd, (struct sockaddr *)&address, &size), ==, 0);
    *ret_port = ntohs(address.sin_port);
    return fd;
}

void
plain_send(int fd, const char *text)
{
    CHECK_INT(send(fd, text, strlen(text), MSG_NOSIGNAL), ==, strlen(text));
}

char *
plain_read_all(int fd)
{
    struct text text = {NULL, 0, 0};
    char bytes[4096];
    ssize_t got;

    text_puts(&text, "");
    while ((got = recv(fd, bytes, sizeof(bytes), 0)) > 0)
        text_put(&text, bytes, (size_t)got);
    return text.data;
}

size_t
count_of(const char *text, const char *needle)
{
    size_t count = 0;

    for (; (text = strstr(text, needle)) != NULL; text += strlen(needle))
        count++;
    return count;
}

/* ---- A service
 * -------------------------------------------------------------------- */

/* Longer than the room that is kept for a head. */
static const char long_extra[] =
    "X-Long: 0123456789012345678901234567890123456789012345678901234567890123"
    "456789012345678901234567890123456789012345678901234567890123456789012345"
    "678901234567890123456789012345678901234567890123456789012345678901234567"
    "89012345678901234567890123456789012345678901234567890123456789\r\n";

static void
answer(struct service *service, struct sbn__http_transaction *t, int status,
       size_t size)
{
    const char *target = sbn__http_transaction_head(t)->target;
    const sbn_allocator *mem = sbn__runtime_mem(service->rt);
    const char *extra = strncmp(target, "/extra", 6) == 0 ? long_extra : NULL;
    struct sbn__buf body;

    sbn__buf_init(&body, mem, 1 << 20);
    sbn__buf_reset(&body, SBN__HTTP_HEAD_ROOM);
    sbn__buf_puts(&body, target);
    while (body.status == SBN_OK && sbn__buf_size(&body) < size)
        sbn__buf_putc(&body, '.');
    sbn__http_respond(t, body.status == SBN_OK ? status : 500, "text/plain",
                      extra, body.status == SBN_OK ? &body : NULL);
    sbn__buf_fini(&body);
}

static bool
is(const struct sbn__http_transaction *t, const char *start)
{
    return strncmp(sbn__http_transaction_head(t)->target, start,
                   strlen(start)) == 0;
}

/* What on_body and the like are given: which transaction, of which service. */
struct request {
    struct service *service;
    struct sbn__http_transaction *t;
    struct request *next;
};
static struct request *requests;

static struct request *
request_new(struct service *service, struct sbn__http_transaction *t)
{
    struct request *request = calloc(1, sizeof(*request));

    CHECK(request != NULL);
    request->service = service;
    request->t = t;
    request->next = requests;
    requests = request;
    return request;
}

static void
requests_free(void)
{
    struct request *request;

    while ((request = requests) != NULL) {
        requests = request->next;
        free(request);
    }
}

static sbn_status
on_request(void *data, struct sbn__http_transaction *t,
           const struct sbn__http_head *head, void **ret_owner)
{
    struct service *service = data;

    CHECK(sbn__http_transaction_head(t) == head);
    service->requests++;
    if (is(t, "/fail"))
        return SBN_ENOMEM;
    if (is(t, "/early"))
        answer(service, t, 405, 0);
    else
        *ret_owner = request_new(service, t);
    return SBN_OK;
}

static void
on_body(void *owner, const char *bytes, size_t size)
{
    struct request *request = owner;

    request->service->body_bytes += size;
}

static void
on_complete(void *owner)
{
    struct request *request = owner;
    struct service *service = request->service;

    service->wholes++;
    if (is(request->t, "/hold") || is(request->t, "/drop")) {
        CHECK_INT(service->held_count, <, SERVICE_HELD);
        service->held[service->held_count++] = request->t;
        return;
    }
    answer(service, request->t, 200, is(request->t, "/big") ? 65536 : 0);
}

/* Those that are held are answered later all the same, "/drop" and what is not
 * whole yet (and so in nobody's list) here. */
static void
on_abort(void *owner)
{
    struct request *request = owner;
    struct service *service = request->service;
    size_t i = 0;

    service->aborts++;
    while (i < service->held_count && service->held[i] != request->t)
        i++;
    if (i < service->held_count) {
        if (!is(request->t, "/drop"))
            return;
        service->held_count--;
        memmove(service->held + i, service->held + i + 1,
                (service->held_count - i) * sizeof(service->held[0]));
    }
    answer(service, request->t, 500, 0);
}

static const struct sbn__http_server_events events = {on_request, on_body,
                                                      on_complete, on_abort};

void
service_init(struct service *service, sbn_runtime *rt)
{
    memset(service, 0, sizeof(*service));
    service->rt = rt;
    service->options.max_connections = 10000;
    service->options.limits.max_head = 4096;
    service->options.limits.max_body = 1 << 20;
    service->options.header_timeout = 20000;
    service->options.body_timeout = 20000;
    service->options.idle_timeout = 20000;
    service->options.backlog = 1024;
}

sbn_status
service_open(struct service *service)
{
    const char *text;
    sbn_status st;

    st = sbn__http_server_new(service->rt, &service->options, &events, service,
                              &service->server);
    if (st != SBN_OK)
        return st;
    return sbn__http_server_listen(service->server, "127.0.0.1", 0, &text);
}

uint16_t
service_port(const struct service *service)
{
    return sbn__http_server_port(service->server);
}

void
service_answer(struct service *service)
{
    struct sbn__http_transaction *t = service->held[0];

    CHECK_INT(service->held_count, >, 0);
    service->held_count--;
    memmove(service->held, service->held + 1, service->held_count * sizeof(t));
    answer(service, t, 200, 0);
}

static void
on_closed(void *data)
{
    struct service *service = data;

    service->closed = true;
}

void
service_close(struct service *service)
{
    if (service->server != NULL) {
        sbn__http_server_drain(service->server, on_closed, service);
        RUN_UNTIL(service->rt, service->closed);
        sbn__http_server_free(service->server);
        service->server = NULL;
    }
    requests_free();
}

sbn_runtime *
runtime_open(const sbn_allocator *mem)
{
    sbn_runtime_options options = {NULL, mem};
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(&options, &rt));
    return rt;
}
