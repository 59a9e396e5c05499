/* SPDX-License-Identifier: Apache-2.0 */
/* How the tool ends, with the numbers that dotnet-svcutil has for it. */
#ifndef SBN_CODEGEN_STATUS_H
#define SBN_CODEGEN_STATUS_H

enum {
    EXIT_GOOD = 0,
    EXIT_BAD_INPUT = 1,   /* what was read is wrong */
    EXIT_BAD_USAGE = 2,   /* the command line is */
    EXIT_NO_INPUT = 3,    /* an address gives nothing */
    EXIT_NOT_WRITTEN = 4, /* what came of it could not be written */
    EXIT_UNKNOWN = 9      /* no memory */
};

#endif
