/* SPDX-License-Identifier: Apache-2.0 */
/* The calculator, a service whose WSDL has many files, and one with contracts of
 * several namespaces; prints the address of the server. Until SIGTERM. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "calculator.h"
#include "labels.h"
#include "parts.h"

static sbn_status
add(sbn_request *request, double n1, double n2, double *ret_result)
{
    (void)request;
    *ret_result = n1 + n2;
    return SBN_OK;
}

static const struct calculator_service calculator = {
    .add = add, .subtract = add, .multiply = add, .divide = add};

static sbn_status
find(sbn_request *request, int32_t number, const struct parts_part **ret_result)
{
    struct parts_part *part = sbn_request_alloc(request, sizeof(*part));

    if (part == NULL)
        return SBN_ENOMEM;
    part->number = number;
    part->shape = PARTS_SHAPE_SQUARE;
    *ret_result = part;
    return SBN_OK;
}

static const struct parts_service parts = {.find = find};

static sbn_status
look(sbn_request *request, const char *name,
     const struct labels_goods **ret_result)
{
    (void)request;
    (void)name;
    *ret_result = NULL;
    return SBN_OK;
}

static const struct stock_service stock = {.look = look};

static sbn_status
print(sbn_request *request, const struct labels_label *label,
      const struct labels_label **ret_result)
{
    (void)request;
    *ret_result = label;
    return SBN_OK;
}

static const struct labels_service labels = {.print = print};

static sbn_runtime *runtime;

static void
on_signal(int signum)
{
    (void)signum;
    sbn_runtime_stop(runtime);
}

/* metadata-server [SOCKET]: with the path of a Unix socket, there as well. */
int
main(int argc, char **argv)
{
    sbn_server *server = NULL;

    if (sbn_runtime_new(NULL, &runtime) != SBN_OK ||
        sbn_server_new(runtime, NULL, &server) != SBN_OK ||
        calculator_service_bind(server, "/calculator", &calculator, NULL) !=
            SBN_OK ||
        parts_service_bind(server, "/parts", &parts, NULL) != SBN_OK ||
        stock_service_bind(server, "/stock", &stock, NULL) != SBN_OK ||
        labels_service_bind(server, "/labels", &labels, NULL) != SBN_OK ||
        sbn_server_listen(server, "127.0.0.1", 0) != SBN_OK ||
        (argc > 1 && sbn_server_listen_unix(server, argv[1]) != SBN_OK))
        return EXIT_FAILURE;
    signal(SIGTERM, on_signal);
    printf("http://127.0.0.1:%u\n", (unsigned)sbn_server_port(server));
    fflush(stdout);
    sbn_runtime_run(runtime);
    sbn_server_free(server);
    sbn_runtime_free(runtime);
    return EXIT_SUCCESS;
}
