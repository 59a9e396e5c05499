/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test/rpc/peer.h"
#include "test/support/test.h"

enum { MAX_CONNS = 512, DRIP_MS = 3 };

struct conn {
    int fd;
    const struct peer_step *script, *step;
    char *in; /* what was read and not taken */
    size_t in_size;
    size_t dripped;
};

struct peer {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int listener, wake[2];
    char url[64];
    const struct peer_step *const *scripts;
    struct conn conns[MAX_CONNS];
    size_t conn_count;
    /* Under the lock. */
    size_t accepted, requests, sent, hangups, ends;
    bool released, stopping;
    char *last_request;
};

static void
peer_count(struct peer *peer, size_t *counter)
{
    pthread_mutex_lock(&peer->lock);
    (*counter)++;
    pthread_cond_broadcast(&peer->changed);
    pthread_mutex_unlock(&peer->lock);
}

static bool
peer_flag(struct peer *peer, const bool *flag)
{
    bool value;

    pthread_mutex_lock(&peer->lock);
    value = *flag;
    pthread_mutex_unlock(&peer->lock);
    return value;
}

/* ---- Connections ----------------------------------------------------------
 */

static void
conn_close(struct peer *peer, struct conn *conn)
{
    close(conn->fd);
    free(conn->in);
    *conn = peer->conns[--peer->conn_count];
}

