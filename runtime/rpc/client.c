/* SPDX-License-Identifier: Apache-2.0 */
/* Clients: their making and their end, lanes, and the pool of calls. */
#include <stdio.h>
#include <string.h>

#include <sebon.h>

#include "runtime/base/memory.h"
#include "runtime/base/text.h"
#include "runtime/rpc/call.h"
#include "runtime/rpc/client.h"
#include "runtime/rpc/soap_pool.h"

enum {
    MAX_SPARE = 1024, /* pooled calls kept for reuse */
    MAX_PEERS = 64    /* addresses remembered */
};

struct sbn__client_peer {
    struct sbn__client_peer *next;
    char text[];
};

/* ---- Lanes ----------------------------------------------------------------
 */

sbn_status
sbn__lane_open(sbn_client *client, struct sbn__lane *lane, sbn_runtime *rt)
{
    const sbn_client_options *options = &client->options;
    struct sbn__http_endpoint_options endpoint = {
        .max_connections = options->max_connections,
        .connect_timeout = options->connect_timeout,
        .idle_timeout = options->idle_timeout,
        .limits = {.max_head = options->max_header_bytes,
                   .max_body = options->max_reply_bytes},
        .no_retry = options->no_retry,
    };
    sbn_status status;

    lane->soap = sbn__rpc_soap_pool(rt);
    if (lane->soap == NULL)
        return SBN_ENOMEM;
    status = sbn__http_endpoint_new(rt, client->url.host, client->url.port,
                                    &endpoint, &lane->endpoint);
    if (status != SBN_OK)
        return status;
    sbn__runtime_ref(rt);
    lane->rt = rt;
    return SBN_OK;
}

static void
lane_let_go(struct sbn__lane *lane)
{
    sbn_runtime *rt = lane->rt;

    if (rt == NULL || lane->endpoint != NULL || lane->active > 0)
        return;
    lane->rt = NULL;
    sbn__runtime_unref(rt);
}

void
sbn__lane_close(struct sbn__lane *lane)
{
    if (lane->endpoint != NULL)
        sbn__http_endpoint_free(lane->endpoint);
    lane->endpoint = NULL;
    lane_let_go(lane);
}

void
sbn__lane_enter(struct sbn__lane *lane)
{
    lane->active++;
    sbn__runtime_hold(lane->rt);
}

void
sbn__lane_leave(struct sbn__lane *lane)
{
    lane->active--;
    sbn__runtime_unhold(lane->rt);
    lane_let_go(lane);
}

/* ---- Making ---------------------------------------------------------------
 */

static void
fill_in_defaults(sbn_client_options *options)
{
    const sbn_client_options defaults = {
        .timeout = 60000,
        .connect_timeout = 10000,
        .idle_timeout = 30000,
        .max_connections = 1024,
        .max_pending_calls = 100000,
        .max_reply_bytes = (size_t)64 << 20,
        .max_header_bytes = (size_t)16 << 10,
        .max_memory = (size_t)256 << 20,
        .max_depth = 128,
    };

#define FILL_IN(member)       \
    if (options->member == 0) \
    options->member = defaults.member
    FILL_IN(timeout);
    FILL_IN(connect_timeout);
    FILL_IN(idle_timeout);
    FILL_IN(max_connections);
    FILL_IN(max_pending_calls);
    FILL_IN(max_reply_bytes);
    FILL_IN(max_header_bytes);
    FILL_IN(max_memory);
    FILL_IN(max_depth);
#undef FILL_IN
}

/* Actions are sent as a quoted string; one that would end the string, or the
 * header field, comes from no WSDL that means well. */
static bool
is_action(const char *text)
{
    if (text == NULL)
        return true;
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f || *text == '"' ||
            *text == '\\')
            return false;
    return true;
}

static sbn_status
check_contract(const sbn_contract *contract)
{
    uint32_t i;

    if (contract == NULL)
        return SBN_EINVAL;
    if (contract->abi != SBN_ABI)
        return SBN_EABI;
    for (i = 0; i < contract->operation_count; i++)
        if (!is_action(contract->operations[i].action))
            return SBN_EINVAL;
    return SBN_OK;
}

