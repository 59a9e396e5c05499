/* SPDX-License-Identifier: Apache-2.0 */
/* Hosts: workers on threads of their own, on shared sockets. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test/rpc/server_shop.h"
#include "test/rpc/server_support.h"

/* ---- A service that says which worker it is ---------------------------------
 */

static sbn_status
order(sbn_request *request, const char *item, int32_t count,
      const char **ret_receipt)
{
    *ret_receipt = sbn_request_data(request);
    return SBN_OK;
}

static const struct shop_service service = {
    .order = order, .notify = shop_notify, SHOP_PLAIN};

struct counts {
    atomic_int setups, teardowns;
    unsigned fail_worker; /* from 1; 0: none */
    bool bad_path;
};

static sbn_status
setup(sbn_server *server, unsigned worker, void *data)
{
    static const char *const names[] = {"worker 0", "worker 1", "worker 2"};
    sbn_service_options options = {.data =
                                       (void *)(uintptr_t)names[worker % 3]};
    struct counts *counts = data;

    atomic_fetch_add(&counts->setups, 1);
    if (worker + 1 == counts->fail_worker && !counts->bad_path)
        return SBN_EIO;
    return sbn_service_bind(server,
                            worker + 1 == counts->fail_worker ? "bad" : "/shop",
                            &shop_contract, &service, &options);
}

static void
teardown(unsigned worker, void *data)
{
    struct counts *counts = data;

    atomic_fetch_add(&counts->teardowns, 1);
}

static sbn_host *
host_new(struct counts *counts, unsigned workers)
{
    sbn_host_options options = {.setup = setup,
                                .teardown = teardown,
                                .data = counts,
                                .workers = workers};
    sbn_host *host;

    CHECK_OK(sbn_host_new(&options, &host));
    return host;
}

/* ---- Blocking clients -------------------------------------------------------
 */

static int
connect_to(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    struct timeval limit = {.tv_sec = 20};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
        return fd;
    close(fd);
    return -1;
}

static const char request_text[] =
    "POST /shop HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml\r\n"
    "SOAPAction: \"urn:shop/Order\"\r\nContent-Length: "
    "140\r\n\r\n" SHOP_ENVELOPE(
        "<Order xmlns=\"urn:shop\"><item>a</item></Order>");

/* One call; the response in text. false: there was none. */
static bool
call(int fd, char text[2048])
{
    size_t size = 0;
    ssize_t got;
    const char *end;

    if (send(fd, request_text, sizeof(request_text) - 1, MSG_NOSIGNAL) !=
        (ssize_t)sizeof(request_text) - 1)
        return false;
    for (;;) {
        got = recv(fd, text + size, 2047 - size, 0);
        if (got <= 0)
            return false;
        size += (size_t)got;
        text[size] = '\0';
        end = strstr(text, "</s:Envelope>");
        if (strstr(text, "\r\n\r\n") != NULL &&
            strncmp(text, "HTTP/1.1 200 ", 13) != 0)
            return false;
        if (end != NULL)
            return true;
    }
}

struct load {
    pthread_t thread;
    uint16_t port;
    bool keep_alive;
    atomic_bool *stop;
    atomic_int *calls;
    int failed, refused;
    bool seen[3];
};

static void *
load_main(void *data)
{
    struct load *load = data;
    char text[2048];
    int fd = -1, worker;

    while (!atomic_load(load->stop)) {
        if (fd < 0 && (fd = connect_to(load->port)) < 0) {
            load->refused++;
            break;
        }
        if (!call(fd, text)) {
            load->failed++;
            break;
        }
        atomic_fetch_add(load->calls, 1);
        worker = strstr(text, "worker ")[7] - '0';
        load->seen[worker] = true;
        if (!load->keep_alive || strstr(text, "Connection: close") != NULL) {
            close(fd);
            fd = -1;
        }
    }
    if (fd >= 0)
        close(fd);
    return NULL;
}

enum { LOADS = 6 };

struct loads {
    struct load load[LOADS];
    atomic_bool stop;
    atomic_int calls;
};

static void
loads_start(struct loads *loads, uint16_t port)
{
    size_t i;

    memset(loads, 0, sizeof(*loads));
    for (i = 0; i < LOADS; i++) {
        struct load *load = &loads->load[i];

        load->port = port;
        load->keep_alive = i % 2 == 0;
        load->stop = &loads->stop;
        load->calls = &loads->calls;
        CHECK_INT(pthread_create(&load->thread, NULL, load_main, load), ==, 0);
    }
}

