/* SPDX-License-Identifier: Apache-2.0 */
/* Ten thousand operations pending at once, on one thread. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "test/rpc/server_support.h"

enum { WANTED = 10000, LEAST = 1000, SPARE_FILES = 100 };

static sbn_request *requests[WANTED];
static int begins;

static sbn_status
begin_order(sbn_request *request, const char *item, int32_t count)
{
    sbn_request_set_state(request, (void *)(intptr_t)count);
    requests[begins++] = request;
    return SBN_OK;
}

static sbn_status
end_order(sbn_request *request, const char **ret_receipt)
{
    char *text = sbn_request_alloc(request, 16);

    if (text == NULL)
        return SBN_ENOMEM;
    snprintf(text, 16, "%d", (int)(intptr_t)sbn_request_state(request));
    *ret_receipt = text;
    return SBN_OK;
}

static sbn_status
notify(sbn_request *request, const char *text)
{
    return SBN_OK;
}

static sbn_status
plain(sbn_request *request)
{
    return SBN_OK;
}

static const struct shop_service service = {
    .begin_order = begin_order,
    .end_order = end_order,
    .notify = notify,
    .ping = plain,
    .red = plain,
    .blue = plain,
    .left_twin = plain,
    .right_twin = plain,
};

/* As many connections as there are files for, two each. */
static int
count_connections(void)
{
    struct rlimit limit;
    rlim_t most;

    CHECK_INT(getrlimit(RLIMIT_NOFILE, &limit), ==, 0);
    limit.rlim_cur = limit.rlim_max;
    CHECK_INT(setrlimit(RLIMIT_NOFILE, &limit), ==, 0);
    most = (limit.rlim_max - SPARE_FILES) / 2;
    return most < WANTED ? (int)most : WANTED;
}

static int
count_threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    int count = 0;

    CHECK(tasks != NULL);
    while (readdir(tasks) != NULL)
        count++;
    closedir(tasks);
    return count;
}

TEST(many_operations_are_pending_at_once)
{
    int i, count = count_connections(), threads;
    struct raw *clients = calloc((size_t)count, sizeof(*clients));
    struct test_memory memory;
    struct server_fixture f;
    char text[16];

    if (count < LEAST)
        test_skip("too few files may be open");
    test_memory_init(&memory);
    server_start(&f, &memory.allocator, &service, NULL, NULL);
    threads = count_threads();
    for (i = 0; i < count; i++) {
        raw_connect(&clients[i], &f);
        raw_order(&clients[i], i);
        if (i % 100 == 99) /* the backlog is not as long */
            SERVER_TURN_WHILE(&f, begins <= i);
    }
    SERVER_TURN_WHILE(&f, begins < count);
    CHECK_INT(sbn_server_pending(f.server), ==, count);
    CHECK_INT(count_threads(), ==, threads);
    printf("# %d pending, %zu bytes each\n", count,
           memory.live_bytes / (size_t)count);
    for (i = count; i-- > 0;)
        CHECK_OK(sbn_request_complete(requests[i]));
    for (i = 0; i < count; i++) {
        snprintf(text, sizeof(text), "%d", i);
        raw_check_receipt(&clients[i], text);
        raw_reset(&clients[i]);
    }
    CHECK_INT(sbn_server_pending(f.server), ==, 0);
    server_stop(&f);
    CHECK_INT(memory.live, ==, 0);
    free(clients);
}
