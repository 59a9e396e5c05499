/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files of test/exchange/server: what a server answers, byte for byte.
 * test/exchange/README.md says how they are written.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "test/rpc/server_support.h"

/* ---- The service ----------------------------------------------------------
 */

static sbn_status
order(sbn_request *request, const char *item, int32_t count,
      const char **ret_receipt)
{
    char *text;

    if (item == NULL)
        item = "nothing";
    if (strcmp(item, "fault") == 0)
        return sbn_request_fault(request, SBN_FAULT_SENDER, "no <%s> & not %d",
                                 item, (int)count);
    if (strcmp(item, "closed") == 0)
        return sbn_request_fault(request, SBN_FAULT_RECEIVER, "%s",
                                 "the shop is closed");
    if (strcmp(item, "fails") == 0)
        return SBN_EIO;
    if (strcmp(item, "missing") == 0)
        return SBN_OK;
    text = sbn_request_alloc(request, strlen(item) + 16);
    if (text == NULL)
        return SBN_ENOMEM;
    snprintf(text, strlen(item) + 16, "%d %s", (int)count, item);
    *ret_receipt = text;
    return SBN_OK;
}

struct begun {
    const char *item;
    int32_t count;
};

static sbn_status
begin_order(sbn_request *request, const char *item, int32_t count)
{
    struct begun *begun = sbn_request_alloc(request, sizeof(*begun));

    if (begun == NULL)
        return SBN_ENOMEM;
    begun->item = item;
    begun->count = count;
    sbn_request_set_state(request, begun);
    return sbn_request_complete(request);
}

static sbn_status
end_order(sbn_request *request, const char **ret_receipt)
{
    const struct begun *begun = sbn_request_state(request);

    return order(request, begun->item, begun->count, ret_receipt);
}

static sbn_status
notify(sbn_request *request, const char *text)
{
    return sbn_request_fault(request, SBN_FAULT_SENDER, "nobody hears this");
}

static const struct shop_service service = {.order = order,
                                            .begin_order = begin_order,
                                            .end_order = end_order,
                                            .notify = notify,
                                            SHOP_PLAIN};

static void
start(struct server_fixture *f, bool prefer_async)
{
    sbn_service_options options = {.prefer_async = prefer_async};

    server_start(f, NULL, &service, &options, NULL);
    options.include_detail = true;
    CHECK_OK(sbn_service_bind(f->server, "/open", &shop_contract, &service,
                              &options));
}

/* ---- Files ----------------------------------------------------------------
 */

struct text {
    char *data;
    size_t size;
};

static void
put(struct text *text, const char *bytes, size_t size)
{
    text->data = realloc(text->data, text->size + size + 1);
    CHECK(text->data != NULL);
    memcpy(text->data + text->size, bytes, size);
    text->size += size;
    text->data[text->size] = '\0';
}

static void
put_string(struct text *text, const char *string)
{
    put(text, string, strlen(string));
}

static void
put_unescaped(struct text *text, const char *line, size_t size)
{
    static const char codes[] = "r\rn\nt\t\\\\";
    const char *code;
    char byte;
    size_t i;

    for (i = 0; i < size; i++) {
        byte = line[i];
        if (byte == '\\' && i + 1 < size) {
            code = strchr(codes, line[++i]);
            CHECK(code != NULL);
            byte = code[1];
        }
        put(text, &byte, 1);
    }
}

static void
put_escaped(struct text *text, const char *bytes, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        if (bytes[i] == '\r')
            put_string(text, "\\r");
        else if (bytes[i] == '\n')
            put_string(text, "\\n");
        else if (bytes[i] == '\t')
            put_string(text, "\\t");
        else if (bytes[i] == '\\')
            put_string(text, "\\\\");
        else
            put(text, bytes + i, 1);
    }
}

struct exchange {
    char name[280];
    struct text in;  /* the requests */
    struct text out; /* the lines of the responses, as the file has them */
    int responses;
};

/* The head is complete; body has what its lines said. */
static void
end_request(struct exchange *x, struct text *head, struct text *body)
{
    char length[64] = "";

    if (head->size == 0)
        return;
    if (strstr(head->data, "\r\nContent-Length:") == NULL &&
        strstr(head->data, "\r\nTransfer-Encoding:") == NULL && body->size > 0)
        snprintf(length, sizeof(length), "Content-Length: %zu\r\n", body->size);
    put(&x->in, head->data, head->size);
    put_string(&x->in, length);
    put_string(&x->in, "\r\n");
    if (body->size > 0)
        put(&x->in, body->data, body->size);
    free(head->data);
    free(body->data);
    memset(head, 0, sizeof(*head));
    memset(body, 0, sizeof(*body));
}

static void
read_line(struct exchange *x, const char *line, size_t size, struct text *head,
          struct text *body)
{
    if (size >= 3 && memcmp(line, "<| ", 3) == 0) {
        put_unescaped(body, line + 3, size - 3);
    } else if (size >= 2 && memcmp(line, "< ", 2) == 0) {
        put(head, line + 2, size - 2);
        put_string(head, "\r\n");
    } else if (line[0] == '>') {
        end_request(x, head, body);
        put(&x->out, line, size);
        put_string(&x->out, "\n");
        x->responses += size > 9 && memcmp(line, "> HTTP/1.", 9) == 0;
    } else if (line[0] != '#') {
        test_fail(__FILE__, __LINE__, "%s: %.*s", x->name, (int)size, line);
    }
}

