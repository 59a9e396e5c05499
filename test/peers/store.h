/* SPDX-License-Identifier: Apache-2.0 */
/* One service with contracts of two namespaces, of which one is XmlSerializer's. */
#ifndef STORE_CONTRACT_H
#define STORE_CONTRACT_H

#include <sebon/contract.h>

SBN_DATA_CONTRACT(.ns = "urn:store:data")
struct goods {
    SBN_DATA_MEMBER() const char *name;
    SBN_DATA_MEMBER() int count;
};

SBN_XML_TYPE()
struct label {
    SBN_XML_ATTRIBUTE() int size;
    SBN_XML_TEXT() const char *text;
};

SBN_SERVICE_CONTRACT(.name = "IStock", .ns = "urn:store:stock",
                     .service = "Store", .binding = "basic soap12")
struct stock {
    SBN_OPERATION_CONTRACT()
    struct goods *(*look)(const char *name);
};

SBN_XML_SERIALIZER_FORMAT()
SBN_SERVICE_CONTRACT(.name = "ILabels", .ns = "urn:store:labels",
                     .service = "Store")
struct labels {
    SBN_OPERATION_CONTRACT()
    struct label *(*print)(const struct label *label);
};

#endif
