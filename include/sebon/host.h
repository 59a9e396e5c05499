/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host: the same server on several threads, each with a runtime of its own,
 * that share their listening sockets.
 *
 * Thread: that of sbn_host_new, unless a function is marked "any thread". The
 * runtimes and servers of the workers belong to the workers' threads.
 */
#ifndef SEBON_HOST_H
#define SEBON_HOST_H

#include <stddef.h>
#include <stdint.h>

#include <sebon/memory.h>
#include <sebon/server.h>
#include <sebon/status.h>

SBN_BEGIN_DECLS

typedef struct sbn_host sbn_host;

/* Zero is the default of every member but setup. */
typedef struct sbn_host_options {
    /*
     * Binds the services of one worker's server; runs on the worker's thread
     * before any request. worker counts from 0. Anything but SBN_OK makes
     * sbn_host_start fail. The server is the host's to close: a program that
     * wants to end calls sbn_host_stop, also from inside an operation.
     */
    sbn_status (*setup)(sbn_server *server, unsigned worker, void *data);
    /* On the worker's thread, when its server has gone; its runtime goes
     * afterwards. Also when setup failed, but not when it was not called. */
    void (*teardown)(unsigned worker, void *data);
    void *data;
    unsigned workers; /* threads; default: one a CPU */
    uint32_t drain;   /* ms that requests in flight have when the host stops;
                         default 10000 */
    /* Of each worker's server; its drain_grace is 500 by default here. */
    sbn_server_options server;
    /* Copied, and used by all workers at the same time. NULL: malloc. */
    const sbn_allocator *allocator;
} sbn_host_options;

/* SBN_EINVAL: no setup; SBN_ENOMEM, SBN_EIO */
SBN_EXPORT sbn_status
sbn_host_new(const sbn_host_options *options, sbn_host **ret_host);

/* As those of a server, before start. Connections wait from here on.
 * SBN_ESTATE: it has started; SBN_ELIMIT: 16 sockets. */
SBN_EXPORT sbn_status
sbn_host_listen(sbn_host *host, const char *address, uint16_t port);
SBN_EXPORT sbn_status
sbn_host_listen_unix(sbn_host *host, const char *path);
SBN_EXPORT sbn_status
sbn_host_listen_fd(sbn_host *host, int fd);

/* The first TCP port that is listened on, 0: none, or the host is stopping. */
SBN_EXPORT uint16_t
sbn_host_port(const sbn_host *host);

/* The listening socket number index, in the order of the calls; -1: no more, or
 * the host is stopping. It is the host's. Another host, or a program that
 * follows this one, may listen on it too: what one has not accepted when it
 * stops, the other does. The path of a Unix socket that was asked for stays in
 * the file system; without that it is removed when the host begins to stop. */
SBN_EXPORT int
sbn_host_fd(sbn_host *host, size_t index);

/* The text of the last failure of listen, start or run. */
SBN_EXPORT const char *
sbn_host_error_text(const sbn_host *host);

/* Starts the threads, and returns when all of them serve. When one cannot, none
 * does, and what its setup or the library returned is returned. SBN_ELISTEN:
 * there is nothing to listen on, neither here nor from setup. */
SBN_EXPORT sbn_status
sbn_host_start(sbn_host *host);

/* Asks all workers to stop: no new connections, what is in flight finishes,
 * connections are closed behind their next response. A second call gives them
 * no more time. Any thread, and signal handlers. */
SBN_EXPORT void
sbn_host_stop(sbn_host *host);

/* Until all workers have stopped. */
SBN_EXPORT void
sbn_host_wait(sbn_host *host);

/* start, then wait for SIGTERM, SIGINT or sbn_host_stop, stop, and wait. The
 * signals' handlers are as before afterwards. A second signal gives no more
 * time. SBN_ESTATE: another host of the process is in sbn_host_run. */
SBN_EXPORT sbn_status
sbn_host_run(sbn_host *host);

/* Stops with no time to spare what runs. NULL does nothing. */
SBN_EXPORT void
sbn_host_free(sbn_host *host);

SBN_END_DECLS

#endif
