/* SPDX-License-Identifier: Apache-2.0 */
/* The calculator with documentation that would rather be code, and a service
 * with every kind of field; prints the address of each. Until SIGTERM. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "calculator.h"

static const char *const docs[] = {
    "<script>document.title = 'owned'</script>",
    "<img src=x onerror=\"document.title = 'owned'\">",
    "</script><script>document.title = 'owned'</script>",
    "\"'><b>bold</b>",
    "--></title>",
};

static sbn_status
add(sbn_request *request, double n1, double n2, double *ret_result)
{
    *ret_result = n1 + n2;
    return SBN_OK;
}

static sbn_status
divide(sbn_request *request, double n1, double n2, double *ret_result)
{
    if (n2 == 0)
        return sbn_request_fault(request, SBN_FAULT_SENDER,
                                 "<b>the divisor</b> is zero");
    *ret_result = n1 / n2;
    return SBN_OK;
}

static const struct calculator_service service = {
    .add = add, .subtract = add, .multiply = add, .divide = divide};

static sbn_runtime *runtime;

static void
on_signal(int signum)
{
    sbn_runtime_stop(runtime);
}

static bool
start(sbn_server **server, sbn_contract *contract)
{
    *contract = calculator_contract;
    contract->docs = docs;
    return sbn_runtime_new(NULL, &runtime) == SBN_OK &&
           sbn_server_new(runtime, NULL, server) == SBN_OK &&
           sbn_service_bind(*server, "/calculator", contract, &service, NULL) ==
               SBN_OK &&
           sbn_server_listen(*server, "127.0.0.1", 0) == SBN_OK;
}

int
main(void)
{
    static sbn_contract contract;
    sbn_server *server = NULL;

    if (!start(&server, &contract))
        return EXIT_FAILURE;
    signal(SIGTERM, on_signal);
    printf("http://127.0.0.1:%u/calculator\n",
           (unsigned)sbn_server_port(server));
    fflush(stdout);
    sbn_runtime_run(runtime);
    sbn_server_free(server);
    sbn_runtime_free(runtime);
    return EXIT_SUCCESS;
}
