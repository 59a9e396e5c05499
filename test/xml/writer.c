/* SPDX-License-Identifier: Apache-2.0 */
/* What is written is read back equal, by libxml2. */
#include <libxml/parser.h>

#include "runtime/base/memory.h"
#include "runtime/xml/writer.h"
#include "test/support/test.h"

static void
check_text(const char *text, size_t size, const char *want)
{
    struct sbn__buf out;

    sbn__buf_init(&out, &sbn__default_allocator, 1 << 20);
    sbn__xml_write_text(&out, text, size);
    CHECK_OK(out.status);
    CHECK_MEM(sbn__buf_bytes(&out), sbn__buf_size(&out), want, strlen(want));
    sbn__buf_fini(&out);
}

TEST(text_is_escaped)
{
    check_text("", 0, "");
    check_text("plain", 5, "plain");
    check_text("a<b>&\"'c", 8, "a&lt;b&gt;&amp;\"'c");
    check_text("\t\n\r", 3, "\t\n&#xD;");
    check_text("]]>", 3, "]]&gt;");
}

TEST(what_xml_cannot_carry_is_replaced)
{
    check_text("a\0b", 3,
               "a\xef\xbf\xbd"
               "b");
    check_text("\x01\x1f\x7f", 3, "\xef\xbf\xbd\xef\xbf\xbd\x7f");
    check_text("\xff\xc3(", 3, "\xef\xbf\xbd\xef\xbf\xbd(");
    check_text("\xed\xa0\x80", 3, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    check_text("\xef\xbf\xbe\xe2\x82\xac", 6,
               "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xe2\x82\xac");
    check_text("\xf0\x9f\x98\x80\xe4\xb8", 6,
               "\xf0\x9f\x98\x80\xef\xbf\xbd\xef\xbf\xbd");
}

/* Random bytes of what matters, with luck in the middle of long plain runs. */
static size_t
make_text(char *text, unsigned *seed)
{
    static const char *const parts[] = {"<",
                                        ">",
                                        "&",
                                        "\"",
                                        "'",
                                        "\t",
                                        "\n",
                                        "\r",
                                        " ",
                                        "x",
                                        "]",
                                        "é",
                                        "中",
                                        "\xf0\x9f\x98\x80",
                                        "plain text, long",
                                        "$%#",
                                        "!",
                                        "(",
                                        "=",
                                        "<![CDATA["};
    size_t size = 0, i, n, length;

    n = (*seed = *seed * 1103515245 + 12345) >> 16 & 31;
    for (i = 0; i < n; i++) {
        *seed = *seed * 1103515245 + 12345;
        length = strlen(parts[(*seed >> 16) % 20]);
        memcpy(text + size, parts[(*seed >> 16) % 20], length);
        size += length;
    }
    text[size] = '\0';
    return size;
}

TEST(libxml2_reads_back_what_was_written)
{
    char text[1024];
    unsigned seed = 1;
    int round;

    for (round = 0; round < 3000; round++) {
        size_t size = make_text(text, &seed);
        struct sbn__buf out;
        xmlChar *content, *value;
        xmlDoc *doc;

        sbn__buf_init(&out, &sbn__default_allocator, 1 << 20);
        sbn__buf_lit(&out, "<a v=\"");
        sbn__xml_write_value(&out, text, size);
        sbn__buf_lit(&out, "\">");
        sbn__xml_write_text(&out, text, size);
        sbn__buf_lit(&out, "</a>");
        doc = xmlReadMemory(sbn__buf_bytes(&out), (int)sbn__buf_size(&out),
                            NULL, NULL, XML_PARSE_NOENT);
        CHECK(doc != NULL);
        value = xmlGetProp(xmlDocGetRootElement(doc), BAD_CAST "v");
        content = xmlNodeGetContent(xmlDocGetRootElement(doc));
        CHECK_STR((char *)value, text);
        CHECK_STR((char *)content, text);
        xmlFree(value);
        xmlFree(content);
        xmlFreeDoc(doc);
        sbn__buf_fini(&out);
    }
    xmlCleanupParser();
}

TEST(a_full_buffer_keeps_its_failure)
{
    struct sbn__buf out;

    sbn__buf_init(&out, &sbn__default_allocator, 16);
    sbn__xml_write_text(&out, "0123456789<<<<<<<<", 18);
    CHECK_STATUS(out.status, SBN_ELIMIT);
    sbn__buf_fini(&out);
}
