/* SPDX-License-Identifier: Apache-2.0 */
/* The three doors against our own server, over generated code, on one loop. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "test/support/test.h"

#include "calculator.h"

static sbn_status
add(sbn_request *request, double n1, double n2, double *ret_result)
{
    *ret_result = n1 + n2;
    return SBN_OK;
}

static sbn_status
divide(sbn_request *request, double n1, double n2, double *ret_result)
{
    if (n2 == 0)
        return sbn_request_fault(request, SBN_FAULT_SENDER,
                                 "the divisor is zero");
    *ret_result = n1 / n2;
    return SBN_OK;
}

static sbn_status
not_called(sbn_request *request, double n1, double n2, double *ret_result)
{
    return SBN_EUNSUPPORTED;
}

static const struct calculator_service service = {.add = add,
                                                  .subtract = not_called,
                                                  .multiply = not_called,
                                                  .divide = divide};

struct world {
    sbn_runtime *rt;
    sbn_server *server;
    calculator_client *client;
    int completions;
    double sum, quotient;
    bool fault;
};

static void
world_start(struct world *w)
{
    char url[64];

    memset(w, 0, sizeof(*w));
    CHECK_OK(sbn_runtime_new(NULL, &w->rt));
    CHECK_OK(sbn_server_new(w->rt, NULL, &w->server));
    CHECK_OK(calculator_service_bind(w->server, "/service", &service, NULL));
    CHECK_OK(sbn_server_listen(w->server, "127.0.0.1", 0));
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/service",
             sbn_server_port(w->server));
    CHECK_OK(calculator_client_new(w->rt, url, NULL, &w->client));
}

static void
world_end(struct world *w)
{
    calculator_client_free(w->client);
    sbn_server_free(w->server);
    sbn_runtime_free(w->rt);
}

/* The server keeps the loop alive: the last completion stops it. */
static void
finished(struct world *w)
{
    if (++w->completions == 3)
        sbn_runtime_stop(w->rt);
}

static void
add_done(sbn_call *call, void *state)
{
    struct world *w = state;

    CHECK_OK(calculator_end_add(call, &w->sum));
    finished(w);
}

static void
divide_done(sbn_call *call, void *state)
{
    struct world *w = state;
    double result;

    CHECK_STATUS(calculator_end_divide(call, &result), SBN_EFAULT);
    CHECK_STR(sbn_error_fault(sbn_call_error(call))->reason,
              "the divisor is zero");
    w->fault = true;
    finished(w);
}

static void
on_divide(calculator_client *sender,
          const struct calculator_divide_completed *e, void *data)
{
    struct world *w = data;

    CHECK(sender == w->client);
    CHECK(e->error == NULL && !e->cancelled);
    w->quotient = e->result;
    finished(w);
}

TEST(begin_end_and_events_against_the_server)
{
    static const struct calculator_events events = {.divide_completed =
                                                        on_divide};
    struct world w;

    world_start(&w);
    CHECK_OK(calculator_client_listen(w.client, &events, &w));
    CHECK_OK(calculator_begin_add(w.client, NULL, 100.00, 15.99, add_done, &w));
    CHECK_OK(calculator_begin_divide(w.client, NULL, 1, 0, divide_done, &w));
    CHECK_OK(calculator_divide_async(w.client, 22, 7, NULL));
    CHECK_OK(sbn_runtime_run(w.rt));
    CHECK_INT(w.completions, ==, 3);
    CHECK(w.sum == 115.99);
    CHECK(w.quotient == 22.0 / 7.0);
    CHECK(w.fault);
    world_end(&w);
}

/* A synchronous call cannot be answered by a server on the caller's own thread:
 * the client's deadline ends it, and the server's loop finds the client gone.
 */
TEST(sync_against_a_server_that_the_caller_holds_up)
{
    struct world w;
    sbn_call *call;
    double sum;

    world_start(&w);
    CHECK_OK(sbn_call_new(w.rt, &call));
    sbn_call_set_timeout(call, 50);
    CHECK_STATUS(calculator_add(w.client, call, 1, 2, &sum), SBN_ETIMEDOUT);
    sbn_call_free(call);
    world_end(&w);
}

static void *
turn_server(void *data)
{
    struct world *w = data;

    CHECK_OK(sbn_runtime_run(w->rt));
    return NULL;
}

TEST(sync_against_a_server_on_another_thread)
{
    struct world w;
    calculator_client *client;
    pthread_t thread;
    char url[64];
    double sum = 0, quotient = -1;

    world_start(&w);
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/service",
             sbn_server_port(w.server));
    CHECK_OK(calculator_client_new(NULL, url, NULL, &client));
    CHECK_INT(pthread_create(&thread, NULL, turn_server, &w), ==, 0);
    CHECK_OK(calculator_add(client, NULL, 100.00, 15.99, &sum));
    CHECK(sum == 115.99);
    CHECK_STATUS(calculator_divide(client, NULL, 1, 0, &quotient), SBN_EFAULT);
    CHECK(quotient == -1);
    CHECK_STR(sbn_error_fault(sbn_client_error(calculator_client_base(client)))
                  ->reason,
              "the divisor is zero");
    sbn_runtime_stop(w.rt);
    pthread_join(thread, NULL);
    calculator_client_free(client);
    world_end(&w);
}

static void
unix_done(sbn_call *call, void *state)
{
    struct world *w = state;

    CHECK_OK(calculator_end_add(call, &w->sum));
    sbn_runtime_stop(w->rt);
}

static void
unix_refused(sbn_call *call, void *state)
{
    struct world *w = state;

    CHECK_STATUS(sbn_call_status(call), SBN_ECONNECT);
    CHECK(strstr(sbn_error_peer(sbn_call_error(call)), "unix") != NULL ||
          strstr(sbn_error_peer(sbn_call_error(call)), "/s") != NULL);
    w->fault = true;
}

TEST(call_over_a_unix_socket)
{
    char dir[] = "/tmp/sebon-client-XXXXXX", path[64], url[128];
    calculator_client *client;
    struct world w;

    CHECK(mkdtemp(dir) != NULL);
    snprintf(path, sizeof(path), "%s/s", dir);
    /* "/tmp/x/s" with its slashes escaped */
    snprintf(url, sizeof(url), "http+unix://%%2Ftmp%%2F%s%%2Fs/service",
             dir + strlen("/tmp/"));
    world_start(&w);
    CHECK_OK(calculator_client_new(w.rt, url, NULL, &client));
    CHECK_OK(calculator_begin_add(client, NULL, 1, 2, unix_refused, &w));
    while (!w.fault)
        sbn_runtime_dispatch(w.rt);

    CHECK_OK(sbn_server_listen_unix(w.server, path));
    CHECK_OK(calculator_begin_add(client, NULL, 100.00, 15.99, unix_done, &w));
    CHECK_OK(sbn_runtime_run(w.rt));
    CHECK(w.sum == 115.99);
    calculator_client_free(client);
    world_end(&w);
    CHECK_INT(rmdir(dir), ==, 0);
}