/* The constant part of every request's head. */
static sbn_status
make_head(sbn_client *client)
{
    static const char format[] = "POST %s HTTP/1.1\r\n"
                                 "Host: %s\r\n"
                                 "User-Agent: sebon/%s\r\n"
                                 "Content-Type: %s";
    static const char type11[] = "text/xml; charset=utf-8\r\nSOAPAction: \"";
    static const char type12[] = "application/soap+xml; charset=utf-8";
    const char *type = client->version == SBN__SOAP_12 ? type12 : type11;
    const struct sbn__url *url = &client->url;
    size_t room = sizeof(format) + strlen(url->target) +
                  strlen(url->authority) + strlen(sbn_version()) + strlen(type);

    client->head = sbn__alloc(&client->mem, room);
    if (client->head == NULL)
        return SBN_ENOMEM;
    client->head_size =
        (size_t)snprintf(client->head, room, format, url->target,
                         url->authority, sbn_version(), type);
    return SBN_OK;
}

/* The runtime closes: nothing of the client may stay on its loop. */
static void
client_runtime_closes(struct sbn__closer *closer)
{
    sbn_client *client = sbn__container(closer, sbn_client, closer);
    struct sbn__link *link;
    sbn_call *call;

    client->closed = true;
    for (link = client->calls.next; link != &client->calls; link = link->next) {
        call = sbn__container(link, sbn_call, link);
        if (call->lane == &client->loop)
            sbn__call_finish(call, SBN_ECLOSED);
    }
    sbn__lane_close(&client->loop);
}

static sbn_status
client_open(sbn_client *client, sbn_runtime *runtime, const char *url)
{
    sbn_status status = sbn__url_parse(&client->mem, url, &client->url);

    if (status != SBN_OK)
        return status;
    /* now, so that telling of a failure never needs memory */
    client->event =
        sbn__alloc(&client->mem, sbn__largest_event(client->contract));
    if (client->event == NULL)
        return SBN_ENOMEM;
    status = make_head(client);
    if (status != SBN_OK || runtime == NULL)
        return status;
    status = sbn__lane_open(client, &client->loop, runtime);
    if (status == SBN_OK)
        sbn__runtime_add_closer(runtime, &client->closer,
                                client_runtime_closes);
    return status;
}

/* What the program wants, else 1.1 where the service has it. */
static enum sbn__soap_version
choose_version(sbn_soap_version wanted, const sbn_contract *contract)
{
    if (wanted == SBN_SOAP_DEFAULT && contract->soap == SBN_SOAP_12)
        wanted = SBN_SOAP_12;
    return wanted == SBN_SOAP_12 ? SBN__SOAP_12 : SBN__SOAP_11;
}

static sbn_client *
client_alloc(sbn_runtime *runtime, const sbn_client_options *options,
             const sbn_contract *contract)
{
    const sbn_allocator *mem =
        runtime == NULL ? &sbn__default_allocator : sbn__runtime_mem(runtime);
    sbn_client *client = sbn__zalloc(mem, sizeof(*client));

    if (client == NULL)
        return NULL;
    client->mem = *mem;
    client->contract = contract;
    if (options != NULL)
        client->options = *options;
    fill_in_defaults(&client->options);
    client->version = choose_version(client->options.soap, contract);
    sbn__buf_init(&client->headers, &client->mem, SIZE_MAX / 2);
    sbn__list_init(&client->calls);
    sbn__list_init(&client->spare);
    client->refs = 1;
    return client;
}

sbn_status
sbn_client_new(sbn_runtime *runtime, const char *url,
               const sbn_client_options *options, const sbn_contract *contract,
               sbn_client **ret_client)
{
    sbn_client *client;
    sbn_status status = check_contract(contract);

    if (status != SBN_OK)
        return status;
    if (url == NULL)
        return SBN_EINVAL;
    if (runtime != NULL && sbn__runtime_is_closing(runtime))
        return SBN_ESTATE;
    client = client_alloc(runtime, options, contract);
    if (client == NULL)
        return SBN_ENOMEM;
    status = client_open(client, runtime, url);
    if (status != SBN_OK) {
        sbn__client_unref(client);
        return status;
    }
    *ret_client = client;
    return SBN_OK;
}

