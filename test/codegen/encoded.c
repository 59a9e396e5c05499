/* SPDX-License-Identifier: Apache-2.0 */
/* rpc/encoded messages as others write them, and as nobody should. */
#include <stdio.h>
#include <stdlib.h>

#include "encoded.h"

#include "runtime/base/memory.h"
#include "runtime/soap/message.h"

#include "test/support/test.h"

#define BEFORE                                                         \
    "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' " \
    "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' "             \
    "xmlns:x='http://www.w3.org/2001/XMLSchema' "                      \
    "xmlns:t='urn:test:encoded' "                                      \
    "xmlns:c='http://schemas.xmlsoap.org/soap/encoding/' "             \
    "xmlns:d='http://www.w3.org/2003/05/soap-encoding'><s:Body>"       \
    "<r:MeetResponse xmlns:r='urn:test:encoded:rpc'>"
#define BEHIND "</s:Body></s:Envelope>"

struct reading {
    struct sbn__arena arena;
    struct sbn_error error;
    struct encoded_meet_completed *reply;
};

static sbn_status
on_body(void *data, const char *ns, const char *local,
        struct sbn__soap_target *target)
{
    const sbn_operation *op = &encoded_contract.operations[0];
    struct reading *reading = data;

    CHECK_INT(op->out_size, ==, sizeof(*reading->reply));
    reading->reply = sbn__arena_alloc(&reading->arena, op->out_size);
    target->contract = &encoded_contract;
    target->field = op->out;
    target->base = reading->reply;
    target->encoded = true;
    target->any_name = true;
    return SBN_OK;
}

static sbn_status
read_reply(struct reading *reading, const char *text)
{
    static const struct sbn__soap_events events = {on_body};
    struct sbn__soap_read_options options = {.arena = &reading->arena,
                                             .error = &reading->error,
                                             .limits = {.max_depth = 100},
                                             .events = &events,
                                             .data = reading};
    struct sbn__soap_reader *reader;
    struct sbn__soap_pool *pool;
    sbn_status status;

    sbn__arena_init(&reading->arena, &sbn__default_allocator, 1 << 24);
    sbn__error_init(&reading->error, &reading->arena);
    CHECK_OK(sbn__soap_pool_new(&sbn__default_allocator, &pool));
    CHECK_OK(sbn__soap_reader_open(pool, &options, &reader));
    status = sbn__soap_reader_feed(reader, text, strlen(text), true);
    sbn__soap_reader_close(reader);
    sbn__soap_pool_free(pool);
    return status;
}

static void
check_fails(const char *text, sbn_status status, const char *reason)
{
    struct reading r;

    CHECK_STATUS(read_reply(&r, text), status);
    CHECK(strstr(r.error.reason, reason) != NULL);
    sbn__arena_fini(&r.arena);
}

TEST(what_is_referred_to_stands_behind_the_wrapper)
{
    struct reading r;

    CHECK_OK(read_reply(
        &r, BEFORE "<first href='#p'/><count href='#n'/></r:MeetResponse>"
                   "<m id='n' i:type='x:int'>3</m>"
                   "<m id='p' i:type='t:Person'><name href='#s'/><age>4</age>"
                   "<marks href='#a'/></m><m id='s' i:type='c:string'>Eve</m>"
                   "<c:Array id='a' c:arrayType='x:int[2]'><x>7</x>"
                   "<x href='#n'/></c:Array>" BEHIND));
    CHECK_INT(r.reply->count, ==, 3);
    CHECK_STR(r.reply->first->name, "Eve");
    CHECK_INT(r.reply->first->marks->item_count, ==, 2);
    CHECK_INT(r.reply->first->marks->items[0], ==, 7);
    CHECK_INT(r.reply->first->marks->items[1], ==, 3);
    sbn__arena_fini(&r.arena);
}

TEST(what_is_referred_to_may_stand_inside)
{
    struct reading r;

    CHECK_OK(read_reply(&r, BEFORE
                        "<first><name id='s'>Eve</name><age>4</age><partner>"
                        "<name href='#s'/><age d:ref='g'/></partner></first>"
                        "<count d:id='g'>9</count></r:MeetResponse>" BEHIND));
    CHECK_STR(r.reply->first->partner->name, "Eve");
    CHECK_INT(r.reply->first->partner->age, ==, 9);
    sbn__arena_fini(&r.arena);
}

