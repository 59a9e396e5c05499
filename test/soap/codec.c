/* SPDX-License-Identifier: Apache-2.0 */
/* Values out and back in, and what the writer refuses. */
#include <math.h>

#include "runtime/base/memory.h"
#include "test/soap/message.h"
#include "test/support/test.h"

#define HEAD11                                                           \
    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">" \
    "<s:Body>"
#define HEAD12 \
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>"
#define TAIL "</s:Body></s:Envelope>"
#define XML(text)              \
    {                          \
        text, sizeof(text) - 1 \
    }

static void
check_written(enum sbn__soap_version version, const sbn_field *field,
              const void *value, const char *want)
{
    struct sbn__buf out;

    sbn__buf_init(&out, &sbn__default_allocator, 1 << 20);
    CHECK_OK(
        sbn__soap_write(&out, version, &shapes_contract, field, value, NULL));
    CHECK_MEM(sbn__buf_bytes(&out), sbn__buf_size(&out), want, strlen(want));
    sbn__buf_fini(&out);
}

TEST(envelopes_are_written_as_wcf_does)
{
    struct add add = {100, 15.99};

    check_written(SBN__SOAP_11, &add_element, &add,
                  HEAD11 "<Add xmlns=\"urn:t\"><n1>100</n1><n2>15.99</n2>"
                         "</Add>" TAIL);
    check_written(SBN__SOAP_12, &add_element, &add,
                  HEAD12 "<Add xmlns=\"urn:t\"><n1>100</n1><n2>15.99</n2>"
                         "</Add>" TAIL);
    check_written(SBN__SOAP_11, NULL, NULL,
                  "<s:Envelope xmlns:s=\"" SBN__NS_SOAP11
                  "\"><s:Body/></s:Envelope>");
}

/* Behind what is in the buffer already, and with room in front. */
TEST(a_message_is_appended)
{
    struct order order = {.customer = "c", .price_nil = true};
    struct sbn__buf out;
    const char *want =
        "before" HEAD11 "<order xmlns=\"urn:t\" "
        "xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><customer>c"
        "</customer><price i:nil=\"true\"/><level>0</level></order>" TAIL;

    sbn__buf_init(&out, &sbn__default_allocator, 1 << 20);
    sbn__buf_reset(&out, 100);
    sbn__buf_lit(&out, "before");
    CHECK_OK(sbn__soap_write(&out, SBN__SOAP_11, &shapes_contract,
                             &order_element, &order, NULL));
    CHECK_MEM(sbn__buf_bytes(&out), sbn__buf_size(&out), want, strlen(want));
    sbn__buf_fini(&out);
}

/* ---- Round trips --------------------------------------------------------- */

struct trip {
    struct message message;
    struct sbn__buf out;
};

/* Writes value, reads it, and gives what was read. */
static void *
trip_start(struct trip *trip, const sbn_field *field, const void *value)
{
    sbn__buf_init(&trip->out, &sbn__default_allocator, 1 << 20);
    CHECK_OK(sbn__soap_write(&trip->out, SBN__SOAP_11, &shapes_contract, field,
                             value, NULL));
    CHECK_OK(message_open(&trip->message, &sbn__default_allocator));
    CHECK_OK(message_read(&trip->message, sbn__buf_bytes(&trip->out),
                          sbn__buf_size(&trip->out), 0, 0));
    CHECK(trip->message.field == field);
    return trip->message.value;
}

/* The value read is written as the same bytes. */
static void
trip_end(struct trip *trip)
{
    struct sbn__buf again;

    sbn__buf_init(&again, &sbn__default_allocator, 1 << 20);
    CHECK_OK(sbn__soap_write(&again, SBN__SOAP_11, &shapes_contract,
                             trip->message.field, trip->message.value, NULL));
    CHECK_MEM(sbn__buf_bytes(&again), sbn__buf_size(&again),
              sbn__buf_bytes(&trip->out), sbn__buf_size(&trip->out));
    sbn__buf_fini(&again);
    sbn__buf_fini(&trip->out);
    message_close(&trip->message);
}

static const sbn_datetime noon = {2026, 11, 24, 12, 30, 59, 123456789, 330};

