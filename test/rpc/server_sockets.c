/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets that a host or a server is given, shares, and leaves behind. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "test/rpc/server_shop.h"
#include "test/rpc/server_support.h"

/* data: a status that setup is to end with, or NULL. */
static sbn_status
setup(sbn_server *server, unsigned worker, void *data)
{
    const sbn_status *status = data;

    return status != NULL ? *status
                          : sbn_service_bind(server, "/shop", &shop_contract,
                                             &shop_plain_service, NULL);
}

static sbn_host *
host_new(sbn_status *status)
{
    const sbn_host_options options = {
        .setup = setup, .data = status, .workers = 2};
    sbn_host *host;

    CHECK_OK(sbn_host_new(&options, &host));
    return host;
}

static void
check_text(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        test_fail(__FILE__, __LINE__, "'%s' has no '%s'", text, part);
}

/* ---- A Unix socket --------------------------------------------------------
 */

static const char *
unix_path(void)
{
    static char path[64];

    snprintf(path, sizeof(path), "/tmp/sebon-sockets-%ld", (long)getpid());
    return path;
}

/* Whether a service answers there. */
static bool
answers(const char *path)
{
    static const char request[] =
        "GET /shop?health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval limit = {.tv_sec = 20};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char text[64];
    bool good;

    strcpy(address.sun_path, path);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    good = connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
           send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL) > 0 &&
           recv(fd, text, sizeof(text), 0) > 12 &&
           memcmp(text, "HTTP/1.1 200", 12) == 0;
    close(fd);
    return good;
}

static sbn_host *
host_on_path(const char *path)
{
    sbn_host *host = host_new(NULL);

    CHECK_OK(sbn_host_listen_unix(host, path));
    CHECK_OK(sbn_host_start(host));
    return host;
}

TEST(the_host_that_follows_keeps_the_path_of_its_socket)
{
    const char *path = unix_path();
    sbn_host *first = host_on_path(path), *second = host_new(NULL);

    CHECK_OK(sbn_host_listen_fd(second, sbn_host_fd(first, 0)));
    CHECK_OK(sbn_host_start(second));
    sbn_host_stop(first);
    sbn_host_wait(first);
    CHECK(answers(path));
    sbn_host_free(first);
    CHECK(answers(path));
    sbn_host_free(second);
    unlink(path);
}

TEST(a_program_that_follows_keeps_its_own_path)
{
    const char *path = unix_path();
    sbn_host *first = host_on_path(path), *second;

    sbn_host_stop(first);
    sbn_host_wait(first);
    /* The first has not been freed when the second takes its place. */
    second = host_on_path(path);
    CHECK(answers(path));
    sbn_host_free(first);
    CHECK(answers(path));
    sbn_host_free(second);
    CHECK_INT(access(path, F_OK), !=, 0);
}

TEST(a_path_is_free_again_when_its_host_never_started)
{
    const char *path = unix_path();
    sbn_host *host = host_new(NULL);

    CHECK_OK(sbn_host_listen_unix(host, path));
    CHECK_STATUS(sbn_host_listen_unix(host, path), SBN_ELISTEN);
    check_text(sbn_host_error_text(host), path);
    check_text(sbn_host_error_text(host), "in use");
    CHECK(strstr(sbn_host_error_text(host), "port") == NULL);
    sbn_host_free(host);
    CHECK_INT(access(path, F_OK), !=, 0);
}

/* ---- What is no listening socket ------------------------------------------
 */

static void
check_refused(sbn_host *host, sbn_server *server, int fd)
{
    CHECK_STATUS(sbn_host_listen_fd(host, fd), SBN_ELISTEN);
    check_text(sbn_host_error_text(host), "no socket that listens");
    CHECK_STATUS(sbn_server_listen_fd(server, fd), SBN_ELISTEN);
    check_text(sbn_server_error_text(server), "no socket that listens");
}

/* Descriptor 3 is anything at all when nobody passed a socket. */
TEST(a_descriptor_that_does_not_listen_is_refused)
{
    sbn_host *host = host_new(NULL);
    struct server_fixture f;
    int pair[2], others[3];
    size_t i;

    server_start(&f, NULL, &shop_plain_service, NULL, NULL);
    others[0] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    others[1] = open("/dev/null", O_RDWR | O_CLOEXEC);
    others[2] = epoll_create1(EPOLL_CLOEXEC);
    CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
    for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        check_refused(host, f.server, others[i]);
        close(others[i]);
    }
    check_refused(host, f.server, pair[0]);
    check_refused(host, f.server, -1);
    close(pair[0]);
    close(pair[1]);
    server_stop(&f);
    sbn_host_free(host);
}