static void
loads_join(struct loads *loads)
{
    size_t i;

    for (i = 0; i < LOADS; i++)
        CHECK_INT(pthread_join(loads->load[i].thread, NULL), ==, 0);
}

static void
await_calls(struct loads *loads, int more)
{
    int until = atomic_load(&loads->calls) + more;

    while (atomic_load(&loads->calls) < until)
        usleep(1000);
}

/* ---- Tests ------------------------------------------------------------------
 */

TEST(each_worker_is_set_up_and_serves)
{
    struct counts counts = {.fail_worker = 0};
    sbn_host *host = host_new(&counts, 3);
    struct loads loads;
    bool seen[3] = {false, false, false};
    size_t i, w;

    CHECK_OK(sbn_host_listen(host, "127.0.0.1", 0));
    CHECK_OK(sbn_host_start(host));
    CHECK_INT(atomic_load(&counts.setups), ==, 3);
    CHECK_STATUS(sbn_host_start(host), SBN_ESTATE);
    CHECK_STATUS(sbn_host_listen(host, "127.0.0.1", 0), SBN_ESTATE);
    loads_start(&loads, sbn_host_port(host));
    await_calls(&loads, 600);
    atomic_store(&loads.stop, true);
    loads_join(&loads);
    for (i = 0; i < LOADS; i++) {
        CHECK_INT(loads.load[i].failed, ==, 0);
        CHECK_INT(loads.load[i].refused, ==, 0);
        for (w = 0; w < 3; w++)
            seen[w] |= loads.load[i].seen[w];
    }
    CHECK(seen[0] && seen[1] && seen[2]);
    sbn_host_stop(host);
    sbn_host_wait(host);
    CHECK_INT(atomic_load(&counts.teardowns), ==, 3);
    sbn_host_free(host);
}

TEST(one_worker_that_cannot_start_keeps_all_from_it)
{
    struct counts counts = {.fail_worker = 2};
    sbn_host *host = host_new(&counts, 3);

    CHECK_OK(sbn_host_listen(host, "127.0.0.1", 0));
    CHECK_STATUS(sbn_host_start(host), SBN_EIO);
    CHECK_INT(atomic_load(&counts.setups), ==, 3);
    CHECK_INT(atomic_load(&counts.teardowns), ==, 3);
    sbn_host_free(host);

    counts.bad_path = true;
    host = host_new(&counts, 3);
    CHECK_STATUS(sbn_host_start(host), SBN_EINVAL);
    CHECK(strstr(sbn_host_error_text(host), "worker 1: 'bad' is no path") !=
          NULL);
    sbn_host_free(host);
}

TEST(what_cannot_be_listened_on_is_told)
{
    struct counts counts = {.fail_worker = 0};
    sbn_host *host = host_new(&counts, 1), *second = host_new(&counts, 1);

    CHECK_OK(sbn_host_listen(host, "127.0.0.1", 0));
    CHECK_STATUS(sbn_host_listen(second, "127.0.0.1", sbn_host_port(host)),
                 SBN_ELISTEN);
    CHECK(strstr(sbn_host_error_text(second), "address already in use") !=
          NULL);
    CHECK_INT(sbn_host_fd(second, 0), ==, -1);
    CHECK_STATUS(sbn_host_listen_fd(second, -1), SBN_ELISTEN);
    sbn_host_free(host);
    sbn_host_free(second);
    CHECK_INT(atomic_load(&counts.setups), ==, 0);
}

TEST(workers_are_replaced_under_load_without_a_failed_call)
{
    struct counts counts = {.fail_worker = 0};
    sbn_host *old = host_new(&counts, 2), *next;
    struct loads loads;
    size_t i;
    int round;

    CHECK_OK(sbn_host_listen(old, "127.0.0.1", 0));
    CHECK_OK(sbn_host_start(old));
    loads_start(&loads, sbn_host_port(old));
    for (round = 0; round < 3; round++) {
        await_calls(&loads, 150);
        next = host_new(&counts, 2);
        CHECK_OK(sbn_host_listen_fd(next, sbn_host_fd(old, 0)));
        CHECK_INT(sbn_host_port(next), ==, sbn_host_port(old));
        CHECK_OK(sbn_host_start(next));
        sbn_host_stop(old);
        sbn_host_wait(old);
        sbn_host_free(old);
        old = next;
    }
    await_calls(&loads, 150);
    atomic_store(&loads.stop, true);
    loads_join(&loads);
    for (i = 0; i < LOADS; i++) {
        CHECK_INT(loads.load[i].failed, ==, 0);
        CHECK_INT(loads.load[i].refused, ==, 0);
    }
    sbn_host_free(old);
}

