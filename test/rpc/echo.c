/* SPDX-License-Identifier: Apache-2.0 */
#include "test/rpc/echo.h"

static const char *const namespaces[] = {NULL, "urn:echo"};

static const sbn_field in_fields[] = {
    {"text", 1, SBN_K_STRING, 0, 0, offsetof(struct echo_text, text), SBN_NONE,
     SBN_NONE, 1, 1, NULL, NULL},
};
static const sbn_type in_type = {NULL, 1,         0,   sizeof(struct echo_text),
                                 1,    in_fields, NULL};
static const sbn_field echo_in = {
    "Echo", 1, SBN_K_STRUCT, 0, 0, 0, SBN_NONE, SBN_NONE, 1, 1, &in_type, NULL};
static const sbn_field note_in = {
    "Note", 1, SBN_K_STRUCT, 0, 0, 0, SBN_NONE, SBN_NONE, 1, 1, &in_type, NULL};

static const sbn_field out_fields[] = {
    {"result", 1, SBN_K_STRING, 0, 0, offsetof(struct echo_completed, text),
     SBN_NONE, SBN_NONE, 1, 1, NULL, NULL},
};
static const sbn_type out_type = {
    NULL, 1, 0, sizeof(struct echo_completed), 1, out_fields, NULL};
static const sbn_field echo_out = {
    "EchoResponse", 1,   SBN_K_STRUCT, 0, 0, 0, SBN_NONE, SBN_NONE, 1, 1,
    &out_type,      NULL};

static void
completed(const struct sbn_completion *completion)
{
    typedef void completed_fn(sbn_client * sender,
                              const struct echo_completed *e, void *data);

    (*(completed_fn *const *)completion->function)(
        completion->sender, completion->event, completion->data);
}

const sbn_operation echo_operations[ECHO_OPERATIONS] = {
    [ECHO] = {.name = "Echo",
              .action = "urn:echo/Echo",
              .in_size = sizeof(struct echo_text),
              .out_size = sizeof(struct echo_completed),
              .in = &echo_in,
              .out = &echo_out,
              .completed = completed},
    [NOTE] = {.name = "Note",
              .action = "urn:echo/Note",
              .flags = SBN_OP_ONE_WAY,
              .in_size = sizeof(struct echo_text),
              .in = &note_in,
              .completed = completed},
    [PING] = {.name = "Ping",
              .action = "urn:echo/Ping",
              .completed = completed},
};

const sbn_contract echo_contract = {
    SBN_ABI,         "IEcho", "urn:echo", namespaces, 2,    ECHO_OPERATIONS,
    echo_operations, NULL,    0,          NULL,       NULL, 0};
