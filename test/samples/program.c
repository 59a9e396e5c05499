/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/samples/program.h"
#include "test/support/test.h"

static pid_t
start(const char *const *argv, int out, int err)
{
    pid_t parent = getpid(), pid = fork();

    CHECK(pid >= 0);
    if (pid > 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || dup2(out, STDOUT_FILENO) < 0 ||
        (err >= 0 && dup2(err, STDERR_FILENO) < 0))
        _exit(127);
    execv(argv[0], (char *const *)argv);
    _exit(127);
}

static void
make_pipe(int ends[2])
{
    CHECK_INT(pipe2(ends, O_CLOEXEC), ==, 0);
}

void
program_start(struct program *program, const char *const *argv)
{
    int ends[2];

    make_pipe(ends);
    program->pid = start(argv, ends[1], -1);
    program->out = ends[0];
    close(ends[1]);
}

void
program_line(struct program *program, char *line, size_t size)
{
    size_t used = 0;
    char c;

    while (read(program->out, &c, 1) == 1 && c != '\n') {
        CHECK(used + 1 < size);
        line[used++] = c;
    }
    line[used] = '\0';
}

static int
wait_for(pid_t pid)
{
    int status;

    CHECK_INT(waitpid(pid, &status, 0), ==, pid);
    if (!WIFEXITED(status))
        test_fail(__FILE__, __LINE__, "ended by signal %d", WTERMSIG(status));
    return WEXITSTATUS(status);
}

int
program_end(struct program *program, int signal)
{
    close(program->out);
    CHECK_INT(kill(program->pid, signal), ==, 0);
    return wait_for(program->pid);
}

/* Appends what fd has; -1: that was all, and fd is closed. */
static int
drain(int fd, char *text, size_t size)
{
    size_t used = strlen(text);
    ssize_t got = read(fd, text + used, size - used - 1);

    if (got > 0) {
        text[used + (size_t)got] = '\0';
        return fd;
    }
    close(fd);
    return -1;
}

void
program_run(struct output *output, const char *const *argv)
{
    int out[2], err[2];
    pid_t pid;
    struct pollfd polls[2];

    memset(output, 0, sizeof(*output));
    make_pipe(out);
    make_pipe(err);
    pid = start(argv, out[1], err[1]);
    close(out[1]);
    close(err[1]);
    polls[0] = (struct pollfd){.fd = out[0], .events = POLLIN};
    polls[1] = (struct pollfd){.fd = err[0], .events = POLLIN};
    while (polls[0].fd >= 0 || polls[1].fd >= 0) {
        CHECK_INT(poll(polls, 2, -1), >, 0);
        if (polls[0].revents != 0)
            polls[0].fd = drain(polls[0].fd, output->out, sizeof(output->out));
        if (polls[1].revents != 0)
            polls[1].fd = drain(polls[1].fd, output->err, sizeof(output->err));
    }
    output->code = wait_for(pid);
}

static int
tcp_socket(struct sockaddr_in *address, uint16_t port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    CHECK_INT(fd, >=, 0);
    memset(address, 0, sizeof(*address));
    address->sin_family = AF_INET;
    address->sin_port = htons(port);
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return fd;
}

int
tcp_connect(uint16_t port)
{
    struct sockaddr_in address;
    int fd = tcp_socket(&address, port);

    CHECK_INT(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
    return fd;
}

static uint16_t
bind_any(int fd, struct sockaddr_in *address)
{
    socklen_t size = sizeof(*address);

    CHECK_INT(bind(fd, (struct sockaddr *)address, size), ==, 0);
    CHECK_INT(getsockname(fd, (struct sockaddr *)address, &size), ==, 0);
    return ntohs(address->sin_port);
}

int
tcp_listen(uint16_t *ret_port)
{
    struct sockaddr_in address;
    int fd = tcp_socket(&address, 0);

    *ret_port = bind_any(fd, &address);
    CHECK_INT(listen(fd, 16), ==, 0);
    return fd;
}

uint16_t
tcp_dead_port(void)
{
    struct sockaddr_in address;
    int fd = tcp_socket(&address, 0);
    uint16_t port = bind_any(fd, &address);

    close(fd);
    return port;
}
