/* SPDX-License-Identifier: Apache-2.0 */
#include <sebon.h>

#include "runtime/base/error.h"
#include "test/support/test.h"

struct fixture {
    struct test_memory memory;
    struct sbn__arena arena;
    struct sbn_error error;
};

static void
set_up(struct fixture *f)
{
    test_memory_init(&f->memory);
    sbn__arena_init(&f->arena, &f->memory.allocator, SIZE_MAX);
    sbn__error_init(&f->error, &f->arena);
}

static void
tear_down(struct fixture *f)
{
    sbn__arena_fini(&f->arena);
    CHECK_INT(f->memory.live, ==, 0);
}

TEST(a_timeout_is_one_sentence)
{
    struct fixture f;

    set_up(&f);
    f.error.operation = "Add";
    f.error.stage = SBN_STAGE_CONNECT;
    f.error.peer = "192.168.1.10:80";
    f.error.elapsed = 5012;
    sbn__error_set(&f.error, SBN_ETIMEDOUT, 0, "no answer");
    CHECK_STR(sbn_error_text(&f.error),
              "Add: connect 192.168.1.10:80: no answer after 5.0 s");
    CHECK(sbn_error_text(&f.error) == sbn_error_text(&f.error));
    tear_down(&f);
}

TEST(what_is_unknown_is_left_out)
{
    struct fixture f;

    set_up(&f);
    CHECK_STR(sbn_error_text(&f.error), "success");
    f.error.status = SBN_ECLOSED;
    CHECK_STR(sbn_error_text(&f.error), "closed");
    sbn__error_clear(&f.error);
    f.error.status = SBN_ECONNECT;
    f.error.stage = SBN_STAGE_CONNECT;
    CHECK_STR(sbn_error_text(&f.error), "connect: connection failed");
    sbn__error_clear(&f.error);
    f.error.operation = "Add";
    f.error.status = SBN_ESTATE;
    CHECK_STR(sbn_error_text(&f.error), "Add: not allowed in this state");
    sbn__error_clear(&f.error);
    f.error.peer = "/run/service";
    f.error.status = SBN_EIO;
    f.error.elapsed = 12;
    CHECK_STR(sbn_error_text(&f.error),
              "/run/service: connection lost (12 ms)");
    sbn__error_clear(&f.error);
    f.error.status = SBN_EXML;
    f.error.line = 3;
    f.error.column = 14;
    CHECK_STR(sbn_error_text(&f.error), "malformed XML at line 3:14");
    tear_down(&f);
}

TEST(a_value_that_does_not_fit_says_where)
{
    struct fixture f;

    set_up(&f);
    f.error.operation = "Add";
    f.error.stage = SBN_STAGE_DECODE;
    f.error.peer = "localhost:80";
    f.error.http_status = 200;
    f.error.elapsed = 1234;
    f.error.path = "/Envelope/Body/AddResponse/AddResult";
    f.error.line = 1;
    f.error.column = 210;
    sbn__error_set(&f.error, SBN_EDECODE, 0, "\"%s\" is no %s", "x", "double");
    CHECK_STR(sbn_error_text(&f.error),
              "Add: decode localhost:80: \"x\" is no double at "
              "/Envelope/Body/AddResponse/AddResult:1:210 "
              "(HTTP 200, 1.2 s)");
    CHECK_STR(sbn_error_path(&f.error), "/Envelope/Body/AddResponse/AddResult");
    CHECK_INT(sbn_error_line(&f.error), ==, 1);
    CHECK_INT(sbn_error_column(&f.error), ==, 210);
    tear_down(&f);
}

TEST(a_fault_says_its_code_and_reason)
{
    struct fixture f;
    sbn_fault fault = {.code = {"urn:s", "Sender"}, .reason = "by zero"};

    set_up(&f);
    f.error.operation = "Divide";
    f.error.stage = SBN_STAGE_DECODE;
    f.error.status = SBN_EFAULT;
    f.error.http_status = 500;
    f.error.fault = &fault;
    CHECK_STR(sbn_error_text(&f.error),
              "Divide: decode: fault Sender: by zero (HTTP 500)");
    sbn__error_clear(&f.error);
    f.error.status = SBN_EFAULT;
    f.error.fault = &fault;
    fault.subcode.local = "Math";
    fault.reason = NULL;
    CHECK_STR(sbn_error_text(&f.error), "fault Sender/Math: SOAP fault");
    CHECK(sbn_error_fault(&f.error) == &fault);
    f.error.status = SBN_EIO; /* the fault is not what ended it */
    CHECK(sbn_error_fault(&f.error) == NULL);
    tear_down(&f);
}

TEST(the_first_reason_stands)
{
    struct fixture f;

    set_up(&f);
    CHECK_STATUS(sbn__error_set(&f.error, SBN_EIO, -104, "reset by %s", "peer"),
                 SBN_EIO);
    CHECK_STATUS(sbn__error_set(&f.error, SBN_ETIMEDOUT, 1, "later"),
                 SBN_ETIMEDOUT);
    CHECK_STATUS(sbn_error_status(&f.error), SBN_EIO);
    CHECK_INT(sbn_error_native(&f.error), ==, -104);
    CHECK_STR(sbn_error_text(&f.error), "reset by peer");
    CHECK_STATUS(sbn__error_set(NULL, SBN_EIO, 0, "nobody asks"), SBN_EIO);
    sbn__error_clear(&f.error);
    CHECK_OK(sbn_error_status(&f.error));
    sbn__error_set(&f.error, SBN_ETIMEDOUT, 0, "%s", "");
    CHECK_STATUS(sbn_error_status(&f.error), SBN_ETIMEDOUT);
    tear_down(&f);
}

