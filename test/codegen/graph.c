/* SPDX-License-Identifier: Apache-2.0 */
/* .NET's z:Id and z:Ref: pointers that meet, and what nobody should send. */
#include <stdio.h>
#include <stdlib.h>

#include "graph.h"

#include "runtime/base/memory.h"
#include "runtime/soap/message.h"

#include "test/support/test.h"

#define BEFORE                                                         \
    "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' " \
    "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' "             \
    "xmlns:z='http://schemas.microsoft.com/2003/10/Serialization/' "   \
    "xmlns='urn:test:graph'><s:Body>"
#define BEHIND "</s:Body></s:Envelope>"

struct reading {
    const sbn_field *field;
    struct sbn__arena arena;
    struct sbn_error error;
    void *base;
};

static sbn_status
on_body(void *data, const char *ns, const char *local,
        struct sbn__soap_target *target)
{
    struct reading *reading = data;

    target->contract = &graph_contract;
    target->field = reading->field;
    target->base = reading->base;
    return SBN_OK;
}

static sbn_status
read_as(struct reading *reading, const sbn_field *field, size_t size,
        const char *text)
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
    reading->field = field;
    reading->base = sbn__arena_alloc(&reading->arena, size);
    CHECK_OK(sbn__soap_pool_new(&sbn__default_allocator, &pool));
    CHECK_OK(sbn__soap_reader_open(pool, &options, &reader));
    status = sbn__soap_reader_feed(reader, text, strlen(text), true);
    sbn__soap_reader_close(reader);
    sbn__soap_pool_free(pool);
    return status;
}

static sbn_status
read_reply(struct reading *reading, const char *text)
{
    const sbn_operation *op = &graph_contract.operations[0];

    return read_as(reading, op->out, op->out_size, text);
}

static const struct graph_array_of_line *
lines_of(const struct reading *reading)
{
    return ((const struct graph_travel_completed *)reading->base)->result;
}

static void
check_fails(const char *text, sbn_status status, const char *reason)
{
    struct reading r;

    CHECK_STATUS(read_reply(&r, text), status);
    if (strstr(r.error.reason, reason) == NULL)
        test_fail(__FILE__, __LINE__, "\"%s\" says nothing of \"%s\"",
                  r.error.reason, reason);
    sbn__arena_fini(&r.arena);
}

/* What is written of base is text, but for the envelope. */
static void
check_written(const sbn_field *field, const void *base, const char *text)
{
    struct sbn__buf out;
    const char *body, *end;

    sbn__buf_init(&out, &sbn__default_allocator, 1 << 20);
    CHECK_OK(sbn__soap_write(&out, SBN__SOAP_11, &graph_contract, field, base,
                             NULL));
    sbn__buf_putc(&out, '\0');
    body = strstr(sbn__buf_bytes(&out), "<s:Body>") + strlen("<s:Body>");
    end = strstr(body, "</s:Body>");
    if ((size_t)(end - body) != strlen(text) ||
        memcmp(body, text, strlen(text)) != 0)
        test_fail(__FILE__, __LINE__, "wrote %.*s", (int)(end - body), body);
    sbn__buf_fini(&out);
}

#define NS                       \
    " xmlns=\"urn:test:graph\" " \
    "xmlns:ser=\"http://schemas.microsoft.com/2003/10/Serialization/\""

TEST(one_object_in_several_places_is_one_struct)
{
    struct reading r;
    const struct graph_array_of_line *lines;

    CHECK_OK(read_reply(&r,
                        BEFORE "<TravelResponse><TravelResult><Line z:Id='i1'>"
                               "<First z:Id='i2'><Name>Bala</Name></First>"
                               "<Number>7</Number></Line><Line z:Id='other'>"
                               "<First z:Ref='i2'/></Line><Line z:Ref='i1'/>"
                               "</TravelResult></TravelResponse>" BEHIND));
    lines = lines_of(&r);
    CHECK_INT(lines->line_count, ==, 3);
    CHECK_STR(lines->lines[0]->first->name, "Bala");
    CHECK(lines->lines[1]->first == lines->lines[0]->first);
    CHECK(lines->lines[2] == lines->lines[0]);
    check_written(graph_contract.operations[0].out, r.base,
                  "<TravelResponse" NS "><TravelResult>"
                  "<Line ser:Id=\"i1\"><First ser:Id=\"i2\"><Name>Bala</Name>"
                  "</First><Number>7</Number></Line><Line ser:Id=\"i3\">"
                  "<First ser:Ref=\"i2\"/></Line><Line ser:Ref=\"i1\"/>"
                  "</TravelResult></TravelResponse>");
    sbn__arena_fini(&r.arena);
}

TEST(a_circle_with_a_derived_type)
{
    struct reading r;
    const struct graph_station *first;

    CHECK_OK(read_reply(&r,
                        BEFORE "<TravelResponse><TravelResult><Line z:Id='i1'>"
                               "<First z:Id='i2' i:type='Terminus'><Lines>"
                               "<Line z:Ref='i1'/></Lines><Name>Bala</Name>"
                               "<Next z:Ref='i2'/><Bays>2</Bays></First></Line>"
                               "</TravelResult></TravelResponse>" BEHIND));
    first = lines_of(&r)->lines[0]->first;
    CHECK(first->type == &graph_terminus_type);
    CHECK(first->next == first);
    CHECK(first->lines->lines[0] == lines_of(&r)->lines[0]);
    check_written(
        graph_contract.operations[0].out, r.base,
        "<TravelResponse xmlns=\"urn:test:graph\" xmlns:a=\"urn:test:graph\" "
        "xmlns:ser=\"http://schemas.microsoft.com/2003/10/Serialization/\""
        " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">"
        "<TravelResult><Line ser:Id=\"i1\"><First ser:Id=\"i2\" "
        "i:type=\"a:Terminus\"><Lines><Line ser:Ref=\"i1\"/></Lines>"
        "<Name>Bala</Name><Next ser:Ref=\"i2\"/><Bays>2</Bays></First></Line>"
        "</TravelResult></TravelResponse>");
    sbn__arena_fini(&r.arena);
}

