/* SPDX-License-Identifier: Apache-2.0 */
/* The reader by itself: events, limits, positions, reuse, and that it takes
 * nothing of the program's libxml2. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "runtime/base/buf.h"
#include "runtime/base/memory.h"
#include "runtime/xml/reader.h"
#include "test/support/test.h"

struct log {
    const sbn_allocator *mem;
    struct sbn__xml_pool *pool;
    struct sbn__xml_reader *reader;
    struct sbn__xml_limits limits;
    struct sbn__arena arena;
    struct sbn_error error;
    struct sbn__buf text;
    const char *refuse; /* an element that on_start refuses */
    bool ended;         /* an event came after a failure */
    size_t events;
};

static sbn_status
on_start(void *data, const struct sbn__xml_element *element)
{
    struct log *log = data;
    size_t i;

    log->events++;
    if (log->ended)
        log->refuse = "event after the end";
    sbn__buf_putc(&log->text, '<');
    if (element->ns != NULL) {
        sbn__buf_putc(&log->text, '{');
        sbn__buf_puts(&log->text, element->ns);
        sbn__buf_putc(&log->text, '}');
    }
    sbn__buf_puts(&log->text, element->local);
    for (i = 0; i < element->attribute_count; i++) {
        sbn__buf_putc(&log->text, ' ');
        sbn__buf_puts(&log->text, element->attributes[i].local);
        sbn__buf_putc(&log->text, '=');
        sbn__buf_append(&log->text, element->attributes[i].value,
                        element->attributes[i].size);
    }
    sbn__buf_putc(&log->text, '>');
    if (log->refuse != NULL && strcmp(log->refuse, element->local) == 0) {
        log->ended = true;
        return SBN_ECANCELED;
    }
    return SBN_OK;
}

static sbn_status
on_end(void *data)
{
    struct log *log = data;

    CHECK(!log->ended);
    log->events++;
    sbn__buf_lit(&log->text, "</>");
    return SBN_OK;
}

static sbn_status
on_text(void *data, const char *text, size_t size)
{
    struct log *log = data;

    CHECK(!log->ended);
    log->events++;
    sbn__buf_append(&log->text, text, size);
    return SBN_OK;
}

static const struct sbn__xml_events events = {on_start, on_end, on_text};

static void
log_open(struct log *log)
{
    memset(log, 0, sizeof(*log));
    log->limits.max_depth = 100;
    sbn__arena_init(&log->arena, &sbn__default_allocator, 1 << 20);
    sbn__error_init(&log->error, &log->arena);
    sbn__buf_init(&log->text, &sbn__default_allocator, 64 << 20);
    CHECK_OK(sbn__xml_pool_new(&sbn__default_allocator, &log->pool));
}

static void
log_close(struct log *log)
{
    sbn__xml_reader_close(log->reader);
    sbn__xml_pool_free(log->pool);
    sbn__buf_fini(&log->text);
    sbn__arena_fini(&log->arena);
}

/* Reads a new document. */
static sbn_status
read_bytes(struct log *log, const char *bytes, size_t size)
{
    sbn__xml_reader_close(log->reader);
    log->reader = NULL;
    log->ended = false;
    log->events = 0;
    sbn__error_clear(&log->error);
    sbn__arena_reset(&log->arena);
    sbn__buf_reset(&log->text, 0);
    CHECK_OK(sbn__xml_reader_open(log->pool, &log->limits, &events, log,
                                  &log->error, &log->reader));
    return sbn__xml_reader_feed(log->reader, bytes, size, true);
}

static sbn_status
read_text(struct log *log, const char *text)
{
    return read_bytes(log, text, strlen(text));
}

static void
check_log(struct log *log, const char *want)
{
    CHECK_MEM(sbn__buf_bytes(&log->text), sbn__buf_size(&log->text), want,
              strlen(want));
}

