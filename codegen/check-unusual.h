/* SPDX-License-Identifier: Apache-2.0 */
/* Constructs worth knowing about before one begins. */
#ifndef SBN_CODEGEN_CHECK_UNUSUAL_H
#define SBN_CODEGEN_CHECK_UNUSUAL_H

#include "codegen/wsdl.h"

/* One construct, in all documents. */
struct unusual {
    const char *what;
    const char *how; /* what becomes of it */
    size_t count;
    struct place first;
};

/* Those that the documents have (struct unusual), most frequent kinds in the
 * order of the table. */
void check_unusual(const struct wsdl *wsdl, struct vec *ret_found);

#endif
