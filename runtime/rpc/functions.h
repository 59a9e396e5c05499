/* SPDX-License-Identifier: Apache-2.0 */
/* Structs of function pointers that programs fill in and tables describe by
 * offsets. */
#ifndef SBN_RPC_FUNCTIONS_H
#define SBN_RPC_FUNCTIONS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The member at offset; NULL: the program left it out. Whoever knows its type
 * reads and calls it. */
static inline const void *
sbn__given_function(const void *functions, uint32_t offset)
{
    const char *member = (const char *)functions + offset;
    void (*function)(void);

    memcpy(&function, member, sizeof(function));
    return function != NULL ? member : NULL;
}

#endif