static void
exchange_read(struct exchange *x, const char *name)
{
    struct text head = {NULL, 0}, body = {NULL, 0};
    char path[320];
    char *file, *line, *end;

    memset(x, 0, sizeof(*x));
    snprintf(x->name, sizeof(x->name), "%s", name);
    snprintf(path, sizeof(path), "test/exchange/server/%s", name);
    file = test_read_file(path, NULL);
    for (line = file; *line != '\0'; line = end + 1) {
        end = strchr(line, '\n');
        CHECK(end != NULL);
        read_line(x, line, (size_t)(end - line), &head, &body);
    }
    CHECK_INT(x->responses, >, 0);
    free(file);
}

static void
exchange_fini(struct exchange *x)
{
    free(x->in.data);
    free(x->out.data);
}

/* ---- Replaying ------------------------------------------------------------
 */

/* A response as lines of a file: without its Date and Content-Length, which
 * is checked. */
static void
put_response(struct text *out, const char *bytes, size_t size)
{
    const char *body = strstr(bytes, "\r\n\r\n") + 4;
    const char *line = bytes, *end;
    size_t length = 0;

    for (; line < body - 2; line = end + 2) {
        end = strstr(line, "\r\n");
        if (strncmp(line, "Content-Length: ", 16) == 0)
            length = strtoul(line + 16, NULL, 10);
        if (strncmp(line, "Content-Length: ", 16) == 0 ||
            strncmp(line, "Date: ", 6) == 0)
            continue;
        put_string(out, "> ");
        put(out, line, (size_t)(end - line));
        put_string(out, "\n");
    }
    CHECK_INT(length, ==, size - (size_t)(body - bytes));
    put_string(out, ">| ");
    put_escaped(out, body, length);
    put_string(out, "\n");
}

static void
check_responses(const struct exchange *x, struct raw *raw)
{
    struct text out = {NULL, 0};
    size_t size;
    int i;

    for (i = 0; i < x->responses; i++) {
        size = raw_await(raw);
        if (size == 0)
            test_fail(__FILE__, __LINE__, "%s: %d responses", x->name, i);
        put_response(&out, raw->in, size);
        raw_drop(raw, size);
    }
    if (strcmp(out.data, x->out.data) != 0)
        test_fail(__FILE__, __LINE__, "%s: %s\n  instead of\n%s", x->name,
                  out.data, x->out.data);
    free(out.data);
}

static void
replay_whole(struct server_fixture *f, const struct exchange *x)
{
    struct raw raw;

    raw_connect(&raw, f);
    raw_send(&raw, x->in.data, x->in.size);
    check_responses(x, &raw);
    raw_reset(&raw);
}

/* In pieces of step bytes, the first of first bytes. */
static void
replay_cut(struct server_fixture *f, const struct exchange *x, size_t first,
           size_t step)
{
    size_t at = 0, size = first;
    struct raw raw;

    raw_connect(&raw, f);
    while (at < x->in.size) {
        if (size > x->in.size - at)
            size = x->in.size - at;
        raw_send(&raw, x->in.data + at, size);
        CHECK_OK(sbn_runtime_dispatch(f->rt));
        CHECK_OK(sbn_runtime_dispatch(f->rt));
        at += size;
        size = step;
    }
    check_responses(x, &raw);
    raw_reset(&raw);
}

static void
replay_each_split(struct server_fixture *f, const struct exchange *x)
{
    size_t i;

    for (i = 1; i < x->in.size; i++)
        replay_cut(f, x, i, x->in.size);
}

/* The client leaves in the middle: nothing is answered but by an error of
 * HTTP, and nothing is left of it. */
static void
replay_truncated(struct server_fixture *f, const struct exchange *x)
{
    struct raw raw;
    size_t i;

    if (x->responses > 1)
        return; /* the first would be answered */
    for (i = 1; i < x->in.size; i++) {
        raw_connect(&raw, f);
        raw_send(&raw, x->in.data, i);
        CHECK_INT(shutdown(raw.fd, SHUT_WR), ==, 0);
        while (raw_await(&raw) > 0) {
            CHECK(strncmp(raw.in, "HTTP/1.1 4", 10) == 0);
            raw_drop(&raw, raw_await(&raw));
        }
        CHECK_INT(sbn_server_pending(f->server), ==, 0);
        raw_reset(&raw);
    }
    replay_whole(f, x);
}

static void
for_each_file(bool prefer_async,
              void (*fn)(struct server_fixture *f, const struct exchange *x))
{
    struct server_fixture f;
    struct exchange x;
    struct dirent *entry;
    DIR *directory = opendir(test_source_path("test/exchange/server"));
    int count = 0;

    CHECK(directory != NULL);
    start(&f, prefer_async);
    while ((entry = readdir(directory)) != NULL) {
        if (strstr(entry->d_name, ".exchange") == NULL)
            continue;
        exchange_read(&x, entry->d_name);
        fn(&f, &x);
        exchange_fini(&x);
        count++;
    }
    closedir(directory);
    CHECK_INT(count, >, 50);
    server_stop(&f);
}

static void
replay_bytes(struct server_fixture *f, const struct exchange *x)
{
    replay_cut(f, x, 1, 1);
}

TEST(each_exchange_whole)
{
    for_each_file(false, replay_whole);
}
TEST(each_exchange_with_begin_and_end)
{
    for_each_file(true, replay_whole);
}
TEST(each_exchange_byte_by_byte)
{
    for_each_file(false, replay_bytes);
}
TEST(each_exchange_split_at_every_byte)
{
    for_each_file(false, replay_each_split);
}
TEST(each_exchange_cut_off_at_every_byte)
{
    for_each_file(false, replay_truncated);
}