TEST(a_reason_from_a_peer_is_cut)
{
    struct fixture f;
    char text[5000];

    set_up(&f);
    memset(text, 'x', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    sbn__error_set(&f.error, SBN_EPROTO, 0, "%s", text);
    CHECK_INT(strlen(sbn_error_text(&f.error)), <, 600);
    tear_down(&f);
}

TEST(no_error_is_success)
{
    CHECK_OK(sbn_error_status(NULL));
    CHECK_STR(sbn_error_text(NULL), "success");
    CHECK_STR(sbn_error_peer(NULL), "");
    CHECK_STR(sbn_error_path(NULL), "");
    CHECK_INT(sbn_error_stage(NULL), ==, SBN_STAGE_NONE);
    CHECK(sbn_error_fault(NULL) == NULL);
    CHECK_INT(sbn_error_elapsed(NULL), ==, 0);
    CHECK_INT(sbn_error_http_status(NULL), ==, 0);
    CHECK_INT(sbn_error_native(NULL), ==, 0);
    CHECK_INT(sbn_error_line(NULL), ==, 0);
    CHECK_INT(sbn_error_column(NULL), ==, 0);
}

TEST(stages_and_statuses_have_texts)
{
    CHECK_STR(sbn_stage_text(SBN_STAGE_TLS), "TLS handshake");
    CHECK_STR(sbn_stage_text((sbn_stage)99), "unknown stage");
    CHECK_STR(sbn_status_name(SBN_ETIMEDOUT), "SBN_ETIMEDOUT");
    CHECK_STR(sbn_status_text(SBN_ETIMEDOUT), "deadline passed");
    CHECK_STR(sbn_status_name((sbn_status)-99), "SBN_UNKNOWN");
    CHECK_STR(sbn_status_text((sbn_status)-99), "unknown status");
    CHECK(strchr(sbn_version(), '.') != NULL);
}

TEST(a_copy_outlives_what_it_came_from)
{
    struct fixture from, to;
    sbn_fault fault = {.code = {"urn:s", "Client"},
                       .subcode = {NULL, "Sub"},
                       .reason = "because",
                       .lang = "en",
                       .actor = "urn:a",
                       .node = "urn:n",
                       .detail = {"<d/>", 4}};
    const sbn_fault *copy;

    set_up(&from);
    set_up(&to);
    from.error.operation = sbn__arena_strdup(&from.arena, "Add");
    from.error.peer = sbn__arena_strdup(&from.arena, "host:80");
    from.error.path = sbn__arena_strdup(&from.arena, "/a");
    from.error.elapsed = 7;
    from.error.fault = &fault;
    sbn__error_set(&from.error, SBN_EFAULT, 3, "a fault");
    CHECK(sbn_error_text(&from.error) != NULL);
    sbn__error_copy(&to.error, &from.error);
    sbn__error_copy(&to.error, &to.error);
    tear_down(&from);
    memset(&fault, 0, sizeof(fault));

    CHECK_STATUS(sbn_error_status(&to.error), SBN_EFAULT);
    CHECK_STR(sbn_error_text(&to.error),
              "Add: host:80: fault Client/Sub: because at /a (7 ms)");
    CHECK_STR(sbn_error_peer(&to.error), "host:80");
    copy = sbn_error_fault(&to.error);
    CHECK_STR(copy->code.ns, "urn:s");
    CHECK(copy->subcode.ns == NULL);
    CHECK_STR(copy->lang, "en");
    CHECK_STR(copy->actor, "urn:a");
    CHECK_STR(copy->node, "urn:n");
    CHECK_STR(copy->detail.text, "<d/>");
    CHECK_INT(copy->detail.size, ==, 4);
    tear_down(&to);
}

static void
each(struct test_memory *memory, void *data)
{
    struct sbn__arena arena, other;
    struct sbn_error error, copy;
    sbn_fault fault = {.code = {"urn:s", "Client"}, .reason = "because"};
    const char *text;

    sbn__arena_init(&arena, &memory->allocator, SIZE_MAX);
    sbn__arena_init(&other, &memory->allocator, SIZE_MAX);
    sbn__error_init(&error, &arena);
    sbn__error_init(&copy, &other);
    error.operation = "Add";
    error.fault = &fault;
    sbn__error_set(&error, SBN_EFAULT, 0, "a %s", "reason");
    sbn__error_set(&error, SBN_EIO, 0, "a second reason");
    CHECK_STATUS(sbn_error_status(&error), SBN_EFAULT);
    sbn__error_copy(&copy, &error);
    CHECK_STATUS(sbn_error_status(&copy), SBN_EFAULT);
    text = sbn_error_text(&copy);
    CHECK(text != NULL && text[0] != '\0');
    if (!memory->failed)
        CHECK_STR(text, "Add: fault Client: because");
    text = sbn_error_text(&error);
    CHECK(text != NULL && text[0] != '\0');
    sbn__arena_fini(&arena);
    sbn__arena_fini(&other);
}

TEST(without_memory_the_status_speaks)
{
    CHECK_INT(test_each_allocation(each, NULL), >, 3);
}
