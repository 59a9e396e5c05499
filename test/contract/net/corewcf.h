/* SPDX-License-Identifier: Apache-2.0 */
/* Streams, primitive types, collections and enums. */
#ifndef NET_COREWCF_H
#define NET_COREWCF_H

#include <sebon/contract.h>

SBN_CONTRACT_NAMESPACE(
    .ns = "http://schemas.datacontract.org/2004/07/ServiceContract")

SBN_SERVICE_CONTRACT(.service = "SimpleEchoService")
struct echo_service {
    SBN_OPERATION_CONTRACT()
    const char *(*echo_string)(const char *echo);
    SBN_OPERATION_CONTRACT()
    sbn_stream *(*echo_stream)(sbn_stream *echo);
    SBN_OPERATION_CONTRACT()
    const char *(*echo_string_async)(const char *echo);
    SBN_OPERATION_CONTRACT()
    sbn_stream *(*echo_stream_async)(sbn_stream *echo);
    SBN_OPERATION_CONTRACT()
    const char *(*echo_to_fail)(const char *echo);
};

SBN_SERVICE_CONTRACT(.name = "PrimitivesService")
struct primitives_service {
    SBN_OPERATION_CONTRACT()
    bool (*echo_bool)(bool data);
    SBN_OPERATION_CONTRACT()
    uint8_t (*echo_byte)(uint8_t data);
    SBN_OPERATION_CONTRACT()
    SBN_ARRAY(int8_t) (*echo_sbyte)(SBN_ARRAY(int8_t) data);
    SBN_OPERATION_CONTRACT()
    sbn_char (*echo_char)(sbn_char data);
    SBN_OPERATION_CONTRACT()
    sbn_decimal (*echo_decimal)(sbn_decimal data);
    SBN_OPERATION_CONTRACT()
    double (*echo_double)(double data);
    SBN_OPERATION_CONTRACT()
    float (*echo_float)(float data);
    SBN_OPERATION_CONTRACT()
    int (*echo_int)(int data);
    SBN_OPERATION_CONTRACT()
    unsigned (*echo_uint)(unsigned data);
    SBN_OPERATION_CONTRACT()
    long long (*echo_long)(long long data);
    SBN_OPERATION_CONTRACT()
    unsigned long long (*echo_ulong)(unsigned long long data);
    SBN_OPERATION_CONTRACT()
    short (*echo_short)(short data);
    SBN_OPERATION_CONTRACT()
    unsigned short (*echo_ushort)(unsigned short data);
    SBN_OPERATION_CONTRACT()
    const char *(*echo_string)(const char *data);
    SBN_OPERATION_CONTRACT()
    sbn_datetime (*echo_date_time)(sbn_datetime data);
    SBN_OPERATION_CONTRACT()
    sbn_duration (*echo_time_span)(sbn_duration data);
    SBN_OPERATION_CONTRACT()
    sbn_guid (*echo_guid)(sbn_guid data);
    SBN_OPERATION_CONTRACT()
    sbn_uri (*echo_uri)(sbn_uri data);
};

SBN_SERVICE_CONTRACT(.name = "CollectionsService")
struct collections_service {
    SBN_OPERATION_CONTRACT()
    SBN_ARRAY(const char *) (*echo_string_list)(SBN_ARRAY(const char *) echo);
    SBN_OPERATION_CONTRACT(.name = "EchoStringEnumerable")
    SBN_ARRAY(const char *) (*enumerable)(SBN_ARRAY(const char *) echo);
    SBN_OPERATION_CONTRACT()
    SBN_ARRAY(const char *) (*echo_string_array)(SBN_ARRAY(const char *) echo);
    SBN_OPERATION_CONTRACT()
    SBN_MAP(const char *, const char *) (*echo_dictionary)(
        SBN_MAP(const char *, const char *) echo);
    SBN_OPERATION_CONTRACT(.name = "EchoIDictionary")
    SBN_MAP(const char *, const char *) (*dictionary)(
        SBN_MAP(const char *, const char *) echo);
};

SBN_DATA_CONTRACT()
struct data_containing_list {
    SBN_DATA_MEMBER() SBN_ARRAY(const char *) string_data_list;
};

SBN_DATA_CONTRACT()
struct data_containing_array {
    SBN_DATA_MEMBER() SBN_ARRAY(const char *) string_data_array;
};

SBN_SERVICE_CONTRACT(.name = "ComplexTypesWithCollectionsService",
                     .service = "ComplexTypesWithCollectionsService")
struct complex_service {
    SBN_OPERATION_CONTRACT()
    struct data_containing_list *(*echo_complex_type_with_list)(
        const struct data_containing_list *echo);
    SBN_OPERATION_CONTRACT()
    struct data_containing_array *(*echo_complex_type_with_array)(
        const struct data_containing_array *echo);
};

SBN_DATA_CONTRACT()
struct key_value_containing_list {
    SBN_DATA_MEMBER() SBN_ARRAY(SBN_PAIR(const char *, int)) key_value_list;
};

SBN_DATA_CONTRACT()
struct key_value_containing_array {
    SBN_DATA_MEMBER() SBN_ARRAY(SBN_PAIR(const char *, int)) key_value_array;
};

SBN_SERVICE_CONTRACT(.name = "CollectionOfKeyValuePairDataService",
                     .service = "CollectionOfKeyValuePairDataService")
struct pair_service {
    SBN_OPERATION_CONTRACT()
    struct key_value_containing_list *(*echo_key_value_with_list)(
        const struct key_value_containing_list *echo);
    SBN_OPERATION_CONTRACT()
    struct key_value_containing_array *(*echo_key_value_with_array)(
        const struct key_value_containing_array *echo);
};

SBN_DATA_CONTRACT()
enum test_enum {
    SBN_ENUM_MEMBER() TEST_ENUM_ONE = 1,
    SBN_ENUM_MEMBER() TEST_ENUM_TWO,
    SBN_ENUM_MEMBER() TEST_ENUM_THREE,
    TEST_ENUM_FOUR,
    SBN_ENUM_MEMBER() TEST_ENUM_FIVE
};

SBN_DATA_CONTRACT()
struct test_wrapped_enum {
    SBN_DATA_MEMBER(.name = "Enum") enum test_enum value;
};

SBN_SERVICE_CONTRACT(.name = "EnumService")
struct enum_service {
    SBN_OPERATION_CONTRACT()
    void (*accept_wrapped)(const struct test_wrapped_enum *accept);
    SBN_OPERATION_CONTRACT()
    struct test_wrapped_enum *(*request_wrapped)(void);
};

#endif
