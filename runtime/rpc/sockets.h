/* SPDX-License-Identifier: Apache-2.0 */
/* The sockets that a host listens on, for all of its workers. */
#ifndef SBN_RPC_SOCKETS_H
#define SBN_RPC_SOCKETS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/runtime.h>
#include <sebon/status.h>

enum {
    SBN__SOCKETS_MAX = 16,
    SBN__SOCKETS_TEXT = 400 /* holds every text */
};

struct sbn__listening {
    int fd;      /* -1: let go of */
    bool shared; /* others may listen on it */
    char *path;  /* of a Unix socket of ours, NULL */
};

struct sbn__sockets {
    sbn_runtime *rt; /* looks up names */
    int backlog;
    char *text; /* the caller's, for what went wrong */
    pthread_mutex_t lock; /* guards the descriptors */
    struct sbn__listening list[SBN__SOCKETS_MAX];
    size_t count;
};

void sbn__sockets_init(struct sbn__sockets *sockets, sbn_runtime *rt,
                       int backlog, char text[SBN__SOCKETS_TEXT]);
/* Lets go of them. */
void sbn__sockets_fini(struct sbn__sockets *sockets);

/* As those of a host (host.h). */
sbn_status sbn__sockets_listen(struct sbn__sockets *sockets,
                               const char *address, uint16_t port);
sbn_status sbn__sockets_listen_unix(struct sbn__sockets *sockets,
                                    const char *path);
sbn_status sbn__sockets_listen_fd(struct sbn__sockets *sockets, int fd);

/* Any thread: the first TCP port, 0; the descriptor of one for somebody else,
 * -1. */
uint16_t sbn__sockets_port(const struct sbn__sockets *sockets);
int sbn__sockets_give(struct sbn__sockets *sockets, size_t index);
/* Closes them; those that nobody else was given are refused to newcomers. The
 * duplicates that workers have go on. Any thread, any number of times. */
void sbn__sockets_let_go(struct sbn__sockets *sockets);

#endif