static const struct every every = {
    .boolean = true,
    .i8 = INT8_MIN,
    .i16 = INT16_MAX,
    .i32 = INT32_MIN,
    .i64 = INT64_MAX,
    .u8 = UINT8_MAX,
    .u16 = 1,
    .u32 = UINT32_MAX,
    .u64 = UINT64_MAX,
    .f = 3.25f,
    .d = 1e300,
    .decimal = "-1.50",
    .integer = "99999999999999999999",
    .string = " <&> \r\n\t\"' ",
    .token = "a b",
    .color = 2,
    .datetime = {2026, 11, 24, 12, 30, 59, 123456789, 330},
    .date = {2026, 11, 24, 0, 0, 0, 0, SBN_NO_OFFSET},
    .time = {0, 0, 0, 12, 30, 59, 0, 0},
    .gyear = {2026, 0, 0, 0, 0, 0, 0, SBN_NO_OFFSET},
    .gyearmonth = {2026, 11, 0, 0, 0, 0, 0, -60},
    .gmonth = {0, 11, 0, 0, 0, 0, 0, SBN_NO_OFFSET},
    .gmonthday = {0, 11, 24, 0, 0, 0, 0, SBN_NO_OFFSET},
    .gday = {0, 0, 24, 0, 0, 0, 0, SBN_NO_OFFSET},
    .duration = {true, 1, 2, 3, 4, 5, 6, 7000000},
    .base64 = {(const uint8_t *)"\0\1\2\3", 4},
    .hex = {(const uint8_t *)"\xff\x00", 2},
    .qname = {"urn:q", "name"},
    .xml = XML("<xml xmlns=\"urn:t\" a=\"1\">x<y/></xml>"),
};

TEST(every_kind_makes_the_round_trip)
{
    struct trip trip;
    struct every *got = trip_start(&trip, &every_element, &every);

    CHECK(got->boolean);
    CHECK_INT(got->i8, ==, INT8_MIN);
    CHECK_INT(got->i16, ==, INT16_MAX);
    CHECK_INT(got->i32, ==, INT32_MIN);
    CHECK_INT(got->i64, ==, INT64_MAX);
    CHECK_INT(got->u8, ==, UINT8_MAX);
    CHECK_INT(got->u16, ==, 1);
    CHECK_INT(got->u32, ==, UINT32_MAX);
    CHECK(got->u64 == UINT64_MAX);
    CHECK(got->f == 3.25f && got->d == 1e300);
    CHECK_STR(got->decimal, "-1.50");
    CHECK_STR(got->integer, "99999999999999999999");
    CHECK_STR(got->string, every.string);
    CHECK_STR(got->token, "a b");
    CHECK_INT(got->color, ==, 2);
    CHECK_INT(got->datetime.nanosecond, ==, noon.nanosecond);
    CHECK_INT(got->datetime.offset, ==, noon.offset);
    CHECK_INT(got->gyearmonth.offset, ==, -60);
    CHECK_INT(got->date.offset, ==, SBN_NO_OFFSET);
    CHECK_INT(got->duration.nanoseconds, ==, 7000000);
    CHECK_MEM(got->base64.data, got->base64.size, "\0\1\2\3", 4);
    CHECK_MEM(got->hex.data, got->hex.size, "\xff\x00", 2);
    CHECK_STR(got->qname.ns, "urn:q");
    CHECK_STR(got->qname.local, "name");
    CHECK_STR(got->xml.text, every.xml.text);
    trip_end(&trip);
}

TEST(absent_nil_and_empty_are_told_apart)
{
    static const struct {
        bool has;
        const char *comment;
    } states[] = {{false, NULL}, {true, NULL}, {true, ""}, {true, "x"}};
    size_t i;

    for (i = 0; i < 4; i++) {
        struct order order = {.customer = "c",
                              .has_comment = states[i].has,
                              .comment = states[i].comment};
        struct trip trip;
        struct order *got = trip_start(&trip, &order_element, &order);

        CHECK(got->has_comment == states[i].has);
        CHECK_STR(got->comment, states[i].comment);
        trip_end(&trip);
    }
}

