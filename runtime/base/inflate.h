/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that generated code keeps packed. */
#ifndef SBN_BASE_INFLATE_H
#define SBN_BASE_INFLATE_H

#include <stddef.h>
#include <stdint.h>

#include <sebon/status.h>

#include "runtime/base/buf.h"

/*
 * Appends what text holds, which is size bytes: a zlib stream (RFC 1950) in
 * base64, in pieces of whole groups, ended by NULL. Failures are out's status:
 * SBN_ENOMEM, SBN_ELIMIT, and SBN_EDECODE for what is no such text.
 */
void sbn__inflate_text(const char *const *text, size_t size,
                       struct sbn__buf *out);

#endif
