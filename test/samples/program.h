/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that a test starts, and sockets that it talks to them with. Whatever
 * a test leaves running ends with it. */
#ifndef TEST_SAMPLES_PROGRAM_H
#define TEST_SAMPLES_PROGRAM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* An argument vector: ARGS(path, "--port", "0"). */
#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

struct program {
    pid_t pid;
    int out; /* its standard output */
};

void program_start(struct program *program, const char *const *argv);

/* Its next line of output, without the newline. */
void program_line(struct program *program, char *line, size_t size);

/* Sends signal and returns the exit code; an end by a signal fails the test. */
int program_end(struct program *program, int signal);

struct output {
    int code;
    char out[4096];
    char err[4096];
};

/* Runs a program to its end. */
void program_run(struct output *output, const char *const *argv);

/* A connection to 127.0.0.1. */
int tcp_connect(uint16_t port);

/* A listening socket on 127.0.0.1, and where. */
int tcp_listen(uint16_t *ret_port);

/* A port on which nobody listens. */
uint16_t tcp_dead_port(void);

#endif
