/* SPDX-License-Identifier: Apache-2.0 */
/* Listening sockets (listen.c), for listener.c. */
#ifndef SBN_NET_LISTENER_H
#define SBN_NET_LISTENER_H

#include "runtime/net/socket.h"

/* The descriptor, or a libuv code; blocks while a name is looked up. */
int sbn__listen_tcp(uv_loop_t *loop, const char *host, uint16_t port,
                    int backlog, uint16_t *ret_port);
/* The port of a TCP socket, else 0; *ret_is_pipe: it is a Unix one. */
uint16_t sbn__listen_port(int fd, bool *ret_is_pipe);
/* Whether it is a socket that listens. */
bool sbn__listen_is_on(int fd);
/* Replaces a socket that nobody listens on. */
int sbn__listen_unix(const char *path, int backlog);

#endif
