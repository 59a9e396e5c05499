/* SPDX-License-Identifier: Apache-2.0 */
/* Every state of a call meets every event: it completes exactly once, with the
 * first reason, never inside the function that ended it. */
#include <stdio.h>
#include <stdlib.h>

#include "test/rpc/client_support.h"

/* Where the call is when the event comes. */
enum at {
    AT_IDLE,
    AT_QUEUED,  /* another call has the only connection */
    AT_SENDING, /* the peer does not read */
    AT_WAITING, /* the request is out, nothing has come back */
    AT_READING, /* half a reply is there */
    AT_COMPLETING,
    AT_DONE
};

/* From ENDED on the peer's doing. */
enum event {
    CANCEL,
    CALL_FREE,
    CLIENT_FREE,
    RUNTIME_FREE,
    DEADLINE,
    ENDED,
    RESET,
    FAULTY,
    REPLIED,
    GARBAGE
};

struct row {
    enum at at;
    enum event event;
    sbn_status status;
    sbn_stage stage; /* of the error */
};

/* SBN_OK at AT_IDLE: no completion. */
static const struct row rows[] = {
    {AT_IDLE, CANCEL, SBN_OK, 0},
    {AT_IDLE, CALL_FREE, SBN_OK, 0},
    {AT_IDLE, CLIENT_FREE, SBN_OK, 0},
    {AT_IDLE, RUNTIME_FREE, SBN_OK, 0},

    {AT_QUEUED, CANCEL, SBN_ECANCELED, SBN_STAGE_QUEUE},
    {AT_QUEUED, CALL_FREE, SBN_ECANCELED, SBN_STAGE_QUEUE},
    {AT_QUEUED, CLIENT_FREE, SBN_ECANCELED, SBN_STAGE_QUEUE},
    {AT_QUEUED, RUNTIME_FREE, SBN_ECLOSED, SBN_STAGE_QUEUE},
    {AT_QUEUED, DEADLINE, SBN_ETIMEDOUT, SBN_STAGE_QUEUE},
    /* of the other call's connection: this one gets a fresh one */
    {AT_QUEUED, ENDED, SBN_OK, 0},
    {AT_QUEUED, RESET, SBN_OK, 0},
    {AT_QUEUED, FAULTY, SBN_OK, 0},
    {AT_QUEUED, REPLIED, SBN_OK, 0},
    {AT_QUEUED, GARBAGE, SBN_OK, 0},

    {AT_SENDING, CANCEL, SBN_ECANCELED, SBN_STAGE_SEND},
    {AT_SENDING, CALL_FREE, SBN_ECANCELED, SBN_STAGE_SEND},
    {AT_SENDING, CLIENT_FREE, SBN_ECANCELED, SBN_STAGE_SEND},
    {AT_SENDING, RUNTIME_FREE, SBN_ECLOSED, SBN_STAGE_SEND},
    {AT_SENDING, DEADLINE, SBN_ETIMEDOUT, SBN_STAGE_SEND},
    {AT_SENDING, RESET, SBN_EIO, SBN_STAGE_SEND},
    {AT_SENDING, FAULTY, SBN_EFAULT, SBN_STAGE_RECEIVE},
    {AT_SENDING, GARBAGE, SBN_EPROTO, 0},

    {AT_WAITING, CANCEL, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_WAITING, CALL_FREE, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_WAITING, CLIENT_FREE, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_WAITING, RUNTIME_FREE, SBN_ECLOSED, SBN_STAGE_RECEIVE},
    {AT_WAITING, DEADLINE, SBN_ETIMEDOUT, SBN_STAGE_RECEIVE},
    {AT_WAITING, ENDED, SBN_EIO, SBN_STAGE_RECEIVE},
    {AT_WAITING, RESET, SBN_EIO, SBN_STAGE_RECEIVE},
    {AT_WAITING, FAULTY, SBN_EFAULT, SBN_STAGE_RECEIVE},
    {AT_WAITING, REPLIED, SBN_OK, 0},
    {AT_WAITING, GARBAGE, SBN_EPROTO, SBN_STAGE_RECEIVE},

    {AT_READING, CANCEL, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_READING, CALL_FREE, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_READING, CLIENT_FREE, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_READING, RUNTIME_FREE, SBN_ECLOSED, SBN_STAGE_RECEIVE},
    {AT_READING, DEADLINE, SBN_ETIMEDOUT, SBN_STAGE_RECEIVE},
    {AT_READING, ENDED, SBN_EIO, SBN_STAGE_RECEIVE},
    {AT_READING, RESET, SBN_EIO, SBN_STAGE_RECEIVE},
    {AT_READING, FAULTY, SBN_EFAULT, SBN_STAGE_RECEIVE},
    {AT_READING, REPLIED, SBN_OK, 0},
    {AT_READING, GARBAGE, SBN_EXML, SBN_STAGE_DECODE},

    /* cancelled already: that reason stands */
    {AT_COMPLETING, CANCEL, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_COMPLETING, CALL_FREE, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_COMPLETING, CLIENT_FREE, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_COMPLETING, RUNTIME_FREE, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_COMPLETING, RESET, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_COMPLETING, FAULTY, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_COMPLETING, REPLIED, SBN_ECANCELED, SBN_STAGE_RECEIVE},
    {AT_COMPLETING, GARBAGE, SBN_ECANCELED, SBN_STAGE_RECEIVE},

    /* the result stays as it was */
    {AT_DONE, CANCEL, SBN_OK, 0},
    {AT_DONE, CALL_FREE, SBN_OK, 0},
    {AT_DONE, CLIENT_FREE, SBN_OK, 0},
    {AT_DONE, RUNTIME_FREE, SBN_OK, 0},
    {AT_DONE, ENDED, SBN_OK, 0},
    {AT_DONE, RESET, SBN_OK, 0},
    {AT_DONE, GARBAGE, SBN_OK, 0},
};

