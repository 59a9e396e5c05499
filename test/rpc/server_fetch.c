/* SPDX-License-Identifier: Apache-2.0 */
/* sbn_http_fetch, against a host in the same program. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test/rpc/server_shop.h"
#include "test/support/test.h"

static sbn_status
echo(sbn_request *request, sbn_xml body, sbn_xml *ret_body)
{
    *ret_body = body;
    return SBN_OK;
}

static sbn_status
setup(sbn_server *server, unsigned worker, void *data)
{
    static const sbn_untyped_service untyped = {.call = echo};
    const sbn_service_options options = {.untyped = &untyped};

    return sbn_service_bind_untyped(server, "/echo", &options);
}

static sbn_host *
start(char url[64], const char *path)
{
    sbn_host_options options = {.setup = setup, .workers = 1};
    sbn_host *host;

    CHECK_OK(sbn_host_new(&options, &host));
    CHECK_OK(sbn_host_listen(host, "127.0.0.1", 0));
    CHECK_OK(sbn_host_start(host));
    snprintf(url, 64, "http://127.0.0.1:%u%s", (unsigned)sbn_host_port(host),
             path);
    return host;
}

TEST(a_document_is_fetched)
{
    char url[64];
    sbn_host *host = start(url, "/echo?health");
    sbn_http_request request = {.url = url};
    sbn_http_reply *reply;

    CHECK_OK(sbn_http_fetch(&request, &reply));
    CHECK_INT(reply->status, ==, 200);
    CHECK_STR(reply->reason, "OK");
    CHECK_STR(reply->content_type, "text/plain");
    CHECK_STR(reply->location, "");
    CHECK_STR(reply->body, "OK\n");
    CHECK_INT(reply->size, ==, 3);
    sbn_http_reply_free(reply);
    sbn_host_free(host);
}

TEST(a_body_is_posted)
{
    static const char body[] =
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"
        "<s:Body><a xmlns=\"urn:a\">1</a></s:Body></s:Envelope>";
    char url[64];
    sbn_host *host = start(url, "/echo");
    sbn_http_request request = {.url = url,
                                .content_type = "text/xml",
                                .body = body,
                                .body_size = sizeof(body) - 1};
    sbn_http_reply *reply;

    CHECK_OK(sbn_http_fetch(&request, &reply));
    CHECK_INT(reply->status, ==, 200);
    CHECK_STR(reply->body, body);
    sbn_http_reply_free(reply);
    request.content_type = "text/xml\r\nX-Evil: 1";
    CHECK_STATUS(sbn_http_fetch(&request, &reply), SBN_EINVAL);
    sbn_host_free(host);
}

TEST(limits_hold)
{
    char url[64];
    sbn_host *host = start(url, "/echo?health");
    sbn_http_request request = {.url = url, .max_bytes = 2};
    sbn_http_reply *reply;

    CHECK_STATUS(sbn_http_fetch(&request, &reply), SBN_ELIMIT);
    sbn_host_free(host);
}

TEST(one_that_never_answers_is_given_up)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char url[64];
    sbn_http_request request = {.url = url, .timeout = 50};
    sbn_http_reply *reply;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK_INT(bind(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
    CHECK_INT(listen(fd, 1), ==, 0);
    CHECK_INT(getsockname(fd, (struct sockaddr *)&address, &size), ==, 0);
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/",
             (unsigned)ntohs(address.sin_port));
    CHECK_STATUS(sbn_http_fetch(&request, &reply), SBN_ETIMEDOUT);
    close(fd);
}

TEST(what_is_no_address_is_told)
{
    sbn_http_request request = {.url = "https://127.0.0.1/"};
    sbn_http_reply *reply;

    CHECK_STATUS(sbn_http_fetch(&request, &reply), SBN_EUNSUPPORTED);
    request.url = "nonsense";
    CHECK_STATUS(sbn_http_fetch(&request, &reply), SBN_EINVAL);
    request.url = NULL;
    CHECK_STATUS(sbn_http_fetch(&request, &reply), SBN_EINVAL);
    request.url = "http://127.0.0.1:1/";
    CHECK_STATUS(sbn_http_fetch(&request, &reply), SBN_ECONNECT);
    sbn_http_reply_free(NULL);
}

static void
fetch(struct test_memory *memory, void *data)
{
    sbn_http_request request = {.url = data, .allocator = &memory->allocator};
    sbn_http_reply *reply = NULL;
    sbn_status status = sbn_http_fetch(&request, &reply);

    if (status != SBN_OK)
        CHECK(memory->failed && reply == NULL);
    sbn_http_reply_free(reply);
}

TEST(any_allocation_of_a_fetch_may_fail)
{
    char url[64];
    sbn_host *host = start(url, "/echo?health");

    CHECK_INT(test_each_allocation(fetch, url), >, 5);
    sbn_host_free(host);
}
