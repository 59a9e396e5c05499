/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Client throughput: keeps OUTSTANDING calls in flight on one thread until
 * CALLS are done, and checks each result. usage: bench-throughput URL CALLS
 * OUTSTANDING Prints one line of JSON.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include <sebon.h>

#include "calculator.h"

struct load {
    calculator_client *client;
    size_t wanted, begun, ok, failed;
    char error[256];
};

static void on_done(sbn_call *call, void *state);

static void
begin_next(struct load *load, sbn_call *call)
{
    if (load->begun == load->wanted)
        return;
    load->begun++;
    if (calculator_begin_add(load->client, call, 100.00, 15.99, on_done,
                             load) != SBN_OK)
        load->failed++;
}

static void
on_done(sbn_call *call, void *state)
{
    struct load *load = state;
    double sum = 0;

    if (calculator_end_add(call, &sum) == SBN_OK && sum == 115.99)
        load->ok++;
    else if (load->failed++ == 0)
        snprintf(load->error, sizeof(load->error), "%s",
                 sbn_error_text(sbn_call_error(call)));
    begin_next(load, call);
}

static double
seconds(const struct timeval *t)
{
    return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

int
main(int argc, char **argv)
{
    struct load load = {NULL, 0, 0, 0, 0, ""};
    struct rusage usage;
    struct timespec from, to;
    sbn_runtime *runtime = NULL;
    sbn_call **calls;
    size_t outstanding, i;
    double wall;

    if (argc != 4 && argc != 5) {
        fprintf(stderr, "usage: %s URL CALLS OUTSTANDING [hold]\n", argv[0]);
        return 2;
    }
    load.wanted = strtoul(argv[2], NULL, 10);
    outstanding = strtoul(argv[3], NULL, 10);
    calls = calloc(outstanding, sizeof(*calls));
    if (calls == NULL || sbn_runtime_new(NULL, &runtime) != SBN_OK ||
        calculator_client_new(runtime, argv[1], NULL, &load.client) != SBN_OK)
        return 1;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (i = 0; i < outstanding; i++) {
        if (sbn_call_new(runtime, &calls[i]) != SBN_OK)
            return 1;
        begin_next(&load, calls[i]);
    }
    sbn_runtime_run(runtime);
    clock_gettime(CLOCK_MONOTONIC, &to);
    getrusage(RUSAGE_SELF, &usage);
    wall = (double)(to.tv_sec - from.tv_sec) +
           (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    printf("{\"ok\":%zu,\"failed\":%zu,\"calls_s\":%.0f,\"cpu_us\":%.2f,"
           "\"maxrss_kib\":%ld,\"error\":\"%s\"}\n",
           load.ok, load.failed, (double)load.ok / wall,
           (seconds(&usage.ru_utime) + seconds(&usage.ru_stime)) * 1e6 /
               (double)(load.ok > 0 ? load.ok : 1),
           usage.ru_maxrss, load.error);
    fflush(stdout);
    if (argc == 5)
        getchar();
    for (i = 0; i < outstanding; i++)
        sbn_call_free(calls[i]);
    free(calls);
    calculator_client_free(load.client);
    sbn_runtime_free(runtime);
    return load.ok == load.wanted ? 0 : 1;
}