/* ---- What to do about it --------------------------------------------------
 */

/* Errors of the system, with the cure. */
TEST(why_one_cannot_listen_is_told_with_what_to_do)
{
    char path[256], text[32];
    struct server_fixture f;
    uint16_t port;

    server_start(&f, NULL, &shop_plain_service, NULL, NULL);
    port = sbn_server_port(f.server);
    CHECK_STATUS(sbn_server_listen(f.server, "127.0.0.1", port), SBN_ELISTEN);
    snprintf(text, sizeof(text), "127.0.0.1:%u: ", (unsigned)port);
    check_text(sbn_server_error_text(f.server), text);
    check_text(sbn_server_error_text(f.server), "address already in use");
    check_text(sbn_server_error_text(f.server), "take another port");
    CHECK_STATUS(sbn_server_listen(f.server, "192.0.2.1", 0), SBN_ELISTEN);
    check_text(sbn_server_error_text(f.server), "of this machine");
    CHECK_STATUS(sbn_server_listen_unix(f.server, "/no/such/folder/a"),
                 SBN_ELISTEN);
    check_text(sbn_server_error_text(f.server), "make its folder first");
    memset(path, 'a', sizeof(path) - 1);
    path[0] = '/';
    path[sizeof(path) - 1] = '\0';
    CHECK_STATUS(sbn_server_listen_unix(f.server, path), SBN_ELISTEN);
    check_text(sbn_server_error_text(f.server), "107 bytes");
    CHECK_STATUS(sbn_server_listen_unix(f.server, "/dev/null"), SBN_ELISTEN);
    check_text(sbn_server_error_text(f.server), "is no socket");
    server_stop(&f);
}

/* ---- A host that cannot serve ---------------------------------------------
 */

TEST(a_host_without_a_socket_does_not_start)
{
    sbn_host *host = host_new(NULL);

    CHECK_STATUS(sbn_host_start(host), SBN_ELISTEN);
    check_text(sbn_host_error_text(host), "sbn_host_listen");
    sbn_host_free(host);
}

/* On a port of each worker's own, say. */
static sbn_status
setup_listening(sbn_server *server, unsigned worker, void *data)
{
    uint16_t *ports = data;
    sbn_status status = sbn_service_bind(server, "/shop", &shop_contract,
                                         &shop_plain_service, NULL);

    if (status == SBN_OK)
        status = sbn_server_listen(server, "127.0.0.1", 0);
    ports[worker] = sbn_server_port(server);
    return status;
}

TEST(a_worker_may_listen_by_itself)
{
    uint16_t ports[2] = {0, 0};
    const sbn_host_options options = {
        .setup = setup_listening, .data = ports, .workers = 2};
    sbn_host *host;

    CHECK_OK(sbn_host_new(&options, &host));
    CHECK_OK(sbn_host_start(host));
    CHECK_INT(sbn_host_port(host), ==, 0);
    CHECK_INT(ports[0], !=, 0);
    CHECK_INT(ports[1], !=, 0);
    CHECK_INT(ports[0], !=, ports[1]);
    sbn_host_free(host);
}

TEST(a_setup_that_only_returns_a_status_is_told_with_it)
{
    sbn_status status = SBN_ENOMEM;
    sbn_host *host = host_new(&status);

    CHECK_OK(sbn_host_listen(host, "127.0.0.1", 0));
    CHECK_STATUS(sbn_host_start(host), SBN_ENOMEM);
    check_text(sbn_host_error_text(host), "setup");
    check_text(sbn_host_error_text(host), sbn_status_text(SBN_ENOMEM));
    sbn_host_free(host);
}

TEST(what_is_too_late_or_no_address_is_told)
{
    sbn_host *host = host_new(NULL);

    CHECK_STATUS(sbn_host_listen(host, "/run/a.sock", 0), SBN_EINVAL);
    check_text(sbn_host_error_text(host), "sbn_host_listen_unix");
    CHECK_STATUS(sbn_host_listen(host, NULL, 0), SBN_EINVAL);
    CHECK_STATUS(sbn_host_listen_unix(host, ""), SBN_EINVAL);
    check_text(sbn_host_error_text(host), "path");
    CHECK_OK(sbn_host_listen(host, "127.0.0.1", 0));
    CHECK_OK(sbn_host_start(host));
    CHECK_STATUS(sbn_host_listen(host, "127.0.0.1", 0), SBN_ESTATE);
    check_text(sbn_host_error_text(host), "has started");
    sbn_host_free(host);
}
