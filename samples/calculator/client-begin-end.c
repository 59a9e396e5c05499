/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calculator's client, door two: Begin/End.  All four calls are on their
 * way at once; each one's callback ends it when its reply is in.
 *
 *   sebon generate calculator.wsdl --out .
 *   cc -o calculator-client-begin-end client-begin-end.c calculator.c \
 *      $(pkg-config --cflags --libs sebon)
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "calculator.h"

typedef sbn_status begin_fn(calculator_client *client, sbn_call *call,
                            double n1, double n2, sbn_call_fn *done,
                            void *state);
typedef sbn_status end_fn(sbn_call *call, double *ret_result);

/* One call and what to do with it. */
struct job {
    const char *name;
    begin_fn *begin;
    end_fn *end;
    double n1, n2;
    sbn_call *call;
    bool ok;
};

/* The completion of every call; state is its job. */
static void
on_done(sbn_call *call, void *state)
{
    struct job *job = state;
    double result;

    if (job->end(call, &result) != SBN_OK) {
        fprintf(stderr, "%s\n", sbn_error_text(sbn_call_error(call)));
        return;
    }
    printf("%s(%.15g,%.15g) = %.15g\n", job->name, job->n1, job->n2, result);
    job->ok = true;
}

static void
begin(sbn_runtime *runtime, calculator_client *calc, struct job *job)
{
    const sbn_error *error = NULL;
    sbn_status status = sbn_call_new(runtime, &job->call);

    if (status == SBN_OK) {
        status = job->begin(calc, job->call, job->n1, job->n2, on_done, job);
        error = sbn_call_error(job->call);
    }
    if (status != SBN_OK) /* on_done will not run */
        fprintf(stderr, "%s: %s\n", job->name,
                error != NULL ? sbn_error_text(error)
                              : sbn_status_text(status));
}

static int
run(const char *url, uint32_t timeout)
{
    const sbn_client_options options = {.timeout = timeout};
    struct job jobs[] = {
        {"Add", calculator_begin_add, calculator_end_add, 100.00, 15.99, NULL,
         false},
        {"Subtract", calculator_begin_subtract, calculator_end_subtract, 145.00,
         76.54, NULL, false},
        {"Multiply", calculator_begin_multiply, calculator_end_multiply, 9.00,
         81.25, NULL, false},
        {"Divide", calculator_begin_divide, calculator_end_divide, 22.00, 7.00,
         NULL, false},
    };
    const size_t count = sizeof(jobs) / sizeof(jobs[0]);
    sbn_runtime *runtime;
    calculator_client *calc = NULL;
    bool ok = true;
    sbn_status status;
    size_t i;

    status = sbn_runtime_new(NULL, &runtime);
    if (status != SBN_OK) {
        fprintf(stderr, "calculator-client-begin-end: %s\n",
                sbn_status_text(status));
        return EXIT_FAILURE;
    }
    status = calculator_client_new(runtime, url, &options, &calc);
    if (status == SBN_OK) {
        for (i = 0; i < count; i++)
            begin(runtime, calc, &jobs[i]);
        status = sbn_runtime_run(runtime); /* until all are done */
    }
    if (status != SBN_OK)
        fprintf(stderr, "calculator-client-begin-end: %s: %s\n",
                url != NULL ? url : "default URL", sbn_status_text(status));
    for (i = 0; i < count; i++) {
        ok &= jobs[i].ok;
        sbn_call_free(jobs[i].call);
    }
    calculator_client_free(calc);
    sbn_runtime_free(runtime);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- Options ---------------------------------------------------------------
 */

static const char usage[] =
    "usage: calculator-client-begin-end [--timeout MS] [URL]\n"
    "Calls the calculator's four operations, all at once.\n"
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
                "calculator-client-begin-end: --timeout takes 1 to 4294967295, "
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
        fprintf(stderr, "calculator-client-begin-end: what is '%s'?\n%s",
                argv[optind + 1], usage);
        return 2;
    }
    return run(argv[optind], timeout);
}
