/* SPDX-License-Identifier: Apache-2.0 */
/* Content-Type of SOAP requests: which SOAP version, and the action. */
#ifndef SBN_RPC_MEDIA_H
#define SBN_RPC_MEDIA_H

#include <sebon/status.h>

#include "runtime/base/arena.h"
#include "runtime/soap/message.h"

enum sbn__charset { SBN__CHARSET_ANY, SBN__CHARSET_UTF_8, SBN__CHARSET_UTF_16 };

struct sbn__media {
    enum sbn__soap_version version; /* of text/xml: 1.1 */
    enum sbn__charset charset; /* ANY: it is not said */
    const char *action; /* the parameter, in the arena; NULL: none */
};

/*
 * value: the header field's, or NULL when there is none. action is kept for
 * application/soap+xml only (RFC 3902, 5).
 *
 * SBN_EUNSUPPORTED  missing, malformed, another type, or a charset other than
 *                   utf-8 and utf-16: 415
 * SBN_ENOMEM, SBN_ELIMIT
 */
sbn_status sbn__media_parse(const char *value, struct sbn__arena *arena,
                            struct sbn__media *ret_media);

#endif
