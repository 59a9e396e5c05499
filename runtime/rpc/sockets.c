/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/rpc/sockets.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runtime/base/memory.h"
#include "runtime/net/runtime.h"
#include "runtime/net/stream.h"

/* ---- Life ----------------------------------------------------------------
 */

void
sbn__sockets_init(struct sbn__sockets *sockets, sbn_runtime *rt, int backlog,
                  char text[SBN__SOCKETS_TEXT])
{
    memset(sockets, 0, sizeof(*sockets));
    sockets->rt = rt;
    sockets->backlog = backlog;
    sockets->text = text;
    pthread_mutex_init(&sockets->lock, NULL);
}

/* A path of ours is given up at once: later somebody else's socket may be
 * there. */
static void
let_go(struct sbn__listening *listening)
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

void
sbn__sockets_let_go(struct sbn__sockets *sockets)
{
    size_t i;

    pthread_mutex_lock(&sockets->lock);
    for (i = 0; i < sockets->count; i++)
        let_go(&sockets->list[i]);
    pthread_mutex_unlock(&sockets->lock);
}

void
sbn__sockets_fini(struct sbn__sockets *sockets)
{
    size_t i;

    sbn__sockets_let_go(sockets);
    for (i = 0; i < sockets->count; i++)
        sbn__free(sbn__runtime_mem(sockets->rt), sockets->list[i].path);
    pthread_mutex_destroy(&sockets->lock);
}

/* ---- Listening -----------------------------------------------------------
 */

static sbn_status
fail(struct sbn__sockets *sockets, sbn_status status, const char *text)
{
    snprintf(sockets->text, SBN__SOCKETS_TEXT, "%s", text);
    return status;
}

/* Room for one more, zeroed. */
static sbn_status
make_room(struct sbn__sockets *sockets, struct sbn__listening **ret_listening)
{
    if (sockets->count == SBN__SOCKETS_MAX) {
        snprintf(sockets->text, SBN__SOCKETS_TEXT,
                 "a host listens on %d sockets at most", SBN__SOCKETS_MAX);
        return SBN_ELIMIT;
    }
    *ret_listening = &sockets->list[sockets->count];
    memset(*ret_listening, 0, sizeof(**ret_listening));
    return SBN_OK;
}

/* As a server would. */
static void
say_where(struct sbn__sockets *sockets, const char *address, uint16_t port,
          const char *why)
{
    if (strchr(address, '/') != NULL)
        snprintf(sockets->text, SBN__SOCKETS_TEXT,
                 "cannot listen on %.280s: %s", address, why);
    else
        snprintf(sockets->text, SBN__SOCKETS_TEXT,
                 strchr(address, ':') != NULL
                     ? "cannot listen on [%.256s]:%u: %s"
                     : "cannot listen on %.256s:%u: %s",
                 address, (unsigned)port, why);
}

/* An address with a slash is a Unix socket's path. */
static sbn_status
open_socket(struct sbn__sockets *sockets, const char *address, uint16_t port)
{
    const sbn_allocator *mem = sbn__runtime_mem(sockets->rt);
    struct sbn__listening *listening;
    sbn_status status = make_room(sockets, &listening);
    const char *why = NULL;

    if (status != SBN_OK)
        return status;
    if (strchr(address, '/') != NULL) {
        listening->path = sbn__strdup(mem, address);
        if (listening->path == NULL)
            return fail(sockets, SBN_ENOMEM, sbn_status_text(SBN_ENOMEM));
    }
    status = sbn__listening_socket(sockets->rt, address, port, sockets->backlog,
                                   &listening->fd, &why);
    if (status != SBN_OK) {
        sbn__free(mem, listening->path);
        say_where(sockets, address, port,
                  why != NULL ? why : sbn_status_text(status));
        return status;
    }
    sockets->count++;
    return SBN_OK;
}

sbn_status
sbn__sockets_listen(struct sbn__sockets *sockets, const char *address,
                    uint16_t port)
{
    if (address == NULL)
        return fail(sockets, SBN_EINVAL,
                    "no address was given; \"0.0.0.0\" and \"::\" are all of "
                    "this machine");
    if (strchr(address, '/') != NULL)
        return fail(sockets, SBN_EINVAL,
                    "the address has a slash; a Unix socket's path is for "
                    "sbn_host_listen_unix");
    return open_socket(sockets, address, port);
}

sbn_status
sbn__sockets_listen_unix(struct sbn__sockets *sockets, const char *path)
{
    char address[300];

    if (path == NULL || path[0] == '\0')
        return fail(sockets, SBN_EINVAL, "no path was given");
    snprintf(address, sizeof(address), "%s%.280s",
             strchr(path, '/') == NULL ? "./" : "", path);
    return open_socket(sockets, address, 0);
}

sbn_status
sbn__sockets_listen_fd(struct sbn__sockets *sockets, int fd)
{
    struct sbn__listening *listening;
    sbn_status status = make_room(sockets, &listening);
    const char *why;

    if (status != SBN_OK)
        return status;
    listening->fd = sbn__socket_share(fd, &why);
    if (listening->fd < 0) {
        snprintf(sockets->text, SBN__SOCKETS_TEXT,
                 "cannot listen on descriptor %d: %s", fd, why);
        return SBN_ELISTEN;
    }
    fcntl(listening->fd, F_SETFL, O_NONBLOCK);
    listening->shared = true;
    sockets->count++;
    return SBN_OK;
}

/* ---- Asking --------------------------------------------------------------
 */

uint16_t
sbn__sockets_port(const struct sbn__sockets *sockets)
{
    pthread_mutex_t *lock = (pthread_mutex_t *)&sockets->lock;
    uint16_t port = 0;
    size_t i;

    pthread_mutex_lock(lock);
    for (i = 0; i < sockets->count && port == 0; i++)
        if (sockets->list[i].fd >= 0)
            port = sbn__socket_port(sockets->list[i].fd);
    pthread_mutex_unlock(lock);
    return port;
}

int
sbn__sockets_give(struct sbn__sockets *sockets, size_t index)
{
    int fd = -1;

    pthread_mutex_lock(&sockets->lock);
    if (index < sockets->count) {
        sockets->list[index].shared = true;
        fd = sockets->list[index].fd;
    }
    pthread_mutex_unlock(&sockets->lock);
    return fd;
}
