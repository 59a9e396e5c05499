/* SPDX-License-Identifier: Apache-2.0 */
/* Calls the orders through all three doors: [--soap12] URL CASE. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "orders.h"

static sbn_runtime *runtime;
static orders_client *client;

/* What was told, on stderr; then it failed. */
static bool
is(bool right, const char *what)
{
    if (!right)
        fprintf(stderr, "%s\n", what);
    return right;
}

static bool
is_ok(sbn_status status, const sbn_error *error)
{
    return is(status == SBN_OK,
              error != NULL ? sbn_error_text(error) : sbn_status_text(status));
}

static const sbn_error *
last_error(void)
{
    return sbn_client_error(orders_client_base(client));
}

/* ---- What goes out and comes back ------------------------------------------
 */

static struct orders_line nut = {
    .has_count = true, .count = 2, .item = "a < \xc3\xa9", .price = "12.50"};
static struct orders_line none = {
    .has_count = true, .count = 5, .item = "none", .price = "1"};
static struct orders_line *two[] = {&nut, &none};
static struct orders_array_of_line one_line = {1, two};
static struct orders_array_of_line two_lines = {2, two};

static struct orders_order
sample(struct orders_array_of_line *lines)
{
    return (struct orders_order){
        .id = "00112233-4455-6677-8899-aabbccddeeff",
        .lines = lines,
        .has_placed = true,
        .placed = {.year = 2024,
                   .month = 2,
                   .day = 29,
                   .hour = 23,
                   .minute = 59,
                   .second = 58,
                   .nanosecond = 123456700},
        .has_priority = true,
        .priority = ORDERS_PRIORITY_HIGH,
        .has_discount = true,
        .discount = -7,
        .seal = {(const uint8_t *)"\0\1\376\377", 4},
    };
}

static bool
is_sample(const struct orders_order *got)
{
    struct orders_order want = sample(&one_line);

    return is(got != NULL, "no order") && is(got->id != NULL, "no id") &&
           is(strcmp(got->id, want.id) == 0, got->id) &&
           is(got->lines != NULL && got->lines->line_count == 1, "lines") &&
           is(got->lines->lines[0]->count == 2, "count") &&
           is(strcmp(got->lines->lines[0]->item, nut.item) == 0,
              got->lines->lines[0]->item) &&
           is(strcmp(got->lines->lines[0]->price, nut.price) == 0,
              got->lines->lines[0]->price) &&
           is(got->placed.day == 29 && got->placed.hour == 23 &&
                  got->placed.nanosecond == want.placed.nanosecond &&
                  got->placed.offset == 0,
              "placed") &&
           is(got->priority == want.priority, "priority") &&
           is(got->has_discount && got->discount == -7, "discount") &&
           is(got->seal.size == 4 &&
                  memcmp(got->seal.data, want.seal.data, 4) == 0,
              "seal");
}

static bool
is_short(sbn_status status, const sbn_error *error)
{
    const struct orders_shortage *detail =
        error != NULL ? orders_shortage_detail(error) : NULL;

    return is(status == SBN_EFAULT, "no fault") &&
           is(detail != NULL, "no detail") &&
           is(strcmp(sbn_error_fault(error)->reason, "too few of none") == 0,
              "reason") &&
           is(detail->available == 3, "available") &&
           is(strcmp(detail->item, "none") == 0, "item");
}

/* ---- Doors -----------------------------------------------------------------
 */

static bool
run_sync(void)
{
    struct orders_order order = sample(&one_line);
    const struct orders_order *got = NULL;
    const char *text = NULL;
    int32_t sum = 0, largest = 0;
    sbn_status status;

    status = orders_place(client, NULL, &order, &got);
    if (!is_ok(status, last_error()) || !is_sample(got))
        return false;
    order.lines = &two_lines;
    status = orders_place(client, NULL, &order, &got);
    if (!is_short(status, last_error()))
        return false;
    status = orders_count(client, NULL, &two_lines, &sum, &largest);
    if (!is_ok(status, last_error()) || !is(sum == 7 && largest == 5, "count"))
        return false;
    status = orders_note(client, NULL, "gr\xc3\xbc\xc3\x9f");
    if (!is_ok(status, last_error()))
        return false;
    status = orders_noted(client, NULL, &text);
    return is_ok(status, last_error()) &&
           is(text != NULL && strcmp(text, "gr\xc3\xbc\xc3\x9f") == 0, "note");
}

enum { CALLS = 20 };
static int right, ended;

static void
on_place(sbn_call *call, void *state)
{
    const struct orders_order *got = NULL;
    sbn_status status = orders_end_place(call, &got);

    /* Each other call asks for what is short. */
    if (state == NULL ? is_ok(status, sbn_call_error(call)) && is_sample(got)
                      : is_short(status, sbn_call_error(call)))
        right++;
    ended++;
    sbn_call_free(call);
}

static bool
run_begin_end(void)
{
    struct orders_order good = sample(&one_line), bad = sample(&two_lines);
    sbn_call *call;
    int i;

    for (i = 0; i < CALLS; i++) {
        if (sbn_call_new(runtime, &call) != SBN_OK)
            return false;
        if (orders_begin_place(client, call, i % 2 ? &bad : &good, on_place,
                               i % 2 ? &bad : NULL) != SBN_OK)
            return is(false, "begin");
    }
    sbn_runtime_run(runtime);
    return is(ended == CALLS && right == CALLS, "not all ended well");
}

static void
on_place_completed(orders_client *sender,
                   const struct orders_place_completed *e, void *data)
{
    (void)sender;
    (void)data;
    if (e->user_state == NULL
            ? is_ok(e->error == NULL ? SBN_OK : SBN_EFAULT, e->error) &&
                  is_sample(e->result)
            : is_short(SBN_EFAULT, e->error))
        right++;
    ended++;
}

static bool
run_events(void)
{
    static const struct orders_events events = {.place_completed =
                                                    on_place_completed};
    struct orders_order good = sample(&one_line), bad = sample(&two_lines);
    int i;

    orders_client_listen(client, &events, NULL);
    for (i = 0; i < CALLS; i++)
        if (orders_place_async(client, i % 2 ? &bad : &good,
                               i % 2 ? &bad : NULL) != SBN_OK)
            return is(false, "async");
    sbn_runtime_run(runtime);
    return is(ended == CALLS && right == CALLS, "not all ended well");
}

int
main(int argc, char **argv)
{
    sbn_client_options options = {.timeout = 20000};
    bool passed;

    if (argc == 4 && strcmp(argv[1], "--soap12") == 0) {
        options.soap = SBN_SOAP_12;
        argv++;
        argc--;
    }
    if (argc != 3)
        return 2;
    if (sbn_runtime_new(NULL, &runtime) != SBN_OK ||
        orders_client_new(runtime, argv[1], &options, &client) != SBN_OK)
        return EXIT_FAILURE;
    if (strcmp(argv[2], "sync") == 0)
        passed = run_sync();
    else if (strcmp(argv[2], "begin-end") == 0)
        passed = run_begin_end();
    else
        passed = run_events();
    orders_client_free(client);
    sbn_runtime_free(runtime);
    return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
