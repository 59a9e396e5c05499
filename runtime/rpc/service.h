/* SPDX-License-Identifier: Apache-2.0 */
/* A service: a contract and its implementation, bound at a path. */
#ifndef SBN_RPC_SERVICE_H
#define SBN_RPC_SERVICE_H

#include <stdbool.h>

#include <sebon/server.h>

#include "runtime/base/list.h"
#include "runtime/net/runtime.h"
#include "runtime/rpc/index.h"

struct sbn__service {
    char *path; /* without slashes at the end, but for "/" */
    char *public_url; /* NULL: by the request */
    const sbn_contract *contract;
    const void *functions; /* the program's struct of function pointers */
    sbn_service_options options;
    struct sbn__index actions;  /* SOAP action -> operation */
    struct sbn__index elements; /* name of the input element -> operation */

    /* Of max_concurrent_calls: calls that run, requests that wait for it. */
    size_t running, queued;
    struct sbn__link queue; /* of sbn_request.turn */
    struct sbn__deferred pump;
};

/* A text of this size holds every message below. */
enum { SBN__SERVER_TEXT = 768 };

/* Checks that the program gave what the contract's operations need; the text
 * says what is missing. SBN_EINVAL, SBN_EABI. */
sbn_status sbn__service_check(const sbn_contract *contract,
                              const void *functions,
                              char text[SBN__SERVER_TEXT]);

/* SBN_ENOMEM. */
sbn_status sbn__service_new(const sbn_allocator *mem, const char *path,
                            const sbn_contract *contract,
                            const void *functions,
                            const sbn_service_options *options,
                            struct sbn__service **ret_service);
/* Takes NULL. */
void sbn__service_free(const sbn_allocator *mem, struct sbn__service *service);

/* The size of path without slashes at its end. */
size_t sbn__service_path_size(const char *path, size_t size);

enum sbn__found { SBN__FOUND_NONE, SBN__FOUND_ONE, SBN__FOUND_SEVERAL };

/* The operation with this action. */
enum sbn__found sbn__service_by_action(const struct sbn__service *service,
                                       const char *action, size_t size,
                                       const sbn_operation **ret_operation);
/* The operation whose body is this element; local NULL: an empty body. */
enum sbn__found sbn__service_by_element(const struct sbn__service *service,
                                        const char *ns, const char *local,
                                        const sbn_operation **ret_operation);
/* Whether the operation's body is this element. */
bool sbn__operation_takes(const sbn_contract *contract,
                          const sbn_operation *operation, const char *ns,
                          const char *local);

/* Whether the synchronous function is to run, and not begin with end. */
bool sbn__service_runs_sync(const struct sbn__service *service,
                            const sbn_operation *operation);
/* The struct of function pointers that has the operation's. */
const void *sbn__service_functions(const struct sbn__service *service,
                                   const sbn_operation *operation);

/* Whether it tells its metadata. */
bool sbn__service_has_metadata(const struct sbn__service *service);

/* ---- untyped.c ---------------------------------------------------------- */

/* Of services that have no other. */
extern const sbn_contract sbn__untyped_contract;
/* That of the options' untyped. */
extern const sbn_operation sbn__untyped_operation;
sbn_status sbn__untyped_check(const sbn_untyped_service *untyped,
                              char text[SBN__SERVER_TEXT]);

#endif
