/* SPDX-License-Identifier: Apache-2.0 */
/* Ten thousand operations pending at once, on one thread. */
#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/rpc/server_support.h"

enum { WANTED = 10000, LEAST = 1000, SPARE_FILES = 100 };

static sbn_request *requests[WANTED];
static int begins;

static sbn_status
begin_order(sbn_request *request, const char *item, int32_t count)
{
    sbn_request_set_state(request, (void *)(intptr_t)count);
    requests[begins++] = request;
    return SBN_OK;
}

static sbn_status
end_order(sbn_request *request, const char **ret_receipt)
{
    char *text = sbn_request_alloc(request, 16);

    if (text == NULL)
        return SBN_ENOMEM;
    snprintf(text, 16, "%d", (int)(intptr_t)sbn_request_state(request));
    *ret_receipt = text;
    return SBN_OK;
}

static const struct shop_service service = {.begin_order = begin_order,
                                            .end_order = end_order,
                                            .notify = shop_notify,
                                            SHOP_PLAIN};

/* As many connections as there are files for: the clients are another process,
 * so that ten thousand need no more files than many systems allow. */
static int
count_connections(void)
{
    struct rlimit limit;
    rlim_t most;

    CHECK_INT(getrlimit(RLIMIT_NOFILE, &limit), ==, 0);
    limit.rlim_cur = limit.rlim_max;
    CHECK_INT(setrlimit(RLIMIT_NOFILE, &limit), ==, 0);
    most = limit.rlim_max - SPARE_FILES;
    return most < WANTED ? (int)most : WANTED;
}

static int
count_threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    int count = 0;

    CHECK(tasks != NULL);
    while (readdir(tasks) != NULL)
        count++;
    closedir(tasks);
    return count;
}

/* ---- The clients ----------------------------------------------------------
 */

static int
client_connect(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 ? fd
                                                                          : -1;
}

static bool
client_order(int fd, int count)
{
    char body[256], text[512];
    int size;

    size = snprintf(body, sizeof(body),
                    SHOP_ENVELOPE("<Order xmlns=\"urn:shop\"><count>%d</count>"
                                  "</Order>"),
                    count);
    size = snprintf(text, sizeof(text),
                    "POST /shop HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml"
                    "\r\nSOAPAction: \"urn:shop/Order\"\r\n"
                    "Content-Length: %d\r\n\r\n%s",
                    size, body);
    return send(fd, text, (size_t)size, MSG_NOSIGNAL) == size;
}

static bool
client_has_receipt(int fd, int count)
{
    char text[1024], want[64];
    ssize_t got;
    size_t size = 0;

    while ((got = recv(fd, text + size, sizeof(text) - 1 - size, 0)) > 0) {
        size += (size_t)got;
        text[size] = '\0';
        if (strstr(text, "</s:Envelope>") != NULL)
            break;
    }
    snprintf(want, sizeof(want), "<receipt>%d</receipt>", count);
    return size > 0 && strstr(text, want) != NULL;
}

/* Calls from all of them, and reads the replies; how many were right. */
static int
clients_main(uint16_t port, int count)
{
    int *fds = calloc((size_t)count, sizeof(*fds));
    int i, good = 0;

    for (i = 0; i < count; i++) {
        fds[i] = client_connect(port);
        if (!client_order(fds[i], i))
            return good;
    }
    for (i = 0; i < count; i++) {
        good += client_has_receipt(fds[i], i);
        close(fds[i]);
    }
    free(fds);
    return good;
}

/* Before there are threads, or anything of the server's. */
static pid_t
clients_start(int count, int port_pipe[2], int good_pipe[2])
{
    uint16_t port;
    pid_t pid;
    int good;

    CHECK_INT(pipe(port_pipe), ==, 0);
    CHECK_INT(pipe(good_pipe), ==, 0);
    pid = fork();
    CHECK_INT(pid, >=, 0);
    if (pid != 0)
        return pid;
    close(port_pipe[1]);
    if (read(port_pipe[0], &port, sizeof(port)) != sizeof(port))
        _exit(1);
    good = clients_main(port, count);
    _exit(write(good_pipe[1], &good, sizeof(good)) != sizeof(good));
}

TEST(many_operations_are_pending_at_once)
{
    int i, good, status, count = count_connections(), threads;
    int port_pipe[2], good_pipe[2];
    struct test_memory memory;
    struct server_fixture f;
    uint16_t port;
    pid_t pid;

    if (count < LEAST)
        test_skip("too few files may be open");
    pid = clients_start(count, port_pipe, good_pipe);
    test_memory_init(&memory);
    server_start(&f, &memory.allocator, &service, NULL, NULL);
    threads = count_threads();
    port = sbn_server_port(f.server);
    CHECK_INT(write(port_pipe[1], &port, sizeof(port)), ==, sizeof(port));
    SERVER_TURN_WHILE(&f, begins < count);
    CHECK_INT(sbn_server_pending(f.server), ==, count);
    CHECK_INT(count_threads(), ==, threads);
    printf("# %d pending on one loop, %d thread(s), %zu bytes each\n", count,
           threads - 2, memory.live_bytes / (size_t)count);
    for (i = count; i-- > 0;)
        CHECK_OK(sbn_request_complete(requests[i]));
    SERVER_TURN_WHILE(&f, sbn_server_pending(f.server) > 0);
    CHECK_INT(read(good_pipe[0], &good, sizeof(good)), ==, sizeof(good));
    CHECK_INT(good, ==, count);
    CHECK_INT(waitpid(pid, &status, 0), ==, pid);
    CHECK_INT(status, ==, 0);
    server_stop(&f);
    CHECK_INT(memory.live, ==, 0);
    for (i = 0; i < 2; i++) {
        close(port_pipe[i]);
        close(good_pipe[i]);
    }
}
