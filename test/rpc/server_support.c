/* SPDX-License-Identifier: Apache-2.0 */
#include "test/rpc/server_support.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- Operations ------------------------------------------------------------
 */

sbn_status
shop_order(sbn_request *request, const char *item, int32_t count,
           const char **ret_receipt)
{
    *ret_receipt = "done";
    return SBN_OK;
}

sbn_status
shop_end_order(sbn_request *request, const char **ret_receipt)
{
    *ret_receipt = "done";
    return SBN_OK;
}

sbn_status
shop_notify(sbn_request *request, const char *text)
{
    return SBN_OK;
}

sbn_status
shop_plain(sbn_request *request)
{
    return SBN_OK;
}

sbn_status
shop_begin_order(sbn_request *request, const char *item, int32_t count)
{
    sbn_request_set_state(request, (void *)(uintptr_t)item);
    return sbn_request_complete(request);
}

const struct shop_service shop_plain_service = {
    .order = shop_order, .notify = shop_notify, SHOP_PLAIN};

/* ---- The server ------------------------------------------------------------
 */

void
server_start(struct server_fixture *f, const sbn_allocator *allocator,
             const struct shop_service *service,
             const sbn_service_options *options,
             const sbn_server_options *server_options)
{
    sbn_runtime_options runtime_options = {.allocator = allocator};

    memset(f, 0, sizeof(*f));
    CHECK_OK(sbn_runtime_new(&runtime_options, &f->rt));
    CHECK_OK(sbn_server_new(f->rt, server_options, &f->server));
    CHECK_OK(
        sbn_service_bind(f->server, "/shop", &shop_contract, service, options));
    CHECK_OK(sbn_server_listen(f->server, "127.0.0.1", 0));
    CHECK_INT(sbn_server_port(f->server), !=, 0);
}

void
server_stop(struct server_fixture *f)
{
    sbn_server_free(f->server);
    sbn_runtime_free(f->rt);
}

static void
on_closed(void *data)
{
    struct server_fixture *f = data;

    CHECK(!f->closed);
    f->closed = true;
}

void
server_close(struct server_fixture *f, uint32_t deadline)
{
    sbn_server_close(f->server, deadline, on_closed, f);
    f->server = NULL;
}

static void
turn_beside(struct server_fixture *f, int fd)
{
    int timeout = sbn_runtime_timeout(f->rt);
    struct pollfd fds[2] = {{sbn_runtime_fd(f->rt), POLLIN, 0},
                            {fd, POLLIN, 0}};

    if (timeout < 0 || timeout > 1000)
        timeout = 1000;
    poll(fds, fd >= 0 ? 2 : 1, timeout);
    CHECK_OK(sbn_runtime_dispatch(f->rt));
}

void
server_turn(struct server_fixture *f)
{
    turn_beside(f, -1);
}

/* ---- Clients ---------------------------------------------------------------
 */

