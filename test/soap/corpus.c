/* SPDX-License-Identifier: Apache-2.0 */
/* Messages that nobody here wrote, where they are kept: each must end with a
 * status, in time, whole and in pieces. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "runtime/base/memory.h"
#include "test/soap/message.h"
#include "test/support/test.h"

static struct message message;
static size_t files, envelopes;

static char *
read_any(const char *path, size_t size)
{
    char *bytes = malloc(size + 1);
    FILE *file = fopen(path, "rb");

    CHECK(bytes != NULL && file != NULL);
    CHECK_INT(fread(bytes, 1, size, file), ==, size);
    fclose(file);
    return bytes;
}

static int
read_file(const char *path, const struct stat *info, int type,
          struct FTW *where)
{
    sbn_status whole, pieces;
    clock_t start = clock();
    size_t size;
    char *bytes;

    if (type != FTW_F || info->st_size > 4 << 20)
        return 0;
    size = (size_t)info->st_size;
    bytes = read_any(path, size);
    whole = message_read(&message, bytes, size, 0, 0);
    envelopes += sbn__soap_reader_version(message.reader) != 0;
    pieces = message_read(&message, bytes, size, 4096, 0);
    if (pieces != whole)
        test_fail(__FILE__, __LINE__, "%s: %s whole, %s in pieces", path,
                  sbn_status_name(whole), sbn_status_name(pieces));
    if ((clock() - start) / CLOCKS_PER_SEC > 20)
        test_fail(__FILE__, __LINE__, "%s takes too long", path);
    free(bytes);
    files++;
    return 0;
}

TEST(messages_of_others_end_with_a_status)
{
    const char *root = getenv("SEBON_CORPUS");
    struct stat info;
    char path[400];

    test_set_timeout(300);
    snprintf(path, sizeof(path), "%s",
             root != NULL ? root : test_source_path("../shared/corpus"));
    if (stat(path, &info) != 0)
        test_skip("no collection of messages here");
    CHECK_OK(message_open(&message, &sbn__default_allocator));
    nftw(path, read_file, 16, FTW_PHYS);
    message_close(&message);
    fprintf(stderr, "%zu files, %zu of them envelopes\n", files, envelopes);
    CHECK_INT(files, >, 0);
}