TEST(structures_make_the_round_trip)
{
    int32_t numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9}, maybe = 0;
    const char *words[] = {"a", NULL, ""}, *tokens[] = {"x", "y"};
    struct item items[] = {{1, "n", true}, {2, NULL, true}, {3, NULL, false}};
    struct item *boxed[] = {&items[0], NULL, &items[2]};
    struct circle circle = {&circle_type, "r", 2.5};
    struct choice many[] = {{2, {.word = "w"}}, {3, {.item = &items[1]}}};
    struct pair pairs[] = {{"k", "v"}, {"l", NULL}};
    struct order next = {.customer = "d", .price_nil = true};
    sbn_xml rest[] = {XML("<a xmlns=\"urn:z\"/>"), XML("<b xmlns=\"\"/>")};
    struct order order = {.id = "i&\"<",
                          .lang = "de",
                          .flags = numbers,
                          .flag_count = 2,
                          .customer = "c",
                          .count = 0,
                          .has_count = true,
                          .price = -0.0,
                          .numbers = numbers,
                          .number_count = 9,
                          .words = words,
                          .word_count = 3,
                          .items = items,
                          .item_count = 3,
                          .boxed = boxed,
                          .boxed_count = 3,
                          .next = &next,
                          .tokens = tokens,
                          .token_count = 2,
                          .choice = {4, {.many = {numbers, 3}}},
                          .many = many,
                          .many_count = 2,
                          .pairs = pairs,
                          .pair_count = 2,
                          .shape = (struct shape *)&circle,
                          .point = {"km", NAN},
                          .has_point = true,
                          .level = -1,
                          .extra = XML("<extra xmlns=\"urn:t\">t</extra>"),
                          .foreign = "f",
                          .maybe = &maybe,
                          .rest = rest,
                          .rest_count = 2};
    struct trip trip;
    struct order *got = trip_start(&trip, &order_element, &order);

    CHECK_STR(got->id, "i&\"<");
    CHECK_INT(got->flag_count, ==, 2);
    CHECK(signbit(got->price) && got->price == 0);
    CHECK_INT(got->number_count, ==, 9);
    CHECK_INT(got->numbers[8], ==, 9);
    CHECK_INT(got->word_count, ==, 3);
    CHECK_STR(got->words[1], NULL);
    CHECK_STR(got->words[2], "");
    CHECK(got->items[1].has_note && got->items[1].note == NULL);
    CHECK(got->boxed[1] == NULL && got->boxed[2]->id == 3);
    CHECK(got->next->price_nil);
    CHECK_STR(got->tokens[1], "y");
    CHECK_INT(got->choice.which, ==, 4);
    CHECK_INT(got->choice.u.many.count, ==, 3);
    CHECK_INT(got->many_count, ==, 2);
    CHECK_INT(got->many[1].u.item->id, ==, 2);
    CHECK_STR(got->pairs[1].key, "l");
    CHECK(got->shape->type == &circle_type);
    CHECK(((struct circle *)got->shape)->radius == 2.5);
    CHECK(isnan(got->point.value));
    CHECK_INT(*got->maybe, ==, 0);
    CHECK_INT(got->rest_count, ==, 2);
    trip_end(&trip);
}

TEST(children_in_no_namespace_take_the_default_one_away)
{
    struct legacy legacy = {"a", {"s"}};
    struct trip trip;
    struct legacy *got = trip_start(&trip, &legacy_element, &legacy);

    CHECK_STR(got->address.street, "s");
    trip_end(&trip);
}

/* ---- Refusals ------------------------------------------------------------ */

static void
check_refused(const sbn_field *field, const void *value, const char *path)
{
    struct sbn__arena arena;
    struct sbn_error error;
    struct sbn__buf out;

    sbn__arena_init(&arena, &sbn__default_allocator, 1 << 20);
    sbn__error_init(&error, &arena);
    sbn__buf_init(&out, &sbn__default_allocator, 1 << 20);
    CHECK_STATUS(sbn__soap_write(&out, SBN__SOAP_11, &shapes_contract, field,
                                 value, &error),
                 SBN_EINVAL);
    CHECK_STR(error.path, path);
    CHECK_STATUS(error.status, SBN_EINVAL);
    sbn__buf_fini(&out);
    sbn__arena_fini(&arena);
}

