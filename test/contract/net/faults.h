/* SPDX-License-Identifier: Apache-2.0 */
/* Faults with details of every kind, and types that are only known. */
#ifndef NET_FAULTS_H
#define NET_FAULTS_H

#include <sebon/contract.h>

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:types")
struct point {
    SBN_DATA_MEMBER() int32_t x;
    SBN_DATA_MEMBER() int32_t y;
};

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:types")
struct required {
    SBN_DATA_MEMBER(.required = true) int32_t number;
    SBN_DATA_MEMBER(.required = true) const char *text;
    SBN_DATA_MEMBER(.required = true) const struct point *point;
    SBN_DATA_MEMBER() const char *optional;
};

SBN_CONTRACT_NAMESPACE(.ns = "urn:sebon:interop:faults")

SBN_KNOWN_TYPE(struct worse)
SBN_DATA_CONTRACT()
struct oops {
    SBN_DATA_MEMBER() int32_t code;
    SBN_DATA_MEMBER() const char *text;
    SBN_DATA_MEMBER() const struct point *where;
};

SBN_DATA_CONTRACT()
struct worse {
    SBN_BASE() struct oops base;
    SBN_DATA_MEMBER() SBN_ARRAY(const char *) reasons;
};

SBN_DATA_CONTRACT()
struct other {
    SBN_DATA_MEMBER() sbn_guid id;
};

SBN_DATA_CONTRACT()
struct unserializable {
    SBN_DATA_MEMBER() sbn_xml secret;
};

SBN_SERVICE_CONTRACT(.ns = "urn:sebon:interop:faults", .service = "Faults11")
struct faults {
    SBN_OPERATION_CONTRACT()
    const char *(*good)(const char *text, int number);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_OPERATION_CONTRACT()
    void (*declared)(int code, const char *text);
    SBN_OPERATION_CONTRACT()
    void (*undeclared)(void);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_OPERATION_CONTRACT()
    void (*derived)(void);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_OPERATION_CONTRACT()
    void (*null_detail)(void);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_FAULT_CONTRACT(struct other)
    SBN_FAULT_CONTRACT(const char *, .name = "Words",
                       .ns = "urn:sebon:interop:faults:named",
                       .action = "urn:sebon:interop:faults:named-action")
    SBN_FAULT_CONTRACT(int)
    SBN_OPERATION_CONTRACT()
    void (*several)(int which);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_OPERATION_CONTRACT()
    int (*task_fault)(int code);
    SBN_OPERATION_CONTRACT()
    void (*plain)(const char *reason);
    SBN_OPERATION_CONTRACT()
    void (*code)(const char *name, const char *ns,
                 SBN_PARAMETER(.name = "subName") const char *sub_name,
                 const char *sub_ns);
    SBN_OPERATION_CONTRACT()
    void (*actor)(const char *actor, const char *node);
    SBN_OPERATION_CONTRACT()
    void (*own_action)(const char *action);
    SBN_OPERATION_CONTRACT()
    void (*two_languages)(void);
    SBN_OPERATION_CONTRACT(.name = "Default")
    void (*default_)(void);
    SBN_OPERATION_CONTRACT()
    const char *(*raw)(const char *xml_detail);
    SBN_OPERATION_CONTRACT()
    void (*unhandled)(const char *message);
    SBN_OPERATION_CONTRACT()
    void (*inner)(void);
    SBN_OPERATION_CONTRACT()
    int (*not_implemented)(int x);
    SBN_OPERATION_CONTRACT()
    struct unserializable *(*bad_result)(int x);
    SBN_OPERATION_CONTRACT()
    struct required *(*needs_required)(const struct required *value);
    SBN_OPERATION_CONTRACT()
    struct point *(*echo_point)(const struct point *p);
    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*one_way_fault)(const char *text);
};

#endif
