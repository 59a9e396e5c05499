/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hosts. All workers wait on the same listening sockets (docs/design/server.md
 * says why not on sockets of their own), so that a worker that stops leaves
 * nothing behind in a backlog.
 */
#include <sebon/host.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "runtime/base/memory.h"
#include "runtime/net/runtime.h"
#include "runtime/net/stream.h"
#include "runtime/rpc/serve.h"

enum {
    MAX_SOCKETS = 16,
    DRAIN = 10000, /* ms */
    GRACE = 500,   /* ms */
    BACKLOG = 1024,
    HOST_TEXT = 400
};

struct worker {
    sbn_host *host;
    unsigned number;
    pthread_t thread;
    _Atomic(sbn_runtime *) rt; /* goes when the thread has ended */
    sbn_server *server;
    sbn_status status; /* of the start */
    bool set_up;       /* setup was called */
    bool closed;
};

enum phase { PHASE_STARTING, PHASE_SERVING, PHASE_CANCELLED };

struct listening {
    int fd;      /* -1: let go of */
    bool shared; /* others may listen on it */
    char *path;  /* of a Unix socket of ours */
};

struct sbn_host {
    sbn_allocator mem;
    sbn_host_options options;
    sbn_runtime *rt; /* for looking up names */
    struct listening sockets[MAX_SOCKETS];
    size_t socket_count;
    struct worker *workers;
    atomic_uint running; /* threads to join */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned reported; /* workers whose start is over; guarded by lock */
    enum phase phase;  /* guarded by lock */
    atomic_int stops;  /* how often stop was called */
    int wake[2];       /* run waits on [0] */
    char text[HOST_TEXT];
};

/* ---- A worker -------------------------------------------------------------
 */

static void
on_server_closed(void *data)
{
    struct worker *worker = data;

    worker->closed = true;
    worker->server = NULL;
}

static sbn_status
worker_open(struct worker *worker)
{
    sbn_host *host = worker->host;
    const sbn_runtime_options options = {.allocator = &host->mem};
    sbn_runtime *rt = NULL;
    sbn_status status = sbn_runtime_new(&options, &rt);

    if (status != SBN_OK)
        return status;
    atomic_store(&worker->rt, rt);
    status = sbn_server_new(rt, &host->options.server, &worker->server);
    if (status != SBN_OK)
        return status;
    worker->set_up = true;
    return host->options.setup(worker->server, worker->number,
                               host->options.data);
}

static sbn_status
worker_listen(struct worker *worker)
{
    sbn_host *host = worker->host;
    sbn_status status = SBN_OK;
    size_t i;

    for (i = 0; i < host->socket_count && status == SBN_OK; i++)
        status = sbn_server_listen_fd(worker->server, host->sockets[i].fd);
    return status;
}

/* Tells that the start is over and waits for what the others say. */
static enum phase
worker_report(struct worker *worker)
{
    sbn_host *host = worker->host;
    enum phase phase;

    pthread_mutex_lock(&host->lock);
    host->reported++;
    pthread_cond_broadcast(&host->changed);
    while (host->phase == PHASE_STARTING)
        pthread_cond_wait(&host->changed, &host->lock);
    phase = host->phase;
    pthread_mutex_unlock(&host->lock);
    return phase;
}

/* Nobody else has what we opened, unless he asked for it: then it is refused to
 * newcomers, and a path is given up at once, for later somebody else's socket
 * may be there. */
static void
let_go(struct listening *listening)
{
    if (listening->fd < 0)
        return;
    if (!listening->shared && listening->path != NULL)
        unlink(listening->path);
    else if (!listening->shared)
        sbn__socket_refuse(listening->fd);
    close(listening->fd);
    listening->fd = -1;
}

/* The first worker that stops: the sockets are the workers' alone from here on.
 */
static void
host_let_go(sbn_host *host)
{
    size_t i;

    pthread_mutex_lock(&host->lock);
    for (i = 0; i < host->socket_count; i++)
        let_go(&host->sockets[i]);
    pthread_mutex_unlock(&host->lock);
}

/* run returns when stop was called, and when nothing is pending. */
static void
worker_serve(struct worker *worker)
{
    sbn_host *host = worker->host;
    int stops, done = 0;

    while (!worker->closed) {
        stops = atomic_load(&host->stops);
        if (stops > done)
            host_let_go(host);
        if (stops > done)
            sbn_server_close(worker->server,
                             stops > 1 ? 0 : host->options.drain,
                             on_server_closed, worker);
        done = stops;
        sbn_runtime_run(atomic_load(&worker->rt));
    }
}

