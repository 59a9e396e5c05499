/* SPDX-License-Identifier: Apache-2.0 */
/* Tables written by hand that between them use every kind and flag. */
#ifndef TEST_SOAP_SHAPES_H
#define TEST_SOAP_SHAPES_H

#include <sebon/describe.h>

struct add {
    double n1, n2;
};

/* One of each kind. */
struct every {
    bool boolean;
    int8_t i8;
    int16_t i16;
    int32_t i32;
    int64_t i64;
    uint8_t u8;
    uint16_t u16;
    uint32_t u32;
    uint64_t u64;
    float f;
    double d;
    sbn_decimal decimal, integer;
    const char *string, *token;
    int color;
    sbn_datetime datetime, date, time, gyear, gyearmonth, gmonth, gmonthday,
        gday;
    sbn_duration duration;
    sbn_bytes base64, hex;
    sbn_qname qname;
    sbn_xml xml;
};

struct item {
    int32_t id; /* attribute */
    const char *note;
    bool has_note;
};

struct point {
    const char *unit; /* attribute, default "m" */
    double value;     /* text */
};

struct choice {
    int which;
    union {
        int32_t number;
        const char *word;
        struct item *item;
        struct {
            int32_t *items;
            size_t count;
        } many;
    } u;
};

struct pair {
    const char *key, *value;
};

struct shape {
    const sbn_type *type;
    const char *name;
};

struct circle {
    const sbn_type *type;
    const char *name;
    double radius;
};

struct order {
    const char *id, *lang; /* attributes */
    int32_t *flags;        /* attribute, a list */
    size_t flag_count;
    const char *customer;
    int32_t count;
    bool has_count;
    double price;
    bool price_nil;
    const char *comment; /* absent, nil and "" are told apart */
    bool has_comment;
    int32_t *numbers;
    size_t number_count;
    const char **words; /* items may be nil */
    size_t word_count;
    struct item *items;
    size_t item_count;
    struct item **boxed; /* items may be nil */
    size_t boxed_count;
    struct order *next;
    const char **tokens; /* a list */
    size_t token_count;
    struct choice choice;
    struct choice *many;
    size_t many_count;
    struct pair *pairs;
    size_t pair_count;
    struct shape *shape;
    struct point point;
    bool has_point;
    int32_t level; /* default 7 */
    sbn_xml extra;
    const char *foreign; /* of the other namespace */
    int32_t *maybe;
    sbn_xml *rest;
    size_t rest_count;
};

/* Children in no namespace. */
struct legacy {
    const char *arg0;
    struct {
        const char *street;
    } address;
};

extern const sbn_contract shapes_contract;
extern const sbn_type shape_type, circle_type;
extern const sbn_field add_element, every_element, order_element,
    legacy_element, echo_element;

/* The description of a body element, NULL: none such. ret_size: of the struct
 * its value goes to. */
const sbn_field *shapes_find(const char *ns, const char *local,
                             size_t *ret_size);

#endif
