/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two documents say the same in other prefixes. */
#ifndef TEST_CODEGEN_SAME_XML_H
#define TEST_CODEGEN_SAME_XML_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Where they part is printed. Values of the form "prefix:name" whose prefix is
 * declared are compared as names, numbers and times of day as what they are
 * ("1E+15" is 1000000000000000). a's header entries that are not wanted(ns,
 * local, data) are passed over, as are attributes of SOAP's own namespace on the
 * others.
 */
bool same_xml(const char *a, size_t a_size, const char *b, size_t b_size,
              bool (*wanted)(const char *ns, const char *local, void *data),
              void *data);

/* Whether it is XML 1.0 at all. */
bool is_well_formed(const char *bytes, size_t size);

#endif
