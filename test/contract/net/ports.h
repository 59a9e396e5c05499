/* SPDX-License-Identifier: Apache-2.0 */
/* One service with contracts of two namespaces, at several endpoints. */
#ifndef NET_PORTS_H
#define NET_PORTS_H

#include <sebon/contract.h>

SBN_SERVICE_CONTRACT(.name = "ICalculator",
                     .ns = "http://Microsoft.ServiceModel.Samples",
                     .service = "AllPorts",
                     .service_ns = "urn:sebon:interop:echo",
                     .binding = "basic soap12 ws basic")
struct all_ports {
    SBN_OPERATION_CONTRACT()
    double (*add)(double n1, double n2);
    SBN_OPERATION_CONTRACT()
    double (*subtract)(double n1, double n2);
    SBN_OPERATION_CONTRACT()
    double (*multiply)(double n1, double n2);
    SBN_OPERATION_CONTRACT()
    double (*divide)(double n1, double n2);
};

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:types")
struct point {
    SBN_DATA_MEMBER() int32_t x;
    SBN_DATA_MEMBER() int32_t y;
};

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:faults")
struct oops {
    SBN_DATA_MEMBER() int32_t code;
    SBN_DATA_MEMBER() const char *text;
    SBN_DATA_MEMBER() const struct point *where;
};

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:echo")
struct blobs {
    SBN_DATA_MEMBER() const char *title;
    SBN_DATA_MEMBER() sbn_bytes small;
    SBN_DATA_MEMBER() sbn_bytes large;
    SBN_DATA_MEMBER() sbn_bytes empty;
    SBN_DATA_MEMBER() sbn_bytes null;
    SBN_DATA_MEMBER() SBN_ARRAY(sbn_bytes) many;
};

SBN_SERVICE_CONTRACT(.name = "IEcho", .ns = "urn:sebon:interop:echo",
                     .service = "AllPorts")
struct echo_port {
    SBN_OPERATION_CONTRACT(.name = "Echo")
    const char *(*echo_text)(const char *text);
    SBN_OPERATION_CONTRACT()
    const char *(*repeat)(const char *text, int times);
    SBN_OPERATION_CONTRACT()
    sbn_bytes (*echo_bytes)(sbn_bytes data);
    SBN_OPERATION_CONTRACT()
    struct blobs *(*echo_blobs)(const struct blobs *value);
    SBN_OPERATION_CONTRACT()
    const char *(*sleep)(int milliseconds);
    SBN_OPERATION_CONTRACT()
    const char *(*who_am_i)(void);
    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*notify)(const char *text);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_OPERATION_CONTRACT()
    const char *(*fail)(const char *text);
};

#endif
