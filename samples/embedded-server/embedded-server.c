/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A TCP server of its own, on its own libuv loop, that calls the calculator
 * for each line its clients send:
 *
 *   add 100 15.99      ->  115.99
 *   divide 1 0         ->  error: Divide: ... the divisor is zero
 *
 * One thread serves thousands of clients: nothing here waits.  A client's lines
 * are called at once and answered in their order.  A client that ends its
 * stream has left; what it still waits for is cancelled.
 *
 *   sebon generate calculator.wsdl --out .
 *   cc -o embedded-server embedded-server.c calculator.c \
 *      $(pkg-config --cflags --libs sebon libuv)
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <uv.h>

#include "calculator.h"

/* What one client can make this program hold. */
enum {
    MAX_LINES = 32, /* on their way; the next ones wait in the buffer */
    MAX_LINE = 256, /* bytes of one line; a longer one is refused */
    BUFFER = 4096,  /* bytes read ahead; full: the client is not read */
    MAX_ANSWER = 256
};

typedef sbn_status begin_fn(calculator_client *client, sbn_call *call,
                            double n1, double n2, sbn_call_fn *done,
                            void *state);
typedef sbn_status end_fn(sbn_call *call, double *ret_result);

struct operation {
    const char *name;
    begin_fn *begin;
    end_fn *end;
};

static const struct operation operations[] = {
    {"add", calculator_begin_add, calculator_end_add},
    {"subtract", calculator_begin_subtract, calculator_end_subtract},
    {"multiply", calculator_begin_multiply, calculator_end_multiply},
    {"divide", calculator_begin_divide, calculator_end_divide},
};

struct peer;

/* A line that was read, until its answer is written. */
struct line {
    struct line *next; /* of the peer, in order; or of the unused ones */
    struct peer *peer;
    const struct operation *operation;
    sbn_call *call; /* NULL: not needed yet */
    bool answered;
    char answer[MAX_ANSWER];
};

/* One client. */
struct peer {
    uv_tcp_t tcp;
    struct program *program;
    struct peer *prev, *next;
    struct line *first, **last;
    size_t lines;   /* from first on */
    size_t active;  /* of them, calls that have not completed */
    size_t writing; /* of them, at the front, in the write under way */
    uv_write_t write;
    bool reading, closing, closed;
    bool refusing; /* inside a line that is too long */
    size_t used;   /* bytes in buffer */
    char buffer[BUFFER];
};

struct program {
    uv_loop_t loop;
    uv_tcp_t listener;
    uv_signal_t sigint, sigterm;
    sbn_runtime *runtime;
    calculator_client *calc;
    bool waiting; /* a connection, for memory */
    struct peer *peers;
    struct line *unused; /* lines with their calls, to be used again */
};

static void peer_take_lines(struct peer *peer);
static void on_connection(uv_stream_t *listener, int status);

/* ---- Lines -----------------------------------------------------------------
 */

static struct line *
line_new(struct peer *peer)
{
    struct program *program = peer->program;
    struct line *line = program->unused;

    if (line != NULL)
        program->unused = line->next;
    else if ((line = calloc(1, sizeof(*line))) == NULL)
        return NULL;
    line->next = NULL;
    line->peer = peer;
    line->answered = false;
    *peer->last = line;
    peer->last = &line->next;
    peer->lines++;
    return line;
}

static void
line_drop_first(struct peer *peer)
{
    struct line *line = peer->first;

    peer->first = line->next;
    if (peer->first == NULL)
        peer->last = &peer->first;
    peer->lines--;
    line->next = peer->program->unused;
    peer->program->unused = line;
}

/* text may come from the service: it must stay one line. */
static void
line_answer(struct line *line, const char *prefix, const char *text)
{
    size_t i;

    snprintf(line->answer, sizeof(line->answer) - 1, "%s%s", prefix, text);
    for (i = 0; line->answer[i] != '\0'; i++)
        if ((unsigned char)line->answer[i] < ' ')
            line->answer[i] = ' ';
    line->answer[i] = '\n';
    line->answer[i + 1] = '\0';
    line->answered = true;
}

/* ---- Clients ---------------------------------------------------------------
 */

