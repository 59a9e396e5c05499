/* SPDX-License-Identifier: Apache-2.0 */
/* A contract with something of everything. */
#ifndef SHOP_CONTRACT_H
#define SHOP_CONTRACT_H

#include <sebon/contract.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is not annotated is not read: */
typedef void (*log_fn)(const char *text, ...);
struct not_ours {
    union { int a; float b; } u;
    int bits : 3, more[4];
};
static inline int
twice(int x)
{
    return 2 * x;
}

SBN_CONTRACT_NAMESPACE(.ns = "urn:shop:data")

/* What a customer thinks of an item. */
enum mood {
    MOOD_BAD = -1, /* will not come back */
    MOOD_INDIFFERENT,
    MOOD_GOOD = 10
};

SBN_DATA_CONTRACT(.is_flags = true)
enum rights {
    SBN_ENUM_MEMBER() RIGHTS_NONE = 0,
    SBN_ENUM_MEMBER(.value = "read") RIGHTS_READ = 1 << 0,
    SBN_ENUM_MEMBER(.value = "write") RIGHTS_WRITE = 1 << 1,
    RIGHTS_SECRET = 1 << 7,
    SBN_ENUM_MEMBER(.value = "all") RIGHTS_ALL = RIGHTS_READ | RIGHTS_WRITE
};

SBN_DATA_CONTRACT(.is_value_type = true)
struct money {
    SBN_DATA_MEMBER(.required = true) sbn_decimal amount;
    SBN_DATA_MEMBER() const char *currency;
};

SBN_COLLECTION_CONTRACT(.name = "TagList", .item_name = "Tag")
typedef SBN_ARRAY(const char *) tag_list;

SBN_COLLECTION_CONTRACT(.name = "PriceList", .item_name = "Price",
                        .key_name = "Of", .value_name = "Is",
                        .ns = "urn:shop:prices")
typedef SBN_MAP(const char *, struct money) prices;

/* Something that is sold: with < and & in what is said of it. */
SBN_KNOWN_TYPE(struct book)
SBN_DATA_CONTRACT()
typedef struct item {
    SBN_DATA_MEMBER(.required = true, .order = 1) int64_t id;
    SBN_DATA_MEMBER(.order = 2)                   const char *name; // short
    SBN_DATA_MEMBER(.order = 2)                   const char *label;
    SBN_DATA_MEMBER()                             tag_list tags;
    SBN_DATA_MEMBER()                             struct money price;
    SBN_DATA_MEMBER()                             const struct money *old_price;
    SBN_DATA_MEMBER()                             const enum mood *mood;
    SBN_DATA_MEMBER(.emit_default_value = false)  int stock;
    SBN_DATA_MEMBER(.name = "two words")          const bool *flag;
    SBN_DATA_MEMBER()                             sbn_guid code;
    SBN_DATA_MEMBER()                             sbn_bytes picture;
    SBN_DATA_MEMBER()                             sbn_xml anything;
    SBN_DATA_MEMBER()                             sbn_datetime_offset since;
    SBN_DATA_MEMBER(.nillable = false)            sbn_uri link;
    int counter; /* not marked: stays at home */
} item;

SBN_DATA_CONTRACT(.name = "Book")
struct book {
    SBN_BASE()        struct item base;
    SBN_DATA_MEMBER() SBN_ARRAY(SBN_ARRAY(int)) chapters;
    SBN_DATA_MEMBER() SBN_MAP(const char *, int) index;
};

/* A tree that is written once, however often it is met. */
SBN_DATA_CONTRACT(.is_reference = true)
struct shelf {
    SBN_DATA_MEMBER() SBN_ARRAY(const struct shelf *) shelves;
    SBN_DATA_MEMBER() SBN_ARRAY(const item *) items;
    SBN_DATA_MEMBER() SBN_ARRAY(const int *) gaps;
};

SBN_DATA_CONTRACT()
struct sold_out {
    SBN_DATA_MEMBER() int64_t id;
};

SBN_MESSAGE_CONTRACT(.wrapper_name = "Order")
struct order_request {
    SBN_MESSAGE_HEADER(.ns = "urn:shop:headers", .must_understand = true)
    const char *token;
    SBN_MESSAGE_BODY_MEMBER(.order = 1) int64_t id;
    SBN_MESSAGE_BODY_MEMBER(.order = 2) int count;
};

SBN_MESSAGE_CONTRACT(.is_wrapped = false)
struct order_reply {
    SBN_MESSAGE_BODY_MEMBER(.name = "Receipt") struct money total;
};

/* What can be asked of a shop. */
SBN_SERVICE_CONTRACT(.ns = "urn:shop", .binding_ns = "urn:shop",
                     .address = "http://shop.example/")
struct shop {
    /* Finds an item.
     * NULL when there is none. */
    SBN_OPERATION_CONTRACT()
    item *(*find)(int64_t id);

    SBN_OPERATION_CONTRACT(.async_pattern = true)
    sbn_async_result *(*begin_search)(
        SBN_PARAMETER(.name = "for", .is_required = true) const char *text,
        enum rights rights, int *first, sbn_async_callback *callback,
        void *state);
    SBN_RETURN(.name = "Found")
    SBN_ARRAY(const item *) (*end_search)(int *first, int *ret_total,
                                          sbn_async_result *result);

    /* Takes one away. */
    SBN_FAULT_CONTRACT(struct sold_out)
    SBN_FAULT_CONTRACT(enum mood, .name = "Unfriendly")
    SBN_FAULT_CONTRACT(const char *)
    SBN_OPERATION_CONTRACT(.name = "Take", .action = "urn:shop:take",
                           .reply_action = "urn:shop:taken")
    void (*take_away)(int64_t id, prices *ret_prices);

    SBN_OPERATION_CONTRACT()
    struct order_reply *(*place_order)(const struct order_request *request);

    SBN_OPERATION_CONTRACT()
    struct shelf *(*shelves)(void);

    SBN_OPERATION_CONTRACT(.is_one_way = true)
    void (*ring_bell)(void);

    void (*helper)(int x); /* nobody's operation */
};

#ifdef __cplusplus
}
#endif

#endif
