/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/memory.h"
#include "runtime/http/client.h"
#include "test/support/test.h"

static const struct {
    const char *text, *host;
    unsigned port;
    const char *authority, *target;
} good[] = {
    {"http://example.com", "example.com", 80, "example.com", "/"},
    {"HTTP://example.com/a/b?c=d#e", "example.com", 80, "example.com",
     "/a/b?c=d"},
    {"http://127.0.0.1:8000/svc?wsdl", "127.0.0.1", 8000, "127.0.0.1:8000",
     "/svc?wsdl"},
    {"http://h?q", "h", 80, "h", "/?q"},
    {"http://h#f", "h", 80, "h", "/"},
    {"http://h:/", "h", 80, "h", "/"},
    {"http://h:80/", "h", 80, "h", "/"},
    {"http://h:65535/", "h", 65535, "h:65535", "/"},
    {"http://[::1]/", "::1", 80, "[::1]", "/"},
    {"http://[2001:db8::1]:81/x", "2001:db8::1", 81, "[2001:db8::1]:81", "/x"},
    {"http://h/%20%2f", "h", 80, "h", "/%20%2f"},
    {"http+unix://%2Frun%2fx.sock/path", "/run/x.sock", 0, "localhost",
     "/path"},
    {"http+unix://%2Ftmp%2Fa%20b", "/tmp/a b", 0, "localhost", "/"},
};

static const struct {
    const char *text;
    sbn_status status;
} bad[] = {
    {"", SBN_EINVAL},
    {"example.com", SBN_EINVAL},
    {"/path", SBN_EINVAL},
    {"://h/", SBN_EINVAL},
    {"http:/h/", SBN_EINVAL},
    {"http:h", SBN_EINVAL},
    {"http://", SBN_EINVAL},
    {"http:///path", SBN_EINVAL},
    {"http://:80/", SBN_EINVAL},
    {"http://h:0/", SBN_EINVAL},
    {"http://h:65536/", SBN_EINVAL},
    {"http://h:-1/", SBN_EINVAL},
    {"http://h:+1/", SBN_EINVAL},
    {"http://h:8x/", SBN_EINVAL},
    {"http://user@h/", SBN_EINVAL},
    {"http://user:secret@h/", SBN_EINVAL},
    {"http://h\\@evil/", SBN_EINVAL},
    {"http://[::1/", SBN_EINVAL},
    {"http://[::1]x/", SBN_EINVAL},
    {"http://[]/", SBN_EINVAL},
    {"http://h%2e/", SBN_EINVAL},
    {"http://h/a b", SBN_EINVAL},
    {"http://h/a\r\nX: y", SBN_EINVAL},
    {"http://h/\x01", SBN_EINVAL},
    {"http://h/caf\xc3\xa9", SBN_EINVAL},
    {"http+unix:///path", SBN_EINVAL},
    {"http+unix://%2/", SBN_EINVAL},
    {"http+unix://%zz/", SBN_EINVAL},
    {"http+unix://a%00b/", SBN_EINVAL},
    {"https://h/", SBN_EUNSUPPORTED},
    {"ftp://h/", SBN_EUNSUPPORTED},
    {"urn:x", SBN_EUNSUPPORTED},
};

TEST(parts_of_a_url)
{
    struct sbn__url url;
    size_t i;

    for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        CHECK_OK(sbn__url_parse(&sbn__default_allocator, good[i].text, &url));
        CHECK_STR(url.host, good[i].host);
        CHECK_INT(url.port, ==, good[i].port);
        CHECK_STR(url.authority, good[i].authority);
        CHECK_STR(url.target, good[i].target);
        sbn__url_fini(&sbn__default_allocator, &url);
    }
}

TEST(what_is_no_url)
{
    struct sbn__url url;
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        sbn_status st =
            sbn__url_parse(&sbn__default_allocator, bad[i].text, &url);

        if (st != bad[i].status)
            test_fail(__FILE__, __LINE__, "%s: %s", bad[i].text,
                      sbn_status_name(st));
    }
}

static void
parse_starved(struct test_memory *memory, void *data)
{
    struct sbn__url url;

    if (sbn__url_parse(&memory->allocator, data, &url) == SBN_OK)
        sbn__url_fini(&memory->allocator, &url);
    else
        CHECK(memory->failed);
}

TEST(a_url_without_memory)
{
    test_each_allocation(parse_starved, (void *)(uintptr_t) "http://h:1/x");
    test_each_allocation(parse_starved,
                         (void *)(uintptr_t) "http+unix://%2Fx/y");
}