/* Frees a client once nothing can call back for it. */
static void
peer_release(struct peer *peer)
{
    struct program *program = peer->program;

    if (!peer->closed || peer->active > 0)
        return;
    while (peer->first != NULL)
        line_drop_first(peer);
    free(peer);
    if (program->waiting && !uv_is_closing((uv_handle_t *)&program->listener))
        on_connection((uv_stream_t *)&program->listener, 0);
}

static void
on_peer_closed(uv_handle_t *handle)
{
    struct peer *peer = handle->data;

    peer->closed = true;
    peer_release(peer);
}

static void
peer_close(struct peer *peer)
{
    struct line *line;

    if (peer->closing)
        return;
    peer->closing = true;
    if (peer->prev != NULL)
        peer->prev->next = peer->next;
    else
        peer->program->peers = peer->next;
    if (peer->next != NULL)
        peer->next->prev = peer->prev;
    for (line = peer->first; line != NULL; line = line->next)
        if (!line->answered)
            sbn_call_cancel(line->call); /* its completion comes later */
    uv_close((uv_handle_t *)&peer->tcp, on_peer_closed);
}

/* ---- Answers ---------------------------------------------------------------
 */

static void peer_write(struct peer *peer);

static void
on_written(uv_write_t *write, int status)
{
    struct peer *peer = write->data;

    if (peer->closing)
        return;
    if (status != 0) {
        peer_close(peer);
        return;
    }
    for (; peer->writing > 0; peer->writing--)
        line_drop_first(peer);
    peer_write(peer);
    peer_take_lines(peer);
}

/* Writes all answers that are next in order, in one go. */
static void
peer_write(struct peer *peer)
{
    uv_buf_t bufs[MAX_LINES];
    struct line *line;
    unsigned count = 0;

    if (peer->writing > 0 || peer->closing)
        return;
    for (line = peer->first; line != NULL && line->answered; line = line->next)
        bufs[count++] =
            uv_buf_init(line->answer, (unsigned)strlen(line->answer));
    if (count == 0)
        return;
    peer->writing = count;
    peer->write.data = peer;
    if (uv_write(&peer->write, (uv_stream_t *)&peer->tcp, bufs, count,
                 on_written) != 0)
        peer_close(peer);
}

/* ---- Calls -----------------------------------------------------------------
 */

static void
on_call_done(sbn_call *call, void *state)
{
    struct line *line = state;
    struct peer *peer = line->peer;
    char text[32];
    double result;

    peer->active--;
    if (line->operation->end(call, &result) == SBN_OK) {
        snprintf(text, sizeof(text), "%.15g", result);
        line_answer(line, "", text);
    } else {
        line_answer(line, "error: ", sbn_error_text(sbn_call_error(call)));
    }
    if (peer->closing)
        peer_release(peer);
    else
        peer_write(peer);
}

static void
line_call(struct line *line, double n1, double n2)
{
    struct program *program = line->peer->program;
    sbn_status status = SBN_OK;

    if (line->call == NULL)
        status = sbn_call_new(program->runtime, &line->call);
    if (status == SBN_OK)
        status = line->operation->begin(program->calc, line->call, n1, n2,
                                        on_call_done, line);
    if (status == SBN_OK)
        line->peer->active++;
    else
        line_answer(line, "error: ", sbn_status_text(status));
}

/* "add 100 15.99" */
static void
line_run(struct line *line, const char *text)
{
    char name[16], rest;
    double n1, n2;
    size_t i;

    if (sscanf(text, "%15s %lf %lf %c", name, &n1, &n2, &rest) != 3) {
        line_answer(line, "error: ", "not of the form 'OPERATION N1 N2'");
        return;
    }
    for (i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
        if (strcmp(name, operations[i].name) == 0) {
            line->operation = &operations[i];
            line_call(line, n1, n2);
            return;
        }
    }
    line_answer(line, "error: ",
                "the operations are add, subtract, multiply and divide");
}

/* ---- Reading ---------------------------------------------------------------
 */

static void
on_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
    struct peer *peer = handle->data;

    (void)suggested;
    *buf =
        uv_buf_init(peer->buffer + peer->used, (unsigned)(BUFFER - peer->used));
}

