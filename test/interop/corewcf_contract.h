/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of CoreWCF's tests whose messages are recorded to the byte. */
#ifndef INTEROP_COREWCF_CONTRACT_H
#define INTEROP_COREWCF_CONTRACT_H

#include <sebon/contract.h>

SBN_CONTRACT_NAMESPACE(.ns = "http://schemas.datacontract.org/2004/07/Services")

SBN_SERVICE_CONTRACT(.name = "IEchoService")
struct text_echo {
    SBN_OPERATION_CONTRACT()
    const char *(*echo)(const char *text);
};

SBN_SERVICE_CONTRACT(.name = "IEchoService", .service = "NumberEchoService")
struct number_echo {
    SBN_OPERATION_CONTRACT()
    int (*echo)(int text);
};

SBN_SERVICE_CONTRACT(.name = "IServiceWithCoreWCFMessageParameter")
struct message_parameter {
    SBN_RETURN(.name = "Output")
    SBN_OPERATION_CONTRACT()
    const char *(*identity)(SBN_PARAMETER(.name = "Input") const char *msg);
};

SBN_XML_SERIALIZER_FORMAT()
SBN_SERVICE_CONTRACT(.name = "IServiceWithCoreWCFXmlSerializerFormat")
struct xml_format {
    SBN_OPERATION_CONTRACT()
    const char *(*identity)(const char *msg);
};

SBN_XML_TYPE()
struct xml_message {
    SBN_XML_ELEMENT(.name = "Message") const char *message;
};

SBN_SERVICE_CONTRACT(
    .name = "IServiceWithCoreWCFXmlSerializerFormatOnOperation")
struct xml_operation {
    SBN_XML_SERIALIZER_FORMAT()
    SBN_OPERATION_CONTRACT()
    struct xml_message *(*identity)(const struct xml_message *msg);
};

SBN_DATA_CONTRACT(.name = "SSMCompatibilityFault")
struct compatibility_fault {
    SBN_DATA_MEMBER() const char *message;
};

SBN_SERVICE_CONTRACT(.name = "IServiceWithCoreWCFFaultContract")
struct fault_contract {
    SBN_FAULT_CONTRACT(struct compatibility_fault,
                       .name = "SSMCompatibilityFault",
                       .ns = "https://ssm-fault-contract-compatibility.com")
    SBN_OPERATION_CONTRACT()
    const char *(*identity)(SBN_PARAMETER(.name = "Input") const char *msg);
};

SBN_SERVICE_CONTRACT(
    .name =
        "IServiceWithCoreWCFFaultContractWithNamespaceAtServiceContractLevel",
    .ns = "https://ssm-fault-contract-compatibility.com")
struct fault_contract_ns {
    SBN_FAULT_CONTRACT(struct compatibility_fault,
                       .name = "SSMCompatibilityFault")
    SBN_OPERATION_CONTRACT()
    const char *(*identity)(SBN_PARAMETER(.name = "Input") const char *msg);
};

#endif
