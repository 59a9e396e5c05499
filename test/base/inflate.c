/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/inflate.h"
#include "runtime/base/memory.h"
#include "test/support/test.h"

static const char said[] = "to be or not to be, or not to be at all";
static const char packed[] = "eNoryVdISlXIL1LIyy9RKAFxdFB4CoklCok5OQAEGgz9";

static sbn_status
unpack(const char *text, size_t size, struct sbn__buf *out)
{
    const char *const pieces[] = {text, NULL};

    sbn__buf_init(out, &sbn__default_allocator, 1000);
    sbn__inflate_text(pieces, size, out);
    return out->status;
}

TEST(what_was_packed_comes_out)
{
    struct sbn__buf out;

    CHECK_STATUS(unpack(packed, sizeof(said) - 1, &out), SBN_OK);
    CHECK_INT(sbn__buf_size(&out), ==, sizeof(said) - 1);
    CHECK_INT(memcmp(sbn__buf_bytes(&out), said, sizeof(said) - 1), ==, 0);
    sbn__buf_fini(&out);
}

TEST(pieces_may_end_anywhere_between_groups)
{
    char head[5] = "";
    const char *pieces[] = {head, packed + 4, NULL};
    struct sbn__buf out;

    memcpy(head, packed, 4);
    sbn__buf_init(&out, &sbn__default_allocator, 1000);
    sbn__inflate_text(pieces, sizeof(said) - 1, &out);
    CHECK_STATUS(out.status, SBN_OK);
    sbn__buf_fini(&out);
}

TEST(anything_else_is_refused)
{
    static const char *const wrong[] = {"", "AAAA", "not base64!", "eNor"};
    struct sbn__buf out;
    size_t i;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        CHECK_STATUS(unpack(wrong[i], sizeof(said) - 1, &out), SBN_EDECODE);
        sbn__buf_fini(&out);
    }
    CHECK_STATUS(unpack(packed, sizeof(said), &out), SBN_EDECODE);
    sbn__buf_fini(&out);
    CHECK_STATUS(unpack(packed, sizeof(said) - 2, &out), SBN_EDECODE);
    sbn__buf_fini(&out);
}