static void
worker_close(struct worker *worker)
{
    sbn_host *host = worker->host;

    sbn_server_free(worker->server);
    if (worker->set_up && host->options.teardown != NULL)
        host->options.teardown(worker->number, host->options.data);
}

static void *
worker_main(void *data)
{
    struct worker *worker = data;

    worker->status = worker_open(worker);
    if (worker->status == SBN_OK)
        worker->status = worker_listen(worker);
    if (worker_report(worker) == PHASE_SERVING)
        worker_serve(worker);
    worker_close(worker);
    return NULL;
}

/* ---- Making ---------------------------------------------------------------
 */

static unsigned
processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : count > 256 ? 256 : (unsigned)count;
}

static void
set_defaults(sbn_host_options *options)
{
    if (options->workers == 0)
        options->workers = processors();
    if (options->drain == 0)
        options->drain = DRAIN;
    if (options->server.drain_grace == 0)
        options->server.drain_grace = GRACE;
    if (options->server.backlog == 0)
        options->server.backlog = BACKLOG;
}

static void
host_destroy(sbn_host *host)
{
    const sbn_allocator mem = host->mem;
    size_t i;

    host_let_go(host);
    for (i = 0; i < host->socket_count; i++)
        sbn__free(&mem, host->sockets[i].path);
    close(host->wake[0]);
    close(host->wake[1]);
    sbn_runtime_free(host->rt);
    pthread_cond_destroy(&host->changed);
    pthread_mutex_destroy(&host->lock);
    sbn__free(&mem, host->workers);
    sbn__free(&mem, host);
}

sbn_status
sbn_host_new(const sbn_host_options *options, sbn_host **ret_host)
{
    sbn_runtime_options runtime_options = {.loop = NULL};
    sbn_runtime *rt;
    sbn_host *host;
    sbn_status status;
    int wake[2];

    if (options == NULL || options->setup == NULL)
        return SBN_EINVAL;
    runtime_options.allocator = options->allocator;
    status = sbn_runtime_new(&runtime_options, &rt);
    if (status != SBN_OK)
        return status;
    host = sbn__zalloc(sbn__runtime_mem(rt), sizeof(*host));
    if (host == NULL || pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0) {
        status = host == NULL ? SBN_ENOMEM : SBN_EIO;
        sbn__free(sbn__runtime_mem(rt), host);
        sbn_runtime_free(rt);
        return status;
    }
    host->rt = rt;
    host->mem = *sbn__runtime_mem(rt);
    host->options = *options;
    host->wake[0] = wake[0];
    host->wake[1] = wake[1];
    set_defaults(&host->options);
    pthread_mutex_init(&host->lock, NULL);
    pthread_cond_init(&host->changed, NULL);
    *ret_host = host;
    return SBN_OK;
}

/* ---- Listening ------------------------------------------------------------
 */

static sbn_status
host_fail(sbn_host *host, sbn_status status, const char *text)
{
    snprintf(host->text, sizeof(host->text), "%s", text);
    return status;
}

static sbn_status
host_check_room(sbn_host *host)
{
    if (host->workers != NULL)
        return host_fail(host, SBN_ESTATE,
                         "it has started; listen before sbn_host_start");
    if (host->socket_count == MAX_SOCKETS) {
        snprintf(host->text, sizeof(host->text),
                 "a host listens on %d sockets at most", MAX_SOCKETS);
        return SBN_ELIMIT;
    }
    return SBN_OK;
}

/* As a server would. */
static void
say_where(sbn_host *host, const char *address, uint16_t port, const char *why)
{
    if (strchr(address, '/') != NULL)
        snprintf(host->text, sizeof(host->text), "cannot listen on %.280s: %s",
                 address, why);
    else
        snprintf(host->text, sizeof(host->text),
                 strchr(address, ':') != NULL
                     ? "cannot listen on [%.256s]:%u: %s"
                     : "cannot listen on %.256s:%u: %s",
                 address, (unsigned)port, why);
}