static bool
send_all(int fd, const char *bytes, size_t size)
{
    ssize_t sent;

    while (size > 0) {
        sent = send(fd, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

static bool
send_reply(int fd, const struct peer_step *step)
{
    const char *type = step->type ? step->type : "text/xml; charset=utf-8";
    const char *body = step->text ? step->text : "";
    size_t room = strlen(body) + 512;
    char *text = malloc(room);
    bool ok;

    snprintf(text, room, "HTTP/1.1 %s\r\n%s%s%sContent-Length: %zu\r\n\r\n%s",
             step->status ? step->status : "200 OK",
             type[0] ? "Content-Type: " : "", type, type[0] ? "\r\n" : "",
             strlen(body), body);
    ok = send_all(fd, text, strlen(text));
    free(text);
    return ok;
}

static bool
send_pieces(int fd, const char *text)
{
    for (; *text != '\0'; text++)
        if (!send_all(fd, text, 1))
            return false;
    return true;
}

static void
conn_reset(int fd)
{
    struct linger linger = {1, 0};

    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
}

/* The size of the request at the front of what was read; 0: not all is here. */
static size_t
request_size(const struct conn *conn)
{
    const char *end, *field;
    size_t size;

    if (conn->in == NULL)
        return 0;
    end = strstr(conn->in, "\r\n\r\n");
    if (end == NULL)
        return 0;
    size = (size_t)(end - conn->in) + 4;
    field = strcasestr(conn->in, "\r\nContent-Length:");
    if (field != NULL && field < end)
        size += strtoul(field + 17, NULL, 10);
    return size <= conn->in_size ? size : 0;
}

static bool
take_request(struct peer *peer, struct conn *conn)
{
    size_t size = request_size(conn);

    if (size == 0)
        return false;
    pthread_mutex_lock(&peer->lock);
    free(peer->last_request);
    peer->last_request = strndup(conn->in, size);
    peer->requests++;
    pthread_cond_broadcast(&peer->changed);
    pthread_mutex_unlock(&peer->lock);
    memmove(conn->in, conn->in + size, conn->in_size - size + 1);
    conn->in_size -= size;
    return true;
}

/* Whether the connection lives on. */
static bool
conn_read(struct conn *conn)
{
    char bytes[16384];
    ssize_t got = recv(conn->fd, bytes, sizeof(bytes), 0);

    if (got <= 0)
        return false;
    conn->in = realloc(conn->in, conn->in_size + (size_t)got + 1);
    memcpy(conn->in + conn->in_size, bytes, (size_t)got);
    conn->in_size += (size_t)got;
    conn->in[conn->in_size] = '\0';
    return true;
}

static bool
drip(struct conn *conn)
{
    const char *text = conn->step->text;
    size_t last = strlen(text) - 1;

    return send_all(conn->fd,
                    text + (conn->dripped < last ? conn->dripped++ : last), 1);
}

/* Plays what can be played now; false: the connection is at its end. */
static bool
conn_play(struct peer *peer, struct conn *conn)
{
    bool ok;

    for (;;) {
        switch (conn->step->op) {
        case PEER_END:
            return false;
        case PEER_RESET:
            conn_reset(conn->fd);
            return false;
        case PEER_AGAIN:
            conn->step = conn->script;
            continue;
        case PEER_READ:
            if (!take_request(peer, conn))
                return true;
            break;
        case PEER_WAIT:
            if (!peer_flag(peer, &peer->released))
                return true;
            break;
        case PEER_HOLD:
        case PEER_DRIP:
            return true;
        case PEER_REPLY:
        case PEER_RAW:
        case PEER_PIECES:
            ok = conn->step->op == PEER_REPLY ? send_reply(conn->fd, conn->step)
                 : conn->step->op == PEER_RAW
                     ? send_all(conn->fd, conn->step->text,
                                strlen(conn->step->text))
                     : send_pieces(conn->fd, conn->step->text);
            peer_count(peer, &peer->sent);
            if (!ok)
                return false;
            break;
        }
        conn->step++;
    }
}

/* ---- The thread -----------------------------------------------------------
 */

static void
peer_accept(struct peer *peer)
{
    int fd = accept(peer->listener, NULL, NULL), on = 1;
    struct conn *conn = &peer->conns[peer->conn_count];
    size_t number = 0;

    if (fd < 0)
        return;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    memset(conn, 0, sizeof(*conn));
    conn->fd = fd;
    while (number < peer->accepted && peer->scripts[number + 1] != NULL)
        number++;
    conn->script = conn->step = peer->scripts[number];
    peer->conn_count++;
    peer_count(peer, &peer->accepted);
    if (!conn_play(peer, conn))
        conn_close(peer, conn);
}

static short
conn_interest(const struct conn *conn)
{
    return conn->step->op == PEER_READ ? POLLIN : POLLRDHUP;
}

static void
conn_serve(struct peer *peer, struct conn *conn, short events)
{
    if ((events & POLLIN) != 0 ? !conn_read(conn)
                               : (events & (POLLRDHUP | POLLHUP | POLLERR))) {
        conn_close(peer, conn);
        peer_count(peer, &peer->hangups);
    } else if ((conn->step->op == PEER_DRIP && !drip(conn)) ||
               !conn_play(peer, conn)) {
        conn_close(peer, conn);
        peer_count(peer, &peer->ends);
    }
}

static bool
peer_turn(struct peer *peer)
{
    struct pollfd fds[MAX_CONNS + 2];
    char bytes[64];
    int wait = -1;
    size_t i, count = peer->conn_count;

    fds[0] = (struct pollfd){peer->wake[0], POLLIN, 0};
    fds[1] = (struct pollfd){peer->listener, POLLIN, 0};
    for (i = 0; i < count; i++) {
        fds[i + 2] = (struct pollfd){peer->conns[i].fd,
                                     conn_interest(&peer->conns[i]), 0};
        if (peer->conns[i].step->op == PEER_DRIP)
            wait = DRIP_MS;
    }
    poll(fds, count + 2, wait);
    if (fds[0].revents != 0 && read(peer->wake[0], bytes, sizeof(bytes)) < 0)
        return false;
    /* From the last, so that closing moves only what has been served. */
    for (i = count; i-- > 0;)
        conn_serve(peer, &peer->conns[i], fds[i + 2].revents);
    if (fds[1].revents != 0 && peer->conn_count < MAX_CONNS)
        peer_accept(peer);
    return !peer_flag(peer, &peer->stopping);
}

static void *
peer_main(void *data)
{
    struct peer *peer = data;

    while (peer_turn(peer))
        ;
    while (peer->conn_count > 0)
        conn_close(peer, &peer->conns[0]);
    return NULL;
}

/* ---- For tests ------------------------------------------------------------
 */

struct peer *
peer_start(const struct peer_step *const *scripts)
{
    struct peer *peer = calloc(1, sizeof(*peer));
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    pthread_mutex_init(&peer->lock, NULL);
    pthread_cond_init(&peer->changed, NULL);
    peer->scripts = scripts;
    peer->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(peer->listener, (struct sockaddr *)&address, size) != 0 ||
        listen(peer->listener, MAX_CONNS) != 0 ||
        getsockname(peer->listener, (struct sockaddr *)&address, &size) != 0 ||
        pipe(peer->wake) != 0)
        test_fail(__FILE__, __LINE__, "the peer cannot listen");
    snprintf(peer->url, sizeof(peer->url), "http://127.0.0.1:%u/service",
             ntohs(address.sin_port));
    if (pthread_create(&peer->thread, NULL, peer_main, peer) != 0)
        test_fail(__FILE__, __LINE__, "no thread for the peer");
    return peer;
}

struct peer *
peer_start_all(const struct peer_step *script)
{
    static const struct peer_step *scripts[2];

    scripts[0] = script;
    return peer_start(scripts);
}

static void
peer_poke(struct peer *peer, bool *flag)
{
    pthread_mutex_lock(&peer->lock);
    *flag = true;
    pthread_mutex_unlock(&peer->lock);
    if (write(peer->wake[1], "", 1) != 1)
        test_fail(__FILE__, __LINE__, "the peer does not hear");
}

void
peer_stop(struct peer *peer)
{
    peer_poke(peer, &peer->stopping);
    pthread_join(peer->thread, NULL);
    close(peer->listener);
    close(peer->wake[0]);
    close(peer->wake[1]);
    pthread_cond_destroy(&peer->changed);
    pthread_mutex_destroy(&peer->lock);
    free(peer->last_request);
    free(peer);
}

const char *
peer_url(const struct peer *peer)
{
    return peer->url;
}

void
peer_release(struct peer *peer)
{
    peer_poke(peer, &peer->released);
}

static void
peer_await(struct peer *peer, const size_t *counter, size_t count)
{
    pthread_mutex_lock(&peer->lock);
    while (*counter < count)
        pthread_cond_wait(&peer->changed, &peer->lock);
    pthread_mutex_unlock(&peer->lock);
}

void
peer_await_requests(struct peer *peer, size_t count)
{
    peer_await(peer, &peer->requests, count);
}

void
peer_await_sent(struct peer *peer, size_t count)
{
    peer_await(peer, &peer->sent, count);
}

void
peer_await_hangups(struct peer *peer, size_t count)
{
    peer_await(peer, &peer->hangups, count);
}

void
peer_await_ends(struct peer *peer, size_t count)
{
    peer_await(peer, &peer->ends, count);
}

static size_t
peer_get(struct peer *peer, const size_t *counter)
{
    size_t value;

    pthread_mutex_lock(&peer->lock);
    value = *counter;
    pthread_mutex_unlock(&peer->lock);
    return value;
}

size_t
peer_connections(struct peer *peer)
{
    return peer_get(peer, &peer->accepted);
}

size_t
peer_requests(struct peer *peer)
{
    return peer_get(peer, &peer->requests);
}

const char *
peer_last_request(struct peer *peer)
{
    return peer->last_request;
}