#define HEAD(status, length)                                                   \
    "HTTP/1.1 " status "\r\nContent-Type: text/xml\r\nContent-Length: " length \
    "\r\n\r\n"

/* The second half has as many bytes for each of its ends: the head has told
 * the length. */
#define FIRST_HALF        \
    HEAD("200 OK", "220") \
    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:"
#define SECOND_REPLY                                               \
    "Body><EchoResponse xmlns=\"urn:echo\"><result>hello</result>" \
    "</EchoResponse></s:Body></s:Envelope>"
#define SECOND_FAULT                                \
    "Body><s:Fault><faultcode>s:Client</faultcode>" \
    "<faultstring>no</faultstring></s:Fault></s:Body></s:Envelope>"

static void
describe(const struct row *row, char *text, size_t size)
{
    static const char *const at[] = {"idle",    "queued",  "sending",
                                     "waiting", "reading", "completing",
                                     "done"};
    static const char *const event[] = {
        "cancel", "call free", "client free", "runtime free", "deadline",
        "ended",  "reset",     "fault",       "reply",        "garbage"};

    snprintf(text, size, "%s, %s", at[row->at], event[row->event]);
}

/* ---- What the peer plays ----------------------------------------------------
 */

/* Spaces after an envelope are still the document. */
static char *
padded(const char *second)
{
    size_t length = 220 - strlen(strchr(FIRST_HALF, '<')), size;
    char *text = malloc(length + 1);

    size = strlen(second);
    CHECK_INT(size, <=, length);
    memset(text, ' ', length);
    memcpy(text, second, size);
    text[length] = '\0';
    return text;
}