static sbn_status
host_listen(sbn_host *host, const char *address, uint16_t port)
{
    struct listening *listening = &host->sockets[host->socket_count];
    const char *why = NULL;
    sbn_status status = host_check_room(host);

    if (status != SBN_OK)
        return status;
    memset(listening, 0, sizeof(*listening));
    if (strchr(address, '/') != NULL) {
        listening->path = sbn__strdup(&host->mem, address);
        if (listening->path == NULL)
            return host_fail(host, SBN_ENOMEM, sbn_status_text(SBN_ENOMEM));
    }
    status = sbn__listening_socket(host->rt, address, port,
                                   host->options.server.backlog, &listening->fd,
                                   &why);
    if (status != SBN_OK) {
        sbn__free(&host->mem, listening->path);
        say_where(host, address, port,
                  why != NULL ? why : sbn_status_text(status));
        return status;
    }
    host->socket_count++;
    return SBN_OK;
}

sbn_status
sbn_host_listen(sbn_host *host, const char *address, uint16_t port)
{
    if (address == NULL || strchr(address, '/') != NULL)
        return host_fail(host, SBN_EINVAL,
                         address == NULL
                             ? "no address was given; \"0.0.0.0\" and \"::\" "
                               "are all of this machine"
                             : "the address has a slash; a Unix socket's path "
                               "is for sbn_host_listen_unix");
    return host_listen(host, address, port);
}

sbn_status
sbn_host_listen_unix(sbn_host *host, const char *path)
{
    char text[300];

    if (path == NULL || path[0] == '\0')
        return host_fail(host, SBN_EINVAL, "no path was given");
    /* For the layers below a host with a slash is a socket's path. */
    snprintf(text, sizeof(text), "%s%.280s",
             strchr(path, '/') == NULL ? "./" : "", path);
    return host_listen(host, text, 0);
}

sbn_status
sbn_host_listen_fd(sbn_host *host, int fd)
{
    struct listening *listening = &host->sockets[host->socket_count];
    sbn_status status = host_check_room(host);
    const char *why;

    if (status != SBN_OK)
        return status;
    memset(listening, 0, sizeof(*listening));
    listening->fd = sbn__socket_share(fd, &why);
    if (listening->fd < 0) {
        snprintf(host->text, sizeof(host->text),
                 "cannot listen on descriptor %d: %s", fd, why);
        return SBN_ELISTEN;
    }
    fcntl(listening->fd, F_SETFL, O_NONBLOCK);
    listening->shared = true;
    host->socket_count++;
    return SBN_OK;
}

uint16_t
sbn_host_port(const sbn_host *host)
{
    pthread_mutex_t *lock = (pthread_mutex_t *)&host->lock;
    uint16_t port = 0;
    size_t i;

    pthread_mutex_lock(lock); /* a worker that stops lets go of them */
    for (i = 0; i < host->socket_count && port == 0; i++)
        if (host->sockets[i].fd >= 0)
            port = sbn__socket_port(host->sockets[i].fd);
    pthread_mutex_unlock(lock);
    return port;
}

int
sbn_host_fd(sbn_host *host, size_t index)
{
    int fd = -1;

    pthread_mutex_lock(&host->lock);
    if (index < host->socket_count) {
        host->sockets[index].shared = true;
        fd = host->sockets[index].fd;
    }
    pthread_mutex_unlock(&host->lock);
    return fd;
}

const char *
sbn_host_error_text(const sbn_host *host)
{
    return host->text;
}

/* ---- Starting and stopping ------------------------------------------------
 */

static sbn_status
start_threads(sbn_host *host)
{
    unsigned count = host->options.workers, i;

    for (i = 0; i < count; i++) {
        struct worker *worker = &host->workers[i];

        worker->host = host;
        worker->number = i;
        if (pthread_create(&worker->thread, NULL, worker_main, worker) != 0) {
            snprintf(host->text, sizeof(host->text),
                     "cannot start thread %u of %u", i + 1, count);
            return SBN_ENOMEM;
        }
        atomic_store(&host->running, i + 1);
    }
    return SBN_OK;
}

/* Why it could not start: the server's text, or the status's when it has none.
 */
static sbn_status
worker_failed(struct worker *worker)
{
    sbn_host *host = worker->host;
    const char *text = "";

    if (worker->server != NULL)
        text = sbn_server_error_text(worker->server);
    if (text[0] != '\0')
        snprintf(host->text, sizeof(host->text), "worker %u: %.380s",
                 worker->number, text);
    else
        snprintf(host->text, sizeof(host->text), "worker %u: %s failed: %s",
                 worker->number, worker->set_up ? "setup" : "its start",
                 sbn_status_text(worker->status));
    return worker->status;
}

