/* SPDX-License-Identifier: Apache-2.0 */
/* Servers: making, binding, listening; closing.c has their end. */
#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/base/text.h"
#include "runtime/rpc/metadata.h"
#include "runtime/rpc/serve.h"
#include "runtime/rpc/soap_pool.h"

enum {
    /* Spare requests that keep their first piece of memory; those beyond keep
     * only themselves (so that a late complete still finds one). */
    WARM_SPARES = 256
};

/* ---- Requests --------------------------------------------------------- */

struct sbn_request *
sbn__server_take_request(sbn_server *server)
{
    struct sbn__link *link = sbn__list_take(&server->spare);
    struct sbn_request *request;

    if (link != NULL) {
        server->spare_count--;
        request = sbn__container(link, struct sbn_request, link);
    } else {
        request = sbn__request_new(server, server->rt, server->hub,
                                   server->options.max_memory);
    }
    if (request == NULL)
        return NULL;
    sbn__list_append(&server->live, &request->link);
    sbn__request_set_state(request, REQUEST_READING);
    return request;
}

void
sbn__server_release_request(struct sbn_request *request)
{
    sbn_server *server = request->server;
    bool warm = server->spare_count < WARM_SPARES;

    sbn__server_uncount(request);
    sbn__soap_reader_close(request->reader);
    request->reader = NULL;
    sbn__mex_close(request->mex);
    request->mex = NULL;
    sbn__request_recycle(request, !warm);
    sbn__list_remove(&request->link);
    /* Warm ones are used first. */
    if (warm)
        sbn__list_prepend(&server->spare, &request->link);
    else
        sbn__list_append(&server->spare, &request->link);
    server->spare_count++;
}

/* ---- Making ----------------------------------------------------------- */

static void
set_defaults(sbn_server_options *options)
{
#define DEFAULT(member, value) \
    if (options->member == 0)  \
    options->member = (value)
    DEFAULT(max_connections, 10000);
    DEFAULT(max_request_bytes, (size_t)64 << 20);
    DEFAULT(max_header_bytes, 16 << 10);
    DEFAULT(max_memory, (size_t)256 << 20);
    DEFAULT(max_depth, 128);
    DEFAULT(header_timeout, 20000);
    DEFAULT(body_timeout, 30000);
    DEFAULT(idle_timeout, 120000);
    DEFAULT(backlog, SBN__BACKLOG);
    DEFAULT(max_calls, 100000);
    DEFAULT(max_buffered_bytes, (size_t)512 << 20);
#undef DEFAULT
}

static sbn_status
server_open_http(sbn_server *server)
{
    struct sbn__http_server_options options = {
        .max_connections = server->options.max_connections,
        .limits = {server->options.max_header_bytes,
                   server->options.max_request_bytes},
        .header_timeout = server->options.header_timeout,
        .body_timeout = server->options.body_timeout,
        .idle_timeout = server->options.idle_timeout,
        .max_unsent = server->options.max_buffered_bytes,
        .drain_grace = server->options.drain_grace,
        .backlog = server->options.backlog,
    };

    return sbn__http_server_new(server->rt, &options, &sbn__server_http_events,
                                server, &server->http);
}

static void
on_ring(void *data)
{
    sbn__server_look(data);
}

static sbn_status
server_init(sbn_server *server)
{
    sbn_status status;

    sbn__list_init(&server->live);
    sbn__list_init(&server->spare);
    sbn__index_init(&server->paths, &server->hub->mem);
    server->soap = sbn__rpc_soap_pool(server->rt);
    if (server->soap == NULL)
        return SBN_ENOMEM;
    status = server_open_http(server);
    if (status != SBN_OK)
        return status;
    sbn__runtime_add_closer(server->rt, &server->closer,
                            sbn__server_on_runtime_close);
    sbn__runtime_ref(server->rt);
    return SBN_OK;
}