static void
on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *buf)
{
    struct peer *peer = stream->data;

    (void)buf;
    if (size < 0) { /* the end, or the connection is lost */
        peer_close(peer);
        return;
    }
    peer->used += (size_t)size;
    peer_take_lines(peer);
}

/* Reads while there is room in the buffer. */
static void
peer_want_more(struct peer *peer)
{
    bool room = peer->used < BUFFER;

    if (peer->closing || room == peer->reading)
        return;
    peer->reading = room;
    if (!room)
        uv_read_stop((uv_stream_t *)&peer->tcp);
    else if (uv_read_start((uv_stream_t *)&peer->tcp, on_buffer, on_read) != 0)
        peer_close(peer);
}

/* text: one line without its newline, or the beginning of one that is too
 * long; false: no memory for it. */
static bool
peer_take_line(struct peer *peer, char *text, size_t size)
{
    struct line *line = line_new(peer);

    if (line == NULL)
        return false;
    if (size > MAX_LINE) {
        line_answer(line, "error: ", "the line is too long");
        return true;
    }
    if (memchr(text, '\0', size) != NULL) {
        line_answer(line, "error: ", "the line is not text");
        return true;
    }
    text[size] = '\0'; /* where its newline was */
    line_run(line, text);
    return true;
}

/* Runs the lines in the buffer, as many as may be on their way. */
static void
peer_take_lines(struct peer *peer)
{
    size_t done = 0, size;
    char *start, *end;

    while (peer->lines < MAX_LINES && !peer->closing) {
        start = peer->buffer + done;
        size = peer->used - done;
        end = memchr(start, '\n', size);
        if (end == NULL && size <= MAX_LINE)
            break; /* the rest is to come */
        if (end != NULL)
            size = (size_t)(end - start);
        if (!peer->refusing && !peer_take_line(peer, start, size))
            peer_close(peer);
        peer->refusing = end == NULL; /* nobody needs the rest of it */
        done += end != NULL ? size + 1 : size;
    }
    peer->used -= done;
    memmove(peer->buffer, peer->buffer + done, peer->used);
    peer_write(peer);
    peer_want_more(peer);
}

static void
on_connection(uv_stream_t *listener, int status)
{
    struct program *program = listener->data;
    struct peer *peer;

    if (status != 0)
        return;
    peer = calloc(1, sizeof(*peer));
    program->waiting = peer == NULL;
    if (peer == NULL)
        return; /* libuv keeps the connection, and accepts no other */
    peer->program = program;
    peer->last = &peer->first;
    peer->tcp.data = peer;
    peer->next = program->peers;
    if (peer->next != NULL)
        peer->next->prev = peer;
    program->peers = peer;
    uv_tcp_init(&program->loop, &peer->tcp);
    if (uv_accept(listener, (uv_stream_t *)&peer->tcp) != 0) {
        peer_close(peer);
        return;
    }
    uv_tcp_nodelay(&peer->tcp, 1);
    peer_want_more(peer);
}

/* ---- Start and end ---------------------------------------------------------
 */

/* Lets go of everything; the loop then ends by itself. */
static void
stop(struct program *program)
{
    uv_close((uv_handle_t *)&program->sigint, NULL);
    uv_close((uv_handle_t *)&program->sigterm, NULL);
    uv_close((uv_handle_t *)&program->listener, NULL);
    while (program->peers != NULL)
        peer_close(program->peers);
    calculator_client_free(program->calc);
    if (program->runtime != NULL)
        sbn_runtime_close(program->runtime, NULL, NULL);
}

static void
on_signal(uv_signal_t *handle, int signum)
{
    (void)signum;
    stop(handle->data);
}

static int
watch_signals(struct program *program)
{
    int error;

    program->sigint.data = program;
    program->sigterm.data = program;
    error = uv_signal_start(&program->sigint, on_signal, SIGINT);
    if (error == 0)
        error = uv_signal_start(&program->sigterm, on_signal, SIGTERM);
    return error;
}

