/* SPDX-License-Identifier: Apache-2.0 */
/* Calls the calculator with gSOAP: URL CASE; the case many[:CALLS] makes many
 * calls one after the other. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "soapH.h"
#include "calculator.nsmap"

/* Calls operation with n1 and n2; its result ends up in value. */
#define CALL(operation)                                                        \
    do {                                                                       \
        struct _ns1__##operation in;                                           \
        struct _ns1__##operation##Response out;                                \
        memset(&in, 0, sizeof(in));                                            \
        memset(&out, 0, sizeof(out));                                          \
        in.n1 = &n1;                                                           \
        in.n2 = &n2;                                                           \
        error = soap_call___ns1__##operation(soap, url, NULL, &in, &out);      \
        if (error == SOAP_OK && out.operation##Result != NULL)                 \
            value = *out.operation##Result;                                    \
    } while (0)

static int
expect(struct soap *soap, int error, double got, double want)
{
    if (error != SOAP_OK) {
        soap_print_fault(soap, stderr);
        return 1;
    }
    if (got == want)
        return 0;
    fprintf(stderr, "got %.17g, not %.17g\n", got, want);
    return 1;
}

static int
run(struct soap *soap, const char *url, const char *name)
{
    double n1 = 0, n2 = 0, value = NAN;
    int error = SOAP_OK, i, calls = 200;

    if (strcmp(name, "add") == 0) {
        n1 = 100.0, n2 = 15.99;
        CALL(Add);
        return expect(soap, error, value, 115.99);
    }
    if (strcmp(name, "subtract") == 0) {
        n1 = 145.0, n2 = 76.54;
        CALL(Subtract);
        return expect(soap, error, value, 145.0 - 76.54);
    }
    if (strcmp(name, "multiply") == 0) {
        n1 = 9.0, n2 = 81.25;
        CALL(Multiply);
        return expect(soap, error, value, 731.25);
    }
    if (strcmp(name, "divide") == 0) {
        n1 = 22.0, n2 = 7.0;
        CALL(Divide);
        return expect(soap, error, value, 22.0 / 7.0);
    }
    if (strcmp(name, "fault") == 0) {
        n1 = 1.0, n2 = 0.0;
        CALL(Divide);
        if (error != SOAP_OK && soap->fault != NULL &&
            strstr(*soap_faultstring(soap), "zero") != NULL)
            return 0;
        soap_print_fault(soap, stderr);
        return 1;
    }
    if (strncmp(name, "many:", 5) == 0)
        calls = atoi(name + 5);
    for (i = 0; i < calls; i++) {
        n1 = i, n2 = 0.1;
        CALL(Multiply);
        if (expect(soap, error, value, n1 * n2) != 0)
            return 1;
        soap_end(soap);
    }
    return 0;
}

int
main(int argc, char **argv)
{
    struct soap *soap;
    int failed;

    if (argc != 3)
        return 2;
    soap = soap_new1(SOAP_IO_KEEPALIVE);
    failed = run(soap, argv[1], argv[2]);
    soap_destroy(soap);
    soap_end(soap);
    soap_free(soap);
    return failed;
}
