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
#include <unistd.h>

#include "runtime/base/memory.h"
#include "runtime/net/runtime.h"
#include "runtime/rpc/serve.h"
#include "runtime/rpc/sockets.h"

enum {
    DRAIN = 10000, /* ms */
    GRACE = 500,   /* ms */
    HOST_TEXT = SBN__SOCKETS_TEXT
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

struct sbn_host {
    sbn_allocator mem;
    sbn_host_options options;
    sbn_runtime *rt; /* for looking up names */
    struct sbn__sockets sockets;
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

    for (i = 0; i < host->sockets.count && status == SBN_OK; i++)
        status = sbn_server_listen_fd(worker->server, host->sockets.list[i].fd);
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

/* run returns when stop was called, and when nothing is pending. */
static void
worker_serve(struct worker *worker)
{
    sbn_host *host = worker->host;
    int stops, done = 0;

    while (!worker->closed) {
        stops = atomic_load(&host->stops);
        if (stops > done)
            sbn__sockets_let_go(&host->sockets);
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
        options->server.backlog = SBN__BACKLOG;
}

static void
host_destroy(sbn_host *host)
{
    const sbn_allocator mem = host->mem;

    sbn__sockets_fini(&host->sockets);
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
    sbn__sockets_init(&host->sockets, rt, host->options.server.backlog,
                      host->text);
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
host_check_open(sbn_host *host)
{
    return host->workers == NULL
               ? SBN_OK
               : host_fail(host, SBN_ESTATE,
                           "it has started; listen before sbn_host_start");
}

sbn_status
sbn_host_listen(sbn_host *host, const char *address, uint16_t port)
{
    sbn_status status = host_check_open(host);

    return status != SBN_OK
               ? status
               : sbn__sockets_listen(&host->sockets, address, port);
}

sbn_status
sbn_host_listen_unix(sbn_host *host, const char *path)
{
    sbn_status status = host_check_open(host);

    return status != SBN_OK ? status
                            : sbn__sockets_listen_unix(&host->sockets, path);
}

sbn_status
sbn_host_listen_fd(sbn_host *host, int fd)
{
    sbn_status status = host_check_open(host);

    return status != SBN_OK ? status
                            : sbn__sockets_listen_fd(&host->sockets, fd);
}

uint16_t
sbn_host_port(const sbn_host *host)
{
    return sbn__sockets_port(&host->sockets);
}

int
sbn_host_fd(sbn_host *host, size_t index)
{
    return sbn__sockets_give(&host->sockets, index);
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
