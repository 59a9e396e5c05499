/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A user's loop with a 1 ms timer, while CALLS calls (200) run against peers
 * that do everything wrong: how long was the longest gap between two ticks, and
 * did every call end by its deadline with an error that says where? usage:
 * bench-stall [CALLS] Prints one line of JSON for the whole and one a kind of
 * peer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uv.h>

#include <sebon.h>

#include "calculator.h"
#include "hostile.h"

enum { TIMEOUT = 1500, LATE = 100, REFUSED = HOSTILE_KINDS, KINDS };

struct stall {
    uv_timer_t tick;
    uint64_t last, longest; /* ns */
    size_t pending;
};

struct kind {
    struct stall *stall;
    const char *name;
    calculator_client *client;
    size_t ended, unexpected, late, unclear;
    char error[300];
};

static void
on_tick(uv_timer_t *timer)
{
    struct stall *stall = timer->data;
    uint64_t now = uv_hrtime();

    if (stall->last != 0 && now - stall->last > stall->longest)
        stall->longest = now - stall->last;
    stall->last = now;
}

static void
on_done(sbn_call *call, void *state)
{
    struct kind *kind = state;
    const sbn_error *error = sbn_call_error(call);

    kind->ended++;
    if (error == NULL)
        kind->unexpected++;
    else {
        kind->late += sbn_error_elapsed(error) > TIMEOUT + LATE;
        kind->unclear += sbn_error_stage(error) == SBN_STAGE_NONE ||
                         sbn_error_peer(error)[0] == '\0';
        snprintf(kind->error, sizeof(kind->error), "%s", sbn_error_text(error));
    }
    if (--kind->stall->pending == 0)
        uv_close((uv_handle_t *)&kind->stall->tick, NULL);
}

static void
begin_calls(sbn_runtime *runtime, struct kind *kind, uint16_t port,
            size_t calls)
{
    sbn_client_options options = {.timeout = TIMEOUT};
    char url[64];
    size_t i;

    snprintf(url, sizeof(url), "http://127.0.0.1:%u/x", port);
    if (calculator_client_new(runtime, url, &options, &kind->client) != SBN_OK)
        exit(1);
    for (i = 0; i < calls; i++) {
        if (calculator_begin_add(kind->client, NULL, 1, 2, on_done, kind) !=
            SBN_OK)
            exit(1);
        kind->stall->pending++;
    }
}

static void
print_kind(const struct kind *kind)
{
    const char *p;

    printf("{\"peer\":\"%s\",\"ended\":%zu,\"succeeded\":%zu,\"late\":%zu,"
           "\"unclear\":%zu,\"error\":\"",
           kind->name, kind->ended, kind->unexpected, kind->late,
           kind->unclear);
    for (p = kind->error; *p != '\0'; p++)
        printf(*p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
    printf("\"}\n");
}

static int
run(uv_loop_t *loop, const uint16_t ports[KINDS], size_t calls)
{
    struct stall stall;
    struct kind kinds[KINDS];
    sbn_runtime_options options = {.loop = loop};
    sbn_runtime *runtime = NULL;
    size_t i, late = 0, ended = 0;

    memset(&stall, 0, sizeof(stall));
    memset(kinds, 0, sizeof(kinds));
    if (sbn_runtime_new(&options, &runtime) != SBN_OK)
        return 1;
    uv_timer_init(loop, &stall.tick);
    stall.tick.data = &stall;
    uv_timer_start(&stall.tick, on_tick, 1, 1);
    for (i = 0; i < KINDS; i++) {
        kinds[i].stall = &stall;
        kinds[i].name = i == REFUSED ? "refused" : hostile_names[i];
        begin_calls(runtime, &kinds[i], ports[i],
                    calls / KINDS + (i < calls % KINDS));
    }
    uv_run(loop, UV_RUN_DEFAULT);
    for (i = 0; i < KINDS; i++) {
        print_kind(&kinds[i]);
        ended += kinds[i].ended;
        late += kinds[i].late;
        calculator_client_free(kinds[i].client);
    }
    sbn_runtime_close(runtime, NULL, NULL);
    uv_run(loop, UV_RUN_DEFAULT);
    printf(
        "{\"calls\":%zu,\"ended\":%zu,\"late\":%zu,\"longest_gap_ms\":%.2f}\n",
        calls, ended, late, (double)stall.longest / 1e6);
    return ended == calls && late == 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
    size_t calls = argc > 1 ? strtoul(argv[1], NULL, 10) : 200;
    uint16_t ports[KINDS];
    uv_loop_t loop;
    pid_t peers;
    int failed;

    peers = hostile_start(ports, 30);
    if (peers < 0 || uv_loop_init(&loop) != 0)
        return 1;
    ports[REFUSED] = 1; /* nobody listens on tcpmux */
    failed = run(&loop, ports, calls);
    hostile_stop(peers);
    if (uv_loop_close(&loop) != 0) {
        fprintf(stderr, "handles are left on the loop\n");
        failed = 1;
    }
    return failed;
}
