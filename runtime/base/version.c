/* SPDX-License-Identifier: Apache-2.0 */
#include <sebon.h>

const char *
sbn_version(void)
{
    return SEBON_VERSION;
}