static void *
kill_main(void *data)
{
    await_calls(data, 300);
    kill(getpid(), SIGTERM);
    return NULL;
}

TEST(sigterm_under_load_fails_no_call)
{
    struct counts counts = {.fail_worker = 0};
    sbn_host *host = host_new(&counts, 2);
    struct loads loads;
    pthread_t killer;
    size_t i;

    CHECK_OK(sbn_host_listen(host, "127.0.0.1", 0));
    loads_start(&loads, sbn_host_port(host)); /* they wait in the backlog */
    CHECK_INT(pthread_create(&killer, NULL, kill_main, &loads), ==, 0);
    CHECK_OK(sbn_host_run(host));
    CHECK_INT(pthread_join(killer, NULL), ==, 0);
    CHECK_INT(atomic_load(&counts.teardowns), ==, 2);
    sbn_host_free(host);
    loads_join(&loads);
    for (i = 0; i < LOADS; i++) {
        CHECK_INT(loads.load[i].failed, ==, 0);
        CHECK_INT(loads.load[i].refused, ==, 1); /* how it ends */
    }
}

TEST(a_unix_socket_is_shared_and_removed)
{
    struct counts counts = {.fail_worker = 0};
    sbn_host *host = host_new(&counts, 2);
    char path[64];

    snprintf(path, sizeof(path), "/tmp/sebon-host-%ld", (long)getpid());
    CHECK_OK(sbn_host_listen_unix(host, path));
    CHECK_INT(sbn_host_port(host), ==, 0);
    CHECK_OK(sbn_host_start(host));
    CHECK_INT(access(path, F_OK), ==, 0);
    sbn_host_free(host);
    CHECK_INT(access(path, F_OK), !=, 0);
}

static sbn_host *to_stop;

static sbn_status
order_and_stop(sbn_request *request, const char *item, int32_t count,
               const char **ret_receipt)
{
    sbn_host_stop(to_stop);
    *ret_receipt = "the last one";
    return SBN_OK;
}

static sbn_status
setup_to_stop(sbn_server *server, unsigned worker, void *data)
{
    struct shop_service *stopping = data;

    return sbn_service_bind(server, "/shop", &shop_contract, stopping, NULL);
}

TEST(an_operation_stops_its_host_and_is_answered)
{
    struct shop_service stopping = service;
    const sbn_host_options options = {
        .setup = setup_to_stop, .data = &stopping, .workers = 2};
    char text[2048];
    int fd;

    stopping.order = order_and_stop;
    CHECK_OK(sbn_host_new(&options, &to_stop));
    CHECK_OK(sbn_host_listen(to_stop, "127.0.0.1", 0));
    CHECK_OK(sbn_host_start(to_stop));
    fd = connect_to(sbn_host_port(to_stop));
    CHECK(call(fd, text));
    CHECK(strstr(text, "the last one") != NULL);
    close(fd);
    sbn_host_wait(to_stop);
    CHECK_INT(sbn_host_port(to_stop), ==, 0);
    CHECK_INT(sbn_host_fd(to_stop, 0), ==, -1);
    sbn_host_free(to_stop);
}

/* One worker, so that no two threads allocate at the same time: this one waits
 * for it. */
static void
serve_once(struct test_memory *memory, void *data)
{
    struct counts counts = {.fail_worker = 0};
    const sbn_host_options options = {.setup = setup,
                                      .teardown = teardown,
                                      .data = &counts,
                                      .workers = 1,
                                      .server = {.drain_grace = 1},
                                      .allocator = &memory->allocator};
    bool lost = false;
    sbn_status status;
    char text[2048];
    sbn_host *host;
    int fd;

    memory->fail_all = false; /* it would wait for memory to accept with */
    status = sbn_host_new(&options, &host);
    if (status != SBN_OK) {
        CHECK_STATUS(status, SBN_ENOMEM);
        return;
    }
    status = sbn_host_listen(host, "127.0.0.1", 0);
    if (status == SBN_OK)
        status = sbn_host_start(host);
    if (status == SBN_OK) {
        fd = connect_to(sbn_host_port(host));
        lost = fd >= 0 && !call(fd, text);
        close(fd);
    } else {
        CHECK_STATUS(status, SBN_ENOMEM);
        CHECK(strstr(sbn_host_error_text(host), "out of memory") != NULL);
    }
    sbn_host_free(host);
    CHECK(!lost || memory->failed);
    CHECK_INT(atomic_load(&counts.teardowns), ==, atomic_load(&counts.setups));
}

TEST(any_allocation_of_a_host_may_fail)
{
    CHECK_INT(test_each_allocation(serve_once, NULL), >, 20);
}
