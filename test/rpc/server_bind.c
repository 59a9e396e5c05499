/* SPDX-License-Identifier: Apache-2.0 */
/* Binding a service: what is refused, and what the program is told. */
#include "test/rpc/server_support.h"

/* Whole but for order. */
static const struct shop_service without_order = {.notify = shop_notify,
                                                  SHOP_PLAIN};

static sbn_runtime *rt;
static sbn_server *server;

static void
start(void)
{
    CHECK_OK(sbn_runtime_new(NULL, &rt));
    CHECK_OK(sbn_server_new(rt, NULL, &server));
    CHECK_STR(sbn_server_error_text(server), "");
}

static void
stop(void)
{
    sbn_server_free(server);
    sbn_runtime_free(rt);
}

static void
check_text(const char *part)
{
    if (strstr(sbn_server_error_text(server), part) == NULL)
        test_fail(__FILE__, __LINE__, "\"%s\" has no \"%s\"",
                  sbn_server_error_text(server), part);
}

/* Every text says which contract and operation. */
static void
check_refused(const struct shop_service *service)
{
    start();
    CHECK_STATUS(
        sbn_service_bind(server, "/shop", &shop_contract, service, NULL),
        SBN_EINVAL);
    check_text("contract IShop");
    check_text("operation Order");
}

TEST(begin_without_end_is_refused)
{
    struct shop_service service = without_order;

    service.begin_order = shop_begin_order;
    check_refused(&service);
    check_text("begin_order has no end_order");
    check_text("leave begin_order NULL and give order");
    stop();
}

TEST(end_without_begin_is_refused)
{
    struct shop_service service = without_order;

    service.end_order = shop_end_order;
    check_refused(&service);
    check_text("end_order has no begin_order");
    check_text("leave end_order NULL and give order");
    stop();
}

TEST(half_a_pair_beside_a_synchronous_function_is_refused)
{
    struct shop_service service = without_order;

    service.order = shop_order;
    service.begin_order = shop_begin_order;
    check_refused(&service);
    check_text("begin_order has no end_order");
    check_text("leave begin_order NULL");
    CHECK(strstr(sbn_server_error_text(server), "and give order") == NULL);
    stop();
}

TEST(an_operation_without_functions_is_refused)
{
    check_refused(&without_order);
    check_text("give order, or begin_order with end_order");
    stop();
}

TEST(names_of_functions_follow_the_operation)
{
    struct shop_service service = without_order;

    service.order = shop_order;
    service.left_twin = NULL;
    start();
    CHECK_STATUS(
        sbn_service_bind(server, "/shop", &shop_contract, &service, NULL),
        SBN_EINVAL);
    check_text("operation LeftTwin");
    check_text("give left_twin, or begin_left_twin with end_left_twin");
    stop();
}

TEST(each_complete_choice_is_taken)
{
    struct shop_service sync = without_order, pair = without_order, all;

    sync.order = shop_order;
    pair.begin_order = shop_begin_order;
    pair.end_order = shop_end_order;
    all = pair;
    all.order = shop_order;
    start();
    CHECK_OK(sbn_service_bind(server, "/a", &shop_contract, &sync, NULL));
    CHECK_OK(sbn_service_bind(server, "/b", &shop_contract, &pair, NULL));
    CHECK_OK(sbn_service_bind(server, "/c/", &shop_contract, &all, NULL));
    stop();
}

TEST(a_path_is_bound_once)
{
    struct shop_service service = without_order;

    service.order = shop_order;
    start();
    CHECK_OK(sbn_service_bind(server, "/a", &shop_contract, &service, NULL));
    CHECK_STATUS(sbn_service_bind(server, "/a", &shop_contract, &service, NULL),
                 SBN_EINVAL);
    check_text("the path /a is taken by the service of contract IShop");
    CHECK_STATUS(
        sbn_service_bind(server, "/a/", &shop_contract, &service, NULL),
        SBN_EINVAL);
    CHECK_OK(sbn_service_bind(server, "/a/b", &shop_contract, &service, NULL));
    CHECK_OK(sbn_service_bind(server, "/", &shop_contract, &service, NULL));
    stop();
}

TEST(a_path_begins_with_a_slash_and_has_no_query)
{
    struct shop_service service = without_order;

    service.order = shop_order;
    start();
    CHECK_STATUS(
        sbn_service_bind(server, "shop", &shop_contract, &service, NULL),
        SBN_EINVAL);
    check_text("'shop' is no path");
    CHECK_STATUS(
        sbn_service_bind(server, "/shop?wsdl", &shop_contract, &service, NULL),
        SBN_EINVAL);
    stop();
}

TEST(tables_of_another_abi_are_refused_unread)
{
    /* Members of another library version may mean anything. */
    const sbn_contract other = {
        .abi = SBN_ABI + 1, .name = (const char *)1, .operation_count = 7};

    start();
    CHECK_STATUS(
        sbn_service_bind(server, "/shop", &other, &without_order, NULL),
        SBN_EABI);
    check_text("generate them anew");
    stop();
}

TEST(a_taken_port_is_told)
{
    sbn_server *second;

    start();
    CHECK_OK(sbn_server_listen(server, "127.0.0.1", 0));
    CHECK_OK(sbn_server_new(rt, NULL, &second));
    CHECK_STATUS(
        sbn_server_listen(second, "127.0.0.1", sbn_server_port(server)),
        SBN_ELISTEN);
    CHECK(
        strstr(sbn_server_error_text(second), "cannot listen on 127.0.0.1:") ==
        sbn_server_error_text(second));
    sbn_server_free(second);
    stop();
}

/* The text is that of this failure, not of one before. */
TEST(what_is_missing_or_too_late_is_told)
{
    struct shop_service service = without_order;

    service.order = shop_order;
    start();
    CHECK_STATUS(
        sbn_service_bind(server, "shop", &shop_contract, &service, NULL),
        SBN_EINVAL);
    CHECK_STATUS(sbn_service_bind(server, "/shop", &shop_contract, NULL, NULL),
                 SBN_EINVAL);
    check_text("needs a path, a contract and its functions");
    CHECK_STATUS(sbn_service_bind_untyped(server, "/any", NULL), SBN_EINVAL);
    check_text("options->untyped");
    CHECK_STATUS(sbn_server_listen(server, NULL, 0), SBN_EINVAL);
    check_text("no address");
    CHECK_STATUS(sbn_server_listen(server, "http://localhost", 0), SBN_EINVAL);
    check_text("sbn_server_listen_unix");
    CHECK_STATUS(sbn_server_listen_unix(server, ""), SBN_EINVAL);
    check_text("no path");
    CHECK_STATUS(sbn_server_listen(server, "no.such.host.invalid", 80),
                 SBN_ELISTEN);
    check_text("cannot listen on no.such.host.invalid:80: ");
    sbn_server_close(server, 1000, NULL, NULL);
    CHECK_STATUS(
        sbn_service_bind(server, "/shop", &shop_contract, &service, NULL),
        SBN_ESTATE);
    check_text("is closing");
    CHECK_STATUS(sbn_server_listen(server, "127.0.0.1", 0), SBN_ESTATE);
    sbn_runtime_free(rt);
}
