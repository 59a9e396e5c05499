/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/inflate.h"

#include <zlib.h>

#include "runtime/base/memory.h"
#include "runtime/base/text.h"

enum { GROUP = 1024 }; /* characters decoded at once; a multiple of 4 */

static void *
zlib_alloc(void *data, unsigned count, unsigned size)
{
    return sbn__alloc((const sbn_allocator *)data, (size_t)count * size);
}

static void
zlib_free(void *data, void *place)
{
    sbn__free((const sbn_allocator *)data, place);
}

/* The bytes of one piece go into stream, which has room for all that comes. */
static int
inflate_piece(z_stream *stream, const char *piece)
{
    uint8_t bytes[GROUP / 4 * 3 + 3];
    size_t left = strlen(piece), size, count;
    int code = Z_OK;

    for (; left > 0 && code == Z_OK; piece += size, left -= size) {
        size = left < GROUP ? left : GROUP;
        if (sbn__base64_decode(piece, size, bytes, &count) != SBN_OK)
            return Z_DATA_ERROR;
        stream->next_in = bytes;
        stream->avail_in = (unsigned)count;
        code = inflate(stream, Z_NO_FLUSH);
    }
    return code;
}

void
sbn__inflate_text(const char *const *text, size_t size, struct sbn__buf *out)
{
    char *place = sbn__buf_reserve(out, size);
    z_stream stream = {.zalloc = zlib_alloc,
                       .zfree = zlib_free,
                       .opaque = (void *)(uintptr_t)out->mem};
    int code = Z_OK;

    if (place == NULL)
        return;
    if (inflateInit(&stream) != Z_OK) {
        out->status = SBN_ENOMEM;
        return;
    }
    stream.next_out = (unsigned char *)place;
    stream.avail_out = (unsigned)size;
    for (; *text != NULL && code == Z_OK; text++)
        code = inflate_piece(&stream, *text);
    if (code == Z_MEM_ERROR)
        out->status = SBN_ENOMEM;
    else if (code != Z_STREAM_END || stream.avail_out != 0)
        out->status = SBN_EDECODE;
    else
        out->end += size;
    inflateEnd(&stream);
}
