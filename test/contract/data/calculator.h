/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CALCULATOR_CONTRACT_H
#define CALCULATOR_CONTRACT_H

#include <sebon/contract.h>

/* The calculator of samples/calculator, from its contract. */

SBN_SERVICE_CONTRACT(.ns = "http://Microsoft.ServiceModel.Samples",
                     .address =
                         "http://localhost:8000/servicemodelsamples/service")
struct calculator {
    /* Adds n2 to n1. */
    SBN_OPERATION_CONTRACT()
    double (*add)(double n1, double n2);

    /* Subtracts n2 from n1. */
    SBN_OPERATION_CONTRACT()
    double (*subtract)(double n1, double n2);

    /* Multiplies n1 by n2. */
    SBN_OPERATION_CONTRACT()
    double (*multiply)(double n1, double n2);

    /* Divides n1 by n2. A divisor of zero is the sender's fault. */
    SBN_OPERATION_CONTRACT()
    double (*divide)(double n1, double n2);
};

#endif
