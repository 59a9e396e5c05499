/* SPDX-License-Identifier: Apache-2.0 */
/* Services generated one by one, and one whose client and server are apart, in
 * one program. */
#include <stdio.h>

#include "one.h"
#include "two.h"

#include "apart_client.h"
#include "apart_server.h"

#include "test/support/test.h"

static sbn_status
add_once(sbn_request *request, double n1, double n2, double *ret_result)
{
    *ret_result = n1 + n2;
    return SBN_OK;
}

static sbn_status
add_twice(sbn_request *request, double n1, double n2, double *ret_result)
{
    *ret_result = 2 * (n1 + n2);
    return SBN_OK;
}

static sbn_status
count_lines(sbn_request *request, const struct apart_place_type *parameters,
            const struct apart_place_response **ret_result)
{
    struct apart_place_response *result =
        sbn_request_alloc(request, sizeof(*result));

    if (result == NULL)
        return SBN_ENOMEM;
    result->has_waiting = true;
    result->waiting = (int32_t)parameters->lines_count;
    *ret_result = result;
    return SBN_OK;
}

static sbn_status
ping(sbn_request *request, const struct apart_ping_type *parameters,
     const struct apart_ping_response **ret_result)
{
    return sbn_request_fault(request, SBN_FAULT_SENDER, "not here");
}

static sbn_status
notify(sbn_request *request, const struct apart_notify_type *parameters)
{
    return SBN_OK;
}

static const struct one_service first = {.add = add_once,
                                         .subtract = add_once,
                                         .multiply = add_once,
                                         .divide = add_once};
static const struct two_service second = {.add = add_twice,
                                          .subtract = add_twice,
                                          .multiply = add_twice,
                                          .divide = add_twice};
static const struct apart_service third = {
    .place = count_lines, .ping = ping, .notify = notify};

struct results {
    sbn_runtime *rt;
    double one, two;
    int32_t lines;
    int left;
};

static void
got_one(struct results *r)
{
    if (--r->left == 0)
        sbn_runtime_stop(r->rt);
}

static void
on_one(one_client *sender, const struct one_add_completed *e, void *data)
{
    CHECK(e->error == NULL);
    ((struct results *)data)->one = e->result;
    got_one((struct results *)data);
}

static void
on_two(two_client *sender, const struct two_add_completed *e, void *data)
{
    CHECK(e->error == NULL);
    ((struct results *)data)->two = e->result;
    got_one((struct results *)data);
}

/* With whole messages the event's result is the response message. */
static void
on_place(apart_client *sender, const struct apart_place_completed *e,
         void *data)
{
    CHECK(e->error == NULL);
    CHECK(e->result->has_waiting);
    ((struct results *)data)->lines = e->result->waiting;
    got_one((struct results *)data);
}

static const struct one_events one_events = {.add_completed = on_one};
static const struct two_events two_events = {.add_completed = on_two};
static const struct apart_events apart_events = {.place_completed = on_place};

static const char *
url_of(sbn_server *server, const char *path)
{
    static char url[64];

    snprintf(url, sizeof(url), "http://127.0.0.1:%u%s", sbn_server_port(server),
             path);
    return url;
}

TEST(services_generated_apart_live_in_one_program)
{
    struct apart_order_line lines[] = {{.article = "a", .quantity = "1"},
                                       {.article = "b", .quantity = "2"}};
    struct apart_place_type place = {.lines_count = 2, .lines = lines};
    struct results r = {.left = 3};
    apart_client *client3;
    one_client *client1;
    two_client *client2;
    sbn_server *server;

    CHECK_OK(sbn_runtime_new(NULL, &r.rt));
    CHECK_OK(sbn_server_new(r.rt, NULL, &server));
    CHECK_OK(one_service_bind(server, "/one", &first, NULL));
    CHECK_OK(two_service_bind(server, "/two", &second, NULL));
    CHECK_OK(apart_service_bind(server, "/apart", &third, NULL));
    CHECK_OK(sbn_server_listen(server, "127.0.0.1", 0));
    CHECK_OK(one_client_new(r.rt, url_of(server, "/one"), NULL, &client1));
    CHECK_OK(two_client_new(r.rt, url_of(server, "/two"), NULL, &client2));
    CHECK_OK(apart_client_new(r.rt, url_of(server, "/apart"), NULL, &client3));
    CHECK_OK(one_client_listen(client1, &one_events, &r));
    CHECK_OK(two_client_listen(client2, &two_events, &r));
    CHECK_OK(apart_client_listen(client3, &apart_events, &r));

    place.order.customer.name = "anna";
    place.order.line_count = 1;
    place.order.lines = lines;
    CHECK_OK(one_add_async(client1, 1, 2, NULL));
    CHECK_OK(two_add_async(client2, 1, 2, NULL));
    CHECK_OK(apart_place_async(client3, &place, NULL));
    sbn_runtime_run(r.rt);
    CHECK(r.one == 3);
    CHECK(r.two == 6);
    CHECK_INT(r.lines, ==, 2);

    one_client_free(client1);
    two_client_free(client2);
    apart_client_free(client3);
    sbn_server_free(server);
    sbn_runtime_free(r.rt);
}