static void
add_event_steps(const struct row *row, struct peer_step *steps, char **ret_text)
{
    static const struct peer_step ended = {.op = PEER_END};
    static const struct peer_step reset = {.op = PEER_RESET};
    static const struct peer_step fault = {
        .op = PEER_REPLY, .text = FAULT("no"), .status = "500 Server Error"};
    static const struct peer_step reply = {.op = PEER_REPLY,
                                           .text = ECHO_REPLY("hello")};
    static const struct peer_step garbage = {.op = PEER_RAW,
                                             .text = "\x16\x03\x01 what?\r\n"};
    static const struct peer_step read = {.op = PEER_READ};
    static const struct peer_step hold = {.op = PEER_HOLD};
    bool half = row->at == AT_READING;

    /* Then the connection serves the call that was queued, if there is one. */
    steps[1] = row->at == AT_QUEUED ? read : hold;
    steps[2] = reply;
    steps[3] = hold;
    switch (row->event) {
    case ENDED:
        steps[0] = ended;
        break;
    case RESET:
        steps[0] = reset;
        break;
    case FAULTY:
        steps[0] = fault;
        if (half)
            *ret_text = padded(SECOND_FAULT);
        break;
    case REPLIED:
        steps[0] = reply;
        if (half)
            *ret_text = padded(SECOND_REPLY);
        break;
    case GARBAGE:
        steps[0] = garbage;
        if (half)
            *ret_text = padded("<<<&&&");
        break;
    default:
        steps[0] = hold;
        break;
    }
    if (*ret_text != NULL)
        steps[0] = (struct peer_step){.op = PEER_RAW, .text = *ret_text};
}

/* The script of the connection the event happens on; *ret_text is to be
 * freed. */
static void
make_script(const struct row *row, struct peer_step *steps, char **ret_text)
{
    static const struct peer_step read = {.op = PEER_READ};
    static const struct peer_step wait = {.op = PEER_WAIT};
    static const struct peer_step first = {.op = PEER_RAW, .text = FIRST_HALF};
    static const struct peer_step reply = {.op = PEER_REPLY,
                                           .text = ECHO_REPLY("hello")};
    size_t n = 0;

    *ret_text = NULL;
    if (row->at == AT_SENDING && row->event < ENDED) {
        steps[n++] = (struct peer_step){.op = PEER_HOLD};
        return;
    }
    if (row->at != AT_SENDING)
        steps[n++] = read;
    if (row->at == AT_READING)
        steps[n++] = first;
    if (row->at == AT_DONE)
        steps[n++] = reply;
    steps[n++] = wait;
    add_event_steps(row, steps + n, ret_text);
}

/* ---- One row
 * ----------------------------------------------------------------- */

static const struct peer_step answers[] = {
    {.op = PEER_READ},
    {.op = PEER_REPLY, .text = ECHO_REPLY("hello")},
    {.op = PEER_AGAIN},
};

/* other holds the only connection when the row wants that. */
static void
bring_there(struct fixture *f, const struct row *row, struct counted *c,
            struct counted *other)
{
    char *big;

    switch (row->at) {
    case AT_IDLE:
        break;
    case AT_QUEUED:
        counted_new(other, f);
        begin_echo(f, other, "first");
        turn_until(f, other->call, SBN__CALL_RECEIVING);
        begin_echo(f, c, "hello");
        turn_until(f, c->call, SBN__CALL_QUEUED);
        break;
    case AT_SENDING:
        big = big_text((size_t)16 << 20);
        begin_echo(f, c, big);
        free(big);
        turn_until(f, c->call, SBN__CALL_SENDING);
        break;
    case AT_WAITING:
    case AT_READING:
    case AT_COMPLETING:
        begin_echo(f, c, "hello");
        turn_until(f, c->call, SBN__CALL_RECEIVING);
        while (row->at == AT_READING && c->call->reply.http_status == 0)
            sbn__runtime_turn(f->rt);
        peer_await_requests(f->peer, 1);
        if (row->at == AT_COMPLETING)
            sbn_call_cancel(c->call);
        break;
    case AT_DONE:
        begin_echo(f, c, "hello");
        run_until_idle(f);
        break;
    }
}

/* Nothing may complete meanwhile, but for freeing the runtime, which turns the
 * loop. */
