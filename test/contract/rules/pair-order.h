/* SPDX-License-Identifier: Apache-2.0 */
/* What differs first is told: each operation breaks the rule of its name and
 * all that follow. */
#include <sebon/contract.h>

SBN_DATA_CONTRACT()
struct oops {
    SBN_DATA_MEMBER() int code;
};

SBN_SERVICE_CONTRACT()
struct order {
    SBN_OPERATION_CONTRACT(.name = "Count", .is_one_way = true)
    int64_t (*count)(int64_t a, int *ret_b, int c);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_KNOWN_TYPE(struct oops)
    SBN_OPERATION_CONTRACT(.name = "Count", .async_pattern = true,
                           .action = "a", .reply_action = "b")
    sbn_async_result *(*begin_count)(int a, sbn_async_callback *callback,
                                     void *state);
    int (*end_count)(int64_t *ret_b, sbn_async_result *result);

    SBN_OPERATION_CONTRACT(.name = "Input", .is_one_way = true)
    int64_t (*input)(int64_t a, int *ret_b);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_KNOWN_TYPE(struct oops)
    SBN_OPERATION_CONTRACT(.name = "Input", .async_pattern = true,
                           .action = "a", .reply_action = "b")
    sbn_async_result *(*begin_input)(int a, sbn_async_callback *callback,
                                     void *state);
    int (*end_input)(int64_t *ret_b, sbn_async_result *result);

    SBN_OPERATION_CONTRACT(.name = "Output", .is_one_way = true)
    int64_t (*output)(int a, int *ret_b);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_KNOWN_TYPE(struct oops)
    SBN_OPERATION_CONTRACT(.name = "Output", .async_pattern = true,
                           .action = "a", .reply_action = "b")
    sbn_async_result *(*begin_output)(int a, sbn_async_callback *callback,
                                      void *state);
    int (*end_output)(int64_t *ret_b, sbn_async_result *result);

    SBN_OPERATION_CONTRACT(.name = "Return", .is_one_way = true)
    int64_t (*returns)(int a);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_KNOWN_TYPE(struct oops)
    SBN_OPERATION_CONTRACT(.name = "Return", .async_pattern = true,
                           .action = "a", .reply_action = "b")
    sbn_async_result *(*begin_returns)(int a, sbn_async_callback *callback,
                                       void *state);
    int (*end_returns)(sbn_async_result *result);

    SBN_OPERATION_CONTRACT(.name = "Fault", .is_one_way = true)
    int (*fault)(int a);
    SBN_FAULT_CONTRACT(struct oops)
    SBN_KNOWN_TYPE(struct oops)
    SBN_OPERATION_CONTRACT(.name = "Fault", .async_pattern = true,
                           .action = "a", .reply_action = "b")
    sbn_async_result *(*begin_fault)(int a, sbn_async_callback *callback,
                                     void *state);
    int (*end_fault)(sbn_async_result *result);

    SBN_OPERATION_CONTRACT(.name = "Known", .is_one_way = true)
    int (*known)(int a);
    SBN_KNOWN_TYPE(struct oops)
    SBN_OPERATION_CONTRACT(.name = "Known", .async_pattern = true,
                           .action = "a", .reply_action = "b")
    sbn_async_result *(*begin_known)(int a, sbn_async_callback *callback,
                                     void *state);
    int (*end_known)(sbn_async_result *result);

    SBN_OPERATION_CONTRACT(.name = "OneWay", .is_one_way = true)
    int (*one_way)(int a);
    SBN_OPERATION_CONTRACT(.name = "OneWay", .async_pattern = true,
                           .action = "a", .reply_action = "b")
    sbn_async_result *(*begin_one_way)(int a, sbn_async_callback *callback,
                                       void *state);
    int (*end_one_way)(sbn_async_result *result);

    SBN_OPERATION_CONTRACT(.name = "Action")
    int (*action)(int a);
    SBN_OPERATION_CONTRACT(.name = "Action", .async_pattern = true,
                           .action = "a", .reply_action = "b")
    sbn_async_result *(*begin_action)(int a, sbn_async_callback *callback,
                                      void *state);
    int (*end_action)(sbn_async_result *result);

    SBN_OPERATION_CONTRACT(.name = "ReplyAction")
    int (*reply_action)(int a);
    SBN_OPERATION_CONTRACT(.name = "ReplyAction", .async_pattern = true,
                           .reply_action = "b")
    sbn_async_result *(*begin_reply_action)(int a, sbn_async_callback *callback,
                                            void *state);
    int (*end_reply_action)(sbn_async_result *result);
};
