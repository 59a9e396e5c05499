/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A head is read twice: line by line as it arrives, by the checks in this file,
 * and as a whole by llhttp (fields.c), once its last line is there. Both must
 * agree. llhttp 8.1 by itself takes lines that end with a bare LF or CR, folded
 * fields, and (unless it was compiled strict) spaces where none may be.
 */
#include <string.h>

#include "runtime/base/error.h"
#include "runtime/base/memory.h"
#include "runtime/base/text.h"
#include "runtime/http/head.h"

void
sbn__http_head_init(struct sbn__http_head_block *block,
                    const sbn_allocator *mem, enum sbn__http_role role,
                    size_t limit)
{
    memset(block, 0, sizeof(*block));
    block->mem = mem;
    block->role = role;
    block->limit = limit;
}

void
sbn__http_head_clear(struct sbn__http_head_block *block)
{
    if (block->data != NULL && block->cap == SBN__HTTP_BLOCK &&
        block->spare != NULL)
        sbn__http_spare_give(block->spare, block->data);
    else
        sbn__free(block->mem, block->data);
    block->data = NULL;
    block->size = block->cap = block->line = block->lines = 0;
    block->skipped = false;
}

sbn_status
sbn__http_head_refuse(struct sbn__http_head_block *block,
                      struct sbn_error *error, int refusal, const char *reason)
{
    block->refusal = refusal;
    return sbn__error_set(error, SBN_EPROTO, 0, "%s", reason);
}

sbn_status
sbn__http_head_count(struct sbn__http_head_block *block, size_t size,
                     struct sbn_error *error)
{
    if (size > block->limit - block->taken) {
        block->refusal = 431;
        return sbn__error_set(error, SBN_ELIMIT, 0,
                              "an HTTP head of more than %zu bytes",
                              block->limit);
    }
    block->taken += size;
    return SBN_OK;
}

/* A copy of data in a block of cap bytes; the old one is released. */
static sbn_status
block_move(struct sbn__http_head_block *block, size_t cap)
{
    size_t size = block->size, line = block->line, lines = block->lines;
    bool skipped = block->skipped;
    char *data = sbn__alloc(block->mem, cap);

    if (data == NULL)
        return SBN_ENOMEM;
    memcpy(data, block->data, size);
    sbn__http_head_clear(block);
    block->data = data;
    block->cap = cap;
    block->size = size;
    block->line = line;
    block->lines = lines;
    block->skipped = skipped;
    return SBN_OK;
}

sbn_status
sbn__http_head_reserve(struct sbn__http_head_block *block, size_t size)
{
    size_t cap = block->cap;

    if (block->size + size <= cap)
        return SBN_OK;
    if (block->data == NULL) {
        block->data = block->spare != NULL
                          ? sbn__http_spare_take(block->spare)
                          : sbn__alloc(block->mem, SBN__HTTP_BLOCK);
        if (block->data == NULL)
            return SBN_ENOMEM;
        block->cap = cap = SBN__HTTP_BLOCK;
    }
    while (block->size + size > cap)
        cap *= 2;
    return cap == block->cap ? SBN_OK : block_move(block, cap);
}

/* ---- Lines as they arrive -------------------------------------------------
 */

bool
sbn__http_is_token(const char *text, size_t size)
{
    /* The visible characters that are delimiters (RFC 9110, 5.6.2). */
    static const char delimiters[] = "\"(),/:;<=>?@[\\]{}";
    size_t i;

    for (i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-')
            continue;
        if (c <= 0x20 || c >= 0x7f || strchr(delimiters, c) != NULL)
            return false;
    }
    return size > 0;
}

/* RFC 9112, 2.2 and 5.2 */
static sbn_status
check_line(struct sbn__http_head_block *block, const char *line, size_t size,
           struct sbn_error *error)
{
    if (size < 2 || line[size - 2] != '\r')
        return sbn__http_head_refuse(block, error, 400,
                                     "a line that ends with a bare LF");
    if (memchr(line, '\r', size) != line + size - 2)
        return sbn__http_head_refuse(block, error, 400, "a bare CR in a line");
    if (memchr(line, '\0', size) != NULL)
        return sbn__http_head_refuse(block, error, 400, "a NUL in a line");
    if (line[0] == ' ' || line[0] == '\t')
        return sbn__http_head_refuse(block, error, 400,
                                     "a field that begins with white space");
    return SBN_OK;
}

/* "HTTP/1.0" or "HTTP/1.1"; another version is 505. */
static sbn_status
check_version(struct sbn__http_head_block *block, const char *text,
              struct sbn_error *error)
{
    if (memcmp(text, "HTTP/", 5) != 0 || !sbn__is_digit(text[5]) ||
        text[6] != '.' || !sbn__is_digit(text[7]))
        return sbn__http_head_refuse(block, error, 400, "not HTTP");
    if (text[5] != '1' || (text[7] != '0' && text[7] != '1'))
        return sbn__http_head_refuse(block, error, 505,
                                     "an HTTP version that is not 1.0 or 1.1");
    return SBN_OK;
}

static bool
is_visible(const char *text, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++)
        if ((unsigned char)text[i] <= 0x20 || (unsigned char)text[i] >= 0x7f)
            return false;
    return size > 0;
}

