/* SPDX-License-Identifier: Apache-2.0 */
/* Services of CoreWCF's tests that XmlSerializer writes. */
#ifndef NET_COREWCF_XML_H
#define NET_COREWCF_XML_H

#include <sebon/contract.h>

SBN_SERVICE_CONTRACT(.name = "SystemDataService")
struct system_data {
    SBN_OPERATION_CONTRACT()
    sbn_dataset (*get_data_set)(void);
};

SBN_XML_TYPE()
struct xml_composite_type {
    SBN_XML_ELEMENT() bool bool_value;
    SBN_XML_ELEMENT() const char *string_value;
};

SBN_XML_TYPE()
struct non_instantiated_type {
    int nothing;
};

SBN_XML_TYPE()
struct xml_very_complex_type {
    SBN_XML_ELEMENT()
    const struct non_instantiated_type *non_instantiated_field;
    SBN_XML_ELEMENT() int id;
};

SBN_XML_SERIALIZER_FORMAT()
SBN_SERVICE_CONTRACT(.name = "IWcfServiceXmlGenerated",
                     .service = "WcfServiceXmlGenerated")
struct xml_generated {
    SBN_OPERATION_CONTRACT(
            .action = "http://tempuri.org/IWcfService/EchoXmlSerializerFormat",
            .reply_action = "http://tempuri.org/IWcfService/"
                            "EchoXmlSerializerFormatResponse")
    const char *(*echo_xml_serializer_format)(const char *message);

    SBN_XML_SERIALIZER_FORMAT(.support_faults = true)
    SBN_OPERATION_CONTRACT(
            .action = "http://tempuri.org/IWcfService/"
                      "EchoXmlSerializerFormatSupportFaults",
            .reply_action = "http://tempuri.org/IWcfService/"
                            "EchoXmlSerializerFormatSupportFaultsResponse")
    const char *(*echo_xml_serializer_format_support_faults)(
            const char *message, bool please_throw_exception);

    SBN_XML_SERIALIZER_FORMAT(.style = "rpc")
    SBN_OPERATION_CONTRACT(
            .action = "http://tempuri.org/IWcfService/"
                      "EchoXmlSerializerFormatUsingRpc",
            .reply_action = "http://tempuri.org/IWcfService/"
                            "EchoXmlSerializerFormatUsingRpcResponse")
    const char *(*echo_xml_serializer_format_using_rpc)(const char *message);

    SBN_OPERATION_CONTRACT(
            .action = "http://tempuri.org/IWcfService/GetDataUsingXmlSerializer")
    struct xml_composite_type *(*get_data_using_xml_serializer)(
            const struct xml_composite_type *composite);

    SBN_OPERATION_CONTRACT(
            .action = "http://tempuri.org/IWcfService/EchoXmlVeryComplexType")
    struct xml_very_complex_type *(*echo_xml_very_complex_type)(
            const struct xml_very_complex_type *complex);
};

SBN_XML_TYPE()
struct soap_complex_type {
    SBN_XML_ELEMENT() bool bool_value;
    SBN_XML_ELEMENT() const char *string_value;
};

SBN_XML_TYPE(.ns = "WcfService")
struct additional_data {
    SBN_XML_ELEMENT() const char *field;
};

SBN_KNOWN_TYPE(struct additional_data)
SBN_XML_TYPE(.ns = "WcfService")
struct customer_object {
    SBN_XML_ELEMENT() const char *name;
    SBN_XML_ELEMENT() sbn_xml data;
};

SBN_MESSAGE_CONTRACT(.is_wrapped = false)
struct ping_encoded_request {
    SBN_MESSAGE_BODY_MEMBER() const char *pinginfo;
};

SBN_MESSAGE_CONTRACT()
struct ping_encoded_response {
    SBN_MESSAGE_BODY_MEMBER(.name = "Return") int result;
};

SBN_XML_SERIALIZER_FORMAT(.style = "rpc", .use = "encoded")
SBN_SERVICE_CONTRACT(.name = "IWcfSoapService", .service = "SoapService")
struct soap_service {
    SBN_OPERATION_CONTRACT(
            .action = "http://tempuri.org/IWcfService/"
                      "CombineStringXmlSerializerFormatSoap",
            .reply_action = "http://tempuri.org/IWcfService/"
                            "CombineStringXmlSerializerFormatSoapResponse")
    const char *(*combine_string_xml_serializer_format_soap)(
            const char *message1, const char *message2);

    SBN_OPERATION_CONTRACT(
            .action = "http://tempuri.org/IWcfService/"
                      "EchoComositeTypeXmlSerializerFormatSoap",
            .reply_action = "http://tempuri.org/IWcfService/"
                            "EchoComositeTypeXmlSerializerFormatSoapResponse")
    struct soap_complex_type *(*echo_comosite_type_xml_serializer_format_soap)(
            const struct soap_complex_type *c);

    SBN_OPERATION_CONTRACT(
            .action = "http://tempuri.org/IWcfService/ProcessCustomerData")
    SBN_RETURN(.name = "ProcessCustomerDataReturn")
    const char *(*process_customer_data)(
            SBN_PARAMETER(.name = "CustomerData")
            const struct customer_object *customer);

    SBN_OPERATION_CONTRACT(.action = "http://tempuri.org/IWcfService/Ping")
    struct ping_encoded_response *(*ping)(
            const struct ping_encoded_request *request);
};

#endif
