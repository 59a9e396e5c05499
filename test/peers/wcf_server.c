/* SPDX-License-Identifier: Apache-2.0 */
/* The orders of wcf/orders.h; prints its address. Until SIGTERM. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "orders.h"

static sbn_runtime *runtime;
static char noted[256];
static bool has_noted;

static bool
has_item(const struct orders_order *order, const char *name)
{
    size_t i;

    for (i = 0; order->lines != NULL && i < order->lines->line_count; i++) {
        const struct orders_line *line = order->lines->lines[i];

        if (line != NULL && line->item != NULL && strcmp(line->item, name) == 0)
            return true;
    }
    return false;
}

static void
client_has_gone(sbn_request *request, void *data)
{
    (void)data;
    sbn_request_complete(request);
}

static sbn_status
begin_place(sbn_request *request, const struct orders_order *order)
{
    if (order == NULL)
        return sbn_request_fault(request, SBN_FAULT_SENDER, "no order");
    sbn_request_set_state(request, (void *)order);
    if (!has_item(order, "late"))
        return sbn_request_complete(request);
    /* It is late until nobody waits any more. */
    sbn_request_on_abort(request, client_has_gone, NULL);
    return SBN_OK;
}

static sbn_status
end_place(sbn_request *request, const struct orders_order **ret_result)
{
    static const struct orders_shortage shortage = {
        .has_available = true, .available = 3, .item = "none"};
    const struct orders_order *order = sbn_request_state(request);

    if (has_item(order, shortage.item))
        return orders_fault_shortage(request, SBN_FAULT_SENDER,
                                     "too few of none", &shortage);
    *ret_result = order;
    return SBN_OK;
}

static sbn_status
count(sbn_request *request, const struct orders_array_of_line *lines,
      int32_t *ret_result, int32_t *ret_largest)
{
    int32_t sum = 0, largest = 0;
    size_t i;

    (void)request;
    for (i = 0; lines != NULL && i < lines->line_count; i++) {
        sum += lines->lines[i]->count;
        if (lines->lines[i]->count > largest)
            largest = lines->lines[i]->count;
    }
    *ret_result = sum;
    *ret_largest = largest;
    return SBN_OK;
}

static sbn_status
note(sbn_request *request, const char *text)
{
    (void)request;
    has_noted = text != NULL;
    snprintf(noted, sizeof(noted), "%s", text != NULL ? text : "");
    return SBN_OK;
}

static sbn_status
last_noted(sbn_request *request, const char **ret_result)
{
    (void)request;
    *ret_result = has_noted ? noted : NULL;
    return SBN_OK;
}

static const struct orders_service service = {
    .begin_place = begin_place,
    .end_place = end_place,
    .count = count,
    .note = note,
    .noted = last_noted,
};

static void
on_signal(int signum)
{
    (void)signum;
    sbn_runtime_stop(runtime);
}

int
main(void)
{
    sbn_server *server = NULL;

    if (sbn_runtime_new(NULL, &runtime) != SBN_OK ||
        sbn_server_new(runtime, NULL, &server) != SBN_OK ||
        orders_service_bind(server, "/orders", &service, NULL) != SBN_OK ||
        sbn_server_listen(server, "127.0.0.1", 0) != SBN_OK)
        return EXIT_FAILURE;
    signal(SIGTERM, on_signal);
    printf("http://127.0.0.1:%u/orders\n", (unsigned)sbn_server_port(server));
    fflush(stdout);
    sbn_runtime_run(runtime);
    sbn_server_free(server);
    sbn_runtime_free(runtime);
    return EXIT_SUCCESS;
}
