/* SPDX-License-Identifier: Apache-2.0 */
/* Of the recorded IEcho what is called. */
#ifndef INTEROP_ECHO_CONTRACT_H
#define INTEROP_ECHO_CONTRACT_H

#include <sebon/contract.h>

SBN_SERVICE_CONTRACT(.ns = "urn:sebon:interop:echo")
struct echo {
    SBN_OPERATION_CONTRACT()
    const char *(*echo)(const char *text);
    SBN_OPERATION_CONTRACT()
    const char *(*repeat)(const char *text, int times);
};

#endif
