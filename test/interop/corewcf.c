/* SPDX-License-Identifier: Apache-2.0 */
/* Services of CoreWCF's tests; each at the path of its recorded messages. */
#include "fault_contract.h"
#include "fault_contract_ns.h"
#include "message_parameter.h"
#include "number_echo.h"
#include "test/interop/services.h"
#include "text_echo.h"
#include "xml_format.h"
#include "xml_operation.h"

#define NO_REASON "The creator of this fault did not specify a Reason."

static sbn_status
identity(sbn_request *request, const char *text, const char **ret_text)
{
    *ret_text = text;
    return SBN_OK;
}

static sbn_status
number_identity(sbn_request *request, int32_t number, int32_t *ret_number)
{
    *ret_number = number;
    return SBN_OK;
}

static sbn_status
message_identity(sbn_request *request,
                 const struct xml_operation_xml_message *message,
                 const struct xml_operation_xml_message **ret_message)
{
    *ret_message = message;
    return SBN_OK;
}

static sbn_status
fails(sbn_request *request, const char *input, const char **ret_text)
{
    const struct fault_contract_ssm_compatibility_fault fault = {
        .message = "An error occured"};

    return fault_contract_fault_ssm_compatibility_fault(
        request, SBN_FAULT_SENDER, NO_REASON, &fault);
}

static sbn_status
fails_ns(sbn_request *request, const char *input, const char **ret_text)
{
    const struct fault_contract_ns_ssm_compatibility_fault fault = {
        .message = "An error occured"};

    return fault_contract_ns_fault_ssm_compatibility_fault(
        request, SBN_FAULT_SENDER, NO_REASON, &fault);
}

static const struct text_echo_service text = {.echo = identity};
static const struct number_echo_service number = {.echo = number_identity};
static const struct message_parameter_service parameter = {.identity =
                                                               identity};
static const struct xml_format_service format = {.identity = identity};
static const struct xml_operation_service operation = {.identity =
                                                           message_identity};
static const struct fault_contract_service fault = {.identity = fails};
static const struct fault_contract_ns_service fault_ns = {.identity = fails_ns};

#define BIND(name, prefix, functions) \
    if (status == SBN_OK)             \
    status = prefix##_service_bind(server, "/corewcf/" name, functions, NULL)

sbn_status
bind_corewcf(sbn_server *server)
{
    sbn_status status = SBN_OK;

    BIND("HttpClient", text_echo, &text);
    BIND("Issue1382", number_echo, &number);
    BIND("ServiceWithCoreWCFMessageParameter", message_parameter, &parameter);
    BIND("ServiceWithCoreWCFXmlSerializerFormat", xml_format, &format);
    BIND("ServiceWithCoreWCFXmlSerializerFormatOnOperation", xml_operation,
         &operation);
    BIND("ServiceWithCoreWCFFaultContract", fault_contract, &fault);
    BIND("ServiceWithCoreWCFFaultContractWithNamespaceAtServiceContractLevel",
         fault_contract_ns, &fault_ns);
    return status;
}
