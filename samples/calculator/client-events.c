/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calculator's client, door three: Async methods and Completed events.
 * Add and Subtract report through their events; while they are on their way,
 * the same client makes synchronous calls.
 *
 *   sebon generate calculator.wsdl --out .
 *   cc -o calculator-client-events client-events.c calculator.c \
 *      $(pkg-config --cflags --libs sebon)
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "calculator.h"

/* What the event handlers share with run(). */
struct program {
    calculator_client *calc;
    unsigned failures;
};

static void
fail(struct program *program, const char *operation, sbn_status status,
     const sbn_error *error)
{
    program->failures++;
    if (error != NULL)
        fprintf(stderr, "%s\n", sbn_error_text(error));
    else
        fprintf(stderr, "%s: %s\n", operation, sbn_status_text(status));
}

static void
on_add(calculator_client *sender, const struct calculator_add_completed *e,
       void *data)
{
    (void)sender;
    if (e->error != NULL)
        fail(data, "Add", SBN_OK, e->error);
    else
        printf("Add Result: %.15g\n", e->result);
}

static void
on_subtract(calculator_client *sender,
            const struct calculator_subtract_completed *e, void *data)
{
    (void)sender;
    if (e->error != NULL)
        fail(data, "Subtract", SBN_OK, e->error);
    else
        printf("Subtract Result: %.15g\n", e->result);
}

static const struct calculator_events events = {
    .add_completed = on_add,
    .subtract_completed = on_subtract,
};

static void
call_all(struct program *program)
{
    calculator_client *calc = program->calc;
    const sbn_client *base = calculator_client_base(calc);
    sbn_status status;
    double result;

    status = calculator_client_listen(calc, &events, program);
    if (status != SBN_OK)
        fail(program, "listen", status, NULL);
    status = calculator_add_async(calc, 100.00, 15.99, NULL);
    if (status != SBN_OK)
        fail(program, "Add", status, NULL);
    status = calculator_subtract_async(calc, 145.00, 76.54, NULL);
    if (status != SBN_OK)
        fail(program, "Subtract", status, NULL);

    /* Both are on their way; no event can come in between. */
    status = calculator_multiply(calc, NULL, 9.00, 81.25, &result);
    if (status == SBN_OK)
        printf("Multiply(9,81.25) = %.15g\n", result);
    else
        fail(program, "Multiply", status, sbn_client_error(base));
    status = calculator_divide(calc, NULL, 22.00, 7.00, &result);
    if (status == SBN_OK)
        printf("Divide(22,7) = %.15g\n", result);
    else
        fail(program, "Divide", status, sbn_client_error(base));
}

static int
run(const char *url, uint32_t timeout)
{
    const sbn_client_options options = {.timeout = timeout};
    struct program program = {NULL, 0};
    sbn_runtime *runtime;
    sbn_status status;

    status = sbn_runtime_new(NULL, &runtime);
    if (status != SBN_OK) {
        fprintf(stderr, "calculator-client-events: %s\n",
                sbn_status_text(status));
        return EXIT_FAILURE;
    }
    status = calculator_client_new(runtime, url, &options, &program.calc);
    if (status == SBN_OK) {
        call_all(&program);
        status = sbn_runtime_run(runtime); /* until both events have come */
    }
    if (status != SBN_OK)
        fail(&program, url != NULL ? url : "default URL", status, NULL);
    calculator_client_free(program.calc);
    sbn_runtime_free(runtime);
    return program.failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- Options ---------------------------------------------------------------
 */

static const char usage[] =
    "usage: calculator-client-events [--timeout MS] [URL]\n"
    "Calls the calculator's four operations, two of them by event.\n"
    "  --timeout MS  how long one call may take (default 60000)\n"
    "  --help        this text\n"
    "  URL           default "
    "http://localhost:8000/servicemodelsamples/service\n";

/* Leaves the program when text is no time. */
static uint32_t
parse_timeout(const char *text)
{
    unsigned long long value;
    char *end;

    errno = 0;
    value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 ||
        value == 0 || value > UINT32_MAX) {
        fprintf(stderr,
                "calculator-client-events: --timeout takes 1 to 4294967295, "
                "not '%s'\n",
                text);
        exit(2);
    }
    return (uint32_t)value;
}

int
main(int argc, char **argv)
{
    static const struct option options[] = {
        {"timeout", required_argument, NULL, 't'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    uint32_t timeout = 0; /* the library's default */
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 't':
            timeout = parse_timeout(optarg);
            break;
        case 'h':
            fputs(usage, stdout);
            return EXIT_SUCCESS;
        default:
            fputs(usage, stderr);
            return 2;
        }
    }
    if (argc - optind > 1) {
        fprintf(stderr, "calculator-client-events: what is '%s'?\n%s",
                argv[optind + 1], usage);
        return 2;
    }
    return run(argv[optind], timeout);
}
