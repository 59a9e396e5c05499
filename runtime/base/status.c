/* SPDX-License-Identifier: Apache-2.0 */
#include <sebon/status.h>

const char *
sbn_status_name(sbn_status status)
{
    switch (status) {
#define STATUS_NAME(name, code, text)                                          \
    case SBN_##name:                                                           \
        return "SBN_" #name;
        SBN_STATUS_MAP(STATUS_NAME)
#undef STATUS_NAME
    default:
        return "SBN_UNKNOWN";
    }
}

const char *
sbn_status_text(sbn_status status)
{
    switch (status) {
#define STATUS_TEXT(name, code, text)                                          \
    case SBN_##name:                                                           \
        return text;
        SBN_STATUS_MAP(STATUS_TEXT)
#undef STATUS_TEXT
    default:
        return "unknown status";
    }
}