TEST(what_cannot_be_written_is_named)
{
    struct every bad = every;
    struct order order = {0}, item = {.customer = "c"}, cycle = item;
    struct pair pairs[] = {{"k", NULL}, {NULL, NULL}};

    bad.color = 3;
    check_refused(&every_element, &bad, "/Envelope/Body/every/color");
    bad = every;
    bad.string = NULL;
    check_refused(&every_element, &bad, "/Envelope/Body/every/string");
    bad = every;
    bad.integer = "1.5";
    check_refused(&every_element, &bad, "/Envelope/Body/every/integer");
    bad = every;
    bad.date.month = 13;
    check_refused(&every_element, &bad, "/Envelope/Body/every/date");
    bad = every;
    bad.xml = (sbn_xml)XML("<other/>");
    check_refused(&every_element, &bad, "/Envelope/Body/every/xml");
    check_refused(&order_element, &order, "/Envelope/Body/order/customer");
    order.customer = "c";
    order.next = &item;
    item.pairs = pairs;
    item.pair_count = 2;
    check_refused(&order_element, &order, "/Envelope/Body/order/next/key");
    order.next = NULL;
    order.choice.which = 9;
    check_refused(&order_element, &order, "/Envelope/Body/order");
    check_refused(&order_element, NULL, "/Envelope/Body/order");
    cycle.customer = NULL;
    order.choice.which = 0;
    order.next = &cycle;
    check_refused(&order_element, &order, "/Envelope/Body/order/next/customer");
}

TEST(a_circle_of_structs_is_refused)
{
    struct order order = {.customer = "c"};
    struct sbn__buf out;

    order.next = &order;
    sbn__buf_init(&out, &sbn__default_allocator, 1 << 20);
    CHECK_STATUS(sbn__soap_write(&out, SBN__SOAP_11, &shapes_contract,
                                 &order_element, &order, NULL),
                 SBN_EINVAL);
    sbn__buf_fini(&out);
}

static void
write_with(struct test_memory *memory, void *data)
{
    struct sbn__buf out;
    sbn_status status;

    sbn__buf_init(&out, &memory->allocator, 1 << 20);
    status = sbn__soap_write(&out, SBN__SOAP_11, &shapes_contract,
                             &every_element, &every, NULL);
    CHECK_STATUS(status, memory->failed ? SBN_ENOMEM : SBN_OK);
    sbn__buf_fini(&out);
}

TEST(no_memory_to_write_is_told)
{
    CHECK_INT(test_each_allocation(write_with, NULL), >, 2);
}

TEST(a_message_over_the_limit_is_refused)
{
    struct sbn__buf out;

    sbn__buf_init(&out, &sbn__default_allocator, 600);
    CHECK_STATUS(sbn__soap_write(&out, SBN__SOAP_11, &shapes_contract,
                                 &every_element, &every, NULL),
                 SBN_ELIMIT);
    sbn__buf_fini(&out);
}

/* The limit is 1 MiB: see message.c. */
TEST(a_value_over_the_memory_limit_names_the_limit)
{
    struct message message;
    struct sbn__buf text;
    int i;

    sbn__buf_init(&text, &sbn__default_allocator, 8 << 20);
    sbn__buf_lit(&text, HEAD11 "<order xmlns=\"urn:t\"><customer>c</customer>");
    for (i = 0; i < 200000; i++)
        sbn__buf_lit(&text, "<line id=\"1\"/>");
    sbn__buf_lit(&text, "</order>" TAIL);
    CHECK_OK(message_open(&message, &sbn__default_allocator));
    CHECK_STATUS(message_read(&message, sbn__buf_bytes(&text),
                              sbn__buf_size(&text), 0, 0),
                 SBN_ELIMIT);
    CHECK(strstr(message.error.reason, "max_memory") != NULL);
    CHECK_INT(message.error.line, ==, 1);
    message_close(&message);
    sbn__buf_fini(&text);
}

/* ---- Faults -------------------------------------------------------------- */

