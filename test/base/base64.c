/* SPDX-License-Identifier: Apache-2.0 */
/* base64Binary and hexBinary. */
#include <stdlib.h>

#include "runtime/base/memory.h"
#include "runtime/base/text.h"
#include "test/support/test.h"

typedef void write_fn(struct sbn__buf *out, const uint8_t *bytes, size_t size);
typedef sbn_status decode_fn(const char *text, size_t size, uint8_t *out,
                             size_t *ret_size);

static void
check_written(write_fn *write, const char *bytes, size_t size, const char *want)
{
    struct sbn__buf buf;

    sbn__buf_init(&buf, &sbn__default_allocator, 1 << 20);
    sbn__buf_puts(&buf, ">");
    write(&buf, (const uint8_t *)bytes, size);
    CHECK_OK(buf.status);
    CHECK_MEM(sbn__buf_bytes(&buf) + 1, sbn__buf_size(&buf) - 1, want,
              strlen(want));
    sbn__buf_fini(&buf);
}

static void
check_decoded(decode_fn *decode, const char *text, const char *want,
              size_t want_size)
{
    size_t size = strlen(text), got = 99;
    uint8_t *out = malloc(size / 4 * 3 + 3);
    char *exact = malloc(size + 1);

    CHECK(out != NULL && exact != NULL);
    memcpy(exact, text, size);
    CHECK_OK(decode(exact, size, out, &got));
    CHECK_MEM(out, got, want, want_size);
    free(out);
    free(exact);
}

static void
check_refused(decode_fn *decode, const char *text)
{
    uint8_t out[256];
    size_t got = 99;

    if (decode(text, strlen(text), out, &got) != SBN_EDECODE)
        test_fail(__FILE__, __LINE__, "\"%s\" was read", text);
    CHECK_INT(got, ==, 99);
}

TEST(base64_of_the_rfc)
{
    static const char *const texts[] = {
        "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    size_t size;

    for (size = 0; size <= 6; size++) {
        check_written(sbn__base64_write, "foobar", size, texts[size]);
        check_decoded(sbn__base64_decode, texts[size], "foobar", size);
    }
    check_written(sbn__base64_write, "\xfb\xff\xfe", 3, "+//+");
    check_decoded(sbn__base64_decode, "+//+", "\xfb\xff\xfe", 3);
    check_decoded(sbn__base64_decode, "AAAA", "\0\0\0", 3);
}

TEST(base64_tolerates_white_space)
{
    check_decoded(sbn__base64_decode, " Zm9v\r\nYmFy\n", "foobar", 6);
    check_decoded(sbn__base64_decode, "Z m\t9\nv", "foo", 3);
    check_decoded(sbn__base64_decode, "Z g = = ", "f", 1);
    check_decoded(sbn__base64_decode, "Zm9vYg\n==\n", "foob", 4);
    check_decoded(sbn__base64_decode, " \n\t ", "", 0);
}

TEST(base64_that_is_none_is_refused)
{
    check_refused(sbn__base64_decode, "Z");
    check_refused(sbn__base64_decode, "Zm");
    check_refused(sbn__base64_decode, "Zm9");
    check_refused(sbn__base64_decode, "Zm9vY");
    check_refused(sbn__base64_decode, "=");
    check_refused(sbn__base64_decode, "====");
    check_refused(sbn__base64_decode, "Z===");
    check_refused(sbn__base64_decode, "Zg=");
    check_refused(sbn__base64_decode, "Zg=a");
    check_refused(sbn__base64_decode, "Zg===");
    check_refused(sbn__base64_decode, "Zm8==");
    check_refused(sbn__base64_decode, "Zm9v=");
    check_refused(sbn__base64_decode, "Zg==Zg==");
    check_refused(sbn__base64_decode, "Zm8=Zm9v");
    check_refused(sbn__base64_decode, "Zm-_"); /* another alphabet */
    check_refused(sbn__base64_decode, "Zm9\xc3");
    check_refused(sbn__base64_decode, "Zm\v9v");
    /* Bits that make no byte must be zero. */
    check_refused(sbn__base64_decode, "Zh==");
    check_refused(sbn__base64_decode, "Zm9=");
}

TEST(all_bytes_survive_base64_and_hex)
{
    uint8_t bytes[256], out[260];
    struct sbn__buf buf;
    size_t size, got, i;

    for (i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i * 7);
    sbn__buf_init(&buf, &sbn__default_allocator, 1 << 20);
    for (size = 0; size <= sizeof(bytes); size++) {
        sbn__buf_reset(&buf, 0);
        sbn__base64_write(&buf, bytes, size);
        CHECK_OK(sbn__base64_decode(sbn__buf_bytes(&buf), sbn__buf_size(&buf),
                                    out, &got));
        CHECK_MEM(out, got, bytes, size);
        sbn__buf_reset(&buf, 0);
        sbn__hex_write(&buf, bytes, size);
        CHECK_OK(sbn__hex_decode(sbn__buf_bytes(&buf), sbn__buf_size(&buf), out,
                                 &got));
        CHECK_MEM(out, got, bytes, size);
    }
    sbn__buf_fini(&buf);
}

TEST(hex_has_two_digits_a_byte)
{
    check_written(sbn__hex_write, "\x00\x9f\xab", 3, "009FAB");
    check_written(sbn__hex_write, "", 0, "");
    check_decoded(sbn__hex_decode, "009FAB", "\x00\x9f\xab", 3);
    check_decoded(sbn__hex_decode, " 009fab\n", "\x00\x9f\xab", 3);
    check_decoded(sbn__hex_decode, "", "", 0);
    check_refused(sbn__hex_decode, "0");
    check_refused(sbn__hex_decode, "0G");
    check_refused(sbn__hex_decode, "00 11");
    check_refused(sbn__hex_decode, "0x11");
    check_refused(sbn__hex_decode, "\xc3\xa4");
}

TEST(hostile_sizes_are_over_the_limit)
{
    struct sbn__buf buf;
    uint8_t byte = 0;

    sbn__buf_init(&buf, &sbn__default_allocator, 1000);
    sbn__base64_write(&buf, &byte, SIZE_MAX);
    CHECK_STATUS(buf.status, SBN_ELIMIT);
    sbn__buf_reset(&buf, 0);
    sbn__hex_write(&buf, &byte, SIZE_MAX / 2 + 2);
    CHECK_STATUS(buf.status, SBN_ELIMIT);
    sbn__buf_reset(&buf, 0);
    sbn__base64_write(&buf, &byte, SIZE_MAX / 4 * 3 + 3);
    CHECK_STATUS(buf.status, SBN_ELIMIT);
    sbn__buf_fini(&buf);
}
