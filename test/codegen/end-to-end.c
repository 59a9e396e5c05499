/* SPDX-License-Identifier: Apache-2.0 */
/* Generated clients and services against each other: headers, declared faults,
 * both versions of SOAP, rpc/encoded. */
#include <stdio.h>

#include "bank.h"
#include "encoded.h"

#include "test/support/test.h"

/* ---- The services -------------------------------------------------------- */

static void
check_marks(const sbn_header_marks *marks, bool must_understand, bool relay,
            const char *actor)
{
    CHECK(marks != NULL);
    CHECK_INT(marks->must_understand, ==, must_understand);
    CHECK_INT(marks->relay, ==, relay);
    if (actor == NULL)
        CHECK(marks->actor == NULL);
    else
        CHECK_STR(marks->actor, actor);
}

/* What set_marked_tags gives. */
static void
check_marked_tags(const sbn_request *request)
{
    const sbn_header_marks *first =
        sbn_request_header_marks(request, "urn:test:bank", "Tag", 0);
    bool is_12 = strstr(first->actor, "/role/next") != NULL;

    check_marks(first, true, is_12,
                is_12 ? "http://www.w3.org/2003/05/soap-envelope/role/next"
                      : "http://schemas.xmlsoap.org/soap/actor/next");
    check_marks(sbn_request_header_marks(request, "urn:test:bank", "Tag", 1),
                false, false, NULL);
    CHECK(sbn_request_header_marks(request, "urn:test:bank", "Tag", 2) == NULL);
    CHECK(sbn_request_header_marks(request, NULL, "Tag", 0) == NULL);
}

static sbn_status
withdraw(sbn_request *request, const char *account, int32_t amount,
         int32_t *ret_balance)
{
    const struct bank_session *session =
        bank_request_session_header(request, 0);
    static const sbn_header_marks must = {true, false, NULL};
    struct bank_overdrawn overdrawn = {0};

    if (session == NULL || session->id != 7) {
        CHECK_OK(bank_reply_session_expired_header(request, "again, please"));
        return sbn_request_fault(request, SBN_FAULT_SENDER, "no session");
    }
    CHECK_STR(session->user, "anna");
    if (strcmp(account, "none") == 0)
        return bank_fault_no_account(request, SBN_FAULT_SENDER, "unknown",
                                     account);
    if (amount > 100) {
        overdrawn.balance = 100;
        overdrawn.hint = "ask for less";
        return bank_fault_overdrawn(request, SBN_FAULT_SENDER, "overdrawn",
                                    &overdrawn);
    }
    if (amount < 0) /* a detail without what it must have */
        return bank_fault_overdrawn(request, SBN_FAULT_SENDER, "?", NULL);
    CHECK(bank_request_tag_header(request, 2) == NULL);
    if (bank_request_tag_header(request, 0) != NULL) {
        CHECK_STR(bank_request_tag_header(request, 0), "one");
        CHECK_STR(bank_request_tag_header(request, 1), "two");
        check_marked_tags(request);
    }
    CHECK_OK(bank_reply_served_header(request, 41));
    CHECK_OK(sbn_request_mark_header(request, &must));
    CHECK_OK(bank_reply_served_header(request, 42));
    *ret_balance = 100 - amount;
    return SBN_OK;
}

static const struct bank_service bank = {.withdraw = withdraw};

static sbn_status
meet(sbn_request *request, const struct encoded_people *who, const char *where,
     const struct encoded_person **ret_first, int32_t *ret_count)
{
    CHECK_STR(where, "here");
    *ret_count = (int32_t)who->item_count;
    *ret_first = who->item_count > 0 ? who->items[0] : NULL;
    return SBN_OK;
}

static const struct encoded_service encoded = {.meet = meet};

/* ---- The world ----------------------------------------------------------- */

struct world {
    sbn_runtime *rt;
    sbn_server *server;
    bank_client *bank;
    encoded_client *encoded;
    sbn_call *call;
    int32_t balance;
};

static void
world_start(struct world *w, sbn_soap_version version)
{
    sbn_client_options options = {.soap = version};
    char url[64];

    memset(w, 0, sizeof(*w));
    CHECK_OK(sbn_runtime_new(NULL, &w->rt));
    CHECK_OK(sbn_server_new(w->rt, NULL, &w->server));
    CHECK_OK(bank_service_bind(w->server, "/bank", &bank, NULL));
    CHECK_OK(encoded_service_bind(w->server, "/encoded", &encoded, NULL));
    CHECK_OK(sbn_server_listen(w->server, "127.0.0.1", 0));
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/bank",
             sbn_server_port(w->server));
    CHECK_OK(bank_client_new(w->rt, url, &options, &w->bank));
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/encoded",
             sbn_server_port(w->server));
    CHECK_OK(encoded_client_new(w->rt, url, &options, &w->encoded));
    CHECK_OK(sbn_call_new(w->rt, &w->call));
}

static void
world_end(struct world *w)
{
    sbn_call_free(w->call);
    bank_client_free(w->bank);
    encoded_client_free(w->encoded);
    sbn_server_free(w->server);
    sbn_runtime_free(w->rt);
}

static void
done(sbn_call *call, void *state)
{
    sbn_runtime_stop(((struct world *)state)->rt);
}

static sbn_status
run_withdraw(struct world *w, const char *account, int32_t amount)
{
    CHECK_OK(bank_begin_withdraw(w->bank, w->call, account, amount, done, w));
    sbn_runtime_run(w->rt);
    return bank_end_withdraw(w->call, &w->balance);
}

static void
set_session(struct world *w, sbn_call *call, int32_t id)
{
    struct bank_session session = {.id = id, .user = "anna"};

    CHECK_OK(bank_set_session_header(w->bank, call, &session));
}

