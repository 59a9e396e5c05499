/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bell that any thread may ring: fn(data) runs on the runtime's thread, on a
 * fresh stack, once or more after the last ring. Ringing allocates nothing and
 * cannot fail, unlike sbn_runtime_post; many rings may become one call. It
 * does not keep the loop alive.
 */
#ifndef SBN_NET_WAKEUP_H
#define SBN_NET_WAKEUP_H

#include <sebon/runtime.h>
#include <sebon/status.h>

struct sbn__wakeup;

/* SBN_ENOMEM, SBN_EIO. Thread: the runtime's. */
sbn_status sbn__wakeup_new(sbn_runtime *rt, void (*fn)(void *data), void *data,
                           struct sbn__wakeup **ret_wakeup);
/* Any thread, until free is called. */
void sbn__wakeup_ring(struct sbn__wakeup *wakeup);
/* fn is not called any more; NULL does nothing. Thread: the runtime's. */
void sbn__wakeup_free(struct sbn__wakeup *wakeup);

#endif