sbn_status
sbn_server_new(sbn_runtime *runtime, const sbn_server_options *options,
               sbn_server **ret_server)
{
    sbn_server *server;
    struct sbn__hub *hub;
    sbn_status status;

    if (runtime == NULL)
        return SBN_EINVAL;
    if (sbn__runtime_is_closing(runtime))
        return SBN_ESTATE;
    server = sbn__zalloc(sbn__runtime_mem(runtime), sizeof(*server));
    if (server == NULL)
        return SBN_ENOMEM;
    status = sbn__hub_new(runtime, on_ring, server, &hub);
    if (status != SBN_OK) {
        sbn__free(sbn__runtime_mem(runtime), server);
        return status;
    }
    server->rt = runtime;
    server->hub = hub;
    if (options != NULL)
        server->options = *options;
    set_defaults(&server->options);
    status = server_init(server);
    if (status != SBN_OK) {
        sbn__hub_shut(hub);
        sbn__server_free_shell(server);
        return status;
    }
    *ret_server = server;
    return SBN_OK;
}

/* ---- Binding ---------------------------------------------------------- */

static uint32_t
path_hash(const char *path, size_t size)
{
    return sbn__hash(SBN__HASH_START, path, size);
}

static struct sbn__service *
find_exact(const sbn_server *server, const char *path, size_t size)
{
    uint32_t number, cursor = UINT32_MAX;
    uint32_t hash = path_hash(path, size);

    while ((number = sbn__index_next(&server->paths, hash, &cursor)) !=
           UINT32_MAX) {
        struct sbn__service *service = server->services[number];

        if (strlen(service->path) == size &&
            memcmp(service->path, path, size) == 0)
            return service;
    }
    return NULL;
}

/* Clients of .NET take the case of letters for nothing; where two services
 * differ in it alone, it counts. */
static struct sbn__service *
find_path(const sbn_server *server, const char *path, size_t size)
{
    struct sbn__service *service;
    uint32_t i;

    size = sbn__service_path_size(path, size);
    service = find_exact(server, path, size);
    for (i = 0; service == NULL && i < server->service_count; i++) {
        const char *other = server->services[i]->path;

        if (sbn__equal_nocase(other, strlen(other), path, size))
            service = server->services[i];
    }
    return service;
}

/* RFC 9112, 3.2.2: "http://host/path" is to be understood as well. */
struct sbn__service *
sbn__server_find(const sbn_server *server, const char *target)
{
    const char *path = target;

    if (path[0] != '/') {
        path = strstr(target, "://");
        path = path == NULL ? NULL : strchr(path + 3, '/');
        if (path == NULL)
            return NULL;
    }
    return find_path(server, path, strcspn(path, "?#"));
}

static sbn_status
server_fail(sbn_server *server, sbn_status status, const char *text)
{
    snprintf(server->text, sizeof(server->text), "%s", text);
    return status;
}

static sbn_status
check_path(sbn_server *server, const char *path)
{
    const struct sbn__service *other;

    if (path[0] != '/' || strpbrk(path, "?# ") != NULL) {
        snprintf(server->text, sizeof(server->text),
                 "'%.200s' is no path: it has to begin with / and to be "
                 "without a query",
                 path);
        return SBN_EINVAL;
    }
    other =
        find_exact(server, path, sbn__service_path_size(path, strlen(path)));
    if (other == NULL)
        return SBN_OK;
    snprintf(server->text, sizeof(server->text),
             "the path %.200s is taken by the service of contract %.100s; "
             "bind this one at another",
             path, other->contract->name);
    return SBN_EINVAL;
}

/* Room for one more service; the array is as long as a power of two. */
static sbn_status
grow_services(sbn_server *server)
{
    size_t count = server->service_count;
    struct sbn__service **services;

    if ((count & (count - 1)) != 0)
        return SBN_OK;
    services = sbn__realloc(&server->hub->mem, server->services,
                            (count == 0 ? 1 : count * 2) * sizeof(*services));
    if (services == NULL)
        return SBN_ENOMEM;
    server->services = services;
    return SBN_OK;
}

static sbn_status
add_service(sbn_server *server, struct sbn__service *service)
{
    sbn_status status = grow_services(server);

    if (status == SBN_OK)
        status = sbn__index_add(&server->paths,
                                path_hash(service->path, strlen(service->path)),
                                server->service_count);
    if (status == SBN_OK)
        server->services[server->service_count++] = service;
    return status;
}