/* For whoever is next, as SOAP 1.1 calls it; the second has no marks. */
static void
set_marked_tags(struct world *w)
{
    static const sbn_header_marks other = {true, true, "urn:somebody"};
    static const sbn_header_marks marks = {
        true, true, "http://schemas.xmlsoap.org/soap/actor/next"};

    CHECK_OK(bank_set_tag_header(w->bank, w->call, "one"));
    CHECK_OK(sbn_call_mark_header(bank_client_base(w->bank), w->call, &other));
    CHECK_OK(sbn_call_mark_header(bank_client_base(w->bank), w->call, &marks));
    CHECK_OK(bank_set_tag_header(w->bank, w->call, "two"));
}

/* ---- Headers and faults -------------------------------------------------- */

static void
check_version(sbn_soap_version version)
{
    const struct bank_overdrawn *overdrawn;
    struct world w;

    world_start(&w, version);
    set_session(&w, w.call, 7);
    set_marked_tags(&w);
    CHECK_OK(run_withdraw(&w, "a", 30));
    CHECK_INT(w.balance, ==, 70);
    CHECK_INT(*bank_served_header(w.call, 0), ==, 41);
    CHECK_INT(*bank_served_header(w.call, 1), ==, 42);
    CHECK(bank_served_header(w.call, 2) == NULL);
    check_marks(sbn_call_header_marks(w.call, "urn:test:bank", "Served", 0),
                true, false, NULL);
    check_marks(sbn_call_header_marks(w.call, "urn:test:bank", "Served", 1),
                false, false, NULL);

    /* headers are for one call */
    CHECK_STATUS(run_withdraw(&w, "a", 30), SBN_EFAULT);
    CHECK_STR(bank_session_expired_header(w.call, 0), "again, please");
    CHECK(bank_overdrawn_detail(sbn_call_error(w.call)) == NULL);

    set_session(&w, w.call, 7);
    CHECK_STATUS(run_withdraw(&w, "a", 300), SBN_EFAULT);
    overdrawn = bank_overdrawn_detail(sbn_call_error(w.call));
    CHECK(overdrawn != NULL);
    CHECK_INT(overdrawn->balance, ==, 100);
    CHECK_STR(overdrawn->hint, "ask for less");
    CHECK(bank_no_account_detail(sbn_call_error(w.call)) == NULL);
    CHECK(sbn_error_fault(sbn_call_error(w.call))->detail.size > 0);

    set_session(&w, w.call, 7);
    CHECK_STATUS(run_withdraw(&w, "none", 1), SBN_EFAULT);
    CHECK_STR(bank_no_account_detail(sbn_call_error(w.call)), "none");

    set_session(&w, w.call, 7);
    CHECK_STATUS(run_withdraw(&w, "a", -1), SBN_EFAULT);
    CHECK(strcmp(sbn_error_fault(sbn_call_error(w.call))->reason, "?") != 0);
    world_end(&w);
}

TEST(headers_and_faults_in_soap_11)
{
    check_version(SBN_SOAP_11);
}

TEST(headers_and_faults_in_soap_12)
{
    check_version(SBN_SOAP_12);
}

static void
on_withdraw(bank_client *sender, const struct bank_withdraw_completed *e,
            void *data)
{
    struct world *w = data;

    CHECK(e->error == NULL);
    CHECK_INT(*bank_served_header(e->call, 1), ==, 42);
    w->balance = e->balance;
    sbn_runtime_stop(w->rt);
}

static const struct bank_events events = {.withdraw_completed = on_withdraw};

TEST(event_based_calls_take_headers_of_the_client)
{
    struct world w;

    world_start(&w, SBN_SOAP_DEFAULT);
    CHECK_OK(bank_client_listen(w.bank, &events, &w));
    set_session(&w, NULL, 7);
    CHECK_OK(bank_withdraw_async(w.bank, "a", 1, NULL));
    sbn_runtime_run(w.rt);
    CHECK_INT(w.balance, ==, 99);
    world_end(&w);
}

TEST(a_header_that_cannot_be_written_is_not_sent)
{
    struct bank_session session = {.id = 7}; /* without a user */
    struct world w;

    world_start(&w, SBN_SOAP_DEFAULT);
    CHECK_STATUS(bank_set_session_header(w.bank, w.call, &session), SBN_EINVAL);
    set_session(&w, w.call, 7);
    CHECK_OK(run_withdraw(&w, "a", 1));
    world_end(&w);
}

/* ---- rpc/encoded --------------------------------------------------------- */

TEST(encoded_structs_and_arrays)
{
    int32_t marks[] = {1, 2, 3}, count = 0;
    struct encoded_marks some = {3, marks};
    struct encoded_person anna = {.name = "Anna", .age = 40, .marks = &some};
    struct encoded_person ben = {.name = "Ben", .age = 41, .partner = &anna};
    struct encoded_person *people[] = {&ben, &anna, NULL};
    const struct encoded_people who = {3, people};
    const struct encoded_person *first = NULL;
    struct world w;

    world_start(&w, SBN_SOAP_DEFAULT);
    CHECK_OK(encoded_begin_meet(w.encoded, w.call, &who, "here", done, &w));
    sbn_runtime_run(w.rt);
    CHECK_OK(encoded_end_meet(w.call, &first, &count));
    CHECK_INT(count, ==, 3);
    CHECK_STR(first->name, "Ben");
    CHECK_STR(first->partner->name, "Anna");
    CHECK_INT(first->partner->marks->item_count, ==, 3);
    CHECK_INT(first->partner->marks->items[2], ==, 3);
    world_end(&w);
}
