/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calculator on gSOAP: PORT THREADS. A pool of threads, each serving one
 * keep-alive connection at a time, which is how gSOAP servers are usually built;
 * prints its URL once it listens. Also the other side of the benchmark.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "soapH.h"
#include "calculator.nsmap"

enum { QUEUE = 4096 };

static SOAP_SOCKET queue[QUEUE];
static unsigned queue_first, queue_last;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;

static double
value_of(const double *p)
{
    return p != NULL ? *p : 0;
}

#define OPERATION(name, op)                                                    \
    int __ns1__##name(struct soap *soap, struct _ns1__##name *in,              \
                      struct _ns1__##name##Response *out)                      \
    {                                                                          \
        out->name##Result = soap_malloc(soap, sizeof(double));                 \
        if (out->name##Result == NULL)                                         \
            return SOAP_EOM;                                                   \
        *out->name##Result = value_of(in->n1) op value_of(in->n2);             \
        return SOAP_OK;                                                        \
    }

OPERATION(Add, +)
OPERATION(Subtract, -)
OPERATION(Multiply, *)
OPERATION(Divide, /)

static void *
serve(void *data)
{
    struct soap *soap = data;

    for (;;) {
        pthread_mutex_lock(&mutex);
        while (queue_first == queue_last)
            pthread_cond_wait(&ready, &mutex);
        soap->socket = queue[queue_first++ % QUEUE];
        pthread_mutex_unlock(&mutex);
        soap_serve(soap);
        soap_destroy(soap);
        soap_end(soap);
    }
    return NULL;
}

int
main(int argc, char **argv)
{
    struct soap *soap;
    struct sockaddr_in address;
    socklen_t size = sizeof(address);
    SOAP_SOCKET socket;
    pthread_t thread;
    int i;

    if (argc != 3)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    soap = soap_new1(SOAP_IO_KEEPALIVE);
    soap->max_keep_alive = 0; /* no limit of requests a connection */
    soap->bind_flags = SO_REUSEADDR;
    socket = soap_bind(soap, "127.0.0.1", atoi(argv[1]), 1024);
    if (!soap_valid_socket(socket) ||
        getsockname(socket, (struct sockaddr *)&address, &size) != 0) {
        soap_print_fault(soap, stderr);
        return 1;
    }
    for (i = 0; i < atoi(argv[2]); i++)
        pthread_create(&thread, NULL, serve, soap_copy(soap));
    printf("http://127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        socket = soap_accept(soap);
        if (!soap_valid_socket(socket))
            continue;
        pthread_mutex_lock(&mutex);
        if (queue_last - queue_first < QUEUE)
            queue[queue_last++ % QUEUE] = socket;
        else
            soap_closesock(soap);
        pthread_cond_signal(&ready);
        pthread_mutex_unlock(&mutex);
    }
}
