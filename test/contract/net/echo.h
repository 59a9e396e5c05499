/* SPDX-License-Identifier: Apache-2.0 */
/* One contract at endpoints of all kinds, and streams. */
#ifndef NET_ECHO_H
#define NET_ECHO_H

#include <sebon/contract.h>

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:types")
struct point {
    SBN_DATA_MEMBER() int32_t x;
    SBN_DATA_MEMBER() int32_t y;
};

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:faults")
struct oops {
    SBN_DATA_MEMBER() int32_t code;
    SBN_DATA_MEMBER() const char *text;
    SBN_DATA_MEMBER() const struct point *where;
};

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:echo")
struct blobs {
    SBN_DATA_MEMBER() const char *title;
    SBN_DATA_MEMBER() sbn_bytes small;
    SBN_DATA_MEMBER() sbn_bytes large;
    SBN_DATA_MEMBER() sbn_bytes empty;
    SBN_DATA_MEMBER() sbn_bytes null;
    SBN_DATA_MEMBER() SBN_ARRAY(sbn_bytes) many;
};

SBN_SERVICE_CONTRACT(.ns = "urn:sebon:interop:echo", .service = "EchoService")
struct echo {
    SBN_OPERATION_CONTRACT(.name = "Echo")
    const char *(*echo_text)(const char *text);
    SBN_OPERATION_CONTRACT()
    const char *(*repeat)(const char *text, int times);
    SBN_OPERATION_CONTRACT()
    sbn_bytes (*echo_bytes)(sbn_bytes data);
    SBN_OPERATION_CONTRACT()
    struct blobs *(*echo_blobs)(const struct blobs *value);
    SBN_OPERATION_CONTRACT()
    const char *(*sleep)(int milliseconds);
    SBN_OPERATION_CONTRACT()
    const char *(*who_am_i)(void);
    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*notify)(const char *text);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_OPERATION_CONTRACT()
    const char *(*fail)(const char *text);
};

SBN_MESSAGE_CONTRACT()
struct upload {
    SBN_MESSAGE_HEADER() const char *file_name;
    SBN_MESSAGE_HEADER() int64_t length;
    SBN_MESSAGE_BODY_MEMBER() sbn_stream *content;
};

SBN_MESSAGE_CONTRACT()
struct download {
    SBN_MESSAGE_HEADER() const char *file_name;
    SBN_MESSAGE_BODY_MEMBER() sbn_stream *content;
};

SBN_SERVICE_CONTRACT(.ns = "urn:sebon:interop:stream",
                     .service = "StreamService")
struct streams {
    SBN_OPERATION_CONTRACT()
    sbn_stream *(*get)(int size);
    SBN_OPERATION_CONTRACT()
    int64_t (*put)(sbn_stream *content);
    SBN_OPERATION_CONTRACT()
    sbn_stream *(*reverse)(sbn_stream *content);
    SBN_OPERATION_CONTRACT()
    struct download *(*exchange)(const struct upload *request);
};

#endif