static void
make_happen(struct fixture *f, const struct row *row, struct counted *c)
{
    int before = c->completions;

    switch (row->event) {
    case CANCEL:
        sbn_call_cancel(c->call);
        break;
    case CALL_FREE:
        sbn_call_free(c->call);
        break;
    case CLIENT_FREE:
        sbn_client_free(f->client);
        f->client = NULL;
        break;
    case RUNTIME_FREE:
        sbn_runtime_free(f->rt);
        f->rt = NULL;
        return;
    case DEADLINE:
        pass_deadline(f, c->call);
        break;
    default:
        peer_release(f->peer);
        break;
    }
    CHECK_INT(c->completions, ==, before);
}

static void
check_error(const struct row *row, const struct counted *c, const char *name)
{
    const sbn_error *error = sbn_call_error(c->call);

    if (c->status == SBN_OK) {
        CHECK(error == NULL);
        CHECK_STR(end_echo(c->call), "hello");
        return;
    }
    CHECK(error != NULL);
    CHECK_STATUS(sbn_error_status(error), row->status);
    if (row->stage != SBN_STAGE_NONE && sbn_error_stage(error) != row->stage)
        test_fail(__FILE__, __LINE__, "%s: stage %s: %s", name,
                  sbn_stage_text(sbn_error_stage(error)),
                  sbn_error_text(error));
    CHECK_CONTAINS(sbn_error_text(error), "Echo: ");
    CHECK_CONTAINS(sbn_error_peer(error), "127.0.0.1:");
}

static void
play(const struct row *row)
{
    struct peer_step steps[8];
    const struct peer_step *scripts[] = {steps, answers, NULL};
    sbn_client_options options = {.max_connections =
                                      row->at == AT_QUEUED ? 1 : 0};
    struct counted c, other = {NULL, 0, SBN_OK};
    struct fixture f;
    char name[64], *text;
    int expected = row->at == AT_IDLE ? 0 : 1;

    describe(row, name, sizeof(name));
    make_script(row, steps, &text);
    fixture_start(&f, peer_start(scripts), &options);
    counted_new(&c, &f);
    bring_there(&f, row, &c, &other);
    make_happen(&f, row, &c);
    if (row->event == DEADLINE)
        turn_until(&f, c.call, SBN__CALL_DONE);
    /* The call that is in the way must not keep the loop. */
    if (other.call != NULL && row->event < ENDED && f.rt != NULL)
        sbn_call_cancel(other.call);
    if (f.rt != NULL)
        run_until_idle(&f);

    /* What was under way is given up: the socket is closed. (A peer that does
     * not read cannot see that.) */
    if (row->event == CANCEL && row->at > AT_SENDING && row->at < AT_DONE)
        peer_await_hangups(f.peer, 1);
    if (c.completions != expected)
        test_fail(__FILE__, __LINE__, "%s: %d completions", name,
                  c.completions);
    if (expected > 0 && c.status != row->status)
        test_fail(__FILE__, __LINE__, "%s: %s, not %s", name,
                  sbn_status_name(c.status), sbn_status_name(row->status));
    if (other.call != NULL)
        CHECK_INT(other.completions, ==, 1);
    if (row->event != CALL_FREE) {
        if (expected > 0)
            check_error(row, &c, name);
        sbn_call_free(c.call);
    }
    sbn_call_free(other.call);
    fixture_stop(&f);
    free(text);
}

static void
play_all(enum at at)
{
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (rows[i].at == at)
            play(&rows[i]);
}

TEST(idle)
{
    play_all(AT_IDLE);
}

TEST(queued)
{
    play_all(AT_QUEUED);
}

TEST(sending)
{
    play_all(AT_SENDING);
}

TEST(waiting)
{
    play_all(AT_WAITING);
}

TEST(reading)
{
    play_all(AT_READING);
}

TEST(completing)
{
    play_all(AT_COMPLETING);
}

TEST(done)
{
    play_all(AT_DONE);
}