void
raw_connect(struct raw *raw, struct server_fixture *f)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    int on = 1;

    memset(raw, 0, sizeof(*raw));
    raw->f = f;
    raw->path = "/shop";
    raw->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_INT(raw->fd, >=, 0);
    address.sin_port = htons(sbn_server_port(f->server));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK_INT(connect(raw->fd, (struct sockaddr *)&address, sizeof(address)),
              ==, 0);
    CHECK_INT(fcntl(raw->fd, F_SETFL, O_NONBLOCK), ==, 0);
    setsockopt(raw->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

void
raw_close(struct raw *raw)
{
    if (raw->fd >= 0)
        close(raw->fd);
    raw->fd = -1;
    free(raw->in);
    raw->in = NULL;
    raw->in_size = raw->in_room = 0;
}

void
raw_reset(struct raw *raw)
{
    struct linger linger = {1, 0};

    setsockopt(raw->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
    raw_close(raw);
}

void
raw_send(struct raw *raw, const char *bytes, size_t size)
{
    ssize_t sent;

    while (size > 0) {
        sent = send(raw->fd, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) {
            server_turn(raw->f);
            continue;
        }
        if (sent < 0)
            return; /* the server hung up: what it said is still to be read */
        bytes += sent;
        size -= (size_t)sent;
    }
}

static void
raw_read(struct raw *raw)
{
    ssize_t got;

    for (;;) {
        if (raw->in_room - raw->in_size < 4096) {
            raw->in_room = raw->in_room * 2 + 8192;
            raw->in = realloc(raw->in, raw->in_room + 1);
            CHECK(raw->in != NULL);
        }
        got = recv(raw->fd, raw->in + raw->in_size, raw->in_room - raw->in_size,
                   0);
        if (got == 0 || (got < 0 && errno != EAGAIN))
            raw->ended = true;
        if (got <= 0)
            break;
        raw->in_size += (size_t)got;
    }
    raw->in[raw->in_size] = '\0';
}

/* The size of the first response, 0: not whole yet. All of the server's have
 * a Content-Length, but for interim ones. */
static size_t
response_size(const struct raw *raw)
{
    const char *end, *length;
    size_t size;

    if (raw->in == NULL || (end = strstr(raw->in, "\r\n\r\n")) == NULL)
        return 0;
    size = (size_t)(end + 4 - raw->in);
    length = strstr(raw->in, "Content-Length: ");
    if (length != NULL && length < end)
        size += strtoul(length + 16, NULL, 10);
    return size <= raw->in_size ? size : 0;
}

bool
raw_has_response(struct raw *raw)
{
    raw_read(raw);
    return raw->ended || response_size(raw) > 0;
}

size_t
raw_await(struct raw *raw)
{
    while (!raw_has_response(raw))
        turn_beside(raw->f, raw->fd);
    return response_size(raw);
}

void
raw_drop(struct raw *raw, size_t size)
{
    raw->in_size -= size;
    memmove(raw->in, raw->in + size, raw->in_size + 1);
}

int
raw_response(struct raw *raw, char **ret_body)
{
    size_t size = raw_await(raw);
    const char *body;
    int status;

    if (size == 0)
        return 0;
    CHECK(strncmp(raw->in, "HTTP/1.1 ", 9) == 0);
    status = (int)strtol(raw->in + 9, NULL, 10);
    body = strstr(raw->in, "\r\n\r\n") + 4;
    if (ret_body != NULL)
        *ret_body = strndup(body, size - (size_t)(body - raw->in));
    raw_drop(raw, size);
    return status;
}

void
raw_post(struct raw *raw, const char *action, const char *body)
{
    char head[512];
    char field[256] = "";
    int size;

    if (action != NULL)
        snprintf(field, sizeof(field), "SOAPAction: \"%s\"\r\n", action);
    size = snprintf(head, sizeof(head),
                    "POST %s HTTP/1.1\r\nHost: test\r\n"
                    "Content-Type: text/xml; charset=utf-8\r\n"
                    "%sContent-Length: %zu\r\n\r\n",
                    raw->path, field, strlen(body));
    raw_send(raw, head, (size_t)size);
    raw_send(raw, body, strlen(body));
}

void
raw_order(struct raw *raw, int count)
{
    char body[512];

    snprintf(body, sizeof(body),
             SHOP_ENVELOPE("<Order xmlns=\"urn:shop\"><item>apple</item>"
                           "<count>%d</count></Order>"),
             count);
    raw_post(raw, "urn:shop/Order", body);
}

void
raw_check_receipt(struct raw *raw, const char *receipt)
{
    char want[512];
    char *body = NULL;

    snprintf(want, sizeof(want),
             SHOP_ENVELOPE("<OrderResponse xmlns=\"urn:shop\"><receipt>%s"
                           "</receipt></OrderResponse>"),
             receipt);
    CHECK_INT(raw_response(raw, &body), ==, 200);
    CHECK_STR(body, want);
    free(body);
}

void
raw_check_fault(struct raw *raw, const char *code, const char *text)
{
    char *body = NULL;

    CHECK_INT(raw_response(raw, &body), ==, 500);
    if (strstr(body, code) == NULL || strstr(body, text) == NULL)
        test_fail(__FILE__, __LINE__, "%s\n  has no %s, %s", body, code, text);
    free(body);
}
