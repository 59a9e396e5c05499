/* SPDX-License-Identifier: Apache-2.0 */
/* Message contracts: wrapped or not, with headers of their own namespace. */
#ifndef NET_MESSAGES_H
#define NET_MESSAGES_H

#include <sebon/contract.h>

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:types")
struct point {
    SBN_DATA_MEMBER() int32_t x;
    SBN_DATA_MEMBER() int32_t y;
};

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:headers")
struct ticket {
    SBN_DATA_MEMBER() const char *user;
    SBN_DATA_MEMBER() int level;
    SBN_DATA_MEMBER() sbn_datetime issued;
};

SBN_MESSAGE_CONTRACT()
struct place_order {
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers",
                       .must_understand = true)
    const char *token;
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers")
    const struct ticket *ticket;
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers", .relay = true,
                       .actor = "urn:sebon:interop:actor:next-hop")
    int hop;
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers")
    const struct ticket *past;
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers")
    SBN_ARRAY(const char *) plain;
    SBN_MESSAGE_HEADER_ARRAY(.name = "Tag", .ns = "urn:sebon:interop:headers")
    SBN_ARRAY(const char *) tags;
    SBN_MESSAGE_BODY_MEMBER(.order = 3)
    const char *customer;
    SBN_MESSAGE_BODY_MEMBER(.order = 2)
    SBN_ARRAY(const struct point *) lines;
    SBN_MESSAGE_BODY_MEMBER(.order = 1, .ns = "urn:sebon:interop:messages:other")
    sbn_decimal total;
};

SBN_MESSAGE_CONTRACT()
struct order_placed {
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers") const char *server;
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers") const char *seen;
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers") int version;
    SBN_MESSAGE_BODY_MEMBER() sbn_guid id;
    SBN_MESSAGE_BODY_MEMBER() const char *summary;
};

SBN_MESSAGE_CONTRACT(.is_wrapped = false)
struct bare_one {
    SBN_MESSAGE_BODY_MEMBER() const struct point *point;
};

SBN_MESSAGE_CONTRACT(.is_wrapped = false)
struct bare_two {
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers") const char *note;
    SBN_MESSAGE_BODY_MEMBER() const char *one;
    SBN_MESSAGE_BODY_MEMBER() int two;
};

SBN_MESSAGE_CONTRACT(.is_wrapped = false)
struct bare_empty {
    int nothing; /* not marked: no part of it */
};

SBN_MESSAGE_CONTRACT()
struct wrapped_empty {
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers") const char *only;
};

SBN_MESSAGE_CONTRACT()
struct dynamic_header {
    SBN_MESSAGE_HEADER(.ns = "urn:sebon:interop:headers") const char *hint;
    SBN_MESSAGE_HEADER_ARRAY(.ns = "urn:sebon:interop:headers")
    SBN_ARRAY(int) numbers;
    SBN_MESSAGE_BODY_MEMBER() const char *text;
};

SBN_SERVICE_CONTRACT(.ns = "urn:sebon:interop:messages")
struct messages {
    SBN_OPERATION_CONTRACT()
    struct order_placed *(*place)(const struct place_order *order);
    SBN_OPERATION_CONTRACT()
    struct bare_one *(*bare)(const struct bare_one *message);
    SBN_OPERATION_CONTRACT()
    struct bare_two *(*bare_two)(const struct bare_two *message);
    SBN_OPERATION_CONTRACT()
    struct bare_empty *(*bare_empty)(const struct bare_empty *message);
    SBN_OPERATION_CONTRACT()
    struct wrapped_empty *(*only_header)(const struct wrapped_empty *message);
    SBN_OPERATION_CONTRACT()
    struct dynamic_header *(*dynamic)(const struct dynamic_header *message);
    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*fire)(const struct bare_two *message);
};

#endif
