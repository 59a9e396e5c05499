/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hostile.h"

enum { MAX_SOCKETS = 4096, DRIP_MS = 20 };

const char *const hostile_names[HOSTILE_KINDS] = {
    "mute", "drip", "garbage", "half-open", "flood", "full", "reset"};

/* The envelope is begun in the first chunk. */
static const char good_head[] = "HTTP/1.1 200 OK\r\n"
                                "Content-Type: text/xml; charset=utf-8\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n"
                                "83\r\n<s:Envelope xmlns:s='http://schemas."
                                "xmlsoap.org/soap/envelope/'><s:Body>"
                                "<AddResponse xmlns='http://Microsoft."
                                "ServiceModel.Samples'>\r\n";
static const char drip[] = "4\r\n<s:E\r\n";

struct socket {
    enum hostile_kind kind;
    size_t sent;
    int asked; /* the request, or its start, has been read */
};

struct peers {
    struct pollfd polls[MAX_SOCKETS];
    struct socket sockets[MAX_SOCKETS];
    size_t count;
    char flood[16384];
};

static int
listen_on(uint16_t *ret_port, int backlog)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 ||
        listen(fd, backlog) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0)
        return -1;
    *ret_port = ntohs(address.sin_port);
    return fd;
}

static void
peers_add(struct peers *peers, int fd, enum hostile_kind kind)
{
    if (fd < 0)
        return;
    if (peers->count == MAX_SOCKETS) {
        close(fd);
        return;
    }
    peers->polls[peers->count] = (struct pollfd){.fd = fd, .events = POLLIN};
    peers->sockets[peers->count++] = (struct socket){.kind = kind};
}

static void
peers_remove(struct peers *peers, size_t i)
{
    close(peers->polls[i].fd);
    peers->polls[i] = peers->polls[--peers->count];
    peers->sockets[i] = peers->sockets[peers->count];
}

static void
reset_connection(struct peers *peers, size_t i)
{
    struct linger linger = {.l_onoff = 1, .l_linger = 0};

    setsockopt(peers->polls[i].fd, SOL_SOCKET, SO_LINGER, &linger,
               sizeof(linger));
    peers_remove(peers, i);
}

static int
send_some(int fd, const char *bytes, size_t size)
{
    return send(fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0 ||
           errno == EAGAIN;
}

/* Goes on where the last one stopped: the chunks stay whole. */
static int
send_flood(struct peers *peers, size_t i)
{
    struct socket *s = &peers->sockets[i];
    size_t from = s->sent % sizeof(peers->flood);
    ssize_t sent =
        send(peers->polls[i].fd, peers->flood + from,
             sizeof(peers->flood) - from, MSG_NOSIGNAL | MSG_DONTWAIT);

    if (sent < 0)
        return errno == EAGAIN;
    s->sent += (size_t)sent;
    return 1;
}

/* The request, or a part of it, has come. */
static void
on_request(struct peers *peers, size_t i)
{
    struct socket *s = &peers->sockets[i];
    int fd = peers->polls[i].fd;
    char request[4096];
    ssize_t got = recv(fd, request, sizeof(request), MSG_DONTWAIT);

    if (got == 0 || (got < 0 && errno != EAGAIN)) {
        peers_remove(peers, i);
        return;
    }
    if (s->asked)
        return;
    s->asked = 1;
    if (s->kind == HOSTILE_RESET)
        reset_connection(peers, i);
    else if (s->kind == HOSTILE_HALF)
        shutdown(fd, SHUT_WR);
    else if (s->kind == HOSTILE_DRIP || s->kind == HOSTILE_FLOOD)
        send_some(fd, good_head, sizeof(good_head) - 1);
}

/* What a socket sends by itself, each round; 0: it is gone. */
static int
send_more(struct peers *peers, size_t i, int tick)
{
    struct socket *s = &peers->sockets[i];
    int fd = peers->polls[i].fd;

    if (s->kind == HOSTILE_GARBAGE && tick)
        return send_some(fd, peers->flood, 512);
    if (s->kind == HOSTILE_DRIP && s->asked && tick && s->sent == 0) {
        s->sent = 1;
        return send_some(fd, drip, sizeof(drip) - 1);
    }
    if (s->kind == HOSTILE_FLOOD && s->asked)
        return send_flood(peers, i);
    return 1;
}

/* One chunk of elements without an end. */
static void
make_flood(char *flood, size_t size)
{
    static const char element[] = "<a b='1'>x</a>";
    const size_t content = size - 6 - 2; /* "3ff8\r\n" and "\r\n" */
    size_t i;

    memcpy(flood, "3ff8\r\n", 6);
    memset(flood + 6, ' ', content);
    for (i = 0; i + sizeof(element) - 1 <= content; i += sizeof(element) - 1)
        memcpy(flood + 6 + i, element, sizeof(element) - 1);
    memcpy(flood + size - 2, "\r\n", 2);
}

static void
run(struct peers *peers, const int listeners[HOSTILE_KINDS])
{
    size_t i;
    int fd;

    for (i = 0; i < HOSTILE_KINDS; i++)
        if (i != HOSTILE_FULL)
            peers_add(peers, listeners[i], (enum hostile_kind)i);
    for (;;) {
        int tick = poll(peers->polls, peers->count, DRIP_MS / 4) >= 0;

        for (i = peers->count; i-- > 0;) {
            if (i < HOSTILE_KINDS - 1) { /* a listener */
                if ((peers->polls[i].revents & POLLIN) == 0)
                    continue;
                fd = accept(peers->polls[i].fd, NULL, NULL);
                peers_add(peers, fd, peers->sockets[i].kind);
                if (peers->sockets[i].kind == HOSTILE_MUTE)
                    peers->polls[peers->count - 1].events = 0;
                continue;
            }
            if ((peers->polls[i].revents & (POLLERR | POLLHUP)) != 0)
                peers_remove(peers, i);
            else if ((peers->polls[i].revents & POLLIN) != 0)
                on_request(peers, i);
            else if (!send_more(peers, i, tick))
                peers_remove(peers, i);
        }
    }
}

pid_t
hostile_start(uint16_t ports[HOSTILE_KINDS], unsigned seconds)
{
    static struct peers peers;
    int listeners[HOSTILE_KINDS];
    size_t i;
    pid_t pid;

    for (i = 0; i < HOSTILE_KINDS; i++) {
        listeners[i] = listen_on(&ports[i], i == HOSTILE_FULL ? 0 : 1024);
        if (listeners[i] < 0)
            return -1;
    }
    make_flood(peers.flood, sizeof(peers.flood));
    pid = fork();
    if (pid == 0) {
        alarm(seconds);
        run(&peers, listeners);
    }
    for (i = 0; i < HOSTILE_KINDS; i++)
        if (i != HOSTILE_FULL)
            close(listeners[i]);
    return pid;
}

void
hostile_stop(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}
