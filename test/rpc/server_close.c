/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a server: graceful, by its deadline, with its runtime, and from
 * inside its own operations. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "test/rpc/server_support.h"

enum { LOAD = 200, LONG = 60000 };

static struct server_fixture fixture;
static struct raw client;
static sbn_request *requests[LOAD];
static int begins, ends, aborts;
static bool complete_on_abort, tell_abort;

enum close_where {
    NOWHERE,
    IN_ORDER,
    IN_BEGIN,
    IN_END,
    IN_ABORT,
    IN_DISPATCH, /* an inspector's before_dispatch */
    IN_REPLY
};
static enum close_where close_where;
static uint32_t close_deadline;

static void
close_here(enum close_where where)
{
    if (close_where == where && fixture.server != NULL)
        server_close(&fixture, close_deadline);
}

static sbn_status
order(sbn_request *request, const char *item, int32_t count,
      const char **ret_receipt)
{
    close_here(IN_ORDER);
    *ret_receipt = item;
    return SBN_OK;
}

static void
on_abort(sbn_request *request, void *data)
{
    close_here(IN_ABORT);
    aborts++;
    if (complete_on_abort)
        CHECK_OK(sbn_request_complete(request));
}

static sbn_status
begin_order(sbn_request *request, const char *item, int32_t count)
{
    close_here(IN_BEGIN);
    if (tell_abort)
        sbn_request_on_abort(request, on_abort, NULL);
    requests[begins++] = request;
    return SBN_OK;
}

static sbn_status
end_order(sbn_request *request, const char **ret_receipt)
{
    close_here(IN_END);
    ends++;
    *ret_receipt = "late";
    return SBN_OK;
}

static const struct shop_service sync_shop = {
    .order = order, .notify = shop_notify, SHOP_PLAIN};
static const struct shop_service pair_shop = {.begin_order = begin_order,
                                              .end_order = end_order,
                                              .notify = shop_notify,
                                              SHOP_PLAIN};

static void
start(const struct shop_service *service)
{
    server_start(&fixture, NULL, service, NULL, NULL);
    raw_connect(&client, &fixture);
}

static void
stop(void)
{
    raw_close(&client);
    server_stop(&fixture);
}

static void
begin_one(void)
{
    raw_order(&client, 1);
    SERVER_TURN_WHILE(&fixture, begins == 0);
}

static void
check_hung_up(struct raw *raw)
{
    CHECK_INT(raw_await(raw), ==, 0);
    CHECK(raw->ended);
    CHECK_INT(raw->in_size, ==, 0);
}

TEST(an_unused_server_closes)
{
    server_start(&fixture, NULL, &sync_shop, NULL, NULL);
    server_close(&fixture, LONG);
    CHECK(!fixture.closed); /* from the loop only */
    CHECK_OK(sbn_runtime_run(fixture.rt));
    CHECK(fixture.closed);
    server_stop(&fixture);
}

TEST(a_server_that_never_listened_closes)
{
    CHECK_OK(sbn_runtime_new(NULL, &fixture.rt));
    CHECK_OK(sbn_server_new(fixture.rt, NULL, &fixture.server));
    CHECK_INT(sbn_server_port(fixture.server), ==, 0);
    /* It is nothing to wait for. */
    CHECK_OK(sbn_runtime_run(fixture.rt));
    server_close(&fixture, LONG);
    CHECK_OK(sbn_runtime_run(fixture.rt));
    CHECK(fixture.closed);
    server_stop(&fixture);
}

TEST(idle_connections_are_closed_at_once)
{
    start(&sync_shop);
    raw_order(&client, 1);
    raw_check_receipt(&client, "apple");
    server_close(&fixture, LONG);
    check_hung_up(&client);
    SERVER_TURN_WHILE(&fixture, !fixture.closed);
    stop();
}

TEST(what_is_in_flight_finishes)
{
    start(&pair_shop);
    begin_one();
    server_close(&fixture, LONG);
    CHECK_OK(sbn_runtime_dispatch(fixture.rt));
    CHECK(!fixture.closed);
    CHECK_OK(sbn_request_complete(requests[0]));
    CHECK(raw_await(&client) > 0);
    CHECK(strstr(client.in, "Connection: close\r\n") != NULL);
    raw_check_receipt(&client, "late");
    check_hung_up(&client);
    SERVER_TURN_WHILE(&fixture, !fixture.closed);
    stop();
}