static void
check_fault(enum sbn__soap_version version, const sbn_fault *fault,
            const char *want)
{
    struct sbn__buf out;

    sbn__buf_init(&out, &sbn__default_allocator, 1 << 20);
    CHECK_OK(sbn__soap_write_fault(&out, version, NULL, fault));
    CHECK_MEM(sbn__buf_bytes(&out), sbn__buf_size(&out), want, strlen(want));
    sbn__buf_fini(&out);
}

TEST(faults_are_written_as_wcf_does)
{
    sbn_fault simple = {.code = {NULL, "Sender"}, .reason = "no <zero>"};
    sbn_fault full = {.code = {SBN__NS_SOAP12, "Receiver"},
                      .subcode = {"urn:m", "Timeout"},
                      .reason = "r",
                      .lang = "de",
                      .actor = "urn:a",
                      .node = "urn:n",
                      .detail = XML("<d xmlns=\"urn:d\"/>")};
    sbn_fault foreign = {.code = {"urn:c", "Mine"}};

    check_fault(SBN__SOAP_11, &simple,
                HEAD11 "<s:Fault><faultcode>s:Client</faultcode>"
                       "<faultstring xml:lang=\"en-US\">no &lt;zero&gt;"
                       "</faultstring></s:Fault>" TAIL);
    check_fault(SBN__SOAP_12, &simple,
                HEAD12 "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code>"
                       "<s:Reason><s:Text xml:lang=\"en-US\">no &lt;zero&gt;"
                       "</s:Text></s:Reason></s:Fault>" TAIL);
    check_fault(SBN__SOAP_11, &full,
                HEAD11 "<s:Fault><faultcode xmlns:a=\"urn:m\">a:Timeout"
                       "</faultcode><faultstring xml:lang=\"de\">r"
                       "</faultstring><faultactor>urn:a</faultactor><detail>"
                       "<d xmlns=\"urn:d\"/></detail></s:Fault>" TAIL);
    check_fault(SBN__SOAP_12, &full,
                HEAD12 "<s:Fault><s:Code><s:Value>s:Receiver</s:Value>"
                       "<s:Subcode><s:Value xmlns:a=\"urn:m\">a:Timeout"
                       "</s:Value></s:Subcode></s:Code><s:Reason>"
                       "<s:Text xml:lang=\"de\">r</s:Text></s:Reason>"
                       "<s:Node>urn:n</s:Node><s:Role>urn:a</s:Role><s:Detail>"
                       "<d xmlns=\"urn:d\"/></s:Detail></s:Fault>" TAIL);
    check_fault(SBN__SOAP_12, &foreign,
                HEAD12 "<s:Fault><s:Code><s:Value>s:Sender</s:Value>"
                       "<s:Subcode><s:Value xmlns:a=\"urn:c\">a:Mine</s:Value>"
                       "</s:Subcode></s:Code><s:Reason>"
                       "<s:Text xml:lang=\"en-US\"></s:Text></s:Reason>"
                       "</s:Fault>" TAIL);
}

/* ---- Steady state -------------------------------------------------------- */

/* As an HTTP parser hands it on: the body, and later that it was all. */
static void
read_as_it_arrives(struct message *message, const char *text, size_t size)
{
    CHECK_OK(message_begin(message));
    CHECK_OK(sbn__soap_reader_feed(message->reader, text, size, false));
    CHECK_OK(sbn__soap_reader_feed(message->reader, NULL, 0, true));
}

TEST(a_warm_reader_allocates_nothing)
{
    static const char text[] =
        HEAD11 "<Add xmlns=\"urn:t\"><n1>100</n1><n2>15.99</n2></Add>" TAIL;
    struct test_memory memory;
    struct message message;
    int i;

    test_memory_init(&memory);
    CHECK_OK(message_open(&message, &memory.allocator));
    for (i = 0; i < 12; i++) {
        if (i == 2)
            memory.count = 0;
        CHECK_OK(message_read(&message, text, sizeof(text) - 1, 0, 0));
        read_as_it_arrives(&message, text, sizeof(text) - 1);
    }
    CHECK_INT(memory.count, ==, 0);
    CHECK(((struct add *)message.value)->n2 == 15.99);
    message_close(&message);
    CHECK_INT(memory.live, ==, 0);
}
