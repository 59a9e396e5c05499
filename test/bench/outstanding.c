/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much is one waiting call: begins CALLS calls at once on one loop and one
 * thread, over at most CONNECTIONS connections, and waits for all.
 * usage: bench-outstanding URL CALLS CONNECTIONS
 * Prints one line of JSON. Memory a call is what the runtime's allocator holds
 * when all are begun, and at most, and what the resident size grew by.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <sebon.h>

#include "calculator.h"

struct counted {
    size_t live, peak;
};

union block {
    size_t size;
    max_align_t align;
};

struct outcome {
    size_t ok, failed;
    char error[256];
};

static void *
count_realloc(void *ptr, size_t size, void *data)
{
    struct counted *counted = data;
    union block *block = ptr != NULL ? (union block *)ptr - 1 : NULL;
    size_t old = block != NULL ? block->size : 0;

    block = realloc(block, sizeof(*block) + size);
    if (block == NULL)
        return NULL;
    block->size = size;
    counted->live += size - old;
    if (counted->live > counted->peak)
        counted->peak = counted->live;
    return block + 1;
}

static void *
count_alloc(size_t size, void *data)
{
    return count_realloc(NULL, size, data);
}

static void
count_free(void *ptr, void *data)
{
    struct counted *counted = data;
    union block *block = (union block *)ptr - 1;

    if (ptr == NULL)
        return;
    counted->live -= block->size;
    free(block);
}

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long
resident_kib(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void
on_added(calculator_client *sender, const struct calculator_add_completed *e,
         void *data)
{
    struct outcome *outcome = data;
    double want = (double)(intptr_t)e->user_state + 0.5;

    (void)sender;
    if (e->error == NULL && !e->cancelled && e->result == want) {
        outcome->ok++;
        return;
    }
    if (outcome->failed++ == 0)
        snprintf(outcome->error, sizeof(outcome->error), "%s",
                 e->error != NULL ? sbn_error_text(e->error) : "wrong result");
}

static const struct calculator_events events = {.add_completed = on_added};

static int
run(const char *url, size_t calls, size_t connections)
{
    struct counted counted = {0, 0};
    struct outcome outcome = {0, 0, ""};
    sbn_allocator allocator = {count_alloc, count_realloc, count_free,
                               &counted};
    sbn_runtime_options runtime_options = {.allocator = &allocator};
    sbn_client_options options = {.max_connections = connections,
                                  .max_pending_calls = calls};
    calculator_client *client = NULL;
    sbn_runtime *runtime = NULL;
    size_t i, before, waiting;
    double began, begun, ended;
    long rss;

    if (sbn_runtime_new(&runtime_options, &runtime) != SBN_OK ||
        calculator_client_new(runtime, url, &options, &client) != SBN_OK ||
        calculator_client_listen(client, &events, &outcome) != SBN_OK)
        return 1;
    before = counted.live;
    rss = resident_kib();
    began = now();
    for (i = 0; i < calls; i++)
        if (calculator_add_async(client, (double)i, 0.5, (void *)i) != SBN_OK)
            outcome.failed++;
    begun = now();
    waiting = counted.live - before;
    sbn_runtime_run(runtime);
    ended = now();
    printf("{\"calls\":%zu,\"connections\":%zu,\"ok\":%zu,\"failed\":%zu,"
           "\"begin_s\":%.3f,\"total_s\":%.3f,"
           "\"waiting_bytes\":%zu,\"peak_bytes\":%zu,"
           "\"rss_bytes_per_call\":%ld,\"error\":\"%s\"}\n",
           calls, connections, outcome.ok, outcome.failed, begun - began,
           ended - began, waiting / calls, (counted.peak - before) / calls,
           (resident_kib() - rss) * 1024 / (long)calls, outcome.error);
    calculator_client_free(client);
    sbn_runtime_free(runtime);
    return outcome.ok == calls ? 0 : 1;
}

int
main(int argc, char **argv)
{
    struct rlimit files;

    if (argc != 4) {
        fprintf(stderr, "usage: %s URL CALLS CONNECTIONS\n", argv[0]);
        return 2;
    }
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    return run(argv[1], strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10));
}