/* Of all workers, which wait for it. */
static sbn_status
host_check_start(sbn_host *host)
{
    unsigned i;

    for (i = 0; i < host->running; i++)
        if (host->workers[i].status != SBN_OK)
            return worker_failed(&host->workers[i]);
    for (i = 0; i < host->running; i++)
        if (!host->workers[i].server->held)
            return host_fail(host, SBN_ELISTEN,
                             "it listens nowhere; call sbn_host_listen, or one "
                             "of its kind, before sbn_host_start");
    return SBN_OK;
}

/* Lets the workers go on when each could start. */
static sbn_status
await_start(sbn_host *host, sbn_status status)
{
    pthread_mutex_lock(&host->lock);
    while (host->reported < host->running)
        pthread_cond_wait(&host->changed, &host->lock);
    if (status == SBN_OK)
        status = host_check_start(host);
    host->phase = status == SBN_OK ? PHASE_SERVING : PHASE_CANCELLED;
    pthread_cond_broadcast(&host->changed);
    pthread_mutex_unlock(&host->lock);
    return status;
}

sbn_status
sbn_host_start(sbn_host *host)
{
    sbn_status status;

    if (host->workers != NULL)
        return host_fail(host, SBN_ESTATE,
                         "it has started already; make another host");
    host->workers =
        sbn__zalloc(&host->mem, host->options.workers * sizeof(struct worker));
    if (host->workers == NULL)
        return host_fail(host, SBN_ENOMEM, sbn_status_text(SBN_ENOMEM));
    host->text[0] = '\0';
    status = await_start(host, start_threads(host));
    if (status != SBN_OK)
        sbn_host_wait(host);
    return status;
}

void
sbn_host_stop(sbn_host *host)
{
    int saved = errno;
    sbn_runtime *rt;
    unsigned i;

    atomic_fetch_add(&host->stops, 1);
    for (i = 0; i < atomic_load(&host->running); i++) {
        rt = atomic_load(&host->workers[i].rt);
        if (rt != NULL)
            sbn_runtime_stop(rt);
    }
    if (write(host->wake[1], "", 1) < 0)
        errno = 0; /* full: it wakes all the same */
    errno = saved;
}

void
sbn_host_wait(sbn_host *host)
{
    unsigned i, count = atomic_load(&host->running);

    for (i = 0; i < count; i++)
        pthread_join(host->workers[i].thread, NULL);
    /* Only now, for stop may be about to wake one. */
    atomic_store(&host->running, 0);
    for (i = 0; i < count; i++)
        sbn_runtime_free(atomic_load(&host->workers[i].rt));
}

void
sbn_host_free(sbn_host *host)
{
    if (host == NULL)
        return;
    sbn_host_stop(host);
    sbn_host_stop(host);
    sbn_host_wait(host);
    host_destroy(host);
}

/* ---- Running until a signal -----------------------------------------------
 */

/* Whose run it is that signals are for. */
static _Atomic(sbn_host *) in_run;

static void
on_signal(int signum)
{
    sbn_host *host = atomic_load(&in_run);

    if (host != NULL)
        sbn_host_stop(host);
}

static void
await_stop(sbn_host *host)
{
    struct pollfd fd = {.fd = host->wake[0], .events = POLLIN};

    while (atomic_load(&host->stops) == 0)
        poll(&fd, 1, -1);
}

sbn_status
sbn_host_run(sbn_host *host)
{
    /* Operations on other threads are not to fail with EINTR. */
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    struct sigaction term, interrupt;
    sbn_host *none = NULL;
    sbn_status status;

    if (!atomic_compare_exchange_strong(&in_run, &none, host))
        return host_fail(host, SBN_ESTATE,
                         "a host of this process is running, and signals are "
                         "for that; use sbn_host_start and sbn_host_wait");
    sigaction(SIGTERM, &action, &term);
    sigaction(SIGINT, &action, &interrupt);
    status = sbn_host_start(host);
    if (status == SBN_OK) {
        await_stop(host);
        sbn_host_wait(host);
    }
    sigaction(SIGTERM, &term, NULL);
    sigaction(SIGINT, &interrupt, NULL);
    atomic_store(&in_run, NULL);
    return status;
}
