/* SPDX-License-Identifier: Apache-2.0 */
/* Peers that do everything wrong, in a process of their own. */
#ifndef BENCH_HOSTILE_H
#define BENCH_HOSTILE_H

#include <stdint.h>
#include <sys/types.h>

enum hostile_kind {
    HOSTILE_MUTE,    /* accepts, never reads nor answers */
    HOSTILE_DRIP,    /* a good head, then a byte now and then */
    HOSTILE_GARBAGE, /* noise at once, no HTTP */
    HOSTILE_HALF,    /* ends its side after the request */
    HOSTILE_FLOOD,   /* a good head, then XML without end, as fast as it goes */
    HOSTILE_FULL,    /* never accepts: its backlog is full */
    HOSTILE_RESET,   /* resets after the request */
    HOSTILE_KINDS
};

extern const char *const hostile_names[HOSTILE_KINDS];

/* Starts the process; ports[kind] are theirs. -1: failed. End it with
 * hostile_stop. It ends itself after seconds. */
pid_t hostile_start(uint16_t ports[HOSTILE_KINDS], unsigned seconds);
void hostile_stop(pid_t pid);

#endif