/* Every request that had come is answered, whatever state it was in. */
TEST(closing_under_load_loses_nothing)
{
    struct raw clients[LOAD];
    int i, done = 0;

    server_start(&fixture, NULL, &pair_shop, NULL, NULL);
    for (i = 0; i < LOAD; i++) {
        raw_connect(&clients[i], &fixture);
        raw_order(&clients[i], 1);
    }
    SERVER_TURN_WHILE(&fixture, begins < LOAD / 2);
    /* Some are pending, some completed, and perhaps some still in a socket:
     * those whose connection was not accepted yet are waited for. */
    SERVER_TURN_WHILE(&fixture, begins < LOAD);
    for (; done < LOAD / 3; done++)
        CHECK_OK(sbn_request_complete(requests[(done * 7) % LOAD]));
    server_close(&fixture, LONG);
    for (; done < LOAD; done++) {
        if (done % 10 == 0)
            server_turn(&fixture);
        CHECK_OK(sbn_request_complete(requests[(done * 7) % LOAD]));
    }
    for (i = 0; i < LOAD; i++) {
        raw_check_receipt(&clients[i], "late");
        raw_close(&clients[i]);
    }
    CHECK_INT(ends, ==, LOAD);
    SERVER_TURN_WHILE(&fixture, !fixture.closed);
    server_stop(&fixture);
}

/* A request that had come, though nobody had read it, is no idle connection. */
TEST(closing_answers_what_was_not_read_yet)
{
    struct raw clients[LOAD];
    int i;

    server_start(&fixture, NULL, &sync_shop, NULL, NULL);
    for (i = 0; i < LOAD; i++) {
        raw_connect(&clients[i], &fixture);
        raw_order(&clients[i], 1);
        raw_check_receipt(&clients[i], "apple");
    }
    for (i = 0; i < LOAD; i++)
        raw_order(&clients[i], 1);
    server_close(&fixture, LONG);
    for (i = 0; i < LOAD; i++) {
        raw_check_receipt(&clients[i], "apple");
        raw_close(&clients[i]);
    }
    SERVER_TURN_WHILE(&fixture, !fixture.closed);
    server_stop(&fixture);
}

TEST(the_deadline_drops_what_is_not_completed)
{
    start(&pair_shop);
    begin_one();
    server_close(&fixture, 20);
    check_hung_up(&client);
    SERVER_TURN_WHILE(&fixture, !fixture.closed);
    CHECK(sbn_request_is_aborted(requests[0]));
    CHECK_OK(sbn_request_complete(requests[0])); /* late, and harmless */
    CHECK_INT(ends, ==, 0);
    stop();
}

TEST(at_the_deadline_the_program_is_told)
{
    start(&pair_shop);
    tell_abort = complete_on_abort = true;
    begin_one();
    server_close(&fixture, 20);
    SERVER_TURN_WHILE(&fixture, !fixture.closed);
    CHECK_INT(aborts, ==, 1);
    CHECK_INT(ends, ==, 1);
    stop();
}

TEST(a_second_close_shortens_the_deadline)
{
    sbn_server *server;

    start(&pair_shop);
    begin_one();
    server = fixture.server;
    server_close(&fixture, LONG);
    CHECK_OK(sbn_runtime_dispatch(fixture.rt));
    sbn_server_close(server, 2 * LONG, NULL, NULL);
    CHECK_OK(sbn_runtime_dispatch(fixture.rt));
    CHECK(!fixture.closed);
    sbn_server_close(server, 0, NULL, NULL);
    SERVER_TURN_WHILE(&fixture, !fixture.closed);
    CHECK_OK(sbn_request_complete(requests[0]));
    stop();
}

TEST(freeing_does_not_wait)
{
    start(&pair_shop);
    begin_one();
    sbn_server_free(fixture.server);
    fixture.server = NULL;
    check_hung_up(&client);
    CHECK_OK(sbn_runtime_run(fixture.rt));
    CHECK_OK(sbn_request_complete(requests[0]));
    stop();
}

static void
check_closing_in(enum close_where where, uint32_t deadline)
{
    close_where = where;
    close_deadline = deadline;
    start(where == IN_ORDER ? &sync_shop : &pair_shop);
    tell_abort = where == IN_ABORT;
    raw_order(&client, 1);
    if (where == IN_BEGIN || where == IN_END || where == IN_ABORT)
        SERVER_TURN_WHILE(&fixture, begins == 0);
    if (where == IN_ABORT) {
        raw_reset(&client);
        SERVER_TURN_WHILE(&fixture, aborts == 0);
    }
    if (begins > 0)
        CHECK_OK(sbn_request_complete(requests[0]));
    if (where != IN_ABORT && deadline > 0)
        raw_check_receipt(&client, where == IN_ORDER ? "apple" : "late");
    SERVER_TURN_WHILE(&fixture, !fixture.closed);
    stop();
}

TEST(closing_in_a_synchronous_operation)
{
    check_closing_in(IN_ORDER, LONG);
}
TEST(freeing_in_a_synchronous_operation)
{
    check_closing_in(IN_ORDER, 0);
}
TEST(closing_in_begin)
{
    check_closing_in(IN_BEGIN, LONG);
}
TEST(freeing_in_begin)
{
    check_closing_in(IN_BEGIN, 0);
}
TEST(closing_in_end)
{
    check_closing_in(IN_END, LONG);
}
TEST(freeing_in_end)
{
    check_closing_in(IN_END, 0);
}
TEST(closing_in_an_abort_notice)
{
    check_closing_in(IN_ABORT, LONG);
}
TEST(freeing_in_an_abort_notice)
{
    check_closing_in(IN_ABORT, 0);
}

