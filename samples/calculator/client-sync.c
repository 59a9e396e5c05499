/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calculator's client, door one: synchronous calls.  No loop, no
 * callbacks; each call returns when its reply is in or its time is up.
 *
 *   sebon generate calculator.wsdl --out .
 *   cc -o calculator-client-sync client-sync.c calculator.c \
 *      $(pkg-config --cflags --libs sebon)
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "calculator.h"

/* Prints one call's outcome; true: it succeeded. */
static bool
report(calculator_client *calc, sbn_status status, const char *operation,
       double n1, double n2, double result)
{
    const sbn_error *error = sbn_client_error(calculator_client_base(calc));

    if (status == SBN_OK)
        printf("%s(%.15g,%.15g) = %.15g\n", operation, n1, n2, result);
    else if (error != NULL)
        fprintf(stderr, "%s\n", sbn_error_text(error));
    else
        fprintf(stderr, "%s: %s\n", operation, sbn_status_text(status));
    return status == SBN_OK;
}

static int
run(const char *url, uint32_t timeout)
{
    const sbn_client_options options = {.timeout = timeout};
    calculator_client *calc;
    sbn_status status;
    double result = 0;
    bool ok = true;

    status = calculator_client_new(NULL, url, &options, &calc);
    if (status != SBN_OK) {
        fprintf(stderr, "calculator-client-sync: %s: %s\n",
                url != NULL ? url : "default URL", sbn_status_text(status));
        return EXIT_FAILURE;
    }

    status = calculator_add(calc, NULL, 100.00, 15.99, &result);
    ok &= report(calc, status, "Add", 100.00, 15.99, result);

    status = calculator_subtract(calc, NULL, 145.00, 76.54, &result);
    ok &= report(calc, status, "Subtract", 145.00, 76.54, result);

    status = calculator_multiply(calc, NULL, 9.00, 81.25, &result);
    ok &= report(calc, status, "Multiply", 9.00, 81.25, result);

    status = calculator_divide(calc, NULL, 22.00, 7.00, &result);
    ok &= report(calc, status, "Divide", 22.00, 7.00, result);

    calculator_client_free(calc);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- Options ---------------------------------------------------------------
 */

static const char usage[] =
    "usage: calculator-client-sync [--timeout MS] [URL]\n"
    "Calls the calculator's four operations, one after the other.\n"
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
                "calculator-client-sync: --timeout takes 1 to 4294967295, "
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
        fprintf(stderr, "calculator-client-sync: what is '%s'?\n%s",
                argv[optind + 1], usage);
        return 2;
    }
    return run(argv[optind], timeout);
}