/* RFC 9112, 3: method SP target SP version, and nothing else. */
static sbn_status
check_request_line(struct sbn__http_head_block *block, const char *line,
                   size_t size, struct sbn_error *error)
{
    const char *end = line + size - 2, *version = end - 8;
    const char *target = memchr(line, ' ', size);

    if (target == NULL || size < sizeof("A / HTTP/1.1\r\n") - 1 ||
        target + 2 > version || version[-1] != ' ' ||
        !sbn__http_is_token(line, (size_t)(target - line)))
        return sbn__http_head_refuse(block, error, 400,
                                     "not an HTTP request line");
    if (!is_visible(target + 1, (size_t)(version - target) - 2))
        return sbn__http_head_refuse(
            block, error, 400, "a request target with a forbidden character");
    return check_version(block, version, error);
}

/* RFC 9112, 4: version SP three digits [SP reason]. Old servers leave out the
 * space before an empty reason. */
static sbn_status
check_status_line(struct sbn__http_head_block *block, const char *line,
                  size_t size, struct sbn_error *error)
{
    size_t i;
    sbn_status st;

    if (size < sizeof("HTTP/1.1 200\r\n") - 1 || line[8] != ' ' ||
        line[9] < '1' || line[9] > '9' || !sbn__is_digit(line[10]) ||
        !sbn__is_digit(line[11]) || (line[12] != ' ' && line[12] != '\r'))
        return sbn__http_head_refuse(block, error, 400,
                                     "the reply's status line is not HTTP's");
    st = check_version(block, line, error);
    for (i = 13; st == SBN_OK && i + 2 < size; i++)
        if (((unsigned char)line[i] < 0x20 && line[i] != '\t') ||
            line[i] == 0x7f)
            return sbn__http_head_refuse(block, error, 400,
                                         "a control character in the reason");
    return st;
}

/* The first bytes, printable, for "what is this?" texts. */
static void
describe(const struct sbn__http_head_block *block, char *out, size_t room)
{
    static const char hex[] = "0123456789abcdef";
    size_t i, used = 0;

    for (i = 0; i < block->size && used + 5 < room; i++) {
        unsigned char c = (unsigned char)block->data[i];

        if (c >= 0x20 && c < 0x7f) {
            out[used++] = (char)c;
            continue;
        }
        out[used++] = '\\';
        out[used++] = 'x';
        out[used++] = hex[c >> 4];
        out[used++] = hex[c & 15];
    }
    out[used] = '\0';
}

/* What is no HTTP at all is known by its first bytes: no need to wait for a
 * line's end that may never come. */
static sbn_status
check_first_bytes(struct sbn__http_head_block *block, struct sbn_error *error)
{
    static const char version[] = "HTTP/1.";
    size_t n = block->size < 7 ? block->size : 7;
    char text[48];
    bool ok;

    if (block->role == SBN__HTTP_RESPONSE)
        ok = memcmp(block->data, version, n) == 0;
    else
        ok = (block->data[0] == '\r' && !block->skipped) ||
             sbn__http_is_token(block->data, 1);
    if (ok)
        return SBN_OK;
    describe(block, text, sizeof(text));
    block->refusal = 400;
    return sbn__error_set(
        error, SBN_EPROTO, 0, "the %s is not HTTP: \"%s\"",
        block->role == SBN__HTTP_RESPONSE ? "reply" : "request", text);
}

static sbn_status
block_line(struct sbn__http_head_block *block, bool *ret_done,
           struct sbn_error *error)
{
    const char *line = block->data + block->line;
    size_t size = block->size - block->line;
    sbn_status st = check_line(block, line, size, error);

    if (st != SBN_OK)
        return st;
    if (size == 2 && block->lines == 0) {
        /* RFC 9112, 2.2: at least one empty line in front is to be ignored. */
        if (block->role != SBN__HTTP_REQUEST || block->skipped)
            return sbn__http_head_refuse(block, error, 400,
                                         "an empty line is not HTTP");
        block->taken -= block->size;
        block->size = 0;
        block->skipped = true;
        return SBN_OK;
    }
    *ret_done = size == 2;
    block->line = block->size;
    if (*ret_done)
        return SBN_OK;
    if (++block->lines > SBN__HTTP_MAX_FIELDS + 1) {
        block->refusal = 431;
        return sbn__error_set(error, SBN_ELIMIT, 0,
                              "more than %d header fields",
                              (int)SBN__HTTP_MAX_FIELDS);
    }
    if (block->lines > 1)
        return SBN_OK;
    return block->role == SBN__HTTP_REQUEST
               ? check_request_line(block, line, size, error)
               : check_status_line(block, line, size, error);
}

sbn_status
sbn__http_head_take(struct sbn__http_head_block *block, const char *bytes,
                    size_t size, size_t *ret_used, bool *ret_done,
                    struct sbn_error *error)
{
    size_t used = 0;
    sbn_status st = SBN_OK;

    *ret_done = false;
    while (st == SBN_OK && used < size && !*ret_done) {
        const char *place = bytes + used;
        const char *lf = memchr(place, '\n', size - used);
        size_t n = lf == NULL ? size - used : (size_t)(lf + 1 - place);

        st = sbn__http_head_count(block, n, error);
        if (st == SBN_OK && sbn__http_head_reserve(block, n) != SBN_OK) {
            block->refusal = 503;
            st = sbn__error_set(error, SBN_ENOMEM, 0, "%s",
                                sbn_status_text(SBN_ENOMEM));
        }
        if (st != SBN_OK)
            break;
        memcpy(block->data + block->size, place, n);
        block->size += n;
        used += n;
        if (block->lines == 0)
            st = check_first_bytes(block, error);
        if (st == SBN_OK && lf != NULL)
            st = block_line(block, ret_done, error);
    }
    *ret_used = used;
    return st;
}
