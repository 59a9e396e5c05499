/* SPDX-License-Identifier: Apache-2.0 */
/* What a header entry says beside its value: SOAP's own attributes. */
#ifndef SEBON_MARKS_H
#define SEBON_MARKS_H

#include <stdbool.h>

#include <sebon/status.h>

SBN_BEGIN_DECLS

/*
 * actor is the one the entry is for (SOAP 1.1 actor, SOAP 1.2 role), NULL: the
 * one that has the body. Of the two versions' names for "whoever is next" each
 * is written in the message's own. SOAP 1.1 has no relay: it is not written.
 */
typedef struct sbn_header_marks {
    bool must_understand;
    bool relay; /* one who does not understand it passes it on */
    const char *actor;
} sbn_header_marks;

SBN_END_DECLS

#endif