/* ---- The end --------------------------------------------------------------
 */

static void
free_peers(sbn_client *client)
{
    struct sbn__client_peer *peer;

    while (client->peers != NULL) {
        peer = client->peers;
        client->peers = peer->next;
        sbn__free(&client->mem, peer);
    }
}

void
sbn__client_unref(sbn_client *client)
{
    struct sbn__link *link;
    sbn_allocator mem = client->mem;

    if (--client->refs > 0)
        return;
    while ((link = sbn__list_take(&client->spare)) != NULL)
        sbn__call_destroy(sbn__container(link, sbn_call, link));
    if (client->own != NULL)
        sbn__call_destroy(client->own);
    free_peers(client);
    sbn__url_fini(&mem, &client->url);
    sbn__free(&mem, client->head);
    sbn__free(&mem, client->event);
    sbn__buf_fini(&client->headers);
    sbn__free(&mem, client);
}

static void
sync_close(struct sbn__lane *lane)
{
    sbn_runtime *rt = lane->rt;

    if (rt == NULL)
        return;
    sbn__lane_close(lane);
    sbn_runtime_free(rt);
}

void
sbn_client_free(sbn_client *client)
{
    struct sbn__link *link;

    if (client == NULL || client->freed)
        return;
    client->freed = true;
    for (link = client->calls.next; link != &client->calls; link = link->next)
        sbn_call_cancel(sbn__container(link, sbn_call, link));
    if (client->loop.endpoint != NULL)
        sbn__runtime_remove_closer(&client->closer);
    sbn__lane_close(&client->loop);
    sync_close(&client->sync);
    sbn__client_unref(client);
}

/* ---- The pool of calls -----------------------------------------------------
 */

sbn_call *
sbn__client_take_call(sbn_client *client)
{
    struct sbn__link *link = sbn__list_take(&client->spare);
    sbn_call *call;

    if (link != NULL) {
        client->spare_count--;
        return sbn__container(link, sbn_call, link);
    }
    call = sbn__alloc(&client->mem, sizeof(*call));
    if (call == NULL)
        return NULL;
    sbn__call_init(call, &client->mem);
    call->pooled = true;
    return call;
}

void
sbn__client_give_back(sbn_client *client, sbn_call *call)
{
    if (client->freed || client->spare_count >= MAX_SPARE) {
        sbn__call_destroy(call);
        return;
    }
    sbn__arena_reset(&call->arena);
    call->timeout = 0;
    sbn__list_prepend(&client->spare, &call->link);
    client->spare_count++;
}

sbn_call *
sbn__client_take_own(sbn_client *client)
{
    if (client->own != NULL)
        sbn__client_give_back(client, client->own);
    client->own = sbn__client_take_call(client);
    return client->own;
}

/* ---- What calls share ------------------------------------------------------
 */

const char *
sbn__client_peer(sbn_client *client, const char *text)
{
    struct sbn__client_peer *peer;
    size_t size;

    for (peer = client->peers; peer != NULL; peer = peer->next)
        if (strcmp(peer->text, text) == 0)
            return peer->text;
    /* A name that keeps getting new addresses: the pool of texts is full, and
     * the errors of its calls name no peer. */
    if (client->peer_count >= MAX_PEERS)
        return NULL;
    size = strlen(text) + 1;
    peer = sbn__alloc(&client->mem, sizeof(*peer) + size);
    if (peer == NULL)
        return NULL;
    memcpy(peer->text, text, size);
    peer->next = client->peers;
    client->peers = peer;
    client->peer_count++;
    return peer->text;
}

size_t
sbn_client_pending(const sbn_client *client)
{
    return client->pending;
}

const sbn_error *
sbn_client_error(const sbn_client *client)
{
    return client->own == NULL ? NULL : sbn_call_error(client->own);
}