TEST(a_circle_of_structs_is_one)
{
    struct reading r;

    CHECK_OK(read_reply(&r, BEFORE
                        "<first href='#p'/><count>1</count></r:MeetResponse>"
                        "<m id='p'><name>Eve</name><age>4</age>"
                        "<partner href='#q'/></m><m id='q'><name>Adam</name>"
                        "<age>5</age><partner href='#p'/></m>" BEHIND));
    CHECK_STR(r.reply->first->partner->name, "Adam");
    CHECK(r.reply->first->partner->partner == r.reply->first);
    sbn__arena_fini(&r.arena);
}

/* ATL Server calls it as the request. */
TEST(the_reply_has_any_name)
{
    struct reading r;

    CHECK_OK(read_reply(&r, "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/"
                            "soap/envelope/'><s:Body><x:Meet xmlns:x='urn:a'>"
                            "<first><name>Eve</name><age>4</age></first>"
                            "<count>2</count></x:Meet>" BEHIND));
    CHECK_STR(r.reply->first->name, "Eve");
    CHECK_INT(r.reply->count, ==, 2);
    sbn__arena_fini(&r.arena);
}

/* SOAP 1.1, 5.1 and 5.4.1: any accessor may be nil, or left out. */
TEST(what_is_required_may_be_nil)
{
    struct reading r;

    CHECK_OK(read_reply(&r, BEFORE
                        "<first><name i:nil='1'/><age i:nil='true'/></first>"
                        "<count i:nil='true'/></r:MeetResponse>" BEHIND));
    CHECK(r.reply->first->name == NULL);
    CHECK_INT(r.reply->first->age, ==, 0);
    CHECK_INT(r.reply->count, ==, 0);
    sbn__arena_fini(&r.arena);
    CHECK_OK(read_reply(&r, BEFORE "<first><name>Eve</name></first>"
                                   "</r:MeetResponse>" BEHIND));
    CHECK_STR(r.reply->first->name, "Eve");
    CHECK_INT(r.reply->first->age, ==, 0);
    sbn__arena_fini(&r.arena);
}

TEST(what_has_no_value_is_written_nil)
{
    struct encoded_person person = {NULL, 5, NULL, NULL};
    struct encoded_meet_completed reply;
    struct sbn__soap_message message = {.version = SBN__SOAP_11,
                                        .contract = &encoded_contract,
                                        .encoded = true};
    struct sbn__buf out;

    memset(&reply, 0, sizeof(reply));
    reply.first = &person;
    message.field = encoded_contract.operations[0].out;
    message.base = &reply;
    sbn__buf_init(&out, &sbn__default_allocator, 1 << 16);
    CHECK_OK(sbn__soap_write_message(&out, &message));
    sbn__buf_putc(&out, '\0');
    CHECK(strstr(sbn__buf_bytes(&out), "<name i:nil=\"true\"/>") != NULL);
    sbn__buf_fini(&out);
}

TEST(references_that_lead_nowhere)
{
    check_fails(BEFORE "<first href='#p'/></r:MeetResponse>" BEHIND,
                SBN_EDECODE, "nothing in the body has the id \"p\"");
    check_fails(BEFORE "<first href='cid:1@x'/></r:MeetResponse>" BEHIND,
                SBN_EDECODE, "refers out of the message");
    check_fails(BEFORE "<count href='#n'/></r:MeetResponse>"
                       "<m id='n' href='#n'/>" BEHIND,
                SBN_EDECODE, "refers to what it is inside of");
    check_fails(BEFORE "<count href='#n'/></r:MeetResponse>"
                       "<m id='n' href='#k'/><m id='k' href='#n'/>" BEHIND,
                SBN_EDECODE, "refers to what it is inside of");
}

TEST(references_to_references)
{
    enum { LEVELS = 40 };
    char text[8192], *at = text;
    struct reading r;
    int i;

    at += sprintf(at, "%s<count href='#n0'/></r:MeetResponse>", BEFORE);
    for (i = 0; i < LEVELS; i++)
        at += sprintf(at, "<m id='n%d' href='#n%d'/>", i, i + 1);
    sprintf(at, "<m id='n%d'>5</m>%s", LEVELS, BEHIND);
    CHECK_OK(read_reply(&r, text));
    CHECK_INT(r.reply->count, ==, 5);
    sbn__arena_fini(&r.arena);
}

/* A long text that each of many items refers to. */
TEST(references_do_not_multiply_a_message)
{
    char *text = malloc(1 << 20), *at = text;
    int i;

    CHECK(text != NULL);
    at += sprintf(at, "%s<first><name/><age>1</age><marks>", BEFORE);
    for (i = 0; i < 4000; i++)
        at += sprintf(at, "<i href='#n'/>");
    sprintf(at, "</marks></first></r:MeetResponse><m id='n'>%0*d</m>%s", 60000,
            1, BEHIND);
    check_fails(text, SBN_ELIMIT, "too many references");
    free(text);
}
