/* SPDX-License-Identifier: Apache-2.0 */
/* Listening sockets: TCP of either family, Unix. */
#include <errno.h>
#ifdef __linux__
#include <linux/filter.h>
#endif
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "runtime/net/listener.h"

static int
last_error(void)
{
    return uv_translate_sys_error(errno);
}

static int
socket_open(int family)
{
    int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    return fd >= 0 ? fd : last_error();
}

/* Closes fd after an error; keeps what it was. */
static int
socket_fail(int fd)
{
    int err = last_error();

    close(fd);
    return err;
}

/* ---- TCP ----------------------------------------------------------------- */

static int
lookup(uv_loop_t *loop, const char *host, uint16_t port,
       union sbn__address *ret_address)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE};
    const struct addrinfo *info;
    uv_getaddrinfo_t req;
    char service[8];
    int err;

    if (sbn__address_parse(host, port, ret_address))
        return 0;
    snprintf(service, sizeof(service), "%u", port);
    err = uv_getaddrinfo(loop, &req, NULL, host, service, &hints);
    if (err != 0)
        return err;
    info = req.addrinfo;
    while (info != NULL && !sbn__address_from(info, ret_address))
        info = info->ai_next;
    uv_freeaddrinfo(req.addrinfo);
    return info != NULL ? 0 : UV_EADDRNOTAVAIL;
}

uint16_t
sbn__listen_port(int fd, bool *ret_is_pipe)
{
    union sbn__address address;
    socklen_t size = sizeof(address);

    memset(&address, 0, sizeof(address));
    getsockname(fd, &address.any, &size);
    *ret_is_pipe = address.any.sa_family == AF_UNIX;
    return *ret_is_pipe ? 0 : sbn__address_port(&address.any);
}

bool
sbn__listen_is_on(int fd)
{
    int on = 0;
    socklen_t size = sizeof(on);

    return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &on, &size) == 0 &&
           on != 0;
}

int
sbn__listen_tcp(uv_loop_t *loop, const char *host, uint16_t port, int backlog,
                uint16_t *ret_port)
{
    union sbn__address address;
    bool v6, is_pipe;
    int on = 1, fd, err = lookup(loop, host, port, &address);

    if (err != 0)
        return err;
    v6 = address.any.sa_family == AF_INET6;
    fd = socket_open(address.any.sa_family);
    if (fd < 0)
        return fd;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0)
        return socket_fail(fd);
    /* "::" leaves IPv4 alone, so that "0.0.0.0" can have the same port. */
    if (v6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) != 0)
        return socket_fail(fd);
    if (bind(fd, &address.any, v6 ? sizeof(address.v6) : sizeof(address.v4)) !=
            0 ||
        listen(fd, backlog) != 0)
        return socket_fail(fd);
    *ret_port = sbn__listen_port(fd, &is_pipe);
    return fd;
}

/*
 * The kernel drops what begins a connection: its client tries again a little
 * later, and then finds nobody, or another server. Without this a connection
 * made between the last accept and close would be reset after it was made.
 */
void
sbn__socket_refuse(int fd)
{
#ifdef SO_ATTACH_FILTER
    /* Of the TCP header: drop when SYN is set. */
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x02, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, 0xffffffff),
    };
    struct sock_fprog program = {sizeof(code) / sizeof(code[0]), code};
    bool is_pipe;

    sbn__listen_port(fd, &is_pipe);
    if (!is_pipe)
        setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program));
#endif
}

/* ---- Unix ---------------------------------------------------------------- */

/* Whether the socket at the address was left by a program that did not end
 * well. */
static bool
is_stale(const struct sockaddr_un *address)
{
    struct stat info;
    bool stale;
    int fd;

    if (lstat(address->sun_path, &info) != 0 || !S_ISSOCK(info.st_mode))
        return false;
    fd = socket_open(AF_UNIX);
    if (fd < 0)
        return false;
    stale =
        connect(fd, (const struct sockaddr *)address, sizeof(*address)) != 0 &&
        errno == ECONNREFUSED;
    close(fd);
    return stale;
}

int
sbn__listen_unix(const char *path, int backlog)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const struct sockaddr *any = (const struct sockaddr *)&address;
    int fd, err;

    if (!sbn__address_path_fits(path))
        return UV_ENAMETOOLONG;
    memcpy(address.sun_path, path, strlen(path) + 1);
    fd = socket_open(AF_UNIX);
    if (fd < 0)
        return fd;
    err = bind(fd, any, sizeof(address));
    if (err != 0 && errno == EADDRINUSE) {
        if (is_stale(&address) && unlink(path) == 0)
            err = bind(fd, any, sizeof(address));
        else
            errno = EADDRINUSE;
    }
    if (err != 0)
        return socket_fail(fd);
    if (listen(fd, backlog) != 0) {
        err = socket_fail(fd);
        unlink(path);
        return err;
    }
    return fd;
}