TEST(elements_text_and_attributes_are_told)
{
    struct log log;

    log_open(&log);
    CHECK_OK(read_text(&log, "<a xmlns='urn:a' b='1 &amp; 2'>x&lt;"
                             "<![CDATA[<y>]]><c xmlns=''/><!-- n --></a>"));
    check_log(&log, "<{urn:a}a b=1 & 2>x<<y><c></></>");
    log_close(&log);
}

TEST(a_failure_stays_and_ends_the_events)
{
    struct log log;

    log_open(&log);
    log.refuse = "b";
    CHECK_STATUS(read_text(&log, "<a><b><c/></b><d/></a>"), SBN_ECANCELED);
    check_log(&log, "<a><b>");
    CHECK_STATUS(sbn__xml_reader_feed(log.reader, "<e/>", 4, true),
                 SBN_ECANCELED);
    check_log(&log, "<a><b>");
    log_close(&log);
}

TEST(errors_have_line_column_and_path)
{
    struct log log;

    log_open(&log);
    CHECK_STATUS(read_text(&log, "<a>\n <b>\n  </c>\n</a>"), SBN_EXML);
    CHECK_INT(log.error.line, ==, 3);
    CHECK_INT(log.error.column, >, 1);
    CHECK_STR(log.error.path, "/a/b");
    CHECK_INT(log.error.native, ==, XML_ERR_TAG_NAME_MISMATCH);
    CHECK(strchr(log.error.reason, '\n') == NULL);
    log_close(&log);
}

/* n times text into a new buffer, between open and close. */
static char *
repeat(const char *open, const char *text, size_t n, const char *close)
{
    size_t length = strlen(text), i;
    char *all = malloc(strlen(open) + n * (length + 8) + strlen(close) + 1);
    char *to = all;

    CHECK(all != NULL);
    to += sprintf(to, "%s", open);
    for (i = 0; i < n; i++)
        to += sprintf(to, text, (int)(i % 1000000));
    sprintf(to, "%s", close);
    return all;
}

static sbn_status
read_repeated(struct log *log, const char *open, const char *text, size_t n,
              const char *close)
{
    char *all = repeat(open, text, n, close);
    sbn_status status = read_text(log, all);

    free(all);
    return status;
}

TEST(depth_has_a_limit)
{
    struct log log;

    log_open(&log);
    log.limits.max_depth = 10;
    CHECK_OK(read_text(&log, "<a><a><a><a><a><a><a><a><a><a/></a></a></a></a>"
                             "</a></a></a></a></a>"));
    CHECK_STATUS(read_repeated(&log, "", "<a>", 11, ""), SBN_ELIMIT);
    CHECK(strstr(log.error.reason, "max_depth") != NULL);
    CHECK_STATUS(read_repeated(&log, "", "<a>", 100000, ""), SBN_ELIMIT);
    log_close(&log);
}

TEST(attributes_have_a_limit)
{
    struct log log;

    log_open(&log);
    CHECK_OK(read_repeated(&log, "<a", " b%d=''", 256, "/>"));
    CHECK_STATUS(read_repeated(&log, "<a", " b%d=''", 257, "/>"), SBN_ELIMIT);
    CHECK(strstr(log.error.reason, "max_attributes") != NULL);
    CHECK_STATUS(read_repeated(&log, "<a", " xmlns:b%d='u'", 257, "/>"),
                 SBN_ELIMIT);
    log_close(&log);
}

TEST(namespaces_in_scope_have_a_limit)
{
    struct log log;

    log_open(&log);
    CHECK_STATUS(read_repeated(&log, "",
                               "<a xmlns:a='u' xmlns:b='u' xmlns:c='u' "
                               "xmlns:d='u' xmlns:e='u' xmlns:f='u' "
                               "xmlns:g='u' xmlns:h='u' xmlns:i='u' "
                               "xmlns:j='u' xmlns:k='u' xmlns:l='u'>",
                               90, ""),
                 SBN_ELIMIT);
    log_close(&log);
}

