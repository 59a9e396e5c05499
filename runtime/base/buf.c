/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/buf.h"
#include "runtime/base/memory.h"

enum { SMALLEST = 512 };

void
sbn__buf_init(struct sbn__buf *buf, const sbn_allocator *mem, size_t limit)
{
    memset(buf, 0, sizeof(*buf));
    buf->mem = mem;
    buf->limit = limit;
}

void
sbn__buf_fini(struct sbn__buf *buf)
{
    sbn__free(buf->mem, buf->data);
    buf->data = NULL;
    buf->start = buf->end = buf->cap = buf->head = 0;
}

void
sbn__buf_reset(struct sbn__buf *buf, size_t head)
{
    if (head > buf->cap)
        sbn__buf_fini(buf);
    buf->start = buf->end = buf->head = head;
    buf->status = SBN_OK;
}

void
sbn__buf_release(struct sbn__buf *buf)
{
    sbn__buf_fini(buf);
    buf->status = SBN_OK;
}

static char *
fail(struct sbn__buf *buf, sbn_status status)
{
    buf->status = status;
    return NULL;
}

/* Moves the contents over what was consumed, when that makes the room and
 * moves no more than it wins: the cost of a byte stays constant. */
static bool
compact(struct sbn__buf *buf, size_t size)
{
    size_t used = buf->end - buf->start, free_bytes;

    if (buf->data == NULL || buf->start <= buf->head ||
        buf->start - buf->head < used)
        return false;
    free_bytes = buf->cap - buf->head - used;
    if (free_bytes < size)
        return false;
    memmove(buf->data + buf->head, buf->data + buf->start, used);
    buf->start = buf->head;
    buf->end = buf->head + used;
    return true;
}

char *
sbn__buf_grow(struct sbn__buf *buf, size_t size)
{
    size_t need, cap;
    char *data;

    if (buf->status != SBN_OK)
        return NULL;
    if (compact(buf, size))
        return buf->data + buf->end;
    if (__builtin_add_overflow(buf->end, size, &need) || need > buf->limit)
        return fail(buf, SBN_ELIMIT);
    cap = buf->cap < SMALLEST ? SMALLEST : buf->cap;
    if (__builtin_mul_overflow(cap, 2, &cap) || cap > buf->limit)
        cap = buf->limit;
    if (cap < need)
        cap = need;
    data = sbn__realloc(buf->mem, buf->data, cap);
    if (data == NULL)
        return fail(buf, SBN_ENOMEM);
    buf->data = data;
    buf->cap = cap;
    return data + buf->end;
}

void
sbn__buf_prepend(struct sbn__buf *buf, const char *bytes, size_t size)
{
    if (buf->status != SBN_OK || size == 0)
        return;
    buf->start -= size;
    memcpy(buf->data + buf->start, bytes, size);
}

void
sbn__buf_consume(struct sbn__buf *buf, size_t size)
{
    buf->start += size;
    if (buf->start == buf->end)
        buf->start = buf->end = buf->head;
}
