/* SPDX-License-Identifier: Apache-2.0 */
/* Faults as described structs, for the table interpreter to read. */
#ifndef SBN_SOAP_FAULT_H
#define SBN_SOAP_FAULT_H

#include "runtime/soap/message.h"

struct sbn__fault_text {
    const char *lang;
    const char *text;
};

struct sbn__fault_subcode {
    sbn_qname value;
};

/* The members of both versions. */
struct sbn__fault {
    sbn_qname code; /* 1.1 */
    struct {
        sbn_qname value;
        struct sbn__fault_subcode *subcode;
    } code12;
    struct sbn__fault_text reason; /* 1.1 */
    struct {
        struct sbn__fault_text *texts;
        size_t count;
    } reason12;
    const char *actor, *node;
    sbn_xml detail;
};

/* The tables to read a Fault of this version with. */
void sbn__fault_target(enum sbn__soap_version version,
                       const sbn_contract **ret_contract,
                       const sbn_field **ret_field);
/* Into the public shape; texts are shared. */
void sbn__fault_convert(const struct sbn__fault *from, sbn_fault *to);

#endif
