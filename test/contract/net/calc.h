/* SPDX-License-Identifier: Apache-2.0 */
/* The calculator in three forms: what the forms are must not show. */
#ifndef NET_CALC_H
#define NET_CALC_H

#include <sebon/contract.h>

SBN_SERVICE_CONTRACT(.name = "ICalculator",
                     .ns = "http://Microsoft.ServiceModel.Samples",
                     .service = "CalcSync")
struct calc_sync {
    SBN_OPERATION_CONTRACT()
    double (*add)(double n1, double n2);
    SBN_OPERATION_CONTRACT()
    double (*subtract)(double n1, double n2);
    SBN_OPERATION_CONTRACT()
    double (*multiply)(double n1, double n2);
    SBN_OPERATION_CONTRACT()
    double (*divide)(double n1, double n2);
};

SBN_SERVICE_CONTRACT(.name = "ICalculator",
                     .ns = "http://Microsoft.ServiceModel.Samples",
                     .service = "CalcApm")
struct calc_apm {
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(double n1, double n2,
                                   sbn_async_callback *callback, void *state);
    double (*end_add)(sbn_async_result *result);
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_subtract)(double n1, double n2,
                                        sbn_async_callback *callback,
                                        void *state);
    double (*end_subtract)(sbn_async_result *result);
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_multiply)(double n1, double n2,
                                        sbn_async_callback *callback,
                                        void *state);
    double (*end_multiply)(sbn_async_result *result);
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_divide)(double n1, double n2,
                                      sbn_async_callback *callback,
                                      void *state);
    double (*end_divide)(sbn_async_result *result);
};

SBN_SERVICE_CONTRACT(.name = "ICalculator",
                     .ns = "http://Microsoft.ServiceModel.Samples",
                     .service = "CalcBoth")
struct calc_both {
    SBN_OPERATION_CONTRACT()
    double (*add)(double n1, double n2);
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_add)(double n1, double n2,
                                   sbn_async_callback *callback, void *state);
    double (*end_add)(sbn_async_result *result);

    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_subtract)(double n1, double n2,
                                        sbn_async_callback *callback,
                                        void *state);
    double (*end_subtract)(sbn_async_result *result);
    SBN_OPERATION_CONTRACT()
    double (*subtract)(double n1, double n2);

    SBN_OPERATION_CONTRACT()
    double (*multiply)(double n1, double n2);
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_multiply)(double n1, double n2,
                                        sbn_async_callback *callback,
                                        void *state);
    double (*end_multiply)(sbn_async_result *result);

    SBN_OPERATION_CONTRACT()
    double (*divide)(double n1, double n2);
    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_divide)(double n1, double n2,
                                      sbn_async_callback *callback,
                                      void *state);
    double (*end_divide)(sbn_async_result *result);
};

#endif
