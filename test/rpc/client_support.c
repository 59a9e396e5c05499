/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "test/rpc/client_support.h"

void
fixture_start(struct fixture *f, struct peer *peer,
              const sbn_client_options *options)
{
    sbn_runtime_options runtime_options = {.allocator = &f->memory.allocator};

    test_memory_init(&f->memory);
    f->peer = peer;
    CHECK_OK(sbn_runtime_new(&runtime_options, &f->rt));
    CHECK_OK(sbn_client_new(f->rt, peer_url(peer), options, &echo_contract,
                            &f->client));
}

void
fixture_stop(struct fixture *f)
{
    sbn_client_free(f->client);
    sbn_runtime_free(f->rt);
    peer_stop(f->peer);
    CHECK_INT(f->memory.live, ==, 0);
}

void
counted_new(struct counted *c, struct fixture *f)
{
    memset(c, 0, sizeof(*c));
    CHECK_OK(sbn_call_new(f->rt, &c->call));
}

void
counted_done(sbn_call *call, void *state)
{
    struct counted *c = state;

    CHECK(!sbn_call_is_active(call));
    c->completions++;
    c->status = sbn_call_status(call);
}

void
begin_echo(struct fixture *f, struct counted *c, const char *text)
{
    struct echo_text in = {text};
    int before = c->completions;

    CHECK_OK(sbn_call_begin(f->client, c->call, &echo_operations[ECHO], &in,
                            counted_done, c));
    CHECK_INT(c->completions, ==, before);
    CHECK(sbn_call_is_active(c->call));
}

const char *
end_echo(sbn_call *call)
{
    const void *out = NULL;

    CHECK_OK(sbn_call_end(call, &echo_operations[ECHO], &out));
    CHECK(sbn_call_error(call) == NULL);
    return ((const struct echo_completed *)out)->text;
}

void
turn_until(struct fixture *f, const sbn_call *call, enum sbn__call_state state)
{
    while (call->current != state)
        sbn__runtime_turn(f->rt);
}

void
run_until_idle(struct fixture *f)
{
    CHECK_OK(sbn_runtime_run(f->rt));
}

void
pass_deadline(struct fixture *f, sbn_call *call)
{
    CHECK_OK(sbn_timer_start(f->rt, &call->deadline, 1, call->deadline.fn,
                             call->deadline.data));
}

char *
big_text(size_t size)
{
    char *text = malloc(size + 1);

    memset(text, 'x', size);
    text[size] = '\0';
    return text;
}