static sbn_status
before_dispatch(sbn_request *request, void *data)
{
    close_here(IN_DISPATCH);
    return SBN_OK;
}

static void
before_reply(sbn_request *request, sbn_status status, void *data)
{
    close_here(IN_REPLY);
}

/* deadline 0: the connection may go before its request has run. */
static void
check_closing_in_inspector(enum close_where where, uint32_t deadline)
{
    static const sbn_inspector inspector = {.before_dispatch = before_dispatch,
                                            .before_reply = before_reply};
    const sbn_service_options options = {.inspector = &inspector};

    close_where = where;
    close_deadline = deadline;
    server_start(&fixture, NULL, &sync_shop, &options, NULL);
    raw_connect(&client, &fixture);
    raw_order(&client, 1);
    if (deadline > 0)
        raw_check_receipt(&client, "apple");
    SERVER_TURN_WHILE(&fixture, !fixture.closed);
    stop();
}

TEST(closing_in_before_dispatch)
{
    check_closing_in_inspector(IN_DISPATCH, LONG);
}
TEST(freeing_in_before_dispatch)
{
    check_closing_in_inspector(IN_DISPATCH, 0);
}
TEST(closing_in_before_reply)
{
    check_closing_in_inspector(IN_REPLY, LONG);
}
TEST(freeing_in_before_reply)
{
    check_closing_in_inspector(IN_REPLY, 0);
}

TEST(a_server_may_be_freed_after_its_runtime)
{
    start(&pair_shop);
    begin_one();
    sbn_runtime_free(fixture.rt);
    CHECK_OK(sbn_request_complete(requests[0]));
    CHECK_INT(ends, ==, 0);
    sbn_server_free(fixture.server);
    raw_close(&client);
}

TEST(a_closing_server_ends_with_its_runtime)
{
    start(&pair_shop);
    begin_one();
    server_close(&fixture, LONG);
    sbn_runtime_free(fixture.rt);
    CHECK(fixture.closed);
    CHECK_OK(sbn_request_complete(requests[0]));
    raw_close(&client);
}

TEST(its_port_is_free_when_close_returns)
{
    sbn_server *second;
    uint16_t port;

    start(&sync_shop);
    port = sbn_server_port(fixture.server);
    raw_reset(&client);
    server_close(&fixture, LONG);
    CHECK_OK(sbn_server_new(fixture.rt, NULL, &second));
    CHECK_OK(sbn_server_listen(second, "127.0.0.1", port));
    sbn_server_free(second);
    stop();
}

/* ---- Addresses ------------------------------------------------------------
 */

static void
connect_to(struct raw *raw, const struct sockaddr *address, socklen_t size)
{
    memset(raw, 0, sizeof(*raw));
    raw->f = &fixture;
    raw->path = "/shop";
    raw->fd = socket(address->sa_family, SOCK_STREAM, 0);
    CHECK_INT(raw->fd, >=, 0);
    if (connect(raw->fd, address, size) != 0)
        test_fail(__FILE__, __LINE__, "cannot connect");
    CHECK_INT(fcntl(raw->fd, F_SETFL, O_NONBLOCK), ==, 0);
}

static void
check_order(struct raw *raw)
{
    raw_order(raw, 1);
    raw_check_receipt(raw, "apple");
    raw_close(raw);
}

TEST(a_unix_socket_is_served_and_removed)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char directory[] = "/tmp/sebon-test-XXXXXX";
    char path[64];
    struct raw raw;

    CHECK(mkdtemp(directory) != NULL);
    snprintf(path, sizeof(path), "%s/s", directory);
    start(&sync_shop);
    CHECK_OK(sbn_server_listen_unix(fixture.server, path));
    memcpy(address.sun_path, path, strlen(path) + 1);
    connect_to(&raw, (struct sockaddr *)&address, sizeof(address));
    check_order(&raw);
    check_order(&client); /* TCP as well */
    stop();
    CHECK(access(path, F_OK) != 0);
    CHECK_INT(rmdir(directory), ==, 0);
}

TEST(both_ip_families_are_served)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                   .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct raw raw;
    int fd, on = 1;

    start(&sync_shop);
    address.sin6_port = htons(sbn_server_port(fixture.server));
    fd = socket(AF_INET6, SOCK_STREAM, 0);
    if (fd < 0)
        test_skip("no IPv6");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
        test_skip("no IPv6, or the port is taken there");
    close(fd);
    CHECK_OK(sbn_server_listen(fixture.server, "::1",
                               sbn_server_port(fixture.server)));
    connect_to(&raw, (struct sockaddr *)&address, sizeof(address));
    check_order(&raw);
    check_order(&client);
    stop();
}
