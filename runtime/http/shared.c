/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <time.h>

#include "runtime/base/memory.h"
#include "runtime/http/shared.h"

static void
shared_destroy(void *object)
{
    struct sbn__http_shared *shared = object;

    sbn__http_spare_fini(&shared->spare);
    sbn__http_spare_fini(&shared->small);
    sbn__free(shared->mem, shared);
}

struct sbn__http_shared *
sbn__http_shared_get(sbn_runtime *rt)
{
    struct sbn__http_shared *shared = sbn__runtime_get(rt, SBN__SLOT_HTTP);

    if (shared != NULL)
        return shared;
    shared = sbn__zalloc(sbn__runtime_mem(rt), sizeof(*shared));
    if (shared == NULL)
        return NULL;
    shared->mem = sbn__runtime_mem(rt);
    sbn__http_spare_init(&shared->spare, shared->mem, SBN__HTTP_BLOCK);
    sbn__http_spare_init(&shared->small, shared->mem, SBN__HTTP_SMALL);
    sbn__runtime_set(rt, SBN__SLOT_HTTP, shared, shared_destroy);
    return shared;
}

static void
put_number(char *out, int value)
{
    out[0] = (char)('0' + value / 10 % 10);
    out[1] = (char)('0' + value % 10);
}

/* RFC 9110, 5.6.7; strftime would follow the locale. */
static void
format_date(char *out, time_t second)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct tm tm;

    memcpy(out, "Date: ---, 00 --- 0000 00:00:00 GMT\r\n",
           SBN__HTTP_DATE_SIZE + 1);
    if (gmtime_r(&second, &tm) == NULL)
        return;
    memcpy(out + 6, days + 3 * tm.tm_wday, 3);
    put_number(out + 11, tm.tm_mday);
    memcpy(out + 14, months + 3 * tm.tm_mon, 3);
    put_number(out + 18, (tm.tm_year + 1900) / 100);
    put_number(out + 20, (tm.tm_year + 1900) % 100);
    put_number(out + 23, tm.tm_hour);
    put_number(out + 26, tm.tm_min);
    put_number(out + 29, tm.tm_sec);
}

const char *
sbn__http_shared_date(struct sbn__http_shared *shared)
{
    time_t now = time(NULL);

    if (shared->date_second != (int64_t)now) {
        format_date(shared->date, now);
        shared->date_second = (int64_t)now;
    }
    return shared->date;
}