static sbn_status
bind_failed(sbn_server *server, sbn_status status)
{
    if (status == SBN_ENOMEM)
        snprintf(server->text, sizeof(server->text), "%s",
                 sbn_status_text(status));
    return status;
}

sbn_status
sbn_service_bind(sbn_server *server, const char *path,
                 const sbn_contract *contract, const void *functions,
                 const sbn_service_options *options)
{
    struct sbn__service *service;
    sbn_status status;

    if (server->state != SERVER_OPEN)
        return server_fail(server, SBN_ESTATE, "the server is closing");
    if (path == NULL || contract == NULL || functions == NULL)
        return server_fail(server, SBN_EINVAL,
                           "a service needs a path, a contract and its "
                           "functions; one of them is NULL");
    status = sbn__service_check(contract, functions, server->text);
    if (status == SBN_OK && options != NULL && options->untyped != NULL)
        status = sbn__untyped_check(options->untyped, server->text);
    if (status == SBN_OK)
        status = check_path(server, path);
    if (status != SBN_OK)
        return status;
    status = sbn__service_new(&server->hub->mem, path, contract, functions,
                              options, &service);
    if (status != SBN_OK)
        return bind_failed(server, status);
    status = add_service(server, service);
    if (status != SBN_OK)
        sbn__service_free(&server->hub->mem, service);
    return bind_failed(server, status);
}

sbn_status
sbn_service_bind_untyped(sbn_server *server, const char *path,
                         const sbn_service_options *options)
{
    if (options == NULL || options->untyped == NULL)
        return server_fail(server, SBN_EINVAL,
                           "a service without a contract needs an operation "
                           "for all messages; give it in options->untyped");
    return sbn_service_bind(server, path, &sbn__untyped_contract,
                            options->untyped, options);
}

/* ---- Listening -------------------------------------------------------- */

/* host NULL: on fd. */
static sbn_status
server_listen(sbn_server *server, const char *host, uint16_t port, int fd,
              const char *what)
{
    const char *why = NULL;
    sbn_status status;

    if (server->state != SERVER_OPEN)
        return server_fail(server, SBN_ESTATE, "the server is closing");
    status = host == NULL
                 ? sbn__http_server_listen_fd(server->http, fd, &why)
                 : sbn__http_server_listen(server->http, host, port, &why);
    if (status != SBN_OK) {
        snprintf(server->text, sizeof(server->text), "cannot listen on %s: %s",
                 what, why != NULL ? why : sbn_status_text(status));
        return status;
    }
    if (!server->held)
        sbn__runtime_hold(server->rt);
    server->held = true;
    return SBN_OK;
}

sbn_status
sbn_server_listen(sbn_server *server, const char *host, uint16_t port)
{
    char what[300];

    if (host == NULL || strchr(host, '/') != NULL)
        return server_fail(server, SBN_EINVAL,
                           host == NULL
                               ? "no address was given; \"0.0.0.0\" and "
                                 "\"::\" are all of this machine"
                               : "the address has a slash; a Unix socket's "
                                 "path is for sbn_server_listen_unix");
    snprintf(what, sizeof(what),
             strchr(host, ':') != NULL ? "[%.256s]:%u" : "%.256s:%u", host,
             (unsigned)port);
    return server_listen(server, host, port, -1, what);
}

/* For the layers below a host with a slash is a socket's path. */
sbn_status
sbn_server_listen_unix(sbn_server *server, const char *path)
{
    char host[300];

    if (path == NULL || path[0] == '\0')
        return server_fail(server, SBN_EINVAL, "no path was given");
    snprintf(host, sizeof(host), "%s%.280s",
             strchr(path, '/') == NULL ? "./" : "", path);
    return server_listen(server, host, 0, -1, path);
}

sbn_status
sbn_server_listen_fd(sbn_server *server, int fd)
{
    char what[40];

    snprintf(what, sizeof(what), "descriptor %d", fd);
    return server_listen(server, NULL, 0, fd, what);
}

uint16_t
sbn_server_port(const sbn_server *server)
{
    return server->http == NULL ? 0 : sbn__http_server_port(server->http);
}

const char *
sbn_server_error_text(const sbn_server *server)
{
    return server->text;
}

size_t
sbn_server_pending(const sbn_server *server)
{
    return server->pending;
}
