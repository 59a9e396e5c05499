/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of rpc style: literal, encoded, and of data contracts. */
#ifndef NET_RPC_H
#define NET_RPC_H

#include <sebon/contract.h>

SBN_XML_TYPE()
struct person {
    SBN_XML_ELEMENT() const char *name;
    SBN_XML_ELEMENT() int age;
    SBN_XML_ELEMENT() const struct person *partner;
    SBN_XML_ARRAY() SBN_ARRAY(const char *) nicknames;
    SBN_XML_ELEMENT() const int *shoe;
};

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:types")
struct point {
    SBN_DATA_MEMBER() int x;
    SBN_DATA_MEMBER() int y;
};

SBN_XML_SERIALIZER_FORMAT(.style = "rpc")
SBN_SERVICE_CONTRACT(.ns = "urn:sebon:interop:rpc")
struct rpc_literal {
    SBN_OPERATION_CONTRACT()
    int (*add)(int a, int b);
    SBN_OPERATION_CONTRACT()
    const char *(*greet)(const char *name);
    SBN_OPERATION_CONTRACT()
    struct person *(*echo_person)(const struct person *person);
    SBN_OPERATION_CONTRACT()
    SBN_ARRAY(int) (*echo_ints)(SBN_ARRAY(int) values);
    SBN_OPERATION_CONTRACT()
    bool (*outs)(int x, int *ret_y, const char **z);
    SBN_OPERATION_CONTRACT()
    void (*nothing)(void);
};

SBN_XML_SERIALIZER_FORMAT(.style = "rpc", .use = "encoded")
SBN_SERVICE_CONTRACT(.ns = "urn:sebon:interop:rpc")
struct rpc_encoded {
    SBN_OPERATION_CONTRACT()
    int (*add)(int a, int b);
    SBN_OPERATION_CONTRACT()
    const char *(*greet)(const char *name);
    SBN_OPERATION_CONTRACT()
    struct person *(*echo_person)(const struct person *person);
    SBN_OPERATION_CONTRACT()
    SBN_ARRAY(int) (*echo_ints)(SBN_ARRAY(int) values);
    SBN_OPERATION_CONTRACT()
    SBN_ARRAY(const char *) (*echo_strings)(SBN_ARRAY(const char *) values);
    SBN_OPERATION_CONTRACT()
    bool (*outs)(int x, int *ret_y, const char **z);
    SBN_OPERATION_CONTRACT()
    void (*nothing)(void);
};

SBN_DATA_CONTRACT_FORMAT(.style = "rpc")
SBN_SERVICE_CONTRACT(.name = "IRpcDataContract", .ns = "urn:sebon:interop:rpc",
                     .service = "RpcDcService")
struct rpc_dc {
    SBN_OPERATION_CONTRACT()
    int (*add)(int a, int b);
    SBN_OPERATION_CONTRACT()
    struct point *(*echo_point)(const struct point *point);
    SBN_OPERATION_CONTRACT()
    SBN_ARRAY(int) (*echo_ints)(SBN_ARRAY(int) values);
    SBN_OPERATION_CONTRACT()
    const char *(*greet)(const char *name, int times);
    SBN_OPERATION_CONTRACT()
    bool (*outs)(int x, int *ret_y, const char **z);
    SBN_OPERATION_CONTRACT()
    void (*nothing)(void);
};

#endif
