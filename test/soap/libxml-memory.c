/* SPDX-License-Identifier: Apache-2.0 */
/* The n-th allocation that libxml2 makes for a message fails: a status, no
 * crash, and nothing of ours is left. (What libxml2 2.9 itself forgets then is
 * its own.) */
#include <stdio.h>
#include <stdlib.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>

#include "test/soap/message.h"
#include "test/support/test.h"

/* Blocks that libxml2 leaks after a failure are freed at the end. */
struct block {
    struct block *prev, *next;
};
static struct block blocks = {&blocks, &blocks};
static size_t made, fail_at;
static bool fail_all, failed;

static bool
refuses(void)
{
    made++;
    if (fail_at == 0 || made < fail_at || (made > fail_at && !fail_all))
        return false;
    failed = true;
    return true;
}

static void
link_block(struct block *block)
{
    block->prev = blocks.prev;
    block->next = &blocks;
    block->prev->next = block->next->prev = block;
}

static void
unlink_block(struct block *block)
{
    block->prev->next = block->next;
    block->next->prev = block->prev;
}

static void *
failing_malloc(size_t size)
{
    struct block *block = refuses() ? NULL : malloc(sizeof(*block) + size);

    if (block == NULL)
        return NULL;
    link_block(block);
    return block + 1;
}

static void *
failing_realloc(void *ptr, size_t size)
{
    struct block *block = (struct block *)ptr - 1, *grown;

    if (ptr == NULL)
        return failing_malloc(size);
    if (refuses())
        return NULL;
    unlink_block(block);
    grown = realloc(block, sizeof(*block) + size);
    link_block(grown != NULL ? grown : block);
    return grown != NULL ? grown + 1 : NULL;
}

static void
failing_free(void *ptr)
{
    if (ptr == NULL)
        return;
    unlink_block((struct block *)ptr - 1);
    free((struct block *)ptr - 1);
}

static char *
failing_strdup(const char *text)
{
    char *copy = failing_malloc(strlen(text) + 1);

    return copy == NULL ? NULL : strcpy(copy, text);
}

/* libxml2 2.9.14 takes a namespace it has no memory for to be empty. */
static bool
is_taken_for_empty(const struct sbn_error *error)
{
    return error->status == SBN_EXML &&
           error->native == XML_NS_ERR_XML_NAMESPACE;
}

static void
read_failing(const char *bytes, size_t size, size_t at, bool all)
{
    struct test_memory memory;
    struct message message;
    sbn_status status;

    test_memory_init(&memory);
    made = 0;
    fail_at = at;
    fail_all = all;
    failed = false;
    status = message_open(&message, &memory.allocator);
    if (status == SBN_OK)
        status = message_read(&message, bytes, size, 0, 0);
    fail_at = 0;
    if (!failed)
        CHECK_OK(status);
    else if (!is_taken_for_empty(&message.error) && status != SBN_OK)
        CHECK_STATUS(status, SBN_ENOMEM);
    message_close(&message);
    CHECK_INT(memory.live, ==, 0);
}

static void
read_with_each_failing(const char *bytes, size_t size)
{
    size_t at = 1;

    do
        read_failing(bytes, size, at++, false);
    while (failed);
    at = 1;
    do
        read_failing(bytes, size, at++, true);
    while (failed);
    CHECK_INT(at, >, 10);
}

TEST(libxml2_may_run_out_of_memory)
{
    static const char *const names[] = {"add-prefixes", "order-full",
                                        "add-utf16le", "echo-latin1",
                                        "every-kind"};
    struct block *block;
    char path[200], *bytes;
    size_t size, i;

    CHECK_INT(xmlMemSetup(failing_free, failing_malloc, failing_realloc,
                          failing_strdup),
              ==, 0);
    xmlInitParser();
    for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
        snprintf(path, sizeof(path), "test/exchange/soap/%s.xml", names[i]);
        bytes = test_read_file(path, &size);
        read_with_each_failing(bytes, size);
        free(bytes);
    }
    xmlCleanupParser();
    while ((block = blocks.next) != &blocks) {
        unlink_block(block);
        free(block);
    }
}
