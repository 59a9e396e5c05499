/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calculator service.  Add and Subtract are Begin/End pairs that take
 * --delay milliseconds of waiting, Multiply and Divide are plain functions.
 * Its clients cannot tell the difference.
 *
 *   sebon generate --metadata calculator.wsdl --out .
 *   cc -o calculator-server server.c calculator.c \
 *      $(pkg-config --cflags --libs sebon libuv)
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <uv.h>

#include "calculator.h"

enum { DRAIN = 10000 }; /* ms that a request in flight is waited for at exit */

struct program {
    uv_loop_t loop;
    uv_signal_t sigint, sigterm;
    sbn_runtime *runtime;
    sbn_server *server;
    uint16_t port;
    uint32_t delay; /* ms */
};

/* ---- The operations --------------------------------------------------------
 */

/* An addition on its way; lives in the request's memory. */
struct sum {
    sbn_timer timer;
    sbn_request *request;
    double result;
};

static void
sum_is_ready(void *data)
{
    struct sum *sum = data;

    sbn_request_complete(sum->request);
}

/* Nobody waits for the sum any more; the request must still be completed. */
static void
client_has_gone(sbn_request *request, void *data)
{
    struct sum *sum = data;

    sbn_timer_stop(&sum->timer);
    sbn_request_complete(request);
}

static sbn_status
begin_sum(sbn_request *request, double result)
{
    const struct program *program = sbn_request_data(request);
    struct sum *sum = sbn_request_alloc(request, sizeof(*sum));
    sbn_status status;

    if (sum == NULL)
        return SBN_ENOMEM;
    sum->request = request;
    sum->result = result;
    sbn_request_set_state(request, sum);
    if (program->delay == 0)
        return sbn_request_complete(request); /* end runs in the next turn */
    status = sbn_timer_start(sbn_request_runtime(request), &sum->timer,
                             program->delay, sum_is_ready, sum);
    if (status != SBN_OK)
        return status;
    sbn_request_on_abort(request, client_has_gone, sum);
    return SBN_OK;
}

static sbn_status
end_sum(sbn_request *request, double *ret_result)
{
    const struct sum *sum = sbn_request_state(request);

    *ret_result = sum->result;
    return SBN_OK;
}

static sbn_status
begin_add(sbn_request *request, double n1, double n2)
{
    return begin_sum(request, n1 + n2);
}

static sbn_status
begin_subtract(sbn_request *request, double n1, double n2)
{
    return begin_sum(request, n1 - n2);
}

static sbn_status
multiply(sbn_request *request, double n1, double n2, double *ret_result)
{
    (void)request;
    *ret_result = n1 * n2;
    return SBN_OK;
}

static sbn_status
divide(sbn_request *request, double n1, double n2, double *ret_result)
{
    if (n2 == 0)
        return sbn_request_fault(request, SBN_FAULT_SENDER,
                                 "the divisor is zero");
    *ret_result = n1 / n2;
    return SBN_OK;
}

static const struct calculator_service service = {
    .begin_add = begin_add,
    .end_add = end_sum,
    .begin_subtract = begin_subtract,
    .end_subtract = end_sum,
    .multiply = multiply,
    .divide = divide,
};

/* ---- Start and end ---------------------------------------------------------
 */

static void
server_is_closed(void *data)
{
    struct program *program = data;

    sbn_runtime_close(program->runtime, NULL, NULL);
}

/* Ends the program: the loop runs until the last request is answered. */
static void
on_signal(uv_signal_t *handle, int signum)
{
    struct program *program = handle->data;

    (void)signum;
    uv_close((uv_handle_t *)&program->sigint, NULL);
    uv_close((uv_handle_t *)&program->sigterm, NULL);
    sbn_server_close(program->server, DRAIN, server_is_closed, program);
}

