/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calculator service.  Add and Subtract are Begin/End pairs that take
 * --delay milliseconds of waiting, Multiply and Divide are plain functions.
 * Its clients cannot tell the difference.  With --workers several threads, each
 * with a loop of its own, serve one port.
 *
 *   sebon generate --metadata calculator.wsdl --out .
 *   cc -o calculator-server server.c calculator.c \
 *      $(pkg-config --cflags --libs sebon)
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "calculator.h"

#define PATH "/servicemodelsamples/service"

enum {
    DRAIN = 10000, /* ms that a request in flight is waited for at exit */
    GRACE = 200,   /* ms in which requests on their way are still answered */
    MAX_WORKERS = 1024
};

/* What all workers read, and none changes. */
struct program {
    uint16_t port;
    uint32_t delay; /* ms */
    unsigned workers;
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

static sbn_host *host;

/* What is in flight is answered first. */
static void
on_signal(int signum)
{
    (void)signum;
    sbn_host_stop(host);
}

/* On each worker's thread, before it serves. */
static sbn_status
bind_service(sbn_server *server, unsigned worker, void *data)
{
    const sbn_service_options options = {.data = data};

    (void)worker;
    return calculator_service_bind(server, PATH, &service, &options);
}

static int
run(struct program *program)
{
    const sbn_host_options options = {.setup = bind_service,
                                      .data = program,
                                      .workers = program->workers,
                                      .drain = DRAIN,
                                      .server = {.drain_grace = GRACE}};
    sbn_status status = sbn_host_new(&options, &host);

    if (status == SBN_OK)
        status = sbn_host_listen(host, "127.0.0.1", program->port);
    if (status == SBN_OK)
        status = sbn_host_start(host);
    if (status == SBN_OK) {
        signal(SIGINT, on_signal);
        signal(SIGTERM, on_signal);
        printf("http://127.0.0.1:%u%s\n", (unsigned)sbn_host_port(host), PATH);
        fflush(stdout);
        sbn_host_wait(host);
    } else {
        fprintf(stderr, "calculator-server: %s: %s\n", sbn_status_text(status),
                host != NULL ? sbn_host_error_text(host) : "no host");
    }
    sbn_host_free(host);
    return status == SBN_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- Options ---------------------------------------------------------------
 */

static const char usage[] =
    "usage: calculator-server [--port N] [--delay MS] [--workers N]\n"
    "Serves the calculator until SIGINT or SIGTERM.\n"
    "  --port N    TCP port on 127.0.0.1; 0: any free one (default 8000)\n"
    "  --delay MS  how long Add and Subtract take; 0: until the loop's next\n"
    "              turn (default 100)\n"
    "  --workers N threads that share the port; 0: one a CPU (default 1)\n"
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
        {"workers", required_argument, NULL, 'w'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    struct program program = {.port = 8000, .delay = 100, .workers = 1};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'p':
            program.port = (uint16_t)parse_number("port", optarg, UINT16_MAX);
            break;
        case 'd':
            program.delay = parse_number("delay", optarg, UINT32_MAX);
            break;
        case 'w':
            program.workers = parse_number("workers", optarg, MAX_WORKERS);
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