/* A megabyte of what libxml2 alone would chew for minutes. */
TEST(a_start_tag_that_grows_is_refused_in_time)
{
    clock_t start = clock();
    struct log log;

    log_open(&log);
    CHECK_STATUS(read_repeated(&log, "<a", " b%d=''", 400000, "/>"),
                 SBN_ELIMIT);
    CHECK_STATUS(read_repeated(&log, "<a", " b%d='>'", 400000, "/>"),
                 SBN_ELIMIT);
    CHECK_STATUS(read_repeated(&log, "<a b='", "=x%d=", 100000, ""), SBN_EXML);
    CHECK_OK(read_repeated(&log, "<a b='", "=", 100000, "'/>"));
    CHECK_INT((clock() - start) / CLOCKS_PER_SEC, <, 20);
    log_close(&log);
}

TEST(long_values_names_and_comments_are_read)
{
    struct log log;

    log_open(&log);
    CHECK_OK(read_repeated(&log, "<a b='", "long= %d", 200000, "'/>"));
    CHECK_OK(read_repeated(&log, "<a>", "text %d", 200000, "</a>"));
    CHECK_OK(read_repeated(&log, "<a><!--", "text %d", 200000, "--></a>"));
    CHECK_OK(read_repeated(&log, "<a><![CDATA[", "te>t%d", 200000, "]]></a>"));
    log_close(&log);
}

/* Every document has names of its own. */
TEST(the_dictionary_of_a_reused_parser_does_not_grow)
{
    struct log log;
    char text[200];
    int i;

    log_open(&log);
    for (i = 0; i < 20000; i++) {
        snprintf(text, sizeof(text), "<a%d b%d='1' xmlns:c%d='d%d'/>", i, i, i,
                 i);
        CHECK_OK(read_text(&log, text));
    }
    log_close(&log);
}

TEST(small_pieces_cost_little)
{
    struct log log;
    size_t i;

    log_open(&log);
    CHECK_OK(sbn__xml_reader_open(log.pool, &log.limits, &events, &log,
                                  &log.error, &log.reader));
    CHECK_OK(sbn__xml_reader_feed(log.reader, "<a>", 3, false));
    for (i = 0; i < 4000; i++)
        CHECK_OK(sbn__xml_reader_feed(log.reader, "x", 1, false));
    CHECK_INT(log.events, ==, 0);
    CHECK_OK(sbn__xml_reader_feed(log.reader, "</a>", 4, true));
    CHECK_INT(sbn__buf_size(&log.text), ==, 4000 + 3 + 3);
    log_close(&log);
}

static int told;

static void
#if LIBXML_VERSION >= 21200
program_handler(void *data, const xmlError *error)
#else
program_handler(void *data, xmlError *error)
#endif
{
    told++;
}

TEST(the_programs_own_error_handler_is_left_alone)
{
    struct log log;

    xmlSetStructuredErrorFunc(&told, program_handler);
    log_open(&log);
    CHECK_STATUS(read_text(&log, "<a>"), SBN_EXML);
    CHECK_STATUS(
        read_text(&log, "<?xml version='1.0' encoding='klingon'?><a/>"),
        SBN_EXML);
    log_close(&log);
    CHECK_INT(told, ==, 0);
    CHECK(xmlStructuredError == program_handler);
    CHECK(xmlStructuredErrorContext == &told);
    xmlSetStructuredErrorFunc(NULL, NULL);
}

TEST(prefixes_resolve_where_they_are_declared)
{
    struct log log;

    log_open(&log);
    CHECK_OK(sbn__xml_reader_open(log.pool, &log.limits, &events, &log,
                                  &log.error, &log.reader));
    CHECK_STR(sbn__xml_reader_lookup(log.reader, "xml", 3),
              "http://www.w3.org/XML/1998/namespace");
    CHECK_STR(sbn__xml_reader_lookup(log.reader, "p", 1), NULL);
    CHECK_STR(sbn__xml_reader_lookup(log.reader, NULL, 0), NULL);
    log_close(&log);
}
