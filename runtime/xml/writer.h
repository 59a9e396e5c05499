/* SPDX-License-Identifier: Apache-2.0 */
/* Writing XML straight into a send buffer: escaping, and nothing else. Failure
 * is the buffer's sticky status; what XML cannot carry (U+0000 - U+001F but tab,
 * LF, CR; U+FFFE, U+FFFF; ill-formed UTF-8) is written as U+FFFD. */
#ifndef SBN_XML_WRITER_H
#define SBN_XML_WRITER_H

#include <stddef.h>

#include "runtime/base/buf.h"

/* Character data: & < > and CR (as &#xD;) are escaped. */
void sbn__xml_write_text(struct sbn__buf *out, const char *text, size_t size);
/* An attribute's value without its quotes ("): also " tab LF. */
void sbn__xml_write_value(struct sbn__buf *out, const char *text, size_t size);

#endif