/* Of the operation's parameters. */
static struct graph_station **
param(void *in, size_t number)
{
    const sbn_type *type = graph_contract.operations[0].in->type;

    return (struct graph_station **)(void *)((char *)in +
                                             type->fields[number].offset);
}

/* WCF's readers look no further than the parameter. */
TEST(each_parameter_has_objects_of_its_own)
{
    const sbn_operation *op = &graph_contract.operations[0];
    struct graph_station bala = {.name = "Bala"};
    void *in = calloc(1, op->in_size);

    bala.next = &bala;
    *param(in, 0) = *param(in, 1) = &bala;
    check_written(op->in, in,
                  "<Travel" NS "><from ser:Id=\"i1\"><Name>Bala</Name>"
                  "<Next ser:Ref=\"i1\"/></from><to ser:Id=\"i2\">"
                  "<Name>Bala</Name><Next ser:Ref=\"i2\"/></to></Travel>");
    free(in);
}

TEST(the_last_object_of_a_name_is_meant)
{
    const sbn_operation *op = &graph_contract.operations[0];
    struct reading r;

    CHECK_OK(read_as(&r, op->in, op->in_size,
                     BEFORE "<Travel><from z:Id='i1'><Name>Bala</Name></from>"
                            "<to z:Id='i1'><Name>Rhyl</Name>"
                            "<Next z:Ref='i1'/></to></Travel>" BEHIND));
    CHECK_STR((*param(r.base, 0))->name, "Bala");
    CHECK((*param(r.base, 1))->next == *param(r.base, 1));
    sbn__arena_fini(&r.arena);
}

TEST(references_that_lead_nowhere)
{
    check_fails(BEFORE
                "<TravelResponse><TravelResult><Line z:Ref='i1'/>"
                "<Line z:Id='i1'/></TravelResult></TravelResponse>" BEHIND,
                SBN_EDECODE, "nothing before it has the z:Id \"i1\"");
    check_fails(BEFORE "<TravelResponse><TravelResult><Line z:Id='i1'>"
                       "<First z:Ref='i1'/></Line></TravelResult>"
                       "</TravelResponse>" BEHIND,
                SBN_EDECODE, "what has the z:Id \"i1\" is of another type");
}

/* Read, and written, with what memory there is. */
static void
pass_with(struct test_memory *memory, void *data)
{
    const sbn_operation *op = &graph_contract.operations[0];
    static const struct sbn__soap_events events = {on_body};
    const sbn_allocator *mem = &memory->allocator;
    struct reading r = {.field = op->out};
    struct sbn__soap_read_options options = {.arena = &r.arena,
                                             .limits = {.max_depth = 100},
                                             .events = &events,
                                             .data = &r};
    struct sbn__soap_reader *reader = NULL;
    struct sbn__soap_pool *pool = NULL;
    const char *text = (const char *)data;
    sbn_status status;
    struct sbn__buf out;

    sbn__arena_init(&r.arena, mem, 1 << 24);
    sbn__buf_init(&out, mem, 1 << 20);
    r.base = sbn__arena_alloc(&r.arena, op->out_size);
    status = r.base == NULL ? SBN_ENOMEM : sbn__soap_pool_new(mem, &pool);
    if (status == SBN_OK)
        status = sbn__soap_reader_open(pool, &options, &reader);
    if (status == SBN_OK)
        status = sbn__soap_reader_feed(reader, text, strlen(text), true);
    sbn__soap_reader_close(reader);
    sbn__soap_pool_free(pool);
    if (status == SBN_OK)
        status = sbn__soap_write(&out, SBN__SOAP_11, &graph_contract, op->out,
                                 r.base, NULL);
    CHECK_STATUS(status, memory->failed ? SBN_ENOMEM : SBN_OK);
    sbn__buf_fini(&out);
    sbn__arena_fini(&r.arena);
}

TEST(no_memory_is_told)
{
    enum { COUNT = 100, ROOM = 10000 };
    char text[ROOM], *at = text;
    int i;

    at += sprintf(at, "%s", BEFORE "<TravelResponse><TravelResult>");
    for (i = 0; i < COUNT; i++)
        at += sprintf(at, "<Line z:Id='i%d'/>", i);
    sprintf(at, "%s",
            "<Line z:Ref='i7'/></TravelResult></TravelResponse>" BEHIND);
    CHECK_INT(test_each_allocation(pass_with, text), >, 5);
}

TEST(many_objects)
{
    enum { COUNT = 20000, ROOM = COUNT * 90 };
    char *text = malloc(ROOM), *at = text;
    struct reading r;
    int i;

    at += sprintf(at, "%s", BEFORE "<TravelResponse><TravelResult>");
    for (i = 0; i < COUNT; i++)
        at += sprintf(at, "<Line z:Id='i%d'/>", i);
    for (i = 0; i < COUNT; i++)
        at += sprintf(at, "<Line z:Ref='i%d'/>", COUNT - 1 - i);
    sprintf(at, "%s", "</TravelResult></TravelResponse>" BEHIND);
    CHECK_OK(read_reply(&r, text));
    CHECK_INT(lines_of(&r)->line_count, ==, 2 * COUNT);
    for (i = 0; i < COUNT; i++)
        CHECK(lines_of(&r)->lines[i] == lines_of(&r)->lines[2 * COUNT - 1 - i]);
    sbn__arena_fini(&r.arena);
    free(text);
}
