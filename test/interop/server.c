/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hosts the services at the paths where they were recorded, on two ports: the
 * second has the small limit that some were recorded with. Prints the ports;
 * until SIGTERM.
 */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "test/interop/services.h"

const char *
text_of(sbn_request *request, const char *format, ...)
{
    va_list args, again;
    char *text;
    int size;

    va_start(args, format);
    va_copy(again, args);
    size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    text = size < 0 ? NULL : sbn_request_alloc(request, (size_t)size + 1);
    if (text != NULL)
        vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return text;
}

static sbn_status
bind_calculators(sbn_server *server)
{
    static const struct {
        const char *path;
        enum calc_form form;
        sbn_soap_version soap;
    } services[] = {
        {"/servicemodelsamples/service", CALC_SYNC, SBN_SOAP_11},
        {"/calc/apm", CALC_BEGIN_END, SBN_SOAP_11},
        {"/calc/both", CALC_BOTH, SBN_SOAP_11},
        {"/calc/task", CALC_THREADS, SBN_SOAP_11},
    };
    sbn_status status = SBN_OK;
    size_t i;

    for (i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
        if (status == SBN_OK)
            status = bind_calc(server, services[i].path, services[i].form,
                               services[i].soap);
    }
    return status;
}

static sbn_status
bind_all(sbn_server *server)
{
    sbn_status status = bind_calculators(server);

    if (status == SBN_OK)
        status = bind_shapes(server, "/shapes", SBN_SOAP_11);
    if (status == SBN_OK)
        status = bind_messages(server, "/messages", SBN_SOAP_11);
    if (status == SBN_OK)
        status = bind_untyped(server, "/untyped", SBN_SOAP_11);
    if (status == SBN_OK)
        status = bind_faults(server, "/faults/11", SBN_SOAP_11, false);
    if (status == SBN_OK)
        status = bind_faults(server, "/faults/12", SBN_SOAP_12, false);
    if (status == SBN_OK)
        status = bind_faults(server, "/faults/11-detail", SBN_SOAP_11, true);
    if (status == SBN_OK)
        status = bind_echo(server, "/bind/basic", SBN_SOAP_11);
    if (status == SBN_OK)
        status = bind_echo(server, "/bind/soap11", SBN_SOAP_11);
    if (status == SBN_OK)
        status = bind_echo(server, "/bind/soap12", SBN_SOAP_12);
    if (status == SBN_OK)
        status = bind_corewcf(server);
    if (status == SBN_OK)
        status = bind_echoes(server);
    if (status == SBN_OK)
        status = bind_xml(server);
    return status == SBN_OK ? bind_small(server) : status;
}

static sbn_runtime *runtime;

static void
on_signal(int signum)
{
    (void)signum;
    sbn_runtime_stop(runtime);
}

int
main(void)
{
    const sbn_server_options limits = {.max_request_bytes = 1000};
    sbn_server *server = NULL, *small = NULL;

    if (sbn_runtime_new(NULL, &runtime) != SBN_OK ||
        sbn_server_new(runtime, NULL, &server) != SBN_OK ||
        sbn_server_new(runtime, &limits, &small) != SBN_OK)
        return EXIT_FAILURE;
    if (bind_all(server) != SBN_OK ||
        bind_faults(small, "/faults/11-small", SBN_SOAP_11, false) != SBN_OK ||
        sbn_server_listen(server, "127.0.0.1", 0) != SBN_OK ||
        sbn_server_listen(small, "127.0.0.1", 0) != SBN_OK) {
        fprintf(stderr, "%s%s\n", sbn_server_error_text(server),
                sbn_server_error_text(small));
        return EXIT_FAILURE;
    }
    signal(SIGTERM, on_signal);
    printf("%u %u\n", (unsigned)sbn_server_port(server),
           (unsigned)sbn_server_port(small));
    fflush(stdout);
    sbn_runtime_run(runtime);
    sbn_server_free(small);
    sbn_server_free(server);
    sbn_runtime_free(runtime);
    return EXIT_SUCCESS;
}