static int
watch_signals(struct program *program)
{
    int error;

    uv_signal_init(&program->loop, &program->sigint);
    uv_signal_init(&program->loop, &program->sigterm);
    program->sigint.data = program;
    program->sigterm.data = program;
    error = uv_signal_start(&program->sigint, on_signal, SIGINT);
    if (error == 0)
        error = uv_signal_start(&program->sigterm, on_signal, SIGTERM);
    if (error != 0)
        fprintf(stderr, "calculator-server: signals: %s\n", uv_strerror(error));
    return error;
}

/* Each connection is an open file: as many as the system gives. */
static void
raise_file_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static sbn_status
serve(struct program *program)
{
    static const char path[] = "/servicemodelsamples/service";
    /* Requests on their way when the server closes are still answered. */
    const sbn_server_options server_options = {.drain_grace = 200};
    const sbn_service_options options = {.data = program};
    sbn_status status;

    status =
        sbn_server_new(program->runtime, &server_options, &program->server);
    if (status == SBN_OK)
        status =
            calculator_service_bind(program->server, path, &service, &options);
    if (status == SBN_OK)
        status = sbn_server_listen(program->server, "127.0.0.1", program->port);
    if (status != SBN_OK) {
        fprintf(stderr, "calculator-server: %s: %s\n", sbn_status_text(status),
                program->server != NULL ? sbn_server_error_text(program->server)
                                        : "no server");
        return status;
    }
    printf("http://127.0.0.1:%u%s\n",
           (unsigned)sbn_server_port(program->server), path);
    fflush(stdout);
    return SBN_OK;
}

static int
run(struct program *program)
{
    const sbn_runtime_options options = {.loop = &program->loop};
    int exit_code = EXIT_SUCCESS;
    int error = uv_loop_init(&program->loop);

    if (error != 0) {
        fprintf(stderr, "calculator-server: %s\n", uv_strerror(error));
        return EXIT_FAILURE;
    }
    if (sbn_runtime_new(&options, &program->runtime) != SBN_OK) {
        fprintf(stderr, "calculator-server: cannot start the runtime\n");
        uv_loop_close(&program->loop);
        return EXIT_FAILURE;
    }
    if (watch_signals(program) != 0 || serve(program) != SBN_OK) {
        exit_code = EXIT_FAILURE;
        uv_close((uv_handle_t *)&program->sigint, NULL);
        uv_close((uv_handle_t *)&program->sigterm, NULL);
        sbn_server_free(program->server);
        sbn_runtime_close(program->runtime, NULL, NULL);
    }
    uv_run(&program->loop, UV_RUN_DEFAULT);
    uv_loop_close(&program->loop);
    return exit_code;
}

/* ---- Options ---------------------------------------------------------------
 */

static const char usage[] =
    "usage: calculator-server [--port N] [--delay MS]\n"
    "Serves the calculator until SIGINT or SIGTERM.\n"
    "  --port N    TCP port on 127.0.0.1; 0: any free one (default 8000)\n"
    "  --delay MS  how long Add and Subtract take; 0: until the loop's next\n"
    "              turn (default 100)\n"
    "  --help      this text\n";

/* Leaves the program when text is no number from 0 to max. */
static uint32_t
parse_number(const char *option, const char *text, uint32_t max)
{
    unsigned long long value;
    char *end;

    errno = 0;
    value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 ||
        value > max) {
        fprintf(stderr, "calculator-server: --%s takes 0 to %lu, not '%s'\n",
                option, (unsigned long)max, text);
        exit(2);
    }
    return (uint32_t)value;
}

int
main(int argc, char **argv)
{
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},
        {"delay", required_argument, NULL, 'd'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    struct program program = {.port = 8000, .delay = 100};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'p':
            program.port = (uint16_t)parse_number("port", optarg, UINT16_MAX);
            break;
        case 'd':
            program.delay = parse_number("delay", optarg, UINT32_MAX);
            break;
        case 'h':
            fputs(usage, stdout);
            return EXIT_SUCCESS;
        default:
            fputs(usage, stderr);
            return 2;
        }
    }
    if (optind < argc) {
        fprintf(stderr, "calculator-server: what is '%s'?\n%s", argv[optind],
                usage);
        return 2;
    }
    raise_file_limit();
    return run(&program);
}
