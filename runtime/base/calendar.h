/* SPDX-License-Identifier: Apache-2.0 */
/* The Gregorian calendar, extended backwards (ISO 8601). */
#ifndef SBN_BASE_CALENDAR_H
#define SBN_BASE_CALENDAR_H

#include <stdint.h>

/* Years as XML Schema 1.0 counts them: -1 is the year before 1, and leap. */
unsigned sbn__days_of_month(int32_t year, unsigned month);

#endif
