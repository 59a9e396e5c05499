/* SPDX-License-Identifier: Apache-2.0 */
/* Namespaces as they come: the default, none, one that ends in a slash; and
 * whole messages. */
#ifndef NET_SMALL_H
#define NET_SMALL_H

#include <sebon/contract.h>

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:types")
struct point {
    SBN_DATA_MEMBER() int32_t x;
    SBN_DATA_MEMBER() int32_t y;
};

SBN_SERVICE_CONTRACT()
struct tempuri {
    SBN_OPERATION_CONTRACT()
    const char *(*echo)(const char *text);
};

SBN_SERVICE_CONTRACT(.name = "INoNamespace", .ns = "")
struct nons {
    SBN_OPERATION_CONTRACT()
    const char *(*echo)(const char *text);
    SBN_OPERATION_CONTRACT()
    struct point *(*echo_point)(const struct point *p);
};

SBN_SERVICE_CONTRACT(.ns = "http://sebon.example/ends/with/slash/",
                     .service = "Service.With-Dots")
struct SlashContract {
    SBN_OPERATION_CONTRACT()
    const char *(*echo)(const char *text);
};

SBN_SERVICE_CONTRACT(.ns = "urn:sebon:interop:untyped")
struct untyped {
    SBN_OPERATION_CONTRACT(.action = "urn:sebon:interop:untyped/Exchange",
                           .reply_action =
                               "urn:sebon:interop:untyped/ExchangeReply")
    sbn_message *(*exchange)(sbn_message *request);
    SBN_OPERATION_CONTRACT(.action = "urn:sebon:interop:untyped/Produce",
                           .reply_action =
                               "urn:sebon:interop:untyped/ProduceReply")
    sbn_message *(*produce)(void);
    SBN_OPERATION_CONTRACT(.action = "urn:sebon:interop:untyped/Swallow",
                           .reply_action =
                               "urn:sebon:interop:untyped/SwallowReply")
    void (*swallow)(sbn_message *request);
    SBN_OPERATION_CONTRACT(.action = "*", .reply_action = "*")
    sbn_message *(*anything)(sbn_message *request);
};

#endif
