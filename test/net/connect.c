/* SPDX-License-Identifier: Apache-2.0 */
/* Connecting: families, names, failures. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "test/net/peer.h"
#include "test/support/test.h"

/* ---- Echo ---------------------------------------------------------------- */

static void
echo_once(const char *listen_host, const char *host, bool unix_socket)
{
    struct side side = {.stream = NULL};
    struct echo echo;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, listen_host);
    side_connect(rt, &side, host, unix_socket ? 0 : echo.port);
    run_until(rt, &side.connected);
    CHECK_INT(side.stage, ==, SBN_STAGE_CONNECT);
    CHECK_OK(sbn__stream_write(side.stream, "hello", 5));
    CHECK_INT(sbn__stream_unsent(side.stream), ==, 0);
    sbn__stream_quickack(side.stream);
    run_until_size(rt, &side.received, 5);
    CHECK_STR(side.bytes, "hello");
    CHECK_INT(side.drains, ==, 0);
    sbn__stream_finish(side.stream, 5000);
    sbn__listener_close(echo.listener);
    CHECK_OK(sbn_runtime_run(rt)); /* both ends let go */
    sbn_runtime_free(rt);
}

TEST(echo_over_ipv4)
{
    echo_once("127.0.0.1", "127.0.0.1", false);
}

static bool
have_ipv6(void)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                   .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    bool have =
        fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0;

    if (fd >= 0)
        close(fd);
    return have;
}

TEST(echo_over_ipv6)
{
    if (!have_ipv6())
        test_skip("no IPv6 here");
    echo_once("::1", "::1", false);
}

TEST(echo_over_a_unix_socket)
{
    echo_once(socket_path(), socket_path(), true);
    CHECK_INT(access(socket_path(), F_OK), !=, 0);
}

TEST(a_name_is_resolved)
{
    struct side side = {.stream = NULL};
    struct echo echo;
    sbn_runtime *rt;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "127.0.0.1");
    side_connect(rt, &side, "localhost", echo.port);
    run_until_int(rt, &side.stages, 1);
    CHECK_INT(side.stage, ==, SBN_STAGE_RESOLVE);
    run_until(rt, &side.connected);
    CHECK_INT(side.stage, ==, SBN_STAGE_CONNECT);
    CHECK_INT(strncmp(sbn__stream_peer(side.stream), "127.0.0.1:", 10), ==, 0);
    sbn_runtime_close(rt, NULL, NULL);
    sbn__stream_close(side.stream);
    sbn__listener_close(echo.listener);
    sbn_runtime_free(rt);
}

TEST(peers_have_names)
{
    struct side side = {.stream = NULL};
    struct echo echo;
    sbn_runtime *rt;
    char want[32];

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    echo_open(rt, &echo, "127.0.0.1");
    side_connect(rt, &side, "127.0.0.1", echo.port);
    run_until(rt, &side.connected);
    snprintf(want, sizeof(want), "127.0.0.1:%u", echo.port);
    CHECK_STR(side.peer, want);
    CHECK_STR(sbn__stream_peer(side.stream), want);
    sbn__stream_close(side.stream);
    sbn__listener_close(echo.listener);
    sbn_runtime_free(rt);
}

/* ---- Failures to connect ------------------------------------------------- */

static void
connect_and_fail(const char *host, uint16_t port, uint32_t timeout,
                 struct side *side)
{
    sbn_runtime *rt;

    memset(side, 0, sizeof(*side));
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_OK(sbn__stream_connect(rt, host, port, timeout, &side_events, side,
                                 &side->stream));
    run_until(rt, &side->ended);
    CHECK(!side->connected);
    CHECK_STATUS(sbn__stream_write(side->stream, "x", 1), SBN_EIO);
    sbn__stream_close(side->stream);
    CHECK_OK(sbn_runtime_run(rt));
    CHECK_INT(side->ends, ==, 1);
    sbn_runtime_free(rt);
}

TEST(a_refused_connection_says_so)
{
    struct listening listening;
    struct side side;

    listening_open(&listening); /* a port that is nobody's afterwards */
    listening_close(&listening);
    connect_and_fail("127.0.0.1", listening.port, 5000, &side);
    CHECK_STATUS(side.status, SBN_ECONNECT);
    CHECK_INT(side.native, ==, UV_ECONNREFUSED);
    CHECK_STR(side.text, uv_strerror(UV_ECONNREFUSED));
}

TEST(a_missing_unix_socket_says_so)
{
    struct side side;

    connect_and_fail("/nonexistent/socket", 0, 5000, &side);
    CHECK_STATUS(side.status, SBN_ECONNECT);
    CHECK_INT(side.native, ==, UV_ENOENT);
    CHECK_STR(side.peer, "/nonexistent/socket");
}

TEST(a_path_too_long_for_a_unix_socket_fails)
{
    struct side side;
    char path[300];

    memset(path, '/', sizeof(path));
    path[sizeof(path) - 1] = '\0';
    connect_and_fail(path, 0, 5000, &side);
    CHECK_STATUS(side.status, SBN_ECONNECT);
    CHECK_INT(side.native, ==, UV_ENAMETOOLONG);
}

/* RFC 6761, 6.4: "invalid" has no addresses. */
TEST(an_unknown_name_says_so)
{
    struct side side;

    test_set_timeout(120); /* of a resolver that has no network */
    connect_and_fail("no-such-host.invalid", 80, 5000, &side);
    CHECK_STATUS(side.status, SBN_ERESOLVE);
    CHECK_INT(side.stage, ==, SBN_STAGE_RESOLVE);
    CHECK_STR(side.peer, "no-such-host.invalid:80");
    CHECK_INT(side.native, !=, 0);
}

/* A full backlog drops the handshake's packets. */
TEST(a_peer_that_does_not_answer_times_out)
{
    enum { FILLERS = 4 };
    struct side fillers[FILLERS], side = {.stream = NULL};
    struct listening listening;
    sbn_runtime *rt;
    uint64_t before;
    int i;

    CHECK_OK(sbn_runtime_new(NULL, &rt));
    listening_open(&listening);
    memset(fillers, 0, sizeof(fillers));
    for (i = 0; i < FILLERS; i++)
        side_connect(rt, &fillers[i], "127.0.0.1", listening.port);
    run_until(rt, &fillers[0].connected);
    before = sbn__runtime_now(rt);
    CHECK_OK(sbn__stream_connect(rt, "127.0.0.1", listening.port, 100,
                                 &side_events, &side, &side.stream));
    run_until(rt, &side.ended);
    CHECK_INT(sbn__runtime_now(rt) - before, >=, 100);
    CHECK_STATUS(side.status, SBN_ECONNECT);
    CHECK_INT(side.native, ==, UV_ETIMEDOUT);
    for (i = 0; i < FILLERS; i++)
        sbn__stream_close(fillers[i].stream);
    sbn__stream_close(side.stream);
    sbn_runtime_free(rt);
    listening_close(&listening);
}
