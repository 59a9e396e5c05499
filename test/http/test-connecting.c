/* SPDX-License-Identifier: Apache-2.0 */
/* Many calls at once to a peer that accepts slowly. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test/http/counted.h"

enum {
    CALLS = 300,
    MOST = 128, /* connections that are being opened at a time */
    A_TURN = 3  /* that the peer takes in a turn of the loop */
};

struct crowd {
    sbn_runtime *rt;
    struct sbn__http_endpoint *endpoint;
    struct counted calls[CALLS];
    int listener, accepted[CALLS];
    size_t accepted_count;
    size_t most; /* that were being opened at once */
};

static void
crowd_open(struct crowd *crowd)
{
    struct sbn__http_endpoint_options options = client_options();
    uint16_t port;

    memset(crowd, 0, sizeof(*crowd));
    options.max_connections = CALLS;
    crowd->rt = runtime_open(NULL);
    crowd->listener = plain_listen(&port);
    CHECK_INT(listen(crowd->listener, CALLS), ==, 0);
    CHECK_INT(fcntl(crowd->listener, F_SETFL, O_NONBLOCK), ==, 0);
    crowd->endpoint = client_open(crowd->rt, port, &options);
}

static void
crowd_close(struct crowd *crowd)
{
    size_t i;

    for (i = 0; i < CALLS; i++)
        text_fini(&crowd->calls[i].body);
    for (i = 0; i < crowd->accepted_count; i++)
        close(crowd->accepted[i]);
    close(crowd->listener);
    sbn__http_endpoint_free(crowd->endpoint);
    sbn_runtime_free(crowd->rt);
}

static size_t
count_opening(const struct crowd *crowd)
{
    size_t i, count = 0;

    for (i = 0; i < CALLS; i++)
        count +=
            crowd->calls[i].dones == 0 &&
            sbn__http_exchange_stage(&crowd->calls[i].x) == SBN_STAGE_CONNECT;
    return count;
}

static size_t
count_done(const struct crowd *crowd)
{
    size_t i, count = 0;

    for (i = 0; i < CALLS; i++)
        count += crowd->calls[i].dones;
    return count;
}

/* The peer's turn: few are let in, and answered. */
static void
let_in(struct crowd *crowd)
{
    static const char reply[] =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    int i, fd;

    for (i = 0; i < A_TURN; i++) {
        fd = accept4(crowd->listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0)
            return;
        crowd->accepted[crowd->accepted_count++] = fd;
        plain_send(fd, reply);
    }
}

static void
turn(struct crowd *crowd)
{
    size_t opening = count_opening(crowd);

    CHECK_INT(opening, <=, MOST);
    if (opening > crowd->most)
        crowd->most = opening;
    CHECK_OK(sbn_runtime_dispatch(crowd->rt));
    let_in(crowd);
}

TEST(connections_are_opened_some_at_a_time_and_every_call_succeeds)
{
    struct crowd *crowd = malloc(sizeof(*crowd));
    size_t i;

    CHECK(crowd != NULL);
    crowd_open(crowd);
    for (i = 0; i < CALLS; i++)
        CHECK_OK(counted_submit(crowd->endpoint, &crowd->calls[i], "/"));
    while (count_done(crowd) < CALLS)
        turn(crowd);
    for (i = 0; i < CALLS; i++) {
        CHECK_INT(crowd->calls[i].dones, ==, 1);
        CHECK_OK(crowd->calls[i].result);
        CHECK_STR(crowd->calls[i].body.data, "ok");
    }
    CHECK_INT(crowd->most, ==, MOST);
    crowd_close(crowd);
    free(crowd);
}

/* The others must not wait for those that are given up. */
TEST(calls_given_up_while_connecting_make_room)
{
    struct crowd *crowd = malloc(sizeof(*crowd));
    size_t i;

    CHECK(crowd != NULL);
    crowd_open(crowd);
    for (i = 0; i < CALLS; i++)
        CHECK_OK(counted_submit(crowd->endpoint, &crowd->calls[i], "/"));
    for (i = 0; i < MOST; i++) {
        sbn__http_exchange_abort(&crowd->calls[i].x);
        crowd->calls[i].dones = 1; /* never told */
    }
    while (count_done(crowd) < CALLS)
        turn(crowd);
    for (i = MOST; i < CALLS; i++)
        CHECK_OK(crowd->calls[i].result);
    crowd_close(crowd);
    free(crowd);
}