static int
listen_on(struct program *program, uint16_t port)
{
    struct sockaddr_in address;
    int size = sizeof(address);
    int error;

    program->listener.data = program;
    error = uv_ip4_addr("127.0.0.1", port, &address);
    if (error == 0)
        error = uv_tcp_bind(&program->listener,
                            (const struct sockaddr *)&address, 0);
    if (error == 0)
        error =
            uv_listen((uv_stream_t *)&program->listener, 1024, on_connection);
    if (error == 0)
        error = uv_tcp_getsockname(&program->listener,
                                   (struct sockaddr *)&address, &size);
    if (error != 0)
        return error;
    printf("127.0.0.1:%u\n", (unsigned)ntohs(address.sin_port));
    fflush(stdout);
    return 0;
}

/* Each client and each of its calls is an open file. */
static void
raise_file_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* The handles that stop() closes. */
static int
start_loop(struct program *program)
{
    int error = uv_loop_init(&program->loop);

    if (error != 0)
        return error;
    error = uv_signal_init(&program->loop, &program->sigint);
    if (error == 0)
        error = uv_signal_init(&program->loop, &program->sigterm);
    if (error == 0)
        error = uv_tcp_init(&program->loop, &program->listener);
    return error;
}

static int
serve(struct program *program, const char *url, uint16_t port, uint32_t timeout)
{
    const sbn_runtime_options on_loop = {.loop = &program->loop};
    const sbn_client_options options = {.timeout = timeout};
    sbn_status status;
    int error;

    status = sbn_runtime_new(&on_loop, &program->runtime);
    if (status == SBN_OK)
        status = calculator_client_new(program->runtime, url, &options,
                                       &program->calc);
    if (status != SBN_OK) {
        fprintf(stderr, "embedded-server: %s: %s\n", url,
                sbn_status_text(status));
        return EXIT_FAILURE;
    }
    error = watch_signals(program);
    if (error == 0)
        error = listen_on(program, port);
    if (error != 0) {
        fprintf(stderr, "embedded-server: port %u: %s\n", (unsigned)port,
                uv_strerror(error));
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

static int
run(const char *url, uint16_t port, uint32_t timeout)
{
    struct program program = {.peers = NULL};
    struct line *line;
    int exit_code, error;

    raise_file_limit();
    error = start_loop(&program);
    if (error != 0) {
        fprintf(stderr, "embedded-server: %s\n", uv_strerror(error));
        return EXIT_FAILURE;
    }
    exit_code = serve(&program, url, port, timeout);
    if (exit_code != EXIT_SUCCESS)
        stop(&program);
    uv_run(&program.loop, UV_RUN_DEFAULT);
    while ((line = program.unused) != NULL) {
        program.unused = line->next;
        sbn_call_free(line->call);
        free(line);
    }
    uv_loop_close(&program.loop);
    return exit_code;
}

/* ---- Options ---------------------------------------------------------------
 */

static const char usage[] =
    "usage: embedded-server [--port N] [--timeout MS] URL\n"
    "Answers lines like 'add 100 15.99' by calling the calculator at URL.\n"
    "  --port N      TCP port on 127.0.0.1; 0: any free one (default 0)\n"
    "  --timeout MS  how long one call may take (default 60000)\n"
    "  --help        this text\n";

/* Leaves the program when text is no number from min to max. */
static uint32_t
parse_number(const char *option, const char *text, uint32_t min, uint32_t max)
{
    unsigned long long value;
    char *end;

    errno = 0;
    value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 ||
        value < min || value > max) {
        fprintf(stderr, "embedded-server: --%s takes %lu to %lu, not '%s'\n",
                option, (unsigned long)min, (unsigned long)max, text);
        exit(2);
    }
    return (uint32_t)value;
}

int
main(int argc, char **argv)
{
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},
        {"timeout", required_argument, NULL, 't'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    uint32_t port = 0, timeout = 0; /* 0: any, and the library's default */
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'p':
            port = parse_number("port", optarg, 0, UINT16_MAX);
            break;
        case 't':
            timeout = parse_number("timeout", optarg, 1, UINT32_MAX);
            break;
        case 'h':
            fputs(usage, stdout);
            return EXIT_SUCCESS;
        default:
            fputs(usage, stderr);
            return 2;
        }
    }
    if (argc - optind != 1) {
        fprintf(stderr, "embedded-server: one URL is needed\n%s", usage);
        return 2;
    }
    return run(argv[optind], (uint16_t)port, timeout);
}
